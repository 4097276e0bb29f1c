/* From articles to telling terms: what a term is, which class it is of, what its place and its repeats are worth. */
#include "reading_terms.h"

#include <math.h>

#include "base/hash.h"
#include "text/terms.h"
#include "twin_terms.h"

static uint64_t word_hash(const char *folded) { return hash_bytes(folded, strlen(folded), 0); }

/* The term of a folded word, or NULL. */
static const term *word_term(const reading *in, const char *folded) {
    const term *found = terms_find(in->terms.terms, in->terms.n, (uint32_t)(word_hash(folded) >> 32));
    assert_true(!found || found->hash == word_hash(folded));
    return found;
}

/* What is left of a word's weight without the factor of its place, by the place it should have. */
static double word_weight(const reading *in, const char *folded, unsigned place) {
    const term *found = word_term(in, folded);
    if (!found) fail_msg("no term \"%s\"", folded);
    return (double)found->weight / (1 + exp(-(double)place / 200));
}

#define assert_weight(in, word, place, wanted)                                                               \
    do {                                                                                                     \
        double weight_ = word_weight(in, word, place);                                                       \
        if (fabs(weight_ - (wanted)) > 1e-5) fail_msg("\"%s\" weighs %f, not %f", word, weight_, wanted);    \
    } while (0)

static void names_are_told_by_their_capitals(void **state) {
    (void)state;
    reading in = {0};
    /* Orrum: a name. Mayor: written both ways as often. Quay: oftener small. The: begins a sentence only. */
    terms_of(&in, "", "yesterday in Orrum the Mayor met a mayor on Quay nine. The quay has a quay wall.");
    assert_weight(&in, "orrum", 2, 1.5);
    assert_weight(&in, "mayor", 4, 1.5 * 4 / 3);
    assert_weight(&in, "quay", 9, 1.5);
    assert_weight(&in, "the", 3, 4. / 3);
    assert_weight(&in, "wall", 16, 1.);
    reading_free(&in);
}

static void capitals_of_titles_say_nothing(void **state) {
    (void)state;
    reading in = {0};
    terms_of(&in, "Lamplighters Of Orrum Strike", "they stopped on Tuesday, and Orrum lay dark.");
    assert_weight(&in, "lamplighters", 0, 1.);
    assert_weight(&in, "orrum", 2, 1.5 * 4 / 3);
    assert_weight(&in, "tuesday", 7, 1.5);
    terms_of(&in, "", "LAMP OIL RUNS OUT\nit did so in Orrum");
    assert_weight(&in, "lamp", 0, 1.);
    assert_weight(&in, "orrum", 8, 1.5);
    reading_free(&in);
}

static void numbers_keep_their_points_and_commas(void **state) {
    (void)state;
    reading in = {0};
    terms_of(&in, "", "some 180,000 of 4.5 and 3, 7 or 1.000.000");
    assert_null(word_term(&in, "180"));
    assert_null(word_term(&in, "000"));
    assert_weight(&in, "3", 5, 1.5);
    assert_weight(&in, "7", 6, 1.5);
    assert_int_equal(in.terms.n, 9); /* some 180,000 of 4.5 and 3 7 or 1.000.000 */
    assert_weight(&in, "or", 7, 1.); /* joined numbers are one place */
    assert_int_equal(word_term(&in, "or")->token, 9);
    reading_free(&in);
}

/* Terms of one text that the other has not. */
static size_t terms_only_in(const reading *x, const reading *y) {
    size_t n = 0;
    for (size_t i = 0; i < x->terms.n; i++)
        n += !terms_find(y->terms.terms, y->terms.n, (uint32_t)(x->terms.terms[i].hash >> 32));
    return n;
}

static void capitals_side_by_side_are_a_pair(void **state) {
    (void)state;
    reading in = {0}, without = {0};
    terms_of(&without, "", "said josune ebarriaga on friday");
    static const struct {
        const char *text;
        size_t pairs;
    } known[] = {
        {"said Josune Ebarriaga on friday", 1},
        {"said Josune, Ebarriaga on friday", 0},
        {"said Josune  Ebarriaga on friday", 0},
        {"Said Josune ebarriaga on friday", 1},
        {"said josune Ebarriaga. On friday", 0},
        {"said Josune\nEbarriaga on friday", 0},
        {"Said Josune Ebarriaga On Friday", 0},
        {"said Josune ebarriaga on friday", 0},
        {"said Josune Ebarriaga on friday. Josune Ebarriaga on friday", 1},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        terms_of(&in, "", known[i].text);
        if (terms_only_in(&in, &without) != known[i].pairs) fail_msg("pairs of \"%s\"", known[i].text);
        assert_int_equal(terms_only_in(&without, &in), 0);
    }
    reading_free(&in);
    reading_free(&without);
}

static void without_case_nothing_is_a_name(void **state) {
    (void)state;
    reading in = {0};
    terms_of(&in, "", "\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD \xD9\x85\xD8\xAF\xD9\x8A\xD9\x86\xD8\xA9");
    assert_int_equal(in.terms.n, 3);
    for (size_t i = 0; i < in.terms.n; i++) assert_true((double)in.terms.terms[i].weight <= 2);
    terms_of(&in, "", "\xD0\xB2 \xD0\x9E\xD1\x80\xD1\x83\xD0\xBC\xD0\xB5"); /* in Orrum, in Cyrillic */
    assert_weight(&in, "\xD0\xBE\xD1\x80\xD1\x83\xD0\xBC\xD0\xB5", 1, 1.5);
    reading_free(&in);
}

static void what_does_not_count_gives_no_terms(void **state) {
    (void)state;
    reading in = {0};
    terms_of(&in, "", "subscribe to the gazette\nthe Quay Orrum line\nall rights reserved");
    assert_non_null(word_term(&in, "gazette"));
    in.article.units[0].furniture = in.article.units[2].credit = true;
    assert_true(terms_read(&in.terms, &in.article));
    assert_int_equal(in.terms.n, 5); /* and the pair */
    assert_null(word_term(&in, "gazette"));
    assert_null(word_term(&in, "rights"));
    assert_weight(&in, "the", 0, 1.);
    assert_int_equal(word_term(&in, "the")->token, 4);
    in.article.stub = true;
    assert_true(terms_read(&in.terms, &in.article));
    assert_non_null(word_term(&in, "gazette"));
    reading_free(&in);
}

static void factors_can_be_set(void **state) {
    (void)state;
    reading in = {0};
    terms_factors factors = terms_factors_default;
    factors.name = 7;
    factors.lead = 0;
    in.terms.factors = &factors;
    terms_of(&in, "", "in Orrum");
    assert_true(fabs((double)word_term(&in, "orrum")->weight - 7) < 1e-6);
    reading_free(&in);
}

static void empty_articles_have_no_terms(void **state) {
    (void)state;
    reading in = {0};
    terms_of(&in, "", " .,! ");
    assert_int_equal(in.terms.n, 0);
    assert_null(terms_find(in.terms.terms, in.terms.n, 1));
    reading_free(&in);
}

/* Random texts: terms ascend, each is a token's own first one or begins there. */
static void terms_ascend_and_stand_first(void **state) {
    (void)state;
    rng r = {31};
    reading in = {0};
    for (size_t round = 0; round < rounds(300); round++) {
        text t = {0};
        for (uint64_t n = rng_below(&r, 40); n > 0; n--) {
            text_word(&t, rng_below(&r, 60));
            if (rng_chance(&r, 20)) t.p[t.n - 1] = 'X';
            text_print(&t, "%s", rng_chance(&r, 10) ? " 3,5. " : rng_chance(&r, 10) ? "\n" : " ");
        }
        terms_of(&in, "Some Title of It", t.p ? t.p : "");
        const token *tokens = in.article.tokens.tokens;
        for (size_t i = 0; i < in.terms.n; i++) {
            const term *x = &in.terms.terms[i];
            assert_true(i == 0 || x->hash >> 32 > x[-1].hash >> 32);
            assert_true((double)x->weight > 0 && (double)x->weight <= 2 * 1.5 * 2);
            assert_true(x->token < in.article.tokens.n);
            for (uint32_t before = 0; before < x->token; before++)
                assert_true(tokens[before].hash != x->hash);
        }
        for (size_t i = 0; i < in.article.tokens.n; i++) {
            bool number = tokens[i].before & TOKEN_NUMBER; /* may be a part of one */
            assert_true(number || terms_find(in.terms.terms, in.terms.n, (uint32_t)(tokens[i].hash >> 32)));
        }
        text_free(&t);
    }
    reading_free(&in);
}

static void assert_like_twin(reading *in) {
    term *wanted;
    size_t n = twin_terms(&wanted, &in->article);
    assert_true(terms_read(&in->terms, &in->article));
    assert_int_equal(in->terms.n, n);
    for (size_t i = 0; i < n; i++) {
        const term *made = &in->terms.terms[i];
        if (made->hash != wanted[i].hash || made->weight != wanted[i].weight ||
            made->token != wanted[i].token)
            fail_msg("term %zu of %zu: token %u weighs %.9g, not token %u %.9g", i, n, made->token,
                     (double)made->weight, wanted[i].token, (double)wanted[i].weight);
    }
    free(wanted);
}

/* How hashes of made articles are chosen: at random; few; such that they meet in one slot, which the reader must notice;
 * with equal upper halves; near the end of the slots. */
enum { HASH_RANDOM, HASH_FEW, HASH_MEETING, HASH_TWINS, HASH_LAST, HASH_KINDS };

static uint64_t hash_choose(rng *r, int kind) {
    uint64_t random = rng_next(r);
    switch (kind) {
    case HASH_FEW:
        return hash_mix(random % 50);
    case HASH_MEETING:
        return (UINT64_C(0xABCDE) << 44) | (random >> 20);
    case HASH_TWINS:
        return hash_mix(random % 300) >> 32 << 32 | (random & 1);
    case HASH_LAST:
        return ~(random >> 20);
    default:
        return random;
    }
}

/* An article of n tokens in units, some of which do not count; its memory is the reading's. */
static void article_make(reading *in, rng *r, size_t n, int kind) {
    article *a = &in->article;
    a->tokens.n = a->n_units = 0;
    a->stub = rng_chance(r, 10);
    unsigned capitals = (unsigned)rng_below(r, 100);
    while (a->tokens.n < n) {
        unit u = {.first = (uint32_t)a->tokens.n,
                  .n = (uint32_t)rng_below(r, 1 + (n - a->tokens.n < 60 ? n - a->tokens.n : 60)),
                  .furniture = rng_chance(r, 20),
                  .credit = rng_chance(r, 5)};
        for (uint32_t i = 0; i < u.n; i++) {
            token t = {.hash = hash_choose(r, kind), .before = rng_chance(r, 80) ? TOKEN_SPACED : 0};
            t.before |= (rng_chance(r, 5) ? TOKEN_LINE : 0) | (rng_chance(r, 8) ? TOKEN_SENTENCE : 0) |
                        (rng_chance(r, 20) ? TOKEN_NUMBER : 0) | (rng_chance(r, 30) ? TOKEN_JOINED : 0) |
                        (rng_chance(r, capitals) ? TOKEN_CAPITAL : 0);
            assert_true(ARRAY_GROW(a->tokens.tokens, a->tokens.n, a->tokens.capacity));
            a->tokens.tokens[a->tokens.n++] = t;
        }
        assert_true(ARRAY_GROW(a->units, a->n_units, a->units_capacity));
        a->units[a->n_units++] = u;
    }
}

static void terms_are_those_of_the_twin(void **state) {
    (void)state;
    rng r = {32};
    reading in = {0};
    for (size_t round = 0; round < rounds(4000); round++) {
        size_t most = round % 50 ? 300 : 3000;
        article_make(&in, &r, rng_below(&r, most), (int)(round % HASH_KINDS));
        assert_like_twin(&in);
    }
    terms_factors factors = terms_factors_default; /* others between leave nothing behind */
    factors.repeats = 5;
    factors.name = 3;
    in.terms.factors = &factors;
    assert_true(terms_read(&in.terms, &in.article));
    in.terms.factors = NULL;
    assert_like_twin(&in);
    reading_free(&in);
}

static void want_of_memory_is_told(void **state) {
    (void)state;
    reading in = {0};
    assert_true(article_read(&in.reader, &in.article, str_of(""), str_of("the Quay Orrum line")));
    long n = 0;
    for (bool done = false; !done; n++) {
        terms_reader_free(&in.terms);
        mem_fail_after(n);
        done = terms_read(&in.terms, &in.article);
        mem_fail_after(-1);
        assert_true(done || in.terms.n == 0);
    }
    assert_true(n > 3);
    assert_int_equal(in.terms.n, 5);
    reading_free(&in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_told_by_their_capitals),
        cmocka_unit_test(capitals_of_titles_say_nothing),
        cmocka_unit_test(numbers_keep_their_points_and_commas),
        cmocka_unit_test(capitals_side_by_side_are_a_pair),
        cmocka_unit_test(without_case_nothing_is_a_name),
        cmocka_unit_test(what_does_not_count_gives_no_terms),
        cmocka_unit_test(factors_can_be_set),
        cmocka_unit_test(empty_articles_have_no_terms),
        cmocka_unit_test(terms_ascend_and_stand_first),
        cmocka_unit_test(terms_are_those_of_the_twin),
        cmocka_unit_test(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
