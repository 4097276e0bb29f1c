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

/* How articles meet. */
typedef struct meeting_rule {
    uint32_t
        links; /* earlier articles that one key leads to, at most: half of them the first, half the last */
    uint32_t shared; /* keys that two articles must share */
    uint32_t most;   /* candidates of an article, at most */
} meeting_rule;

/* The rule of bands, passage keys and identities. */
meeting_rule meeting_of_texts(const flong_params *params);

/* Finds the candidates of a batch. `asked` are the keys by which its articles look for others, `own` those by which
 * they are found. (They are the same list for keys that are found by themselves.) Both have one base. All articles
 * arrived after those in the runs. `gone` says which articles in the runs were removed. Memory from the arena, which
 * also serves as scratch. */
flong_status candidates_find(candidate_list *out, arena *memory, runs *r, entry_list asked, entry_list own,
                             meeting_rule rule, runs_gone_fn gone, void *context, flong_error *error);

#endif
