#include "match/verify.h"

#include <string.h>

#include "base/sort.h"
#include "text/aside.h"

/* A shingle that stands often in both texts gives this many places of each, at most, to the search for
 * runs: a run is found by its other shingles too. */
enum { PLACES_MOST = 8 };

/* ---- bodies ------------------------------------------------------------------------------ */

static size_t body_bytes(size_t n_places, size_t n_tokens) {
    return sizeof(text_body) + n_places * sizeof(uint64_t) + n_tokens * sizeof(text_place);
}

size_t text_body_size(const text_body *body) { return body_bytes(body->n_places, body->n_tokens); }

text_place *text_body_tokens(text_body *body) {
    return (text_place *)(void *)(body->places + body->n_places);
}

static const text_place *tokens_of(const text_body *body) {
    return (const text_place *)(const void *)(body->places + body->n_places);
}

text_body *text_body_new(uint64_t *scratch, const uint64_t *shingles, size_t n, size_t n_title,
                         size_t n_tokens) {
    text_body *body = mem_resize(NULL, 1, body_bytes(n, n_tokens));
    if (!body) return NULL;
    *body =
        (text_body){.n_tokens = (uint32_t)n_tokens, .n_places = (uint32_t)n, .n_title = (uint32_t)n_title};
    for (size_t i = 0; i < n; i++) body->places[i] = (shingles[i] & 0xFFFFFFFF00000000u) | (uint32_t)i;
    sort_hashes(body->places, scratch, n, 4);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && body->places[i] >> 32 == body->places[i - 1] >> 32) continue;
        body->n_distinct++;
        body->n_title_distinct += (uint32_t)body->places[i] < n_title;
    }
    return body;
}

/* Tokens of [begin, end) that stand in one of these asides. */
static uint32_t asides_count(const text_body *body, uint32_t begin, uint32_t end, uint32_t which) {
    uint32_t n = 0;
    for (uint32_t i = begin; i < end && i < body->n_tokens; i++) n += (tokens_of(body)[i].aside & which) != 0;
    return n;
}

void verifier_free(verifier *v) {
    mem_free(v->slots);
    mem_free(v->hits);
    mem_free(v->matches);
    mem_free(v->scratch);
    chainer_free(&v->chainer);
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

static bool same_site(const text_body *a, const text_body *b) {
    return a->site_hash && a->site_hash == b->site_hash;
}

bool verify_overlap(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    const text_body *a = v->a;
    *out = (flong_score){0};
    v->n_hits = 0;
    bool enough = a->n_tokens >= params->min_tokens && b->n_tokens >= params->min_tokens;
    if ((a->whole_hash == b->whole_hash && a->whole_hash != 0) ||
        (enough && a->kept_hash == b->kept_hash && a->n_places > a->n_title)) {
        *out = (flong_score){
            FLONG_RELATION_IDENTICAL, 1, 1, 1, a->n_tokens < b->n_tokens ? a->n_tokens : b->n_tokens, 0};
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

/* Tokens in the longest run of n matches that follow one another in both. */
static uint32_t longest_run(const uint64_t *matches, size_t n, uint32_t w) {
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && matches[i] == matches[i - 1] + 1 ? run + 1 : 1;
        if (run > longest) longest = run;
    }
    return longest ? (uint32_t)longest + w - 1 : 0;
}

/* Finds the longest run and the spans. */
static bool runs_find(verifier *v, flong_score *out, const text_body *b, uint32_t w) {
    size_t n;
    if (!matches_find(v, &n, b)) return false;
    out->longest_run = longest_run(v->matches, n, w);
    return spans_find(&v->chainer, v->spans, SPANS_MOST, &v->n_spans, v->matches, n, w,
                      (seams){v->a->n_title, b->n_title});
}

/* Of two texts that are the same from their first token to their last. */
static void span_whole(verifier *v, const text_body *b) {
    uint32_t n = v->a->n_tokens - v->a->n_title;
    v->n_spans = b->n_tokens - b->n_title == n;
    v->spans[0] = (span){v->a->n_title, v->a->n_tokens, b->n_title, b->n_tokens, n};
}

/* The characters of the kept tokens [begin, end); false when all are in the title. */
static bool characters_of(const text_body *body, uint32_t begin, uint32_t end, uint32_t *first,
                          uint32_t *last) {
    const text_place *tokens = tokens_of(body);
    while (begin < end && tokens[begin].begin == TEXT_NOWHERE) begin++;
    if (begin >= end) return false;
    *first = tokens[begin].begin;
    *last = tokens[end - 1].begin + tokens[end - 1].length;
    return true;
}

size_t verify_characters(const verifier *v, span *out, const text_body *b) {
    size_t n = 0;
    for (size_t i = 0; i < v->n_spans; i++) {
        const span *s = &v->spans[i];
        out[n].matched = s->matched;
        n += characters_of(v->a, s->a_begin, s->a_end, &out[n].a_begin, &out[n].a_end) &&
             characters_of(b, s->b_begin, s->b_end, &out[n].b_begin, &out[n].b_end);
    }
    return n;
}

double score_contained(const flong_score *score) {
    return score->a_in_b > score->b_in_a ? score->a_in_b : score->b_in_a;
}

/* How many of the shingles of entries [at, end) are of the article's own words, those without one of these marks, in
 * its title or in its text. */
static uint32_t own_count(const text_body *body, size_t at, size_t end, bool title, uint32_t marks) {
    const text_place *tokens = tokens_of(body);
    uint32_t n = 0;
    for (size_t i = at; i < end; i++)
        n += in_title(body, i) == title && !(tokens[(uint32_t)body->places[i]].aside & marks);
    return n;
}

/* Whether an entry's shingle is somewhere of the article's own words. */
static bool is_own(const text_body *body, size_t at, uint32_t marks) {
    size_t end = same_end(body, at);
    return own_count(body, at, end, false, marks) > 0 || own_count(body, at, end, true, marks) > 0;
}

/* What one text says in its own words: its shingles, and those that the other text has, or has as its own. */
typedef struct own_words {
    uint32_t all, shared, shared_own;
} own_words;

static own_words own_find(const verifier *v, const text_body *b, bool is_a, uint32_t marks) {
    const text_body *body = is_a ? v->a : b, *other = is_a ? b : v->a;
    own_words own = {.all = own_count(body, 0, body->n_places, false, marks)};
    for (uint32_t i = 0; i < v->n_hits; i++) {
        size_t in_a = v->hits[i] >> 32, in_b = v->hits[i] & 0xFFFFFFFF, at = is_a ? in_a : in_b;
        uint32_t titles = own_count(body, at, same_end(body, at), true, marks);
        uint32_t n = titles + own_count(body, at, same_end(body, at), false, marks);
        own.all += titles;
        own.shared += n;
        own.shared_own += is_own(other, is_a ? in_b : in_a, marks) ? n : 0;
    }
    return own;
}

/* Share of a text from which all of it stands in the other: what is missing are the shingles over some edits. */
#define WHOLE .9

/* What both took from one speech is no reprint. Where the texts are alike as a whole, which no speech in them makes,
 * a quarter of one's own words stand in the other, if it has any. Where the shorter one stands in the other, half of
 * them do; and unless it is nearly all there, or both are of one site, they are no voices (aside.h), and there they are
 * own words, too. */
#define OWN_CONTAINED .5
#define OWN_ALIKE     .25

static bool own_alike(const verifier *v, const text_body *b, bool is_a, const flong_params *params) {
    own_words own = own_find(v, b, is_a, TOKEN_ASIDE);
    return own.all < params->min_tokens || own.shared >= OWN_ALIKE * own.all;
}

static bool own_contained(const verifier *v, const text_body *b, bool is_a, bool whole,
                          const flong_params *params) {
    bool trusted = whole || same_site(v->a, b);
    own_words own = own_find(v, b, is_a, trusted ? TOKEN_ASIDE : TOKEN_ASIDE | TOKEN_VOICE);
    if (own.all < params->min_tokens) return whole;
    return (trusted ? own.shared : own.shared_own) >= OWN_CONTAINED * own.all;
}

static bool is_reprint(const verifier *v, const text_body *b, const flong_score *score,
                       const flong_params *params) {
    bool is_a = score->a_in_b >= score->b_in_a;
    if (score->jaccard >= params->reprint_jaccard)
        /* A stub may be what stands below a text: then the text is asked, too. */
        return own_alike(v, b, is_a, params) &&
               (v->a->stub == b->stub || own_alike(v, b, !v->a->stub, params));
    return score_contained(score) >= params->reprint_contained && !v->a->stub && !b->stub &&
           v->n_hits + params->shingle > params->excerpt_run &&
           own_contained(v, b, is_a, score_contained(score) >= WHOLE, params);
}

/* Tokens in which a text shows what it is about. */
enum { LEAD = 20 };

/* The place behind the first LEAD tokens of the text's own words; of all words where there are not as many. */
static uint32_t lead_end(const text_body *body) {
    uint32_t own = 0, end = body->n_title;
    while (end < body->n_places && own < LEAD) own += !(tokens_of(body)[end++].aside & TOKEN_ASIDE);
    if (own == LEAD) return end;
    return body->n_title + LEAD < body->n_places ? body->n_title + LEAD : body->n_places;
}

/* Whether half of the shingles that begin a text stand in the other. */
static bool lead_shared(const verifier *v, const text_body *body, bool is_a) {
    uint32_t end = lead_end(body), all = 0, shared = 0;
    bool whole = own_count(body, 0, body->n_places, false, TOKEN_ASIDE) < LEAD;
    for (uint32_t i = body->n_title; i < end; i++) all += whole || !(tokens_of(body)[i].aside & TOKEN_ASIDE);
    for (uint32_t i = 0; i < v->n_hits; i++) {
        size_t at = is_a ? v->hits[i] >> 32 : v->hits[i] & 0xFFFFFFFF;
        uint32_t place = (uint32_t)body->places[at];
        shared +=
            place >= body->n_title && place < end && (whole || !(tokens_of(body)[place].aside & TOKEN_ASIDE));
    }
    return shared * 2 >= all;
}

/* Whether two articles of one site are versions of one another. */
static bool is_version(const verifier *v, const text_body *b) {
    const text_body *a = v->a;
    if (a->url_hash && a->url_hash == b->url_hash) return true;
    return v->n_hits >= LEAD && titles_alike(&a->title, &b->title) &&
           (lead_shared(v, a, true) || lead_shared(v, b, false));
}

/* Tokens of a span that are asides in the text that has more of them. */
static uint32_t span_asides(const verifier *v, const text_body *b, const span *s, uint32_t which) {
    uint32_t in_a = asides_count(v->a, s->a_begin, s->a_end, which),
             in_b = asides_count(b, s->b_begin, s->b_end, which);
    return in_a > in_b ? in_a : in_b;
}

/* The longest stretch of [begin, end) of the article's own words. */
static uint32_t own_stretch(const text_body *body, uint32_t begin, uint32_t end) {
    uint32_t longest = 0, n = 0;
    for (uint32_t i = begin; i < end && i < body->n_tokens; i++) {
        n = tokens_of(body)[i].aside & TOKEN_UNSURE ? 0 : n + 1;
        if (n > longest) longest = n;
    }
    return longest;
}

/* An excerpt has half as many words as it takes in one stretch that are own in both: scattered ones name the speaker
 * between his sentences. Where a notice or a menu is part of a span, its words that seem to be the article's own may be
 * the rest of a form: they must be a passage by themselves. */
static bool span_is_excerpt(const verifier *v, const text_body *b, const span *s,
                            const flong_params *params) {
    uint32_t own =
        span_asides(v, b, s, TOKEN_NOTICE | TOKEN_MENU) ? params->excerpt_run : params->excerpt_run / 2;
    return s->matched >= params->excerpt_run && s->matched >= own + span_asides(v, b, s, TOKEN_UNSURE) &&
           own_stretch(v->a, s->a_begin, s->a_end) >= own && own_stretch(b, s->b_begin, s->b_end) >= own;
}

static bool is_excerpt(const verifier *v, const text_body *b, const flong_params *params) {
    if (same_site(v->a, b) || v->a->stub || b->stub) return false;
    for (size_t i = 0; i < v->n_spans; i++)
        if (span_is_excerpt(v, b, &v->spans[i], params)) return true;
    return false;
}

bool verify_pair(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    v->n_spans = 0;
    if (!verify_overlap(v, out, b, params)) return false;
    if (out->relation == FLONG_RELATION_IDENTICAL) span_whole(v, b);
    if (out->relation != FLONG_RELATION_NONE || v->n_hits == 0) return true;
    if (v->a->stub && b->stub && same_site(v->a, b)) return true;
    bool reprint = is_reprint(v, b, out, params);
    /* Runs with an edit between them lose the shingles over it. */
    if (!reprint && v->n_hits + 2 * (params->shingle - 1) < params->excerpt_run) return true;
    if (!runs_find(v, out, b, params->shingle)) return false;
    if (reprint && (!same_site(v->a, b) || is_version(v, b)))
        out->relation = FLONG_RELATION_REPRINT;
    else if (is_excerpt(v, b, params))
        out->relation = FLONG_RELATION_EXCERPT;
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
    int order = x->relation >= FLONG_RELATION_REWRITE ? descending(x->similarity, y->similarity) : 0;
    if (order == 0) order = descending(x->jaccard, y->jaccard);
    if (order == 0) order = descending(score_contained(x), score_contained(y));
    return order ? order : descending(x->longest_run, y->longest_run);
}
