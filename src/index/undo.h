/* The last batch of an index is open until it is full: furniture is learned from a whole batch before any of
 * its articles is sketched, so a batch that grows is done again. What an open batch changes is therefore
 * logged as SQL that takes it back, by triggers, and the next call begins by taking it back. So the same
 * articles in the same order always make the same batches, in however many calls they come. */
#ifndef FLONG_INDEX_UNDO_H
#define FLONG_INDEX_UNDO_H

#include "index/store.h"

/* Logs all changes from now on, until undo_pause. */
flong_status undo_record(store *s, flong_error *error);
flong_status undo_pause(store *s, flong_error *error);

/* Takes back everything that is logged, and empties the log. */
flong_status undo_apply(store *s, flong_error *error);

#endif
