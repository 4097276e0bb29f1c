/* How runs are written and merged. */
#include <string.h>

#include "base/sort.h"
#include "base/varint.h"
#include "index/run.h"
#include "index/sqlite.h"

enum {
    RUN_FAN_OUT = 8,    /* runs of one level that are merged into one of the next */
    BLOCK_BYTES = 8140, /* of a block at most: with its id it fills a page of 8,192 bytes */
    FENCE_BYTES = (64 - KEY_PLACE_BITS) / 8
};

/* ---- writing ----------------------------------------------------------------------------- */

/* A run that is being written block by block. */
typedef struct run_writer {
    runs *owner;
    run run;
    uint64_t pending[BLOCK_ENTRIES];
    size_t n_pending, aim; /* entries that will about fill a block */
    buffer bytes, fences;
    size_t fences_capacity, blocks_capacity;
} run_writer;

/* Encodes as many of the pending entries as fit into a block, about; *n is how many. */
static bool writer_encode(run_writer *w, size_t *n) {
    for (*n = w->n_pending;;) {
        w->bytes.n = 0;
        if (!block_encode(&w->bytes, w->pending, *n, w->run.place_bits)) return false;
        size_t fit = *n * BLOCK_BYTES / w->bytes.n;
        if (w->bytes.n <= BLOCK_BYTES) {
            w->aim = fit < BLOCK_ENTRIES ? fit : BLOCK_ENTRIES;
            return true;
        }
        *n = fit < *n ? fit - fit / 128 : *n - 1;
    }
}

/* A temporary index has its blocks elsewhere, and their places in the table. */
static flong_status block_write(store *s, uint64_t id, const buffer *bytes, flong_error *error) {
    unsigned char at[2 * VARINT_MAX];
    uint64_t place;
    size_t n = 0;
    if (s->bulk) {
        TRY(bulk_block_add(s->bulk, &place, bytes->p, bytes->n, error));
        n = varint_put(at, place);
        n += varint_put(at + n, bytes->n);
    }
    sqlite3_stmt *add = store_statement(s, STATEMENT_BLOCK_ADD, error);
    if (!add) return FLONG_IO;
    sqlite3_bind_int64(add, 1, (sqlite3_int64)id);
    sqlite3_bind_blob64(add, 2, s->bulk ? (char *)at : bytes->p, s->bulk ? n : bytes->n, SQLITE_STATIC);
    return store_run(s, add, error);
}

/* Writes a block of the pending entries. */
static flong_status writer_flush(run_writer *w, flong_error *error) {
    size_t n;
    run *x = &w->run;
    if (!writer_encode(w, &n) || !ARRAY_GROW(x->fences, x->n_blocks, w->fences_capacity) ||
        !ARRAY_GROW(x->blocks, x->n_blocks, w->blocks_capacity) ||
        !fixed_append(&w->fences, w->pending[0] >> KEY_PLACE_BITS, FENCE_BYTES))
        return error_nomem(error);
    TRY(block_write(w->owner->store, x->id << RUN_BLOCK_BITS | x->n_blocks, &w->bytes, error));
    x->fences[x->n_blocks] = entry_key(w->pending[0]);
    run_hold(w->owner, x, x->n_blocks++, &w->bytes);
    x->entries += n;
    w->n_pending -= n;
    memmove(w->pending, w->pending + n, w->n_pending * sizeof *w->pending);
    return FLONG_OK;
}

static flong_status writer_put(run_writer *w, const uint64_t *entries, size_t n, flong_error *error) {
    while (n > 0) {
        if (w->n_pending >= w->aim) TRY(writer_flush(w, error));
        size_t room = w->n_pending < w->aim ? w->aim - w->n_pending : 0, take = n < room ? n : room;
        memcpy(w->pending + w->n_pending, entries, take * sizeof *entries);
        w->n_pending += take;
        entries += take;
        n -= take;
    }
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
    while (w->n_pending) TRY(writer_flush(w, error));
    TRY(writer_row(w, error));
    runs *r = w->owner;
    size_t place = place_in(r, &w->run);
    if (!ARRAY_GROW(r->runs, r->n, r->capacity)) return error_nomem(error);
    memmove(r->runs + place + 1, r->runs + place, (r->n - place) * sizeof *r->runs);
    r->runs[place] = w->run;
    r->n++;
    w->run = (run){0};
    return FLONG_OK;
}

static void writer_free(run_writer *w) {
    if (!w) return;
    run_forget(w->owner, &w->run);
    buffer_free(&w->bytes);
    buffer_free(&w->fences);
    mem_free(w);
}

static flong_status writer_new(run_writer **out, runs *r, uint64_t level, uint64_t first, uint64_t last,
                               flong_error *error) {
    uint64_t id;
    if (!run_reaches(first, last)) return error_set(error, FLONG_ARG, "a run of too many articles");
    TRY(store_number(r->store, &id, "next_run", 1, error));
    TRY(store_set_number(r->store, "next_run", id + 1, error));
    run_writer *w = mem_new(1, sizeof *w);
    if (!w) return error_nomem(error);
    w->owner = r;
    w->aim = BLOCK_ENTRIES / 2;
    w->run = (run){
        .id = id, .level = level, .first = first, .last = last, .place_bits = block_place_bits(last - first)};
    *out = w;
    return FLONG_OK;
}

flong_status runs_add(runs *r, entry_list entries, uint64_t last, flong_error *error) {
    run_writer *w = NULL;
    TRY(writer_new(&w, r, 0, entries.base, last, error));
    flong_status status = writer_put(w, entries.entries, entries.n, error);
    if (status == FLONG_OK) status = writer_end(w, error);
    writer_free(w);
    return status;
}

/* ---- merging ----------------------------------------------------------------------------- */

/* A place in a run that is read from end to end. */
typedef struct run_cursor {
    run *run;
    size_t number; /* of the block to be read next */
    uint64_t rise; /* from its places to those of the new run */
    size_t at, n;
    uint64_t entries[BLOCK_ENTRIES];
} run_cursor;

typedef struct merging {
    runs *runs;
    run_cursor *cursors;
    size_t n;
    run_writer *writer;
    runs_gone_fn gone;
    void *gone_context;
    uint64_t *gathered, *scratch; /* n blocks */
} merging;

/* Makes sure that the cursor stands on an entry; n == 0 at the end. */
static flong_status cursor_fill(runs *r, run_cursor *c, flong_error *error) {
    const block *b;
    if (c->at < c->n) return FLONG_OK;
    c->at = c->n = 0;
    if (c->number == c->run->n_blocks) return FLONG_OK;
    TRY(run_block(r, c->run, c->number++, &b, error));
    uint64_t reach = c->run->last - c->run->first, beyond = 0;
    if (!block_decode(c->entries, b)) return run_damaged(r, c->run, "a block", error);
    for (uint32_t i = 0; i < b->n; i++) {
        beyond |= entry_place(c->entries[i]) > reach;
        c->entries[i] += c->rise;
    }
    c->n = b->n;
    return beyond ? run_damaged(r, c->run, "a block", error) : FLONG_OK;
}

/* Gathers all entries that are surely below those still to be read; 0 at the end. */
static flong_status entries_gather(merging *m, size_t *n, flong_error *error) {
    uint64_t bound = UINT64_MAX;
    *n = 0;
    for (size_t i = 0; i < m->n; i++) {
        run_cursor *c = &m->cursors[i];
        TRY(cursor_fill(m->runs, c, error));
        if (c->n && c->number < c->run->n_blocks && c->entries[c->n - 1] < bound)
            bound = c->entries[c->n - 1];
    }
    for (size_t i = 0; i < m->n; i++) {
        run_cursor *c = &m->cursors[i];
        for (; c->at < c->n && c->entries[c->at] <= bound; c->at++) {
            m->gathered[*n] = c->entries[c->at];
            *n += !m->gone(m->gone_context, m->writer->run.first + entry_place(c->entries[c->at]));
        }
    }
    return FLONG_OK;
}

/* Sorts entries that lie near one another: they are spread over all bits, and back. */
static void entries_sort(merging *m, size_t n) {
    uint64_t least = UINT64_MAX, most = 0;
    unsigned shift = 0;
    for (size_t i = 0; i < n; i++) {
        if (m->gathered[i] < least) least = m->gathered[i];
        if (m->gathered[i] > most) most = m->gathered[i];
    }
    while (n > 0 && shift < 63 && (most - least) << shift >> 63 == 0) shift++;
    for (size_t i = 0; i < n; i++) m->gathered[i] = (m->gathered[i] - least) << shift;
    sort_spread(m->gathered, m->scratch, n);
    for (size_t i = 0; i < n; i++) m->gathered[i] = (m->gathered[i] >> shift) + least;
}

static bool cursors_left(const merging *m) {
    for (size_t i = 0; i < m->n; i++)
        if (m->cursors[i].at < m->cursors[i].n || m->cursors[i].number < m->cursors[i].run->n_blocks)
            return true;
    return false;
}

static flong_status cursors_merge(merging *m, flong_error *error) {
    while (cursors_left(m)) {
        size_t n;
        TRY(entries_gather(m, &n, error));
        entries_sort(m, n);
        TRY(writer_put(m->writer, m->gathered, n, error));
    }
    return FLONG_OK;
}

/* Lets go of the blocks that a temporary index has elsewhere. */
static flong_status blocks_free(store *s, const uint64_t ids[2], flong_error *error) {
    if (!s->bulk) return FLONG_OK;
    sqlite3_stmt *each = store_statement(s, STATEMENT_BLOCK_EACH, error);
    if (!each) return FLONG_IO;
    sqlite3_bind_int64(each, 1, (sqlite3_int64)ids[0]);
    sqlite3_bind_int64(each, 2, (sqlite3_int64)ids[1]);
    flong_status status = FLONG_OK;
    int code = SQLITE_DONE;
    while (status == FLONG_OK && (code = sqlite3_step(each)) == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(each, 0);
        byte_reader in = byte_reader_of(bytes, (size_t)sqlite3_column_bytes(each, 0));
        status = bulk_block_delete(s->bulk, varint_get(&in), error);
    }
    if (status == FLONG_OK && code != SQLITE_DONE) status = store_failure(s, "reading blocks", error);
    sqlite3_reset(each);
    return status;
}

static flong_status run_delete(runs *r, size_t place, flong_error *error) {
    run *x = &r->runs[place];
    const uint64_t blocks[] = {x->id << RUN_BLOCK_BITS, ((x->id + 1) << RUN_BLOCK_BITS) - 1};
    TRY(blocks_free(r->store, blocks, error));
    TRY(store_run_numbers(r->store, STATEMENT_BLOCK_DELETE, blocks, 2, error));
    TRY(store_run_numbers(r->store, STATEMENT_RUN_DELETE, &x->id, 1, error));
    run_forget(r, x);
    memmove(x, x + 1, (r->n - place - 1) * sizeof *x);
    r->n--;
    return FLONG_OK;
}

static bool merging_init(merging *m, size_t first) {
    m->cursors = mem_new(m->n, sizeof *m->cursors);
    m->gathered = mem_new(m->n * BLOCK_ENTRIES, sizeof *m->gathered);
    m->scratch = mem_new(m->n * BLOCK_ENTRIES, sizeof *m->scratch);
    if (!m->cursors || !m->gathered || !m->scratch) return false;
    for (size_t i = 0; i < m->n; i++)
        m->cursors[i] = (run_cursor){.run = &m->runs->runs[first + i],
                                     .rise = m->runs->runs[first + i].first - m->runs->runs[first].first};
    return true;
}

/* Merges the runs [first, first + n) of the list, of articles up to `last`, into one of the next level. */
static flong_status runs_merge(runs *r, size_t first, size_t n, uint64_t last, runs_gone_fn gone,
                               void *context, flong_error *error) {
    merging m = {.runs = r, .n = n, .gone = gone, .gone_context = context};
    flong_status status = merging_init(&m, first) ? FLONG_OK : error_nomem(error);
    if (status == FLONG_OK)
        status = writer_new(&m.writer, r, r->runs[first].level + 1, r->runs[first].first, last, error);
    if (status == FLONG_OK) status = cursors_merge(&m, error);
    mem_free(m.cursors);
    mem_free(m.gathered);
    mem_free(m.scratch);
    if (status == FLONG_OK) status = writer_end(m.writer, error); /* before the runs that it is made of */
    writer_free(m.writer);
    for (size_t i = 0; i < n && status == FLONG_OK; i++) status = run_delete(r, first + 1, error);
    return status;
}

flong_status runs_settle(runs *r, runs_gone_fn gone, void *context, flong_error *error) {
    /* Levels fall from the first run to the last, so what is to be merged stands at the end. */
    for (;;) {
        size_t n = 0;
        uint64_t last = 0;
        for (; n < r->n && r->runs[r->n - 1 - n].level == r->runs[r->n - 1].level; n++)
            if (r->runs[r->n - 1 - n].last > last) last = r->runs[r->n - 1 - n].last;
        /* A run cannot reach over more articles than places have bits: of sixteen million articles it is not merged. */
        if (n < RUN_FAN_OUT || !run_reaches(r->runs[r->n - n].first, last)) return FLONG_OK;
        TRY(runs_merge(r, r->n - n, n, last, gone, context, error));
    }
}
