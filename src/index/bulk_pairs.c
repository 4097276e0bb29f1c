/* Pairs of a temporary index: those of one later article stand together, and are put anew when they change. */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/varint.h"
#include "index/bulk_parts.h"

enum { PAIRS_AHEAD = 1 << 20, PAIR_AHEAD = 1024 };

/* Pairs of one article; behind this they stand, one after the other. */
typedef struct stored_pairs {
    uint64_t b, n_bytes;
    uint64_t n; /* pairs */
} stored_pairs;

/* One pair; spans and terms stand behind it. */
typedef struct stored_pair {
    uint64_t a;
    double jaccard, a_in_b, b_in_a, similarity;
    uint32_t relation, longest_run, n_spans, n_terms;
} stored_pair;

static flong_status status_of(const flong_error *error) { return error ? error->status : FLONG_IO; }

static flong_status pairs_damaged(flong_error *error) {
    return error_set(error, FLONG_DAMAGED, "pairs of the temporary index are damaged");
}

/* ---- reading ----------------------------------------------------------------------------- */

/* Pairs that are read one after the other. */
typedef struct pair_reading {
    const char *at, *end;
    uint64_t b, left;
} pair_reading;

static flong_status pairs_open(bulk *k, scratch_window *w, size_t ahead, pair_reading *out, uint64_t b,
                               flong_error *error) {
    const bulk_article *article = bulk_find(k, b);
    stored_pairs head;
    *out = (pair_reading){.b = b};
    if (!article || !article->pairs) return FLONG_OK;
    const char *at = scratch_get(k->pairs, w, article->pairs - 1, sizeof head, ahead, error);
    if (!at) return status_of(error);
    memcpy(&head, at, sizeof head);
    if (head.b != b || head.n_bytes > scratch_size(k->pairs)) return pairs_damaged(error);
    at = scratch_get(k->pairs, w, article->pairs - 1, (size_t)(sizeof head + head.n_bytes), ahead, error);
    if (!at) return status_of(error);
    *out = (pair_reading){at + sizeof head, at + sizeof head + head.n_bytes, b, head.n};
    return FLONG_OK;
}

static flong_status pair_next(pair_reading *in, pair_row *out, flong_error *error) {
    stored_pair p;
    if ((size_t)(in->end - in->at) < sizeof p) return pairs_damaged(error);
    memcpy(&p, in->at, sizeof p);
    in->at += sizeof p;
    if ((uint64_t)p.n_spans + p.n_terms > (size_t)(in->end - in->at)) return pairs_damaged(error);
    *out = (pair_row){.a = p.a,
                      .b = in->b,
                      .score = {.relation = (flong_relation)p.relation,
                                .jaccard = p.jaccard,
                                .a_in_b = p.a_in_b,
                                .b_in_a = p.b_in_a,
                                .longest_run = p.longest_run,
                                .similarity = p.similarity},
                      .spans = in->at,
                      .n_spans_bytes = p.n_spans,
                      .terms = {in->at + p.n_spans, p.n_terms}};
    in->at += p.n_spans + p.n_terms;
    in->left--;
    return FLONG_OK;
}

/* Tells of the pairs of one article with others that are still there. */
static flong_status pairs_tell(bulk *k, scratch_window *w, size_t ahead, uint64_t b, pair_row_fn fn,
                               void *context, flong_error *error) {
    pair_reading in;
    pair_row row = {0};
    TRY(pairs_open(k, w, ahead, &in, b, error));
    while (in.left) {
        TRY(pair_next(&in, &row, error));
        if (bulk_is_there(k, row.a)) TRY(fn(context, &row, error));
    }
    return FLONG_OK;
}

flong_status bulk_pair_each(bulk *k, pair_row_fn fn, void *context, flong_error *error) {
    TRY(bulk_pairs_settle(k, error));
    for (uint64_t b = 0; b < k->n; b++)
        TRY(pairs_tell(k, &k->pairs_window, PAIRS_AHEAD, b, fn, context, error));
    return FLONG_OK;
}

flong_status bulk_pair_each_earlier(bulk *k, uint64_t b, pair_row_fn fn, void *context, flong_error *error) {
    TRY(bulk_pairs_settle(k, error));
    return pairs_tell(k, &k->pair_window, PAIR_AHEAD, b, fn, context, error);
}

flong_status bulk_pair_get(bulk *k, pair_row *out, bool *found, uint64_t a, uint64_t b, flong_error *error) {
    pair_reading in;
    *found = false;
    TRY(bulk_pairs_settle(k, error));
    TRY(pairs_open(k, &k->pair_window, PAIR_AHEAD, &in, b, error));
    while (in.left && !*found) {
        TRY(pair_next(&in, out, error));
        *found = out->a == a && bulk_is_there(k, a);
    }
    return FLONG_OK;
}

typedef struct counting {
    uint64_t n;
} counting;

static flong_status pair_count(void *context, const pair_row *row, flong_error *error) {
    counting *c = context;
    (void)row, (void)error;
    c->n++;
    return FLONG_OK;
}

flong_status bulk_pair_count_from(bulk *k, uint64_t *n, uint64_t from, flong_error *error) {
    counting c = {0};
    TRY(bulk_pairs_settle(k, error));
    for (uint64_t b = from; b < k->n; b++)
        TRY(pairs_tell(k, &k->pairs_window, PAIRS_AHEAD, b, pair_count, &c, error));
    *n = c.n;
    return FLONG_OK;
}

/* ---- those of an earlier article --------------------------------------------------------- */

typedef struct listing {
    uint64_t *list;
    size_t n, capacity;
} listing;

static flong_status later_take(void *context, const pair_row *row, flong_error *error) {
    listing *l = context;
    if (!ARRAY_GROW(l->list, l->n, l->capacity)) return error_nomem(error);
    l->list[l->n++] = row->a << 32 | row->b;
    return FLONG_OK;
}

/* Lists the pairs by their earlier article. */
static flong_status later_list(bulk *k, flong_error *error) {
    listing l = {0};
    if (k->later_known) return FLONG_OK;
    mem_free(k->later);
    k->later = NULL;
    k->n_later = 0;
    flong_status status = bulk_pair_each(k, later_take, &l, error);
    uint64_t *scratch = mem_new(l.n, sizeof *scratch);
    if (status == FLONG_OK && !scratch) status = error_nomem(error);
    if (status == FLONG_OK) sort_u64(l.list, scratch, l.n, 0, 8);
    mem_free(scratch);
    if (status != FLONG_OK) {
        mem_free(l.list);
        return status;
    }
    k->later = l.list;
    k->n_later = l.n;
    k->later_known = true;
    return FLONG_OK;
}

flong_status bulk_pair_each_later(bulk *k, uint64_t a, pair_row_fn fn, void *context, flong_error *error) {
    TRY(later_list(k, error));
    size_t low = 0, high = k->n_later;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        *(k->later[middle] < a << 32 ? &low : &high) = middle + (k->later[middle] < a << 32);
    }
    for (; low < k->n_later && k->later[low] >> 32 == a; low++) {
        pair_row row;
        bool found;
        uint64_t b = k->later[low] & UINT32_MAX;
        if (!bulk_is_there(k, b)) continue;
        TRY(bulk_pair_get(k, &row, &found, a, b, error));
        if (found) TRY(fn(context, &row, error));
    }
    return FLONG_OK;
}

/* ---- changing ---------------------------------------------------------------------------- */

static int pair_compare(const void *a, const void *b) {
    const pair_row *x = a, *y = b;
    if (x->b != y->b) return x->b < y->b ? -1 : 1;
    return x->a < y->a ? -1 : x->a > y->a;
}

static bool pair_copy(bulk_pairs *p, pair_row *out, const pair_row *in) {
    void *spans = arena_copy(&p->memory, in->spans, in->n_spans_bytes);
    char *terms = arena_copy(&p->memory, in->terms.p, in->terms.n);
    *out = *in;
    out->spans = spans;
    out->terms.p = terms;
    return spans && terms;
}

flong_status bulk_pair_add(bulk *k, const pair_row *row, flong_error *error) {
    bulk_pairs *p = &k->pending;
    if (row->n_spans_bytes > UINT32_MAX || row->terms.n > UINT32_MAX ||
        !ARRAY_GROW(p->pairs, p->n, p->capacity) || !pair_copy(p, &p->pairs[p->n], row))
        return error_nomem(error);
    if (p->n_sorted == p->n && (p->n == 0 || pair_compare(&p->pairs[p->n - 1], row) < 0)) p->n_sorted++;
    p->n++;
    return FLONG_OK;
}

/* The pair of the same articles, if it is not put yet. */
static pair_row *pending_find(const bulk_pairs *p, const pair_row *row) {
    for (size_t i = p->n; i > p->n_sorted; i--)
        if (pair_compare(&p->pairs[i - 1], row) == 0) return &p->pairs[i - 1];
    return p->n_sorted ? bsearch(row, p->pairs, p->n_sorted, sizeof *row, pair_compare) : NULL;
}

static flong_status similarity_put(bulk *k, pair_row *pair, const pair_row *row, flong_error *error) {
    char *terms = arena_copy(&k->pending.memory, row->terms.p, row->terms.n);
    if (!terms) return error_nomem(error);
    pair->score.similarity = row->score.similarity;
    pair->terms = (flong_str){terms, row->terms.n};
    return FLONG_OK;
}

flong_status bulk_pair_similarity_set(bulk *k, const pair_row *row, flong_error *error) {
    pair_row stored;
    bool found;
    pair_row *pending = pending_find(&k->pending, row);
    if (pending) return similarity_put(k, pending, row, error);
    TRY(bulk_pair_get(k, &stored, &found, row->a, row->b, error));
    if (!found) return FLONG_OK;
    TRY(similarity_put(k, &stored, row, error));
    return bulk_pair_add(k, &stored, error);
}

/* ---- putting ----------------------------------------------------------------------------- */

static size_t pair_size(const pair_row *row) {
    return sizeof(stored_pair) + row->n_spans_bytes + row->terms.n;
}

static char *pair_put(char *at, const pair_row *row) {
    const flong_score *s = &row->score;
    const stored_pair p = {.a = row->a,
                           .jaccard = s->jaccard,
                           .a_in_b = s->a_in_b,
                           .b_in_a = s->b_in_a,
                           .similarity = s->similarity,
                           .relation = (uint32_t)s->relation,
                           .longest_run = s->longest_run,
                           .n_spans = (uint32_t)row->n_spans_bytes,
                           .n_terms = (uint32_t)row->terms.n};
    memcpy(at, &p, sizeof p);
    at += sizeof p;
    if (row->n_spans_bytes) memcpy(at, row->spans, row->n_spans_bytes);
    at += row->n_spans_bytes;
    if (row->terms.n) memcpy(at, row->terms.p, row->terms.n);
    return at + row->terms.n;
}

/* Puts n pairs of one article, in order, in place of those that it had. */
static flong_status pairs_put(bulk *k, const pair_row *pairs, size_t n, flong_error *error) {
    stored_pairs head = {.b = pairs[0].b, .n = n};
    for (size_t i = 0; i < n; i++) head.n_bytes += pair_size(&pairs[i]);
    bulk_article *b = bulk_change_article(k, head.b, error);
    char *room = b ? scratch_room(k->pairs, (size_t)(sizeof head + head.n_bytes), error) : NULL;
    if (!room) return status_of(error);
    memcpy(room, &head, sizeof head);
    room += sizeof head;
    for (size_t i = 0; i < n; i++) room = pair_put(room, &pairs[i]);
    b->pairs = scratch_put(k->pairs, (size_t)(sizeof head + head.n_bytes)) + 1;
    return FLONG_OK;
}

/* Adds to what is to be put what the articles of the first n pairs have already and was not put anew. */
static flong_status stored_add(bulk *k, size_t n, flong_error *error) {
    bulk_pairs *p = &k->pending;
    for (size_t i = 0; i < n; i++) {
        pair_reading in;
        pair_row row;
        if (i > 0 && p->pairs[i].b == p->pairs[i - 1].b) continue;
        TRY(pairs_open(k, &k->pair_window, PAIR_AHEAD, &in, p->pairs[i].b, error));
        while (in.left) {
            TRY(pair_next(&in, &row, error));
            if (bulk_is_there(k, row.a) && !bsearch(&row, p->pairs, n, sizeof row, pair_compare))
                TRY(bulk_pair_add(k, &row, error));
        }
    }
    return FLONG_OK;
}

flong_status bulk_pairs_settle(bulk *k, flong_error *error) {
    bulk_pairs *p = &k->pending;
    size_t n = p->n;
    if (n == 0) return FLONG_OK;
    if (p->n_sorted < n) qsort(p->pairs, n, sizeof *p->pairs, pair_compare);
    p->n_sorted = n;
    TRY(stored_add(k, n, error));
    if (p->n_sorted < p->n) qsort(p->pairs, p->n, sizeof *p->pairs, pair_compare);
    p->n_sorted = p->n;
    for (size_t i = 0, end; i < p->n; i = end) {
        for (end = i + 1; end < p->n && p->pairs[end].b == p->pairs[i].b;) end++;
        TRY(pairs_put(k, p->pairs + i, end - i, error));
    }
    p->n = p->n_sorted = 0;
    arena_reset(&p->memory);
    k->later_known = false;
    return FLONG_OK;
}
