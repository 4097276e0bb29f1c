/* A block of index entries as bytes: differences of ascending keys and the articles' distances from the
 * run's first, as varints. */
#ifndef FLONG_INDEX_BLOCK_H
#define FLONG_INDEX_BLOCK_H

#include <stdbool.h>

#include "base/memory.h"
#include "index/keys.h"

enum { BLOCK_ENTRIES = 1024 };

/* Appends n <= BLOCK_ENTRIES sorted entries of articles >= first; false when there is no memory. */
bool block_encode(buffer *out, const keyed *entries, size_t n, uint64_t first);

/* Decodes a block whose first key is `key`; returns the number of entries (at most BLOCK_ENTRIES, for
 * which `out` has room), or 0 when the bytes are damaged. Articles above `last` are damage. */
size_t block_decode(keyed *out, const void *bytes, size_t n, uint64_t key, uint64_t first, uint64_t last);

#endif
