/* Sets of small numbers as bits of 64-bit words, the lowest bit first. */
#ifndef FLONG_BASE_BITS_H
#define FLONG_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words that hold n bits. */
static inline size_t bits_words(size_t n) { return (n + 63) / 64; }

static inline bool bits_has(const uint64_t *set, size_t i) { return set[i / 64] >> (i % 64) & 1; }
static inline void bits_add(uint64_t *set, size_t i) { set[i / 64] |= UINT64_C(1) << (i % 64); }

/* How many bits of a word are set (Hacker's Delight, 5-1): the instruction for it is in no baseline of x86-64. */
static inline uint32_t bits_count(uint64_t x) {
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* The place of the lowest bit of a word that is not 0. */
static inline uint32_t bits_lowest(uint64_t x) { return (uint32_t)__builtin_ctzll(x); }

/* The bits of word w that lie in [begin, end). */
static inline uint64_t bits_within(size_t w, size_t begin, size_t end) {
    uint64_t all = UINT64_MAX;
    if (w * 64 < begin) all &= begin - w * 64 < 64 ? UINT64_MAX << (begin - w * 64) : 0;
    if (w * 64 + 64 > end) all &= end > w * 64 ? UINT64_MAX >> (w * 64 + 64 - end) : 0;
    return all;
}

static inline void bits_add_range(uint64_t *set, size_t begin, size_t end) {
    for (size_t w = begin / 64; w < bits_words(end); w++) set[w] |= bits_within(w, begin, end);
}

/* How many of [begin, end) are in the set. */
static inline uint32_t bits_count_range(const uint64_t *set, size_t begin, size_t end) {
    uint32_t n = 0;
    for (size_t w = begin / 64; w < bits_words(end); w++)
        n += bits_count(set[w] & bits_within(w, begin, end));
    return n;
}

/* How many of [begin, end) are in the set and not in the other. */
static inline uint32_t bits_count_without(const uint64_t *set, const uint64_t *other, size_t begin,
                                          size_t end) {
    uint32_t n = 0;
    for (size_t w = begin / 64; w < bits_words(end); w++)
        n += bits_count(set[w] & ~other[w] & bits_within(w, begin, end));
    return n;
}

/* The first of [begin, end) that is in the set; `end` when none is. */
static inline size_t bits_next(const uint64_t *set, size_t begin, size_t end) {
    for (size_t w = begin / 64; w < bits_words(end); w++) {
        uint64_t here = set[w] & bits_within(w, begin, end);
        if (here) return w * 64 + bits_lowest(here);
    }
    return end;
}

/* The 64 bits from place `at` on, of a set of n bits; those behind its end are 0. */
static inline uint64_t bits_from(const uint64_t *set, size_t at, size_t n) {
    size_t w = at / 64, shift = at % 64;
    if (w >= bits_words(n)) return 0;
    uint64_t high = shift && w + 1 < bits_words(n) ? set[w + 1] << (64 - shift) : 0;
    return set[w] >> shift | high;
}

#endif
