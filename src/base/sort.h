/* Radix sort of 64-bit keys, optionally by some of their bytes, with or without a value each. Stable. */
#ifndef FLONG_BASE_SORT_H
#define FLONG_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts n keys by their bytes [first, last) (0 is the lowest). `scratch` has room for n keys. */
void sort_u64(uint64_t *keys, uint64_t *scratch, size_t n, unsigned first, unsigned last);

/* The same by the bytes [first, 8), for keys whose upper bits are evenly spread, as those of hashes are. */
void sort_hashes(uint64_t *keys, uint64_t *scratch, size_t n, unsigned first);

/* The same of any number of keys, whose upper bits are spread somewhat evenly: sorted by all bytes, and faster than
 * sort_u64 where they are many. */
void sort_spread(uint64_t *keys, uint64_t *scratch, size_t n);

typedef struct keyed {
    uint64_t key;
    uint64_t value;
} keyed;

/* The same for pairs of key and value, by all bytes of the key. Values that ascend stay so. */
void sort_keyed(keyed *entries, keyed *scratch, size_t n);

#endif
