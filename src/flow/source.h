/* Of which source an index was filled: a call that names it goes on where an earlier one ended. */
#ifndef FLONG_FLOW_SOURCE_H
#define FLONG_FLOW_SOURCE_H

#include "index/store.h"

/* Begins to fill the index from the source of that name (n == 0: one without), in the transaction that is under way:
 * *held records of it, of the `arrivals` that there were, are in the index. FLONG_MISMATCH where other records are. */
flong_status source_begin(store *s, uint64_t *held, flong_str name, uint64_t arrivals, flong_error *error);

/* Takes n records from the source and lets them go. FLONG_INPUT: it has not so many. */
flong_status source_pass(const store *s, flong_source_fn source, void *context, uint64_t n,
                         flong_error *error);

#endif
