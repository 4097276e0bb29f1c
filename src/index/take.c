/* One index file takes over the content of another. */
#include <stdio.h>
#include <string.h>

#include "index/sqlite.h"

/* "INSERT INTO main.t SELECT * FROM other.t" for every table of flong's, behind a DELETE. */
static flong_status tables_take(store *s, flong_error *error) {
    sqlite3_stmt *tables;
    flong_status status = FLONG_OK;
    const char *sql = "SELECT 'DELETE FROM main.' || name || '; INSERT INTO main.' || name ||"
                      " ' SELECT * FROM other.' || name FROM other.sqlite_schema WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite_%'";
    if (sqlite3_prepare_v2(s->db, sql, -1, &tables, NULL) != SQLITE_OK)
        return store_failure(s, "reading the new tables", error);
    int code = SQLITE_DONE;
    while (status == FLONG_OK && (code = sqlite3_step(tables)) == SQLITE_ROW)
        status = store_execute(s, (const char *)sqlite3_column_text(tables, 0), error);
    if (status == FLONG_OK && code != SQLITE_DONE) status = store_failure(s, "reading the new tables", error);
    sqlite3_finalize(tables);
    return status;
}

static flong_status content_take(store *s, uint64_t version, flong_error *error) {
    uint64_t now;
    TRY(store_begin(s, error));
    flong_status status = store_version(s, &now, error);
    if (status == FLONG_OK && now != version)
        status = error_set(error, FLONG_BUSY, "%s: another process changed the index meanwhile; try again",
                           s->path);
    if (status == FLONG_OK) status = tables_take(s, error);
    if (status == FLONG_OK) return store_commit(s, error);
    store_rollback(s);
    return status;
}

flong_status store_take(store *s, const char *path, uint64_t version, flong_error *error) {
    sqlite3_stmt *attach;
    if (sqlite3_prepare_v2(s->db, "ATTACH ?1 AS other", -1, &attach, NULL) != SQLITE_OK)
        return store_failure(s, "attaching the new file", error);
    sqlite3_bind_text(attach, 1, path, -1, SQLITE_STATIC);
    int code = sqlite3_step(attach);
    sqlite3_finalize(attach);
    if (code != SQLITE_DONE) return store_failure(s, "attaching the new file", error);
    flong_status status = content_take(s, version, error);
    sqlite3_exec(s->db, "DETACH other", NULL, NULL, NULL);
    return status == FLONG_OK ? store_execute(s, "VACUUM", error) : status;
}
