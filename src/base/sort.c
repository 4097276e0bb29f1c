#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

/* Below so many keys insertion is faster than counting bytes. */
enum { SORT_FEW = 48 };

static void sort_few(uint64_t *keys, size_t n, uint64_t mask) {
    for (size_t i = 1; i < n; i++) {
        uint64_t moved = keys[i];
        size_t at = i;
        while (at > 0 && (keys[at - 1] & mask) > (moved & mask)) keys[at] = keys[at - 1], at--;
        keys[at] = moved;
    }
}

/* One pass of least-significant-digit radix sort; false when all keys have the same byte there. */
static bool sort_pass(uint64_t *to, const uint64_t *from, size_t n, unsigned shift) {
    size_t count[256] = {0};
    for (size_t i = 0; i < n; i++) count[(from[i] >> shift) & 0xFF]++;
    if (count[(from[0] >> shift) & 0xFF] == n) return false;
    size_t sum = 0;
    for (size_t b = 0; b < 256; b++) {
        size_t here = count[b];
        count[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) to[count[(from[i] >> shift) & 0xFF]++] = from[i];
    return true;
}

void sort_u64(uint64_t *keys, uint64_t *scratch, size_t n, unsigned first, unsigned last) {
    if (n <= SORT_FEW) {
        uint64_t low = first ? (UINT64_C(1) << (8 * first)) - 1 : 0;
        uint64_t high = last < 8 ? (UINT64_C(1) << (8 * last)) - 1 : UINT64_MAX;
        sort_few(keys, n, high & ~low);
        return;
    }
    uint64_t *from = keys, *to = scratch;
    for (unsigned byte = first; byte < last; byte++)
        if (sort_pass(to, from, n, 8 * byte)) {
            uint64_t *sorted = to;
            to = from;
            from = sorted;
        }
    if (from != keys) memcpy(keys, from, n * sizeof *keys);
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
    sort_few(keys, n, first ? ~((UINT64_C(1) << (8 * first)) - 1) : UINT64_MAX); /* each is near its place */
}

/* Bits by which many keys are first parted, so that each part is sorted in the nearest cache. */
enum { PART_BITS = 11 };

/* Sorts a part, in `from`, into `keys`. */
static void part_sort(uint64_t *keys, uint64_t *from, size_t n) {
    if (n > SORT_FEW && n <= BUCKETS_MOST) {
        buckets_fill(keys, from, n, PART_BITS);
        sort_few(keys, n, UINT64_MAX);
        return;
    }
    memcpy(keys, from, n * sizeof *keys);
    sort_u64(keys, from, n, 0, 8);
}

void sort_spread(uint64_t *keys, uint64_t *scratch, size_t n) {
    if (n <= BUCKETS_MOST) {
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

static void sort_keyed_few(keyed *entries, size_t n) {
    for (size_t i = 1; i < n; i++) {
        keyed moved = entries[i];
        size_t at = i;
        while (at > 0 && entries[at - 1].key > moved.key) entries[at] = entries[at - 1], at--;
        entries[at] = moved;
    }
}

void sort_keyed(keyed *entries, keyed *scratch, size_t n) {
    if (n <= SORT_FEW) {
        sort_keyed_few(entries, n);
        return;
    }
    keyed *from = entries, *to = scratch;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t count[256] = {0};
        for (size_t i = 0; i < n; i++) count[(from[i].key >> shift) & 0xFF]++;
        if (count[(from[0].key >> shift) & 0xFF] == n) continue;
        size_t sum = 0;
        for (size_t b = 0; b < 256; b++) {
            size_t here = count[b];
            count[b] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++) to[count[(from[i].key >> shift) & 0xFF]++] = from[i];
        keyed *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != entries) memcpy(entries, from, n * sizeof *entries);
}
