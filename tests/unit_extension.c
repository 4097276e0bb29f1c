/* The SQLite extension, linked into the test: what its functions give, arguments of every kind, what fails, and that a
 * connection leaves nothing behind. That programs can load it is the matter of extension.sh. */
#include "support.h"

#include <math.h>

#include <sqlite3.h>

int sqlite3_flongsqlite_init(sqlite3 *db, char **why, const void *routines);

static flong_error error;
static sqlite3 *db;

static void open_at(const char *path) {
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_flongsqlite_init(db, NULL, NULL), SQLITE_OK);
}

static int close_it(void **state) {
    (void)state;
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    db = NULL;
    return 0;
}

static int open_memory(void **state) {
    (void)state;
    open_at(":memory:");
    return 0;
}

/* Runs SQL with these texts as parameters; the first column of all rows, one a line, or "error: ..." behind them. */
static const char *ask(const char *sql, const flong_str *values, int n) {
    static text out;
    sqlite3_stmt *rows;
    text_free(&out);
    text_print(&out, "%s", "");
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK) {
        text_print(&out, "error: %s", sqlite3_errmsg(db));
        return out.p;
    }
    for (int i = 0; i < n; i++)
        sqlite3_bind_text64(rows, i + 1, values[i].p, values[i].n, SQLITE_TRANSIENT, SQLITE_UTF8);
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        const unsigned char *value = sqlite3_column_text(rows, 0);
        text_print(&out, "%s\n", value ? (const char *)value : "NULL");
    }
    if (code != SQLITE_DONE) text_print(&out, "error: %s", sqlite3_errmsg(db));
    sqlite3_finalize(rows);
    if (out.n && out.p[out.n - 1] == '\n') out.p[--out.n] = 0;
    return out.p;
}

static void assert_answer(const char *sql, const char *wanted) {
    const char *got = ask(sql, NULL, 0);
    if (strcmp(got, wanted) != 0) fail_msg("%s\n  gave   %s\n  wanted %s", sql, got, wanted);
}

static void assert_fails(const char *sql, const char *part) {
    const char *got = ask(sql, NULL, 0);
    if (strncmp(got, "error: ", 7) != 0 || !strstr(got, part))
        fail_msg("%s\n  gave %s\n  not an error with %s", sql, got, part);
}

/* ---- functions of texts -------------------------------------------------------------------- */

/* They give what flong_compare and flong_sketch_record give. */
static void functions_are_the_librarys(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 5, 0, 40, false);
    for (size_t i = 0; i + 1 < all.n; i++) {
        flong_record a = {.text = all.list[i].text, .published = FLONG_NO_DATE};
        flong_record b = {.text = all.list[rng_below(&(rng){i}, all.n)].text, .published = FLONG_NO_DATE};
        const flong_str texts[] = {a.text.p ? a.text : str_of(""), b.text.p ? b.text : str_of("")};
        flong_score score;
        assert_ok(flong_compare(&score, &a, &b, NULL, &error), &error);
        assert_string_equal(ask("SELECT flong_relation(?1, ?2)", texts, 2),
                            flong_relation_name(score.relation));
        const double shares[] = {score.jaccard, score.a_in_b, score.b_in_a, score.longest_run, score.jaccard};
        static const char *const sql[] = {
            "SELECT flong_similarity(?1, ?2, 'jaccard')", "SELECT flong_similarity(?1, ?2, 'contained')",
            "SELECT flong_similarity(?1, ?2, 'contains')", "SELECT flong_similarity(?1, ?2, 'longest_run')",
            "SELECT flong_similarity(?1, ?2)"};
        for (int k = 0; k < 5; k++) assert_true(fabs(strtod(ask(sql[k], texts, 2), NULL) - shares[k]) < 1e-9);
        double same = strtod(
            ask("SELECT flong_signature_jaccard(flong_signature(?1), flong_signature(?1))", texts, 1), NULL);
        assert_true(same == 1 || strcmp(ask("SELECT flong_signature(?1)", texts, 1), "NULL") == 0);
    }
    records_free(&all);
}

/* The bytes of a signature are the same on every machine: slots of four bytes, the least first. */
static void a_signature_is_bytes(void **state) {
    (void)state;
    flong_sketcher *sketcher;
    flong_sketch sketch;
    flong_record record = {.text = str_of("one two three four five six seven eight nine ten eleven twelve")};
    assert_ok(flong_sketcher_new(&sketcher, NULL, &error), &error);
    assert_ok(flong_sketch_record(sketcher, &sketch, &record, &error), &error);
    text wanted = {0};
    for (int i = 0; i < 128; i++)
        for (int k = 0; k < 4; k++) text_print(&wanted, "%02X", sketch.signature[i] >> 8 * k & 255);
    assert_string_equal(ask("SELECT hex(flong_signature(?1))", &record.text, 1), wanted.p);
    flong_sketcher_free(sketcher);
    text_free(&wanted);
}

static void arguments_of_every_kind(void **state) {
    (void)state;
    static const char *const nulls[] = {"SELECT flong_similarity(NULL, 'a')",
                                        "SELECT flong_similarity('a', 'b', NULL)",
                                        "SELECT flong_relation('a', NULL)",
                                        "SELECT flong_signature(NULL)",
                                        "SELECT flong_signature('')",
                                        "SELECT flong_signature('...')",
                                        "SELECT flong_signature_jaccard(NULL, x'00000000')"};
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) assert_answer(nulls[i], "NULL");
    assert_answer("SELECT flong_similarity('', '')", "0.0");
    assert_answer("SELECT flong_relation(12, 12.5)", "none");
    assert_answer("SELECT flong_version()", flong_version());
    assert_answer("SELECT flong_signature_jaccard(x'0000000001000000', x'0000000002000000')", "0.5");
    assert_fails("SELECT flong_similarity('a')", "wrong number of arguments");
    assert_fails("SELECT flong_similarity('a', 'b', 'cosine')", "jaccard, contained");
    assert_fails("SELECT flong_similarity('a', x'61')", "flong_similarity: a blob");
    assert_fails("SELECT flong_relation(CAST(x'ff61' AS TEXT), 'a')", "not UTF-8");
    static const char *const wrong[] = {"x''", "x'000000'",      "'text'",
                                        "7",   "zeroblob(4100)", "zeroblob(1000000)"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "SELECT flong_signature_jaccard(%s, x'00000000')", wrong[i]);
        assert_fails(sql, "not a signature");
    }
    assert_fails("SELECT flong_signature_jaccard(zeroblob(8), zeroblob(4))", "different numbers");
}

/* Which bytes are UTF-8 is what SQLite's own replacement says of them. */
static void bytes_of_every_kind(void **state) {
    (void)state;
    rng r = {77};
    for (size_t round = 0; round < rounds(4000); round++) {
        static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                              0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
                                              0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF};
        char bytes[8];
        size_t n = 1 + rng_below(&r, sizeof bytes);
        for (size_t i = 0; i < n; i++) bytes[i] = (char)edges[rng_below(&r, sizeof edges)];
        size_t i = 0;
        for (uint32_t c = 0, length = 0; i < n; i += length) { /* decoded as the standard has it */
            unsigned char b = (unsigned char)bytes[i];
            length = b < 0x80                ? 1
                     : b >= 0xC0 && b < 0xE0 ? 2
                     : b >= 0xE0 && b < 0xF0 ? 3
                     : b >= 0xF0 && b < 0xF8 ? 4
                                             : 0;
            if (length == 0 || i + length > n) break;
            c = length == 1 ? b : b & (0x7Fu >> length);
            bool continued = true;
            for (uint32_t k = 1; k < length; k++) {
                continued &= ((unsigned char)bytes[i + k] & 0xC0) == 0x80;
                c = c << 6 | ((unsigned char)bytes[i + k] & 0x3F);
            }
            static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
            if (!continued || c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) break;
        }
        const flong_str value = {bytes, n};
        const char *got = ask("SELECT flong_relation(?1, 'x') IS NOT NULL", &value, 1);
        assert_string_equal(i == n ? "1" : "error: flong_relation: the text is not UTF-8", got);
    }
}

/* ---- matches ------------------------------------------------------------------------------- */

static const char *index_made(const char *name, const records *all) {
    const char *path = index_file(name);
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, all, 0, all->n, 1);
    flong_index_close(index);
    return path;
}

static int match_print(void *context, const flong_match *match) {
    text_print(context, "%.*s %s %.9f %.9f %.9f %u %d %d %zu\n", (int)match->record.id.n, match->record.id.p,
               flong_relation_name(match->score.relation), match->score.jaccard, match->score.a_in_b,
               match->score.b_in_a, (unsigned)match->score.longest_run, match->version, match->credited,
               match->n_spans);
    return 0;
}

static void matches_are_the_librarys(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 9, 0, 200, false);
    records_news(&all, 10, 60);
    const char *path = index_made("matched", &all);
    flong_index *index = index_open(path, FLONG_OPEN_READ);
    open_at(path);
    size_t found = 0;
    for (size_t i = 0; i < all.n; i += 3) {
        flong_record query = all.list[i];
        text wanted = {0};
        query.id = query.url = (flong_str){0};
        text_print(&wanted, "%s", "");
        assert_ok(flong_index_match(index, &query, match_print, &wanted, &error), &error);
        if (wanted.n) wanted.p[--wanted.n] = 0;
        found += wanted.n > 0;
        char sql[512];
        snprintf(
            sql, sizeof sql,
            "SELECT printf('%%s %%s %%.9f %%.9f %%.9f %%d %%d %%d %%d', id, relation, coalesce(jaccard, 0), "
            "coalesce(contained, 0), coalesce(contains, 0), longest_run, version, coalesce(credited, -1), "
            "json_array_length(spans)) FROM flong_match(?1, ?2, CASE WHEN %d THEN NULL ELSE %lld END, ?3)",
            query.published == FLONG_NO_DATE, (long long)query.published);
        const flong_str values[] = {query.text.p ? query.text : str_of(""),
                                    query.title.p ? query.title : str_of(""),
                                    query.site.p ? query.site : str_of("")};
        assert_string_equal(ask(sql, values, 3), wanted.p);
        text_free(&wanted);
    }
    assert_true(found > 30);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    flong_index_close(index);
    records_free(&all);
}

/* As a table it stands in joins, in any order, and more than once. */
static void matches_are_a_table(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 9, 0, 120, false);
    const char *path = index_made("joined", &all);
    open_at(path);
    assert_answer("SELECT count(*) > 20 FROM article a JOIN flong_match(a.title || a.title || a.title) m",
                  "1");
    const char *joins[] = {"SELECT count(*) FROM article a JOIN flong_match m ON m.query_text = a.title",
                           "SELECT count(*) FROM flong_match m JOIN article a ON m.query_text = a.title"};
    char first[64];
    snprintf(first, sizeof first, "%s", ask(joins[0], NULL, 0));
    assert_answer(joins[1], first);
    assert_answer("SELECT count(*) FROM flong_match('nothing of the kind') m JOIN flong_match('x') n", "0");
    assert_answer("SELECT count(*) FROM flong_match(NULL)", "0");
    assert_answer("SELECT query_title IS NULL FROM flong_match('x') UNION ALL SELECT 5", "5");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    records_free(&all);
}

static void match_says_what_is_wrong(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 9, 0, 30, false);
    char path[256], sql[512];
    snprintf(path, sizeof path, "%s", index_made("wrong", &all));
    assert_fails("SELECT * FROM flong_match", "a text is needed");
    assert_fails("SELECT * FROM flong_match(query_title)", "");
    assert_fails("SELECT * FROM flong_match('x')", "no file open");
    assert_fails("SELECT * FROM flong_match(x'61', 'y')", "a blob");
    assert_fails("SELECT * FROM flong_match('x', NULL, 'no such day')", "not a date");
    assert_fails("SELECT * FROM flong_match('x', NULL, NULL, NULL, '/nowhere/at.all')",
                 "there is no such file");
    assert_fails("SELECT * FROM flong_match('x', NULL, NULL, NULL, CAST(x'ff' AS TEXT))", "not UTF-8");
    snprintf(sql, sizeof sql, "SELECT count(*) FROM flong_match('x', 'y', '2024-05-02', 'z', '%s')", path);
    assert_answer(sql, "0");
    snprintf(sql, sizeof sql, "CREATE VIEW v AS SELECT * FROM flong_match('x', 'y', 0, 'z', '%s')", path);
    assert_answer(sql, "");
    assert_fails("SELECT * FROM v", "unsafe use");
    for (int i = 0; i < 5; i++) {
        char name[32];
        snprintf(name, sizeof name, "wrong%d", i);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM flong_match('x', NULL, NULL, NULL, '%s')",
                 index_made(name, &all));
        if (i < 3)
            assert_answer(sql, "0");
        else
            assert_fails(sql, "four indexes");
    }
    records_free(&all);
}

/* What another process adds is found by the next query, and what the connection has changed and not committed is not. */
static void matches_see_what_is_added(void **state) {
    (void)state;
    records all = {0};
    text body = {0};
    text_sentences(&body, 4711, 6);
    records_archive(&all, 9, 0, 30, false);
    char path[256];
    snprintf(path, sizeof path, "%s", index_made("added", &all));
    open_at(path);
    const flong_str query = text_str(&body);
    assert_string_equal(ask("SELECT count(*) FROM flong_match(?1)", &query, 1), "0");
    records_add(&all, "late", "late.example", "Late", body.p, 1700000000);
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 30, 31, 1);
    flong_index_close(index);
    assert_string_equal(ask("SELECT id FROM flong_match(?1)", &query, 1), "late");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    text_free(&body);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(functions_are_the_librarys, open_memory, close_it),
        cmocka_unit_test_setup_teardown(a_signature_is_bytes, open_memory, close_it),
        cmocka_unit_test_setup_teardown(arguments_of_every_kind, open_memory, close_it),
        cmocka_unit_test_setup_teardown(bytes_of_every_kind, open_memory, close_it),
        cmocka_unit_test(matches_are_the_librarys),
        cmocka_unit_test(matches_are_a_table),
        cmocka_unit_test_setup_teardown(match_says_what_is_wrong, open_memory, close_it),
        cmocka_unit_test(matches_see_what_is_added),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
