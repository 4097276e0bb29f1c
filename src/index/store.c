#include "index/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/params.h"
#include "index/schema.h"
#include "index/sqlite.h"
#include "index/views.h"

/* How long a reader or writer waits for another process, in milliseconds. */
enum { BUSY_WAIT = 10000 };

flong_status store_failure(store *s, const char *doing, flong_error *error) {
    int code = sqlite3_errcode(s->db);
    const char *text = sqlite3_errmsg(s->db);
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return error_nomem(error);
    case SQLITE_NOTADB:
        return error_set(error, FLONG_NOT_INDEX,
                         "%s: not a flong index (not an SQLite file); name another file", s->path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, FLONG_BUSY,
                         "%s: another process is writing to the index; try again when it is done", s->path);
    case SQLITE_FULL:
        return error_set(error, FLONG_IO, "%s: no space left on the disk while %s", s->path, doing);
    case SQLITE_CORRUPT:
        return error_set(error, FLONG_DAMAGED,
                         "%s: the index is damaged (%s, while %s); make it anew from its articles", s->path,
                         text, doing);
    case SQLITE_READONLY:
        return error_set(error, FLONG_IO, "%s: the index cannot be written (%s)", s->path, text);
    case SQLITE_CANTOPEN:
        return error_set(error, FLONG_IO, "%s: cannot be opened (%s)", s->path, text);
    default:
        return error_set(error, FLONG_IO, "%s: %s, while %s", s->path, text, doing);
    }
}

static const char *const statement_sql[] = {
#define STATEMENT_SQL(name, sql) sql,
    STATEMENT_MAP(STATEMENT_SQL)
#undef STATEMENT_SQL
};

sqlite3_stmt *store_statement(store *s, statement_name name, flong_error *error) {
    sqlite3_stmt **statement = &s->statements[name];
    if (!*statement && sqlite3_prepare_v3(s->db, statement_sql[name], -1, SQLITE_PREPARE_PERSISTENT,
                                          statement, NULL) != SQLITE_OK) {
        store_failure(s, "preparing a statement", error);
        return NULL;
    }
    sqlite3_reset(*statement);
    return *statement;
}

flong_status store_run(store *s, sqlite3_stmt *statement, flong_error *error) {
    int code = sqlite3_step(statement);
    flong_status status = FLONG_OK;
    if (code != SQLITE_DONE && code != SQLITE_ROW) status = store_failure(s, "writing", error);
    sqlite3_reset(statement);
    return status;
}

flong_status store_run_numbers(store *s, statement_name name, const uint64_t *numbers, int n,
                               flong_error *error) {
    sqlite3_stmt *statement = store_statement(s, name, error);
    if (!statement) return error ? error->status : FLONG_IO;
    for (int i = 0; i < n; i++) sqlite3_bind_int64(statement, i + 1, (sqlite3_int64)numbers[i]);
    return store_run(s, statement, error);
}

flong_status store_execute(store *s, const char *sql, flong_error *error) {
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? FLONG_OK
                                                                   : store_failure(s, "running SQL", error);
}

void bind_text(sqlite3_stmt *statement, int place, flong_str text) {
    if (text.n == 0)
        sqlite3_bind_null(statement, place);
    else
        sqlite3_bind_text64(statement, place, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
}

flong_str column_text(sqlite3_stmt *statement, int column) {
    const char *p = (const char *)sqlite3_column_text(statement, column);
    return (flong_str){p, p ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

/* ---- parameters -------------------------------------------------------------------------- */

static flong_status meta_real(store *s, double *out, bool *there, const char *name, flong_error *error) {
    sqlite3_stmt *get = store_statement(s, STATEMENT_META_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(get);
    *there = code == SQLITE_ROW;
    if (*there) *out = sqlite3_column_double(get, 0);
    sqlite3_reset(get);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FLONG_OK
                                                     : store_failure(s, "reading its parameters", error);
}

static flong_status meta_set_real(store *s, const char *name, double value, flong_error *error) {
    sqlite3_stmt *set = store_statement(s, STATEMENT_META_SET, error);
    if (!set) return FLONG_IO;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_double(set, 2, value);
    return store_run(s, set, error);
}

static flong_status params_write(store *s, flong_error *error) {
#define PARAM_WRITE(type, name, def, min, max, meaning)                                                      \
    TRY(meta_set_real(s, "param." #name, (double)s->params.name, error));
    FLONG_PARAMS_MAP(PARAM_WRITE)
#undef PARAM_WRITE
    return FLONG_OK;
}

/* Reads the file's parameters; with `wanted` refuses a file that has others. */
static flong_status params_read(store *s, const flong_params *wanted, flong_error *error) {
    flong_params_default(&s->params);
    double value;
    bool there;
#define PARAM_READ(type, name, def, min, max, meaning)                                                       \
    TRY(meta_real(s, &value, &there, "param." #name, error));                                                \
    if (!there || !(value >= (min) && value <= (max)))                                                       \
        return error_set(error, FLONG_DAMAGED, "%s: the index has no usable parameter %s; make it anew",     \
                         s->path, #name);                                                                    \
    s->params.name = (type)value;                                                                            \
    if (wanted && (double)wanted->name != (double)s->params.name)                                            \
        return error_set(                                                                                    \
            error, FLONG_MISMATCH,                                                                           \
            "%s: the index was made with %s = %g, not %g; leave the flag out, or make another index",        \
            s->path, #name, (double)s->params.name, (double)wanted->name);
    FLONG_PARAMS_MAP(PARAM_READ)
#undef PARAM_READ
    return FLONG_OK;
}

/* ---- opening and closing ----------------------------------------------------------------- */

flong_status store_query_number(store *s, uint64_t *out, const char *sql, flong_error *error) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return store_failure(s, "reading", error);
    int code = sqlite3_step(statement);
    uint64_t value = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return store_failure(s, "reading", error);
    *out = value;
    return FLONG_OK;
}

/* Whether the file is an index that this version reads; *fresh: it is empty. */
static flong_status store_recognise(store *s, bool *fresh, flong_error *error) {
    uint64_t application, format, tables;
    TRY(store_query_number(s, &application, "PRAGMA application_id", error));
    TRY(store_query_number(s, &format, "PRAGMA user_version", error));
    TRY(store_query_number(s, &tables, "SELECT count(*) FROM sqlite_schema", error));
    *fresh = tables == 0 && application == 0;
    if (*fresh) return FLONG_OK;
    if (application != STORE_APPLICATION_ID)
        return error_set(error, FLONG_NOT_INDEX,
                         "%s: an SQLite file, but not a flong index; name another file", s->path);
    if (format != STORE_FORMAT)
        return error_set(error, FLONG_MISMATCH,
                         "%s: the index has format %" PRIu64
                         ", this flong %s reads format %d; use the flong that made it, "
                         "or make it anew",
                         s->path, format, flong_version(), STORE_FORMAT);
    return FLONG_OK;
}

flong_status store_pairs_by_earlier(store *s, flong_error *error) {
    if (s->bulk) return FLONG_OK;
    return store_execute(s, pair_index_sql, error);
}

static flong_status store_create(store *s, flong_error *error) {
    char numbers[128];
    snprintf(numbers, sizeof numbers, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             STORE_APPLICATION_ID, STORE_FORMAT);
    TRY(store_begin(s, error));
    flong_status status = store_execute(s, schema_sql, error);
    if (status == FLONG_OK && !s->temporary) status = store_pairs_by_earlier(s, error);
    if (status == FLONG_OK && !s->temporary) status = store_execute(s, views_sql, error);
    if (status == FLONG_OK) status = store_execute(s, numbers, error);
    if (status == FLONG_OK) status = params_write(s, error);
    if (status == FLONG_OK) return store_commit(s, error);
    store_rollback(s);
    return status;
}

static flong_status store_prepare(store *s, unsigned flags, const flong_params *params, flong_error *error) {
    flong_params wanted;
    TRY(params_take(&wanted, params, error));
    sqlite3_busy_timeout(s->db, BUSY_WAIT);
    bool fresh;
    TRY(store_recognise(s, &fresh, error));
    if (fresh && !(flags & FLONG_OPEN_WRITE))
        return error_set(error, FLONG_NOT_INDEX,
                         "%s: an empty file, not a flong index; make one with `flong index`", s->path);
    if (fresh) {
        s->params = wanted;
        TRY(store_execute(s, "PRAGMA page_size = 8192;", error));
    }
    if (flags & FLONG_OPEN_WRITE)
        TRY(store_execute(s, s->temporary ? pragmas_temporary_sql : pragmas_sql, error));
    return fresh ? store_create(s, error) : params_read(s, params ? &wanted : NULL, error);
}

flong_status store_open(store **out, const char *path, unsigned flags, const flong_params *params,
                        flong_error *error) {
    if (!path && !(flags & FLONG_OPEN_WRITE))
        return error_set(error, FLONG_ARG, "a temporary index can only be opened for writing");
    store *s = mem_new(1, sizeof *s);
    const char *name = path ? path : "the temporary index";
    if (!s || !(s->path = mem_new(strlen(name) + 1, 1)) || (!path && !(s->bulk = bulk_new()))) {
        if (s) mem_free(s->path);
        mem_free(s);
        return error_nomem(error);
    }
    memcpy(s->path, name, strlen(name));
    s->temporary = !path;
    s->writable = flags & FLONG_OPEN_WRITE;
    int how = s->writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    how |= SQLITE_OPEN_NOMUTEX; /* an index is used by one thread at a time */
    flong_status status;
    if (path && !s->writable && access(path, F_OK) != 0)
        status =
            error_set(error, FLONG_IO, "%s: there is no such file; make the index with `flong index`", path);
    else if (sqlite3_open_v2(path ? path : "", &s->db, how, NULL) != SQLITE_OK)
        status = store_failure(s, "opening it", error);
    else
        status = store_prepare(s, flags, params, error);
    if (status != FLONG_OK) {
        store_close(s);
        return status;
    }
    *out = s;
    return FLONG_OK;
}

void store_close(store *s) {
    if (!s) return;
    for (int i = 0; i < STATEMENT_COUNT; i++) sqlite3_finalize(s->statements[i]);
    /* Back to one file, unless somebody else has it open. */
    if (s->db && s->writable && !s->temporary) {
        sqlite3_busy_timeout(s->db, 0);
        sqlite3_exec(s->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
    sqlite3_close(s->db);
    bulk_free(s->bulk);
    mem_free(s->path);
    mem_free(s);
}

const flong_params *store_params(const store *s) { return &s->params; }
const char *store_path(const store *s) { return s->path; }
bool store_is_temporary(const store *s) { return s->temporary; }
bool store_is_writable(const store *s) { return s->writable; }

const char *flong_library_versions(void) {
#define TEXT(x)                               #x
#define XXHASH_VERSION(major, minor, release) TEXT(major) "." TEXT(minor) "." TEXT(release)
    return "SQLite " SQLITE_VERSION
           ", xxHash " XXHASH_VERSION(XXH_VERSION_MAJOR, XXH_VERSION_MINOR, XXH_VERSION_RELEASE);
}

/* ---- transactions and numbers ------------------------------------------------------------ */

flong_status store_set_cache(store *s, size_t bytes, flong_error *error) {
    char sql[64]; /* a negative number counts in KiB */
    size_t kib = bytes >> 10;
    snprintf(sql, sizeof sql, "PRAGMA cache_size = -%zu", kib < INT32_MAX ? kib : (size_t)INT32_MAX);
    return store_execute(s, sql, error);
}

flong_status store_version(store *s, uint64_t *version, flong_error *error) {
    sqlite3_stmt *get = store_statement(s, STATEMENT_VERSION, error);
    if (!get) return FLONG_IO;
    int code = sqlite3_step(get);
    uint64_t read = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(get, 0) : 0;
    flong_status status = code == SQLITE_ROW ? FLONG_OK : store_failure(s, "reading", error);
    sqlite3_reset(get);
    if (status == FLONG_OK) *version = read;
    return status;
}

flong_status store_begin_reading(store *s, flong_error *error) {
    return store_run_numbers(s, STATEMENT_BEGIN_READING, NULL, 0, error);
}

flong_status store_begin(store *s, flong_error *error) {
    TRY(store_run_numbers(s, STATEMENT_BEGIN, NULL, 0, error));
    if (s->bulk) bulk_begin(s->bulk);
    return FLONG_OK;
}

flong_status store_commit(store *s, flong_error *error) {
    if (s->bulk) TRY(bulk_settle(s->bulk, error));
    TRY(store_run_numbers(s, STATEMENT_COMMIT, NULL, 0, error));
    if (s->bulk) bulk_commit(s->bulk);
    return FLONG_OK;
}

void store_rollback(store *s) {
    for (int i = 0; i < STATEMENT_COUNT; i++) sqlite3_reset(s->statements[i]);
    if (s->bulk) bulk_rollback(s->bulk);
    if (sqlite3_get_autocommit(s->db)) return;
    sqlite3_stmt *back = store_statement(s, STATEMENT_ROLLBACK, NULL);
    if (!back || sqlite3_step(back) != SQLITE_DONE) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_reset(back);
}

flong_status store_number(store *s, uint64_t *out, const char *name, uint64_t otherwise, flong_error *error) {
    sqlite3_stmt *get = store_statement(s, STATEMENT_META_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(get);
    *out = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(get, 0) : otherwise;
    sqlite3_reset(get);
    return code == SQLITE_ROW || code == SQLITE_DONE ? FLONG_OK : store_failure(s, "reading", error);
}

flong_status store_set_number(store *s, const char *name, uint64_t value, flong_error *error) {
    sqlite3_stmt *set = store_statement(s, STATEMENT_META_SET, error);
    if (!set) return FLONG_IO;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(set, 2, (sqlite3_int64)value);
    return store_run(s, set, error);
}

flong_status store_bytes(store *s, buffer *out, const char *name, flong_error *error) {
    sqlite3_stmt *get = store_statement(s, STATEMENT_META_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(get);
    const void *bytes = code == SQLITE_ROW ? sqlite3_column_blob(get, 0) : NULL;
    size_t n = bytes ? (size_t)sqlite3_column_bytes(get, 0) : 0;
    bool taken = n == 0 || buffer_append(out, bytes, n);
    sqlite3_reset(get);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return store_failure(s, "reading", error);
    return taken ? FLONG_OK : error_nomem(error);
}

flong_status store_set_bytes(store *s, const char *name, const buffer *bytes, flong_error *error) {
    sqlite3_stmt *set = store_statement(s, STATEMENT_META_SET, error);
    if (!set) return FLONG_IO;
    sqlite3_bind_text(set, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(set, 2, bytes->p, bytes->n, SQLITE_STATIC);
    return store_run(s, set, error);
}

flong_status store_count(store *s, store_counts *out, bool *there, flong_error *error) {
    *there = s->bulk != NULL;
    return s->bulk ? bulk_count(s->bulk, out, error) : FLONG_OK;
}

flong_status store_check(store *s, flong_error *error) {
    sqlite3_stmt *check;
    if (sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(1)", -1, &check, NULL) != SQLITE_OK)
        return store_failure(s, "checking", error);
    flong_status status = FLONG_OK;
    if (sqlite3_step(check) != SQLITE_ROW)
        status = store_failure(s, "checking", error);
    else if (strcmp((const char *)sqlite3_column_text(check, 0), "ok") != 0)
        status = error_set(error, FLONG_DAMAGED, "%s: SQLite finds damage: %s", s->path,
                           (const char *)sqlite3_column_text(check, 0));
    sqlite3_finalize(check);
    return status;
}
