#include "index/runs.h"

#include <inttypes.h>
#include <string.h>

#include "base/varint.h"
#include "index/run.h"
#include "index/sqlite.h"

enum { FENCE_BYTES = (64 - KEY_PLACE_BITS) / 8 };

/* ---- the list ---------------------------------------------------------------------------- */

static void runs_forget(runs *r) {
    for (size_t i = 0; i < r->n; i++) run_forget(r, &r->runs[i]);
    r->n = 0;
}

flong_status run_damaged(const runs *r, const run *x, const char *what, flong_error *error) {
    return error_set(error, FLONG_DAMAGED,
                     "%s: run %" PRIu64 " of the index is damaged (%s); make the index anew",
                     store_path(r->store), x->id, what);
}

static flong_status fences_take(runs *r, run *x, const void *bytes, size_t n, flong_error *error) {
    byte_reader in = byte_reader_of(bytes, n);
    x->n_blocks = n / FENCE_BYTES;
    if (!run_reaches(x->first, x->last) || x->n_blocks * FENCE_BYTES != n || x->id >= UINT64_C(1) << 31)
        return run_damaged(r, x, "its description", error);
    x->place_bits = block_place_bits(x->last - x->first);
    x->fences = mem_new(x->n_blocks, sizeof *x->fences);
    x->blocks = mem_new(x->n_blocks, sizeof(held_block *));
    if (!x->fences || !x->blocks) return error_nomem(error);
    for (size_t i = 0; i < x->n_blocks; i++) {
        x->fences[i] = fixed_get(&in, FENCE_BYTES) << KEY_PLACE_BITS;
        if (i > 0 && x->fences[i] < x->fences[i - 1]) return run_damaged(r, x, "its description", error);
    }
    return FLONG_OK;
}

static flong_status run_take(runs *r, sqlite3_stmt *row, flong_error *error) {
    if (!ARRAY_GROW(r->runs, r->n, r->capacity)) return error_nomem(error);
    run *x = &r->runs[r->n];
    *x = (run){.id = (uint64_t)sqlite3_column_int64(row, 0),
               .level = (uint64_t)sqlite3_column_int64(row, 1),
               .first = (uint64_t)sqlite3_column_int64(row, 2),
               .last = (uint64_t)sqlite3_column_int64(row, 3),
               .entries = (uint64_t)sqlite3_column_int64(row, 4)};
    flong_status status =
        fences_take(r, x, sqlite3_column_blob(row, 5), (size_t)sqlite3_column_bytes(row, 5), error);
    if (status != FLONG_OK)
        run_forget(r, x);
    else
        r->n++;
    return status;
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
    r->budget = SIZE_MAX;
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
    mem_free(r->spare);
    mem_free(r);
}

void runs_limit(runs *r, size_t budget) { r->budget = budget; }

runs_stats runs_get_stats(const runs *r) {
    runs_stats stats = {.runs = r->n};
    for (size_t i = 0; i < r->n; i++) stats.entries += r->runs[i].entries;
    return stats;
}

/* ---- blocks ------------------------------------------------------------------------------ */

void run_forget(runs *r, run *x) {
    for (size_t i = 0; x->blocks && i < x->n_blocks; i++)
        if (x->blocks[i]) {
            r->held -= x->blocks[i]->size;
            mem_free(x->blocks[i]);
        }
    mem_free(x->blocks);
    mem_free(x->fences);
    x->blocks = NULL;
    x->fences = NULL;
    x->n_blocks = 0;
}

/* A copy of a block's bytes; *damaged says whether that was the matter when there is none. */
static held_block *held_new(const run *x, size_t number, const void *bytes, size_t n, bool *damaged) {
    block b;
    *damaged = !block_open(&b, bytes, n, x->fences[number], x->place_bits);
    if (*damaged) return NULL;
    size_t size = sizeof(held_block) + block_held_size(&b, n);
    held_block *held = mem_resize(NULL, size, 1);
    if (!held) return NULL;
    block_hold(&b, bytes, n, held->memory);
    held->block = b;
    held->size = size;
    return held;
}

/* A temporary index has its blocks elsewhere, and their places in the table. */
static flong_status elsewhere_read(const runs *r, const run *x, const void **bytes, size_t *n,
                                   flong_error *error) {
    byte_reader in = byte_reader_of(*bytes, *n);
    uint64_t place = varint_get(&in), size = varint_get(&in);
    if (in.failed || in.p < in.end || size > BULK_BLOCK_BYTES) return run_damaged(r, x, "a block", error);
    *n = (size_t)size;
    *bytes = bulk_block_get(r->store->bulk, place, *n, error);
    return *bytes ? FLONG_OK : error ? error->status : FLONG_IO;
}

static flong_status block_read(runs *r, const run *x, size_t number, held_block **out, flong_error *error) {
    sqlite3_stmt *get = store_statement(r->store, STATEMENT_BLOCK_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)(x->id << RUN_BLOCK_BITS | number));
    int code = sqlite3_step(get);
    bool damaged = code == SQLITE_DONE;
    *out = NULL;
    const void *bytes = code == SQLITE_ROW ? sqlite3_column_blob(get, 0) : NULL;
    size_t n = bytes ? (size_t)sqlite3_column_bytes(get, 0) : 0;
    flong_status status = FLONG_OK;
    if (code == SQLITE_ROW && r->store->bulk) status = elsewhere_read(r, x, &bytes, &n, error);
    if (code == SQLITE_ROW && status == FLONG_OK) *out = held_new(x, number, bytes, n, &damaged);
    sqlite3_reset(get);
    TRY(status);
    if (*out) return FLONG_OK;
    if (damaged) return run_damaged(r, x, code == SQLITE_ROW ? "a block" : "a block is missing", error);
    return code == SQLITE_ROW ? error_nomem(error) : store_failure(r->store, "reading a block", error);
}

flong_status run_block(runs *r, run *x, size_t number, const block **out, flong_error *error) {
    if (!x->blocks[number]) {
        held_block *held;
        TRY(block_read(r, x, number, &held, error));
        if (r->held + held->size > r->budget) {
            mem_free(r->spare);
            r->spare = held;
            *out = &held->block;
            return FLONG_OK;
        }
        r->held += held->size;
        x->blocks[number] = held;
    }
    *out = &x->blocks[number]->block;
    return FLONG_OK;
}

void run_hold(runs *r, run *x, size_t number, const buffer *bytes) {
    bool damaged;
    x->blocks[number] = NULL;
    if (r->held + sizeof(held_block) + bytes->n + BLOCK_PADDING > r->budget) return;
    x->blocks[number] = held_new(x, number, bytes->p, bytes->n, &damaged);
    if (x->blocks[number]) r->held += x->blocks[number]->size;
}

/* ---- finding ----------------------------------------------------------------------------- */

/* A search in one run. */
typedef struct finding {
    runs *runs;
    run *run;
    const runs_ends *ends; /* NULL: all entries are wanted */
    runs_hit_fn hit;
    void *context;
    bool damaged;
} finding;

/* The last block from `from` on whose first key is below `key`, or `from`: entries of the key begin there or later. */
static size_t block_before(const run *x, size_t from, uint64_t key) {
    size_t low = from, step = 1;
    while (low + step < x->n_blocks && x->fences[low + step] < key) low += step, step *= 2;
    size_t high = low + step < x->n_blocks ? low + step : x->n_blocks;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        *(x->fences[middle] < key ? &low : &high) = middle;
    }
    return low;
}

/* The article of an entry; UINT64_MAX where it is to be passed over. */
static uint64_t entry_article(finding *f, const block *b, uint32_t entry) {
    uint64_t article = f->run->first + block_place(b, entry);
    if (article > f->run->last) {
        f->damaged = true;
        return UINT64_MAX;
    }
    return f->ends && f->ends->gone(f->ends->gone_context, article) ? UINT64_MAX : article;
}

/* Tells of up to `most` of the entries [begin, end) of a block; returns where it stopped. */
static uint32_t tell(finding *f, const block *b, uint32_t begin, uint32_t end, uint32_t most, size_t place) {
    for (uint32_t n = 0; begin < end && n < most; begin++) {
        uint64_t article = entry_article(f, b, begin);
        if (article == UINT64_MAX) continue;
        f->hit(f->context, place, article);
        n++;
    }
    return begin;
}

/* Tells of the ends of the entries [begin, end) of a block, and of one between them. */
static void tell_ends(finding *f, const block *b, uint32_t begin, uint32_t end, size_t place) {
    uint32_t half = f->ends->half, last = end;
    begin = tell(f, b, begin, end, half, place);
    for (uint32_t n = 0; last > begin && n < half; last--) n += entry_article(f, b, last - 1) != UINT64_MAX;
    tell(f, b, begin, last, 1, place);
    tell(f, b, last, end, half, place);
}

/* Tells of the entries of a key in a block. */
static flong_status key_find(finding *f, const block *b, uint64_t key, size_t place, flong_error *error) {
    uint32_t begin, end = block_find(b, key, &begin);
    if (begin == end) return FLONG_OK;
    if (f->ends)
        tell_ends(f, b, begin, end, place);
    else
        tell(f, b, begin, end, UINT32_MAX, place);
    return f->damaged ? run_damaged(f->runs, f->run, "a block", error) : FLONG_OK;
}

/* Looks for keys that are in this block or nowhere, from *place on; stops before the first key that is not below
 * `bound`. */
static flong_status block_keys_find(finding *f, const block *b, uint64_t bound, const uint64_t *keys,
                                    size_t n, size_t *place, flong_error *error) {
    for (; *place < n && keys[*place] < bound; ++*place)
        if (!block_has_not(b, keys[*place])) TRY(key_find(f, b, keys[*place], *place, error));
    return FLONG_OK;
}

/* Looks for a key in block `number` and in those behind it that begin with the key. */
static flong_status blocks_key_find(finding *f, size_t number, uint64_t key, size_t place,
                                    flong_error *error) {
    const block *b;
    size_t i = number;
    do {
        TRY(run_block(f->runs, f->run, i++, &b, error));
        TRY(key_find(f, b, key, place, error));
    } while (i < f->run->n_blocks && f->run->fences[i] == key);
    return FLONG_OK;
}

static flong_status run_find(finding *f, const uint64_t *keys, size_t n, flong_error *error) {
    run *x = f->run;
    size_t number = 0, place = 0;
    while (place < n && x->n_blocks > 0) {
        const block *b;
        number = block_before(x, number, keys[place]);
        uint64_t bound = number + 1 < x->n_blocks ? x->fences[number + 1] : UINT64_MAX;
        if (x->fences[number] > keys[place]) { /* below all that the run has */
            place++;
        } else if (keys[place] == bound) {
            TRY(blocks_key_find(f, number, bound, place, error));
            place++;
        } else {
            TRY(run_block(f->runs, x, number, &b, error));
            TRY(block_keys_find(f, b, bound, keys, n, &place, error));
        }
    }
    return FLONG_OK;
}

flong_status runs_find_ends(runs *r, const uint64_t *keys, size_t n, const runs_ends *ends, runs_hit_fn hit,
                            void *context, flong_error *error) {
    for (size_t i = 0; i < r->n; i++) {
        finding f = {r, &r->runs[i], ends, hit, context, false};
        TRY(run_find(&f, keys, n, error));
    }
    return FLONG_OK;
}

flong_status runs_find(runs *r, const uint64_t *keys, size_t n, runs_hit_fn hit, void *context,
                       flong_error *error) {
    return runs_find_ends(r, keys, n, NULL, hit, context, error);
}

/* ---- checking ---------------------------------------------------------------------------- */

static flong_status run_check(runs *r, run *x, flong_error *error) {
    uint64_t entries = 0, before = 0;
    for (size_t number = 0; number < x->n_blocks; number++) {
        held_block *held; /* from the file: what is held was checked, or never read */
        TRY(block_read(r, x, number, &held, error));
        uint32_t n = held->block.n;
        bool sound = block_decode(r->decoded, &held->block);
        mem_free(held);
        if (!sound || (entries && r->decoded[0] < before)) return run_damaged(r, x, "its order", error);
        for (uint32_t i = 0; i < n; i++)
            if (entry_place(r->decoded[i]) > x->last - x->first) return run_damaged(r, x, "a block", error);
        before = r->decoded[n - 1];
        entries += n;
    }
    return entries == x->entries ? FLONG_OK : run_damaged(r, x, "its number of entries", error);
}

flong_status runs_check(runs *r, flong_error *error) {
    for (size_t i = 0; i < r->n; i++) TRY(run_check(r, &r->runs[i], error));
    return FLONG_OK;
}
