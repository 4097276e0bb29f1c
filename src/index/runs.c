#include "index/runs.h"

#include <inttypes.h>
#include <string.h>

#include "base/varint.h"
#include "index/block.h"
#include "index/sqlite.h"

enum {
    RUN_FAN_OUT = 8,       /* runs of one level that are merged into one of the next */
    BLOCK_NUMBER_BITS = 32 /* of a block's id are its number; the others are its run's id */
};

typedef struct run {
    uint64_t id, level, first, last, entries;
    uint64_t *fences; /* first key of each block */
    size_t n_blocks;
} run;

struct runs {
    store *store;
    run *runs; /* by descending level, then by first article */
    size_t n, capacity;
    keyed decoded[BLOCK_ENTRIES];
};

/* ---- the list ---------------------------------------------------------------------------- */

static void runs_forget(runs *r) {
    for (size_t i = 0; i < r->n; i++) mem_free(r->runs[i].fences);
    r->n = 0;
}

static flong_status damaged(const runs *r, const run *x, const char *what, flong_error *error) {
    return error_set(error, FLONG_DAMAGED,
                     "%s: run %" PRIu64 " of the index is damaged (%s); make the index anew",
                     store_path(r->store), x->id, what);
}

static flong_status run_take(runs *r, sqlite3_stmt *row, flong_error *error) {
    if (!ARRAY_GROW(r->runs, r->n, r->capacity)) return error_nomem(error);
    run *x = &r->runs[r->n];
    *x = (run){.id = (uint64_t)sqlite3_column_int64(row, 0),
               .level = (uint64_t)sqlite3_column_int64(row, 1),
               .first = (uint64_t)sqlite3_column_int64(row, 2),
               .last = (uint64_t)sqlite3_column_int64(row, 3),
               .entries = (uint64_t)sqlite3_column_int64(row, 4)};
    byte_reader in = byte_reader_of(sqlite3_column_blob(row, 5), (size_t)sqlite3_column_bytes(row, 5));
    x->n_blocks = (size_t)(in.end - in.p) / 8;
    if (x->last < x->first || x->n_blocks * 8 != (size_t)(in.end - in.p) || x->id >= UINT64_C(1) << 31)
        return damaged(r, x, "its description", error);
    x->fences = mem_new(x->n_blocks, sizeof *x->fences);
    if (!x->fences) return error_nomem(error);
    for (size_t i = 0; i < x->n_blocks; i++) x->fences[i] = fixed_get(&in, 8);
    r->n++;
    return FLONG_OK;
}

flong_status runs_reload(runs *r, flong_error *error) {
    runs_forget(r);
    sqlite3_stmt *all = store_statement(r->store, STATEMENT_RUN_ALL, error);
    if (!all) return FLONG_IO;
    int code;
    while ((code = sqlite3_step(all)) == SQLITE_ROW) {
        flong_status status = run_take(r, all, error);
        if (status != FLONG_OK) {
            sqlite3_reset(all);
            return status;
        }
    }
    sqlite3_reset(all);
    return code == SQLITE_DONE ? FLONG_OK : store_failure(r->store, "reading the runs", error);
}

flong_status runs_open(runs **out, store *s, flong_error *error) {
    runs *r = mem_new(1, sizeof *r);
    if (!r) return error_nomem(error);
    r->store = s;
    flong_status status = runs_reload(r, error);
    if (status != FLONG_OK) {
        runs_close(r);
        return status;
    }
    *out = r;
    return FLONG_OK;
}

void runs_close(runs *r) {
    if (!r) return;
    runs_forget(r);
    mem_free(r->runs);
    mem_free(r);
}

runs_stats runs_get_stats(const runs *r) {
    runs_stats stats = {.runs = r->n};
    for (size_t i = 0; i < r->n; i++) stats.entries += r->runs[i].entries;
    return stats;
}

/* ---- writing ----------------------------------------------------------------------------- */

/* A run that is being written block by block. */
typedef struct run_writer {
    runs *owner;
    run run;
    keyed pending[BLOCK_ENTRIES];
    size_t n_pending;
    buffer bytes, fences;
    size_t fences_capacity;
} run_writer;

static flong_status writer_flush(run_writer *w, flong_error *error) {
    if (w->n_pending == 0) return FLONG_OK;
    w->bytes.n = 0;
    if (!block_encode(&w->bytes, w->pending, w->n_pending, w->run.first) ||
        !ARRAY_GROW(w->run.fences, w->run.n_blocks, w->fences_capacity) ||
        !fixed_append(&w->fences, w->pending[0].key, 8))
        return error_nomem(error);
    sqlite3_stmt *add = store_statement(w->owner->store, STATEMENT_BLOCK_ADD, error);
    if (!add) return FLONG_IO;
    sqlite3_bind_int64(add, 1, (sqlite3_int64)(w->run.id << BLOCK_NUMBER_BITS | w->run.n_blocks));
    sqlite3_bind_blob64(add, 2, w->bytes.p, w->bytes.n, SQLITE_STATIC);
    w->run.fences[w->run.n_blocks++] = w->pending[0].key;
    w->run.entries += w->n_pending;
    w->n_pending = 0;
    return store_run(w->owner->store, add, error);
}

static flong_status writer_put(run_writer *w, keyed entry, flong_error *error) {
    if (w->n_pending == BLOCK_ENTRIES) TRY(writer_flush(w, error));
    w->pending[w->n_pending++] = entry;
    return FLONG_OK;
}

static flong_status writer_row(run_writer *w, flong_error *error) {
    sqlite3_stmt *add = store_statement(w->owner->store, STATEMENT_RUN_ADD, error);
    if (!add) return FLONG_IO;
    const uint64_t numbers[] = {w->run.id, w->run.level, w->run.first, w->run.last, w->run.entries};
    for (int i = 0; i < 5; i++) sqlite3_bind_int64(add, i + 1, (sqlite3_int64)numbers[i]);
    sqlite3_bind_blob64(add, 6, w->fences.n ? w->fences.p : "", w->fences.n, SQLITE_STATIC);
    return store_run(w->owner->store, add, error);
}

/* Where a run stands in the list: behind those of higher levels, and those with an earlier first article. */
static size_t place_in(const runs *r, const run *x) {
    size_t place = r->n;
    while (place > 0 && (r->runs[place - 1].level < x->level ||
                         (r->runs[place - 1].level == x->level && r->runs[place - 1].first > x->first)))
        place--;
    return place;
}

/* Writes what is pending and hands the run over to the list. */
static flong_status writer_end(run_writer *w, flong_error *error) {
    TRY(writer_flush(w, error));
    TRY(writer_row(w, error));
    runs *r = w->owner;
    size_t place = place_in(r, &w->run);
    if (!ARRAY_GROW(r->runs, r->n, r->capacity)) return error_nomem(error);
    memmove(r->runs + place + 1, r->runs + place, (r->n - place) * sizeof *r->runs);
    r->runs[place] = w->run;
    r->n++;
    w->run.fences = NULL;
    return FLONG_OK;
}

static void writer_free(run_writer *w) {
    mem_free(w->run.fences);
    buffer_free(&w->bytes);
    buffer_free(&w->fences);
    mem_free(w);
}

static flong_status writer_new(run_writer **out, runs *r, uint64_t level, uint64_t first, uint64_t last,
                               flong_error *error) {
    uint64_t id;
    TRY(store_number(r->store, &id, "next_run", 1, error));
    TRY(store_set_number(r->store, "next_run", id + 1, error));
    run_writer *w = mem_new(1, sizeof *w);
    if (!w) return error_nomem(error);
    w->owner = r;
    w->run = (run){.id = id, .level = level, .first = first, .last = last};
    *out = w;
    return FLONG_OK;
}

flong_status runs_add(runs *r, const keyed *entries, size_t n, uint64_t first, uint64_t last,
                      flong_error *error) {
    run_writer *w;
    TRY(writer_new(&w, r, 0, first, last, error));
    flong_status status = FLONG_OK;
    for (size_t i = 0; i < n && status == FLONG_OK; i++) status = writer_put(w, entries[i], error);
    if (status == FLONG_OK) status = writer_end(w, error);
    writer_free(w);
    return status;
}

/* ---- reading ----------------------------------------------------------------------------- */

static flong_status block_read(runs *r, const run *x, size_t number, keyed *out, size_t *n,
                               flong_error *error) {
    sqlite3_stmt *get = store_statement(r->store, STATEMENT_BLOCK_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)(x->id << BLOCK_NUMBER_BITS | number));
    int code = sqlite3_step(get);
    *n = 0;
    if (code == SQLITE_ROW)
        *n = block_decode(out, sqlite3_column_blob(get, 0), (size_t)sqlite3_column_bytes(get, 0),
                          x->fences[number], x->first, x->last);
    sqlite3_reset(get);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return store_failure(r->store, "reading a block", error);
    return *n ? FLONG_OK : damaged(r, x, code == SQLITE_ROW ? "a block" : "a block is missing", error);
}

/* The last block whose first key is below `key`, or block 0: entries of the key begin there or later. */
static size_t block_before(const run *x, size_t from, uint64_t key) {
    size_t low = from, high = x->n_blocks;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        *(x->fences[middle] < key ? &low : &high) = middle;
    }
    return low;
}

static flong_status run_find(runs *r, const run *x, const uint64_t *keys, size_t n, runs_hit_fn hit,
                             void *context, flong_error *error) {
    size_t place = 0, number = 0;
    while (place < n && x->n_blocks > 0) {
        number = block_before(x, number, keys[place]);
        for (;; number++) {
            size_t n_entries, at = 0;
            TRY(block_read(r, x, number, r->decoded, &n_entries, error));
            while (at < n_entries && place < n) {
                if (r->decoded[at].key == keys[place])
                    hit(context, place, r->decoded[at++].value);
                else if (r->decoded[at].key < keys[place])
                    at++;
                else
                    place++;
            }
            /* Go on with the next block while it can hold the key looked for. */
            if (number + 1 >= x->n_blocks) return FLONG_OK;
            if (place == n || x->fences[number + 1] > keys[place]) break;
            if (number + 2 < x->n_blocks && x->fences[number + 2] < keys[place]) break;
        }
        while (place < n && number + 1 < x->n_blocks && keys[place] < x->fences[number + 1]) place++;
    }
    return FLONG_OK;
}

flong_status runs_find(runs *r, const uint64_t *keys, size_t n, runs_hit_fn hit, void *context,
                       flong_error *error) {
    for (size_t i = 0; i < r->n; i++) TRY(run_find(r, &r->runs[i], keys, n, hit, context, error));
    return FLONG_OK;
}

/* ---- merging ----------------------------------------------------------------------------- */

/* A place in a run that is read from end to end. */
typedef struct run_cursor {
    const run *run;
    size_t block, at, n;
    keyed entries[BLOCK_ENTRIES];
} run_cursor;

/* Makes sure that the cursor stands on an entry; n == 0 at the end. */
static flong_status cursor_fill(runs *r, run_cursor *c, flong_error *error) {
    if (c->at < c->n) return FLONG_OK;
    c->at = c->n = 0;
    if (c->block == c->run->n_blocks) return FLONG_OK;
    return block_read(r, c->run, c->block++, c->entries, &c->n, error);
}

static bool entry_less(keyed x, keyed y) { return x.key < y.key || (x.key == y.key && x.value < y.value); }

static flong_status cursors_merge(runs *r, run_cursor *cursors, size_t n, run_writer *w, runs_gone_fn gone,
                                  void *context, flong_error *error) {
    for (;;) {
        run_cursor *least = NULL;
        for (size_t i = 0; i < n; i++) {
            TRY(cursor_fill(r, &cursors[i], error));
            if (cursors[i].n &&
                (!least || entry_less(cursors[i].entries[cursors[i].at], least->entries[least->at])))
                least = &cursors[i];
        }
        if (!least) return FLONG_OK;
        keyed entry = least->entries[least->at++];
        if (!gone(context, entry.value)) TRY(writer_put(w, entry, error));
    }
}

static flong_status run_delete(runs *r, size_t place, flong_error *error) {
    run *x = &r->runs[place];
    const uint64_t blocks[] = {x->id << BLOCK_NUMBER_BITS, ((x->id + 1) << BLOCK_NUMBER_BITS) - 1};
    TRY(store_run_numbers(r->store, STATEMENT_BLOCK_DELETE, blocks, 2, error));
    TRY(store_run_numbers(r->store, STATEMENT_RUN_DELETE, &x->id, 1, error));
    mem_free(x->fences);
    memmove(x, x + 1, (r->n - place - 1) * sizeof *x);
    r->n--;
    return FLONG_OK;
}

/* Merges the runs [first, first + n) of the list into one of the next level. */
static flong_status runs_merge(runs *r, size_t first, size_t n, runs_gone_fn gone, void *context,
                               flong_error *error) {
    run_cursor *cursors = mem_new(n, sizeof *cursors);
    if (!cursors) return error_nomem(error);
    for (size_t i = 0; i < n; i++) cursors[i].run = &r->runs[first + i];
    uint64_t last = 0;
    for (size_t i = first; i < first + n; i++)
        if (r->runs[i].last > last) last = r->runs[i].last;
    run_writer *w = NULL;
    flong_status status = writer_new(&w, r, r->runs[first].level + 1, r->runs[first].first, last, error);
    if (status == FLONG_OK) status = cursors_merge(r, cursors, n, w, gone, context, error);
    mem_free(cursors);
    if (status == FLONG_OK) status = writer_end(w, error); /* before the runs that it is made of */
    if (w) writer_free(w);
    for (size_t i = 0; i < n && status == FLONG_OK; i++) status = run_delete(r, first + 1, error);
    return status;
}

flong_status runs_settle(runs *r, runs_gone_fn gone, void *context, flong_error *error) {
    /* Levels fall from the first run to the last, so what is to be merged stands at the end. */
    for (;;) {
        size_t n = 0;
        while (n < r->n && r->runs[r->n - 1 - n].level == r->runs[r->n - 1].level) n++;
        if (n < RUN_FAN_OUT) return FLONG_OK;
        TRY(runs_merge(r, r->n - n, n, gone, context, error));
    }
}

/* ---- checking ---------------------------------------------------------------------------- */

static flong_status run_check(runs *r, const run *x, flong_error *error) {
    keyed before = {0, 0};
    uint64_t entries = 0;
    for (size_t number = 0; number < x->n_blocks; number++) {
        size_t n;
        TRY(block_read(r, x, number, r->decoded, &n, error));
        for (size_t i = 0; i < n; i++) {
            if (entries++ && entry_less(r->decoded[i], before)) return damaged(r, x, "its order", error);
            before = r->decoded[i];
        }
    }
    return entries == x->entries ? FLONG_OK : damaged(r, x, "its number of entries", error);
}

flong_status runs_check(runs *r, flong_error *error) {
    for (size_t i = 0; i < r->n; i++) TRY(run_check(r, &r->runs[i], error));
    return FLONG_OK;
}
