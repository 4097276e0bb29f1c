/* A block of index entries as bytes, in columns, so that looking up a key touches a few bytes of it:
 *
 *   varints       entries; distinct keys; width of the low parts in bits; distance from the first key to the last
 *   buckets       keys are put into buckets by the upper bits of their distance from the first key; for each bucket, how
 *                 many keys come before it, in two bytes
 *   low parts     the lower bits of each key's distance, packed
 *   first         a bit for each entry: it is the first of its key
 *   places        of each entry, packed, all of one width
 *
 * (Elias-Fano coding, Vigna 2013, with counts of buckets in place of the unary code: two bits a key as well, and found
 * without counting bits.) */
#ifndef FLONG_INDEX_BLOCK_H
#define FLONG_INDEX_BLOCK_H

#include <stdbool.h>

#include "base/memory.h"
#include "index/keys.h"

enum {
    BLOCK_ENTRIES = 4096, /* at most */
    BLOCK_PADDING = 8     /* bytes that must be readable behind a block */
};

/* A block that is open; borrows its bytes, and tables for looking up: a mask of each bucket, which tells of the low parts
 * that are in it the upper six bits, and for every 64 entries how many keys begin before them. Most keys asked for are in
 * no block, and the masks tell so of seven in eight at once. */
typedef struct block {
    uint64_t first, span; /* first key, and the last key's distance from it; without the bits of places */
    const unsigned char *buckets, *lows, *firsts, *places;
    const uint64_t *masks;
    const uint16_t *ranks;
    uint32_t n, n_keys, n_buckets;
    uint8_t low_bits, place_bits, mask_shift;
} block;

/* Bits of places up to `most`. */
unsigned block_place_bits(uint64_t most);

/* Appends n <= BLOCK_ENTRIES ascending entries, n > 0, whose places have so many bits, and BLOCK_PADDING bytes more that
 * are not counted; false when there is no memory. */
bool block_encode(buffer *out, const uint64_t *entries, size_t n, unsigned place_bits);

/* Opens a block whose first key is `key`; false when the bytes are damaged so that looking up were not safe. */
bool block_open(block *b, const void *bytes, size_t n, uint64_t key, unsigned place_bits);

/* Bytes that a block takes in memory with its tables. */
size_t block_held_size(const block *b, size_t n);

/* Copies the n bytes of an open block to memory of that size, and makes its tables. */
void block_hold(block *b, const void *bytes, size_t n, uint64_t *memory);

/* Whether a key is surely not in a block that is held; it is not below the first key. */
static inline bool block_has_not(const block *b, uint64_t key) {
    uint64_t distance = (key >> KEY_PLACE_BITS) - b->first;
    if (distance > b->span) return true;
    uint64_t low = distance & ((UINT64_C(1) << b->low_bits) - 1);
    return !(b->masks[distance >> b->low_bits] >> (low >> b->mask_shift) & 1);
}

/* The entries [*begin, return) of a key in a block that is held; none when it is not there. */
uint32_t block_find(const block *b, uint64_t key, uint32_t *begin);

/* The place of an entry. */
uint64_t block_place(const block *b, uint32_t entry);

/* Writes all entries; false when they do not ascend. `out` has room for BLOCK_ENTRIES. */
bool block_decode(uint64_t *out, const block *b);

#endif
