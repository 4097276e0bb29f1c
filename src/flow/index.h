/* An open index: the stages' objects, and what is held in memory between calls. */
#ifndef FLONG_FLOW_INDEX_H
#define FLONG_FLOW_INDEX_H

#include "flow/grouping.h"
#include "flow/sketches.h"
#include "flow/storying.h"
#include "flow/texts.h"
#include "flow/worker.h"
#include "index/rows.h"
#include "index/runs.h"
#include "text/furniture.h"

enum {
    BATCH_ARTICLES = 4096,   /* articles in a full batch: enough to learn furniture from, and few enough to be
                                done again while it is open */
    BATCH_BYTES = 256 << 20, /* or so many bytes of text */
};

typedef struct article_view article_view; /* see flow/view.h */

struct flong_index {
    store *store;
    runs *runs;
    size_t runs_budget; /* bytes of their blocks that may be held */
    bodies *bodies;
    furniture *furniture;
    wire_lexicon *lexicon;
    texts *texts;
    sketches *sketches;
    rates *rates;
    grouping *grouping;
    storying *storying;
    buffer removed;   /* a bit for each article number that is gone */
    unsigned readers; /* calls of index_read_begin that were not ended */
    uint64_t version; /* of the file's content, when it was loaded (store_version) */
    bool loaded;      /* false after a load that failed: the next call tries again */
    uint64_t hot;     /* look-ups cut short, of the closed batches and the open one */
    worker worker;    /* of the calling thread */
    article_view
        *query; /* its memory serves the calls that read articles one by one; NULL while one uses it */
};

/* Begins and ends reading: what is read in between is of one state of the file, and what is held in memory is of
 * that state, too. Reading within reading, from a callback, is part of the outer one. */
flong_status index_read_begin(flong_index *index, flong_error *error);
void index_read_end(flong_index *index);

/* Refuses an index that is open for reading only. */
flong_status index_writable(const flong_index *index, flong_error *error);

/* Begins a change: as for reading, and nobody else changes the file until it is committed or taken back. */
flong_status index_write_begin(flong_index *index, flong_error *error);

/* Forgets everything that is held in memory and reads it again from the file. */
flong_status index_load(flong_index *index, flong_error *error);

/* Whether an article number is gone; a runs_gone_fn, the context being the flong_index. */
bool index_gone(void *context, uint64_t no);
flong_status index_mark_gone(flong_index *index, uint64_t no, flong_error *error);

/* A bound that all article numbers of a file lie below, by the number of its rows; what is above is damage.
 * Memory that is taken by number is so bounded by the size of the file. */
flong_status index_number_bound(flong_index *index, uint64_t *bound, flong_error *error);

/* What is known of the furniture of a site's domain, read from the file on first use. With `create` an unknown site gets
 * an entry; otherwise *out is NULL for it. */
flong_status index_site(flong_index *index, furniture_site **out, flong_str site, bool create,
                        flong_error *error);

/* Writes what was learned of the sites that changed since the last call. A file needs it with every batch; a temporary
 * index only around an open one, which is taken back later. */
flong_status index_furniture_write(flong_index *index, flong_error *error);

/* The number of the article with an id; *found says whether there is one. */
flong_status index_lookup(flong_index *index, uint64_t *no, bool *found, flong_str id, flong_error *error);

/* FLONG_NOT_FOUND with a text, for calls that need it. */
flong_status index_lookup_needed(flong_index *index, uint64_t *no, flong_str id, flong_error *error);

/* Key of an article's id. */
uint64_t id_key(flong_str id);

#endif
