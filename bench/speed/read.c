/* From the bytes of a file to tokens, and on to signature and keys, on one thread and without an index. */
#include "archive.h"
#include "flow/relate.h"
#include "input/format.h"
#include "input/json.h"
#include "rounds.h"
#include "stopwatch.h"

/* ---- lines that simdjson has parsed ------------------------------------------------------ */

static void line_parse(json *parser, flong_str line) {
    flong_error error;
    const char *why;
    flong_status status = json_parse(parser, &why, line.p, line.n);
    if (status == FLONG_INPUT) fail("a line is no JSON object", why);
    if (status != FLONG_OK) check(error_nomem(&error), &error);
}

static void json_run(const setup *s, void *context, timing *out) {
    flong_error error;
    stopwatch watch;
    json *parser = needed(json_new());
    cutter all = {.from = needed(stream_new()), .max_record = (size_t)1 << 30};
    block lines = {.most = BLOCK_BYTES};
    (void)context;
    stopwatch_start(&watch);
    check(stream_open(all.from, s->file, &error), &error);
    while (!all.at_end) {
        block_reset(&lines);
        check(lines_cut(&all, &lines, &error), &error);
        for (size_t i = 0; i < lines.n; i++)
            line_parse(parser, (flong_str){lines.bytes.p + lines.items[i].at, lines.items[i].n});
    }
    stopwatch_stop(&watch, out);
    stream_free(all.from);
    buffer_free(&all.rest);
    block_free(&lines);
    json_free(parser);
}

/* ---- records that a worker has taken ----------------------------------------------------- */

typedef struct reading {
    worker worker;
    story_keying keys;
    bool to_keys; /* and does not only read */
} reading;

static void telling_sketch(reading *r, const article *a, const text_body *body, int64_t published) {
    sketch made;
    if (!relate_wanted(a, r->worker.params)) return;
    if (!terms_read(&r->worker.terms, a)) needed(NULL);
    relate_sketch(&made, r->worker.terms.terms, r->worker.terms.n, body, published, NULL);
    if (!story_keying_init(&r->keys, &r->worker.memory, 1)) needed(NULL);
    story_key_set keys;
    story_keys_make(&keys, &made.story, made.mark.published);
    story_keying_add(&r->keys, 0, &keys);
}

/* What the index does to an article before it meets others, but for its site's furniture, which only a batch knows. */
static void record_take(reading *r, const flong_record *record) {
    worker *w = &r->worker;
    article *a = &w->article;
    shingled counts;
    text_body *body;
    uint64_t *keys;
    size_t n;
    if (!worker_read(w, a, NULL, record->title, record->text)) needed(NULL);
    if (!r->to_keys) return;
    arena_reset(&w->memory);
    article_settle(a, w->params->min_tokens);
    if (!worker_shingle(w, &counts, a)) needed(NULL);
    body = needed(worker_body(w, a, counts, record));
    if (!worker_keys(w, &keys, &n, a, body, counts)) needed(NULL);
    telling_sketch(r, a, body, record->published);
    mem_free(body);
}

static void records_run(const setup *s, void *context, timing *out) {
    reading *r = context;
    flong_error error;
    flong_input *input;
    const flong_record *record;
    stopwatch watch;
    stopwatch_start(&watch);
    check(flong_input_open(&input, &s->file, 1, NULL, &error), &error);
    do {
        check(flong_input_next(input, &record, &error), &error);
        if (record) record_take(r, record);
    } while (record);
    flong_input_close(input);
    stopwatch_stop(&watch, out);
}

static void measure_records(const setup *s, const char *name, bool to_keys) {
    static reading r;
    flong_params params;
    flong_params_default(&params);
    wire_lexicon *lexicon = needed(wire_lexicon_new());
    r.to_keys = to_keys;
    if (!worker_init(&r.worker, &params, lexicon)) needed(NULL);
    figure f = rounds_measure(s, name, records_run, &r);
    figure_print(&f, s->csv);
    worker_free(&r.worker);
    wire_lexicon_free(lexicon);
}

/* ---- cases ------------------------------------------------------------------------------- */

void measure_json(const setup *s, const speed_case *self) {
    setup head;
    setup_sample(s, &head);
    figure f = rounds_measure(&head, self->name, json_run, NULL);
    figure_print(&f, s->csv);
}

void measure_read(const setup *s, const speed_case *self) {
    setup head;
    setup_sample(s, &head);
    measure_records(&head, self->name, false);
}

void measure_sketch(const setup *s, const speed_case *self) {
    setup head;
    setup_sample(s, &head);
    measure_records(&head, self->name, true);
}
