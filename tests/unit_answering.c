/* Answering one article: what opening an index reads, what stays in memory from call to call, and that neither changes
 * an answer. */
#include "support.h"

#include <sqlite3.h>

static flong_error error;

static void sqlite_write(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- opening ------------------------------------------------------------------------------- */

/* A number takes memory: it must be one that an article of this file may have had. */
static void impossible_numbers_of_removed_articles_are_damage(void **state) {
    (void)state;
    static const char *const numbers[] = {"67108864", "9223372036854775807", "-1"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char sql[80];
        const char *path = index_file("removed");
        flong_index *index = index_open(path, FLONG_OPEN_WRITE);
        flong_index_close(index);
        sqlite_write(path, "INSERT INTO removed VALUES (3), (4000)");
        flong_index_close(index_open(path, FLONG_OPEN_READ));
        snprintf(sql, sizeof sql, "INSERT INTO removed VALUES (%s)", numbers[i]);
        sqlite_write(path, sql);
        index = NULL;
        assert_status(flong_index_open(&index, path, FLONG_OPEN_READ, NULL, &error), FLONG_DAMAGED, &error);
        assert_null(index);
    }
}

/* ---- matching ------------------------------------------------------------------------------ */

static int match_print(void *context, const flong_match *match) {
    const flong_score *s = &match->score;
    text_print(context, "%.*s %s %.12g %.12g %.12g %.12g %zu %.*s\n", (int)match->record.id.n,
               match->record.id.p, flong_relation_name(s->relation), s->jaccard, s->a_in_b, s->b_in_a,
               s->similarity, match->n_spans, (int)match->terms.n, match->terms.p ? match->terms.p : "");
    return 0;
}

static void matches_print(text *out, flong_index *index, const flong_record *query) {
    text_print(out, "%.*s:\n", (int)query->id.n, query->id.p);
    assert_ok(flong_index_match(index, query, match_print, out, &error), &error);
}

/* Asks for another article whenever it is told of a match. */
typedef struct asker {
    flong_index *index;
    const flong_record *other;
    text lines, others;
    size_t calls;
} asker;

static int match_ask(void *context, const flong_match *match) {
    asker *a = context;
    match_print(&a->lines, match);
    matches_print(&a->others, a->index, a->other);
    a->calls++;
    return 0;
}

static void a_callback_may_match_another_article(void **state) {
    (void)state;
    enum { KNOWN = 200, NEW = 40 };
    records all = {0};
    size_t calls = 0;
    records_news(&all, 7, KNOWN + NEW);
    flong_index *index = index_open(index_file("asked"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, KNOWN, 0);
    for (size_t i = KNOWN; i + 1 < KNOWN + NEW; i++) {
        asker a = {.index = index, .other = &all.list[i + 1]};
        text lines = {0}, others = {0};
        matches_print(&lines, index, &all.list[i]);
        text_print(&a.lines, "%.*s:\n", (int)all.list[i].id.n, all.list[i].id.p);
        assert_ok(flong_index_match(index, &all.list[i], match_ask, &a, &error), &error);
        for (size_t k = 0; k < a.calls; k++) matches_print(&others, index, &all.list[i + 1]);
        assert_same_text(&lines, &a.lines);
        assert_same_text(&others, &a.others);
        calls += a.calls;
        text_free(&lines), text_free(&others), text_free(&a.lines), text_free(&a.others);
    }
    assert_true(calls > 0);
    flong_index_close(index);
    records_free(&all);
}

/* What is kept from call to call, of texts of all lengths, changes no answer: an index that was just opened gives the
 * same. */
static void what_is_kept_changes_no_answer(void **state) {
    (void)state;
    enum { KNOWN = 200, NEW = 30 };
    records all = {0};
    records_archive(&all, 11, 0, KNOWN + NEW, false);
    text lengthy = {0};
    text_sentences(&lengthy, 5, 20000);
    records_add(&all, "lengthy", "long.example", "A title", lengthy.p, 0);
    flong_index *index = index_open(index_file("kept"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, KNOWN, 0);
    index_add(index, &all, all.n - 1, all.n, 0);
    for (size_t i = 0; i < rounds(3 * NEW); i++) {
        size_t which = i % 10 == 9 ? all.n - 1 : i % 3 == 2 ? i : KNOWN + i % NEW;
        flong_record query = all.list[which];
        if (i % 20 == 9) query.title = str_of("Another title"); /* the same id: read, and read anew */
        text warm = {0}, fresh = {0};
        matches_print(&warm, index, &query);
        flong_index *other = index_open(folder_file("kept"), FLONG_OPEN_READ);
        matches_print(&fresh, other, &query);
        flong_index_close(other);
        assert_same_text(&fresh, &warm);
        text_free(&warm), text_free(&fresh);
    }
    flong_index_close(index);
    text_free(&lengthy);
    records_free(&all);
}

/* Candidates whose rows are gone. */
static void missing_rows_are_damage(void **state) {
    (void)state;
    static const char *const damages[][2] = {{"DELETE FROM article_row WHERE no = 0", "is missing"},
                                             {"DELETE FROM body WHERE no = 0", "has no text"},
                                             {"UPDATE body SET text = x'00' WHERE no = 0", "damaged"},
                                             {"UPDATE body SET dropped = x'FF7F' WHERE no = 0", "damaged"}};
    text body = {0};
    text_sentences(&body, 1, 12);
    records all = {0};
    records_add(&all, "a", "a.example", "A title", body.p, 0);
    const flong_record query = {.id = str_of("query"), .text = text_str(&body)};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        text lines = {0};
        flong_index *index = index_open(index_file("missing"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, 1, 1);
        matches_print(&lines, index, &query);
        assert_non_null(strstr(lines.p, "a identical"));
        flong_index_close(index);
        sqlite_write(folder_file("missing"), damages[i][0]);
        index = index_open(folder_file("missing"), FLONG_OPEN_READ);
        for (int again = 0; again < 2; again++) {
            assert_status(flong_index_match(index, &query, match_print, &lines, &error), FLONG_DAMAGED,
                          &error);
            if (!strstr(error.text, damages[i][1])) fail_msg("%s: %s", damages[i][0], error.text);
        }
        flong_index_close(index);
        text_free(&lines);
    }
    text_free(&body);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impossible_numbers_of_removed_articles_are_damage),
        cmocka_unit_test(a_callback_may_match_another_article),
        cmocka_unit_test(what_is_kept_changes_no_answer),
        cmocka_unit_test(missing_rows_are_damage),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
