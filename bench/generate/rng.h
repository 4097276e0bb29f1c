/* Random numbers of the generator: SplitMix64 (Steele, Lea and Flood 2014) and integer draws from
 * it. No floating point anywhere, and never two draws in one expression, whose order C leaves open:
 * so that every machine makes the same archive. */
#ifndef GENERATE_RNG_H
#define GENERATE_RNG_H

#include <stdint.h>

typedef struct rng {
    uint64_t state;
} rng;

static inline uint64_t rng_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static inline uint64_t rng_next(rng *r) { return rng_mix(r->state += 0x9e3779b97f4a7c15u); }

/* The generator that belongs to two numbers, e.g. a seed and the thing it is for. */
static inline rng rng_of(uint64_t a, uint64_t b) {
    return (rng){rng_mix(rng_mix(a + 0x9e3779b97f4a7c15u) ^ (b + 0x632be59bd9b4e019u))};
}

/* Uniform in [0, n); n > 0. */
static inline uint32_t rng_below(rng *r, uint32_t n) { return (uint32_t)(((rng_next(r) >> 32) * n) >> 32); }

/* Uniform in [low, high]. */
static inline uint32_t rng_between(rng *r, uint32_t low, uint32_t high) {
    return low + rng_below(r, high - low + 1);
}

static inline int rng_chance(rng *r, uint32_t permille) { return rng_below(r, 1000) < permille; }

/* Zipf's law without tables: an octave drawn evenly, then a rank drawn evenly in it, gives rank k
 * a chance proportional to 1/k, in steps. In [0, 2^octaves - 1); octaves in [1, 24]. */
static inline uint32_t rng_zipf(rng *r, uint32_t octaves) {
    const uint64_t x = rng_next(r);
    const uint32_t octave = (uint32_t)(((x >> 32) * octaves) >> 32);
    return (1u << octave) - 1 + ((uint32_t)x & ((1u << octave) - 1));
}

/* Lognormal with integers: a walk of 16 steps up or down by a seventh, whose logarithm is binomial
 * with a deviation of about .6; the median is `median`. */
static inline uint32_t rng_lognormal(rng *r, uint32_t median) {
    uint64_t x = (uint64_t)median << 16;
    const uint64_t steps = rng_next(r);
    for (int i = 0; i < 16; i++) x = steps >> (32 + i) & 1 ? x / 7 * 8 : x / 8 * 7;
    return (uint32_t)(x >> 16);
}

#endif
