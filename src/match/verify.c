#include "match/verify.h"

#include <string.h>

#include "base/sort.h"

/* A shingle that stands often in both texts gives this many places of each, at most, to the search for
 * runs: a run is found by its other shingles too. */
enum { PLACES_MOST = 8 };

text_body *text_body_new(uint64_t *scratch, const uint64_t *shingles, size_t n, size_t n_title) {
    text_body *body = mem_resize(NULL, 1, sizeof *body + n * sizeof *body->places);
    if (!body) return NULL;
    *body = (text_body){.n_places = (uint32_t)n, .n_title = (uint32_t)n_title};
    for (size_t i = 0; i < n; i++) body->places[i] = (shingles[i] & 0xFFFFFFFF00000000u) | (uint32_t)i;
    sort_u64(body->places, scratch, n, 4, 8);
    for (size_t i = 0; i < n; i++)
        body->n_distinct += i == 0 || body->places[i] >> 32 != body->places[i - 1] >> 32;
    return body;
}

void verifier_free(verifier *v) {
    mem_free(v->matches);
    mem_free(v->scratch);
    *v = (verifier){0};
}

/* The end of the entries of one shingle. */
static size_t same_end(const text_body *body, size_t at) {
    size_t end = at + 1;
    while (end < body->n_places && body->places[end] >> 32 == body->places[at] >> 32) end++;
    return end;
}

/* Distinct shingles of both, and of each those that count. */
typedef struct overlap {
    uint32_t shared, a, b;
} overlap;

static bool in_title(const text_body *body, size_t at) { return (uint32_t)body->places[at] < body->n_title; }

static overlap overlap_count(const text_body *a, const text_body *b) {
    overlap o = {0, a->n_distinct, b->n_distinct};
    size_t i = 0, j = 0;
    while (i < a->n_places && j < b->n_places) {
        uint64_t x = a->places[i] >> 32, y = b->places[j] >> 32;
        if (x == y) o.shared++;
        if (x < y) o.a -= in_title(a, i);
        if (y < x) o.b -= in_title(b, j);
        if (x <= y) i = same_end(a, i);
        if (y <= x) j = same_end(b, j);
    }
    for (; i < a->n_places; i = same_end(a, i)) o.a -= in_title(a, i);
    for (; j < b->n_places; j = same_end(b, j)) o.b -= in_title(b, j);
    return o;
}

static bool matches_reserve(verifier *v, size_t n) {
    if (n <= v->capacity) return true;
    verifier_free(v);
    v->matches = mem_resize(NULL, n, sizeof *v->matches);
    v->scratch = mem_resize(NULL, n, sizeof *v->scratch);
    v->capacity = v->matches && v->scratch ? n : 0;
    return v->capacity != 0;
}

/* Collects places at which both have one shingle, as (distance of the places, place in a). */
static size_t matches_collect(uint64_t *out, const text_body *a, const text_body *b) {
    size_t n = 0, i = 0, j = 0;
    while (i < a->n_places && j < b->n_places) {
        uint64_t x = a->places[i] >> 32, y = b->places[j] >> 32;
        if (x != y) {
            *(x < y ? &i : &j) += 1;
            continue;
        }
        size_t i_end = same_end(a, i), j_end = same_end(b, j);
        for (size_t p = i; p < i_end && p < i + PLACES_MOST; p++)
            for (size_t q = j; q < j_end && q < j + PLACES_MOST; q++) {
                uint32_t in_a = (uint32_t)a->places[p], in_b = (uint32_t)b->places[q];
                out[n++] = (uint64_t)(in_a - in_b) << 32 | in_a;
            }
        i = i_end;
        j = j_end;
    }
    return n;
}

/* Tokens in the longest run of shared shingles that follow one another in both. */
static bool longest_run(verifier *v, uint32_t *out, const text_body *a, const text_body *b, uint32_t w) {
    size_t most = (size_t)(a->n_places < b->n_places ? a->n_places : b->n_places) * PLACES_MOST;
    if (!matches_reserve(v, most)) return false;
    size_t n = matches_collect(v->matches, a, b);
    sort_u64(v->matches, v->scratch, n, 0, 8);
    uint32_t longest = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && v->matches[i] == v->matches[i - 1] + 1 ? run + 1 : 1;
        if (run > longest) longest = run;
    }
    *out = longest ? longest + w - 1 : 0;
    return true;
}

double score_contained(const flong_score *score) {
    return score->a_in_b > score->b_in_a ? score->a_in_b : score->b_in_a;
}

static flong_relation verdict(const flong_score *score, const flong_params *params) {
    if (score->jaccard >= params->reprint_jaccard || score_contained(score) >= params->reprint_contained)
        return FLONG_RELATION_REPRINT;
    return score->longest_run >= params->excerpt_run ? FLONG_RELATION_EXCERPT : FLONG_RELATION_NONE;
}

void verify_overlap(flong_score *out, const text_body *a, const text_body *b, const flong_params *params) {
    *out = (flong_score){0};
    bool enough = a->n_tokens >= params->min_tokens && b->n_tokens >= params->min_tokens;
    if (a->whole_hash == b->whole_hash || (enough && a->n_tokens == b->n_tokens && a->kept_hash == b->kept_hash)) {
        *out = (flong_score){FLONG_RELATION_IDENTICAL, 1, 1, 1, a->n_tokens};
        return;
    }
    if (!enough) return;
    overlap o = overlap_count(a, b);
    if (o.shared == 0) return;
    out->jaccard = o.shared / (double)(o.a + o.b - o.shared);
    out->a_in_b = o.shared / (double)o.a;
    out->b_in_a = o.shared / (double)o.b;
}

bool verify_pair(verifier *v, flong_score *out, const text_body *a, const text_body *b,
                 const flong_params *params) {
    verify_overlap(out, a, b, params);
    if (out->relation != FLONG_RELATION_NONE || out->jaccard == 0) return true;
    if (!longest_run(v, &out->longest_run, a, b, params->shingle)) return false;
    out->relation = verdict(out, params);
    return true;
}

flong_score score_flip(flong_score score) {
    double a_in_b = score.a_in_b;
    score.a_in_b = score.b_in_a;
    score.b_in_a = a_in_b;
    return score;
}

static int descending(double x, double y) { return x > y ? -1 : x < y; }

int score_compare(const flong_score *x, const flong_score *y) {
    if (x->relation != y->relation) return x->relation < y->relation ? -1 : 1;
    int order = descending(x->jaccard, y->jaccard);
    if (order == 0) order = descending(score_contained(x), score_contained(y));
    return order ? order : descending(x->longest_run, y->longest_run);
}
