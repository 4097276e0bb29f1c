/* What two texts have in common: the shingles of both, and the runs in which they follow one another in both. */
#ifndef FLONG_MATCH_SHARING_H
#define FLONG_MATCH_SHARING_H

#include "match/body.h"

/* n shingles that follow one another in both texts, from place a of the one and place b of the other on; as many as
 * there are. */
typedef struct shared_run {
    uint32_t a, b, n;
} shared_run;

/* One text, ready for comparing others with it. Zero-initialised, it is ready for sharing_against. */
typedef struct sharing {
    const text_body *a;
    shared_run *found; /* between the texts compared last; in no order that means something */
    size_t n, capacity;
    uint64_t *shared_a, *shared_b; /* sets of places: shingles of one text that the other has */
    uint32_t n_shared;             /* shingles that both have, without repeats */
    uint32_t *slots;               /* the shingles of a as a hash table of their first place + 1 */
    size_t n_slots;
    uint32_t *filter; /* a's shingles as bits: of the word of their upper bits, the bit of their lower ones */
    unsigned filter_shift;
    uint32_t *nexts; /* of repeated places of a: where the shingle stands next; NO_REPEAT: nowhere, or
                                  the place is not to be looked at */
    uint64_t *dead_a, *dead_b; /* sets of places that are not to be looked at (PLACES_MOST) */
    bool crowded;              /* there are such places */
    buffer memory_a, memory_b;
} sharing;

void sharing_free(sharing *s);

/* Sets the text that the next calls compare with; borrowed until then. False when there is no memory. */
bool sharing_against(sharing *s, const text_body *a);

/* Finds all runs of the two texts, and what they share. False when there is no memory. */
bool sharing_find(sharing *s, const text_body *b);

#endif
