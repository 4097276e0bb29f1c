/* k-permutation MinHash (Broder 1997), the plain definition that sketch/minhash.h is measured against, and the
 * variance that theory gives to both. */
#ifndef FLONG_TESTS_TWIN_MINHASH_H
#define FLONG_TESTS_TWIN_MINHASH_H

#include <stddef.h>
#include <stdint.h>

/* One hash function for each slot; the least value of all n shingles in it. */
void twin_signature(uint32_t *out, uint32_t slots, const uint64_t *shingles, size_t n);

/* Variance of the share of equal slots of two sets of `any` shingles together, `both` of which they have in
 * common: with a permutation for each slot; with one permutation and optimal densification. */
double variance_permutations(uint32_t slots, size_t any, size_t both);
double variance_densified(uint32_t slots, size_t any, size_t both);

#endif
