#include "overlap.h"

#include "base/sort.h"

/* A pair in which less of the shorter text stands in the longer one is left out. */
static const double overlap_least = .05;

uint32_t shingles_shared(sharing *x, const text_body *y) {
    if (!sharing_find(x, y)) needed(NULL);
    return x->n_shared;
}

static double jaccard_of(const text_body *x, const text_body *y, uint32_t both) {
    size_t any = (size_t)x->n_distinct + y->n_distinct - both;
    return any ? (double)both / (double)any : 0;
}

double shingles_jaccard(sharing *x, const text_body *y) { return jaccard_of(x->a, y, shingles_shared(x, y)); }

/* ---- which articles have a shingle ------------------------------------------------------- */

/* Articles by shingle: hash in the upper half, article in the lower; and for each article where the lists of its
 * shingles begin. Lists of one article, and those that are too long, are left out. */
typedef struct postings {
    uint64_t *entries;
    size_t n;
    uint32_t *lists; /* places in `entries`, article by article */
    size_t *firsts;  /* of each article in `lists`, and the end */
    uint64_t n_passed;
} postings;

static bool is_long_enough(const archive *a, const text_body *body) {
    return body->n_tokens >= store_params(a->index->store)->min_tokens;
}

static void entries_gather(postings *p, const archive *a) {
    size_t most = 0;
    for (size_t i = 0; i < a->n; i++) most += a->bodies[i]->n_distinct;
    uint64_t *scratch = needed(mem_new(most, sizeof *scratch));
    p->entries = needed(mem_new(most, sizeof *p->entries));
    for (size_t i = 0; i < a->n; i++) {
        const text_body *body = a->bodies[i];
        for (size_t k = 0; k < body->n_places && is_long_enough(a, body); k++) {
            if (!bits_has(text_body_set(body, BODY_AGAIN), k))
                p->entries[p->n++] = (uint64_t)text_body_shingles(body)[k] << 32 | i;
        }
    }
    sort_u64(p->entries, scratch, p->n, 4, 8); /* stable: articles of a shingle ascend */
    mem_free(scratch);
}

static size_t list_end(const postings *p, size_t at) {
    size_t end = at + 1;
    while (end < p->n && p->entries[end] >> 32 == p->entries[at] >> 32) end++;
    return end;
}

static bool is_wanted(size_t articles) { return articles > 1 && articles <= OVERLAP_ARTICLES; }

/* Two rounds of a counting sort by article. */
static void lists_gather(postings *p, size_t n_articles) {
    p->firsts = needed(mem_new(n_articles + 2, sizeof *p->firsts));
    size_t *ends = p->firsts + 1; /* after the second round these are the next one's firsts */
    for (size_t at = 0, end; at < p->n; at = end) {
        end = list_end(p, at);
        p->n_passed += end - at > OVERLAP_ARTICLES;
        for (size_t i = at; i < end && is_wanted(end - at); i++) ends[(uint32_t)p->entries[i] + 1]++;
    }
    for (size_t i = 1; i <= n_articles; i++) ends[i] += ends[i - 1];
    p->lists = needed(mem_new(ends[n_articles] + 1, sizeof *p->lists));
    for (size_t at = 0, end; at < p->n; at = end) {
        end = list_end(p, at);
        for (size_t i = at; i < end && is_wanted(end - at); i++)
            p->lists[ends[(uint32_t)p->entries[i]]++] = (uint32_t)at;
    }
}

static void postings_free(postings *p) {
    mem_free(p->entries);
    mem_free(p->lists);
    mem_free(p->firsts);
}

/* ---- pairs ------------------------------------------------------------------------------- */

/* Counts of the shingles that one article shares with each earlier one; all are 0 between articles. */
typedef struct counting {
    uint32_t *counts, *touched;
    size_t n_touched;
} counting;

static void count_earlier(counting *c, const postings *p, uint32_t no) {
    for (size_t l = p->firsts[no]; l < p->firsts[no + 1]; l++)
        for (size_t i = p->lists[l]; (uint32_t)p->entries[i] < no; i++) {
            uint32_t other = (uint32_t)p->entries[i];
            if (c->counts[other]++ == 0) c->touched[c->n_touched++] = other;
        }
}

static double contained_of(const text_body *x, const text_body *y, uint32_t both) {
    return (double)both / (x->n_distinct < y->n_distinct ? x->n_distinct : y->n_distinct);
}

/* The counts lack shingles of too many articles; what is kept is compared in full. */
static void pair_keep(overlap_list *out, archive *a, uint32_t no, uint32_t other) {
    const text_body *x = a->bodies[no], *y = a->bodies[other];
    worker *w = &a->index->worker;
    uint32_t both = shingles_shared(&w->verifier.sharing, y);
    flong_score score;
    if (!verify_pair(&w->verifier, &score, y, w->params) || !ARRAY_GROW(out->pairs, out->n, out->capacity))
        needed(NULL);
    out->pairs[out->n++] = (overlap){.a = no,
                                     .b = other,
                                     .jaccard = jaccard_of(x, y, both),
                                     .contained = contained_of(x, y, both),
                                     .run = score.longest_run};
}

static void pairs_take(overlap_list *out, archive *a, counting *c, uint32_t no) {
    const text_body *body = a->bodies[no];
    if (c->n_touched && !verify_against(&a->index->worker.verifier, body)) needed(NULL);
    for (size_t t = 0; t < c->n_touched; t++) {
        uint32_t other = c->touched[t];
        if (contained_of(body, a->bodies[other], c->counts[other]) >= overlap_least)
            pair_keep(out, a, no, other);
        c->counts[other] = 0;
    }
    c->n_touched = 0;
}

void overlaps_find(overlap_list *out, archive *a) {
    postings p = {0};
    counting c = {needed(mem_new(a->n, sizeof *c.counts)), needed(mem_new(a->n, sizeof *c.touched)), 0};
    *out = (overlap_list){0};
    entries_gather(&p, a);
    lists_gather(&p, a->n);
    out->n_passed = p.n_passed;
    for (uint32_t i = 0; i < a->n; i++) {
        count_earlier(&c, &p, i);
        pairs_take(out, a, &c, i);
    }
    postings_free(&p);
    mem_free(c.counts);
    mem_free(c.touched);
}

void overlaps_free(overlap_list *list) {
    mem_free(list->pairs);
    *list = (overlap_list){0};
}
