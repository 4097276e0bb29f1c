/* Articles enter an index in batches of a fixed number, each committed when it is full. The last one stays open: what
 * it changed is logged, and the next change takes it back and goes on from there (index/undo.h says why). */
#ifndef FLONG_FLOW_COMMIT_H
#define FLONG_FLOW_COMMIT_H

#include "flow/batch.h"

/* How much is in a batch; records that were superseded within it count, too. */
typedef struct fill {
    uint64_t articles, bytes;
} fill;

bool fill_is_full(fill f);
fill fill_with(fill f, const flong_record *record);

/* Where the file stands, as of the last call of these here. */
typedef struct standing {
    flong_index *index;
    uint64_t next;      /* number of the next arrival */
    fill open;          /* of the open batch */
    const buffer *note; /* of the files that are read when the batch is committed (input/resume.h), or NULL */
    uint64_t pairs, reopened_pairs; /* accepted in this call; those of them that an open batch had */
} standing;

/* What the file notes of files that were read. */
flong_status shards_noted(store *s, buffer *out, flong_error *error);

/* Reads where the file stands, within a transaction. */
flong_status standing_read(standing *s, flong_error *error);

/* Begins a transaction, and takes back what the open batch changed: its articles come first in b, read. */
flong_status commit_begin(standing *s, batch *b, flong_error *error);

/* Processes and commits the batch; items that are new get their numbers. Where another process left a batch open, that
 * one is filled first, and two are committed. */
flong_status commit_batch(standing *s, batch *b, flong_error *error);

/* Ends a change with this status: renews the places of the articles (flow/places.h) when all went well, takes back what was
 * not committed when not. No batch is held any more. */
flong_status commit_end(flong_index *index, flong_status status, flong_error *error);

#endif
