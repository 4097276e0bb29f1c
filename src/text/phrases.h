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

enum { PHRASE_TOKENS = 5 };

typedef struct phrase {
    uint64_t tokens[PHRASE_TOKENS];
    size_t n;
    phrase_kind kind;
} phrase;

typedef struct phrase_table phrase_table; /* opaque; freed with mem_free */

/* The table, read with this tokenizer. NULL when there is no memory. */
phrase_table *phrases_new(tokenizer *reader);

/* The phrase that stands at the first of n tokens, or NULL. */
const phrase *phrase_at(const phrase_table *all, const token *tokens, size_t n);

#endif
