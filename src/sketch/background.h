/* The background: how rare terms are in news at large, for corpora too small to tell. A table of hashed terms that
 * was counted in news of several languages and is compiled in (background_table.h, made by flong-background).
 *
 * 2^15 buckets of four slots; a slot holds 12 bits of a term's hash over 4 bits of a level of rarity, 0 for an empty
 * one. A term lies in either of two buckets (as in a cuckoo filter: Fan, Andersen, Kaminsky, Mitzenmacher 2014). A
 * term that is not in the table passes for one that is with a probability of 8 / 2^12, nearly always for a rare one. */
#ifndef FLONG_SKETCH_BACKGROUND_H
#define FLONG_SKETCH_BACKGROUND_H

#include <stddef.h>
#include <stdint.h>

enum {
    BACKGROUND_BITS = 15,
    BACKGROUND_BUCKETS = 1 << BACKGROUND_BITS,
    BACKGROUND_SLOTS = 4,
    BACKGROUND_LEVELS = 16
};

/* The two buckets of a term, and the upper 12 bits of its slot. */
static inline uint32_t background_print(uint64_t hash) { return (uint32_t)(hash >> 52); }
static inline uint32_t background_first(uint64_t hash) { return (uint32_t)hash & (BACKGROUND_BUCKETS - 1); }
static inline uint32_t background_second(uint64_t hash) {
    return background_first(hash) ^ ((background_print(hash) * 0x5BD1E995u + 1) & (BACKGROUND_BUCKETS - 1));
}

/* What changes with every change of the table; sketches made with different ones do not compare. */
uint32_t background_version(void);

/* The share of articles that have the term, in the language where it is most frequent; 0 for one that is rarer than
 * all that the table holds. */
float background_rate(uint64_t hash);

#endif
