#include "index/undo.h"

#include <stdio.h>
#include <string.h>

#include "index/sqlite.h"

enum { COLUMNS_MOST = 16 };

/* The tables that are logged, with their columns, the first `keys` of which name a row. */
static const struct table {
    const char *name;
    int keys;
    const char *columns[COLUMNS_MOST];
} tables[] = {
    {"meta", 1, {"name", "value"}},
    {"article_row",
     1,
     {"no", "id", "url", "site", "title", "published", "text_no", "tokens", "all_tokens", "furniture", "stub",
      "agency", "credit", "place", "author", "lang"}},
    {"body", 1, {"no", "text", "size", "dropped", "dictionary"}},
    {"dictionary", 1, {"id", "bytes"}},
    {"pair_row",
     2,
     {"b", "a", "relation", "jaccard", "a_in_b", "b_in_a", "longest_run", "spans", "similarity", "terms"}},
    {"sketch", 1, {"no", "published", "terms"}},
    {"group_row", 1, {"no", "size", "weakest", "representatives"}},
    {"story_row", 1, {"no", "size", "weakest"}},
    {"telling", 1, {"text_no", "story_no"}},
    {"event_row", 1, {"seq", "kind", "text_no", "into_no", "at_no"}},
    {"furniture", 1, {"no", "site", "lines", "learned"}},
    {"run", 1, {"id", "level", "first_no", "last_no", "entries", "fences"}},
    {"block", 1, {"id", "body"}},
    {"removed", 1, {"no"}},
};
enum { N_TABLES = sizeof tables / sizeof *tables, SQL_MOST = 8192 };

/* Appends to a text that is known to have room. */
static void append(char *sql, const char *text) { strncat(sql, text, SQL_MOST - 1 - strlen(sql)); }

/* A column's value as SQL. Text goes as bytes: quote() ends it at a NUL. */
#define VALUE(side)                                                                                          \
    "CASE typeof(" side ".%2$s) WHEN 'text' THEN 'CAST(' || quote(CAST(" side                                \
    ".%2$s AS BLOB)) || ' AS TEXT)' ELSE quote(" side ".%2$s) END"

/* " WHERE b = ' || quote(old.b) || ' AND a = ' || quote(old.a)" */
static void append_where(char *sql, const struct table *t, const char *side) {
    for (int i = 0; i < t->keys; i++) {
        char part[128];
        snprintf(part, sizeof part, " %s %s = ' || quote(%s.%s)%s", i ? "AND" : "WHERE", t->columns[i], side,
                 t->columns[i], i + 1 < t->keys ? " || '" : "");
        append(sql, part);
    }
}

static void append_values(char *sql, const struct table *t, const char *form) {
    for (int i = 0; i < COLUMNS_MOST && t->columns[i]; i++) {
        char part[512];
        snprintf(part, sizeof part, form, i ? ", " : "", t->columns[i]);
        append(sql, part);
    }
}

/* One trigger: `what` happened, and this takes it back. */
static flong_status trigger_make(store *s, const struct table *t, const char *what, flong_error *error) {
    char sql[SQL_MOST] = "";
    snprintf(sql, sizeof sql,
             "CREATE TEMP TRIGGER undo_%s_%s AFTER %s ON main.%s BEGIN INSERT INTO undo (sql) VALUES ('",
             t->name, what, what, t->name);
    if (strcmp(what, "INSERT") == 0) {
        append(sql, "DELETE FROM ");
        append(sql, t->name);
        append_where(sql, t, "new");
    } else if (strcmp(what, "UPDATE") == 0) {
        append(sql, "UPDATE ");
        append(sql, t->name);
        append(sql, " SET ");
        append_values(sql, t, "%1$s%2$s = ' || " VALUE("old") " || '");
        append_where(sql, t, "new");
    } else {
        append(sql, "INSERT INTO ");
        append(sql, t->name);
        append(sql, " VALUES (");
        append_values(sql, t, "%1$s' || " VALUE("old") " || '");
        append(sql, ")'");
    }
    append(sql, "); END;");
    return store_execute(s, sql, error);
}

static const char *const happenings[] = {"INSERT", "UPDATE", "DELETE"};

flong_status undo_record(store *s, flong_error *error) {
    if (s->bulk) bulk_undo_record(s->bulk);
    for (int i = 0; i < N_TABLES; i++)
        for (int j = 0; j < 3; j++) TRY(trigger_make(s, &tables[i], happenings[j], error));
    return FLONG_OK;
}

flong_status undo_pause(store *s, flong_error *error) {
    char sql[128];
    if (s->bulk) bulk_undo_pause(s->bulk);
    for (int i = 0; i < N_TABLES; i++)
        for (int j = 0; j < 3; j++) {
            snprintf(sql, sizeof sql, "DROP TRIGGER IF EXISTS temp.undo_%s_%s", tables[i].name,
                     happenings[j]);
            TRY(store_execute(s, sql, error));
        }
    return FLONG_OK;
}

/* Runs the last entry of the log, and drops it; *done when there is none. An entry that comes after the one
 * before it, *seq_before, is one that does not go or that an entry made: damage, and it would never end. */
static flong_status undo_step(store *s, bool *done, uint64_t *seq_before, flong_error *error) {
    sqlite3_stmt *last = store_statement(s, STATEMENT_UNDO_LAST, error);
    if (!last) return FLONG_IO;
    int code = sqlite3_step(last);
    *done = code == SQLITE_DONE;
    flong_status status = FLONG_OK;
    uint64_t seq = 0;
    if (code == SQLITE_ROW) {
        seq = (uint64_t)sqlite3_column_int64(last, 0);
        if (seq >= *seq_before)
            status = error_set(error, FLONG_DAMAGED,
                               "%s: the log of the open batch is damaged; make the index anew", s->path);
        *seq_before = seq;
    }
    if (code == SQLITE_ROW && status == FLONG_OK) {
        status = store_execute(s, (const char *)sqlite3_column_text(last, 1), error);
    } else if (code != SQLITE_ROW && !*done) {
        status = store_failure(s, "taking back the open batch", error);
    }
    sqlite3_reset(last);
    if (status != FLONG_OK || *done) return status;
    return store_run_numbers(s, STATEMENT_UNDO_DROP, &seq, 1, error);
}

/* The log is text in a file that may come from anywhere: it may change rows of the index, and nothing else. */
static int undo_authorize(void *context, int action, const char *a, const char *b, const char *c,
                          const char *d) {
    (void)context, (void)a, (void)b, (void)c, (void)d;
    switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_READ:
    case SQLITE_SELECT:
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

flong_status undo_apply(store *s, flong_error *error) {
    sqlite3_set_authorizer(s->db, undo_authorize, NULL);
    flong_status status = FLONG_OK;
    uint64_t seq_before = INT64_MAX;
    if (s->bulk) status = bulk_undo_apply(s->bulk, error);
    for (bool done = false; !done && status == FLONG_OK;) status = undo_step(s, &done, &seq_before, error);
    sqlite3_set_authorizer(s->db, NULL, NULL);
    return status;
}
