/* Verdicts on pairs against their slow twin, and text groups that do not chain. */
#include "support.h"

#include <math.h>

#include "match/group.h"
#include "match/verify.h"
#include "sketch/shingle.h"
#include "text/article.h"
#include "text/aside.h"
#include "twin_match.h"

/* ---- verdicts ------------------------------------------------------------------------------ */

enum { TOKENS_MOST = 400 };

typedef struct sequence {
    uint64_t tokens[TOKENS_MOST];
    twin_article twin;
} sequence;

static text_body *body_of(const twin_article *a, const flong_params *params) {
    uint64_t shingles[TOKENS_MOST];
    text_place places[TOKENS_MOST];
    body_maker maker = {0};
    shingle_hash(shingles, a->tokens, a->n, params->shingle);
    for (size_t i = 0; i < a->n; i++)
        places[i] = (text_place){.begin = i < a->n_title ? TEXT_NOWHERE : (uint32_t)i * 10, .length = 5};
    text_body *body =
        text_body_new(&maker, shingles, shingle_count(a->n, params->shingle), a->n_title, places, a->n);
    assert_non_null(body);
    body_maker_free(&maker);
    body->whole_hash = body->kept_hash = token_sequence_hash(a->tokens + a->n_title, a->n - a->n_title);
    return body;
}

static uint64_t token_of(uint64_t word) { return (word + 1) * UINT64_C(0x9E3779B97F4A7C15); }

/* A text of words out of so many, with a title that may be a part of it. */
static void sequence_draw(sequence *s, rng *r, uint64_t words) {
    s->twin = (twin_article){s->tokens, 1 + rng_below(r, TOKENS_MOST / 2), 0};
    for (size_t i = 0; i < s->twin.n; i++) s->tokens[i] = token_of(rng_below(r, words));
    s->twin.n_title = rng_chance(r, 60) ? rng_below(r, s->twin.n < 12 ? s->twin.n : 12) : 0;
}

/* Another text made of it: cut, changed here and there, with a passage twice or moved. */
static void sequence_edit(sequence *out, rng *r, const sequence *from, uint64_t words) {
    unsigned rate = (unsigned)rng_below(r, 25);
    size_t n = 0, first = rng_chance(r, 30) ? rng_below(r, from->twin.n) : 0;
    if (rng_chance(r, 30)) /* another headline, or a lead */
        for (uint64_t k = rng_below(r, 20); k > 0; k--) out->tokens[n++] = token_of(rng_below(r, words));
    size_t n_title = n ? rng_below(r, n + 1) : from->twin.n_title;
    for (size_t i = first; i < from->twin.n && n < TOKENS_MOST - 40; i++) {
        if (rng_chance(r, rate)) {
            if (rng_chance(r, 50)) out->tokens[n++] = token_of(rng_below(r, words));
            if (rng_chance(r, 50)) continue;
        }
        if (rng_chance(r, 1) && i > 30)
            for (size_t k = 0; k < 30; k++) out->tokens[n++] = from->tokens[i - 30 + k];
        if (rng_chance(r, 1) && rng_chance(r, 30)) break;
        if (n < TOKENS_MOST) out->tokens[n++] = from->tokens[i];
    }
    if (n == 0) out->tokens[n++] = token_of(0);
    out->twin = (twin_article){out->tokens, n, n_title < n ? n_title : n - 1};
}

static void score_assert(const flong_score *is, const flong_score *wanted) {
    bool same = is->relation == wanted->relation && fabs(is->jaccard - wanted->jaccard) < 1e-12 &&
                fabs(is->a_in_b - wanted->a_in_b) < 1e-12 && fabs(is->b_in_a - wanted->b_in_a) < 1e-12 &&
                is->longest_run == wanted->longest_run;
    if (!same)
        fail_msg("%s %g %g %g %u, the twin says %s %g %g %g %u", flong_relation_name(is->relation),
                 is->jaccard, is->a_in_b, is->b_in_a, is->longest_run, flong_relation_name(wanted->relation),
                 wanted->jaccard, wanted->a_in_b, wanted->b_in_a, wanted->longest_run);
}

static flong_score verify_bodies(verifier *v, const text_body *a, const text_body *b,
                                 const flong_params *params) {
    flong_score score = {0};
    assert_true(verify_against(v, a) && verify_pair(v, &score, b, params));
    return score;
}

static flong_score verify(verifier *v, const sequence *a, const sequence *b, const flong_params *params) {
    text_body *body_a = body_of(&a->twin, params), *body_b = body_of(&b->twin, params);
    flong_score score = verify_bodies(v, body_a, body_b, params);
    mem_free(body_a);
    mem_free(body_b);
    return score;
}

/* What is no reprint is an excerpt when one run is long enough, and may be one when several runs with edits
 * between them are. */
static void verdict_assert(const verifier *v, flong_score is, flong_score wanted, uint32_t run_of_texts,
                           const flong_params *params) {
    if (is.relation == FLONG_RELATION_EXCERPT && wanted.relation == FLONG_RELATION_NONE) {
        assert_true(v->n_spans > 0 && v->spans[0].matched >= params->excerpt_run);
        wanted.relation = FLONG_RELATION_EXCERPT;
    }
    if (is.relation == FLONG_RELATION_NONE) assert_true(run_of_texts < params->excerpt_run);
    score_assert(&is, &wanted);
}

static void verdicts_are_those_of_the_twin(void **state) {
    (void)state;
    static sequence a, b;
    rng r = {61};
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    unsigned seen[FLONG_RELATION_EXCERPT + 1] = {0};
    for (size_t round = 0; round < rounds(4000); round++) {
        uint64_t words = round % 4 == 0 ? 12 : 1000; /* few: shingles repeat */
        params.shingle = round % 3 == 0 && words > 12 ? 2 + (uint32_t)rng_below(&r, 6) : 5;
        sequence_draw(&a, &r, words);
        if (rng_chance(&r, 10))
            sequence_draw(&b, &r, words);
        else
            sequence_edit(&b, &r, &a, words);
        flong_score wanted = twin_verify(&a.twin, &b.twin, &params), flipped;
        uint32_t run_of_texts =
            twin_longest_run(&(twin_article){a.tokens + a.twin.n_title, a.twin.n - a.twin.n_title, 0},
                             &(twin_article){b.tokens + b.twin.n_title, b.twin.n - b.twin.n_title, 0});
        verdict_assert(&v, verify(&v, &a, &b, &params), wanted, run_of_texts, &params);
        flipped = verify(&v, &b, &a, &params);
        seen[flipped.relation]++;
        verdict_assert(&v, score_flip(flipped), wanted, run_of_texts, &params);
    }
    for (int i = FLONG_RELATION_NONE; i <= FLONG_RELATION_EXCERPT; i++) assert_true(seen[i] > rounds(80) / 8);
    verifier_free(&v);
}

/* Where one shingle stands more than eight times in both, a run may be taken for shorter than it is, but never
 * for longer; the sets are exact all the same. */
static void heavy_repeats_shorten_runs_at_most(void **state) {
    (void)state;
    static sequence a, b;
    rng r = {62};
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    for (size_t round = 0; round < rounds(1000); round++) {
        uint64_t words = 1 + rng_below(&r, 3);
        sequence_draw(&a, &r, words);
        sequence_edit(&b, &r, &a, words);
        flong_score score = verify(&v, &a, &b, &params), wanted = twin_verify(&a.twin, &b.twin, &params);
        assert_true(score.longest_run <= wanted.longest_run);
        wanted.longest_run = score.longest_run;
        if (wanted.relation == FLONG_RELATION_NONE) wanted.relation = score.relation;
        score_assert(&score, &wanted);
    }
    verifier_free(&v);
}

/* ---- spans --------------------------------------------------------------------------------- */

static void span_assert(const span *s, const sequence *a, const sequence *b, uint32_t w) {
    assert_true(s->a_begin < s->a_end && s->a_end <= a->twin.n && s->b_begin < s->b_end &&
                s->b_end <= b->twin.n);
    bool cut = s->a_begin == a->twin.n_title || s->a_end == a->twin.n_title ||
               s->b_begin == b->twin.n_title || s->b_end == b->twin.n_title; /* at a seam */
    assert_true((s->matched >= w || cut) && s->matched <= s->a_end - s->a_begin &&
                s->matched <= s->b_end - s->b_begin);
    /* It begins and ends with tokens that both have. */
    size_t n = cut ? 1 : w;
    assert_memory_equal(a->tokens + s->a_begin, b->tokens + s->b_begin, n * sizeof *a->tokens);
    assert_memory_equal(a->tokens + s->a_end - n, b->tokens + s->b_end - n, n * sizeof *a->tokens);
}

static void spans_say_where_texts_run_together(void **state) {
    (void)state;
    static sequence a, b;
    rng r = {63};
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    for (size_t round = 0; round < rounds(2000); round++) {
        sequence_draw(&a, &r, 1000);
        sequence_edit(&b, &r, &a, 1000);
        flong_score score = verify(&v, &a, &b, &params);
        if (score.relation == FLONG_RELATION_IDENTICAL) continue;
        if (score.longest_run) assert_true(v.n_spans > 0);
        if (score.longest_run && a.twin.n_title == 0 && b.twin.n_title == 0)
            assert_true(v.spans[0].matched >= score.longest_run);
        for (size_t i = 0; i < v.n_spans; i++) {
            span_assert(&v.spans[i], &a, &b, params.shingle);
            assert_true(i == 0 || v.spans[i].matched <= v.spans[i - 1].matched);
            for (size_t k = 0; k < i; k++)
                assert_true(v.spans[i].a_end <= v.spans[k].a_begin || v.spans[k].a_end <= v.spans[i].a_begin);
        }
    }
    verifier_free(&v);
}

/* A changed word does not end a span; a changed passage does. */
static void spans_go_over_small_edits(void **state) {
    (void)state;
    static sequence a, b;
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    for (uint64_t i = 0; i < 100; i++) a.tokens[i] = b.tokens[i] = token_of(i);
    a.twin = (twin_article){a.tokens, 100, 0}, b.twin = (twin_article){b.tokens, 100, 0};
    b.tokens[30] = token_of(5000);
    verify(&v, &a, &b, &params);
    assert_int_equal(v.n_spans, 1);
    assert_int_equal(v.spans[0].matched, 99);
    assert_int_equal(v.spans[0].a_end - v.spans[0].a_begin, 100);
    for (uint64_t i = 40; i < 60; i++) b.tokens[i] = token_of(6000 + i);
    verify(&v, &a, &b, &params);
    assert_int_equal(v.n_spans, 2);
    assert_int_equal(v.spans[0].matched, 40);
    assert_int_equal(v.spans[0].a_begin, 60);
    assert_int_equal(v.spans[1].matched, 39);
    verifier_free(&v);
}

static void spans_come_back_from_bytes(void **state) {
    (void)state;
    rng r = {65};
    for (size_t round = 0; round < rounds(20000); round++) {
        span spans[SPANS_MOST], back[SPANS_MOST];
        unsigned char bytes[SPANS_MOST * SPAN_BYTES];
        size_t n = rng_below(&r, SPANS_MOST + 1);
        for (size_t i = 0; i < n; i++) {
            uint32_t begin_a = (uint32_t)(rng_next(&r) >> (33 + rng_below(&r, 30)));
            uint32_t begin_b = (uint32_t)(rng_next(&r) >> (33 + rng_below(&r, 30)));
            spans[i] = (span){begin_a, begin_a + (uint32_t)rng_below(&r, 1000), begin_b,
                              begin_b + (uint32_t)rng_below(&r, 1000), (uint32_t)rng_below(&r, 1000)};
        }
        bool flip = round % 2;
        size_t size = spans_pack(bytes, spans, n, flip);
        assert_int_equal(spans_unpack(back, SPANS_MOST, bytes, size), n);
        for (size_t i = 0; i < n; i++) {
            span wanted = flip ? span_flip(spans[i]) : spans[i];
            assert_memory_equal(&back[i], &wanted, sizeof wanted);
        }
        if (size == 0) continue;
        bytes[rng_below(&r, size)] = (unsigned char)rng_next(&r);
        n = spans_unpack(back, SPANS_MOST, bytes, size - rng_below(&r, 2));
        for (size_t i = 0; i < n; i++)
            assert_true(back[i].a_begin <= back[i].a_end && back[i].b_begin <= back[i].b_end);
    }
}

/* ---- what else a verdict asks -------------------------------------------------------------- */

/* Two bodies: all of a text, and its tokens [first, end) with others behind them up to n. */
typedef struct two_bodies {
    text_body *a, *b;
    flong_params params;
    verifier v;
} two_bodies;

static two_bodies two_bodies_new(size_t first, size_t end, size_t n) {
    static sequence a, b;
    two_bodies two = {0};
    flong_params_default(&two.params);
    for (uint64_t i = 0; i < 200; i++) a.tokens[i] = token_of(i);
    for (uint64_t i = 0; i < n; i++) b.tokens[i] = token_of(first + i < end ? first + i : 7000 + i);
    a.twin = (twin_article){a.tokens, 200, 0}, b.twin = (twin_article){b.tokens, n, 0};
    two.a = body_of(&a.twin, &two.params);
    two.b = body_of(&b.twin, &two.params);
    return two;
}

static void two_bodies_free(two_bodies *two) {
    mem_free(two->a);
    mem_free(two->b);
    verifier_free(&two->v);
}

#define assert_relation(two, wanted)                                                                         \
    assert_int_equal(verify_bodies(&(two).v, (two).a, (two).b, &(two).params).relation, wanted)

/* Stubs of one site are alike because they say nothing; on two sites one may be a copy of the other. */
static void stubs_of_one_site_are_apart(void **state) {
    (void)state;
    two_bodies two = two_bodies_new(0, 150, 160);
    two.a->url_hash = two.b->url_hash = 9;
    two.a->site_hash = two.b->site_hash = 7;
    two.a->stub = true;
    assert_relation(two, FLONG_RELATION_REPRINT);
    two.b->stub = true;
    assert_relation(two, FLONG_RELATION_NONE);
    two.b->site_hash = 8;
    assert_relation(two, FLONG_RELATION_REPRINT);
    two.a->site_hash = two.b->site_hash = 0; /* sites that are not known are not one site */
    assert_relation(two, FLONG_RELATION_REPRINT);
    two.a->site_hash = two.b->site_hash = 7;
    two.a->whole_hash = two.b->whole_hash; /* the same text is the same text */
    assert_relation(two, FLONG_RELATION_IDENTICAL);
    two_bodies_free(&two);
}

static void an_excerpt_is_more_than_a_quotation(void **state) {
    (void)state;
    two_bodies two = two_bodies_new(100, 140, 200);
    assert_relation(two, FLONG_RELATION_EXCERPT);
    for (size_t i = 100; i < 128; i++) text_body_mark(two.a, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_EXCERPT);
    text_body_mark(two.a, 128, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);

    two = two_bodies_new(100, 140, 200); /* 20 own words, but not 12 in a row */
    for (size_t i = 100; i < 140; i++) text_body_mark(two.a, i, i % 20 < 10 ? TOKEN_VOICE : 0);
    assert_relation(two, FLONG_RELATION_NONE);
    for (size_t i = 110; i < 122; i++) text_body_mark(two.a, i, 0);
    assert_relation(two, FLONG_RELATION_EXCERPT);
    for (size_t i = 0; i < 200; i++) text_body_mark(two.b, i, TOKEN_SEEN); /* at its site before */
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);

    two = two_bodies_new(100, 140, 200); /* beside a notice all 25 must be the article's own */
    for (size_t i = 100; i < 115; i++) text_body_mark(two.a, i, TOKEN_NOTICE);
    assert_relation(two, FLONG_RELATION_EXCERPT);
    text_body_mark(two.a, 115, TOKEN_NOTICE);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);
}

/* A headline and a lead that stand one behind the other in another text are two spans: 8 tokens and 20. */
static void no_span_goes_over_the_seam_of_one_text(void **state) {
    (void)state;
    static sequence a, b;
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    for (uint64_t i = 0; i < 200; i++) a.tokens[i] = token_of(i), b.tokens[i] = token_of(5000 + i);
    for (uint64_t i = 0; i < 28; i++) b.tokens[100 + i] = token_of(i);
    a.twin = (twin_article){a.tokens, 200, 8}, b.twin = (twin_article){b.tokens, 200, 0};
    assert_int_equal(verify(&v, &a, &b, &params).relation, FLONG_RELATION_NONE);
    assert_int_equal(v.n_spans, 2);
    assert_int_equal(v.spans[0].matched, 20);
    assert_int_equal(verify(&v, &b, &a, &params).relation, FLONG_RELATION_NONE);
    a.twin.n_title = 3; /* the lead alone is long enough */
    assert_int_equal(verify(&v, &a, &b, &params).relation, FLONG_RELATION_EXCERPT);
    a.twin.n_title = 8; /* both have it as headline and lead */
    for (uint64_t i = 0; i < 28; i++) b.tokens[100 + i] = token_of(5100 + i), b.tokens[i] = token_of(i);
    b.twin.n_title = 8;
    assert_int_equal(verify(&v, &a, &b, &params).relation, FLONG_RELATION_EXCERPT);
    assert_int_equal(v.n_spans, 1);
    verifier_free(&v);
}

/* Of b's 100 tokens 70 stand in a; the more of them are asides, the less b says of itself there. */
static void a_reprint_is_in_its_own_words(void **state) {
    (void)state;
    two_bodies two = two_bodies_new(100, 170, 100);
    assert_relation(two, FLONG_RELATION_REPRINT);
    for (size_t i = 0; i < 30; i++) text_body_mark(two.b, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_REPRINT); /* 40 of 70 of its own words */
    for (size_t i = 30; i < 45; i++) text_body_mark(two.b, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_EXCERPT); /* 25 of 55 */
    for (size_t i = 45; i < 60; i++) text_body_mark(two.b, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);

    two = two_bodies_new(100, 170, 100); /* it says nothing: all of it must stand there */
    for (size_t i = 0; i < 100; i++) text_body_mark(two.b, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);

    two = two_bodies_new(100, 170, 100); /* what it says itself is a quotation there, or a voice */
    for (size_t i = 100; i < 170; i++) text_body_mark(two.a, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_NONE);
    for (size_t i = 100; i < 170; i++) text_body_mark(two.a, i, 0);
    for (size_t i = 0; i < 70; i++) text_body_mark(two.b, i, TOKEN_VOICE);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);

    two = two_bodies_new(100, 195, 100); /* nearly all of it: that may be */
    for (size_t i = 100; i < 195; i++) text_body_mark(two.a, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_REPRINT);
    two_bodies_free(&two);

    two = two_bodies_new(50, 200, 160); /* a stub is what stands below the other text */
    for (size_t i = 50; i < 200; i++) text_body_mark(two.a, i, TOKEN_NOTICE);
    for (size_t i = 0; i < 160; i++) text_body_mark(two.b, i, TOKEN_NOTICE);
    two.b->stub = true;
    assert_relation(two, FLONG_RELATION_NONE);
    two.a->stub = true;
    assert_relation(two, FLONG_RELATION_REPRINT);
    two_bodies_free(&two);

    two = two_bodies_new(50, 200, 160); /* alike as a whole: a quarter is enough */
    for (size_t i = 0; i < 140; i++) text_body_mark(two.b, i, TOKEN_QUOTED);
    assert_relation(two, FLONG_RELATION_REPRINT);
    two_bodies_free(&two);
}

/* What stands in the other text must be a passage: 24 tokens are none. */
static void a_few_words_are_no_reprint(void **state) {
    (void)state;
    two_bodies two = two_bodies_new(100, 124, 28);
    assert_relation(two, FLONG_RELATION_NONE);
    two_bodies_free(&two);
    two = two_bodies_new(100, 125, 29);
    assert_relation(two, FLONG_RELATION_REPRINT);
    two_bodies_free(&two);
}

static void articles_of_one_site_are_paired_as_versions_only(void **state) {
    (void)state;
    two_bodies two = two_bodies_new(100, 140, 200);
    two.a->site_hash = two.b->site_hash = 7;
    assert_relation(two, FLONG_RELATION_NONE); /* an excerpt elsewhere */
    two_bodies_free(&two);

    two = two_bodies_new(50, 200, 160);
    two.a->title = (title_words){.n = 2, .hashes = {1, 2}},
    two.b->title = (title_words){.n = 2, .hashes = {3, 4}};
    assert_relation(two, FLONG_RELATION_REPRINT);
    two.a->site_hash = two.b->site_hash = 7;
    assert_relation(two, FLONG_RELATION_NONE);
    two.a->url_hash = two.b->url_hash = 9;
    assert_relation(two, FLONG_RELATION_REPRINT);
    two.b->url_hash = 10;
    two.b->title.hashes[0] = 2;
    assert_relation(two, FLONG_RELATION_REPRINT); /* the lead of b stands in a */
    two_bodies_free(&two);
}

static void matches_have_an_order(void **state) {
    (void)state;
    static const flong_score best_first[] = {
        {FLONG_RELATION_IDENTICAL, 1, 1, 1, 50, 0},  {FLONG_RELATION_REPRINT, .9, .9, .9, 40, 0},
        {FLONG_RELATION_REPRINT, .5, .7, .9, 40, 0}, {FLONG_RELATION_REPRINT, .5, .8, .7, 40, 0},
        {FLONG_RELATION_REPRINT, .5, .7, .8, 30, 0}, {FLONG_RELATION_EXCERPT, .9, .9, .9, 90, 0}};
    enum { N = sizeof best_first / sizeof *best_first };
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int order = score_compare(&best_first[i], &best_first[j]);
            assert_true(i < j ? order < 0 : i > j ? order > 0 : order == 0);
        }
}

/* ---- groups -------------------------------------------------------------------------------- */

enum { MEMBERS = 64 };

/* How far each of two articles stands in the other. */
typedef struct likeness {
    double contained[MEMBERS][MEMBERS];
} likeness;

static bool likeness_score(void *context, flong_score *out, uint64_t a, uint64_t b) {
    const likeness *l = context;
    double x = l->contained[a][b];
    *out = (flong_score){FLONG_RELATION_REPRINT, x * .8, x, x * .9, 10, 0};
    return true;
}

static bool failing_score(void *context, flong_score *out, uint64_t a, uint64_t b) {
    (void)context, (void)out, (void)a, (void)b;
    return false;
}

/* Places articles one after the other as the index does: the best group that admits, else a new one. Returns
 * the number of groups. */
static size_t place_all(text_group *groups, const likeness *l, size_t n, double hold) {
    size_t n_groups = 0;
    for (uint64_t no = 0; no < n; no++) {
        double best = -1, mean;
        bool unlike, best_unlike = false;
        size_t into = n_groups;
        for (size_t g = 0; g < n_groups; g++) {
            assert_true(group_admits(&mean, &unlike, &groups[g], no, likeness_score, (void *)(uintptr_t)l));
            if (mean >= hold && mean > best) best = mean, into = g, best_unlike = unlike;
        }
        if (into == n_groups)
            groups[n_groups++] = text_group_of(no);
        else
            group_join(&groups[into], no, best, best_unlike);
    }
    return n_groups;
}

/* A chain: each is like its neighbours and not like those further off. One link would hold it together; the
 * mean hold on the representatives does not. */
static void chains_come_apart(void **state) {
    (void)state;
    static likeness l;
    static text_group groups[MEMBERS];
    for (int i = 0; i < MEMBERS; i++)
        for (int j = 0; j < MEMBERS; j++) {
            int far = abs(i - j);
            l.contained[i][j] = far == 0 ? 1 : far == 1 ? .7 : far == 2 ? .2 : 0;
        }
    assert_int_equal(place_all(groups, &l, 4, .5), 2);
    size_t n = place_all(groups, &l, MEMBERS, .5);
    assert_true(n >= MEMBERS / 3);
    for (size_t g = 0; g < n; g++) assert_true(groups[g].size <= 3);
    double mean;
    for (size_t g = 1; g < n; g++) { /* nor do neighbouring groups merge */
        assert_true(group_bridge(&mean, &groups[g - 1], &groups[g], likeness_score, &l));
        assert_true(mean < .5);
    }
}

/* Versions that all hold on one another are one group, however many; and few of them stand for it. */
static void versions_stay_together(void **state) {
    (void)state;
    static likeness l;
    static text_group groups[MEMBERS];
    rng r = {71};
    for (int i = 0; i < MEMBERS; i++)
        for (int j = 0; j <= i; j++)
            l.contained[i][j] = l.contained[j][i] = i == j ? 1 : .6 + (double)rng_below(&r, 40) / 100;
    assert_int_equal(place_all(groups, &l, MEMBERS, .5), 1);
    const text_group *g = &groups[0];
    assert_int_equal(g->first, 0);
    assert_int_equal(g->size, MEMBERS);
    assert_int_equal(g->n_representatives, GROUP_REPRESENTATIVES);
    for (uint32_t i = 1; i < g->n_representatives; i++)
        assert_true(g->representatives[i - 1] < g->representatives[i]);
    assert_true(g->weakest >= .6 && g->weakest < 1);
}

/* A copy that is all but the same stands for nothing new. */
static void copies_are_no_representatives(void **state) {
    (void)state;
    static likeness l;
    text_group group = text_group_of(0);
    bool unlike;
    double mean;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) l.contained[i][j] = 1.2; /* a Jaccard of .96 */
    assert_true(group_admits(&mean, &unlike, &group, 1, likeness_score, &l));
    assert_false(unlike);
    group_join(&group, 1, 1, unlike);
    assert_int_equal(group.n_representatives, 1);
    assert_int_equal(group.size, 2);
    assert_false(group_admits(&mean, &unlike, &group, 2, failing_score, NULL));
    assert_false(group_bridge(&mean, &group, &group, failing_score, NULL));
}

static void merging_keeps_the_older_name_and_few_representatives(void **state) {
    (void)state;
    rng r = {72};
    for (int round = 0; round < 500; round++) {
        text_group a = text_group_of(3), b = text_group_of(10);
        for (uint64_t i = 0, n = rng_below(&r, 12); i < n; i++)
            group_join(rng_chance(&r, 50) ? &a : &b, 20 + i, .7, rng_chance(&r, 70));
        text_group merged = a;
        group_merge(&merged, &b, .55);
        assert_int_equal(merged.first, 3);
        assert_int_equal(merged.size, a.size + b.size);
        assert_true(merged.weakest == .55);
        uint32_t together = a.n_representatives + b.n_representatives;
        assert_int_equal(merged.n_representatives,
                         together < GROUP_REPRESENTATIVES ? together : GROUP_REPRESENTATIVES);
        assert_int_equal(merged.representatives[0], 3);
        for (uint32_t i = 1; i < merged.n_representatives; i++)
            assert_true(merged.representatives[i - 1] < merged.representatives[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_those_of_the_twin),
        cmocka_unit_test(heavy_repeats_shorten_runs_at_most),
        cmocka_unit_test(spans_say_where_texts_run_together),
        cmocka_unit_test(spans_go_over_small_edits),
        cmocka_unit_test(spans_come_back_from_bytes),
        cmocka_unit_test(stubs_of_one_site_are_apart),
        cmocka_unit_test(an_excerpt_is_more_than_a_quotation),
        cmocka_unit_test(no_span_goes_over_the_seam_of_one_text),
        cmocka_unit_test(a_reprint_is_in_its_own_words),
        cmocka_unit_test(a_few_words_are_no_reprint),
        cmocka_unit_test(articles_of_one_site_are_paired_as_versions_only),
        cmocka_unit_test(matches_have_an_order),
        cmocka_unit_test(chains_come_apart),
        cmocka_unit_test(versions_stay_together),
        cmocka_unit_test(copies_are_no_representatives),
        cmocka_unit_test(merging_keeps_the_older_name_and_few_representatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
