/* flong_match(text [, title, published, site, file]): the articles of an index that a text repeats, as a table. The index is
 * the file that the connection has open, or another one by name; it is opened again, for reading, and kept open. */
#include <stdlib.h>
#include <string.h>

#include "sqlite/extension.h"

SQLITE_EXTENSION_INIT3

/* Columns: what is told of a match, and after that the hidden ones, which are the arguments. */
#define COLUMN_MAP(X)                                                                                        \
    X(ID, "id")                                                                                              \
    X(RELATION, "relation")                                                                                  \
    X(JACCARD, "jaccard")                                                                                    \
    X(CONTAINED, "contained")                                                                                \
    X(CONTAINS, "contains")                                                                                  \
    X(LONGEST_RUN, "longest_run")                                                                            \
    X(SIMILARITY, "similarity")                                                                              \
    X(TERMS, "terms")                                                                                        \
    X(SPANS, "spans")                                                                                        \
    X(VERSION, "version")                                                                                    \
    X(CREDITED, "credited")                                                                                  \
    X(AGENCY, "agency")                                                                                      \
    X(SITE, "site")                                                                                          \
    X(TITLE, "title")                                                                                        \
    X(URL, "url")                                                                                            \
    X(PUBLISHED_UNIX, "published_unix")                                                                      \
    X(QUERY_TEXT, "query_text HIDDEN")                                                                       \
    X(QUERY_TITLE, "query_title HIDDEN")                                                                     \
    X(QUERY_PUBLISHED, "query_published HIDDEN")                                                             \
    X(QUERY_SITE, "query_site HIDDEN")                                                                       \
    X(FILE, "file HIDDEN")

enum {
#define COLUMN_ENUM(name, declaration) COLUMN_##name,
    COLUMN_MAP(COLUMN_ENUM)
#undef COLUMN_ENUM
        N_COLUMNS,
    N_SHOWN = COLUMN_QUERY_TEXT,
    N_ARGUMENTS = N_COLUMNS - N_SHOWN,
    FILES_MOST = 4, /* indexes that one connection keeps open */
};

/* The indexes that a connection has open through flong. They are closed with the connection: to close a file is to give up
 * every lock that the process has on it, which the connection may need. */
typedef struct opened {
    sqlite3 *db;
    size_t n;
    char *paths[FILES_MOST];
    flong_index *indexes[FILES_MOST];
} opened;

typedef struct table {
    sqlite3_vtab base;
    opened *files;
} table;

/* A value of a row: text where it has one, otherwise a number; NULL by type. */
typedef struct cell {
    int type; /* SQLITE_TEXT, SQLITE_INTEGER, SQLITE_FLOAT or SQLITE_NULL */
    sqlite3_int64 integer;
    double real;
    char *text;
    size_t n;
} cell;

typedef struct row {
    cell cells[N_SHOWN];
} row;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    row *rows;
    size_t n, capacity, at;
    sqlite3_value *arguments[N_ARGUMENTS];
    bool starved;
} cursor;

/* ---- rows -------------------------------------------------------------------------------- */

static cell whole(sqlite3_int64 value) { return (cell){.type = SQLITE_INTEGER, .integer = value}; }

static cell share(bool known, double value) {
    return known ? (cell){.type = SQLITE_FLOAT, .real = value} : (cell){.type = SQLITE_NULL};
}

/* NULL where there is no text, or no memory. */
static cell words(cursor *c, flong_str text) {
    cell made = {.type = SQLITE_NULL};
    if (text.n == 0) return made;
    if (!(made.text = sqlite3_malloc64(text.n))) {
        c->starved = true;
        return made;
    }
    memcpy(made.text, text.p, text.n);
    made.type = SQLITE_TEXT;
    made.n = text.n;
    return made;
}

/* [[begin, end, begin, end], ...]: characters of the query, then of the match. */
static cell spans(cursor *c, const flong_match *match) {
    sqlite3_str *out = sqlite3_str_new(NULL);
    for (size_t i = 0; i < match->n_spans; i++) {
        const flong_span *s = &match->spans[i];
        sqlite3_str_appendf(out, "%s[%llu, %llu, %llu, %llu]", i ? ", " : "[", (unsigned long long)s->a_begin,
                            (unsigned long long)s->a_end, (unsigned long long)s->b_begin,
                            (unsigned long long)s->b_end);
    }
    sqlite3_str_appendall(out, match->n_spans ? "]" : "[]");
    int n = sqlite3_str_length(out);
    char *text = sqlite3_str_finish(out);
    if (!text) c->starved = true;
    return (cell){.type = text ? SQLITE_TEXT : SQLITE_NULL, .text = text, .n = (size_t)n};
}

static row *row_new(cursor *c) {
    if (c->n == c->capacity) {
        size_t capacity = c->capacity ? 2 * c->capacity : 16;
        row *rows = sqlite3_realloc64(c->rows, capacity * sizeof *rows);
        if (!rows) return NULL;
        c->rows = rows;
        c->capacity = capacity;
    }
    row *made = &c->rows[c->n++];
    memset(made, 0, sizeof *made);
    return made;
}

/* A flong_match_fn. */
static int match_take(void *context, const flong_match *match) {
    cursor *c = context;
    const flong_score *score = &match->score;
    const flong_record *record = &match->record;
    bool overlap = score->relation <= FLONG_RELATION_EXCERPT;
    row *made = row_new(c);
    if (!made) {
        c->starved = true;
        return 1;
    }
    cell *cells = made->cells;
    const char *relation = flong_relation_name(score->relation);
    cells[COLUMN_ID] = words(c, record->id);
    cells[COLUMN_RELATION] = words(c, (flong_str){relation, strlen(relation)});
    cells[COLUMN_JACCARD] = share(overlap, score->jaccard);
    cells[COLUMN_CONTAINED] = share(overlap, score->a_in_b);
    cells[COLUMN_CONTAINS] = share(overlap, score->b_in_a);
    cells[COLUMN_LONGEST_RUN] = whole(score->longest_run);
    cells[COLUMN_SIMILARITY] = share(score->similarity > 0, score->similarity);
    cells[COLUMN_TERMS] = words(c, match->terms);
    cells[COLUMN_SPANS] = spans(c, match);
    cells[COLUMN_VERSION] = whole(match->version != 0);
    cells[COLUMN_CREDITED] = match->credited < 0 ? (cell){.type = SQLITE_NULL} : whole(match->credited);
    cells[COLUMN_AGENCY] = words(c, match->wire.agency);
    cells[COLUMN_SITE] = words(c, record->site);
    cells[COLUMN_TITLE] = words(c, record->title);
    cells[COLUMN_URL] = words(c, record->url);
    cells[COLUMN_PUBLISHED_UNIX] =
        record->published == FLONG_NO_DATE ? (cell){.type = SQLITE_NULL} : whole(record->published);
    return c->starved;
}

static void rows_free(cursor *c) {
    for (size_t i = 0; i < c->n; i++)
        for (int k = 0; k < N_SHOWN; k++) sqlite3_free(c->rows[i].cells[k].text);
    sqlite3_free(c->rows);
    for (int i = 0; i < N_ARGUMENTS; i++) sqlite3_value_free(c->arguments[i]);
    *c = (cursor){.base = c->base};
}

/* ---- the index --------------------------------------------------------------------------- */

/* What goes wrong, as the message of the statement. */
static int fail(table *t, const char *why) {
    sqlite3_free(t->base.zErrMsg);
    t->base.zErrMsg = sqlite3_mprintf("flong_match: %s", why);
    return t->base.zErrMsg ? SQLITE_ERROR : SQLITE_NOMEM;
}

/* Whether two names lead to one file. */
static bool same_file(const char *a, const char *b) {
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    bool same = real_a && real_b && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return same;
}

/* Whether the connection has a file open, under whatever schema. */
static bool is_open(sqlite3 *db, const char *path) {
    sqlite3_stmt *schemas;
    bool open = false;
    if (sqlite3_prepare_v2(db, "PRAGMA database_list", -1, &schemas, NULL) != SQLITE_OK) return true;
    while (!open && sqlite3_step(schemas) == SQLITE_ROW) {
        const char *held = (const char *)sqlite3_column_text(schemas, 2);
        open = held && *held && same_file(held, path);
    }
    sqlite3_finalize(schemas);
    return open;
}

/* Refuses a file that the connection has open with an SQLite that is not the library's: the two do not know of each
 * other's locks. */
static int locks_check(table *t, const char *path) {
    const char *(*version)(void) = sqlite3_libversion;
    const void *ours = *(const void *const *)(const void *)&version;
    if (ours == library_sqlite() || !is_open(t->files->db, path)) return SQLITE_OK;
    sqlite3_free(t->base.zErrMsg);
    t->base.zErrMsg = sqlite3_mprintf("flong_match: this program has an SQLite of its own (%s) and not the "
                                      "%s that flong uses; open :memory: and name "
                                      "the index as the last argument",
                                      sqlite3_libversion(), library_sqlite_version());
    return t->base.zErrMsg ? SQLITE_ERROR : SQLITE_NOMEM;
}

static int index_open(table *t, flong_index **out, const char *path) {
    opened *files = t->files;
    flong_error error;
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->paths[i], path) == 0) {
            *out = files->indexes[i];
            return SQLITE_OK;
        }
    if (files->n == FILES_MOST)
        return fail(t, "four indexes are open in this connection; open another connection");
    int code = locks_check(t, path);
    if (code != SQLITE_OK) return code;
    char *name = sqlite3_mprintf("%s", path);
    if (!name) return SQLITE_NOMEM;
    flong_status status = flong_index_open(out, path, FLONG_OPEN_READ, NULL, &error);
    if (status != FLONG_OK) {
        sqlite3_free(name);
        return status == FLONG_NOMEM ? SQLITE_NOMEM : fail(t, error.text);
    }
    files->paths[files->n] = name;
    files->indexes[files->n++] = *out;
    return SQLITE_OK;
}

static void opened_free(void *given) {
    opened *files = given;
    for (size_t i = 0; i < files->n; i++) {
        flong_index_close(files->indexes[i]);
        sqlite3_free(files->paths[i]);
    }
    sqlite3_free(files);
}

/* ---- the query --------------------------------------------------------------------------- */

static sqlite3_value *argument(const cursor *c, int column) {
    sqlite3_value *value = c->arguments[column - N_SHOWN];
    return value && sqlite3_value_type(value) != SQLITE_NULL ? value : NULL;
}

static int text_read(table *t, flong_str *out, const cursor *c, int column) {
    const char *why;
    sqlite3_value *value = argument(c, column);
    *out = (flong_str){0};
    return !value || text_argument(out, value, &why) ? SQLITE_OK : fail(t, why);
}

/* Seconds, or a date in a form that input has. */
static int date_read(table *t, int64_t *out, const cursor *c) {
    sqlite3_value *value = argument(c, COLUMN_QUERY_PUBLISHED);
    *out = FLONG_NO_DATE;
    if (!value) return SQLITE_OK;
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
        *out = sqlite3_value_int64(value);
        return SQLITE_OK;
    }
    flong_str text;
    int code = text_read(t, &text, c, COLUMN_QUERY_PUBLISHED);
    if (code != SQLITE_OK) return code;
    return flong_date_read(out, text) ? SQLITE_OK : fail(t, "the third argument is not a date");
}

static int record_read(table *t, flong_record *record, const cursor *c) {
    int code = text_read(t, &record->text, c, COLUMN_QUERY_TEXT);
    if (code == SQLITE_OK) code = text_read(t, &record->title, c, COLUMN_QUERY_TITLE);
    if (code == SQLITE_OK) code = text_read(t, &record->site, c, COLUMN_QUERY_SITE);
    return code == SQLITE_OK ? date_read(t, &record->published, c) : code;
}

static int query_run(table *t, cursor *c) {
    flong_record record = {0};
    flong_error error;
    flong_index *index;
    flong_str named;
    int code = record_read(t, &record, c);
    if (code == SQLITE_OK) code = text_read(t, &named, c, COLUMN_FILE);
    if (code != SQLITE_OK) return code;
    const char *path = named.n ? named.p : sqlite3_db_filename(t->files->db, "main");
    if (!path || !*path)
        return fail(t, "the connection has no file open; name the index as the last argument");
    if (!argument(c, COLUMN_QUERY_TEXT)) return SQLITE_OK; /* of NULL, nothing */
    if ((code = index_open(t, &index, path)) != SQLITE_OK) return code;
    flong_status status = flong_index_match(index, &record, match_take, c, &error);
    if (c->starved || status == FLONG_NOMEM) return SQLITE_NOMEM;
    return status == FLONG_OK ? SQLITE_OK : fail(t, error.text);
}

/* ---- what SQLite calls ------------------------------------------------------------------- */

static int table_connect(sqlite3 *db, void *files, int n, const char *const *arguments, sqlite3_vtab **out,
                         char **why) {
    (void)n, (void)arguments, (void)why;
#define COLUMN_TEXT(name, declaration) declaration ", "
    static const char declaration[] = "CREATE TABLE x(" COLUMN_MAP(COLUMN_TEXT);
    char sql[sizeof declaration];
    memcpy(sql, declaration, sizeof sql);
    memcpy(sql + sizeof sql - 3, ")", 2); /* in the place of the last ", " */
    int code = sqlite3_declare_vtab(db, sql);
    if (code != SQLITE_OK) return code;
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY); /* it opens files */
    table *t = sqlite3_malloc64(sizeof *t);
    if (!t) return SQLITE_NOMEM;
    *t = (table){.files = files};
    *out = &t->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *t) {
    sqlite3_free(t);
    return SQLITE_OK;
}

/* Takes the arguments: bit i of idxNum says that the i-th one is given. */
static int table_plan(sqlite3_vtab *t, sqlite3_index_info *info) {
    int given = 0, next = 1, places[N_ARGUMENTS];
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *c = &info->aConstraint[i];
        if (c->iColumn < N_SHOWN || c->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!c->usable) return SQLITE_CONSTRAINT; /* in this order of the tables it is not known yet */
        given |= 1 << (c->iColumn - N_SHOWN);
        places[c->iColumn - N_SHOWN] = i;
    }
    if (!(given & 1)) return fail((table *)t, "a text is needed: SELECT * FROM flong_match('...')");
    for (int i = 0; i < N_ARGUMENTS; i++) {
        if (!(given & 1 << i)) continue;
        info->aConstraintUsage[places[i]].argvIndex = next++;
        info->aConstraintUsage[places[i]].omit = 1;
    }
    info->idxNum = given;
    info->estimatedCost = 1e5; /* some milliseconds */
    info->estimatedRows = 8;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out) {
    (void)t;
    cursor *c = sqlite3_malloc64(sizeof *c);
    if (!c) return SQLITE_NOMEM;
    memset(c, 0, sizeof *c);
    *out = &c->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *base) {
    cursor *c = (cursor *)base;
    rows_free(c);
    sqlite3_free(c);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *base, int given, const char *name, int n,
                         sqlite3_value **values) {
    cursor *c = (cursor *)base;
    int next = 0;
    (void)name;
    rows_free(c);
    for (int i = 0; i < N_ARGUMENTS && next < n; i++) {
        if (!(given & 1 << i)) continue;
        if (!(c->arguments[i] = sqlite3_value_dup(values[next++]))) return SQLITE_NOMEM;
    }
    return query_run((table *)base->pVtab, c);
}

static int cursor_next(sqlite3_vtab_cursor *base) {
    ((cursor *)base)->at++;
    return SQLITE_OK;
}

static int cursor_ended(sqlite3_vtab_cursor *base) {
    const cursor *c = (cursor *)base;
    return c->at >= c->n;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const cursor *c = (cursor *)base;
    if (column >= N_SHOWN) {
        sqlite3_value *value = column < N_COLUMNS ? c->arguments[column - N_SHOWN] : NULL;
        if (value) sqlite3_result_value(context, value);
        return SQLITE_OK;
    }
    const cell *told = &c->rows[c->at].cells[column];
    if (told->type == SQLITE_TEXT)
        sqlite3_result_text64(context, told->text, told->n, SQLITE_TRANSIENT, SQLITE_UTF8);
    else if (told->type == SQLITE_INTEGER)
        sqlite3_result_int64(context, told->integer);
    else if (told->type == SQLITE_FLOAT)
        sqlite3_result_double(context, told->real);
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = (sqlite3_int64)((cursor *)base)->at;
    return SQLITE_OK;
}

/* Without xCreate, it is there by its name alone. */
static const sqlite3_module match_module = {
    .xConnect = table_connect,
    .xBestIndex = table_plan,
    .xDisconnect = table_disconnect,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_ended,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

int match_register(sqlite3 *db) {
    opened *files = sqlite3_malloc64(sizeof *files);
    if (!files) return SQLITE_NOMEM;
    *files = (opened){.db = db};
    return sqlite3_create_module_v2(db, "flong_match", &match_module, files,
                                    opened_free); /* frees it on failure, too */
}
