/* Candidates: pairs of articles that met in the index, found for a whole batch by going once through the
 * runs. A key that too many articles have leads only to the first and the last few of them, so that a hot
 * bucket costs no more than any other; such look-ups are counted. */
#ifndef FLONG_INDEX_CANDIDATES_H
#define FLONG_INDEX_CANDIDATES_H

#include "index/runs.h"

typedef struct candidate {
    uint64_t article; /* of the batch */
    uint64_t other;   /* that arrived earlier */
    uint32_t shared;  /* keys that both have */
} candidate;

typedef struct candidate_list {
    candidate *candidates; /* by article; of one article by keys shared, descending, then by other */
    size_t n;
    uint64_t hot; /* look-ups cut short */
} candidate_list;

/* Finds the candidates of a batch of n > 0 entries, sorted by key and then article, each entry once. All
 * its articles arrived after those in the runs, and their numbers differ by less than 2^24. At most
 * params->max_candidates of an article are kept. `gone` says which articles in the runs were removed.
 * Memory from the arena, which also serves as scratch. */
flong_status candidates_find(candidate_list *out, arena *memory, runs *r, const keyed *entries, size_t n,
                             const flong_params *params, runs_gone_fn gone, void *context,
                             flong_error *error);

#endif
