/* How rare terms are, and what is made of it: sketches, their similarity, their keys, their bytes. */
#include "reading_terms.h"

#include <math.h>

#include "base/hash.h"
#include "base/simd.h"
#include "sketch/background.h"
#include "sketch/lookup.h"
#include "twin_story.h"

static uint64_t word_hash(const char *folded) { return hash_bytes(folded, strlen(folded), 0); }

/* ---- rarity -------------------------------------------------------------------------------- */

static void the_background_knows_common_words(void **state) {
    (void)state;
    static const char *const rarer[] = {"the", "government", "hurricane", "ebarriaga"};
    for (size_t i = 1; i < sizeof rarer / sizeof *rarer; i++) {
        float more = rates_idf(NULL, word_hash(rarer[i - 1]), true),
              less = rates_idf(NULL, word_hash(rarer[i]), true);
        if (!(more < less))
            fail_msg("%s (%f) is not rarer than %s (%f)", rarer[i], (double)less, rarer[i - 1], (double)more);
    }
    assert_true((double)rates_idf(NULL, word_hash("the"), true) < .5);
    /* Chinese and Arabic are known as well. */
    assert_true(background_rate(word_hash("\xE4\xB8\xAD\xE5\x9B\xBD")) > .05f);
    assert_true(background_rate(word_hash("\xD9\x81\xD9\x8A")) > .05f);
}

/* The table answers for a term of which nothing else is in it, and rarely for one that is not. */
static void strange_terms_are_rare(void **state) {
    (void)state;
    rng r = {41};
    size_t known = 0, n = 100000;
    for (size_t i = 0; i < n; i++) known += background_rate(rng_next(&r)) > 0;
    assert_true(known < n / 400);
}

static void languages_are_told_apart(void **state) {
    (void)state;
    reading in = {0};
    static const struct {
        const char *text;
        bool familiar;
    } known[] = {
        {"The council said on Tuesday that it will close three schools before the end of the year, because "
         "there "
         "are fewer than ten children left in each of them. Parents who came to the town hall say that "
         "nobody has "
         "asked them and that they do not know how their children will get to another school.",
         true},
        {"El gobierno de la provincia anunci\xC3\xB3 ayer que cerrar\xC3\xA1 tres escuelas rurales antes de "
         "que "
         "termine el a\xC3\xB1o. Los padres, que se reunieron frente al edificio municipal, aseguran que "
         "nadie les "
         "consult\xC3\xB3 y que los ni\xC3\xB1os tendr\xC3\xA1n que viajar m\xC3\xA1s de cuarenta "
         "kil\xC3\xB3metros "
         "todos los d\xC3\xAD"
         "as.",
         false},
        {"Die Stadt will im kommenden Jahr drei Schulen auf dem Land schlie\xC3\x9F"
         "en. Die Eltern sagen, dass "
         "niemand sie gefragt habe und die Kinder nun jeden Tag mehr als vierzig Kilometer fahren "
         "m\xC3\xBCssten.",
         false},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        terms_of(&in, "", known[i].text);
        assert_int_equal(rates_familiar(in.terms.terms, in.terms.n), known[i].familiar);
    }
    reading_free(&in);
}

/* An article of an invented language, with words that all of its articles have. */
static const char *const function_words[] = {"ka", "lo", "umi", "teru", "ano", "vei"};
enum { FUNCTION_WORDS = sizeof function_words / sizeof *function_words };

static void strange_article(text *t, uint64_t seed) {
    rng r = {seed};
    t->n = 0;
    for (int i = 0; i < 60; i++) {
        text_print(t, "%s ", function_words[rng_below(&r, FUNCTION_WORDS)]);
        if (i < FUNCTION_WORDS) text_print(t, "%s ", function_words[i]);
        text_word(t, rng_below(&r, 20000));
        text_print(t, " ");
    }
}

static rates *strange_rates(reading *in, size_t n) {
    rates *r = rates_new();
    text t = {0};
    for (size_t i = 0; i < n; i++) {
        strange_article(&t, 1000 + i);
        terms_of(in, "", t.p);
        assert_false(rates_familiar(in->terms.terms, in->terms.n));
        assert_true(rates_learn(r, in->terms.terms, in->terms.n));
    }
    text_free(&t);
    return r;
}

/* The function words of a language that nothing is known of stand in every article: they are soon common, and none of
 * the heaviest terms. */
static void function_words_of_strange_languages_are_learned(void **state) {
    (void)state;
    reading in = {0};
    rates *r = strange_rates(&in, 50);
    text t = {0};
    strange_article(&t, 7);
    terms_of(&in, "", t.p);
    for (size_t i = 0; i < FUNCTION_WORDS; i++) {
        uint64_t hash = word_hash(function_words[i]);
        double before = (double)rates_idf(NULL, hash, false), after = (double)rates_idf(r, hash, false);
        if (before < 8) continue; /* English news has a word that is spelled so */
        assert_true(after < before / 2);
    }
    story_sketch sketch;
    story_sketch_make(&sketch, in.terms.terms, in.terms.n, r);
    uint64_t far[STORY_FAR_KEYS];
    assert_int_equal(story_far_keys(far, &sketch), STORY_FAR_KEYS);
    uint16_t heaviest = 0, function_word = 0;
    for (uint32_t i = 0; i < sketch.n; i++) {
        for (size_t k = 0; k < FUNCTION_WORDS; k++)
            if (sketch.hashes[i] == word_hash(function_words[k]) >> 32 && sketch.weights[i] > function_word)
                function_word = sketch.weights[i];
        if (sketch.weights[i] > heaviest) heaviest = sketch.weights[i];
    }
    assert_true(function_word < heaviest * 3 / 4);
    text_free(&t);
    rates_free(r);
    reading_free(&in);
}

/* Learning strange articles changes nothing for familiar ones, and a small corpus changes nothing for itself. */
static void familiar_rates_wait_for_a_thousand_articles(void **state) {
    (void)state;
    reading in = {0};
    rates *r = strange_rates(&in, 30);
    uint64_t lamp = word_hash("lamplighters"), ka = word_hash("ka");
    assert_true(rates_idf(r, ka, true) == rates_idf(NULL, ka, true));
    terms_of(&in, "",
             "The lamplighters of the town said on Tuesday that they will not go back to work before "
             "the end of the "
             "year, because there was no more money for them in the budget.");
    for (int i = 0; i < 1500; i++) {
        bool same = rates_idf(r, lamp, true) == rates_idf(NULL, lamp, true);
        assert_int_equal(same, i < 1024);
        assert_true(rates_learn(r, in.terms.terms, in.terms.n));
    }
    assert_true((double)rates_idf(r, lamp, true) < 2);
    assert_true(rates_idf(r, lamp, false) == rates_idf(NULL, lamp, false) ||
                (double)rates_idf(r, lamp, false) > 8);
    rates_free(r);
    reading_free(&in);
}

static void assert_saved(rates *r, const buffer *wanted) {
    buffer bytes = {0};
    assert_true(rates_save(r, &bytes));
    assert_int_equal(bytes.n, wanted->n);
    assert_memory_equal(bytes.p, wanted->p, wanted->n);
    buffer_free(&bytes);
}

/* More terms than there may be: what all articles have stays, and what is loaded goes on like what was kept. */
static void counts_are_bounded_and_kept(void **state) {
    (void)state;
    rng random = {43};
    rates *kept = rates_new();
    term terms[400];
    buffer bytes = {0};
    for (int i = 0; i < 600; i++) {
        for (size_t t = 0; t < 400; t++) terms[t] = (term){.hash = t < 5 ? t << 40 : rng_next(&random)};
        assert_true(rates_learn(kept, terms, 400));
        if (i % 150 != 149) continue;
        assert_true(rates_changed(kept));
        bytes.n = 0;
        assert_true(rates_save(kept, &bytes));
        assert_false(rates_changed(kept));
        assert_true(bytes.n < 600000);
        rates *loaded = rates_new();
        assert_true(rates_load(loaded, bytes.p, bytes.n));
        assert_saved(loaded, &bytes);
        assert_false(rates_changed(loaded));
        rates_free(kept);
        kept = loaded;
    }
    for (size_t t = 0; t < 5; t++) assert_true((double)rates_idf(kept, t << 40, false) < 1.1);
    buffer_free(&bytes);
    rates_free(kept);
}

static void damaged_rates_are_refused(void **state) {
    (void)state;
    reading in = {0};
    buffer bytes = {0};
    rates *r = strange_rates(&in, 2);
    assert_true(rates_save(r, &bytes));
    rates_free(r);
    for (size_t n = 0; n < bytes.n; n++) {
        r = rates_new();
        assert_false(rates_load(r, bytes.p, n));
        assert_false(rates_starved(r));
        rates_free(r);
    }
    for (size_t i = 0; i < 4; i++) { /* another background */
        bytes.p[i] ^= 1;
        r = rates_new();
        assert_false(rates_load(r, bytes.p, bytes.n));
        rates_free(r);
        bytes.p[i] ^= 1;
    }
    buffer_free(&bytes);
    reading_free(&in);
}

static void want_of_memory_is_told(void **state) {
    (void)state;
    reading in = {0};
    buffer bytes = {0};
    rates *r = strange_rates(&in, 20);
    assert_true(rates_save(r, &bytes));
    rates_free(r);
    for (long n = 0;; n++) {
        buffer again = {0};
        mem_fail_after(n);
        r = rates_new();
        bool loaded = r && rates_load(r, bytes.p, bytes.n);
        bool done = loaded && rates_learn(r, in.terms.terms, in.terms.n) && rates_save(r, &again);
        mem_fail_after(-1);
        assert_true(!r || loaded || rates_starved(r));
        rates_free(r);
        buffer_free(&again);
        if (done) break;
        assert_true(n < 100);
    }
    buffer_free(&bytes);
    reading_free(&in);
}

/* ---- sketches ------------------------------------------------------------------------------ */

static void sketches_hold_the_heaviest_terms(void **state) {
    (void)state;
    rng r = {44};
    for (size_t round = 0; round < rounds(400); round++) {
        term terms[300];
        size_t n = rng_below(&r, 300);
        uint64_t hash = 0;
        for (size_t i = 0; i < n; i++) {
            hash += (1 + rng_below(&r, UINT32_MAX / 300)) << 32 | rng_below(&r, UINT32_MAX);
            terms[i] = (term){hash, 1 + (float)rng_below(&r, 1000) / 100, (uint32_t)i};
        }
        story_sketch sketch;
        story_sketch_make(&sketch, terms, n, NULL);
        assert_int_equal(sketch.n, n < STORY_TERMS ? n : STORY_TERMS);
        double square = 0, lightest = 1e9, dropped = 0;
        bool familiar = rates_familiar(terms, n);
        for (uint32_t i = 0; i < sketch.n; i++) {
            assert_true(i == 0 || sketch.hashes[i] > sketch.hashes[i - 1]);
            square += sketch.weights[i] * (double)sketch.weights[i];
        }
        for (size_t i = 0, k = 0; i < n; i++) {
            double weight = (double)(terms[i].weight * rates_idf(NULL, terms[i].hash, familiar));
            bool in = k < sketch.n && sketch.hashes[k] == terms[i].hash >> 32;
            k += in;
            if (in && weight < lightest) lightest = weight;
            if (!in && weight > dropped) dropped = weight;
        }
        assert_true(dropped <= lightest);
        assert_true(n == 0 || fabs(sqrt(square) - STORY_UNIT) < 10);
        assert_true(n == 0 || story_cosine(&sketch, &sketch) > .999);
    }
}

/* Many terms and few, of weights that differ, hardly differ, or are nothing; with own counts and without. */
static void sketches_are_those_of_the_twin(void **state) {
    (void)state;
    rng r = {46};
    static term terms[3000];
    rates *learned = rates_new();
    assert_non_null(learned);
    for (size_t round = 0; round < rounds(3000); round++) {
        size_t n = rng_below(&r, round % 20 ? 700 : 3000);
        uint64_t hash = 0, weights = round % 3 == 0 ? 1000 : round % 3 == 1 ? 3 : 1 + rng_below(&r, 2);
        for (size_t i = 0; i < n; i++) {
            hash += (1 + rng_below(&r, UINT32_MAX / 3000)) << 32;
            terms[i] =
                (term){hash | rng_below(&r, UINT32_MAX), (float)rng_below(&r, weights) / 100, (uint32_t)i};
        }
        story_sketch made, wanted;
        const rates *by = round % 2 ? learned : NULL;
        story_sketch_make(&made, terms, n, by);
        twin_sketch(&wanted, terms, n, by);
        assert_memory_equal(&made, &wanted, sizeof made);
        assert_true(rates_learn(learned, terms, n));
    }
    rates_free(learned);
}

/* A sketch with n of the hashes below `most`, and perhaps the greatest of all. */
static story_sketch sketch_draw(rng *r, uint32_t n, uint32_t most) {
    story_sketch s = {0};
    memset(s.hashes, 0xFF, sizeof s.hashes);
    uint32_t step = most / (n + 1), hash = 0;
    for (; s.n < n; s.n++) {
        hash += 1 + (uint32_t)rng_below(r, step);
        s.hashes[s.n] = s.n + 1 == n && rng_chance(r, 30) ? UINT32_MAX : hash;
        s.weights[s.n] = (uint16_t)(1 + rng_below(r, n == 1 ? STORY_UNIT : 6500));
    }
    return s;
}

static void cosines_are_those_of_the_twin(void **state) {
    (void)state;
    rng r = {45};
    for (size_t round = 0; round < rounds(20000); round++) {
        uint32_t most = rng_chance(&r, 50) ? 400 : UINT32_MAX;
        story_sketch a = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), most);
        story_sketch b = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), most);
        double cosine = story_cosine(&a, &b);
        assert_true(cosine == twin_cosine(&a, &b));
        assert_true(cosine == story_cosine(&b, &a));
        assert_true(story_cosine(&a, &a) == twin_cosine(&a, &a));
    }
}

/* Compared by a table or term by term, with all that the machine has or with less. */
static void looked_up_cosines_are_those_of_the_twin(void **state) {
    (void)state;
    rng r = {49};
    static story_lookup lookup;
    for (size_t round = 0; round < rounds(10000); round++) {
        uint32_t most = rng_chance(&r, 50) ? 400 : rng_chance(&r, 50) ? 1 << 24 : UINT32_MAX;
        story_sketch a = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), most);
        story_lookup_make(&lookup, &a, rng_below(&r, 6));
        for (int i = 0; i < 3; i++) {
            story_sketch b = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), most);
            if (i == 2) memcpy(b.hashes, a.hashes, sizeof b.hashes), b.n = a.n; /* all terms shared */
            memset(b.weights + b.n, 0, (STORY_TERMS - b.n) * sizeof *b.weights);
            assert_true(story_lookup_cosine(&lookup, &b) == twin_cosine(&a, &b));
        }
        assert_true(story_lookup_cosine(&lookup, &a) == twin_cosine(&a, &a));
        simd_limit(round % 2 ? SIMD_AVX512 : SIMD_BASE);
    }
    simd_limit(SIMD_AVX512);
}

static void dates_lessen_similarity(void **state) {
    (void)state;
    rng r = {46};
    story_sketch a = sketch_draw(&r, 90, 400);
    double cosine = story_cosine(&a, &a);
    const int64_t day = 86400, date = -5 * day;
    assert_true(cosine > 0);
    assert_true(story_similarity(&a, FLONG_NO_DATE, &a, date) == cosine);
    assert_true(story_similarity(&a, date, &a, FLONG_NO_DATE) == cosine);
    assert_true(story_similarity(&a, date, &a, date) == cosine);
    double week = story_similarity(&a, date, &a, date + 7 * day) / cosine;
    assert_true(fabs(week - 1 / (1 + .05 * log(2))) < 1e-9);
    assert_true(story_similarity(&a, date + 7 * day, &a, date) / cosine == week);
    assert_true(story_similarity(&a, INT64_MIN + 1, &a, INT64_MAX) < cosine);
}

static void shared_terms_are_those_that_carry_most(void **state) {
    (void)state;
    rng r = {47};
    for (size_t round = 0; round < rounds(500); round++) {
        story_sketch a = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), 400);
        story_sketch b = sketch_draw(&r, (uint32_t)rng_below(&r, STORY_TERMS + 1), 400);
        story_term all[STORY_TERMS], some[5];
        size_t n = story_shared(all, STORY_TERMS, &a, &b), n_some = story_shared(some, 5, &a, &b);
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += all[i].share;
            assert_true(i == 0 || all[i].share <= all[i - 1].share);
        }
        assert_true(n == 0 || fabs(sum - 1) < 1e-9);
        assert_int_equal(n_some, n < 5 ? n : 5);
        for (size_t i = 0; i < n_some; i++) assert_true(some[i].share == all[i].share);
        assert_int_equal(story_shared(some, 0, &a, &b), 0);
    }
}

/* ---- keys ---------------------------------------------------------------------------------- */

static size_t keys_shared(const story_sketch *older, int64_t added, const story_sketch *newer,
                          int64_t probed) {
    uint64_t under[STORY_KEYS_MOST], by[STORY_KEYS_MOST];
    size_t n = story_keys(under, older, added, false), m = story_keys(by, newer, probed, true), shared = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) shared += under[i] == by[j];
    return shared;
}

/* All keys at once are those of each kind. */
static void key_sets_have_all_keys(void **state) {
    (void)state;
    rng r = {50};
    for (uint32_t n = 0; n < 40; n++) {
        story_sketch a = sketch_draw(&r, n, UINT32_MAX);
        int64_t published = n % 3 ? (int64_t)n * 86400 * 100 : FLONG_NO_DATE;
        uint64_t keys[STORY_KEYS_MOST];
        story_key_set set;
        story_keys_make(&set, &a, published);
        assert_int_equal(set.n_own, story_keys(keys, &a, published, false));
        assert_memory_equal(set.own, keys, set.n_own * sizeof *keys);
        assert_int_equal(set.n_asked, story_keys(keys, &a, published, true));
        assert_memory_equal(set.asked, keys, set.n_asked * sizeof *keys);
        assert_int_equal(set.n_far, story_far_keys(keys, &a));
        assert_memory_equal(set.far, keys, set.n_far * sizeof *keys);
    }
}

static void articles_meet_within_their_time(void **state) {
    (void)state;
    rng r = {48};
    story_sketch a = sketch_draw(&r, 40, UINT32_MAX);
    const int64_t day = 86400;
    static const int64_t dates[] = {0, -1, 6 * 86400, -400 * 86400, 17000LL * 86400};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        for (int64_t gap = -7; gap <= 7; gap++)
            assert_int_equal(keys_shared(&a, dates[i], &a, dates[i] + gap * day), STORY_KEYS);
        assert_int_equal(keys_shared(&a, dates[i], &a, dates[i] + 14 * day), 0);
        assert_int_equal(keys_shared(&a, dates[i], &a, dates[i] - 14 * day), 0);
        assert_int_equal(keys_shared(&a, FLONG_NO_DATE, &a, dates[i]), STORY_KEYS);
        assert_int_equal(keys_shared(&a, dates[i], &a, FLONG_NO_DATE), 0); /* by far keys */
    }
}

static void keys_are_of_the_heaviest_terms(void **state) {
    (void)state;
    rng r = {49};
    story_sketch a = sketch_draw(&r, 40, UINT32_MAX), few = sketch_draw(&r, 3, UINT32_MAX), none = {0};
    for (uint32_t i = 0; i < a.n; i++) a.weights[i] = (uint16_t)(100 + i);
    story_sketch b = a;
    uint64_t one[STORY_FAR_KEYS], two[STORY_FAR_KEYS], keys[STORY_KEYS_MOST];
    b.n = 0; /* the lighter terms go */
    for (uint32_t i = a.n - STORY_KEYS; i < a.n; i++, b.n++) {
        b.hashes[b.n] = a.hashes[i];
        b.weights[b.n] = a.weights[i];
    }
    assert_int_equal(story_far_keys(one, &a), STORY_FAR_KEYS);
    assert_int_equal(story_far_keys(two, &b), STORY_FAR_KEYS);
    assert_memory_equal(one, two, sizeof one);
    assert_int_equal(keys_shared(&a, 0, &b, 0), STORY_KEYS);
    assert_int_equal(story_far_keys(one, &few), 3);
    assert_int_equal(story_keys(keys, &few, 0, true), 12);
    assert_int_equal(story_keys(keys, &few, 0, false), 3);
    assert_int_equal(story_keys(keys, &none, 0, true), 0);
    assert_int_equal(story_far_keys(one, &none), 0);
}

/* ---- as bytes ------------------------------------------------------------------------------ */

static void sketches_come_back_from_their_bytes(void **state) {
    (void)state;
    rng random = {50};
    reading in = {0};
    buffer bytes = {0};
    text t = {0};
    for (size_t round = 0; round < rounds(100); round++) {
        story_sketch sketch, back;
        t.n = 0;
        text_sentences(&t, round, (unsigned)rng_below(&random, 20));
        terms_of(&in, "", t.p ? t.p : "");
        story_sketch_make(&sketch, in.terms.terms, in.terms.n, NULL);
        bytes.n = 0;
        assert_true(story_pack(&sketch, &bytes));
        assert_true(bytes.n < 700);
        assert_true(story_unpack(&back, bytes.p, bytes.n));
        assert_memory_equal(&back, &sketch, sizeof sketch);
        for (size_t n = 0; n < bytes.n; n++) assert_false(story_unpack(&back, bytes.p, n));
        assert_true(buffer_append(&bytes, "", 1));
        assert_false(story_unpack(&back, bytes.p, bytes.n));
    }
    text_free(&t);
    buffer_free(&bytes);
    reading_free(&in);
}

static void damaged_sketches_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } damaged[] = {
        {"\x61", 1},                                 /* 97 terms */
        {"\x01\x05\x00", 3},                         /* no weight */
        {"\x01\x05\x05", 3},                         /* no unit vector */
        {"\x01\x05\xFF\xFF\x7F", 5},                 /* a weight above all */
        {"\x02\x05\xF4\xF5\x01\x00\xF4\xF5\x01", 9}, /* a term twice */
        {"\x01\xFF\xFF\xFF\xFF\x7F\x80\xFA\x01", 9}, /* no hash of 32 bits */
    };
    story_sketch back;
    assert_true(story_unpack(&back, "\x01\x05\x80\xFA\x01", 5)); /* one term of weight 32000 */
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++)
        assert_false(story_unpack(&back, damaged[i].bytes, damaged[i].n));
    assert_false(story_unpack(&back, NULL, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_background_knows_common_words),
        cmocka_unit_test(strange_terms_are_rare),
        cmocka_unit_test(languages_are_told_apart),
        cmocka_unit_test(function_words_of_strange_languages_are_learned),
        cmocka_unit_test(familiar_rates_wait_for_a_thousand_articles),
        cmocka_unit_test(counts_are_bounded_and_kept),
        cmocka_unit_test(damaged_rates_are_refused),
        cmocka_unit_test(want_of_memory_is_told),
        cmocka_unit_test(sketches_hold_the_heaviest_terms),
        cmocka_unit_test(sketches_are_those_of_the_twin),
        cmocka_unit_test(cosines_are_those_of_the_twin),
        cmocka_unit_test(looked_up_cosines_are_those_of_the_twin),
        cmocka_unit_test(dates_lessen_similarity),
        cmocka_unit_test(shared_terms_are_those_that_carry_most),
        cmocka_unit_test(key_sets_have_all_keys),
        cmocka_unit_test(articles_meet_within_their_time),
        cmocka_unit_test(keys_are_of_the_heaviest_terms),
        cmocka_unit_test(sketches_come_back_from_their_bytes),
        cmocka_unit_test(damaged_sketches_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
