/* The views of an index file against what the library says of it: after every kind of change, and after a call that was
 * cut off before it had written what articles are to others. */
#include "support.h"

#include <inttypes.h>
#include <unistd.h>

#include "index/sqlite.h"

static flong_error error;
static const char *path;

/* ---- lines of both ------------------------------------------------------------------------- */

static void print_str(text *out, flong_str s) { text_print(out, "%.*s|", (int)s.n, s.n ? s.p : ""); }

static void print_share(text *out, bool known, double share) {
    if (known)
        text_print(out, "%.4f|",
                   (double)(uint32_t)(share * 10000 + .5) / 10000); /* halves up, as SQLite does */
    else
        text_print(out, "|");
}

static void print_time(text *out, int64_t seconds) {
    if (seconds == FLONG_NO_DATE)
        text_print(out, "|");
    else
        text_print(out, "%" PRId64 "|", seconds);
}

static bool overlaps(const flong_score *score) {
    return score->relation != FLONG_RELATION_REWRITE && score->relation != FLONG_RELATION_RELATED;
}

static int article_print(void *context, const flong_article *a) {
    text *out = context;
    bool scored = a->of.n && overlaps(&a->score);
    text_print(out, "%" PRIu64 "|", a->number);
    const flong_str strings[] = {a->record.id,    a->text_id,     a->story_id,    a->of,
                                 a->record.site,  a->wire.agency, a->wire.credit, a->wire.place,
                                 a->record.title, a->record.url};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) print_str(out, strings[i]);
    text_print(out, "%s|", flong_relation_name(a->score.relation));
    print_share(out, scored, a->score.jaccard);
    print_share(out, scored, a->score.a_in_b);
    print_share(out, scored, a->score.b_in_a);
    print_share(out, a->score.similarity > 0, a->score.similarity);
    print_share(out, true, a->furniture);
    print_time(out, a->record.published);
    text_print(out, a->credited < 0 ? "|\n" : "%d|\n", a->credited);
    return 0;
}

static int pair_print(void *context, const flong_pair *p) {
    text *out = context;
    print_str(out, p->a);
    print_str(out, p->b);
    text_print(out, "%s|", flong_relation_name(p->score.relation));
    print_share(out, overlaps(&p->score), p->score.jaccard);
    print_share(out, overlaps(&p->score), p->score.a_in_b);
    print_share(out, overlaps(&p->score), p->score.b_in_a);
    text_print(out, "%" PRIu32 "|", p->score.longest_run);
    print_share(out, p->score.similarity > 0, p->score.similarity);
    text_print(out, "%.*s|\n", (int)p->terms.n, p->terms.n ? p->terms.p : "");
    return 0;
}

static int story_print(void *context, const flong_story *s) {
    text *out = context;
    print_str(out, s->id);
    print_str(out, s->title);
    text_print(out, "%" PRIu64 "|%" PRIu64 "|%zu|", s->articles, s->texts, s->n_agencies);
    print_time(out, s->first_seen);
    print_time(out, s->last_seen);
    print_share(out, true, s->weakest);
    text_print(out, "\n");
    return 0;
}

/* Shares to four places are printed as numbers by both. */
static const char articles_sql[] = "SELECT no, id, text_id, story_id, of, site, agency, credit, place, "
                                   "title, url, relation, jaccard, contained, contains,"
                                   " similarity, furniture, published_unix, credited FROM article";
static const char pairs_sql[] =
    "SELECT a, b, p.relation, p.jaccard, a_in_b, b_in_a, longest_run, p.similarity, terms"
    " FROM pair p JOIN article x ON x.id = a JOIN article y ON y.id = b ORDER BY y.no, x.no";
static const char stories_sql[] =
    "SELECT s.story_id, s.title, articles, texts, CASE WHEN agencies IS NULL THEN 0 ELSE"
    " length(agencies) - length(replace(agencies, ',', '')) + 1 END, first_seen_unix, last_seen_unix, weakest"
    " FROM story s JOIN article f ON f.id = s.story_id ORDER BY articles DESC, f.no";

static void view_print(text *out, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *rows;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            if (sqlite3_column_type(rows, i) == SQLITE_FLOAT)
                text_print(out, "%.4f|", sqlite3_column_double(rows, i));
            else if (sqlite3_column_type(rows, i) == SQLITE_NULL)
                text_print(out, "|");
            else
                text_print(out, "%s|", (const char *)sqlite3_column_text(rows, i));
        text_print(out, "\n");
    }
    assert_int_equal(code, SQLITE_DONE);
    sqlite3_finalize(rows);
    sqlite3_close(db);
}

/* The views say what the library says, line by line. */
static void assert_views(flong_index *index) {
    text wanted[3] = {{0}}, got = {0};
    static const char *const sql[] = {articles_sql, pairs_sql, stories_sql};
    assert_ok(flong_index_articles(index, article_print, &wanted[0], &error), &error);
    assert_ok(flong_index_pairs(index, pair_print, &wanted[1], &error), &error);
    assert_ok(flong_index_stories(index, NULL, story_print, &wanted[2], &error), &error);
    for (int i = 0; i < 3; i++) {
        view_print(&got, sql[i]);
        assert_true(got.n > 100);
        assert_same_text(&wanted[i], &got);
        text_free(&got);
        text_free(&wanted[i]);
    }
}

static uint64_t ask(const char *sql) {
    text out = {0};
    view_print(&out, sql);
    uint64_t value = strtoull(out.p, NULL, 10);
    text_free(&out);
    return value;
}

static void tamper(const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* ---- tests --------------------------------------------------------------------------------- */

static void archive_make(records *all) {
    records_archive(all, 11, 0, 260, true);
    records_news(all, 12, 200);
    records_archive(all, 13, 260, 140, true);
}

static void views_follow_every_change(void **state) {
    (void)state;
    records all = {0};
    archive_make(&all);
    path = index_file("views");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    static const size_t ends[] = {150, 151, 420, 600};
    for (size_t i = 0, at = 0; i < 4; at = ends[i++]) {
        index_add(index, &all, at, ends[i], 1);
        assert_views(index);
    }
    for (size_t i = 0; i < 5; i++) {
        flong_str ids[] = {all.list[3 + 60 * i].id, all.list[300 + i].id};
        assert_ok(flong_index_remove(index, NULL, ids, 2, &error), &error);
        assert_views(index);
    }
    assert_whole(index);
    flong_index_close(index);
    assert_ok(flong_index_regroup(path, NULL, NULL, &error), &error);
    index = index_open(path, FLONG_OPEN_READ);
    assert_views(index);
    flong_index_close(index);
    records_free(&all);
}

static int stop_at_once(void *context, const flong_progress *progress) {
    (void)context, (void)progress;
    return 1;
}

/* A call that is cut off leaves relations unknown, not wrong; the next one makes up for it, though it adds nothing. */
static void a_cut_call_is_made_up_for(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 21, 0, 300, false);
    path = index_file("cut");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    record_source source = {.all = &all, .end = 300};
    const flong_add_options options = {.size = sizeof options, .threads = 1, .progress = stop_at_once};
    assert_status(flong_index_add(index, record_source_next, &source, &options, &error), FLONG_STOPPED,
                  &error);
    assert_int_equal(ask("SELECT count(*) FROM article"), 300);
    assert_true(ask("SELECT count(*) FROM article WHERE relation IS NULL") > 50);
    assert_int_equal(ask("SELECT count(*) FROM article WHERE relation = 'single' AND text_id IN "
                         "(SELECT text_id FROM text_group)"),
                     0);
    index_add(index, &all, 0, 0, 1);
    assert_int_equal(ask("SELECT count(*) FROM article WHERE relation IS NULL"), 0);
    assert_views(index);
    flong_index_close(index);
    records_free(&all);
}

/* What each article is, and what all would be if it were found at once. */
static void assert_places_whole(void) {
    text got = {0}, whole = {0};
    static const char *const sql = "SELECT *, '' FROM place_row ORDER BY no";
    assert_int_equal(ask("SELECT count(*) FROM unplaced"), 0);
    view_print(&got, sql);
    tamper("DELETE FROM place_row; UPDATE meta SET value = 0 WHERE name = 'placed'");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &(records){0}, 0, 0, 1);
    flong_index_close(index);
    view_print(&whole, sql);
    assert_true(whole.n > 1000);
    assert_same_text(&whole, &got);
    text_free(&got);
    text_free(&whole);
}

/* Articles that come and go in an archive of closed batches touch few of the others; the places that are found for those
 * alone are the places that are found for all. */
static void what_is_touched_is_enough(void **state) {
    (void)state;
    records all = {0};
    rng r = {91};
    for (size_t i = 0; i < 12; i++) {
        records_archive(&all, 40 + i, 300 * i, 300, true);
        records_news(&all, 60 + i, 400);
    }
    path = index_file("touched");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    size_t at = 4200;
    index_add(index, &all, 0, at, 0);
    flong_index_close(index);
    assert_places_whole();
    for (size_t round = 0; round < rounds(24); round++) {
        index = index_open(path, FLONG_OPEN_WRITE);
        size_t end = at + 1 + rng_below(&r, rng_chance(&r, 50) ? 8 : 300), n = rng_below(&r, 4);
        if (end > all.n) end = all.n;
        index_add(index, &all, at, end, 0);
        flong_str ids[4] = {{0}};
        for (size_t i = 0; i < n; i++) ids[i] = all.list[rng_below(&r, end)].id;
        if (n) assert_ok(flong_index_remove(index, NULL, ids, n, &error), &error);
        if (rng_chance(&r, 30)) { /* some come once more, changed: updates of what stands in closed batches */
            records again = {0};
            for (size_t i = 0; i < 5; i++) {
                flong_record old = all.list[rng_below(&r, 4000)];
                old.text = all.list[rng_below(&r, all.n)].text;
                records_copy(&again, &old);
            }
            index_add(index, &again, 0, again.n, 0);
            records_free(&again);
        }
        at = end;
        flong_index_close(index);
        assert_places_whole();
    }
    records_free(&all);
}

/* The counts of a site are those of its articles. */
static void sites_count_their_articles(void **state) {
    (void)state;
    records all = {0};
    archive_make(&all);
    path = index_file("sites");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 1);
    flong_index_close(index);
    static const char *const counts[][2] = {{"articles", "1"},
                                            {"stubs", "a.relation = 'stub'"},
                                            {"originals", "a.relation IN ('original', 'single')"},
                                            {"copies", "a.credited IS NOT NULL"},
                                            {"credited", "a.credited"},
                                            {"rewrites", "a.relation = 'rewrite'"}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char sql[400];
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM site s WHERE %s <> (SELECT count(*) FROM article a WHERE a.site = "
                 "s.site AND %s)",
                 counts[i][0], counts[i][1]);
        if (ask(sql) != 0) fail_msg("%s are not those of the articles", counts[i][0]);
    }
    assert_int_equal(
        ask("SELECT count(*) FROM site s WHERE copied <> (SELECT count(*) FROM article a WHERE a.of_site = "
            "s.site AND a.credited IS NOT NULL) OR copied_credited <> (SELECT count(*) FROM article a "
            "WHERE a.of_site = s.site AND a.credited)"),
        0);
    assert_int_equal(ask("SELECT sum(articles) FROM site"),
                     ask("SELECT count(*) FROM article WHERE site IS NOT NULL"));
    assert_true(ask("SELECT sum(copies) FROM site") > 20);
    records_free(&all);
}

typedef struct csv_counts {
    int tables, lines, stop_at;
} csv_counts;

static int table_count(void *context, const char *name) {
    csv_counts *c = context;
    assert_true(strlen(name) > 4);
    return ++c->tables == c->stop_at;
}

static int line_count(void *context, const char *bytes, size_t n) {
    csv_counts *c = context;
    assert_true(n >= 2 && memcmp(bytes + n - 2, "\r\n", 2) == 0);
    return ++c->lines == c->stop_at * 100;
}

static int nothing_written(void *context, const char *bytes, size_t n) {
    (void)context, (void)bytes, (void)n;
    return 1;
}

/* Tables are those of a file, and whoever takes them may stop at any row; then the index goes on as before. */
static void reports_may_be_stopped(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 51, 0, 120, false);
    path = index_file("reported");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 1);
    csv_counts whole = {0}, at_table = {.stop_at = 3}, at_line = {.stop_at = 1};
    assert_ok(flong_report_csv(index, table_count, line_count, &whole, &error), &error);
    assert_int_equal(whole.tables, 5);
    assert_int_equal(whole.lines,
                     5 + (int)ask("SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM pair) +"
                                  " (SELECT count(*) FROM text_group) + (SELECT count(*) FROM story) +"
                                  " (SELECT count(*) FROM site)"));
    assert_status(flong_report_csv(index, table_count, line_count, &at_table, &error), FLONG_STOPPED, &error);
    at_line.tables = 1;
    assert_status(flong_report_csv(index, table_count, line_count, &at_line, &error), FLONG_STOPPED, &error);
    assert_status(flong_report_graph(index, 0, nothing_written, NULL, &error), FLONG_STOPPED, &error);
    assert_views(index);
    flong_index_close(index);
    index = index_open(NULL, FLONG_OPEN_WRITE);
    assert_status(flong_report_csv(index, table_count, line_count, &whole, &error), FLONG_ARG, &error);
    flong_index_close(index);
    records_free(&all);
}

/* `flong check` finds a place of an article that is not there, or that repeats one. */
static void a_place_of_nothing_is_damage(void **state) {
    (void)state;
    static const char *const damages[] = {"INSERT INTO place_row (no, relation) VALUES (9999, 6)",
                                          "INSERT INTO place_row (no, relation) VALUES (-1, 6)",
                                          "UPDATE place_row SET of_no = 9999"};
    records all = {0};
    records_archive(&all, 31, 0, 60, false);
    for (size_t i = 0; i < 3; i++) {
        path = index_file("damaged");
        flong_index *index = index_open(path, FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n, 1);
        flong_index_close(index);
        tamper(damages[i]);
        index = index_open(path, FLONG_OPEN_READ);
        assert_status(flong_index_check(index, &error), FLONG_DAMAGED, &error);
        flong_index_close(index);
    }
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_follow_every_change), cmocka_unit_test(a_cut_call_is_made_up_for),
        cmocka_unit_test(what_is_touched_is_enough), cmocka_unit_test(sites_count_their_articles),
        cmocka_unit_test(reports_may_be_stopped),    cmocka_unit_test(a_place_of_nothing_is_damage),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
