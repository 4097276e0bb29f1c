/* The accepted pairs of an index. */
#include "flow/pairs.h"

#include "base/str.h"
#include "text/domain.h"

size_t spans_show(flong_span *out, const span *spans, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = (flong_span){spans[i].a_begin, spans[i].a_end, spans[i].b_begin, spans[i].b_end,
                              spans[i].matched};
    return n;
}

int pair_is_version(flong_str site_a, flong_str site_b) {
    return site_a.n > 0 && str_equal(site_domain(site_a), site_domain(site_b));
}

typedef struct pair_telling {
    flong_index *index;
    flong_pair_fn fn;
    void *context;
    buffer names; /* both ids, both sites */
} pair_telling;

/* Appends id and site of an article to t->names, and the two ends to `ends`. */
static flong_status names_append(pair_telling *t, uint64_t no, size_t *ends, flong_error *error) {
    article_row row;
    bool found;
    TRY(article_get(t->index->store, &row, &found, no, error));
    if (!found)
        return error_set(error, FLONG_DAMAGED,
                         "%s: a pair names an article that is not there; make the index anew",
                         store_path(t->index->store));
    flong_str names[] = {row.record.id, row.record.site};
    for (int i = 0; i < 2; i++) {
        if (!buffer_append(&t->names, names[i].p, names[i].n)) return error_nomem(error);
        ends[i] = t->names.n;
    }
    return FLONG_OK;
}

static flong_status pair_tell(void *context, const pair_row *pair, flong_error *error) {
    pair_telling *t = context;
    size_t ends[5] = {0};
    span spans[SPANS_MOST];
    flong_span shown[SPANS_MOST];
    flong_str names[4]; /* id and site of a, of b */
    size_t n = spans_unpack(spans, SPANS_MOST, pair->spans, pair->n_spans_bytes);
    t->names.n = 0;
    TRY(names_append(t, pair->a, ends + 1, error));
    TRY(names_append(t, pair->b, ends + 3, error));
    for (int i = 0; i < 4; i++) names[i] = (flong_str){t->names.p + ends[i], ends[i + 1] - ends[i]};
    flong_pair told = {.a = names[0],
                       .b = names[2],
                       .score = pair->score,
                       .version = pair_is_version(names[1], names[3]),
                       .terms = pair->terms,
                       .spans = shown,
                       .n_spans = spans_show(shown, spans, n)};
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_pairs(flong_index *index, flong_pair_fn fn, void *context, flong_error *error) {
    pair_telling t = {.index = index, .fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = pair_each(index->store, pair_tell, &t, error);
    index_read_end(index);
    buffer_free(&t.names);
    return status;
}
