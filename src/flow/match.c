/* One article against an index: one that it holds, as it was indexed; any other, as if it arrived last. Nothing
 * is written. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/relate.h"
#include "flow/view.h"
#include "index/candidates.h"
#include "input/site.h"

typedef struct found {
    uint64_t no;
    flong_score score;
    span spans[SPANS_MOST]; /* in characters; a: the query */
    size_t n_spans;
    flong_str terms;
} found;

static int found_compare(const void *a, const void *b) {
    const found *x = a, *y = b;
    int order = score_compare(&x->score, &y->score);
    return order ? order : x->no < y->no ? -1 : x->no > y->no;
}

/* ---- texts ------------------------------------------------------------------------------- */

/* Candidates of the article just shingled; memory from its worker. */
static flong_status query_meet(flong_index *index, candidate_list *list, article_view *query,
                               const text_body *body, shingled counts, flong_error *error) {
    worker *w = &query->worker;
    uint64_t *keys;
    size_t n;
    if (!worker_keys(w, &keys, &n, &query->article, body, counts)) return error_nomem(error);
    entry_list all = {keys, n, 0};
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
        *f = (found){.no = list->candidates[i].other};
        status = texts_get(index->texts, &candidate_body, index->bodies, w, f->no, error);
        if (status != FLONG_OK) break;
        if (!verify_pair(&w->verifier, &f->score, candidate_body, w->params)) return error_nomem(error);
        f->n_spans = verify_characters(&w->verifier, f->spans, candidate_body);
        *n += f->score.relation != FLONG_RELATION_NONE;
    }
    return status;
}

/* ---- stories ----------------------------------------------------------------------------- */

/* The text groups that may tell the same as the query. */
static flong_status tellings_meet(flong_index *index, candidate_list *list, article_view *query,
                                  const sketch *own, flong_error *error) {
    story_keying keys;
    uint64_t hot = 0;
    if (!story_keying_init(&keys, &query->worker.memory, 1)) return error_nomem(error);
    story_key_set own_keys;
    story_keys_make(&own_keys, &own->story, own->mark.published);
    story_keying_add(&keys, 0, &own_keys);
    TRY(story_keying_meet(&keys, index, &query->worker.memory, list, &hot, error));
    for (size_t i = 0; i < list->n; i++)
        TRY(grouping_of(index->grouping, &list->candidates[i].other, list->candidates[i].other, error));
    return FLONG_OK;
}

static found *found_find(found *all, size_t n, uint64_t no) {
    for (size_t i = 0; i < n; i++)
        if (all[i].no == no) return &all[i];
    return NULL;
}

/* Compares the query with the first article of a text group; what is alike becomes a match, or adds to one. */
static flong_status telling_match(flong_index *index, found *all, size_t *n, article_view *query,
                                  const sketch *own, uint64_t text_no, flong_error *error) {
    worker *w = &query->worker;
    const sketch *other;
    TRY(sketches_get(index->sketches, &other, text_no, error));
    found *f = found_find(all, *n, text_no);
    if (!other || (f && f->score.similarity > 0)) return FLONG_OK;
    double similarity = relate_similarity(own, other);
    flong_relation relation = relate_verdict(own, other, similarity, w->params);
    if (!f && relation == FLONG_RELATION_NONE) return FLONG_OK;
    if (!f) {
        f = &all[(*n)++];
        *f = (found){.no = text_no, .score = {.relation = relation}};
    }
    f->score.similarity = similarity;
    bool written = relation == FLONG_RELATION_NONE ||
                   relate_terms(&f->terms, &w->memory, own, other, &query->article, w->terms.terms,
                                w->terms.n, query->title, query->text);
    return written ? FLONG_OK : error_nomem(error);
}

/* Adds what tells the same as the query in other words. *all has n matches, and moves. */
static flong_status query_tell(flong_index *index, found **all, size_t *n, article_view *query,
                               const flong_record *record, const text_body *body, flong_error *error) {
    worker *w = &query->worker;
    candidate_list list;
    sketch *own = arena_alloc(&w->memory, 1, sizeof *own);
    if (!relate_wanted(&query->article, w->params)) return FLONG_OK;
    if (!own || !terms_read(&w->terms, &query->article)) return error_nomem(error);
    relate_sketch(own, w->terms.terms, w->terms.n, body, record->published, index->rates);
    TRY(tellings_meet(index, &list, query, own, error));
    found *more = arena_alloc(&w->memory, *n + list.n + 1, sizeof *more);
    if (!more) return error_nomem(error);
    if (*n) memcpy(more, *all, *n * sizeof *more);
    *all = more;
    for (size_t i = 0; i < list.n; i++)
        TRY(telling_match(index, more, n, query, own, list.candidates[i].other, error));
    return FLONG_OK;
}

/* ---- telling ----------------------------------------------------------------------------- */

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
                         .terms = f->terms,
                         .version = pair_is_version(row.record.site, l->site),
                         .spans = shown,
                         .n_spans = spans_show(shown, f->spans, f->n_spans)};
    match.credited =
        match.version
            ? -1
            : view_credits(l->query, agency_named(row.wire.agency.p, row.wire.agency.n), row.record.site);
    return l->fn(l->context, &match) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

static flong_status matches_tell(flong_index *index, const found *matches, size_t n, const listener *l,
                                 flong_error *error) {
    for (size_t i = 0; i < n; i++) TRY(match_tell(index, &matches[i], l, error));
    return FLONG_OK;
}

static flong_status query_run(flong_index *index, article_view *query, const flong_record *record,
                              const text_body *body, shingled counts, const listener *l, flong_error *error) {
    candidate_list list;
    size_t n;
    TRY(query_meet(index, &list, query, body, counts, error));
    found *matches = arena_alloc(&query->worker.memory, list.n + 1, sizeof *matches);
    if (!matches) return error_nomem(error);
    TRY(query_verify(index, matches, &n, &list, body, error));
    TRY(query_tell(index, &matches, &n, query, record, body, error));
    if (n) qsort(matches, n, sizeof *matches, found_compare);
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
    flong_status status = query_run(index, query, record, body, counts, l, error);
    mem_free(body);
    return status;
}

typedef struct partners {
    found *found;
    size_t n, capacity;
    uint64_t no;
    arena terms;
} partners;

static flong_status partner_take(void *context, const pair_row *pair, flong_error *error) {
    partners *p = context;
    if (!ARRAY_GROW(p->found, p->n, p->capacity)) return error_nomem(error);
    bool is_a = pair->a == p->no;
    found *f = &p->found[p->n++];
    *f = (found){.no = is_a ? pair->b : pair->a, .score = is_a ? pair->score : score_flip(pair->score)};
    f->n_spans = spans_unpack(f->spans, SPANS_MOST, pair->spans, pair->n_spans_bytes);
    for (size_t i = 0; i < f->n_spans && !is_a; i++) f->spans[i] = span_flip(f->spans[i]);
    return str_copy(&p->terms, &f->terms, pair->terms) ? FLONG_OK : error_nomem(error);
}

/* Tells the pairs that the index holds of an article. */
static flong_status article_match(flong_index *index, const article_view *query, const listener *l,
                                  flong_error *error) {
    partners p = {.no = query->no};
    flong_status status = pair_each_of(index->store, query->no, partner_take, &p, error);
    if (p.n) qsort(p.found, p.n, sizeof *p.found, found_compare);
    if (status == FLONG_OK) status = matches_tell(index, p.found, p.n, l, error);
    mem_free(p.found);
    arena_free(&p.terms);
    return status;
}

static flong_status match_record(flong_index *index, article_view *query, const flong_record *record,
                                 const listener *l, flong_error *error) {
    uint64_t no;
    bool indexed;
    TRY(index_lookup(index, &no, &indexed, record->id, error));
    if (indexed) TRY(view_load(query, index, no, error));
    if (indexed && view_has(query, record)) return article_match(index, query, l, error);
    if (indexed && query->text.n > VIEW_KEPT) view_free(query);
    return query_match(index, query, record, l, error);
}

flong_status flong_index_match(flong_index *index, const flong_record *record, flong_match_fn fn,
                               void *context, flong_error *error) {
    char host[SITE_HOST_MAX];
    flong_record complete = *record;
    complete.site = record_site(host, record);
    if (index->readers == 0 && store_is_temporary(index->store))
        TRY(store_pairs_by_earlier(index->store, error));
    TRY(index_read_begin(index, error));
    article_view *query = view_take(index);
    listener l = {.query = query, .id = record->id, .site = complete.site, .fn = fn, .context = context};
    flong_status status = query ? match_record(index, query, &complete, &l, error) : error_nomem(error);
    if (query) view_return(index, query, status == FLONG_OK, record->title.n + record->text.n);
    texts_trim(index->texts);
    sketches_trim(index->sketches);
    index_read_end(index);
    return status;
}
