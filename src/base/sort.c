#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

/* Below so many elements insertion is faster than counting digits; and what it may move elements that are near their
 * places by, on average, before digits are the better way. */
enum { SORT_FEW = 48, SORT_MOVES = 4 };

/* Bits of a digit at most: the counts of its values lie in the cache that is next to the processor. */
enum { SORT_DIGIT = 11, SORT_DIGITS = 64 };

typedef struct sort_digit {
    unsigned shift, width;
} sort_digit;

/* The place behind the highest bit. */
static unsigned bits_end(uint64_t bits) { return bits ? 64 - (unsigned)__builtin_clzll(bits) : 0; }

static unsigned bits_count(uint64_t bits) {
    unsigned n = 0;
    for (; bits; bits &= bits - 1) n++;
    return n;
}

/* Chooses digits, the most significant one first, until they have about as many of the varying bits as tell n elements
 * apart; one bit less will do, and a few more cost nothing in a pass. Returns how many digits there are. */
static size_t digits_choose(sort_digit *out, uint64_t varying, size_t n) {
    unsigned wanted = bits_end(n - 1), taken = 0;
    size_t n_digits = 0;
    while (varying && (n_digits == 0 || taken + 1 < wanted)) {
        unsigned end = bits_end(varying), width = wanted - taken + (n_digits ? 3 : 0);
        if (width > SORT_DIGIT) width = SORT_DIGIT;
        uint64_t below = end > width ? (UINT64_C(1) << (end - width)) - 1 : 0;
        unsigned shift = (unsigned)__builtin_ctzll(varying & ~below);
        out[n_digits++] = (sort_digit){shift, end - shift};
        taken += bits_count(varying & ~below);
        varying &= below;
    }
    return n_digits;
}

#define SORT_NAME(x)      u64_##x
#define SORT_TYPE         uint64_t
#define SORT_KEY(element) (element)
#include "base/sort_radix.h"

#define SORT_NAME(x)      keyed_##x
#define SORT_TYPE         keyed
#define SORT_KEY(element) ((element).key)
#include "base/sort_radix.h"

void sort_u64(uint64_t *keys, uint64_t *scratch, size_t n, unsigned first, unsigned last) {
    uint64_t low = first ? (UINT64_C(1) << (8 * first)) - 1 : 0;
    uint64_t high = last < 8 ? (UINT64_C(1) << (8 * last)) - 1 : UINT64_MAX;
    u64_all(keys, scratch, n, high & ~low);
}

/* Up to so many hashes are sorted by buckets: with more, a bucket that hashes were chosen to fill would cost too much. */
enum { BUCKETS_MOST = 4096 };

/* Moves each key to the bucket of the bits below the upper `skipped` ones; there are about as many buckets as keys. */
static void buckets_fill(uint64_t *to, const uint64_t *from, size_t n, unsigned skipped) {
    uint32_t ends[BUCKETS_MOST], sum = 0;
    unsigned bits = 6;
    while ((size_t)1 << bits < n) bits++;
    unsigned shift = 64 - skipped - bits;
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    memset(ends, 0, sizeof *ends << bits);
    for (size_t i = 0; i < n; i++) ends[from[i] >> shift & mask]++;
    for (size_t b = 0; b < (size_t)1 << bits; b++) {
        uint32_t here = ends[b];
        ends[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) to[ends[from[i] >> shift & mask]++] = from[i];
}

void sort_hashes(uint64_t *keys, uint64_t *scratch, size_t n, unsigned first) {
    if (n <= SORT_FEW || n > BUCKETS_MOST) {
        sort_u64(keys, scratch, n, first, 8);
        return;
    }
    buckets_fill(scratch, keys, n, 0);
    memcpy(keys, scratch, n * sizeof *keys);
    u64_few(keys, n, first ? ~((UINT64_C(1) << (8 * first)) - 1) : UINT64_MAX); /* each is near its place */
}

/* More keys than this are first parted by so many bits, and each part is sorted in the nearest cache. */
enum { PARTED = 1 << 18, PART_BITS = 11 };

/* Sorts a part, in `from`, into `keys`. */
static void part_sort(uint64_t *keys, uint64_t *from, size_t n) {
    if (n > SORT_FEW && n <= BUCKETS_MOST) {
        buckets_fill(keys, from, n, PART_BITS);
        u64_few(keys, n, UINT64_MAX);
        return;
    }
    memcpy(keys, from, n * sizeof *keys);
    sort_u64(keys, from, n, 0, 8);
}

void sort_spread(uint64_t *keys, uint64_t *scratch, size_t n) {
    if (n <= PARTED) {
        sort_hashes(keys, scratch, n, 0);
        return;
    }
    size_t ends[1 << PART_BITS] = {0}, sum = 0, begin = 0;
    for (size_t i = 0; i < n; i++) ends[keys[i] >> (64 - PART_BITS)]++;
    for (size_t b = 0; b < 1 << PART_BITS; b++) {
        size_t here = ends[b];
        ends[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) scratch[ends[keys[i] >> (64 - PART_BITS)]++] = keys[i];
    for (size_t b = 0; b < 1 << PART_BITS; begin = ends[b++])
        if (ends[b] > begin) part_sort(keys + begin, scratch + begin, ends[b] - begin);
}

void sort_keyed(keyed *entries, keyed *scratch, size_t n) { keyed_all(entries, scratch, n, UINT64_MAX); }
