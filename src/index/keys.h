/* Keys of the index: a kind in the three upper bits, so that keys of one kind lie together, then 37 bits of a hash, and
 * zeroes. More bits would only be stored: what a key leads to is verified, and with ten million articles one look-up in
 * four hundred leads to a stranger.
 *
 * An entry is a key and, in the bits that it leaves, the place of an article that has it: the article's number less a base
 * that is given with the entries. So entries are sorted, compared and merged as plain numbers. */
#ifndef FLONG_INDEX_KEYS_H
#define FLONG_INDEX_KEYS_H

#include <stddef.h>
#include <stdint.h>

typedef enum key_kind {
    KEY_BAND,     /* a band of the MinHash signature: finds reprints */
    KEY_PASSAGE,  /* a winnowed shingle: finds excerpts */
    KEY_IDENTITY, /* all tokens of an article: finds copies of texts too short for the others */
    KEY_STORY,    /* a telling term and a time slot: finds rewrites */
    KEY_FAR,      /* a telling term: finds what is told again long after */
    KEY_ID,       /* an article's id: finds the article; meets nobody */
} key_kind;

enum { KEY_PLACE_BITS = 24, KEY_PLACES = 1 << KEY_PLACE_BITS };

/* Takes the lower bits of the hash: shingles that were chosen for being small are evenly spread there. */
static inline uint64_t key_make(key_kind kind, uint64_t hash) {
    return (uint64_t)kind << 61 | (hash << KEY_PLACE_BITS & UINT64_MAX >> 3);
}
static inline key_kind key_kind_of(uint64_t key) { return (key_kind)(key >> 61); }

static inline uint64_t entry_key(uint64_t entry) { return entry & ~(uint64_t)(KEY_PLACES - 1); }
static inline uint64_t entry_place(uint64_t entry) { return entry & (KEY_PLACES - 1); }

/* Entries ascending, each once; places count from `base`. */
typedef struct entry_list {
    const uint64_t *entries;
    size_t n;
    uint64_t base;
} entry_list;

#endif
