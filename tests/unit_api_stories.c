/* Stories through the public interface: who tells what again, and what becomes of stories as articles come and go. */
#include "support.h"

#include <inttypes.h>
#include <unistd.h>

static flong_error error;

enum { DAY = 86400, NOON = 1700000000 };

static bool is_str(flong_str s, const char *string) {
    return s.n == strlen(string) && memcmp(s.p, string, s.n) == 0;
}

static void assert_story(flong_index *index, const char *id, const char *wanted) {
    char story_id[64];
    index_story_id(story_id, index, id);
    assert_string_equal(story_id, wanted);
}

static flong_index *index_of(const records *all) {
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, all, 0, all->n, 1);
    return index;
}

/* Adds so many articles on other events that what was added before stands in a closed batch. */
static void close_batch(flong_index *index) {
    static records filling;
    if (filling.n == 0) records_news(&filling, 77, 4200);
    index_add(index, &filling, 0, filling.n, 0);
}

static void remove_id(flong_index *index, const char *id) {
    size_t removed;
    flong_str one = str_of(id);
    assert_ok(flong_index_remove(index, &removed, &one, 1, &error), &error);
    assert_int_equal(removed, 1);
    assert_whole(index);
}

/* ---- tellings ------------------------------------------------------------------------------ */

/* Two events of three tellings each, one of which was copied, and one that nobody tells again. */
static void events_add(records *all) {
    records_tell(all, "fire1", 1, 1, NOON);
    records_tell(all, "vote1", 2, 2, NOON + 100);
    records_tell(all, "fire2", 1, 3, NOON + 200);
    records_tell(all, "alone", 3, 1, NOON + 300);
    records_tell(all, "fire3", 1, 4, NOON + 400);
    records_tell(all, "vote2", 2, 5, NOON + 500);
    records_tell(all, "copy2", 1, 3, NOON + 600);
    records_tell(all, "vote3", 2, 6, NOON + 700);
}

typedef struct told {
    char of[64];
    flong_score score;
} told;

typedef struct wanted {
    const char *id;
    told *out;
} wanted;

static int told_take(void *context, const flong_article *a) {
    const wanted *w = context;
    if (!is_str(a->record.id, w->id)) return 0;
    snprintf(w->out->of, sizeof w->out->of, "%.*s", (int)a->of.n, a->of.n ? a->of.p : "");
    w->out->score = a->score;
    return 0;
}

static told told_of(flong_index *index, const char *id) {
    told out = {{0}, {0}};
    wanted w = {id, &out};
    assert_ok(flong_index_articles(index, told_take, &w, &error), &error);
    return out;
}

static void tellings_of_an_event_are_one_story(void **state) {
    (void)state;
    records all = {0};
    events_add(&all);
    flong_index *index = index_of(&all);
    for (size_t i = 0; i < all.n; i++) {
        char id[16], text_id[64];
        snprintf(id, sizeof id, "%.*s", (int)all.list[i].id.n, all.list[i].id.p);
        assert_story(index, id,
                     strstr("fire1fire2fire3copy2", id) ? "fire1"
                     : id[0] == 'v'                     ? "vote1"
                                                        : "alone");
        index_text_id(text_id, index, id); /* a rewrite is no reprint */
        assert_string_equal(text_id, strcmp(id, "copy2") == 0 ? "fire2" : id);
    }
    flong_info info = info_of(index);
    assert_int_equal(info.stories, 2);
    assert_int_equal(info.text_groups, 1);
    assert_whole(index);
    flong_index_close(index);
    records_free(&all);
}

static void a_telling_repeats_an_earlier_one(void **state) {
    (void)state;
    records all = {0};
    events_add(&all);
    flong_index *index = index_of(&all);
    assert_int_equal(told_of(index, "fire1").score.relation, FLONG_RELATION_ORIGINAL);
    assert_int_equal(told_of(index, "alone").score.relation, FLONG_RELATION_SINGLE);
    told copy = told_of(index, "copy2"), second = told_of(index, "fire2");
    assert_int_equal(copy.score.relation, FLONG_RELATION_IDENTICAL);
    assert_string_equal(copy.of, "fire2");
    assert_string_equal(second.of, "fire1");
    assert_true(second.score.relation == FLONG_RELATION_REWRITE ||
                second.score.relation == FLONG_RELATION_RELATED);
    assert_true(second.score.similarity >= .3 && second.score.similarity < 1);
    assert_true(second.score.jaccard == 0 && second.score.longest_run == 0);
    told third = told_of(index, "vote3");
    assert_true(strcmp(third.of, "vote1") == 0 || strcmp(third.of, "vote2") == 0);
    flong_index_close(index);
    records_free(&all);
}

/* The first telling is the one published first, not the one that arrived first. */
static void the_first_telling_is_the_earliest(void **state) {
    (void)state;
    records all = {0};
    records_tell(&all, "undated", 1, 1, FLONG_NO_DATE);
    records_tell(&all, "late", 1, 2, NOON + 900);
    records_tell(&all, "early", 1, 3, NOON);
    flong_index *index = index_of(&all);
    assert_story(index, "early", "undated");
    assert_int_equal(told_of(index, "early").score.relation, FLONG_RELATION_ORIGINAL);
    assert_string_equal(told_of(index, "late").of, "early");
    assert_true(strlen(told_of(index, "undated").of) > 0);
    flong_index_close(index);
    records_free(&all);
}

/* What lies further apart than the window makes no pair; a rewrite comes within two days. */
static void the_window_bounds_pairs(void **state) {
    (void)state;
    records all = {0};
    records_tell(&all, "now", 1, 1, NOON);
    records_tell(&all, "later", 1, 2, NOON + 3 * DAY);
    records_tell(&all, "much later", 1, 3, NOON + 30 * DAY);
    flong_params params;
    flong_params_default(&params);
    params.rewrite_similarity = params.related_similarity = .2;
    flong_index *index;
    assert_ok(flong_index_open(&index, NULL, FLONG_OPEN_WRITE, &params, &error), &error);
    index_add(index, &all, 0, all.n, 1);
    assert_int_equal(info_of(index).pairs, 1);
    assert_int_equal(told_of(index, "later").score.relation, FLONG_RELATION_RELATED);
    flong_index_close(index);
    all.list[1].published = NOON + DAY;
    assert_ok(flong_index_open(&index, NULL, FLONG_OPEN_WRITE, &params, &error), &error);
    index_add(index, &all, 0, all.n, 1);
    assert_int_equal(told_of(index, "later").score.relation, FLONG_RELATION_REWRITE);
    flong_index_close(index);
    records_free(&all);
}

/* One site's column, week after week about the same names, is no story. */
static void a_column_is_no_story(void **state) {
    (void)state;
    records all = {0};
    for (unsigned week = 0; week < 6; week++) {
        text body = {0};
        char id[16];
        snprintf(id, sizeof id, "week%u", week);
        text_telling(NULL, &body, 4, week);
        records_add(&all, id, "paper.example", "Around the town with Old Tom", body.p, NOON + week * 7 * DAY);
        text_free(&body);
    }
    flong_index *index = index_of(&all);
    assert_int_equal(info_of(index).stories, 0);
    assert_int_equal(info_of(index).pairs, 0);
    flong_index_close(index);
    /* The same in one evening's papers is. */
    for (size_t i = 0; i < all.n; i++) all.list[i].published = NOON, all.list[i].site.n = 0;
    index = index_of(&all);
    assert_int_equal(info_of(index).stories, 1);
    assert_whole(index);
    flong_index_close(index);
    records_free(&all);
}

/* ---- the same, however it is added --------------------------------------------------------- */

static uint64_t event_of(flong_str id) { return id.n ? strtoull(id.p + 1, NULL, 10) : 0; }

typedef struct counts {
    size_t articles, together, originals;
} counts;

static int article_count(void *context, const flong_article *a) {
    counts *c = context;
    assert_int_equal(event_of(a->record.id), event_of(a->story_id));
    assert_int_equal(event_of(a->record.id), event_of(a->text_id));
    c->articles++;
    c->together +=
        a->story_id.n != a->record.id.n || memcmp(a->story_id.p, a->record.id.p, a->record.id.n) != 0;
    c->originals += a->score.relation == FLONG_RELATION_ORIGINAL;
    assert_true(a->score.relation != FLONG_RELATION_ORIGINAL || a->of.n == 0);
    assert_true(a->of.n == 0 || event_of(a->of) == event_of(a->record.id));
    return 0;
}

static int story_count(void *context, const flong_story *s) {
    size_t *n = context;
    assert_true(s->texts <= s->articles && s->independent <= s->texts && s->independent <= s->sites);
    assert_true(s->first_seen <= s->last_seen && s->weakest > 0 && s->weakest <= 1);
    *n += 1;
    return 0;
}

static void news_falls_into_its_events(void **state) {
    (void)state;
    records all = {0};
    counts c = {0};
    size_t n_stories = 0;
    records_news(&all, 5, 800);
    flong_index *index = index_of(&all);
    assert_ok(flong_index_articles(index, article_count, &c, &error), &error);
    assert_int_equal(c.articles, all.n);
    assert_in_range(all.n - c.together, 100, 106); /* some 103 events */
    assert_ok(flong_index_stories(index, NULL, story_count, &n_stories, &error), &error);
    assert_int_equal(n_stories, c.originals); /* each has one first telling */
    assert_whole(index);
    flong_index_close(index);
    records_free(&all);
}

static void calls_and_threads_do_not_matter(void **state) {
    (void)state;
    static const size_t splits[] = {1, 7, 100, 101, 4096, 4500, 5000};
    records all = {0};
    text whole = {0};
    records_news(&all, 6, 5000);
    index_print_whole(&whole, &all, 1);
    for (unsigned threads = 1; threads <= 4; threads *= 2) {
        text is = {0};
        flong_index *index = index_open(index_file("calls"), FLONG_OPEN_WRITE);
        for (size_t k = 0, at = 0; at < all.n; at = splits[k++])
            index_add(index, &all, at, splits[k], threads);
        index_print(&is, index);
        assert_same_text(&whole, &is);
        assert_whole(index);
        flong_index_close(index);
        text_free(&is);
    }
    text_free(&whole);
    records_free(&all);
}

static void regrouping_keeps_stories(void **state) {
    (void)state;
    records all = {0};
    text before = {0}, after = {0};
    const char *path = index_file("regroup");
    records_news(&all, 8, 600);
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 1);
    index_print(&before, index);
    flong_index_close(index);
    assert_ok(flong_index_regroup(path, NULL, NULL, &error), &error);
    index = index_open(path, FLONG_OPEN_READ);
    index_print(&after, index);
    assert_same_text(&before, &after);
    assert_whole(index);
    flong_index_close(index);
    text_free(&before), text_free(&after);
    records_free(&all);
}

/* ---- articles that go ---------------------------------------------------------------------- */

static void another_copy_takes_the_place_of_the_first(void **state) {
    (void)state;
    for (int closed = 0; closed < 2; closed++) {
        records all = {0};
        events_add(&all);
        flong_index *index = index_open(index_file("first"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n, 1);
        if (closed) close_batch(index);
        remove_id(index, "fire2");
        assert_story(index, "copy2", "fire1");
        assert_story(index, "fire3", "fire1");
        remove_id(index, "fire1");
        assert_story(index, "fire3", "fire3");
        assert_story(index, "copy2", "fire3");
        assert_story(index, "vote3", "vote1");
        flong_index_close(index);
        records_free(&all);
    }
}

/* The copy that stays is still found by those who tell it again. */
static void the_next_telling_finds_the_copy(void **state) {
    (void)state;
    for (int closed = 0; closed < 2; closed++) {
        records all = {0};
        records_tell(&all, "first", 1, 1, NOON);
        records_tell(&all, "copy", 1, 1, NOON + 100);
        records_tell(&all, "next", 1, 2, NOON + 200);
        flong_index *index = index_open(index_file("next"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, 2, 1);
        if (closed) close_batch(index);
        remove_id(index, "first");
        index_add(index, &all, 2, 3, 1);
        assert_whole(index);
        assert_story(index, "next", "copy");
        assert_string_equal(told_of(index, "next").of, "copy");
        flong_index_close(index);
        records_free(&all);
    }
}

static void a_story_goes_with_its_tellings(void **state) {
    (void)state;
    static const char *const ids[] = {"fire2", "copy2", "fire3", "fire1"};
    for (int closed = 0; closed < 2; closed++) {
        records all = {0};
        events_add(&all);
        flong_index *index = index_open(index_file("goes"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n, 1);
        if (closed) close_batch(index);
        uint64_t stories = info_of(index).stories;
        for (size_t i = 0; i < 4; i++) {
            remove_id(index, ids[i]);
            assert_int_equal(info_of(index).stories,
                             i < 2 ? stories : stories - 1); /* one telling is no story */
        }
        assert_story(index, "fire1", "");
        flong_index_close(index);
        records_free(&all);
    }
}

static void all_orders_of_removing_leave_the_index_whole(void **state) {
    (void)state;
    records all = {0};
    records_news(&all, 9, 120);
    for (size_t round = 0; round < rounds(8); round++) {
        rng r = {round};
        flong_index *index = index_open(index_file("orders"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n, 1);
        if (round % 2) close_batch(index);
        for (size_t n = 0; n < 24; n++) {
            flong_str ids[5];
            counts c = {0};
            for (size_t i = 0; i < 5; i++) ids[i] = all.list[rng_below(&r, all.n)].id;
            assert_ok(flong_index_remove(index, NULL, ids, 5, &error), &error);
            assert_whole(index);
            assert_ok(flong_index_articles(index, article_count, &c, &error), &error);
            if (n % 6 == 5) index_add(index, &all, 10, 40, 1); /* some come back, some are replaced */
        }
        assert_whole(index);
        flong_index_close(index);
    }
    records_free(&all);
}

static void a_new_version_may_tell_something_else(void **state) {
    (void)state;
    for (int closed = 0; closed < 2; closed++) {
        records all = {0};
        events_add(&all);
        records_tell(&all, "fire1", 2, 7, NOON + 800); /* it tells of the vote now */
        flong_index *index = index_open(index_file("version"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n - 1, 1);
        if (closed) close_batch(index);
        index_add(index, &all, all.n - 1, all.n, 1);
        assert_whole(index);
        assert_story(index, "fire1", "vote1");
        assert_story(index, "copy2", "fire2");
        assert_story(index, "fire3", "fire2");
        assert_int_equal(told_of(index, "fire2").score.relation, FLONG_RELATION_ORIGINAL);
        flong_index_close(index);
        records_free(&all);
    }
}

/* ---- matching ------------------------------------------------------------------------------ */

/* Matches or pairs of one article, a line each. */
typedef struct lines {
    flong_str id;
    char line[64][512];
    size_t n;
} lines;

static void line_add(lines *l, flong_str other, const flong_score *s, flong_str terms) {
    assert_true(l->n < 64);
    snprintf(l->line[l->n++], sizeof *l->line, "%.*s %s %.17g %.17g [%.*s]", (int)other.n, other.p,
             flong_relation_name(s->relation), s->jaccard, s->similarity, (int)terms.n,
             terms.n ? terms.p : "");
}

static int match_take(void *context, const flong_match *m) {
    line_add(context, m->record.id, &m->score, m->terms);
    return 0;
}

static int pair_take(void *context, const flong_pair *p) {
    lines *l = context;
    bool is_a = p->a.n == l->id.n && memcmp(p->a.p, l->id.p, l->id.n) == 0;
    bool is_b = p->b.n == l->id.n && memcmp(p->b.p, l->id.p, l->id.n) == 0;
    if (is_a || is_b) line_add(l, is_a ? p->b : p->a, &p->score, p->terms);
    return 0;
}

static int line_compare(const void *a, const void *b) { return strcmp(a, b); }

static void assert_same_lines(lines *a, lines *b) {
    qsort(a->line, a->n, sizeof *a->line, line_compare);
    qsort(b->line, b->n, sizeof *b->line, line_compare);
    for (size_t i = 0; i < a->n && i < b->n; i++) assert_string_equal(a->line[i], b->line[i]);
    assert_int_equal(a->n, b->n);
}

static void an_indexed_article_matches_its_pairs(void **state) {
    (void)state;
    records all = {0};
    records_news(&all, 10, 300);
    flong_index *index = index_of(&all);
    size_t with_terms = 0;
    for (size_t i = 0; i < all.n; i += 5) {
        lines matches = {.n = 0}, pairs = {.id = all.list[i].id};
        assert_ok(flong_index_match(index, &all.list[i], match_take, &matches, &error), &error);
        assert_ok(flong_index_pairs(index, pair_take, &pairs, &error), &error);
        for (size_t k = 0; k < pairs.n; k++) with_terms += strstr(pairs.line[k], "[]") == NULL;
        assert_same_lines(&pairs, &matches);
    }
    assert_true(with_terms > 50);
    flong_index_close(index);
    records_free(&all);
}

static void a_new_article_matches_what_it_rewrites(void **state) {
    (void)state;
    records all = {0};
    events_add(&all);
    records_tell(&all, "query", 1, 8, NOON + 900);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n - 1, 1);
    const flong_record *query = &all.list[all.n - 1];
    lines matches = {.n = 0};
    assert_ok(flong_index_match(index, query, match_take, &matches, &error), &error);
    assert_in_range(matches.n, 2, 3); /* at most one of each text group of that story */
    for (size_t i = 0; i < matches.n; i++) {
        assert_true(strncmp(matches.line[i], "fire", 4) == 0);
        assert_true(strstr(matches.line[i], " rewrite ") || strstr(matches.line[i], " related "));
        assert_null(strstr(matches.line[i], "[]"));
    }
    assert_int_equal(info_of(index).articles, all.n - 1);
    flong_index_close(index);
    records_free(&all);
}

/* Before it is added an article matches what it is paired with then; a copy also what tells its text again. */
static void a_match_is_what_adding_would_tell(void **state) {
    (void)state;
    enum { KNOWN = 200, NEW = 40 };
    records all = {0};
    size_t n_firsts = 0, n_copies = 0;
    records_news(&all, 12, KNOWN + NEW);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, KNOWN, 1);
    for (size_t i = KNOWN; i < all.n; i++) {
        lines before = {.n = 0}, after = {.n = 0};
        char id[64], text_id[64];
        assert_ok(flong_index_match(index, &all.list[i], match_take, &before, &error), &error);
        index_add(index, &all, i, i + 1, 1);
        assert_ok(flong_index_match(index, &all.list[i], match_take, &after, &error), &error);
        snprintf(id, sizeof id, "%.*s", (int)all.list[i].id.n, all.list[i].id.p);
        index_text_id(text_id, index, id);
        bool is_first = strcmp(id, text_id) == 0;
        *(is_first ? &n_firsts : &n_copies) += after.n > 0;
        assert_true(is_first ? before.n == after.n : before.n >= after.n);
        for (size_t k = 0; k < after.n; k++) { /* in what order, may depend on how rare terms are now */
            size_t n_id = strcspn(after.line[k], " ") + 1, same = 0;
            for (size_t m = 0; m < before.n; m++) same += strncmp(before.line[m], after.line[k], n_id) == 0;
            assert_int_equal(same, 1);
        }
    }
    assert_true(n_firsts > 5 && n_copies > 5);
    flong_index_close(index);
    records_free(&all);
}

/* ---- listing ------------------------------------------------------------------------------- */

typedef struct listed {
    text ids;
    unsigned stop_at, n;
} listed;

static int story_list(void *context, const flong_story *s) {
    listed *l = context;
    text_print(&l->ids, "%.*s ", (int)s->id.n, s->id.p);
    return ++l->n == l->stop_at;
}

static void assert_listed(flong_index *index, const flong_story_options *options, const char *wanted_ids) {
    listed l = {.n = 0};
    assert_ok(flong_index_stories(index, options, story_list, &l, &error), &error);
    assert_string_equal(l.ids.n ? l.ids.p : "", wanted_ids);
    text_free(&l.ids);
}

/* Of event 1 four articles of two sites, of event 2 three of three sites, of event 3 two without dates or sites. */
static flong_index *listing_index(void) {
    records all = {0};
    text body = {0};
    records_tell(&all, "a1", 1, 1, NOON);
    records_tell(&all, "b1", 2, 2, NOON + DAY);
    records_tell(&all, "a2", 1, 2, NOON + 100);
    records_tell(&all, "a3", 1, 2, NOON + 150);
    records_tell(&all, "a4", 1, 1, NOON + 200);
    records_tell(&all, "b2", 2, 3, NOON + DAY);
    records_tell(&all, "b3", 2, 4, NOON + 2 * DAY);
    for (uint64_t teller = 1; teller < 3; teller++) {
        body.n = 0;
        text_telling(NULL, &body, 3, teller);
        records_add(&all, teller == 1 ? "c1" : "c2", "", "", body.p, FLONG_NO_DATE);
    }
    records_tell(&all, "alone", 4, 9, NOON + 50 * DAY);
    flong_index *index = index_of(&all);
    text_free(&body);
    records_free(&all);
    return index;
}

static void stories_are_sorted_and_chosen(void **state) {
    (void)state;
    flong_index *index = listing_index();
    assert_listed(index, NULL, "a1 b1 c1 ");
    flong_story_options o = {.size = sizeof o, .since = FLONG_NO_DATE, .min_size = 2};
    assert_listed(index, &o, "a1 b1 c1 ");
    o.sort = FLONG_SORT_DATE;
    assert_listed(index, &o, "b1 a1 c1 ");
    o.sort = FLONG_SORT_SITES;
    assert_listed(index, &o, "b1 a1 c1 ");
    o.sort = FLONG_SORT_SIZE;
    o.min_size = 3;
    assert_listed(index, &o, "a1 b1 ");
    o.min_size = 1;
    assert_listed(index, &o, "a1 b1 c1 alone ");
    o.min_size = 2;
    o.since = NOON + 2 * DAY; /* one article then is enough */
    assert_listed(index, &o, "b1 ");
    o.since = NOON + 2 * DAY + 1;
    assert_listed(index, &o, "");
    o.since = FLONG_NO_DATE;
    o.site = str_of("www.paper2.example");
    assert_listed(index, &o, "a1 b1 ");
    o.site = str_of("paper9.example");
    assert_listed(index, &o, "");
    o.site = str_of("nowhere.example");
    assert_listed(index, &o, "");
    o.site = str_of("");
    o.sort = (flong_sort)3;
    assert_status(flong_index_stories(index, &o, story_list, NULL, &error), FLONG_ARG, &error);
    flong_index_close(index);
}

static int first_story(void *context, const flong_story *s) {
    assert_true(is_str(s->id, "a1"));
    assert_int_equal(s->articles, 4);
    assert_int_equal(s->texts, 2);
    assert_int_equal(s->sites, 2);
    assert_int_equal(s->independent, 2);
    assert_int_equal(s->first_seen, NOON);
    assert_int_equal(s->last_seen, NOON + 200);
    assert_true(s->title.n > 10 && s->weakest > .5 && s->weakest < 1);
    assert_int_equal(s->n_agencies, 0);
    ++*(int *)context;
    return 1;
}

static void a_story_is_told_and_listing_stops(void **state) {
    (void)state;
    int calls = 0;
    flong_index *index = listing_index();
    assert_status(flong_index_stories(index, NULL, first_story, &calls, &error), FLONG_STOPPED, &error);
    assert_int_equal(calls, 1);
    struct {
        size_t size;
        flong_sort sort;
        char after[64]; /* not known to that caller */
    } old;
    memset(&old, 0xFF, sizeof old);
    old.size = offsetof(flong_story_options, since);
    old.sort = FLONG_SORT_DATE;
    assert_listed(index, (const flong_story_options *)(const void *)&old, "b1 a1 c1 ");
    flong_index_close(index);
}

static int keep_take(void *context, uint64_t number, uint64_t kept) {
    text_print(context, "%" PRIu64 ">%" PRIu64 " ", number, kept);
    return 0;
}

static void assert_kept(flong_index *index, unsigned rule, const char *wanted_text) {
    text is = {0};
    assert_ok(flong_index_keep(index, rule, keep_take, &is, &error), &error);
    assert_string_equal(is.p, wanted_text);
    text_free(&is);
}

static void levels_keep_less_and_less(void **state) {
    (void)state;
    records all = {0};
    text edited = {0};
    records_tell(&all, "0", 1, 1, NOON);
    records_tell(&all, "1", 1, 1, NOON + 100); /* identical */
    text_telling(NULL, &edited, 1, 1);
    text_sentence(&edited, 5000, 0);
    records_add(&all, "2", "paper5.example", "", edited.p, NOON + 200); /* a reprint */
    records_tell(&all, "3", 1, 2, NOON + 300);                          /* within two days */
    records_tell(&all, "4", 1, 3, NOON + 4 * DAY);                      /* related at most */
    records_tell(&all, "5", 2, 3, NOON);
    flong_params params;
    flong_params_default(&params);
    params.rewrite_similarity = params.related_similarity = .2;
    flong_index *index;
    assert_ok(flong_index_open(&index, NULL, FLONG_OPEN_WRITE, &params, &error), &error);
    index_add(index, &all, 0, all.n, 1);
    assert_kept(index, FLONG_KEEP_FIRST | FLONG_LEVEL_IDENTICAL, "0>0 1>0 2>2 3>3 4>4 5>5 ");
    assert_kept(index, FLONG_KEEP_FIRST | FLONG_LEVEL_REPRINT, "0>0 1>0 2>0 3>3 4>4 5>5 ");
    assert_kept(index, FLONG_KEEP_FIRST | FLONG_LEVEL_REWRITE, "0>0 1>0 2>0 3>0 4>4 5>5 ");
    assert_kept(index, FLONG_KEEP_FIRST | FLONG_LEVEL_STORY, "0>0 1>0 2>0 3>0 4>0 5>5 ");
    assert_kept(index, FLONG_KEEP_EARLIEST | FLONG_LEVEL_STORY, "0>0 1>0 2>0 3>0 4>0 5>5 ");
    text is = {0};
    assert_ok(flong_index_keep(index, FLONG_KEEP_LONGEST | FLONG_LEVEL_STORY, keep_take, &is, &error),
              &error);
    assert_memory_equal(is.p, "0>2 1>2 2>2", 11);
    flong_index_close(index);
    text_free(&edited), text_free(&is);
    records_free(&all);
}

/* ---- what nobody writes -------------------------------------------------------------------- */

static void odd_articles_do_no_harm(void **state) {
    (void)state;
    records all = {0};
    text names = {0}, numbers = {0}, title = {0}, word = {0};
    for (unsigned i = 0; i < 10000; i++) {
        size_t at = names.n;
        text_word(&names, 1000 + i);
        names.p[at] = (char)(names.p[at] - 'a' + 'A');
        text_add(&names, i % 40 ? " " : "\n", 1);
        text_print(&numbers, "%u ", 1000003 * i % 900001);
    }
    while (title.n < 1000000) text_print(&title, "Very Long Title %zu ", title.n);
    while (word.n < 100000) text_add(&word, "X", 1);
    for (unsigned i = 0; i < 8; i++) { /* each twice, so that they meet */
        static const char *const ids[] = {"names", "names2", "numbers", "numbers2",
                                          "title", "title2", "word",    "word2"};
        const text *body = i < 2 ? &names : i < 4 ? &numbers : i < 6 ? NULL : &word;
        records_add(&all, ids[i], i % 2 ? "a.example" : "b.example", i / 2 == 2 ? title.p : "",
                    body ? body->p : "", i % 4 ? INT64_MAX : INT64_MIN + 1);
    }
    events_add(&all);
    flong_index *index = index_of(&all);
    assert_whole(index);
    assert_story(index, "fire3", "fire1");
    for (size_t i = 0; i < 8; i++) {
        lines matches = {.n = 0};
        flong_record query = all.list[i];
        query.id = str_of("query");
        assert_ok(flong_index_match(index, &query, match_take, &matches, &error), &error);
        assert_true(matches.n > 0);
    }
    text out = {0};
    index_print_texts(&out, index);
    listed l = {.n = 0};
    assert_ok(flong_index_stories(index, NULL, story_list, &l, &error), &error);
    assert_true(l.n >= 2);
    text_free(&l.ids);
    flong_index_close(index);
    text_free(&names), text_free(&numbers), text_free(&title), text_free(&word), text_free(&out);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tellings_of_an_event_are_one_story),
        cmocka_unit_test(a_telling_repeats_an_earlier_one),
        cmocka_unit_test(the_first_telling_is_the_earliest),
        cmocka_unit_test(the_window_bounds_pairs),
        cmocka_unit_test(a_column_is_no_story),
        cmocka_unit_test(news_falls_into_its_events),
        cmocka_unit_test(calls_and_threads_do_not_matter),
        cmocka_unit_test(regrouping_keeps_stories),
        cmocka_unit_test(another_copy_takes_the_place_of_the_first),
        cmocka_unit_test(the_next_telling_finds_the_copy),
        cmocka_unit_test(a_story_goes_with_its_tellings),
        cmocka_unit_test(all_orders_of_removing_leave_the_index_whole),
        cmocka_unit_test(a_new_version_may_tell_something_else),
        cmocka_unit_test(an_indexed_article_matches_its_pairs),
        cmocka_unit_test(a_new_article_matches_what_it_rewrites),
        cmocka_unit_test(a_match_is_what_adding_would_tell),
        cmocka_unit_test(stories_are_sorted_and_chosen),
        cmocka_unit_test(a_story_is_told_and_listing_stops),
        cmocka_unit_test(levels_keep_less_and_less),
        cmocka_unit_test(odd_articles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
