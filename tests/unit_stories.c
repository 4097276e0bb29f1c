/* Which text groups make a story (match/stories.h). */
#include "support.h"
#include "twin_stories.h"

enum { TEXTS = 64 };

/* Texts with their similarities, in parts. */
typedef struct news {
    size_t n, n_parts;
    uint32_t first[TEXTS + 1];
    double similarity[TEXTS * TEXTS];
} news;

static uint32_t of[TEXTS];
static double weakest[TEXTS];

/* n texts, each a part of its own, all as alike as `similarity`. */
static void news_set(news *all, size_t n, double similarity) {
    all->n = all->n_parts = n;
    for (size_t i = 0; i <= n; i++) all->first[i] = (uint32_t)i;
    for (size_t i = 0; i < n * n; i++) all->similarity[i] = similarity;
}

static void alike(news *all, size_t i, size_t j, double similarity) {
    all->similarity[i * all->n + j] = all->similarity[j * all->n + i] = similarity;
}

static story_parts parts_of(const news *all) {
    static story_likeness likeness[TEXTS * TEXTS];
    for (size_t i = 0; i < all->n * all->n; i++) likeness[i] = story_likeness_of(all->similarity[i]);
    return (story_parts){all->n_parts, all->first, likeness};
}

static void agglomerate(const news *all) {
    arena memory = {0};
    story_parts parts = parts_of(all);
    assert_true(stories_agglomerate(of, weakest, &parts, &memory));
    arena_free(&memory);
}

static size_t stories_count(size_t n) {
    size_t count = 0;
    for (uint32_t i = 0; i < n; i++) count += of[i] == i;
    return count;
}

/* ---- the twin ------------------------------------------------------------------------------ */

/* Similarities as they come: all kinds; few values, so that there are many ties; or stories with noise. */
static double similarity_random(rng *r, int kind, size_t i, size_t j, size_t n_stories) {
    double noise = (double)rng_below(r, 1000) / 1000;
    switch (kind) {
    case 0:
        return noise;
    case 1:
        return (double)rng_below(r, 6) / 10;
    default:
        return i % n_stories == j % n_stories ? .2 + .4 * noise : .35 * noise * noise;
    }
}

static void news_random(news *all, rng *r, size_t most) {
    int kind = (int)rng_below(r, 3);
    size_t n = 1 + rng_below(r, most), n_stories = 1 + rng_below(r, 6);
    news_set(all, n, 0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) alike(all, i, j, similarity_random(r, kind, i, j, n_stories));
    if (rng_chance(r, 50)) return;
    all->n_parts = 0;
    for (size_t at = 0; at < n; at += 1 + (rng_chance(r, 30) ? rng_below(r, 6) : 0))
        all->first[all->n_parts++] = (uint32_t)at;
    all->first[all->n_parts] = (uint32_t)n;
}

static void stories_are_those_of_the_twin(void **state) {
    (void)state;
    static news all;
    rng r = {81};
    uint32_t twin_of[TEXTS];
    double twin_weakest[TEXTS];
    for (size_t round = 0; round < rounds(2000); round++) {
        news_random(&all, &r, round % 100 ? 14 : 40);
        agglomerate(&all);
        twin_parts parts = {all.n_parts, all.first, all.similarity};
        twin_agglomerate(twin_of, twin_weakest, &parts);
        assert_memory_equal(of, twin_of, all.n_parts * sizeof *of);
        for (size_t i = 0; i < all.n_parts; i++)
            if (of[i] == i) assert_true(weakest[i] == twin_weakest[i]);
    }
}

/* ---- properties ---------------------------------------------------------------------------- */

static void probabilities_are_exact_in_sums(void **state) {
    (void)state;
    assert_true(story_probability(STORY_CENTRE) == .5);
    double before = 0;
    for (int i = 0; i <= 1000; i++) {
        double p = story_probability(i / 1000.), units = p * 0x1p20;
        assert_true(p >= before && p <= 1 && units == (double)(uint64_t)units);
        before = p;
    }
}

/* What a likeness keeps of a similarity. */
static void likenesses_tell_edges_apart(void **state) {
    (void)state;
    for (int i = 0; i <= 1000; i++) {
        double similarity = i / 1000.;
        story_likeness likeness = story_likeness_of(similarity);
        assert_true(likeness != STORY_LIKENESS_NONE &&
                    (likeness >> 2) * 0x1p-20 == story_probability(similarity));
        assert_int_equal(likeness & 3, (similarity >= STORY_EDGE) + 2 * (similarity >= STORY_EDGE_SINGLES));
    }
}

static void nothing_and_one_are_stories(void **state) {
    (void)state;
    static news all;
    news_set(&all, 0, 0);
    agglomerate(&all);
    news_set(&all, 1, 0);
    agglomerate(&all);
    assert_int_equal(of[0], 0);
    assert_true(weakest[0] == 1);
}

static void what_is_alike_is_one_story(void **state) {
    (void)state;
    static news all;
    news_set(&all, 40, .5);
    agglomerate(&all);
    assert_int_equal(stories_count(40), 1);
    assert_true(weakest[0] == story_probability(.5));
    news_set(&all, 40, STORY_EDGE - .01);
    agglomerate(&all);
    assert_int_equal(stories_count(40), 40);
}

/* Each is like its neighbours and not like those further off. */
static void chains_come_apart(void **state) {
    (void)state;
    static news all;
    news_set(&all, TEXTS, 0);
    for (size_t i = 1; i < TEXTS; i++) alike(&all, i, i - 1, .5);
    agglomerate(&all);
    assert_true(stories_count(TEXTS) >= TEXTS / 3);
    for (size_t i = 0; i < TEXTS; i++) {
        size_t n = 0;
        for (size_t j = 0; j < TEXTS; j++) n += of[j] == of[i];
        assert_true(n <= 3);
    }
}

static void one_edge_does_not_join_two_stories(void **state) {
    (void)state;
    static news all;
    news_set(&all, 12, .05);
    for (size_t i = 0; i < 12; i++)
        for (size_t j = 0; j < i; j++)
            if ((i < 6) == (j < 6)) alike(&all, i, j, .5);
    alike(&all, 2, 8, .9); /* which come together first */
    agglomerate(&all);
    assert_true(stories_count(12) <= 3);
    for (size_t i = 0; i < 6; i++) /* whoever goes with it, no story has more than one of the others */
        for (size_t j = 6; j < 12; j++)
            if (i != 2 && j != 8) assert_true(of[i] != of[j]);
    alike(&all, 2, 8, .4); /* one that is not above all others joins nothing */
    agglomerate(&all);
    assert_int_equal(stories_count(12), 2);
    assert_int_equal(of[5], 0);
    assert_int_equal(of[11], 6);
}

/* A story that is loose throughout admits what a tight one does not. */
static void a_story_admits_what_is_like_itself(void **state) {
    (void)state;
    static news all;
    for (int tight = 0; tight < 2; tight++) {
        news_set(&all, 9, tight ? .6 : .31);
        for (size_t i = 0; i < 8; i++) alike(&all, 8, i, .18);
        alike(&all, 8, 0, .31);
        agglomerate(&all);
        assert_int_equal(stories_count(9), tight ? 2 : 1);
    }
}

/* Parts stay whole, whatever is within them. */
static void parts_stay_together(void **state) {
    (void)state;
    static news all;
    news_set(&all, 10, 0);
    all.n_parts = 3;
    all.first[1] = 4, all.first[2] = 6, all.first[3] = 10;
    agglomerate(&all);
    assert_int_equal(stories_count(3), 3);
}

/* The same texts in another order make the same stories, unless two pairs are exactly alike. */
static void order_does_not_matter(void **state) {
    (void)state;
    static news all, other;
    rng r = {82};
    for (size_t round = 0; round < rounds(500); round++) {
        size_t n = 2 + rng_below(&r, 30), at[TEXTS];
        uint32_t of_all[TEXTS];
        news_set(&all, n, 0);
        news_set(&other, n, 0);
        for (size_t i = 0; i < n; i++) {
            size_t j = rng_below(&r, i + 1);
            at[i] = at[j], at[j] = i;
        }
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++) {
                double noise = (double)rng_next(&r) / 0x1p64;
                alike(&all, i, j, i % 4 == j % 4 ? .2 + .4 * noise : .3 * noise);
                alike(&other, at[i], at[j], all.similarity[i * n + j]);
            }
        agglomerate(&all);
        memcpy(of_all, of, sizeof of_all);
        agglomerate(&other);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++) assert_true((of_all[i] == of_all[j]) == (of[at[i]] == of[at[j]]));
    }
}

static void without_memory_it_says_so(void **state) {
    (void)state;
    static news all;
    news_set(&all, TEXTS, .5);
    story_parts parts = parts_of(&all);
    bool done = false;
    for (long n = 0; !done; n++) {
        arena memory = {0};
        mem_fail_after(n);
        done = stories_agglomerate(of, weakest, &parts, &memory);
        mem_fail_after(-1);
        arena_free(&memory);
        assert_true(done == (n > 0) || n < 4);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_are_those_of_the_twin),
        cmocka_unit_test(probabilities_are_exact_in_sums),
        cmocka_unit_test(likenesses_tell_edges_apart),
        cmocka_unit_test(nothing_and_one_are_stories),
        cmocka_unit_test(what_is_alike_is_one_story),
        cmocka_unit_test(chains_come_apart),
        cmocka_unit_test(one_edge_does_not_join_two_stories),
        cmocka_unit_test(a_story_admits_what_is_like_itself),
        cmocka_unit_test(parts_stay_together),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
