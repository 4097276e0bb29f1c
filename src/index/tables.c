#include "index/tables.h"

#include <string.h>

#include "index/sqlite.h"

enum { COLUMNS_MOST = 32 };

/* Related articles tell of the same event and repeat nothing: they are not in the graph. */
static const char *const table_sql[] = {
    [TABLE_ARTICLE] = "SELECT * FROM article ORDER BY no",
    [TABLE_PAIR] = "SELECT * FROM pair",
    [TABLE_TEXT_GROUP] = "SELECT * FROM text_group ORDER BY articles DESC, text_id",
    [TABLE_STORY] = "SELECT * FROM story ORDER BY articles DESC, story_id",
    [TABLE_SITE] = "SELECT * FROM site ORDER BY articles DESC, site",
    [TABLE_NODES] =
        "SELECT no, id, site, title, strftime('%Y-%m-%dT%H:%M:%SZ', published, 'unixepoch') AS published"
        " FROM article_row WHERE no IN (SELECT no FROM place_row WHERE of_no IS NOT NULL AND relation <> 5"
        " UNION SELECT of_no FROM place_row WHERE of_no IS NOT NULL AND relation <> 5) ORDER BY no",
    [TABLE_EDGES] =
        "SELECT p.no AS \"from\", p.of_no AS \"to\", v.relation, v.jaccard, v.contained, v.contains,"
        " v.similarity, v.credited FROM place_row p JOIN article v ON v.no = p.no"
        " WHERE p.of_no IS NOT NULL AND p.relation <> 5 ORDER BY p.no",
};

/* The values that a row holds; of numbers their text, which no locale changes. */
static void row_read(sqlite3_stmt *rows, size_t n, flong_str *values, bool *numbers) {
    for (size_t i = 0; i < n; i++) {
        int type = sqlite3_column_type(rows, (int)i);
        numbers[i] = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
        values[i] = column_text(rows, (int)i);
    }
}

static flong_status head_tell(sqlite3_stmt *rows, size_t n, table_row_fn fn, void *context,
                              flong_error *error) {
    flong_str names[COLUMNS_MOST];
    const bool numbers[COLUMNS_MOST] = {false};
    for (size_t i = 0; i < n; i++) {
        const char *name = sqlite3_column_name(rows, (int)i);
        if (!name) return error_nomem(error);
        names[i] = (flong_str){name, strlen(name)};
    }
    const table_row row = {n, names, numbers};
    return fn(context, &row, error);
}

static flong_status rows_tell(store *s, sqlite3_stmt *rows, table_row_fn fn, void *context,
                              flong_error *error) {
    size_t n = (size_t)sqlite3_column_count(rows);
    flong_str values[COLUMNS_MOST];
    bool numbers[COLUMNS_MOST];
    if (n > COLUMNS_MOST)
        return error_set(error, FLONG_DAMAGED, "%s: a view has %zu columns; make the index anew", s->path, n);
    TRY(head_tell(rows, n, fn, context, error));
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        row_read(rows, n, values, numbers);
        const table_row row = {n, values, numbers};
        TRY(fn(context, &row, error));
    }
    return code == SQLITE_DONE ? FLONG_OK : store_failure(s, "reading a view", error);
}

flong_status table_each(store *s, table_name name, table_row_fn fn, void *context, flong_error *error) {
    sqlite3_stmt *rows;
    if (s->temporary)
        return error_set(error, FLONG_ARG, "a temporary index has no tables to report; keep it in a file");
    if (sqlite3_prepare_v2(s->db, table_sql[name], -1, &rows, NULL) != SQLITE_OK)
        return store_failure(s, "reading a view", error);
    flong_status status = rows_tell(s, rows, fn, context, error);
    sqlite3_finalize(rows);
    return status;
}
