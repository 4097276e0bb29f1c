#include "flow/commit.h"

#include "flow/places.h"
#include "index/places.h"
#include "index/undo.h"

/* Numbers kept in the table meta; those of an open batch are logged with the rest. */
static const char *const meta_arrivals = "arrivals";     /* articles that have arrived, superseded ones too */
static const char *const meta_open_first = "open_first"; /* first number of the open batch, plus 1; 0: none */
static const char *const meta_shards = "shards";         /* which files were read: see input/resume.h */
static const char *const meta_open_bytes = "open_bytes"; /* bytes that arrived in it */

bool fill_is_full(fill f) { return f.articles >= BATCH_ARTICLES || f.bytes >= BATCH_BYTES; }

fill fill_with(fill f, const flong_record *record) {
    return (fill){f.articles + 1, f.bytes + record->text.n + record->title.n};
}

flong_status shards_noted(store *s, buffer *out, flong_error *error) {
    return store_bytes(s, out, meta_shards, error);
}

flong_status standing_read(standing *s, flong_error *error) {
    store *file = s->index->store;
    uint64_t open_first;
    s->open = (fill){0};
    TRY(store_number(file, &s->next, meta_arrivals, 0, error));
    TRY(store_number(file, &open_first, meta_open_first, 0, error));
    if (open_first == 0) return FLONG_OK;
    s->open.articles = s->next - (open_first - 1);
    return store_number(file, &s->open.bytes, meta_open_bytes, 0, error);
}

static flong_status standing_write(const standing *s, flong_error *error) {
    store *file = s->index->store;
    bool open = s->open.articles > 0;
    TRY(store_set_number(file, meta_arrivals, s->next, error));
    TRY(store_set_number(file, meta_open_first, open ? s->next - s->open.articles + 1 : 0, error));
    return store_set_number(file, meta_open_bytes, s->open.bytes, error);
}

/* ---- the open batch ---------------------------------------------------------------------- */

typedef struct reopening {
    flong_index *index;
    batch *batch;
    size_t n_new; /* items that were there before */
} reopening;

static flong_status article_reopen(void *context, const article_row *row, flong_error *error) {
    reopening *r = context;
    packed_body packed;
    flong_record record = row->record;
    worker *w = &r->index->worker;
    const char *path = store_path(r->index->store);
    if (r->batch->n - r->n_new >= BATCH_ARTICLES)
        return error_set(error, FLONG_DAMAGED,
                         "%s: the open batch has too many articles; make the index anew", path);
    flong_status status = body_get(r->index->store, &packed, &w->memory, row->no, error);
    if (status == FLONG_OK && !body_unpack(r->index->bodies, &w->packer, &record.text, &w->memory, &packed))
        status = worker_failure(w, path, row->no, error);
    if (status == FLONG_OK) status = batch_take(r->batch, &record, error);
    if (status == FLONG_OK) r->batch->items[r->batch->n - 1].no = row->no;
    arena_reset(&w->memory);
    return status;
}

/* Puts the articles of the open batch before those that are new. */
static flong_status batch_reopen(standing *s, batch *b, flong_error *error) {
    reopening r = {s->index, b, b->n};
    uint64_t first = s->next - s->open.articles, pairs = 0;
    TRY(article_each(s->index->store, first, article_reopen, &r, error));
    TRY(batch_read(b, r.n_new, error));
    b->n_numbered = b->n - r.n_new;
    if (!batch_rotate(b, r.n_new)) return error_nomem(error);
    TRY(pair_count_from(s->index->store, &pairs, first, error));
    s->reopened_pairs += pairs;
    if (!store_is_temporary(s->index->store)) TRY(places_touch_open(s->index->store, first, error));
    TRY(undo_apply(s->index->store, error));
    return index_load(s->index, error);
}

flong_status commit_begin(standing *s, batch *b, flong_error *error) {
    b->n_numbered = 0;
    TRY(index_write_begin(s->index, error));
    TRY(standing_read(s, error));
    return s->open.articles ? batch_reopen(s, b, error) : FLONG_OK;
}

/* ---- committing -------------------------------------------------------------------------- */

static flong_status batch_write_out(standing *s, batch *b, fill f, const buffer *note, flong_error *error) {
    store *file = s->index->store;
    bool open = !fill_is_full(f), temporary = store_is_temporary(file);
    uint64_t event = 0;
    s->open = open ? f : (fill){0};
    if (!temporary) TRY(places_event(file, &event, error));
    if (open && temporary) TRY(index_furniture_write(s->index, error));
    if (open) TRY(undo_record(file, error));
    TRY(batch_process(b, error));
    if (open || !temporary) TRY(index_furniture_write(s->index, error));
    TRY(standing_write(s, error));
    if (open) TRY(undo_pause(file, error));
    if (note)
        TRY(store_set_bytes(file, meta_shards, note, error)); /* stays so when the batch is taken back */
    if (!temporary) TRY(places_touch(file, s->next - f.articles, event, error));
    if (!open) TRY(runs_settle(s->index->runs, index_gone, s->index, error));
    TRY(store_commit(file, error));
    s->pairs += b->pairs;
    b->pairs = 0;
    return FLONG_OK;
}

flong_status commit_batch(standing *s, batch *b, flong_error *error) {
    fill f = s->open;
    for (size_t i = b->n_numbered; i < b->n; i++) {
        b->items[i].no = s->next++;
        f = fill_with(f, &b->items[i].record);
        if (!fill_is_full(f) || i + 1 == b->n) continue;
        size_t all = b->n;
        b->n = i + 1;
        TRY(batch_write_out(s, b, f, i + 1 == all ? s->note : NULL, error));
        if (!batch_shift(b, all)) return error_nomem(error);
        TRY(index_write_begin(s->index, error));
        f = (fill){0};
        i = (size_t)-1;
    }
    return batch_write_out(s, b, f, s->note, error);
}

flong_status commit_end(flong_index *index, flong_status status, flong_error *error) {
    if (status == FLONG_OK) status = places_renew(index, error);
    store_rollback(index->store);
    if (status != FLONG_OK) {
        /* The failure that brought us here is the one to tell; what fails in turn is found by the next call. */
        undo_pause(index->store, NULL);
        if (store_is_temporary(index->store)) index_furniture_write(index, NULL);
        index_load(index, NULL); /* what is in memory may be ahead of the file */
    }
    return status;
}
