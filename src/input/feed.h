/* What becomes of the items of an input, in order: read in the calling thread, or by several threads while one more reads
 * the files ahead. The result is the same. */
#ifndef FLONG_INPUT_FEED_H
#define FLONG_INPUT_FEED_H

#include "base/parallel.h"
#include "input/shards.h"

/* The readers of one thread: one of each format that it met. */
typedef struct feed_worker {
    void **readers; /* by the format's place in the table */
    arena memory;   /* what its records are kept in until they are handed out */
    flong_status status;
} feed_worker;

typedef struct feed {
    shards *shards;
    reader_options options;
    unsigned n_workers;
    feed_worker *workers;
    pool *pool;      /* NULL: the calling thread reads */
    errand *ahead;   /* NULL: it also cuts */
    block blocks[2]; /* the one that is handed out and, with `ahead`, the next one */
    block *now;
    size_t i; /* the item of it that is next */
    outcome *outcomes;
    outcome single;
    /* Of the block that is being cut ahead: */
    block *next;
    flong_status status;
    flong_error error;
} feed;

/* Zero-initialised before; threads from 1 on. `ahead`: files may be read before they are wanted. FLONG_ARG: the options
 * are wrong. FLONG_NOMEM. */
flong_status feed_init(feed *self, shards *from, const reader_options *options, unsigned threads, bool ahead,
                       flong_error *error);
void feed_free(feed *self);

/* The next item; *it is NULL at the end. *out is what became of it, and NULL when the item has a fault. Both are borrowed
 * until the next call. Fails only with FLONG_NOMEM. */
flong_status feed_next(feed *self, const item **it, const outcome **out, flong_error *error);

/* The bytes of an item that feed_next gave, which may be written to. */
char *feed_bytes(const feed *self, const item *it);

#endif
