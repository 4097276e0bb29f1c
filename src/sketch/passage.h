/* Passage keys: shingles chosen by winnowing (Schleimer, Wilkerson, Aiken 2003): the least of every
 * `window` consecutive ones. Any run of tokens that two articles share and that holds `window` shingles
 * gives both at least one key in common; about 2 in (window + 1) shingles are chosen. */
#ifndef FLONG_SKETCH_PASSAGE_H
#define FLONG_SKETCH_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

/* Writes the chosen of n shingles given in reading order, in that order; returns how many. An article
 * of fewer than `window` shingles gives one. `out` has room for n. */
size_t passage_keys(uint64_t *out, const uint64_t *shingles, size_t n, uint32_t window);

#endif
