/* Puts one text group into a story: compares it with those that the stories it touches are made of, takes these stories
 * apart, and puts them together again with it among their text groups. Nothing is read and nothing is loaded here: what
 * is asked for was made ready before, so that text groups with nothing in common can be placed by several threads. */
#ifndef FLONG_FLOW_PLACING_H
#define FLONG_FLOW_PLACING_H

#include "flow/storying.h"
#include "flow/tellings.h"

enum { STORIES_TOUCHED = 8 }; /* those with the most similar candidates; this bounds the work of placing */

/* Makes ready all members of a story, or those that stand for it. */
flong_status members_ready(const story *told, const storying_scores *scores, flong_error *error);
flong_status representatives_ready(const story *told, const storying_scores *scores, flong_error *error);

/* Makes ready what may be asked of a candidate that is in that story, or NULL. */
flong_status candidate_ready(const story *told, uint64_t text_no, const storying_scores *scores,
                             flong_error *error);

/* Whether a candidate may bring a text group into its story. */
static inline bool candidate_is_edge(const storying_candidate *c) { return c->similarity >= STORY_EDGE; }

/* The surroundings of a placing. */
typedef struct placing_in {
    tellings *held;
    const storying_scores *scores;
    arena *memory;     /* of one placing */
    tellings_log *log; /* of what it changes */
    unsigned worker;
} placing_in;

/* A text group on its way. */
typedef struct placing_of {
    const storying_newcomer *newcomer;
    bool told_before; /* a story of its own until now, not new */
} placing_of;

/* All that its candidates lead to was found and made ready. Fails only for want of memory. */
flong_status placing_run(const placing_in *in, const placing_of *what, flong_error *error);

/* Puts a story together again, owing to text group `at`. */
flong_status placing_settle(const placing_in *in, const story *told, uint64_t at, flong_error *error);

#endif
