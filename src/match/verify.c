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
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && body->places[i] >> 32 == body->places[i - 1] >> 32) continue;
        body->n_distinct++;
        body->n_title_distinct += (uint32_t)body->places[i] < n_title;
    }
    return body;
}

void verifier_free(verifier *v) {
    mem_free(v->slots);
    mem_free(v->hits);
    mem_free(v->matches);
    mem_free(v->scratch);
    *v = (verifier){0};
}

/* Room for n numbers in scratch whose contents need not be kept. */
static bool scratch_reserve(uint64_t **numbers, size_t *capacity, size_t n) {
    if (n <= *capacity) return true;
    mem_free(*numbers);
    *numbers = mem_resize(NULL, n, sizeof **numbers);
    *capacity = *numbers ? n : 0;
    return *numbers;
}

/* The end of the entries of one shingle. */
static size_t same_end(const text_body *body, size_t at) {
    size_t end = at + 1;
    while (end < body->n_places && body->places[end] >> 32 == body->places[at] >> 32) end++;
    return end;
}

static bool in_title(const text_body *body, size_t at) { return (uint32_t)body->places[at] < body->n_title; }

/* ---- overlap ----------------------------------------------------------------------------- */

/* A table at most a quarter full: a shingle that is not there, as most are not, mostly meets an empty slot
 * at once. */
static size_t slots_for(const text_body *body) {
    size_t n = 64;
    while (n < 4 * (size_t)body->n_distinct) n *= 2;
    return n;
}

bool verify_against(verifier *v, const text_body *a) {
    size_t n = slots_for(a);
    v->a = NULL;
    if (!scratch_reserve(&v->slots, &v->slots_capacity, n) ||
        !scratch_reserve(&v->hits, &v->hits_capacity, (size_t)a->n_distinct + 1))
        return false;
    memset(v->slots, 0, n * sizeof *v->slots);
    for (size_t i = 0; i < a->n_places; i = same_end(a, i)) {
        uint64_t hash = a->places[i] >> 32;
        size_t slot = hash & (n - 1);
        while (v->slots[slot]) slot = (slot + 1) & (n - 1);
        v->slots[slot] = hash << 32 | (i + 1);
    }
    v->a = a;
    v->n_slots = n;
    return true;
}

/* Finds the shingles that both have. */
static void hits_find(verifier *v, const text_body *b) {
    uint32_t n = 0;
    uint64_t before = UINT64_MAX;
    for (size_t j = 0; j < b->n_places; j++) {
        uint64_t hash = b->places[j] >> 32;
        size_t slot = hash & (v->n_slots - 1);
        while (v->slots[slot] && v->slots[slot] >> 32 != hash) slot = (slot + 1) & (v->n_slots - 1);
        if (!v->slots[slot] || hash == before) continue;
        before = hash;
        v->hits[n++] = ((v->slots[slot] & 0xFFFFFFFF) - 1) << 32 | j;
    }
    v->n_hits = n;
}

static void overlap_score(const verifier *v, flong_score *out, const text_body *b) {
    const text_body *a = v->a;
    uint32_t n_a = a->n_distinct - a->n_title_distinct, n_b = b->n_distinct - b->n_title_distinct;
    for (uint32_t i = 0; i < v->n_hits; i++) {
        n_a += in_title(a, v->hits[i] >> 32);
        n_b += in_title(b, v->hits[i] & 0xFFFFFFFF);
    }
    out->jaccard = v->n_hits / (double)(n_a + n_b - v->n_hits);
    out->a_in_b = v->n_hits / (double)n_a;
    out->b_in_a = v->n_hits / (double)n_b;
}

bool verify_overlap(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    const text_body *a = v->a;
    *out = (flong_score){0};
    v->n_hits = 0;
    if (a->stub_site && a->stub_site == b->stub_site) return true;
    bool enough = a->n_tokens >= params->min_tokens && b->n_tokens >= params->min_tokens;
    if (a->whole_hash == b->whole_hash || (enough && a->kept_hash == b->kept_hash && a->n_places > a->n_title)) {
        *out = (flong_score){FLONG_RELATION_IDENTICAL, 1, 1, 1, a->n_tokens < b->n_tokens ? a->n_tokens : b->n_tokens};
        return true;
    }
    if (!enough) return true;
    hits_find(v, b);
    if (v->n_hits > 0) overlap_score(v, out, b);
    return true;
}

/* ---- runs -------------------------------------------------------------------------------- */

/* Collects places at which both have one shingle, as (distance of the places, place in a). */
static size_t matches_collect(const verifier *v, const text_body *b) {
    const text_body *a = v->a;
    size_t n = 0;
    for (uint32_t h = 0; h < v->n_hits; h++) {
        size_t i = v->hits[h] >> 32, j = v->hits[h] & 0xFFFFFFFF;
        size_t i_end = same_end(a, i), j_end = same_end(b, j);
        for (size_t p = i; p < i_end && p < i + PLACES_MOST; p++)
            for (size_t q = j; q < j_end && q < j + PLACES_MOST; q++) {
                uint32_t in_a = (uint32_t)a->places[p], in_b = (uint32_t)b->places[q];
                v->matches[n++] = (uint64_t)(in_a - in_b) << 32 | in_a;
            }
    }
    return n;
}

/* Finds all matches of the two bodies, sorted so that those of a run stand together. */
static bool matches_find(verifier *v, size_t *n, const text_body *b) {
    size_t most = (size_t)v->n_hits * PLACES_MOST * PLACES_MOST;
    size_t fewer = (size_t)(v->a->n_places < b->n_places ? v->a->n_places : b->n_places) * PLACES_MOST;
    if (fewer < most) most = fewer;
    if (!scratch_reserve(&v->matches, &v->matches_capacity, most) ||
        !scratch_reserve(&v->scratch, &v->scratch_capacity, most))
        return false;
    *n = matches_collect(v, b);
    sort_u64(v->matches, v->scratch, *n, 0, 8);
    return true;
}

/* Where the run that begins at match `at` ends. */
static size_t run_end(const uint64_t *matches, size_t at, size_t n) {
    size_t end = at + 1;
    while (end < n && matches[end] == matches[end - 1] + 1) end++;
    return end;
}

/* Tokens in the longest run of shared shingles that follow one another in both. */
static bool longest_run(verifier *v, uint32_t *out, const text_body *b, uint32_t w) {
    size_t n, longest = 0;
    if (!matches_find(v, &n, b)) return false;
    for (size_t at = 0, end; at < n; at = end) {
        end = run_end(v->matches, at, n);
        if (end - at > longest) longest = end - at;
    }
    *out = longest ? (uint32_t)longest + w - 1 : 0;
    return true;
}

static bool runs_overlap(const shared_run *x, const shared_run *y) {
    return x->in_a < y->in_a + y->n && y->in_a < x->in_a + x->n;
}

/* Puts a run among the chosen, longest first, unless it overlaps a longer one; shorter ones that it overlaps
 * go away. */
static size_t run_choose(shared_run *out, size_t n, size_t most, shared_run run) {
    size_t at = 0, kept;
    while (at < n && out[at].n >= run.n) {
        if (runs_overlap(&out[at], &run)) return n;
        at++;
    }
    kept = at;
    for (size_t i = at; i < n; i++)
        if (!runs_overlap(&out[i], &run)) out[kept++] = out[i];
    if (kept == most && at == most) return n;
    if (kept == most) kept--;
    memmove(out + at + 1, out + at, (kept - at) * sizeof *out);
    out[at] = run;
    return kept + 1;
}

size_t verify_runs(verifier *v, shared_run *out, size_t most, const text_body *b, const flong_params *params,
                   bool *done) {
    size_t n = 0, chosen = 0;
    hits_find(v, b);
    *done = matches_find(v, &n, b);
    for (size_t at = 0, end; *done && at < n; at = end) {
        end = run_end(v->matches, at, n);
        uint32_t in_a = (uint32_t)v->matches[at], distance = (uint32_t)(v->matches[at] >> 32);
        shared_run run = {in_a, in_a - distance, (uint32_t)(end - at) + params->shingle - 1};
        chosen = run_choose(out, chosen, most, run);
    }
    return chosen;
}

double score_contained(const flong_score *score) {
    return score->a_in_b > score->b_in_a ? score->a_in_b : score->b_in_a;
}

static flong_relation verdict(const flong_score *score, const flong_params *params) {
    if (score->jaccard >= params->reprint_jaccard || score_contained(score) >= params->reprint_contained)
        return FLONG_RELATION_REPRINT;
    return score->longest_run >= params->excerpt_run ? FLONG_RELATION_EXCERPT : FLONG_RELATION_NONE;
}

bool verify_pair(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    if (!verify_overlap(v, out, b, params)) return false;
    if (out->relation != FLONG_RELATION_NONE || v->n_hits == 0) return true;
    bool reprint = verdict(out, params) == FLONG_RELATION_REPRINT;
    if (!reprint && v->n_hits + params->shingle - 1 < params->excerpt_run) return true;
    if (!longest_run(v, &out->longest_run, b, params->shingle)) return false;
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
