/* The one hash function of the project: XXH3, inlined. Values are stored in index files, so the seeds
 * below are part of the format. */
#ifndef FLONG_BASE_HASH_H
#define FLONG_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t hash_bytes(const void *bytes, size_t n, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, n, seed);
}

/* A bijective mix of 64 bits (the finaliser of SplitMix64, Steele, Lea, Flood 2014). */
static inline uint64_t hash_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

#endif
