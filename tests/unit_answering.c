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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impossible_numbers_of_removed_articles_are_damage),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
