/* Shingles: hashes of w consecutive tokens (Broder 1997). */
#ifndef FLONG_SKETCH_SHINGLE_H
#define FLONG_SKETCH_SHINGLE_H

#include <stddef.h>
#include <stdint.h>

/* How many shingles n tokens have: none when there are fewer than w. */
static inline size_t shingle_count(size_t n_tokens, uint32_t w) {
    return n_tokens < w ? 0 : n_tokens - w + 1;
}

/* Writes the shingle_count hashes in reading order. */
void shingle_hash(uint64_t *out, const uint64_t *tokens, size_t n_tokens, uint32_t w);

/* Sorts n hashes ascending and removes repeats; returns how many are left. `scratch` has room for n. */
size_t shingle_distinct(uint64_t *shingles, uint64_t *scratch, size_t n);

#endif
