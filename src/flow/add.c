/* Adding articles. While one batch is processed and committed, the next one is taken from the source and read, so that
 * no core waits for another; the order of what is written is that of the source. */
#include <string.h>

#include "base/error.h"
#include "flow/commit.h"
#include "flow/source.h"
#include "input/resume.h"

typedef struct adding {
    flong_source_fn source;
    void *source_context;
    flong_add_options options;
    fill ahead;     /* of the batch that is taken next: what the open one has */
    uint64_t taken; /* from the source */
    errand *beside; /* NULL: one batch after the other */
    batch batches[2];
    buffer notes[2]; /* of the files that were read for them */
    /* Of the batch that is being committed: */
    standing at;
    batch *committed; /* NULL: none is */
    uint64_t told;    /* articles, with this one */
    flong_status status;
    flong_error error;
} adding;

/* Fills the batch from the source; *end when there is no more. */
static flong_status batch_fill(adding *a, batch *b, bool *end, flong_error *error) {
    fill f = a->ahead;
    while (!fill_is_full(f)) {
        flong_record record = {0};
        int given = a->source(a->source_context, &record, error);
        if (given < 0) return error && error->status ? error->status : FLONG_INPUT;
        if (given == 0) {
            *end = true;
            break;
        }
        TRY(batch_take(b, &record, error));
        f = fill_with(f, &record);
        a->taken++;
    }
    a->ahead = fill_is_full(f) ? (fill){0} : f;
    if (a->options.input) TRY(input_note(a->options.input, *end, &a->notes[b - a->batches], error));
    return batch_read(b, 0, error);
}

/* ---- beside the calling thread ----------------------------------------------------------- */

static flong_status commit(adding *a, flong_error *error) {
    uint64_t next = a->at.next;
    a->at.note = a->options.input ? &a->notes[a->committed - a->batches] : NULL;
    TRY(commit_begin(&a->at, a->committed, error));
    if (a->at.next != next && a->options.source_name.n)
        return error_set(error, FLONG_BUSY, "%s: another process adds to the index, too",
                         store_path(a->at.index->store));
    if (a->at.next >> 40) return error_set(error, FLONG_ARG, "an index holds 2^40 articles at most");
    return commit_batch(&a->at, a->committed, error);
}

static void commit_errand(void *context) {
    adding *a = context;
    a->status = commit(a, &a->error);
}

static void batch_begin(adding *a, batch *b) {
    a->committed = b;
    a->told = a->taken;
    if (a->beside)
        errand_begin(a->beside, commit_errand, a);
    else
        commit_errand(a);
}

static flong_status tell(adding *a, flong_error *error) {
    if (!a->options.progress) return FLONG_OK;
    const standing *at = &a->at;
    flong_progress told = {.articles = a->told,
                           .pairs = at->pairs > at->reopened_pairs ? at->pairs - at->reopened_pairs : 0,
                           .groups = grouping_count(at->index->grouping)};
    if (a->options.progress(a->options.progress_context, &told) == 0) return FLONG_OK;
    return error_set(error, FLONG_STOPPED, "stopped");
}

/* Waits for the batch that is being committed, if one is. */
static flong_status batch_end(adding *a, flong_error *error) {
    batch *b = a->committed;
    if (!b) return FLONG_OK;
    if (a->beside) errand_wait(a->beside);
    a->committed = NULL;
    if (a->status != FLONG_OK) {
        if (error) *error = a->error;
        return a->status;
    }
    batch_reset(b);
    return tell(a, error);
}

/* ---- all --------------------------------------------------------------------------------- */

static flong_status add_all(adding *a, flong_error *error) {
    batch *b = &a->batches[0];
    for (bool end = false; !end;) {
        flong_status filled = batch_fill(a, b, &end, error);
        flong_error ended = {0};
        flong_status before = batch_end(a, &ended);
        if (before != FLONG_OK && error) *error = ended;
        if (before != FLONG_OK) return before;
        if (filled != FLONG_OK) return filled;
        if (b->n == 0) break;
        batch_begin(a, b);
        if (a->beside) b = &a->batches[b == &a->batches[0]];
        if (!a->beside) TRY(batch_end(a, error));
    }
    return batch_end(a, error);
}

static flong_status files_resume(adding *a, flong_error *error) {
    buffer noted = {0};
    if (!a->options.input) return FLONG_OK;
    flong_status status = shards_noted(a->at.index->store, &noted, error);
    if (status == FLONG_OK) status = input_resume(a->options.input, (flong_str){noted.p, noted.n}, error);
    buffer_free(&noted);
    return status;
}

/* Notes the source, and passes over what the index holds of one that has a name. */
static flong_status source_resume(adding *a, flong_error *error) {
    store *file = a->at.index->store;
    uint64_t held;
    TRY(index_write_begin(a->at.index, error));
    TRY(standing_read(&a->at, error));
    TRY(files_resume(a, error));
    TRY(source_begin(file, &held, a->options.source_name, a->at.next, error));
    TRY(store_commit(file, error));
    a->ahead = a->at.open;
    return source_pass(file, a->source, a->source_context, held, error);
}

static flong_status adding_begin(adding *a, flong_error *error) {
    flong_index *index = a->at.index;
    TRY(batch_init(&a->batches[0], index, a->options.threads, error));
    if (pool_size(a->batches[0].threads) == 1) return FLONG_OK;
    TRY(batch_init(&a->batches[1], index, a->options.threads, error));
    a->beside = errand_new(); /* without it, it goes slower */
    return FLONG_OK;
}

static void adding_end(adding *a) {
    errand_free(a->beside);
    for (int i = 0; i < 2; i++) batch_free(&a->batches[i]), buffer_free(&a->notes[i]);
}

flong_status flong_index_add(flong_index *index, flong_source_fn source, void *source_context,
                             const flong_add_options *options, flong_error *error) {
    adding a = {.source = source, .source_context = source_context, .at = {.index = index}};
    if (options)
        memcpy(&a.options, options, options->size < sizeof a.options ? options->size : sizeof a.options);
    TRY(index_writable(index, error));
    if (a.options.memory) TRY(flong_index_limit(index, a.options.memory, error));
    flong_status status = adding_begin(&a, error);
    if (status == FLONG_OK) status = source_resume(&a, error);
    if (status == FLONG_OK) status = add_all(&a, error);
    adding_end(&a);
    return commit_end(index, status, error);
}
