/* The accepted pairs of an index. */
#include "flow/pairs.h"

size_t spans_show(flong_span *out, const span *spans, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = (flong_span){spans[i].a_begin, spans[i].a_end, spans[i].b_begin, spans[i].b_end, spans[i].matched};
    return n;
}

typedef struct pair_telling {
    flong_index *index;
    flong_pair_fn fn;
    void *context;
    buffer ids;
} pair_telling;

/* Appends both ids to t->ids; *n_a is the length of the first. */
static flong_status ids_append(pair_telling *t, const pair_row *pair, size_t *n_a, flong_error *error) {
    uint64_t numbers[2] = {pair->a, pair->b};
    t->ids.n = 0;
    for (int i = 0; i < 2; i++) {
        article_row row;
        bool found;
        TRY(article_get(t->index->store, &row, &found, numbers[i], error));
        if (!found)
            return error_set(error, FLONG_DAMAGED, "%s: a pair names an article that is not there; make the index anew",
                             store_path(t->index->store));
        if (!buffer_append(&t->ids, row.record.id.p, row.record.id.n)) return error_nomem(error);
        if (i == 0) *n_a = t->ids.n;
    }
    return FLONG_OK;
}

static flong_status pair_tell(void *context, const pair_row *pair, flong_error *error) {
    pair_telling *t = context;
    size_t n_a = 0;
    span spans[SPANS_MOST];
    flong_span shown[SPANS_MOST];
    size_t n = spans_unpack(spans, SPANS_MOST, pair->spans, pair->n_spans_bytes);
    TRY(ids_append(t, pair, &n_a, error));
    flong_pair told = {.a = {t->ids.p, n_a},
                       .b = {t->ids.p + n_a, t->ids.n - n_a},
                       .score = pair->score,
                       .spans = shown,
                       .n_spans = spans_show(shown, spans, n)};
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_pairs(flong_index *index, flong_pair_fn fn, void *context, flong_error *error) {
    pair_telling t = {.index = index, .fn = fn, .context = context};
    flong_status status = pair_each(index->store, pair_tell, &t, error);
    buffer_free(&t.ids);
    return status;
}
