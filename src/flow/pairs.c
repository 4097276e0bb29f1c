/* The accepted pairs of an index. */
#include "flow/pairs.h"

#include "base/str.h"
#include "flow/names.h"
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
    names *names;
    flong_pair_fn fn;
    void *context;
    buffer earlier; /* id and domain of the earlier article of the pair */
} pair_telling;

static flong_status pair_tell(void *context, const pair_row *pair, flong_error *error) {
    pair_telling *t = context;
    article_name a, b;
    span spans[SPANS_MOST];
    flong_span shown[SPANS_MOST];
    size_t n = spans_unpack(spans, SPANS_MOST, pair->spans, pair->n_spans_bytes);
    t->earlier.n = 0;
    TRY(names_get(t->names, &a, pair->a, error));
    if (!buffer_append(&t->earlier, a.id.p, a.id.n) || !buffer_append(&t->earlier, a.domain.p, a.domain.n))
        return error_nomem(error);
    flong_str id = {t->earlier.p, a.id.n}, domain = {t->earlier.p + a.id.n, a.domain.n};
    TRY(names_get(t->names, &b, pair->b, error));
    flong_pair told = {.a = id,
                       .b = b.id,
                       .score = pair->score,
                       .version = domain.n > 0 && str_equal(domain, b.domain),
                       .terms = pair->terms,
                       .spans = shown,
                       .n_spans = spans_show(shown, spans, n)};
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_pairs(flong_index *index, flong_pair_fn fn, void *context, flong_error *error) {
    pair_telling t = {.fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    t.names = names_new(index->store);
    flong_status status = t.names ? pair_each(index->store, pair_tell, &t, error) : error_nomem(error);
    index_read_end(index);
    names_free(t.names);
    buffer_free(&t.earlier);
    return status;
}
