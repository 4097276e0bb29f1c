#include "twin_verify.h"

#include <stdlib.h>
#include <string.h>

#include "text/aside.h"

/* ---- shingles as lists ------------------------------------------------------------------- */

/* How often the shingle of place i stands before it. */
static size_t rank_of(const twin_text *x, size_t i) {
    size_t n = 0;
    for (size_t k = 0; k < i; k++) n += x->shingles[k] == x->shingles[i];
    return n;
}

static bool stands_in(const twin_text *x, uint32_t shingle) {
    for (size_t i = 0; i < x->n_places; i++)
        if (x->shingles[i] == shingle) return true;
    return false;
}

static bool is_own(const twin_text *x, size_t i, uint32_t marks) { return !(x->places[i].aside & marks); }

static bool stands_own_in(const twin_text *x, uint32_t shingle, uint32_t marks) {
    for (size_t i = 0; i < x->n_places; i++)
        if (x->shingles[i] == shingle && is_own(x, i, marks)) return true;
    return false;
}

/* Distinct shingles of x that y has; and those that count for x. */
static size_t count_distinct(const twin_text *x, const twin_text *y, size_t *counted) {
    size_t shared = 0;
    *counted = 0;
    for (size_t i = 0; i < x->n_places; i++) {
        if (rank_of(x, i) > 0) continue;
        bool both = stands_in(y, x->shingles[i]);
        shared += both;
        *counted += both || i >= x->n_title;
    }
    return shared;
}

/* Shingles of x that are own words, repeats counted; those that y has, and has as own words. */
static void count_own(size_t *all, size_t *shared, size_t *shared_own, const twin_text *x, const twin_text *y,
                      uint32_t marks) {
    *all = *shared = *shared_own = 0;
    for (size_t i = 0; i < x->n_places; i++) {
        if (!is_own(x, i, marks)) continue;
        bool both = stands_in(y, x->shingles[i]);
        *all += both || i >= x->n_title;
        *shared += both;
        *shared_own += stands_own_in(y, x->shingles[i], marks);
    }
}

/* ---- spans --------------------------------------------------------------------------------- */

typedef struct seed {
    span span;
    int64_t score;
    size_t before; /* seed + 1 */
    bool used;
} seed;

typedef struct seeds {
    seed *list;
    size_t n;
} seeds;

static bool matches(const twin_text *a, const twin_text *b, size_t i, size_t j) {
    return a->shingles[i] == b->shingles[j] && rank_of(a, i) < PLACES_MOST && rank_of(b, j) < PLACES_MOST;
}

/* A run of tokens, cut before each token at which it goes over the seam of one text only. */
static void seeds_add(seeds *s, size_t in_a, size_t in_b, size_t n, const twin_text *a, const twin_text *b) {
    for (size_t k = 0, from = 0; k <= n; k++) {
        bool seam_a = in_a + k == a->n_title, seam_b = in_b + k == b->n_title;
        if (k < n && (k == 0 || seam_a == seam_b)) continue;
        s->list = realloc(s->list, (s->n + 1) * sizeof *s->list);
        if (!s->list) abort();
        s->list[s->n++] =
            (seed){.span = {(uint32_t)(in_a + from), (uint32_t)(in_a + k), (uint32_t)(in_b + from),
                            (uint32_t)(in_b + k), (uint32_t)(k - from)}};
        from = k;
    }
}

static int seed_compare(const void *a, const void *b) {
    const span *x = &((const seed *)a)->span, *y = &((const seed *)b)->span;
    if (x->a_begin != y->a_begin) return x->a_begin < y->a_begin ? -1 : 1;
    return x->b_begin < y->b_begin ? -1 : x->b_begin > y->b_begin;
}

/* Finds seeds and the longest run. */
static void seeds_find(seeds *s, uint32_t *longest, const twin_text *a, const twin_text *b, size_t w) {
    *longest = 0;
    for (size_t i = 0; i < a->n_places; i++)
        for (size_t j = 0; j < b->n_places; j++) {
            if (!matches(a, b, i, j) || (i > 0 && j > 0 && matches(a, b, i - 1, j - 1))) continue;
            size_t n = 1;
            while (i + n < a->n_places && j + n < b->n_places && matches(a, b, i + n, j + n)) n++;
            if (n + w - 1 > *longest) *longest = (uint32_t)(n + w - 1);
            seeds_add(s, i, j, n + w - 1, a, b);
        }
    if (s->n) qsort(s->list, s->n, sizeof *s->list, seed_compare);
}

static int64_t gain_of(const span *x, const span *y, const twin_text *a, const twin_text *b) {
    int64_t gap_a = (int64_t)y->a_begin - x->a_end, gap_b = (int64_t)y->b_begin - x->b_end;
    bool over_a = x->a_end <= a->n_title && y->a_end > a->n_title,
         over_b = x->b_end <= b->n_title && y->b_end > b->n_title;
    if (gap_a > 12 || gap_b > 12 || y->a_end <= x->a_end || y->b_end <= x->b_end ||
        y->b_begin <= x->b_begin || over_a != over_b)
        return -1;
    int64_t overlap = gap_a < gap_b ? -gap_a : -gap_b;
    return (int64_t)y->matched - (overlap > 0 ? overlap : 0) - llabs(gap_a - gap_b) / 2;
}

static void seeds_link(seeds *s, const twin_text *a, const twin_text *b) {
    for (size_t i = 0; i < s->n; i++) {
        s->list[i].score = s->list[i].span.matched;
        for (size_t j = i > 48 ? i - 48 : 0; j < i; j++) {
            int64_t gain = gain_of(&s->list[j].span, &s->list[i].span, a, b);
            if (gain <= 0 || s->list[j].score + gain <= s->list[i].score) continue;
            s->list[i].score = s->list[j].score + gain;
            s->list[i].before = j + 1;
        }
    }
}

static span chain_take(seeds *s, size_t last, const twin_text *a, const twin_text *b) {
    span whole = s->list[last].span;
    s->list[last].used = true;
    for (size_t at = last; s->list[at].before;) {
        size_t before = s->list[at].before - 1;
        const span *x = &s->list[before].span, *y = &s->list[at].span;
        if (s->list[before].used) break;
        whole.matched += x->matched + (uint32_t)gain_of(x, y, a, b) - y->matched;
        whole.a_begin = x->a_begin;
        if (x->b_begin < whole.b_begin) whole.b_begin = x->b_begin;
        s->list[before].used = true;
        at = before;
    }
    return whole;
}

static size_t spans_take(span *spans, seeds *s, const twin_text *a, const twin_text *b) {
    size_t n = 0;
    for (int tries = 0; tries < 4 * SPANS_MOST && n < SPANS_MOST; tries++) {
        size_t best = s->n;
        for (size_t i = 0; i < s->n; i++)
            if (!s->list[i].used && (best == s->n || s->list[i].score > s->list[best].score)) best = i;
        if (best == s->n) break;
        span one = chain_take(s, best, a, b);
        bool clear = true;
        for (size_t i = 0; i < n; i++)
            if (one.a_begin < spans[i].a_end && spans[i].a_begin < one.a_end) clear = false;
        if (clear) spans[n++] = one;
    }
    return n;
}

/* ---- verdicts ------------------------------------------------------------------------------ */

static bool same_site(const twin_text *a, const twin_text *b) {
    return a->site_hash && a->site_hash == b->site_hash;
}

static bool alike_in_own(const twin_text *x, const twin_text *y, const flong_params *params) {
    size_t all, shared, shared_own;
    count_own(&all, &shared, &shared_own, x, y, TOKEN_ASIDE);
    return all < params->min_tokens || (double)shared >= .25 * (double)all;
}

static bool contained_in_own(const twin_text *x, const twin_text *y, bool whole, const flong_params *params) {
    size_t all, shared, shared_own;
    bool trusted = whole || same_site(x, y);
    count_own(&all, &shared, &shared_own, x, y, trusted ? TOKEN_ASIDE : TOKEN_ASIDE | TOKEN_VOICE);
    if (all < params->min_tokens) return whole;
    return (double)(trusted ? shared : shared_own) >= .5 * (double)all;
}

static bool is_reprint(const flong_score *s, size_t shared, const twin_text *a, const twin_text *b,
                       const flong_params *params) {
    bool is_a = s->a_in_b >= s->b_in_a;
    const twin_text *x = is_a ? a : b, *y = is_a ? b : a;
    double contained = is_a ? s->a_in_b : s->b_in_a;
    if (s->jaccard >= params->reprint_jaccard) {
        if (!alike_in_own(x, y, params)) return false;
        if (a->stub == b->stub) return true;
        return a->stub ? alike_in_own(b, a, params) : alike_in_own(a, b, params);
    }
    return contained >= params->reprint_contained && !a->stub && !b->stub &&
           shared + params->shingle > params->excerpt_run && contained_in_own(x, y, contained >= .9, params);
}

static bool lead_shared(const twin_text *x, const twin_text *y) {
    size_t own = 0, end = x->n_title, all = 0, shared = 0;
    for (size_t i = x->n_title; i < x->n_places; i++) own += is_own(x, i, TOKEN_ASIDE);
    bool whole = own < 20;
    for (own = 0; end < x->n_places && own < 20; end++) own += is_own(x, end, TOKEN_ASIDE);
    if (own < 20) end = x->n_title + 20 < x->n_places ? x->n_title + 20 : x->n_places;
    for (size_t i = x->n_title; i < end; i++) {
        if (!whole && !is_own(x, i, TOKEN_ASIDE)) continue;
        all++;
        shared += rank_of(x, i) == 0 && stands_in(y, x->shingles[i]);
    }
    return shared * 2 >= all;
}

static bool is_version(size_t shared, const twin_text *a, const twin_text *b) {
    if (a->url_hash && a->url_hash == b->url_hash) return true;
    return shared >= 20 && titles_alike(&a->title, &b->title) && (lead_shared(a, b) || lead_shared(b, a));
}

static size_t marked(const twin_text *x, size_t begin, size_t end, uint32_t marks) {
    size_t n = 0;
    for (size_t i = begin; i < end; i++) n += !is_own(x, i, marks);
    return n;
}

static size_t longest_own(const twin_text *x, size_t begin, size_t end) {
    size_t longest = 0;
    for (size_t i = begin; i < end; i++)
        for (size_t k = i; k < end && is_own(x, k, TOKEN_UNSURE); k++)
            if (k + 1 - i > longest) longest = k + 1 - i;
    return longest;
}

static bool is_excerpt(const span *s, const twin_text *a, const twin_text *b, const flong_params *params) {
    bool form = marked(a, s->a_begin, s->a_end, TOKEN_NOTICE | TOKEN_MENU) +
                    marked(b, s->b_begin, s->b_end, TOKEN_NOTICE | TOKEN_MENU) >
                0;
    size_t own = form ? params->excerpt_run : params->excerpt_run / 2;
    return s->matched >= params->excerpt_run &&
           s->matched >= own + marked(a, s->a_begin, s->a_end, TOKEN_UNSURE) &&
           s->matched >= own + marked(b, s->b_begin, s->b_end, TOKEN_UNSURE) &&
           longest_own(a, s->a_begin, s->a_end) >= own && longest_own(b, s->b_begin, s->b_end) >= own;
}

static size_t identical(flong_score *out, span *spans, const twin_text *a, const twin_text *b) {
    uint32_t n_a = (uint32_t)a->n_tokens, n_b = (uint32_t)b->n_tokens, t_a = (uint32_t)a->n_title,
             t_b = (uint32_t)b->n_title;
    *out = (flong_score){FLONG_RELATION_IDENTICAL, 1, 1, 1, n_a < n_b ? n_a : n_b, 0};
    spans[0] = (span){t_a, n_a, t_b, n_b, n_a - t_a};
    return n_a - t_a == n_b - t_b;
}

/* A verdict on a pair of which the overlap is known. */
static size_t judge(flong_score *out, span *spans, size_t shared, const twin_text *a, const twin_text *b,
                    const flong_params *params) {
    bool reprint = is_reprint(out, shared, a, b, params);
    if (!reprint && shared + 2 * (params->shingle - 1) < params->excerpt_run) return 0;
    seeds s = {0};
    seeds_find(&s, &out->longest_run, a, b, params->shingle);
    seeds_link(&s, a, b);
    size_t n = spans_take(spans, &s, a, b);
    free(s.list);
    if (reprint && (!same_site(a, b) || is_version(shared, a, b))) out->relation = FLONG_RELATION_REPRINT;
    for (size_t i = 0; i < n && out->relation == FLONG_RELATION_NONE; i++)
        if (!same_site(a, b) && !a->stub && !b->stub && is_excerpt(&spans[i], a, b, params))
            out->relation = FLONG_RELATION_EXCERPT;
    return n;
}

size_t twin_verify_pair(flong_score *out, span spans[SPANS_MOST], const twin_text *a, const twin_text *b,
                        const flong_params *params) {
    bool enough = a->n_tokens >= params->min_tokens && b->n_tokens >= params->min_tokens;
    *out = (flong_score){0};
    if ((a->whole_hash && a->whole_hash == b->whole_hash) ||
        (enough && a->kept_hash == b->kept_hash && a->n_places > a->n_title))
        return identical(out, spans, a, b);
    size_t n_a, n_b, shared = count_distinct(a, b, &n_a);
    count_distinct(b, a, &n_b);
    if (!enough || shared == 0) return 0;
    out->jaccard = (double)shared / (double)(n_a + n_b - shared);
    out->a_in_b = (double)shared / (double)n_a;
    out->b_in_a = (double)shared / (double)n_b;
    if (a->stub && b->stub && same_site(a, b)) return 0;
    return judge(out, spans, shared, a, b, params);
}

/* ---- characters ---------------------------------------------------------------------------- */

static bool characters_of_tokens(uint32_t *first, uint32_t *last, const twin_text *x, size_t begin,
                                 size_t end) {
    while (begin < end && x->places[begin].begin == TEXT_NOWHERE) begin++;
    if (begin == end) return false;
    *first = x->places[begin].begin;
    *last = x->places[end - 1].begin + x->places[end - 1].length;
    return true;
}

size_t twin_characters(span *out, const span *spans, size_t n, const twin_text *a, const twin_text *b) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        span s = {.matched = spans[i].matched};
        if (characters_of_tokens(&s.a_begin, &s.a_end, a, spans[i].a_begin, spans[i].a_end) &&
            characters_of_tokens(&s.b_begin, &s.b_end, b, spans[i].b_begin, spans[i].b_end))
            out[kept++] = s;
    }
    return kept;
}
