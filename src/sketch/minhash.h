/* MinHash signatures of shingle sets, and the LSH band keys cut from them. */
#ifndef FLONG_SKETCH_MINHASH_H
#define FLONG_SKETCH_MINHASH_H

#include <stddef.h>
#include <stdint.h>

/* One-permutation MinHash (Li, Owen, Zhang 2012) of n > 0 shingles in any order, repeats allowed: the
 * upper half of a hash chooses one of `slots` slots, which keeps the least lower half. Empty slots are
 * filled by optimal densification (Shrivastava 2017): each walks a sequence of slots of its own until
 * it meets one that was not empty. `out` has room for `slots` values. */
void minhash_signature(uint32_t *out, uint32_t slots, const uint64_t *shingles, size_t n);

/* Writes slots / rows LSH keys: hashes of `rows` consecutive slots and the band's number. */
void minhash_bands(uint64_t *out, const uint32_t *signature, uint32_t slots, uint32_t rows);

#endif
