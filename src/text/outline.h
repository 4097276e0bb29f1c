/* For article.c and aside.c only: the few tokens of an article that need a look, found in one pass, so that what reads
 * lines, sentences, numbers and phrases need not go through all tokens again. */
#ifndef FLONG_TEXT_OUTLINE_H
#define FLONG_TEXT_OUTLINE_H

#include "text/phrases.h"

/* Places of tokens, ascending. */
typedef struct places {
    const uint32_t *at;
    size_t n;
} places;

/* Valid until the tokenizer makes the next one. */
typedef struct outline {
    places lines;     /* the first tokens of lines; token 0 is one */
    places sentences; /* tokens from the second on that stand behind the end of a sentence */
    places numbers;
    places phrases; /* where a phrase may begin; and handles */
    uint32_t any;   /* TOKEN_..., of any token */
} outline;

/* The outline of n > 0 tokens. False when there is no memory. */
bool outline_make(outline *out, tokenizer *reader, const token *tokens, size_t n);

#endif
