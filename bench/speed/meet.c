/* What articles do that have keys: they meet, and are compared; on one thread. */
#include "archive.h"
#include "base/sort.h"
#include "flow/relate.h"
#include "keys.h"
#include "rounds.h"
#include "stopwatch.h"

static bool nothing_gone(void *context, uint64_t no) {
    (void)context, (void)no;
    return false;
}

/* ---- candidates -------------------------------------------------------------------------- */

/* An empty index, that runs are put into. */
typedef struct empty {
    flong_index *index;
    arena memory;
} empty;

static void empty_open(empty *e) {
    flong_error error;
    *e = (empty){0};
    check(flong_index_open(&e->index, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(store_begin(e->index->store, &error), &error);
}

static void empty_close(empty *e) {
    store_rollback(e->index->store);
    flong_index_close(e->index);
    arena_free(&e->memory);
}

static void run_store(empty *e, entry_list all, size_t end) {
    flong_error error;
    if (all.n == 0) return;
    check(runs_add(e->index->runs, all, end - 1, &error), &error);
    check(runs_settle(e->index->runs, nothing_gone, NULL, &error), &error);
}

/* Sorts the keys of the articles [first, end), finds who of the earlier ones has them, and stores them. */
static void batch_meet(empty *e, const key_set *keys, size_t first, size_t end) {
    flong_error error;
    candidate_list found;
    size_t n = keys->firsts[end] - keys->firsts[first], at = 0;
    arena_reset(&e->memory);
    uint64_t *entries = needed(arena_alloc(&e->memory, n, sizeof *entries)),
             *scratch = needed(arena_alloc(&e->memory, n, sizeof *scratch));
    for (size_t i = first; i < end; i++)
        for (size_t k = keys->firsts[i]; k < keys->firsts[i + 1]; k++)
            entries[at++] = keys->keys[k] | (i - first);
    sort_spread(entries, scratch, n);
    entry_list all = {entries, n, first};
    check(candidates_find(&found, &e->memory, e->index->runs, all, all, meeting_of_texts(&keys->params),
                          nothing_gone, NULL, &error),
          &error);
    run_store(e, all, end);
}

static size_t batch_end(size_t first, size_t n) {
    return first + BATCH_ARTICLES < n ? first + BATCH_ARTICLES : n;
}

static void candidates_run(const setup *s, void *context, timing *out) {
    const key_set *keys = context;
    stopwatch watch;
    empty e;
    empty_open(&e);
    stopwatch_start(&watch);
    for (size_t at = 0; at < s->articles; at = batch_end(at, s->articles))
        batch_meet(&e, keys, at, batch_end(at, s->articles));
    stopwatch_stop(&watch, out);
    empty_close(&e);
}

/* The first articles of the file, as an index has them. */
static void sample_open(const setup *s, setup *head, archive *a) {
    setup_sample(s, head);
    archive_open(a, head->file);
    head->articles = a->n;
}

void measure_candidates(const setup *s, const speed_case *self) {
    static key_set keys;
    setup head;
    archive a;
    sample_open(s, &head, &a);
    setting usual = setting_of(store_params(a.index->store));
    keys_make(&keys, &usual, 1, &a);
    figure f = rounds_measure(&head, self->name, candidates_run, &keys);
    figure_print(&f, s->csv);
    keys_free(&keys, 1);
    archive_close(&a);
}

/* ---- verify ------------------------------------------------------------------------------ */

typedef struct verifying {
    archive archive;
    meetings met;
    uint64_t pairs;
} verifying;

/* The candidates of one article; returns the place behind them. */
static size_t article_verify(verifying *v, size_t at) {
    worker *w = &v->archive.index->worker;
    span spans[SPANS_MOST];
    flong_score score;
    uint64_t later = v->met.list.candidates[at].article;
    if (!verify_against(&w->verifier, v->archive.bodies[later])) needed(NULL);
    for (; at < v->met.list.n && v->met.list.candidates[at].article == later; at++) {
        const text_body *other = v->archive.bodies[v->met.list.candidates[at].other];
        if (!verify_pair(&w->verifier, &score, other, w->params)) needed(NULL);
        if (score.relation != FLONG_RELATION_NONE) verify_characters(&w->verifier, spans, other);
    }
    return at;
}

static void verify_run(const setup *s, void *context, timing *out) {
    verifying *v = context;
    stopwatch watch;
    (void)s;
    stopwatch_start(&watch);
    for (size_t at = 0; at < v->met.list.n;) at = article_verify(v, at);
    stopwatch_stop(&watch, out);
}

void measure_verify(const setup *s, const speed_case *self) {
    static verifying v;
    static key_set keys;
    setup head;
    sample_open(s, &head, &v.archive);
    setting usual = setting_of(store_params(v.archive.index->store));
    keys_make(&keys, &usual, 1, &v.archive);
    keys_meet(&v.met, &keys, v.archive.n);
    figure f = rounds_measure(&head, self->name, verify_run, &v);
    figure_print(&f, s->csv);
    values candidates = {{(double)v.met.list.n / (double)v.archive.n}, 1};
    f = figure_of(self->name, "candidates", v.archive.n, values_spread(&candidates));
    figure_print(&f, s->csv);
    meetings_free(&v.met);
    keys_free(&keys, 1);
    archive_close(&v.archive);
}
