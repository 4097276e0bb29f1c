/* One story sketch compared with many: its terms in a table by the upper bits of their hashes, in which the terms of
 * another are looked up at once. */
#ifndef FLONG_SKETCH_LOOKUP_H
#define FLONG_SKETCH_LOOKUP_H

#include "sketch/story.h"

/* Some 96 terms fill a tenth of so many slots. What is not shared but looks so is rare when two tables are asked, by
 * different bits: one in a hundred. */
enum { LOOKUP_BITS = 10, LOOKUP_SLOTS = 1 << LOOKUP_BITS, LOOKUP_WORDS = LOOKUP_SLOTS / 32 };

typedef struct story_lookup {
    const story_sketch *of;
    bool filled; /* false: it is compared term by term */
    uint32_t high[LOOKUP_WORDS],
        low[LOOKUP_WORDS]; /* a bit for each slot of the upper bits, and of the next ones */
    uint8_t first
        [LOOKUP_SLOTS]; /* the first term in a slot of the upper bits; set of those in which there is one */
} story_lookup;

/* Borrows the sketch, which is to be compared with n others. The table is filled only where that pays. */
void story_lookup_make(story_lookup *out, const story_sketch *of, size_t n);

/* story_cosine of the table's sketch and another. */
double story_lookup_cosine(const story_lookup *a, const story_sketch *b);

#endif
