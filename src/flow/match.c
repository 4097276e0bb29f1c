/* One article against an index: one that it holds, as it was indexed; any other, as if it arrived last. Nothing
 * is written. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/index.h"
#include "index/candidates.h"

typedef struct found {
    uint64_t no;
    flong_score score;
} found;

static int found_compare(const void *a, const void *b) {
    const found *x = a, *y = b;
    int order = score_compare(&x->score, &y->score);
    return order ? order : x->no < y->no ? -1 : x->no > y->no;
}

/* Candidates of the article just shingled; memory from the worker. */
static flong_status query_meet(flong_index *index, candidate_list *list, const text_body *body, shingled counts,
                               flong_error *error) {
    worker *w = &index->worker;
    uint64_t *keys;
    size_t n;
    if (!worker_keys(w, &keys, &n, &w->article, body, counts)) return error_nomem(error);
    keyed *entries = arena_alloc(&w->memory, n, sizeof *entries);
    if (!entries) return error_nomem(error);
    for (size_t i = 0; i < n; i++) entries[i] = (keyed){keys[i], 0};
    *list = (candidate_list){0};
    if (n == 0) return FLONG_OK;
    return candidates_find(list, &w->memory, index->runs, entries, n, w->params, index_gone, index, error);
}

/* Verifies candidates; keeps the accepted ones, best first. */
static flong_status query_verify(flong_index *index, found *out, size_t *n, const candidate_list *list,
                                 const text_body *body, flong_error *error) {
    worker other = {0}; /* reads bodies while the query's own worker keeps the candidates */
    if (!worker_init(&other, store_params(index->store))) return error_nomem(error);
    flong_status status = verify_against(&other.verifier, body) ? FLONG_OK : error_nomem(error);
    *n = 0;
    for (size_t i = 0; i < list->n && status == FLONG_OK; i++) {
        const text_body *candidate_body;
        found *f = &out[*n];
        f->no = list->candidates[i].other;
        status = texts_get(index->texts, &candidate_body, index->bodies, &other, f->no, error);
        if (status == FLONG_OK &&
            !verify_pair(&other.verifier, &f->score, candidate_body, store_params(index->store)))
            status = error_nomem(error);
        if (status == FLONG_OK) *n += f->score.relation != FLONG_RELATION_NONE;
    }
    worker_free(&other);
    if (status == FLONG_OK) qsort(out, *n, sizeof *out, found_compare);
    return status;
}

static flong_status matches_tell(flong_index *index, const found *matches, size_t n, flong_str id, flong_match_fn fn,
                                 void *context, flong_error *error) {
    for (size_t i = 0; i < n; i++) {
        article_row row;
        bool there;
        TRY(article_get(index->store, &row, &there, matches[i].no, error));
        if (!there || str_equal(row.record.id, id)) continue;
        flong_match match = {.record = row.record, .score = matches[i].score};
        if (fn(context, &match) != 0) return error_set(error, FLONG_STOPPED, "stopped");
    }
    return FLONG_OK;
}

static flong_status query_run(flong_index *index, const text_body *body, shingled counts, flong_str id,
                              flong_match_fn fn, void *context, flong_error *error) {
    candidate_list list;
    size_t n;
    TRY(query_meet(index, &list, body, counts, error));
    found *matches = arena_alloc(&index->worker.memory, list.n + 1, sizeof *matches);
    if (!matches) return error_nomem(error);
    TRY(query_verify(index, matches, &n, &list, body, error));
    return matches_tell(index, matches, n, id, fn, context, error);
}

/* Matches an article that is not in the index. */
static flong_status query_match(flong_index *index, const flong_record *record, flong_match_fn fn, void *context,
                                flong_error *error) {
    worker *w = &index->worker;
    furniture_site *site;
    shingled counts;
    if (!article_read(&w->reader, &w->article, record->title, record->text)) return error_nomem(error);
    TRY(index_site(index, &site, record->site, false, error));
    furniture_mark_query(site, &w->article, url_hash(record->url), w->params->furniture_texts);
    article_settle(&w->article, w->params->min_tokens);
    text_body *body = worker_shingle(w, &counts, &w->article) ? worker_body(w, &w->article, counts, record->site) : NULL;
    if (!body) return error_nomem(error);
    flong_status status = query_run(index, body, counts, record->id, fn, context, error);
    mem_free(body);
    return status;
}

/* Whether an indexed article has the record's title and text. */
static flong_status article_same(flong_index *index, bool *same, uint64_t no, const flong_record *record,
                                 flong_error *error) {
    worker *w = &index->worker;
    packed_body packed;
    article_row row;
    flong_str text;
    TRY(article_get(index->store, &row, same, no, error));
    *same = *same && str_equal(row.record.title, record->title);
    if (!*same) return FLONG_OK;
    TRY(body_get(index->store, &packed, &w->memory, no, error));
    if (!body_unpack(index->bodies, &w->packer, &text, &w->memory, &packed))
        return error_set(error, FLONG_DAMAGED, "%s: the text of article %llu is damaged; make the index anew",
                         store_path(index->store), (unsigned long long)no);
    *same = str_equal(text, record->text);
    return FLONG_OK;
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
    p->found[p->n++] = (found){is_a ? pair->b : pair->a, is_a ? pair->score : score_flip(pair->score)};
    return FLONG_OK;
}

/* The pairs that the index holds of an article. */
static flong_status article_match(flong_index *index, uint64_t no, flong_str id, flong_match_fn fn, void *context,
                                  flong_error *error) {
    partners p = {.no = no};
    flong_status status = pair_each_of(index->store, no, partner_take, &p, error);
    if (p.n) qsort(p.found, p.n, sizeof *p.found, found_compare);
    if (status == FLONG_OK) status = matches_tell(index, p.found, p.n, id, fn, context, error);
    mem_free(p.found);
    return status;
}

flong_status flong_index_match(flong_index *index, const flong_record *record, flong_match_fn fn, void *context,
                               flong_error *error) {
    uint64_t no;
    bool indexed;
    flong_status status = index_lookup(index, &no, &indexed, record->id, error);
    if (status == FLONG_OK && indexed) status = article_same(index, &indexed, no, record, error);
    if (status == FLONG_OK)
        status = indexed ? article_match(index, no, record->id, fn, context, error)
                         : query_match(index, record, fn, context, error);
    arena_reset(&index->worker.memory);
    texts_trim(index->texts);
    return status;
}
