#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "flow/worker.h"
#include "text/furniture.h"

typedef struct reading {
    worker worker;
    flong_params params;
    furniture *furniture;
    size_t n;
    corpus_fn take;
    void *context;
} reading;

typedef void (*record_fn)(reading *r, const flong_record *record, furniture_site *site);

static _Noreturn void end(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(2);
}

void corpus_need(bool done) {
    if (!done) end("out of memory");
}

static void learn(reading *r, const flong_record *record, furniture_site *site) {
    if (site) corpus_need(furniture_learn(r->furniture, site, &r->worker.article, url_hash(record->url)));
}

static void hand_out(reading *r, const flong_record *record, furniture_site *site) {
    article *a = &r->worker.article;
    furniture_mark(site, a, r->params.furniture_texts);
    article_settle(a, r->params.min_tokens);
    r->take(r->context, a, record, r->n++);
}

static furniture_site *site_of(reading *r, flong_str name) {
    furniture_site *site = name.n ? furniture_find(r->furniture, name) : NULL;
    if (name.n && !site) corpus_need((site = furniture_add(r->furniture, name)));
    return site;
}

flong_input *corpus_open(const char *path, const flong_input_options *options) {
    flong_input *input;
    flong_error error;
    if (flong_input_open(&input, &path, 1, options, &error)) end(error.text);
    return input;
}

const flong_record *corpus_next(flong_input *input) {
    const flong_record *record;
    flong_error error;
    if (flong_input_next(input, &record, &error)) end(error.text);
    return record;
}

static void records_read(reading *r, const char *path, record_fn work) {
    flong_input *input = corpus_open(path, NULL);
    for (const flong_record *record; (record = corpus_next(input));) {
        corpus_need(worker_read(&r->worker, &r->worker.article, NULL, record->title, record->text));
        work(r, record, site_of(r, record->site));
    }
    flong_input_close(input);
}

size_t corpus_read(const char *path, corpus_fn take, void *context) {
    static reading r;
    r = (reading){.take = take, .context = context, .furniture = furniture_new()};
    flong_params_default(&r.params);
    wire_lexicon *lexicon = wire_lexicon_new();
    corpus_need(r.furniture && lexicon && worker_init(&r.worker, &r.params, lexicon));
    records_read(&r, path, learn);
    records_read(&r, path, hand_out);
    worker_free(&r.worker);
    wire_lexicon_free(lexicon);
    furniture_free(r.furniture);
    return r.n;
}
