/* Removing articles: from the tables, from the runs (by remembering them as gone), and from their groups,
 * which are put together again from the members that stay. */
#ifndef FLONG_FLOW_REMOVE_H
#define FLONG_FLOW_REMOVE_H

#include "flow/index.h"

/* Removes articles by number, in the transaction that is under way. */
flong_status remove_articles(flong_index *index, const uint64_t *numbers, size_t n, flong_error *error);

#endif
