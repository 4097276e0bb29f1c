/* Adding and removing articles. They are added in batches of a fixed number, each committed when it is full.
 * The last one stays open: what it changed is logged, and the next change takes it back and goes on from
 * there (index/undo.h says why). */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/batch.h"
#include "flow/remove.h"
#include "index/undo.h"

/* Numbers kept in the table meta; those of an open batch are logged with the rest. */
static const char *const meta_arrivals = "arrivals";     /* articles that have arrived, superseded ones too */
static const char *const meta_open_first = "open_first"; /* first number of the open batch, plus 1; 0: none */
static const char *const meta_open_bytes = "open_bytes"; /* bytes that arrived in it */

typedef struct adding {
    flong_index *index;
    batch batch;
    uint64_t next;           /* number of the next arrival */
    uint64_t taken;          /* from the source */
    uint64_t reopened_pairs; /* of batches that were open, which are found again */
    flong_source_fn source;
    void *source_context;
    flong_add_options options;
    flong_progress progress;
} adding;

/* ---- the open batch ---------------------------------------------------------------------- */

static flong_status reopen_article(void *context, const article_row *row, flong_error *error) {
    adding *a = context;
    packed_body packed;
    flong_record record = row->record;
    worker *w = &a->index->worker;
    flong_status status = body_get(a->index->store, &packed, &w->memory, row->no, error);
    if (status == FLONG_OK && a->batch.n >= BATCH_ARTICLES)
        status =
            error_set(error, FLONG_DAMAGED, "%s: the open batch has too many articles; make the index anew",
                      store_path(a->index->store));
    if (status == FLONG_OK && !body_unpack(a->index->bodies, &w->packer, &record.text, &w->memory, &packed))
        status = worker_failure(w, store_path(a->index->store), row->no, error);
    if (status == FLONG_OK) status = batch_take(&a->batch, row->no, &record, error);
    arena_reset(&w->memory);
    return status;
}

/* Reads the articles of the open batch, and takes back what it changed. */
static flong_status reopen(adding *a, flong_error *error) {
    store *s = a->index->store;
    uint64_t open_first, bytes;
    TRY(store_number(s, &a->next, meta_arrivals, 0, error));
    TRY(store_number(s, &open_first, meta_open_first, 0, error));
    if (open_first == 0) return FLONG_OK;
    TRY(store_number(s, &bytes, meta_open_bytes, 0, error));
    TRY(article_each(s, open_first - 1, reopen_article, a, error));
    uint64_t pairs = 0;
    TRY(pair_count_from(s, &pairs, open_first - 1, error));
    a->reopened_pairs += pairs;
    a->batch.arrived = a->next - (open_first - 1);
    a->batch.bytes = bytes;
    TRY(undo_apply(s, error));
    return index_load(a->index, error);
}

/* ---- batches ----------------------------------------------------------------------------- */

static flong_status numbers_write(adding *a, bool open, flong_error *error) {
    store *s = a->index->store;
    TRY(store_set_number(s, meta_arrivals, a->next, error));
    open = open && a->batch.arrived > 0;
    TRY(store_set_number(s, meta_open_first, open ? a->next - a->batch.arrived + 1 : 0, error));
    return store_set_number(s, meta_open_bytes, open ? a->batch.bytes : 0, error);
}

/* Processes what the batch holds, and commits it. */
static flong_status batch_commit(adding *a, flong_error *error) {
    store *s = a->index->store;
    bool open = !batch_is_full(&a->batch);
    if (open) TRY(undo_record(s, error));
    TRY(batch_process(&a->batch, error));
    TRY(numbers_write(a, open, error));
    if (open) TRY(undo_pause(s, error));
    if (!open) TRY(runs_settle(a->index->runs, index_gone, a->index, error));
    TRY(store_commit(s, error));
    a->progress.articles = a->taken;
    a->progress.pairs = a->batch.pairs > a->reopened_pairs ? a->batch.pairs - a->reopened_pairs : 0;
    batch_reset(&a->batch);
    return FLONG_OK;
}

static flong_status tell(adding *a, flong_error *error) {
    if (!a->options.progress) return FLONG_OK;
    a->progress.groups = grouping_count(a->index->grouping);
    if (a->options.progress(a->options.progress_context, &a->progress) == 0) return FLONG_OK;
    return error_set(error, FLONG_STOPPED, "stopped");
}

/* Fills the batch from the source; *end when there is no more. */
static flong_status batch_fill(adding *a, bool *end, flong_error *error) {
    while (!batch_is_full(&a->batch)) {
        flong_record record = {0};
        int given = a->source(a->source_context, &record, error);
        if (given < 0) return error && error->status ? error->status : FLONG_INPUT;
        if (given == 0) {
            *end = true;
            return FLONG_OK;
        }
        if (a->next >> 40) return error_set(error, FLONG_ARG, "an index holds 2^40 articles at most");
        TRY(batch_take(&a->batch, a->next++, &record, error));
        a->taken++;
    }
    return FLONG_OK;
}

static flong_status add_all(adding *a, flong_error *error) {
    for (bool end = false; !end;) {
        TRY(index_write_begin(a->index, error));
        TRY(reopen(a,
                   error)); /* of this call's own batches none is open; but others may write between them */
        TRY(batch_fill(a, &end, error));
        if (a->batch.n == 0) break;
        TRY(batch_commit(a, error));
        TRY(tell(a, error));
    }
    return FLONG_OK;
}

static flong_status adding_begin(adding *a, flong_error *error) {
    if (!store_is_writable(a->index->store))
        return error_set(error, FLONG_ARG, "%s: the index is open for reading only",
                         store_path(a->index->store));
    flong_status status = batch_init(&a->batch, a->index, a->options.threads, error);
    if (status != FLONG_OK) batch_free(&a->batch);
    return status;
}

/* Takes back what was not committed; passes the status on. */
static flong_status adding_end(adding *a, flong_status status) {
    batch_free(&a->batch);
    store_rollback(a->index->store);
    if (status != FLONG_OK) {
        undo_pause(a->index->store, NULL);
        index_load(a->index, NULL); /* what is in memory may be ahead of the file */
    }
    return status;
}

flong_status flong_index_add(flong_index *index, flong_source_fn source, void *source_context,
                             const flong_add_options *options, flong_error *error) {
    adding a = {.index = index, .source = source, .source_context = source_context};
    if (options)
        memcpy(&a.options, options, options->size < sizeof a.options ? options->size : sizeof a.options);
    TRY(adding_begin(&a, error));
    return adding_end(&a, add_all(&a, error));
}

/* ---- removing ---------------------------------------------------------------------------- */

static int id_compare(const void *a, const void *b) {
    const flong_str *x = a, *y = b;
    int order = memcmp(x->p ? x->p : "", y->p ? y->p : "", x->n < y->n ? x->n : y->n);
    return order ? order : x->n < y->n ? -1 : x->n > y->n;
}

/* The ids sorted, each once, in the batch's memory; NULL when there is none. */
static flong_str *ids_sort(adding *a, const flong_str *ids, size_t *n) {
    flong_str *sorted = arena_alloc(&a->batch.memory, *n, sizeof *sorted);
    if (!sorted) return NULL;
    for (size_t i = 0; i < *n; i++) sorted[i] = ids[i];
    qsort(sorted, *n, sizeof *sorted, id_compare);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || id_compare(&sorted[i], &sorted[kept - 1]) != 0) sorted[kept++] = sorted[i];
    *n = kept;
    return sorted;
}

/* Lets go of the articles of the open batch that have one of the ids; marks those ids as found. */
static void batch_drop(batch *b, const flong_str *ids, bool *found, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++) {
        const flong_str *id = bsearch(&b->items[i].record.id, ids, n, sizeof *ids, id_compare);
        if (id) {
            found[id - ids] = true;
            continue;
        }
        batch_item moved = b->items[kept];
        b->items[kept++] = b->items[i];
        b->items[i] = moved;
    }
    b->n = kept;
}

static flong_status remove_all(adding *a, size_t *removed, const flong_str *ids, size_t n,
                               flong_error *error) {
    TRY(index_write_begin(a->index, error));
    TRY(reopen(a, error));
    const flong_str *sorted = ids_sort(a, ids, &n);
    uint64_t *numbers = arena_alloc(&a->batch.memory, n, sizeof *numbers);
    bool *found = arena_alloc(&a->batch.memory, n, sizeof *found);
    if (!sorted || !numbers || !found) return error_nomem(error);
    size_t n_numbers = 0, n_found = 0;
    for (size_t i = 0; i < n; i++) {
        TRY(index_lookup(a->index, &numbers[n_numbers], &found[i], sorted[i], error));
        n_numbers += found[i];
    }
    TRY(remove_articles(a->index, numbers, n_numbers, error));
    TRY(runs_settle(a->index->runs, index_gone, a->index, error)); /* each call may add a small run */
    batch_drop(&a->batch, sorted, found, n);
    TRY(batch_commit(a, error));
    for (size_t i = 0; i < n; i++) n_found += found[i];
    if (removed) *removed = n_found;
    return FLONG_OK;
}

flong_status flong_index_remove(flong_index *index, size_t *removed, const flong_str *ids, size_t n,
                                flong_error *error) {
    adding a = {.index = index};
    TRY(adding_begin(&a, error));
    flong_status status = remove_all(&a, removed, ids, n, error);
    return adding_end(&a, status);
}
