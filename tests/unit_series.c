/* What tells a series from an event: titles, sites, dates; and the verdict on two tellings. */
#include "support.h"

#include "flow/relate.h"
#include "match/series.h"

enum { HOUR = 3600, DAY = 86400, NOON = 1700000000 };

static title_words title_of(const char *string) {
    tokenizer reader = {0};
    article read = {0};
    assert_true(article_read(&reader, &read, str_of(string), str_of("")));
    title_words words = title_words_of(read.tokens.tokens, read.tokens.n);
    article_free(&read);
    tokenizer_free(&reader);
    return words;
}

static series_mark mark_of(const char *title, uint64_t site, int64_t published) {
    return (series_mark){.site_hash = site, .published = published, .title = title_of(title)};
}

/* Whether two articles of one site are apart, so many seconds after each other; the same from both sides. */
static bool apart(const char *a, const char *b, int64_t seconds) {
    series_mark x = mark_of(a, 7, NOON), y = mark_of(b, 7, NOON + seconds);
    bool is = series_apart(&x, &y);
    assert_int_equal(series_apart(&y, &x), is);
    return is;
}

static void words_of_titles_are_counted(void **state) {
    (void)state;
    title_words a = title_of("Fire in the Skarholm harbour kills 12"),
                b = title_of("Skarholm harbour fire: 12 dead"), c = title_of("Storm hits 30 towns"),
                none = title_of("It is so");
    assert_int_equal(a.n, 4); /* fire, Skarholm, harbour, kills: in, the and 12 are short */
    assert_int_equal(titles_common(&a, &b), 3);
    assert_int_equal(titles_common(&a, &a), a.n);
    assert_int_equal(titles_common(&a, &c), 0);
    assert_int_equal(titles_common(&a, &none), 0);
    assert_true(titles_share_number(&a, &b));
    assert_false(titles_share_number(&a, &c));
    assert_false(titles_share_number(&a, &none));
    assert_true(titles_alike(&a, &b));
    assert_false(titles_alike(&a, &c));
    assert_true(titles_alike(&a, &none));
}

static void long_titles_are_cut(void **state) {
    (void)state;
    text t = {0};
    for (unsigned i = 0; i < 40; i++) text_print(&t, "word%u %u ", 1000 + i, i);
    title_words many = title_of(t.p);
    assert_int_equal(many.n, TITLE_WORDS);
    assert_int_equal(many.n_numbers, TITLE_NUMBERS);
    for (uint32_t i = 1; i < many.n; i++) assert_true(many.hashes[i - 1] <= many.hashes[i]);
    text_free(&t);
}

static void dates_have_gaps(void **state) {
    (void)state;
    assert_int_equal(dates_gap(5, 9), 4);
    assert_int_equal(dates_gap(9, 5), 4);
    assert_int_equal(dates_gap(FLONG_NO_DATE, 5), 0);
    assert_int_equal(dates_gap(5, FLONG_NO_DATE), 0);
    assert_true(dates_gap(FLONG_NO_DATE + 1, INT64_MAX) == UINT64_MAX - 1);
}

static void one_site_tells_again_within_two_days(void **state) {
    (void)state;
    static const char first[] = "Ferry aground near Skarholm harbour",
                      second[] = "Captain of stranded Skarholm ferry heard",
                      other[] = "Voters choose another mayor";
    assert_false(apart(first, second, HOUR));
    assert_false(apart(first, second, 2 * DAY));
    assert_true(apart(first, second, 2 * DAY + 1)); /* later it is something else */
    assert_true(apart(first, other, HOUR));         /* under another title, too */
}

static void the_same_title_again_is_a_series(void **state) {
    (void)state;
    static const char weather[] = "Weather outlook for northern counties";
    assert_false(apart(weather, weather, DAY / 2)); /* one article, twice */
    assert_true(apart(weather, weather, DAY / 2 + 1));
    assert_true(apart(weather, "Weather outlook for northern islands", DAY)); /* three words of four */
    assert_false(apart(weather, "Northern counties expecting heavy weather tomorrow evening", DAY));
}

static void other_numbers_are_a_series(void **state) {
    (void)state;
    static const char monday[] = "Prices on May 13: copper leads early gains";
    assert_true(apart(monday, "Prices on May 14: copper loses early ground", DAY));
    assert_false(apart(monday, "Prices on May 13: copper loses early ground", DAY));  /* the same number */
    assert_false(apart(monday, "Prices on Tuesday: copper loses early ground", DAY)); /* not both have one */
    assert_false(apart(monday, "Prices on May 14: copper loses early ground", DAY / 2));
}

static void without_site_title_or_date_nothing_is_a_series(void **state) {
    (void)state;
    series_mark a = mark_of("Around the town with Tom", 7, NOON),
                b = mark_of("Around the town with Tom", 7, NOON + 9 * DAY);
    assert_true(series_apart(&a, &b));
    b.site_hash = 8;
    assert_false(series_apart(&a, &b));
    a.site_hash = b.site_hash = 0;
    assert_false(series_apart(&a, &b));
    a.site_hash = b.site_hash = 7;
    b.published = FLONG_NO_DATE;
    assert_false(series_apart(&a, &b)); /* the same title, and as far as we know the same day */
    b = mark_of("It is so", 7, NOON + 9 * DAY);
    assert_false(series_apart(&a, &b)); /* no words */
}

/* ---- verdicts ------------------------------------------------------------------------------ */

/* Sketches of one term with weight 1 and another one whose weight makes the cosine what is asked for. */
static sketch sketch_of(uint32_t own_hash, double shared, const char *title, uint64_t site,
                        int64_t published) {
    sketch s = {.mark = mark_of(title, site, published)};
    memset(s.story.hashes, 0xFF, sizeof s.story.hashes);
    s.story.n = 2;
    s.story.hashes[0] = 5;
    s.story.hashes[1] = own_hash;
    s.story.weights[0] = (uint16_t)(STORY_UNIT * shared);
    s.story.weights[1] =
        (uint16_t)(STORY_UNIT * (1 - shared)); /* not of unit length: only products count here */
    return s;
}

static void verdicts_follow_similarity_and_time(void **state) {
    (void)state;
    flong_params params;
    flong_params_default(&params);
    sketch a = sketch_of(10, .9, "", 1, NOON), b = sketch_of(20, .9, "", 2, NOON);
    double same = relate_similarity(&a, &b), rewrite = params.rewrite_similarity,
           related = params.related_similarity;
    assert_in_range((int)(same * 1000), 808, 811);
    assert_true(relate_similarity(&b, &a) == same);
    assert_int_equal(relate_verdict(&a, &b, rewrite, &params), FLONG_RELATION_REWRITE);
    assert_int_equal(relate_verdict(&a, &b, rewrite - .0001, &params), FLONG_RELATION_RELATED);
    assert_int_equal(relate_verdict(&a, &b, related, &params), FLONG_RELATION_RELATED);
    assert_int_equal(relate_verdict(&a, &b, related - .0001, &params), FLONG_RELATION_NONE);
    b.mark.site_hash = 1; /* a desk does not rewrite itself */
    assert_int_equal(relate_verdict(&a, &b, same, &params), FLONG_RELATION_RELATED);
    b.mark.site_hash = 2;
    b.mark.published = NOON + DAY; /* more is asked for with every day */
    assert_true(relate_similarity(&a, &b) < same);
    assert_int_equal(relate_verdict(&a, &b, rewrite + .0999, &params), FLONG_RELATION_RELATED);
    assert_int_equal(relate_verdict(&a, &b, rewrite + .1001, &params), FLONG_RELATION_REWRITE);
    b.mark.published = NOON - 7 * DAY;
    assert_int_equal(relate_verdict(&a, &b, related + .1399, &params), FLONG_RELATION_NONE);
    assert_int_equal(relate_verdict(&a, &b, related + .1401, &params), FLONG_RELATION_RELATED);
    b.mark.published = NOON - 7 * DAY - 1; /* beyond the window */
    assert_int_equal(relate_verdict(&a, &b, same, &params), FLONG_RELATION_NONE);
    b.mark.published = FLONG_NO_DATE;
    assert_int_equal(relate_verdict(&a, &b, rewrite, &params), FLONG_RELATION_REWRITE);
}

/* The words of both headlines have to be told by the other, two of five at least. */
static void a_rewrite_tells_what_the_headline_says(void **state) {
    (void)state;
    flong_params params;
    flong_params_default(&params);
    sketch a = sketch_of(10, .9, "", 1, NOON), b = sketch_of(20, .9, "", 2, NOON);
    a.mark.title = (title_words){.n = 5, .hashes = {1, 2, 3, 5, 20}};
    assert_int_equal(relate_verdict(&a, &b, .9, &params), FLONG_RELATION_REWRITE);
    assert_int_equal(relate_verdict(&b, &a, .9, &params), FLONG_RELATION_REWRITE);
    a.mark.title = (title_words){.n = 5, .hashes = {1, 2, 3, 5, 19}};
    assert_int_equal(relate_verdict(&a, &b, .9, &params), FLONG_RELATION_RELATED);
    assert_int_equal(relate_verdict(&b, &a, .9, &params), FLONG_RELATION_RELATED);
}

static void a_series_is_alike_and_no_story(void **state) {
    (void)state;
    flong_params params;
    flong_params_default(&params);
    sketch a = sketch_of(10, .9, "Around the town with Tom", 1, NOON),
           b = sketch_of(20, .9, "Around the town with Tom", 1, NOON + 6 * DAY);
    double similarity = relate_similarity(&a, &b);
    assert_true(similarity > .2 && similarity < .25); /* an edge between stories begins there */
    assert_int_equal(relate_verdict(&a, &b, .9, &params), FLONG_RELATION_NONE);
    b = sketch_of(20, .1, "Around the town with Tom", 1, NOON + 6 * DAY);
    assert_true(relate_similarity(&a, &b) < similarity); /* never more than it was */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_titles_are_counted),
        cmocka_unit_test(long_titles_are_cut),
        cmocka_unit_test(dates_have_gaps),
        cmocka_unit_test(one_site_tells_again_within_two_days),
        cmocka_unit_test(the_same_title_again_is_a_series),
        cmocka_unit_test(other_numbers_are_a_series),
        cmocka_unit_test(without_site_title_or_date_nothing_is_a_series),
        cmocka_unit_test(verdicts_follow_similarity_and_time),
        cmocka_unit_test(a_rewrite_tells_what_the_headline_says),
        cmocka_unit_test(a_series_is_alike_and_no_story),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
