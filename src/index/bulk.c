#include "index/bulk.h"

#include <string.h>

#include "index/bulk_parts.h"

bulk *bulk_new(void) {
    bulk *k = mem_new(1, sizeof *k);
    if (!k) return NULL;
    *k = (bulk){.rows = scratch_new(),
                .texts = scratch_new(),
                .sketches = scratch_new(),
                .pairs = scratch_new(),
                .blocks = scratch_new()};
    if (k->rows && k->texts && k->sketches && k->pairs && k->blocks) return k;
    bulk_free(k);
    return NULL;
}

void bulk_free(bulk *k) {
    if (!k) return;
    for (size_t i = 0; i < k->n_chunks; i++) mem_free(k->chunks[i]);
    mem_free(k->chunks);
    scratch_file *files[] = {k->rows, k->texts, k->sketches, k->pairs, k->blocks};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) scratch_close(files[i]);
    scratch_window *windows[] = {&k->row_windows.get, &k->row_windows.next, &k->row_windows.each,
                                 &k->text_window,     &k->sketch_window,    &k->pair_window,
                                 &k->pairs_window,    &k->block_window};
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) scratch_window_free(windows[i]);
    mem_free(k->pending.pairs);
    arena_free(&k->pending.memory);
    buffer_free(&k->text);
    mem_free(k->later);
    mem_free(k->members);
    buffer_free(&k->placed);
    mem_free(k->free.places);
    mem_free(k->freed.places);
    const bulk_log *logs[] = {&k->log, &k->open_log, &k->saved_log};
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        mem_free(logs[i]->changes);
        mem_free(logs[i]->slots.places);
    }
    mem_free(k);
}

/* ---- articles ---------------------------------------------------------------------------- */

static bool article_note(bulk_log *log, uint64_t no, const bulk_article *before) {
    if (!ARRAY_GROW(log->changes, log->n, log->capacity)) return false;
    log->changes[log->n++] = (bulk_change){no, *before};
    return true;
}

/* Makes room for an article. */
static bool chunk_make(bulk *k, uint64_t no) {
    while (k->n_chunks <= no / BULK_CHUNK) {
        if (!ARRAY_GROW(k->chunks, k->n_chunks, k->chunks_capacity)) return false;
        if (!(k->chunks[k->n_chunks] = mem_new(BULK_CHUNK, sizeof **k->chunks))) return false;
        k->n_chunks++;
    }
    return true;
}

static bulk_article *article_at(const bulk *k, uint64_t no) {
    return &k->chunks[no / BULK_CHUNK][no % BULK_CHUNK];
}

bulk_article *bulk_change_article(bulk *k, uint64_t no, flong_error *error) {
    if (no >= UINT32_MAX) {
        error_set(error, FLONG_ARG,
                  "a temporary index holds 2^32 articles at most; name an index with --index");
        return NULL;
    }
    if (!chunk_make(k, no)) {
        error_nomem(error);
        return NULL;
    }
    bulk_article *a = article_at(k, no);
    bool noted = (!k->changing || no >= k->n_before || article_note(&k->log, no, a)) &&
                 (!k->recording || no >= k->n_closed || article_note(&k->open_log, no, a));
    if (!noted) {
        error_nomem(error);
        return NULL;
    }
    if (no >= k->n) k->n = no + 1;
    return a;
}

/* Lets go of the articles from number n on. */
static void articles_cut(bulk *k, uint64_t n) {
    for (uint64_t no = n; no < k->n; no++) *article_at(k, no) = (bulk_article){0};
    if (n < k->n) k->n = n;
}

/* ---- blocks ------------------------------------------------------------------------------ */

static bool slot_push(bulk_slots *slots, uint64_t place) {
    if (!ARRAY_GROW(slots->places, slots->n, slots->capacity)) return false;
    slots->places[slots->n++] = place;
    return true;
}

/* A slot that is forgotten for want of memory is not used again, and does no harm. */
static void slots_free(bulk *k, bulk_slots *slots) {
    for (size_t i = 0; i < slots->n; i++) slot_push(&k->free, slots->places[i]);
    slots->n = 0;
}

flong_status bulk_block_add(bulk *k, uint64_t *place, const void *bytes, size_t n, flong_error *error) {
    if (n > BULK_BLOCK_BYTES) return error_set(error, FLONG_ARG, "a block of keys is too large");
    if (k->free.n) {
        *place = k->free.places[k->free.n - 1];
        TRY(scratch_replace(k->blocks, *place, bytes, n, error));
        k->free.n--;
    } else {
        char *room = scratch_room(k->blocks, BULK_BLOCK_BYTES, error);
        if (!room) return error ? error->status : FLONG_IO;
        memcpy(room, bytes, n);
        memset(room + n, 0, BULK_BLOCK_BYTES - n);
        *place = scratch_put(k->blocks, BULK_BLOCK_BYTES);
    }
    slot_push(&k->log.slots, *place);
    if (k->recording) slot_push(&k->open_log.slots, *place);
    return FLONG_OK;
}

const void *bulk_block_get(bulk *k, uint64_t place, size_t n, flong_error *error) {
    k->block_window.bytes.n = 0; /* slots are written again */
    return scratch_get(k->blocks, &k->block_window, place, n, n, error);
}

flong_status bulk_block_delete(bulk *k, uint64_t place, flong_error *error) {
    return slot_push(&k->freed, place) ? FLONG_OK : error_nomem(error);
}

/* ---- taking back ------------------------------------------------------------------------- */

void bulk_begin(bulk *k) {
    k->changing = true;
    k->n_before = k->n;
    k->log.n = k->log.slots.n = k->freed.n = 0;
    k->open_before = k->open;
    k->open_saved = false;
    k->n_closed_before = k->n_closed;
    k->n_log_before = k->open_log.n;
    k->n_slots_before = k->open_log.slots.n;
}

flong_status bulk_settle(bulk *k, flong_error *error) { return bulk_pairs_settle(k, error); }

void bulk_commit(bulk *k) {
    if (!k->changing) return;
    k->changing = false;
    k->saved_log.n = k->saved_log.slots.n = 0;
    slots_free(k, &k->freed);
}

static void lists_forget(bulk *k) {
    k->members_known = false;
    k->pending.n = k->pending.n_sorted = 0;
    arena_reset(&k->pending.memory);
    k->later_known = false;
}

void bulk_rollback(bulk *k) {
    if (!k->changing) return;
    k->changing = k->recording = false;
    lists_forget(k);
    for (size_t i = k->log.n; i-- > 0;) {
        const bulk_change *c = &k->log.changes[i];
        if (c->no >= k->n) k->n = c->no + 1;
        *article_at(k, c->no) = c->before;
    }
    articles_cut(k, k->n_before);
    k->n = k->n_before;
    k->log.n = 0;
    if (k->open_saved) {
        bulk_log now = k->open_log;
        k->open_log = k->saved_log;
        k->saved_log = now;
        k->saved_log.n = k->saved_log.slots.n = 0;
    }
    k->open = k->open_before;
    k->n_closed = k->n_closed_before;
    k->open_log.n = k->n_log_before;
    k->open_log.slots.n = k->n_slots_before;
    slots_free(k, &k->log.slots);
}

/* Empties the log of the open batch, and keeps it as it was at bulk_begin. */
static void open_log_begin(bulk *k) {
    if (k->changing && !k->open_saved) {
        bulk_log now = k->open_log;
        k->open_log = k->saved_log;
        k->saved_log = now;
        k->open_saved = true;
    }
    k->open_log.n = k->open_log.slots.n = 0;
}

void bulk_undo_record(bulk *k) {
    open_log_begin(k);
    k->open = k->recording = true;
    k->n_closed = k->n;
}

void bulk_undo_pause(bulk *k) { k->recording = false; }

flong_status bulk_undo_apply(bulk *k, flong_error *error) {
    if (!k->open) return FLONG_OK;
    TRY(bulk_pairs_settle(k, error));
    bulk_log log = k->open_log;
    for (size_t i = log.n; i-- > 0;) {
        bulk_article *a = bulk_change_article(k, log.changes[i].no, error);
        if (!a) return error ? error->status : FLONG_NOMEM;
        *a = log.changes[i].before;
    }
    for (uint64_t no = k->n_closed; no < k->n; no++)
        if (!bulk_change_article(k, no, error)) return error ? error->status : FLONG_NOMEM;
    articles_cut(k, k->n_closed);
    lists_forget(k);
    for (size_t i = 0; i < log.slots.n; i++) slot_push(&k->freed, log.slots.places[i]);
    open_log_begin(k);
    k->open = false;
    return FLONG_OK;
}

/* ---- counting ---------------------------------------------------------------------------- */

static flong_status row_count(void *context, const article_row *row, flong_error *error) {
    store_counts *counts = context;
    (void)error;
    counts->articles++;
    counts->stubs += row->stub;
    return FLONG_OK;
}

flong_status bulk_count(bulk *k, store_counts *out, flong_error *error) {
    *out = (store_counts){0};
    TRY(bulk_article_each(k, 0, row_count, out, error));
    TRY(bulk_pair_count_from(k, &out->pairs, 0, error));
    out->bytes_text = scratch_size(k->texts);
    out->bytes_keys = scratch_size(k->blocks) - k->free.n * (uint64_t)BULK_BLOCK_BYTES;
    out->bytes = scratch_size(k->rows) + scratch_size(k->texts) + scratch_size(k->sketches) +
                 scratch_size(k->pairs) + scratch_size(k->blocks);
    return FLONG_OK;
}
