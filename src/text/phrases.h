/* Words by which asides are known (aside.h), in the languages of a table, laid out for searching. */
#ifndef FLONG_TEXT_PHRASES_H
#define FLONG_TEXT_PHRASES_H

#include "text/tokens.h"

typedef enum phrase_kind {
    PHRASE_NOTICE,  /* of a notice to the reader */
    PHRASE_POST,    /* the end of a post */
    PHRASE_PICTURE, /* of a picture's credit */
    PHRASE_CLOSING, /* of what closes an agency's text */
    PHRASE_MONTH,   /* a month's name */
    PHRASE_VOICE    /* the first or second person, or law */
} phrase_kind;

enum { PHRASE_TOKENS = 5, PHRASE_SLOTS = 1024 };

typedef struct phrase {
    uint64_t tokens[PHRASE_TOKENS];
    size_t n;
    phrase_kind kind;
} phrase;

enum { PHRASE_FIRSTS = 8192 /* bits: one in thirty is set, and they take 1 KiB, where the slots take 56 */ };

/* Open addressing by the first token; phrases that begin alike follow one another, single words last. Freed with
 * mem_free. */
typedef struct phrase_table {
    uint64_t
        firsts[PHRASE_FIRSTS / 64]; /* a bit for the hash of each first token: most words begin no phrase */
    uint64_t
        starts[PHRASE_FIRSTS / 64]; /* the same for phrases of one token, and for the first two of others */
    phrase slots[PHRASE_SLOTS];
} phrase_table;

/* Whether a phrase may begin with a token of this hash; mostly none does. */
static inline bool phrase_may_begin(const phrase_table *all, uint64_t hash) {
    return all->firsts[hash / 64 % (PHRASE_FIRSTS / 64)] >> hash % 64 & 1;
}

/* The table, read with this tokenizer. NULL when there is no memory. */
phrase_table *phrases_new(tokenizer *reader);

/* The phrase that stands at the first of n tokens, or NULL. */
const phrase *phrase_at(const phrase_table *all, const token *tokens, size_t n);

#endif
