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

/* hash_bytes(p, n, 0) for 1 to 16 bytes, around which more may be read: 8 from p on, and 8 up to p + n. The lengths of
 * most words are told apart without a branch, which would be guessed wrong at every other word. The constants are
 * XXH3's, with its secret and the seed 0 put in. */
static inline uint64_t hash_short(const char *p, size_t n) {
    uint64_t first = XXH_readLE64(p), last = XXH_readLE64(p + n - 8);
    if (n > 8) {
        first ^= UINT64_C(0x6782737BEA4239B9);
        last ^= UINT64_C(0xAF56BC3B0996523A);
        unsigned __int128 product = (unsigned __int128)first * last;
        uint64_t hash = n + XXH_swap64(first) + last + ((uint64_t)product ^ (uint64_t)(product >> 64));
        hash = (hash ^ hash >> 37) * UINT64_C(0x165667919E3779F9);
        return hash ^ hash >> 32;
    }
    uint64_t few = (first & 0xFF) << 16 | (first >> (n >> 1) * 8 & 0xFF) << 24 | last >> 56 | n << 8;
    few ^= 0x87275A9B;
    few = (few ^ few >> 33) * UINT64_C(0xC2B2AE3D27D4EB4F);
    few = (few ^ few >> 29) * UINT64_C(0x165667B19E3779F9);
    few ^= few >> 32;
    uint64_t some = ((last >> 32) + (first << 32)) ^ UINT64_C(0xC73AB174C5ECD5A2);
    some = (some ^ (some << 49 | some >> 15) ^ (some << 24 | some >> 40)) * UINT64_C(0x9FB21C651E98DF25);
    some = (some ^ ((some >> 35) + n)) * UINT64_C(0x9FB21C651E98DF25);
    some ^= some >> 28;
    return n < 4 ? few : some;
}

/* A bijective mix of 64 bits (the finaliser of SplitMix64, Steele, Lea, Flood 2014). */
static inline uint64_t hash_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

#endif
