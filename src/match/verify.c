#include "match/verify.h"

#include "match/own.h"

void verifier_free(verifier *v) {
    sharing_free(&v->sharing);
    chainer_free(&v->chainer);
    *v = (verifier){0};
}

/* The processor goes on by itself from the first lines of a body. */
void verify_prefetch(const text_body *body) {
    enum { LINE = 64, LINES = 12 };
    for (size_t i = 0; i < LINES; i++) __builtin_prefetch((const char *)body + i * LINE);
}

bool verify_against(verifier *v, const text_body *a) { return sharing_against(&v->sharing, a); }

/* ---- overlap ----------------------------------------------------------------------------- */

/* Of the shingles that both have, those that stand first in a text's title. */
static uint32_t titles_shared(const text_body *body, const uint64_t *shared) {
    uint32_t end = body->n_title < body->n_places ? body->n_title : body->n_places;
    return bits_count_without(shared, text_body_set(body, BODY_AGAIN), 0, end);
}

static void overlap_score(const sharing *s, flong_score *out, const text_body *b) {
    const text_body *a = s->a;
    uint32_t n_a = a->n_distinct - a->n_title_distinct + titles_shared(a, s->shared_a);
    uint32_t n_b = b->n_distinct - b->n_title_distinct + titles_shared(b, s->shared_b);
    out->jaccard = s->n_shared / (double)(n_a + n_b - s->n_shared);
    out->a_in_b = s->n_shared / (double)n_a;
    out->b_in_a = s->n_shared / (double)n_b;
}

static bool same_site(const text_body *a, const text_body *b) {
    return a->site_hash && a->site_hash == b->site_hash;
}

bool verify_overlap(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    const text_body *a = v->sharing.a;
    *out = (flong_score){0};
    v->sharing.n = v->sharing.n_shared = 0;
    bool enough = a->n_tokens >= params->min_tokens && b->n_tokens >= params->min_tokens;
    if ((a->whole_hash == b->whole_hash && a->whole_hash != 0) ||
        (enough && a->kept_hash == b->kept_hash && a->n_places > a->n_title)) {
        *out = (flong_score){
            FLONG_RELATION_IDENTICAL, 1, 1, 1, a->n_tokens < b->n_tokens ? a->n_tokens : b->n_tokens, 0};
        return true;
    }
    if (!enough) return true;
    if (!sharing_find(&v->sharing, b)) return false;
    if (v->sharing.n_shared > 0) overlap_score(&v->sharing, out, b);
    return true;
}

/* ---- spans ------------------------------------------------------------------------------- */

/* Tokens in the longest run. */
static uint32_t longest_run(const sharing *s, uint32_t w) {
    uint32_t longest = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->found[i].n > longest) longest = s->found[i].n;
    return longest ? longest + w - 1 : 0;
}

/* Finds the longest run and the spans. */
static bool spans_of_pair(verifier *v, flong_score *out, const text_body *b, uint32_t w) {
    out->longest_run = longest_run(&v->sharing, w);
    return spans_find(&v->chainer, v->spans, SPANS_MOST, &v->n_spans, v->sharing.found, v->sharing.n, w,
                      (seams){v->sharing.a->n_title, b->n_title});
}

/* Of two texts that are the same from their first token to their last. */
static void span_whole(verifier *v, const text_body *b) {
    const text_body *a = v->sharing.a;
    uint32_t n = a->n_tokens - a->n_title;
    v->n_spans = b->n_tokens - b->n_title == n;
    v->spans[0] = (span){a->n_title, a->n_tokens, b->n_title, b->n_tokens, n};
}

/* The characters of the kept tokens [begin, end); false when all are in the title. */
static bool span_characters(const text_body *body, uint32_t begin, uint32_t end, uint32_t *first,
                            uint32_t *last) {
    if (begin < body->n_title) begin = body->n_title;
    if (begin >= end) return false;
    text_place place = text_body_place(body, end - 1);
    *last = place.begin + place.length;
    *first = text_body_place(body, begin).begin;
    return true;
}

size_t verify_characters(const verifier *v, span *out, const text_body *b) {
    size_t n = 0;
    for (size_t i = 0; i < v->n_spans; i++) {
        const span *s = &v->spans[i];
        out[n].matched = s->matched;
        n += span_characters(v->sharing.a, s->a_begin, s->a_end, &out[n].a_begin, &out[n].a_end) &&
             span_characters(b, s->b_begin, s->b_end, &out[n].b_begin, &out[n].b_end);
    }
    return n;
}

double score_contained(const flong_score *score) {
    return score->a_in_b > score->b_in_a ? score->a_in_b : score->b_in_a;
}

/* ---- reprints ---------------------------------------------------------------------------- */

/* What the article says in its own words. */
static own_words own_of(const verifier *v, const text_body *b, bool is_a, body_set asides) {
    return is_a ? own_find(v->sharing.a, v->sharing.shared_a, asides)
                : own_find(b, v->sharing.shared_b, asides);
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
    own_words own = own_of(v, b, is_a, BODY_ASIDE);
    return own.all < params->min_tokens || own.shared >= OWN_ALIKE * own.all;
}

static bool own_contained(const verifier *v, const text_body *b, bool is_a, bool whole,
                          const flong_params *params) {
    bool trusted = whole || same_site(v->sharing.a, b);
    body_set asides = trusted ? BODY_ASIDE : BODY_VOICED;
    own_words own = own_of(v, b, is_a, asides);
    if (own.all < params->min_tokens) return whole;
    if (own.shared < OWN_CONTAINED * own.all || trusted) return own.shared >= OWN_CONTAINED * own.all;
    return own_in_both(&v->sharing, b, is_a, asides) >= OWN_CONTAINED * own.all;
}

static bool is_reprint(const verifier *v, const text_body *b, const flong_score *score,
                       const flong_params *params) {
    bool is_a = score->a_in_b >= score->b_in_a;
    if (score->jaccard >= params->reprint_jaccard)
        /* A stub may be what stands below a text: then the text is asked, too. */
        return own_alike(v, b, is_a, params) &&
               (v->sharing.a->stub == b->stub || own_alike(v, b, !v->sharing.a->stub, params));
    return score_contained(score) >= params->reprint_contained && !v->sharing.a->stub && !b->stub &&
           v->sharing.n_shared + params->shingle > params->excerpt_run &&
           own_contained(v, b, is_a, score_contained(score) >= WHOLE, params);
}

/* Tokens in which a text shows what it is about. */
enum { LEAD = 20 };

/* Whether half of the shingles that begin a text stand in the other. */
static bool lead_shared(const text_body *body, const uint64_t *shared) {
    const uint64_t *asides = text_body_set(body, BODY_ASIDE), *again = text_body_set(body, BODY_AGAIN);
    uint32_t end = own_lead_end(body, LEAD, BODY_ASIDE), n_all = 0, n_shared = 0;
    uint32_t own = body->n_places > body->n_title ? body->n_places - body->n_title : 0;
    if (own > 0) own -= bits_count_range(asides, body->n_title, body->n_places);
    for (uint32_t i = body->n_title; i < end; i++) {
        bool counts = own < LEAD || !bits_has(asides, i);
        n_all += counts;
        n_shared += counts && bits_has(shared, i) && !bits_has(again, i);
    }
    return n_shared * 2 >= n_all;
}

/* Whether two articles of one site are versions of one another. */
static bool is_version(const verifier *v, const text_body *b) {
    const text_body *a = v->sharing.a;
    if (a->url_hash && a->url_hash == b->url_hash) return true;
    return v->sharing.n_shared >= LEAD && titles_alike(&a->title, &b->title) &&
           (lead_shared(a, v->sharing.shared_a) || lead_shared(b, v->sharing.shared_b));
}

/* ---- excerpts ---------------------------------------------------------------------------- */

/* Tokens of a span that are asides in the text that has more of them. */
static uint32_t span_asides(const verifier *v, const text_body *b, const span *s, body_set asides) {
    uint32_t in_a = bits_count_range(text_body_set(v->sharing.a, asides), s->a_begin, s->a_end),
             in_b = bits_count_range(text_body_set(b, asides), s->b_begin, s->b_end);
    return in_a > in_b ? in_a : in_b;
}

/* An excerpt has half as many words as it takes in one stretch that are own in both: scattered ones name the speaker
 * between his sentences. Where a notice or a menu is part of a span, its words that seem to be the article's own may be
 * the rest of a form: they must be a passage by themselves. */
static bool span_is_excerpt(const verifier *v, const text_body *b, const span *s,
                            const flong_params *params) {
    uint32_t own = span_asides(v, b, s, BODY_FORM) ? params->excerpt_run : params->excerpt_run / 2;
    return s->matched >= params->excerpt_run && s->matched >= own + span_asides(v, b, s, BODY_UNSURE) &&
           own_stretch(v->sharing.a, s->a_begin, s->a_end, BODY_UNSURE) >= own &&
           own_stretch(b, s->b_begin, s->b_end, BODY_UNSURE) >= own;
}

static bool is_excerpt(const verifier *v, const text_body *b, const flong_params *params) {
    if (same_site(v->sharing.a, b) || v->sharing.a->stub || b->stub) return false;
    for (size_t i = 0; i < v->n_spans; i++)
        if (span_is_excerpt(v, b, &v->spans[i], params)) return true;
    return false;
}

bool verify_pair(verifier *v, flong_score *out, const text_body *b, const flong_params *params) {
    v->n_spans = 0;
    if (!verify_overlap(v, out, b, params)) return false;
    if (out->relation == FLONG_RELATION_IDENTICAL) span_whole(v, b);
    if (out->relation != FLONG_RELATION_NONE || v->sharing.n_shared == 0) return true;
    if (v->sharing.a->stub && b->stub && same_site(v->sharing.a, b)) return true;
    bool reprint = is_reprint(v, b, out, params);
    /* Runs with an edit between them lose the shingles over it. */
    if (!reprint && v->sharing.n_shared + 2 * (params->shingle - 1) < params->excerpt_run) return true;
    if (!spans_of_pair(v, out, b, params->shingle)) return false;
    if (reprint && (!same_site(v->sharing.a, b) || is_version(v, b)))
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
