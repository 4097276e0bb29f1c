/* Stories in an index: where text groups are placed, what is written of it, and what became of numbers
 * (flow/storying.h). */
#include "support.h"

#include <stdatomic.h>
#include <unistd.h>

#include "base/memory.h"
#include "flow/storying.h"
#include "index/sqlite.h"
#include "index/undo.h"

static flong_error error;

enum { TEXTS = 160, THREADS = 3 };

/* An invented world: how alike any two text groups are. */
typedef struct world {
    double similarity[TEXTS][TEXTS];
    bool gone[TEXTS]; /* must not be asked for */
    bool ready[TEXTS];
    size_t readied, fail_at;
    atomic_size_t asked;
} world;

static world w;

static void world_set(double similarity) {
    w = (world){.fail_at = SIZE_MAX};
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t j = 0; j < TEXTS; j++) w.similarity[i][j] = similarity;
}

static void alike(size_t i, size_t j, double similarity) {
    w.similarity[i][j] = w.similarity[j][i] = similarity;
}

/* The text groups [first, end) are as alike as that among themselves. */
static void alike_all(size_t first, size_t end, double similarity) {
    for (size_t i = first; i < end; i++)
        for (size_t j = first; j < end; j++) alike(i, j, similarity);
}

static flong_status world_ready(void *context, uint64_t text_no, flong_error *e) {
    world *in = context;
    assert_true(text_no < TEXTS && !in->gone[text_no]);
    in->ready[text_no] = true;
    return in->readied++ == in->fail_at ? error_set(e, FLONG_STOPPED, "stopped") : FLONG_OK;
}

/* Runs on several threads, where cmocka cannot be told what is wrong. */
static void world_compare(void *context, unsigned worker, double *similarity, uint64_t text_no,
                          const uint64_t *others, size_t n) {
    world *in = context;
    in->asked += n;
    if (worker >= THREADS || !in->ready[text_no] || n == 0) abort();
    for (size_t i = 0; i < n; i++) {
        if (others[i] == text_no || !in->ready[others[i]]) abort();
        similarity[i] = in->similarity[text_no][others[i]];
    }
}

static const storying_scores world_scores = {&w, world_ready, world_compare};

/* An index that only stories are written to. */
typedef struct telling_index {
    store *store;
    storying *storying;
} telling_index;

static telling_index index_new(void) {
    telling_index made;
    assert_ok(store_open(&made.store, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    assert_ok(store_begin(made.store, &error), &error);
    made.storying = storying_new(made.store);
    assert_non_null(made.storying);
    return made;
}

static void index_free(telling_index *index) {
    storying_free(index->storying);
    store_rollback(index->store);
    store_close(index->store);
}

/* A text group, of which all earlier ones that are there are candidates. */
static storying_newcomer newcomer_of(storying_candidate *candidates, uint64_t no) {
    size_t n = 0;
    for (uint64_t i = 0; i < no; i++)
        if (!w.gone[i]) candidates[n++] = (storying_candidate){i, w.similarity[no][i]};
    return (storying_newcomer){no, candidates, n};
}

static flong_status try_place(storying *s, uint64_t no) {
    storying_candidate candidates[TEXTS];
    storying_newcomer newcomer = newcomer_of(candidates, no);
    memset(w.ready, 0, sizeof w.ready);
    return storying_place(s, &newcomer, &world_scores, &error);
}

static void place(storying *s, uint64_t no) { assert_ok(try_place(s, no), &error); }

static void place_all(storying *s, uint64_t first, uint64_t end) {
    for (uint64_t i = first; i < end; i++) place(s, i);
}

static uint64_t story_of(storying *s, uint64_t no) {
    uint64_t story_no;
    assert_ok(storying_of(s, &story_no, no, &error), &error);
    return story_no;
}

/* The text groups [first, end) are one story of that number. */
static void assert_story(storying *s, uint64_t first, uint64_t end, uint64_t number) {
    for (uint64_t i = first; i < end; i++) assert_int_equal(story_of(s, i), number);
}

static void tables_print(text *out, store *s) {
    static const char *const queries[] = {
        "SELECT 'story ' || no || ' ' || size || ' ' || printf('%.5f', weakest) FROM story_row ORDER BY no",
        "SELECT 'telling ' || text_no || ' ' || story_no FROM telling ORDER BY text_no",
        "SELECT kind || ' ' || text_no || ' ' || into_no || ' at ' || at_no FROM event_row ORDER BY seq"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        sqlite3_stmt *rows;
        assert_int_equal(sqlite3_prepare_v2(s->db, queries[i], -1, &rows, NULL), SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW) text_print(out, "%s\n", sqlite3_column_text(rows, 0));
        sqlite3_finalize(rows);
    }
}

/* Writes, and compares the tables with what they should be; then forgets, so that what follows is read from them. */
static void assert_tables(telling_index *index, const char *wanted) {
    text is = {0}, should = {0};
    assert_ok(storying_write(index->storying, &error), &error);
    tables_print(&is, index->store);
    text_print(&should, "%s", wanted);
    assert_same_text(&is, &should);
    text_free(&is);
    text_free(&should);
    storying_clear(index->storying);
}

static void run_sql(store *s, const char *sql) {
    assert_int_equal(sqlite3_exec(s->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* ---- placing ------------------------------------------------------------------------------- */

static void what_is_alike_becomes_a_story(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(2, 5, .5);
    place_all(index.storying, 0, 4);
    assert_int_equal(storying_count(index.storying), 1);
    assert_story(index.storying, 2, 4, 2);
    assert_int_equal(story_of(index.storying, 0), 0);
    assert_tables(&index, "story 2 2 0.97702\ntelling 2 2\ntelling 3 2\n");
    place(index.storying, 4);
    assert_int_equal(storying_count(index.storying), 1);
    assert_tables(&index, "story 2 3 0.97702\ntelling 2 2\ntelling 3 2\ntelling 4 2\n");
    alike(0, 5, -1); /* cannot be compared */
    place(index.storying, 5);
    assert_int_equal(story_of(index.storying, 5), 5);
    place(index.storying, 4); /* again: nothing changes */
    assert_tables(&index, "story 2 3 0.97702\ntelling 2 2\ntelling 3 2\ntelling 4 2\n");
    index_free(&index);
}

/* A text group between two stories joins one of them; two that belong together it makes one. */
static void bridges_join_what_belongs_together(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 4, .5);
    alike_all(4, 8, .5);
    alike(8, 0, .6);
    alike(8, 4, .4);
    place_all(index.storying, 0, 9);
    assert_story(index.storying, 0, 4, 0);
    assert_story(index.storying, 4, 8, 4);
    assert_int_equal(storying_count(index.storying), 2);
    assert_ok(storying_write(index.storying, &error), &error);
    storying_clear(index.storying);

    /* 10 and 11 were apart until 12, which is like both, came. */
    alike(10, 11, .2);
    alike(10, 12, .5);
    alike(11, 12, .5);
    place_all(index.storying, 10, 13);
    assert_story(index.storying, 10, 13, 10);
    text is = {0};
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&is, index.store);
    assert_non_null(strstr(is.p, "story-merge 11 10 at 12\n"));
    assert_null(strstr(is.p, "story-split"));
    text_free(&is);
    index_free(&index);
}

/* Two that came first were taken for one story, until those came that each of them is like. */
static void stories_split_when_more_is_known(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike(0, 1, .3);
    place_all(index.storying, 0, 2);
    assert_tables(&index, "story 0 2 0.67918\ntelling 0 0\ntelling 1 0\n");
    for (size_t i = 2; i < 5; i++) {
        alike(1, i, .7);
        for (size_t j = 2; j < i; j++) alike(i, j, .7);
    }
    place(index.storying, 2);
    assert_story(index.storying, 0, 3, 0);
    place(index.storying, 3);
    assert_int_equal(story_of(index.storying, 0), 0);
    assert_story(index.storying, 1, 4, 1);
    assert_tables(&index, "story 1 3 0.99883\ntelling 1 1\ntelling 2 1\ntelling 3 1\nstory-split 1 0 at 3\n");
    index_free(&index);
}

/* A part that goes over from one story to another splits from the one, then merges into the other. */
static void parts_go_over(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike(0, 2, .31);
    alike(1, 3, .6);
    place_all(index.storying, 0, 4);
    assert_int_equal(story_of(index.storying, 2), 0);
    alike_all(4, 7, .6);
    for (size_t i = 4; i < 7; i++) alike(2, i, .6), alike(1, i, .6), alike(3, i, .6);
    alike(1, 2, .5);
    alike(3, 2, .5);
    place(index.storying, 4);
    assert_int_equal(story_of(index.storying, 2), 1);
    assert_int_equal(story_of(index.storying, 0), 0);
    text is = {0};
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&is, index.store);
    assert_non_null(strstr(is.p, "story-split 2 0 at 4\nstory-merge 2 1 at 4\n"));
    assert_null(strstr(is.p, "story 0 "));
    text_free(&is);
    index_free(&index);
}

/* A large story is not taken apart; its first and latest text groups stand for it. */
static void large_stories_stay_whole(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 100, .5);
    place_all(index.storying, 0, 50);
    assert_story(index.storying, 0, 50, 0);
    for (size_t i = 16; i < 34; i++) /* text group 50 is like those in the middle only, which nobody asks */
        alike(i, 50, .5);
    for (size_t i = 0; i < 50; i++)
        if (i < 16 || i >= 34) alike(i, 50, .1);
    place(index.storying, 50);
    assert_int_equal(story_of(index.storying, 50), 50);
    place(index.storying, 51);
    assert_int_equal(story_of(index.storying, 51), 0);
    w.asked = 0;
    place(index.storying, 52);
    assert_int_equal(w.asked, 32); /* text group 50 with those that stand for the story; all else is known */
    /* Placed again, a text group may leave it. */
    for (size_t i = 0; i < 53; i++) alike(20, i, 0);
    place(index.storying, 20);
    assert_int_equal(story_of(index.storying, 20), 20);
    assert_int_equal(story_of(index.storying, 21), 0);
    index_free(&index);
}

/* Two large stories become one when they belong together. */
static void large_stories_merge(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 40, .5);
    alike_all(40, 80, .5);
    place_all(index.storying, 0, 80);
    assert_int_equal(storying_count(index.storying), 2);
    alike_all(0, 81, .5); /* what changes their mind */
    place(index.storying, 80);
    assert_story(index.storying, 0, 81, 0);
    assert_int_equal(storying_count(index.storying), 1);
    index_free(&index);
}

/* ---- text groups that go ------------------------------------------------------------------- */

static void forgotten_text_groups_leave_their_story(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(3, 7, .5);
    place_all(index.storying, 0, 7);
    assert_ok(storying_forget(index.storying, 0, &error), &error); /* in no story */
    assert_ok(storying_forget(index.storying, 5, &error), &error);
    assert_story(index.storying, 3, 5, 3);
    assert_int_equal(story_of(index.storying, 6), 3);
    assert_ok(storying_forget(index.storying, 3, &error), &error);
    assert_int_equal(story_of(index.storying, 4), 4);
    assert_int_equal(story_of(index.storying, 6), 4);
    w.gone[0] = w.gone[3] = w.gone[5] = true;
    assert_ok(storying_settle(index.storying, &world_scores, &error), &error);
    assert_tables(&index, "story 4 2 0.97702\ntelling 4 4\ntelling 6 4\nstory-split 4 3 at 3\n");
    assert_ok(storying_forget(index.storying, 6, &error), &error);
    w.gone[6] = true;
    assert_ok(storying_settle(index.storying, &world_scores, &error), &error);
    assert_int_equal(storying_count(index.storying), 0);
    assert_tables(&index, "story-split 4 3 at 3\n");
    index_free(&index);
}

/* What only a text group that is gone held together comes apart. */
static void what_is_left_is_put_together_again(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike(0, 1, .2);
    alike(0, 2, .5);
    alike(1, 2, .5);
    place_all(index.storying, 0, 3);
    assert_story(index.storying, 0, 3, 0);
    assert_ok(storying_forget(index.storying, 2, &error), &error);
    w.gone[2] = true;
    assert_ok(storying_settle(index.storying, &world_scores, &error), &error);
    assert_int_equal(story_of(index.storying, 1), 1);
    assert_tables(&index, "story-merge 1 0 at 2\nstory-split 1 0 at 2\n");
    index_free(&index);
}

static void renamed_text_groups_stay_in_their_story(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(1, 4, .5);
    place_all(index.storying, 0, 4);
    assert_ok(storying_rename(index.storying, 1, 9, &error), &error);
    assert_int_equal(story_of(index.storying, 9), 2);
    assert_int_equal(story_of(index.storying, 1), 1);
    assert_ok(storying_rename(index.storying, 3, 5, &error), &error); /* the number stays */
    assert_ok(storying_rename(index.storying, 2, 4, &error), &error); /* its text group has another now */
    assert_status(storying_rename(index.storying, 4, 5, &error), FLONG_ARG, &error);
    assert_ok(storying_rename(index.storying, 0, 8, &error), &error); /* alone */
    assert_tables(&index, "story 4 3 0.97702\ntelling 4 4\ntelling 5 4\ntelling 9 4\n"
                          "story-split 2 1 at 1\nstory-split 4 2 at 2\n");
    index_free(&index);
}

/* What is left of a story is found again though it has another name by then. */
static void renaming_and_forgetting_go_together(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 3, .5);
    place_all(index.storying, 0, 3);
    alike(4, 2, .1);
    assert_ok(storying_forget(index.storying, 0, &error), &error);
    assert_ok(storying_rename(index.storying, 1, 4, &error), &error);
    w.gone[0] = w.gone[1] = true;
    assert_ok(storying_settle(index.storying, &world_scores, &error), &error);
    assert_int_equal(story_of(index.storying, 4), 4);
    assert_int_equal(story_of(index.storying, 2), 2);
    index_free(&index);
}

/* ---- text groups that became one ----------------------------------------------------------- */

static void joined_text_groups_bring_their_stories_together(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 3, .5);
    alike_all(3, 6, .5);
    place_all(index.storying, 0, 7);
    w.gone[4] = true;
    alike(2, 5, .5), alike(2, 3, .5); /* as 4 was */
    assert_ok(storying_join(index.storying, 4, 2, &world_scores, &error), &error);
    assert_story(index.storying, 0, 3, 0);
    assert_int_equal(story_of(index.storying, 5), 3);
    alike_all(0, 6, .5);
    w.gone[3] = true; /* the one that names the story */
    assert_ok(storying_join(index.storying, 3, 1, &world_scores, &error), &error);
    assert_int_equal(story_of(index.storying, 5), 0);
    w.gone[1] = true; /* within one story */
    assert_ok(storying_join(index.storying, 1, 0, &world_scores, &error), &error);
    w.gone[6] = true; /* alone */
    assert_ok(storying_join(index.storying, 6, 0, &world_scores, &error), &error);
    assert_tables(&index, "story 0 3 0.97702\ntelling 0 0\ntelling 2 0\ntelling 5 0\n"
                          "story-split 5 3 at 3\nstory-merge 5 0 at 1\nstory-merge 3 0 at 1\n"
                          "story-merge 6 0 at 0\n");
    index_free(&index);
}

/* ---- random histories ---------------------------------------------------------------------- */

/* Stories of a few sizes, with noise; some pairs cannot be compared. */
static void world_random(rng *r) {
    size_t n_stories = 2 + rng_below(r, 40);
    world_set(0);
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t j = 0; j < i; j++) {
            double noise = (double)rng_below(r, 1000) / 1000;
            bool same = i * i % n_stories == j * j % n_stories;
            alike(i, j, rng_chance(r, 2) ? -1 : same ? .15 + .35 * noise : .32 * noise * noise);
        }
}

/* Joins, forgets or renames something before text group `no` arrives. */
static void history_go(storying *s, rng *r, uint64_t no) {
    uint64_t other = rng_below(r, no), more = rng_below(r, no);
    if (w.gone[other] || w.gone[more] || other == more) return;
    w.gone[other] = true;
    if (rng_chance(r, 50)) {
        assert_ok(storying_join(s, other, more, &world_scores, &error), &error);
        return;
    }
    w.gone[more] = true;
    assert_ok(storying_forget(s, other, &error), &error);
    assert_ok(storying_forget(s, more, &error), &error);
    assert_ok(storying_settle(s, &world_scores, &error), &error);
}

/* A history that its seed makes; `calls`: in so many calls of those who add, at random places. */
static void history(telling_index *index, uint64_t seed, unsigned calls) {
    rng r = {seed}, at = {seed + 1};
    world_random(&r);
    for (uint64_t no = 0; no < TEXTS; no++) {
        if (rng_chance(&at, calls)) {
            assert_ok(storying_write(index->storying, &error), &error);
            storying_clear(index->storying);
        }
        if (no > 10 && rng_chance(&r, 10)) history_go(index->storying, &r, no);
        place(index->storying, no);
    }
    assert_ok(storying_write(index->storying, &error), &error);
}

static void one_call_or_many_are_the_same(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < rounds(20); seed++) {
        text one = {0}, many = {0};
        telling_index index = index_new();
        history(&index, 900 + seed, 0);
        tables_print(&one, index.store);
        index_free(&index);
        index = index_new();
        history(&index, 900 + seed, 1 + (unsigned)seed * 3);
        tables_print(&many, index.store);
        index_free(&index);
        assert_same_text(&one, &many);
        text_free(&one);
        text_free(&many);
    }
}

/* Places text groups from `first` on at once; only some of the earlier ones are candidates of each. */
static void place_at_once(storying *s, uint64_t first, uint64_t end, pool *threads, bool at_once) {
    storying_candidate candidates[32][TEXTS];
    storying_newcomer newcomers[32];
    memset(w.ready, 0, sizeof w.ready);
    for (uint64_t no = first; no < end; no++) {
        storying_newcomer *n = &newcomers[no - first];
        *n = newcomer_of(candidates[no - first], no);
        size_t kept = 0;
        for (size_t i = 0; i < n->n; i++)
            if ((n->candidates[i].text_no ^ no * 7) % 3) candidates[no - first][kept++] = n->candidates[i];
        n->n = kept;
    }
    if (at_once) {
        assert_ok(storying_place_all(s, newcomers, end - first, &world_scores, threads, &error), &error);
        return;
    }
    for (size_t i = 0; i < end - first; i++)
        assert_ok(storying_place(s, &newcomers[i], &world_scores, &error), &error);
}

/* What is placed at once is as if it were placed one by one, on any number of threads. */
static void at_once_or_one_by_one_are_the_same(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < rounds(30); seed++) {
        text tables[1 + THREADS] = {{0}};
        uint64_t stories[1 + THREADS];
        for (unsigned threads = 0; threads <= THREADS; threads++) {
            pool *p = pool_new(threads ? threads : 1);
            telling_index index = index_new();
            rng r = {1000 + seed};
            world_random(&r);
            for (uint64_t no = 0, end; no < TEXTS; no = end) {
                end = no + 1 + rng_below(&r, 32);
                if (end > TEXTS) end = TEXTS;
                place_at_once(index.storying, no, end, p, threads > 0);
                if (rng_chance(&r, 30)) assert_ok(storying_write(index.storying, &error), &error);
                if (rng_chance(&r, 30)) {
                    assert_ok(storying_write(index.storying, &error), &error);
                    storying_clear(index.storying);
                }
            }
            stories[threads] = seed % 2 ? 0 : storying_count(index.storying);
            assert_ok(storying_write(index.storying, &error), &error);
            tables_print(&tables[threads], index.store);
            index_free(&index);
            pool_free(p);
            assert_int_equal(stories[threads], stories[0]);
            assert_same_text(&tables[0], &tables[threads]);
        }
        for (unsigned i = 0; i <= THREADS; i++) text_free(&tables[i]);
    }
}

/* Without memory it says so. */
static void arriving_without_memory_fails_cleanly(void **state) {
    (void)state;
    pool *one = pool_new(1);
    flong_status status = FLONG_NOMEM;
    for (long n = 0; status != FLONG_OK; n++) {
        storying_candidate candidates[8][TEXTS];
        storying_newcomer newcomers[8];
        telling_index index = index_new();
        world_set(0);
        alike_all(0, 6, .5);
        alike_all(6, 12, .5);
        place_all(index.storying, 0, 4);
        for (uint64_t no = 4; no < 12; no++) newcomers[no - 4] = newcomer_of(candidates[no - 4], no);
        mem_fail_after(n);
        status = storying_place_all(index.storying, newcomers, 8, &world_scores, one, &error);
        mem_fail_after(-1);
        assert_true(status == FLONG_OK || (status == FLONG_NOMEM && error.status == FLONG_NOMEM));
        if (status == FLONG_OK) assert_story(index.storying, 6, 12, 6);
        index_free(&index);
    }
    pool_free(one);
}

static uint64_t number(store *s, const char *sql) {
    uint64_t n;
    assert_ok(store_query_number(s, &n, sql, &error), &error);
    return n;
}

/* The tables fit together, and say where every number went that once was that of a story. */
static void histories_can_be_followed(void **state) {
    (void)state;
    uint64_t splits = 0, merges = 0;
    for (uint64_t seed = 0; seed < rounds(20); seed++) {
        telling_index index = index_new();
        history(&index, 950 + seed, 20);
        assert_int_equal(number(index.store,
                                "SELECT count(*) FROM story_row s WHERE s.size < 2 OR s.size <> (SELECT "
                                "count(*) FROM telling t WHERE t.story_no = s.no) OR s.no <> "
                                "(SELECT min(text_no) FROM telling t WHERE t.story_no = s.no)"),
                         0);
        assert_int_equal(number(index.store,
                                "SELECT count(*) FROM telling t WHERE t.story_no NOT IN (SELECT no "
                                "FROM story_row)"),
                         0);
        storying_clear(index.storying);
        for (uint64_t no = 0; no < TEXTS; no++) {
            char sql[256];
            uint64_t now = story_of(index.storying, no);
            if (w.gone[no]) assert_int_equal(now, no);
            if (w.gone[no]) continue;
            /* The last that was said of a number: that a story got it, or that it was merged. Nothing is said of the
             * arrival of a text group. */
            snprintf(
                sql, sizeof sql,
                "SELECT coalesce((SELECT 1 + (kind = 'story-merge') FROM event_row WHERE text_no = %d ORDER "
                "BY seq "
                "DESC LIMIT 1), 0)",
                (int)no);
            uint64_t said = number(index.store, sql);
            assert_true(said == 0 || (said == 2) == (now != no));
        }
        splits += number(index.store, "SELECT count(*) FROM event_row WHERE kind = 'story-split'");
        merges += number(index.store, "SELECT count(*) FROM event_row WHERE kind = 'story-merge'");
        index_free(&index);
    }
    assert_true(splits > 10 && merges > 10);
}

/* What an open batch did is taken back and done again. */
static void open_batches_are_done_again(void **state) {
    (void)state;
    text once = {0}, again = {0};
    rng r = {99};
    world_random(&r);
    telling_index index = index_new();
    place_all(index.storying, 0, TEXTS);
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&once, index.store);
    index_free(&index);
    index = index_new();
    place_all(index.storying, 0, 60);
    assert_ok(storying_write(index.storying, &error), &error);
    assert_ok(undo_record(index.store, &error), &error);
    place_all(index.storying, 60, 140);
    assert_ok(storying_forget(index.storying, 5, &error), &error);
    assert_ok(storying_rename(index.storying, 6, 150, &error), &error);
    assert_ok(storying_settle(index.storying, &world_scores, &error), &error);
    assert_ok(storying_write(index.storying, &error), &error);
    assert_ok(undo_pause(index.store, &error), &error);
    assert_ok(undo_apply(index.store, &error), &error);
    storying_clear(index.storying);
    place_all(index.storying, 60, TEXTS);
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&again, index.store);
    assert_same_text(&once, &again);
    index_free(&index);
    text_free(&once);
    text_free(&again);
}

/* ---- failures ------------------------------------------------------------------------------ */

/* Every step is tried until it has the memory that it needs; what failed changed nothing. */
static void without_memory_nothing_changes(void **state) {
    (void)state;
    text whole = {0}, is = {0};
    rng r = {98};
    size_t failed = 0;
    world_random(&r);
    telling_index index = index_new();
    place_all(index.storying, 0, 100);
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&whole, index.store);
    index_free(&index);
    index = index_new();
    for (uint64_t no = 0; no < 100; no++) {
        flong_status status = FLONG_NOMEM;
        if (no % 7 == 0) assert_ok(storying_write(index.storying, &error), &error);
        if (no % 7 == 0) storying_clear(index.storying);
        for (long n = 0; status != FLONG_OK; n++) {
            mem_fail_after(n);
            status = try_place(index.storying, no);
            mem_fail_after(-1);
            assert_true(status == FLONG_OK || status == FLONG_NOMEM);
            failed += status != FLONG_OK;
        }
    }
    assert_true(failed > 100);
    assert_ok(storying_write(index.storying, &error), &error);
    tables_print(&is, index.store);
    assert_same_text(&whole, &is);
    index_free(&index);
    text_free(&whole);
    text_free(&is);
}

/* The same for what goes. */
static void going_without_memory_fails_cleanly(void **state) {
    (void)state;
    for (int what = 0; what < 4; what++) {
        flong_status status = FLONG_NOMEM;
        for (long n = 0; status != FLONG_OK; n++) {
            telling_index index = index_new();
            world_set(0);
            alike_all(0, 4, .5);
            alike_all(4, 8, .5);
            place_all(index.storying, 0, 8);
            assert_ok(storying_write(index.storying, &error), &error);
            storying_clear(index.storying);
            mem_fail_after(n);
            if (what == 0) status = storying_forget(index.storying, 4, &error);
            if (what == 0 && status == FLONG_OK)
                status = storying_settle(index.storying, &world_scores, &error);
            if (what == 1) status = storying_rename(index.storying, 4, 9, &error);
            if (what == 2) status = storying_join(index.storying, 4, 0, &world_scores, &error);
            if (what == 3) status = storying_join(index.storying, 3, 0, &world_scores, &error);
            mem_fail_after(-1);
            assert_true(status == FLONG_OK || (status == FLONG_NOMEM && error.status == FLONG_NOMEM));
            index_free(&index);
        }
    }
    mem_fail_after(0);
    assert_null(storying_new(NULL));
    mem_fail_after(-1);
    storying_free(NULL);
}

/* What cannot be made ready ends the call, and changes nothing. */
static void failing_similarities_are_passed_on(void **state) {
    (void)state;
    telling_index index = index_new();
    world_set(0);
    alike_all(0, 6, .5);
    place_all(index.storying, 0, 5);
    w.readied = 0;
    for (w.fail_at = 0; try_place(index.storying, 5) != FLONG_OK; w.fail_at++, w.readied = 0) {
        assert_int_equal(error.status, FLONG_STOPPED);
        assert_int_equal(story_of(index.storying, 5), 5);
    }
    assert_int_equal(w.fail_at, 1 + 5); /* itself, and the story of its candidates */
    assert_story(index.storying, 0, 6, 0);
    index_free(&index);
}

static void damaged_rows_are_refused(void **state) {
    (void)state;
    static const char *const damages[] = {
        "UPDATE telling SET story_no = 30 WHERE text_no = 3", /* a story later than its text group */
        "UPDATE telling SET story_no = -3 WHERE text_no = 3",
        "UPDATE telling SET story_no = 1 WHERE text_no = 3", /* a story that is not there */
        "UPDATE telling SET story_no = 4 WHERE text_no = 4", /* another number than noted */
        "UPDATE story_row SET size = 4",
        "UPDATE story_row SET size = 1",
        "UPDATE story_row SET size = -3",
        "UPDATE story_row SET size = 'many'",
        "UPDATE story_row SET weakest = 1.5",
        "UPDATE story_row SET weakest = -1e300",
        "DELETE FROM telling WHERE text_no = 2", /* its first text group is not in it */
        "DELETE FROM story_row",
        "INSERT INTO telling VALUES (-5, 2); UPDATE story_row SET size = 4",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        uint64_t story_no;
        telling_index index = index_new();
        world_set(0);
        alike_all(2, 5, .5);
        place_all(index.storying, 0, 5);
        assert_ok(storying_write(index.storying, &error), &error);
        storying_clear(index.storying);
        run_sql(index.store, damages[i]);
        assert_status(storying_of(index.storying, &story_no, 3, &error), FLONG_DAMAGED, &error);
        index_free(&index);
    }
}

/* Two stories of a damaged file that claim one text group. */
static void stories_that_overlap_are_refused(void **state) {
    (void)state;
    uint64_t story_no;
    telling_index index = index_new();
    run_sql(index.store, "INSERT INTO story_row VALUES (2, 2, 1); INSERT INTO telling VALUES (2, 2), (3, 2)");
    assert_story(index.storying, 2, 4, 2);
    run_sql(index.store, "UPDATE story_row SET size = 3; INSERT INTO telling VALUES (4, 2)");
    assert_status(storying_of(index.storying, &story_no, 4, &error), FLONG_DAMAGED, &error);
    index_free(&index);
}

/* What check says of stories that do not fit the text groups. */
static void check_finds_stories_that_do_not_fit(void **state) {
    (void)state;
    static const char *const faults[][2] = {
        {"UPDATE story_row SET size = 3", "stories with another number of text groups than noted"},
        {"DELETE FROM telling WHERE text_no = 2", "stories with another number of text groups than noted"},
        {"UPDATE story_row SET no = 2; UPDATE telling SET story_no = 2",
         "stories that are not named after their first text group"},
        {"DELETE FROM story_row", "text groups whose story is not there"},
        {"UPDATE article_row SET text_no = 1 WHERE no = 2", "text groups of a story that are not there"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        records all = {0};
        for (int no = 0; no < 3; no++) {
            char id[8];
            text body = {0};
            snprintf(id, sizeof id, "a%d", no);
            text_sentences(&body, 40 + (uint64_t)no, 9);
            records_add(&all, id, "a.example", NULL, body.p, FLONG_NO_DATE);
            text_free(&body);
        }
        const char *path = folder_file("faults");
        unlink(path);
        flong_index *index = index_open(path, FLONG_OPEN_WRITE);
        index_add(index, &all, 0, 3, 1);
        flong_index_close(index);
        sqlite3 *db;
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        const char *sound =
            "DELETE FROM story_row; DELETE FROM telling; INSERT INTO story_row VALUES (1, 2, .5);"
            "INSERT INTO telling VALUES (1, 1), (2, 1)";
        assert_int_equal(sqlite3_exec(db, sound, NULL, NULL, NULL), SQLITE_OK);
        index = index_open(path, FLONG_OPEN_READ);
        assert_ok(flong_index_check(index, &error), &error);
        assert_int_equal(sqlite3_exec(db, faults[i][0], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        assert_status(flong_index_check(index, &error), FLONG_DAMAGED, &error);
        assert_non_null(strstr(error.text, faults[i][1]));
        flong_index_close(index);
        records_free(&all);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_alike_becomes_a_story),
        cmocka_unit_test(bridges_join_what_belongs_together),
        cmocka_unit_test(stories_split_when_more_is_known),
        cmocka_unit_test(parts_go_over),
        cmocka_unit_test(large_stories_stay_whole),
        cmocka_unit_test(large_stories_merge),
        cmocka_unit_test(forgotten_text_groups_leave_their_story),
        cmocka_unit_test(what_is_left_is_put_together_again),
        cmocka_unit_test(renamed_text_groups_stay_in_their_story),
        cmocka_unit_test(renaming_and_forgetting_go_together),
        cmocka_unit_test(joined_text_groups_bring_their_stories_together),
        cmocka_unit_test(one_call_or_many_are_the_same),
        cmocka_unit_test(at_once_or_one_by_one_are_the_same),
        cmocka_unit_test(arriving_without_memory_fails_cleanly),
        cmocka_unit_test(histories_can_be_followed),
        cmocka_unit_test(open_batches_are_done_again),
        cmocka_unit_test(without_memory_nothing_changes),
        cmocka_unit_test(going_without_memory_fails_cleanly),
        cmocka_unit_test(failing_similarities_are_passed_on),
        cmocka_unit_test(damaged_rows_are_refused),
        cmocka_unit_test(stories_that_overlap_are_refused),
        cmocka_unit_test(check_finds_stories_that_do_not_fit),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
