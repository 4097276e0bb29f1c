/* One article against an index: one that it holds, as it was indexed; any other, as if it arrived last. Nothing
 * is written. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/view.h"
#include "index/candidates.h"
#include "input/site.h"

typedef struct found {
    uint64_t no;
    flong_score score;
    span spans[SPANS_MOST]; /* in characters; a: the query */
    size_t n_spans;
} found;

static int found_compare(const void *a, const void *b) {
    const found *x = a, *y = b;
    int order = score_compare(&x->score, &y->score);
    return order ? order : x->no < y->no ? -1 : x->no > y->no;
}

/* Candidates of the article just shingled; memory from its worker. */
static flong_status query_meet(flong_index *index, candidate_list *list, article_view *query,
                               const text_body *body, shingled counts, flong_error *error) {
    worker *w = &query->worker;
    uint64_t *keys;
    size_t n;
    if (!worker_keys(w, &keys, &n, &query->article, body, counts)) return error_nomem(error);
    keyed *entries = arena_alloc(&w->memory, n, sizeof *entries);
    if (!entries) return error_nomem(error);
    for (size_t i = 0; i < n; i++) entries[i] = (keyed){keys[i], 0};
    keyed_list all = {entries, n};
    return candidates_find(list, &w->memory, index->runs, all, all, meeting_of_texts(w->params), index_gone,
                           index, error);
}

/* Verifies candidates; keeps the accepted ones, best first. */
static flong_status query_verify(flong_index *index, found *out, size_t *n, const candidate_list *list,
                                 const text_body *body, flong_error *error) {
    worker *w = &index->worker;
    flong_status status = verify_against(&w->verifier, body) ? FLONG_OK : error_nomem(error);
    *n = 0;
    for (size_t i = 0; i < list->n && status == FLONG_OK; i++) {
        const text_body *candidate_body;
        found *f = &out[*n];
        f->no = list->candidates[i].other;
        status = texts_get(index->texts, &candidate_body, index->bodies, w, f->no, error);
        if (status != FLONG_OK) break;
        if (!verify_pair(&w->verifier, &f->score, candidate_body, w->params)) return error_nomem(error);
        f->n_spans = verify_characters(&w->verifier, f->spans, candidate_body);
        *n += f->score.relation != FLONG_RELATION_NONE;
    }
    if (status == FLONG_OK) qsort(out, *n, sizeof *out, found_compare);
    return status;
}

/* Who is told of matches. */
typedef struct listener {
    const article_view *query;
    flong_str id, site; /* of the query */
    flong_match_fn fn;
    void *context;
} listener;

static flong_status match_tell(flong_index *index, const found *f, const listener *l, flong_error *error) {
    article_row row;
    bool there;
    flong_span shown[SPANS_MOST];
    TRY(article_get(index->store, &row, &there, f->no, error));
    if (!there || str_equal(row.record.id, l->id)) return FLONG_OK;
    flong_match match = {.record = row.record,
                         .score = f->score,
                         .wire = row.wire,
                         .version = pair_is_version(row.record.site, l->site),
                         .spans = shown,
                         .n_spans = spans_show(shown, f->spans, f->n_spans)};
    match.credited = match.version ? -1 : view_credits(l->query, &row.wire, row.record.site);
    return l->fn(l->context, &match) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

static flong_status matches_tell(flong_index *index, const found *matches, size_t n, const listener *l,
                                 flong_error *error) {
    for (size_t i = 0; i < n; i++) TRY(match_tell(index, &matches[i], l, error));
    return FLONG_OK;
}

static flong_status query_run(flong_index *index, article_view *query, const text_body *body, shingled counts,
                              const listener *l, flong_error *error) {
    candidate_list list;
    size_t n;
    TRY(query_meet(index, &list, query, body, counts, error));
    found *matches = arena_alloc(&query->worker.memory, list.n + 1, sizeof *matches);
    if (!matches) return error_nomem(error);
    TRY(query_verify(index, matches, &n, &list, body, error));
    return matches_tell(index, matches, n, l, error);
}

/* Matches an article that is not in the index. */
static flong_status query_match(flong_index *index, article_view *query, const flong_record *record,
                                const listener *l, flong_error *error) {
    shingled counts;
    TRY(view_query(query, index, record, error));
    worker *w = &query->worker;
    text_body *body =
        worker_shingle(w, &counts, &query->article) ? worker_body(w, &query->article, counts, record) : NULL;
    if (!body) return error_nomem(error);
    flong_status status = query_run(index, query, body, counts, l, error);
    mem_free(body);
    return status;
}

/* Whether an indexed article, loaded into the view, has the record's title and text. */
static bool view_has(const article_view *v, const flong_record *record) {
    return str_equal(v->title, record->title) && str_equal(v->text, record->text);
}

typedef struct partners {
    found *found;
    size_t n, capacity;
    uint64_t no;
} partners;

static flong_status partner_take(void *context, const pair_row *pair, flong_error *error) {
    partners *p = context;
    if (!ARRAY_GROW(p->found, p->n, p->capacity)) return error_nomem(error);
    bool is_a = pair->a == p->no;
    found *f = &p->found[p->n++];
    *f = (found){.no = is_a ? pair->b : pair->a, .score = is_a ? pair->score : score_flip(pair->score)};
    f->n_spans = spans_unpack(f->spans, SPANS_MOST, pair->spans, pair->n_spans_bytes);
    for (size_t i = 0; i < f->n_spans && !is_a; i++) f->spans[i] = span_flip(f->spans[i]);
    return FLONG_OK;
}

/* Tells the pairs that the index holds of an article. */
static flong_status article_match(flong_index *index, const article_view *query, const listener *l,
                                  flong_error *error) {
    partners p = {.no = query->no};
    flong_status status = pair_each_of(index->store, query->no, partner_take, &p, error);
    if (p.n) qsort(p.found, p.n, sizeof *p.found, found_compare);
    if (status == FLONG_OK) status = matches_tell(index, p.found, p.n, l, error);
    mem_free(p.found);
    return status;
}

static flong_status match_record(flong_index *index, const flong_record *record, listener *l,
                                 flong_error *error) {
    uint64_t no;
    bool indexed;
    article_view query = {0};
    l->query = &query;
    flong_status status = index_lookup(index, &no, &indexed, record->id, error);
    if (status == FLONG_OK && indexed) status = view_load(&query, index, no, error);
    if (status == FLONG_OK)
        status = indexed && view_has(&query, record) ? article_match(index, &query, l, error)
                                                     : query_match(index, &query, record, l, error);
    view_free(&query);
    texts_trim(index->texts);
    return status;
}

flong_status flong_index_match(flong_index *index, const flong_record *record, flong_match_fn fn,
                               void *context, flong_error *error) {
    char host[SITE_HOST_MAX];
    flong_record complete = *record;
    complete.site = record_site(host, record);
    listener l = {.id = record->id, .site = complete.site, .fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = match_record(index, &complete, &l, error);
    index_read_end(index);
    return status;
}
