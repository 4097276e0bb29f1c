#include "index/places.h"

#include <stdio.h>

#include "index/sqlite.h"

/* Numbers kept in the table meta. placed: 1 where all places are current but those of the articles noted in the table
 * unplaced. unplaced_event: the last event before the open batch. */
static const char *const meta_placed = "placed", *const meta_event = "unplaced_event";

/* ---- noting ------------------------------------------------------------------------------ */

static flong_status places_begun(store *s, bool *begun, flong_error *error) {
    uint64_t placed;
    TRY(store_number(s, &placed, meta_placed, 0, error));
    *begun = placed == 1;
    return FLONG_OK;
}

flong_status places_current(store *s, bool *current, flong_error *error) {
    uint64_t unplaced;
    TRY(places_begun(s, current, error));
    if (!*current) return FLONG_OK;
    TRY(store_query_number(s, &unplaced, "SELECT EXISTS (SELECT 1 FROM unplaced)", error));
    *current = !unplaced;
    return FLONG_OK;
}

flong_status places_event(store *s, uint64_t *event, flong_error *error) {
    return store_query_number(s, event, "SELECT coalesce(max(seq), 0) FROM event_row", error);
}

flong_status places_touch(store *s, uint64_t first, uint64_t event, flong_error *error) {
    bool begun;
    TRY(places_begun(s, &begun, error));
    TRY(store_set_number(s, meta_event, event, error));
    if (!begun) return FLONG_OK; /* all are told anyway */
    return store_run_numbers(s, STATEMENT_UNPLACED_ADD, (const uint64_t[]){first, event}, 2, error);
}

flong_status places_touch_open(store *s, uint64_t first, flong_error *error) {
    uint64_t event;
    TRY(store_number(s, &event, meta_event, 0, error));
    return places_touch(s, first, event, error);
}

flong_status places_touch_removed(store *s, uint64_t no, flong_error *error) {
    bool begun;
    TRY(places_begun(s, &begun, error));
    return begun ? store_run_numbers(s, STATEMENT_UNPLACED_ADD_REMOVED, &no, 1, error) : FLONG_OK;
}

flong_status places_note(store *s, bool all, flong_error *error) {
    const char *gone = all ? "DELETE FROM place_row WHERE no NOT IN (SELECT no FROM article_row)"
                           : "DELETE FROM place_row WHERE no IN (SELECT no FROM unplaced) AND"
                             " no NOT IN (SELECT no FROM article_row)";
    TRY(store_execute(s, gone, error));
    TRY(store_execute(s, "DELETE FROM unplaced", error));
    return store_set_number(s, meta_placed, 1, error);
}

/* ---- what was touched -------------------------------------------------------------------- */

/* Of the articles noted, whole stories are told again, since their first telling may be another, and the stories of those
 * that share a passage with a text group that has changed, since its original may be another. What shares a passage with
 * an article that is told decides what that repeats: its text group is read, too. The order of the joins is as
 * written. */
static const char scope_sql[] =
    "CREATE TEMP TABLE IF NOT EXISTS touched (no INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE IF NOT EXISTS scope_story (no INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE IF NOT EXISTS scope (no INTEGER PRIMARY KEY, asked INTEGER NOT NULL);"
    "DELETE FROM touched; DELETE FROM scope_story; DELETE FROM scope;"
    "INSERT OR IGNORE INTO touched SELECT a.text_no FROM unplaced u CROSS JOIN article_row a WHERE a.no = "
    "u.no;"
    "INSERT OR IGNORE INTO scope_story SELECT coalesce(l.story_no, g.no) FROM touched g"
    " LEFT JOIN telling l ON l.text_no = g.no;"
    "INSERT OR IGNORE INTO scope_story SELECT coalesce(l.story_no, x.text_no) FROM (SELECT p.a AS no FROM "
    "touched g"
    " CROSS JOIN article_row m CROSS JOIN pair_row p WHERE m.text_no = g.no AND p.b = m.no AND p.relation = 3"
    " UNION SELECT p.b FROM touched g CROSS JOIN article_row m CROSS JOIN pair_row p"
    " WHERE m.text_no = g.no AND p.a = m.no AND p.relation = 3) o CROSS JOIN article_row x"
    " LEFT JOIN telling l ON l.text_no = x.text_no WHERE x.no = o.no;"
    "INSERT OR IGNORE INTO scope SELECT a.no, 1 FROM scope_story s CROSS JOIN article_row a WHERE a.text_no "
    "= s.no;"
    "INSERT OR IGNORE INTO scope SELECT a.no, 1 FROM scope_story s CROSS JOIN telling l CROSS JOIN "
    "article_row a"
    " WHERE l.story_no = s.no AND a.text_no = l.text_no;"
    "INSERT OR IGNORE INTO scope SELECT m.no, 0 FROM (SELECT p.a AS no FROM scope s CROSS JOIN pair_row p"
    " WHERE p.b = s.no AND p.relation = 3 UNION SELECT p.b FROM scope s CROSS JOIN pair_row p"
    " WHERE p.a = s.no AND p.relation = 3) o CROSS JOIN article_row x CROSS JOIN article_row m"
    " WHERE x.no = o.no AND m.text_no = x.text_no;";

/* Of so many articles at least, one in so many at most is told for itself. */
enum { SCOPE_SHARE = 4 };

static flong_status scope_read(store *s, buffer *numbers, buffer *asked, flong_error *error) {
    sqlite3_stmt *rows;
    if (sqlite3_prepare_v2(s->db, "SELECT no, asked FROM temp.scope ORDER BY no", -1, &rows, NULL) !=
        SQLITE_OK)
        return store_failure(s, "reading what has changed", error);
    int code;
    bool taken = true;
    while (taken && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        uint64_t no = (uint64_t)sqlite3_column_int64(rows, 0);
        bool is_asked = sqlite3_column_int(rows, 1) != 0;
        taken = buffer_append(numbers, &no, sizeof no) && buffer_append(asked, &is_asked, sizeof is_asked);
    }
    sqlite3_finalize(rows);
    if (!taken) return error_nomem(error);
    return code == SQLITE_DONE ? FLONG_OK : store_failure(s, "reading what has changed", error);
}

flong_status places_scope(store *s, buffer *numbers, buffer *asked, bool *all, flong_error *error) {
    bool begun;
    uint64_t many;
    TRY(places_begun(s, &begun, error));
    *all = !begun;
    if (*all) return FLONG_OK;
    TRY(store_execute(s, scope_sql, error));
    char sql[128];
    snprintf(sql, sizeof sql,
             "SELECT (SELECT count(*) FROM temp.scope) * %d > (SELECT count(*) FROM article_row)",
             SCOPE_SHARE);
    TRY(store_query_number(s, &many, sql, error));
    *all = many;
    return *all ? FLONG_OK : scope_read(s, numbers, asked, error);
}

/* ---- rows -------------------------------------------------------------------------------- */

enum { NO = 1, RELATION, OF, SHARES, SIMILARITY = SHARES + 3, CREDITED };

static void bind_or_null(sqlite3_stmt *set, int place, bool known, sqlite3_int64 value) {
    if (known)
        sqlite3_bind_int64(set, place, value);
    else
        sqlite3_bind_null(set, place);
}

flong_status place_set(store *s, const place_row *row, flong_error *error) {
    sqlite3_stmt *set = store_statement(s, STATEMENT_PLACE_SET, error);
    if (!set) return FLONG_IO;
    sqlite3_bind_int64(set, NO, (sqlite3_int64)row->no);
    sqlite3_bind_int64(set, RELATION, row->relation);
    bind_or_null(set, OF, row->of != PLACE_NONE, (sqlite3_int64)row->of);
    for (int i = 0; i < 3; i++)
        bind_or_null(set, SHARES + i, row->shares[i] != PLACE_UNKNOWN, row->shares[i]);
    bind_or_null(set, SIMILARITY, row->similarity != PLACE_UNKNOWN, row->similarity);
    bind_or_null(set, CREDITED, row->credited >= 0, row->credited);
    return store_run(s, set, error);
}

flong_status place_unset(store *s, uint64_t no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_PLACE_DELETE, &no, 1, error);
}
