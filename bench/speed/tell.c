/* The story stage on one thread: of the articles that begin a text group terms, sketch and keys; whom they meet by
 * these; how alike the two tell. Putting stories together is not among it. */
#include <string.h>

#include "archive.h"
#include "flow/relate.h"
#include "rounds.h"
#include "stopwatch.h"

typedef struct telling {
    archive archive;
    int64_t *published; /* of each article, by its place */
    bool *first;        /* whether it begins a text group */
    sketch *sketches;   /* of those that do and say enough */
} telling;

/* What grows from batch to batch. */
typedef struct told {
    flong_index *index; /* that keys are put into */
    rates *rates;
    arena memory;
} told;

static bool nothing_gone(void *context, uint64_t no) {
    (void)context, (void)no;
    return false;
}

/* Reading an article's text again is not part of the time. */
static void first_sketch(telling *t, told *so_far, size_t place, story_keying *keys, timing *out) {
    const article *a = archive_article(&t->archive, place);
    worker *w = &t->archive.index->worker;
    stopwatch watch;
    if (!relate_wanted(a, w->params)) return;
    stopwatch_start(&watch);
    if (!terms_read(&w->terms, a) || !rates_learn(so_far->rates, w->terms.terms, w->terms.n)) needed(NULL);
    relate_sketch(&t->sketches[place], w->terms.terms, w->terms.n, t->archive.bodies[place],
                  t->published[place], so_far->rates);
    story_key_set made;
    story_keys_make(&made, &t->sketches[place].story, t->published[place]);
    story_keying_add(keys, place, &made);
    stopwatch_stop(&watch, out);
}

static void pairs_compare(const telling *t, const candidate_list *met) {
    const flong_params *params = t->archive.index->worker.params;
    for (size_t i = 0; i < met->n; i++) {
        const sketch *a = &t->sketches[met->candidates[i].article],
                     *b = &t->sketches[met->candidates[i].other];
        relate_verdict(a, b, relate_similarity(a, b), params);
    }
}

static void keys_store(told *so_far, const story_keying *keys, size_t end) {
    flong_error error;
    size_t n = keys->n_own + keys->n_far;
    if (n == 0) return;
    uint64_t *all = needed(arena_alloc(&so_far->memory, n, sizeof *all));
    memcpy(all, keys->own, keys->n_own * sizeof *all);
    memcpy(all + keys->n_own, keys->far, keys->n_far * sizeof *all);
    check(runs_add(so_far->index->runs, (entry_list){all, n, keys->base}, end - 1, &error), &error);
    check(runs_settle(so_far->index->runs, nothing_gone, NULL, &error), &error);
}

static void batch_tell_again(telling *t, told *so_far, size_t first, size_t end, timing *out) {
    flong_error error;
    story_keying keys;
    candidate_list met;
    stopwatch watch;
    uint64_t hot = 0;
    arena_reset(&so_far->memory);
    if (!story_keying_init(&keys, &so_far->memory, end - first)) needed(NULL);
    for (size_t i = first; i < end; i++)
        if (t->first[i]) first_sketch(t, so_far, i, &keys, out);
    stopwatch_start(&watch);
    check(story_keying_meet(&keys, so_far->index, &so_far->memory, &met, &hot, &error), &error);
    pairs_compare(t, &met);
    keys_store(so_far, &keys, end);
    stopwatch_stop(&watch, out);
}

static void story_run(const setup *s, void *context, timing *out) {
    telling *t = context;
    flong_error error;
    told so_far = {.rates = needed(rates_new())};
    check(flong_index_open(&so_far.index, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(store_begin(so_far.index->store, &error), &error);
    for (size_t at = 0, end; at < s->articles; at = end) {
        end = at + BATCH_ARTICLES < s->articles ? at + BATCH_ARTICLES : s->articles;
        batch_tell_again(t, &so_far, at, end, out);
    }
    store_rollback(so_far.index->store);
    flong_index_close(so_far.index);
    rates_free(so_far.rates);
    arena_free(&so_far.memory);
}

static void rows_read(telling *t) {
    flong_error error;
    article_row row;
    bool found;
    size_t n = t->archive.n;
    t->published = needed(mem_new(n, sizeof *t->published));
    t->first = needed(mem_new(n, sizeof *t->first));
    t->sketches = needed(mem_new(n, sizeof *t->sketches));
    for (size_t i = 0; i < n; i++) {
        check(article_get(t->archive.index->store, &row, &found, t->archive.numbers[i], &error), &error);
        t->published[i] = row.record.published;
        t->first[i] = row.text_no == t->archive.numbers[i];
    }
}

void measure_story(const setup *s, const speed_case *self) {
    static telling t;
    setup head;
    setup_sample(s, &head);
    archive_open(&t.archive, head.file);
    head.articles = t.archive.n;
    rows_read(&t);
    figure f = rounds_measure(&head, self->name, story_run, &t);
    figure_print(&f, s->csv);
    mem_free(t.published);
    mem_free(t.first);
    mem_free(t.sketches);
    archive_close(&t.archive);
}
