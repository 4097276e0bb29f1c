/* Keys of the index: a kind in the three upper bits, so that keys of one kind lie together, and a hash. */
#ifndef FLONG_INDEX_KEYS_H
#define FLONG_INDEX_KEYS_H

#include <stdint.h>

#include "base/sort.h"

typedef enum key_kind {
    KEY_BAND,     /* a band of the MinHash signature: finds reprints */
    KEY_PASSAGE,  /* a winnowed shingle: finds excerpts */
    KEY_IDENTITY, /* all tokens of an article: finds copies of texts too short for the others */
    KEY_STORY,    /* a telling term and a time slot: finds rewrites */
    KEY_FAR,      /* a telling term: finds what is told again long after */
    KEY_ID,       /* an article's id: finds the article; meets nobody */
} key_kind;

static inline uint64_t key_make(key_kind kind, uint64_t hash) { return (uint64_t)kind << 61 | hash >> 3; }
static inline key_kind key_kind_of(uint64_t key) { return (key_kind)(key >> 61); }

/* An entry of the index is a `keyed`: the key, and the number of an article that has it. */

#endif
