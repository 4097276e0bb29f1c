/* Bodies, what two of them share, and verdicts with all that they ask, against their slow twin. */
#include "support.h"

#include <time.h>

#include "match/own.h"
#include "text/aside.h"
#include "text/characters.h"
#include "twin_verify.h"

/* ---- drawn texts --------------------------------------------------------------------------- */

static const uint16_t marks_drawn[] = {0,
                                       0,
                                       TOKEN_QUOTED,
                                       TOKEN_NOTICE,
                                       TOKEN_MENU,
                                       TOKEN_VOICE,
                                       TOKEN_SEEN,
                                       TOKEN_QUOTED | TOKEN_SEEN,
                                       TOKEN_VOICE | TOKEN_MENU};

/* Stretches of asides, and places with gaps and lengths of every size. */
static void places_draw(twin_text *x, rng *r) {
    uint32_t begin = 0;
    unsigned marked = rng_chance(r, 50) ? (unsigned)rng_below(r, 30) : 100;
    for (size_t i = 0, n; i < x->n_tokens; i += n) {
        uint16_t aside =
            marks_drawn[rng_chance(r, marked) ? rng_below(r, sizeof marks_drawn / sizeof *marks_drawn) : 0];
        n = 1 + rng_below(r, rng_chance(r, 30) ? 150 : 20);
        for (size_t k = i; k < i + n && k < x->n_tokens; k++) {
            uint64_t gap =
                rng_chance(r, 2) ? rng_below(r, 100000) : rng_below(r, rng_chance(r, 5) ? 300 : 12);
            uint64_t length = rng_chance(r, 2) ? rng_below(r, UINT16_MAX + 1) : rng_below(r, 20);
            begin += (uint32_t)gap;
            x->places[k] = (text_place){begin, (uint16_t)length, aside};
            if (k < x->n_title) x->places[k].begin = TEXT_NOWHERE, begin = 0;
        }
    }
}

/* What else a verdict asks; small numbers, so that two texts often have the same. */
static void rest_draw(twin_text *x, rng *r) {
    x->whole_hash = rng_below(r, 30);
    x->kept_hash = rng_below(r, 30);
    x->site_hash = rng_below(r, 4);
    x->url_hash = rng_below(r, 6);
    x->stub = rng_chance(r, 10);
    x->title = (title_words){.n = (uint32_t)rng_below(r, 3)};
    for (uint32_t i = 0; i < x->title.n; i++) x->title.hashes[i] = i * 10 + (uint32_t)rng_below(r, 2);
}

static void ends_draw(twin_text *x, rng *r, size_t w) {
    x->n_tokens = x->n_places ? x->n_places + w - 1 : rng_below(r, w);
    x->n_title = rng_chance(r, 60) ? rng_below(r, x->n_tokens < 30 ? x->n_tokens + 1 : 30) : 0;
    places_draw(x, r);
    rest_draw(x, r);
}

/* A hash of which the table and the filter see little: many have the same upper or lower bits. */
static uint32_t shingle_of(uint64_t word) {
    return (uint32_t)(word % 2 ? word * UINT32_C(0x9E3779B9) : word << 24 | word);
}

static void text_draw(twin_text *x, rng *r, uint64_t words, size_t w) {
    x->n_places = rng_chance(r, 3) ? rng_below(r, 3) : rng_below(r, TWIN_TOKENS - 60);
    for (size_t i = 0; i < x->n_places; i++) x->shingles[i] = shingle_of(rng_below(r, words));
    ends_draw(x, r, w);
}

/* A text with passages of another one, in order or not, some more than once. */
static void text_edit(twin_text *x, rng *r, const twin_text *from, uint64_t words, size_t w) {
    size_t most = TWIN_TOKENS - 60, at = 0;
    unsigned kept = (unsigned)rng_below(r, 101), moved = (unsigned)rng_below(r, 40);
    for (x->n_places = 0; x->n_places < most && at < from->n_places;) {
        size_t n = 1 + rng_below(r, rng_chance(r, 50) ? 120 : 12);
        if (rng_chance(r, moved)) at = rng_below(r, from->n_places);
        bool copied = rng_chance(r, kept);
        for (size_t k = 0; k < n && x->n_places < most && at < from->n_places; k++, at++)
            x->shingles[x->n_places++] = copied ? from->shingles[at] : shingle_of(rng_below(r, words));
    }
    ends_draw(x, r, w);
}

static text_body *body_of(body_maker *maker, const twin_text *x) {
    uint64_t shingles[TWIN_TOKENS];
    for (size_t i = 0; i < x->n_places; i++) shingles[i] = (uint64_t)x->shingles[i] << 32 | i;
    text_body *body = text_body_new(maker, shingles, x->n_places, x->n_title, x->places, x->n_tokens);
    assert_non_null(body);
    body->whole_hash = x->whole_hash;
    body->kept_hash = x->kept_hash;
    body->site_hash = x->site_hash;
    body->url_hash = x->url_hash;
    body->stub = x->stub;
    body->title = x->title;
    return body;
}

/* ---- bodies -------------------------------------------------------------------------------- */

static size_t times_before(const twin_text *x, size_t i) {
    size_t n = 0;
    for (size_t k = 0; k < i; k++) n += x->shingles[k] == x->shingles[i];
    return n;
}

/* All repeats of a shingle from number `at` on; returns how many. */
static size_t repeats_follow(const text_body *body, uint32_t at) {
    const uint32_t *stands = text_body_repeats(body), *behind = stands + body->n_repeats;
    size_t n = 0;
    for (uint32_t first = stands[at]; at != NO_REPEAT; at = behind[at], n++) {
        assert_true(at < body->n_repeats);
        assert_int_equal(text_body_shingles(body)[stands[at]], text_body_shingles(body)[first]);
        if (behind[at] != NO_REPEAT) assert_true(behind[at] > at);
    }
    return n;
}

static void shingles_assert(const text_body *body, const twin_text *x) {
    size_t distinct = 0, in_title = 0, repeats = 0, most = 0, followed = 0;
    for (size_t i = 0; i < x->n_places; i++) {
        size_t before = times_before(x, i), all = 0;
        for (size_t k = 0; k < x->n_places; k++) all += x->shingles[k] == x->shingles[i];
        assert_int_equal(text_body_shingles(body)[i], x->shingles[i]);
        assert_int_equal(bits_has(text_body_set(body, BODY_AGAIN), i), before > 0);
        assert_int_equal(bits_has(text_body_set(body, BODY_REPEATED), i), all > 1);
        distinct += before == 0;
        in_title += before == 0 && i < x->n_title;
        if (all > most) most = all;
        if (all < 2) continue;
        assert_int_equal(text_body_repeats(body)[repeats], i);
        if (before == 0) followed += repeats_follow(body, (uint32_t)repeats);
        repeats++;
    }
    assert_int_equal(body->n_distinct, distinct);
    assert_int_equal(body->n_title_distinct, in_title);
    assert_int_equal(body->n_repeats, repeats);
    assert_int_equal(followed, repeats);
    assert_int_equal(body->crowded, most > PLACES_MOST);
}

static void tokens_assert(const text_body *body, const twin_text *x) {
    static const uint32_t marks[] = {TOKEN_NOTICE | TOKEN_MENU, TOKEN_ASIDE, TOKEN_ASIDE | TOKEN_VOICE,
                                     TOKEN_UNSURE};
    for (size_t i = 0; i < x->n_tokens; i++) {
        text_place place = text_body_place(body, i);
        assert_int_equal(place.begin, x->places[i].begin);
        if (i >= x->n_title) assert_int_equal(place.length, x->places[i].length);
        for (size_t set = 0; set <= BODY_UNSURE; set++)
            assert_int_equal(bits_has(text_body_set(body, (body_set)set), i),
                             (x->places[i].aside & marks[set]) != 0);
    }
}

static void bodies_give_back_what_they_were_made_of(void **state) {
    (void)state;
    static twin_text x;
    rng r = {81};
    body_maker maker = {0};
    for (size_t round = 0; round < rounds(2000); round++) {
        text_draw(&x, &r, 1 + rng_below(&r, round % 3 == 0 ? 40 : 1000), 5);
        text_body *body = body_of(&maker, &x);
        shingles_assert(body, &x);
        tokens_assert(body, &x);
        for (size_t i = 0; i < x.n_tokens; i += 7) {
            x.places[i].aside = marks_drawn[rng_below(&r, sizeof marks_drawn / sizeof *marks_drawn)];
            text_body_mark(body, i, x.places[i].aside);
        }
        tokens_assert(body, &x);
        mem_free(body);
    }
    body_maker_free(&maker);
}

static void bodies_and_verifiers_need_memory(void **state) {
    (void)state;
    static twin_text x;
    rng r = {82};
    flong_params params;
    flong_params_default(&params);
    text_draw(&x, &r, 1000, 5);
    while (x.n_tokens < 100) text_draw(&x, &r, 1000, 5);
    bool done = false;
    for (long countdown = 0; !done; countdown++) {
        body_maker maker = {0};
        verifier v = {0};
        flong_score score;
        uint64_t shingles[TWIN_TOKENS];
        for (size_t i = 0; i < x.n_places; i++) shingles[i] = (uint64_t)x.shingles[i] << 32;
        mem_fail_after(countdown);
        text_body *a = text_body_new(&maker, shingles, x.n_places, x.n_title, x.places, x.n_tokens);
        text_body *b = a ? text_body_new(&maker, shingles, x.n_places - 1, 0, x.places, x.n_tokens) : NULL;
        if (b) b->kept_hash = 1;
        done = b && verify_against(&v, a) && verify_pair(&v, &score, b, &params);
        mem_fail_after(-1);
        assert_true(countdown < 50);
        mem_free(a);
        mem_free(b);
        body_maker_free(&maker);
        verifier_free(&v);
    }
}

/* ---- verdicts ------------------------------------------------------------------------------ */

static void score_assert(const flong_score *is, const flong_score *wanted) {
    if (is->relation != wanted->relation || is->jaccard != wanted->jaccard || is->a_in_b != wanted->a_in_b ||
        is->b_in_a != wanted->b_in_a || is->longest_run != wanted->longest_run)
        fail_msg("%s %g %g %g %u, the twin says %s %g %g %g %u", flong_relation_name(is->relation),
                 is->jaccard, is->a_in_b, is->b_in_a, is->longest_run, flong_relation_name(wanted->relation),
                 wanted->jaccard, wanted->a_in_b, wanted->b_in_a, wanted->longest_run);
}

static void spans_assert(const span *is, size_t n, const span *wanted, size_t n_wanted) {
    assert_int_equal(n, n_wanted);
    for (size_t i = 0; i < n; i++) assert_memory_equal(&is[i], &wanted[i], sizeof *is);
}

static flong_relation verdict_assert(verifier *v, const twin_text *a, const twin_text *b,
                                     const text_body *body_b, const flong_params *params) {
    flong_score is, overlap, wanted;
    span spans[SPANS_MOST], in_text[SPANS_MOST], wanted_in_text[SPANS_MOST];
    size_t n = twin_verify_pair(&wanted, spans, a, b, params);
    assert_true(verify_pair(v, &is, body_b, params));
    score_assert(&is, &wanted);
    spans_assert(v->spans, v->n_spans, spans, n);
    size_t n_in_text = verify_characters(v, in_text, body_b);
    spans_assert(in_text, n_in_text, wanted_in_text, twin_characters(wanted_in_text, spans, n, a, b));
    assert_true(verify_overlap(v, &overlap, body_b, params));
    if (wanted.relation != FLONG_RELATION_IDENTICAL) {
        wanted.relation = FLONG_RELATION_NONE;
        wanted.longest_run = 0;
    }
    score_assert(&overlap, &wanted);
    return is.relation;
}

static void verdicts_are_those_of_the_twin(void **state) {
    (void)state;
    static twin_text a, b;
    rng r = {83};
    flong_params params;
    flong_params_default(&params);
    verifier v = {0};
    body_maker maker = {0};
    unsigned seen[FLONG_RELATION_EXCERPT + 1] = {0};
    for (size_t round = 0; round < rounds(1500); round++) {
        static const uint64_t sizes[] = {3, 40, 300, 100000};
        uint64_t words = sizes[rng_below(&r, sizeof sizes / sizeof *sizes)];
        params.shingle = 1 + (uint32_t)rng_below(&r, 8);
        params.excerpt_run = 10 + (uint32_t)rng_below(&r, 20);
        params.reprint_jaccard = .2 + .1 * (double)rng_below(&r, 9);
        params.reprint_contained = .4 + .1 * (double)rng_below(&r, 7);
        text_draw(&a, &r, words, params.shingle);
        text_body *body_a = body_of(&maker, &a);
        assert_true(verify_against(&v, body_a));
        for (int other = 0; other < 4; other++) {
            text_edit(&b, &r, &a, words, params.shingle);
            text_body *body_b = body_of(&maker, &b);
            seen[verdict_assert(&v, &a, &b, body_b, &params)]++;
            mem_free(body_b);
        }
        mem_free(body_a);
    }
    for (int i = FLONG_RELATION_NONE; i <= FLONG_RELATION_EXCERPT; i++)
        assert_true(seen[i] > rounds(1500) / 20);
    verifier_free(&v);
    body_maker_free(&maker);
}

/* What is own words in both is counted whichever text is asked. */
static void own_words_are_those_of_both(void **state) {
    (void)state;
    static twin_text a, b;
    rng r = {84};
    body_maker maker = {0};
    sharing s = {0};
    for (size_t round = 0; round < rounds(2000); round++) {
        uint64_t words = round % 2 ? 20 : 300;
        text_draw(&a, &r, words, 5);
        text_edit(&b, &r, &a, words, 5);
        text_body *body_a = body_of(&maker, &a), *body_b = body_of(&maker, &b);
        assert_true(sharing_against(&s, body_a) && sharing_find(&s, body_b));
        for (int of_a = 0; of_a < 2; of_a++) {
            const twin_text *x = of_a ? &a : &b, *y = of_a ? &b : &a;
            uint32_t n = 0;
            for (size_t i = 0; i < x->n_places; i++) {
                bool own = false;
                for (size_t k = 0; k < y->n_places && !own; k++)
                    own = y->shingles[k] == x->shingles[i] && !(y->places[k].aside & TOKEN_ASIDE);
                n += own && !(x->places[i].aside & TOKEN_ASIDE);
            }
            assert_int_equal(own_in_both(&s, body_b, of_a, BODY_ASIDE), n);
        }
        mem_free(body_a);
        mem_free(body_b);
    }
    sharing_free(&s);
    body_maker_free(&maker);
}

/* ---- long and hostile texts ---------------------------------------------------------------- */

/* A body of n tokens with shingles that a function of their place gives. */
static text_body *long_body(size_t n, uint32_t (*shingle)(size_t)) {
    body_maker maker = {0};
    uint64_t *shingles = mem_new(n, sizeof *shingles);
    text_place *stands = mem_new(n, sizeof *stands);
    assert_true(shingles && stands);
    for (size_t i = 0; i < n; i++) {
        shingles[i] = (uint64_t)shingle(i) << 32;
        stands[i] = (text_place){.begin = (uint32_t)i * 7, .length = 6};
    }
    text_body *body = text_body_new(&maker, shingles, n - 4, 0, stands, n);
    assert_non_null(body);
    mem_free(shingles);
    mem_free(stands);
    body_maker_free(&maker);
    return body;
}

static uint32_t shingle_ascending(size_t i) { return (uint32_t)i * UINT32_C(0x9E3779B1); }
static uint32_t shingle_of_an_excerpt(size_t i) { /* 100 tokens of the text above, from 200,000 on */
    return shingle_ascending(i >= 70000 && i < 70096 ? 200000 + i - 70000 : 5000000 + i);
}
static uint32_t shingle_same(size_t i) { return (uint32_t)(i & 0); }
static uint32_t shingle_of_two(size_t i) { return (uint32_t)(i & 1); }
static uint32_t shingle_twice(size_t i) { return shingle_ascending(i / 2); }
static uint32_t shingle_twice_over(size_t i) { return shingle_ascending(i % 150000); }
static uint32_t shingle_in_blocks(size_t i) { return shingle_ascending(i % 8 + i / 64 * 8); }

static void places_go_beyond_sixteen_bits(void **state) {
    (void)state;
    flong_params params;
    flong_score score;
    span in_text[SPANS_MOST];
    flong_params_default(&params);
    text_body *a = long_body(300000, shingle_ascending), *b = long_body(150000, shingle_of_an_excerpt);
    verifier v = {0};
    b->kept_hash = 1;
    assert_true(verify_against(&v, a) && verify_pair(&v, &score, b, &params));
    assert_int_equal(score.relation, FLONG_RELATION_EXCERPT);
    assert_int_equal(score.longest_run, 100);
    assert_int_equal(v.n_spans, 1);
    assert_memory_equal(&v.spans[0], (&(span){200000, 200100, 70000, 70100, 100}), sizeof(span));
    assert_int_equal(verify_characters(&v, in_text, b), 1);
    assert_memory_equal(&in_text[0], (&(span){1400000, 1400699, 490000, 490699, 100}), sizeof(span));
    mem_free(a);
    mem_free(b);
    verifier_free(&v);
}

/* Texts that repeat themselves cost what others cost: these would take hours if each repeat met each. */
static void repeats_are_never_quadratic(void **state) {
    (void)state;
    static uint32_t (*const hostile[])(size_t) = {shingle_same,       shingle_of_two,    shingle_twice,
                                                  shingle_twice_over, shingle_in_blocks, shingle_ascending};
    enum { KINDS = sizeof hostile / sizeof *hostile };
    flong_params params;
    flong_score score;
    flong_params_default(&params);
    size_t n = rounds(300000);
    text_body *bodies[KINDS];
    verifier v = {0};
    clock_t begin = clock();
    for (size_t i = 0; i < KINDS; i++) {
        bodies[i] = long_body(n + i, hostile[i]);
        bodies[i]->kept_hash = i + 1;
    }
    for (size_t i = 0; i < KINDS; i++) {
        assert_true(verify_against(&v, bodies[i]));
        for (size_t j = 0; j < KINDS; j++) {
            bodies[j]->kept_hash += KINDS; /* so that a text is not the same as itself */
            assert_true(verify_pair(&v, &score, bodies[j], &params));
            own_in_both(&v.sharing, bodies[j], true, BODY_ASIDE);
            if (i == j) assert_true(score.a_in_b == 1 && score.b_in_a == 1 && score.jaccard == 1);
        }
    }
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 60);
    for (size_t i = 0; i < KINDS; i++) mem_free(bodies[i]);
    verifier_free(&v);
}

/* ---- characters ---------------------------------------------------------------------------- */

static void characters_are_counted_on_either_side(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",
                                         " word ",
                                         "\xC3\xA9",
                                         "\xE6\x9D\xB1",
                                         "\xF0\x9F\x93\xB0",
                                         "\x80",
                                         "\xFF",
                                         "0123456789012345678901234567890123456789"};
    rng r = {85};
    for (size_t round = 0; round < rounds(2000); round++) {
        char bytes[700];
        size_t n = 0, most = rng_below(&r, 600);
        unsigned plain = (unsigned)rng_below(&r, 101);
        while (n < most) {
            const char *piece = pieces[rng_chance(&r, plain) ? rng_below(&r, 2) * 7 : rng_below(&r, 8)];
            memcpy(bytes + n, piece, strlen(piece));
            n += strlen(piece);
        }
        char *exact = malloc(n ? n : 1); /* so that reading beyond it is seen */
        assert_non_null(exact);
        memcpy(exact, bytes, n);
        characters c = characters_of(exact, n);
        for (size_t tries = 0, at = 0; tries < 60; tries++) {
            uint32_t wanted = 0;
            at = rng_chance(&r, 80) ? at + rng_below(&r, 20) : rng_below(&r, n + 1);
            if (at > n) at = n;
            for (size_t i = 0; i < at; i++) wanted += ((unsigned char)exact[i] & 0xC0) != 0x80;
            assert_int_equal(characters_before(&c, at), wanted);
        }
        free(exact);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_give_back_what_they_were_made_of),
        cmocka_unit_test(bodies_and_verifiers_need_memory),
        cmocka_unit_test(verdicts_are_those_of_the_twin),
        cmocka_unit_test(own_words_are_those_of_both),
        cmocka_unit_test(places_go_beyond_sixteen_bits),
        cmocka_unit_test(repeats_are_never_quadratic),
        cmocka_unit_test(characters_are_counted_on_either_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
