/* For article.c and aside.c only: the few tokens of an article that need a look, found in one pass, so that what reads
 * lines, sentences, numbers and phrases need not go through all tokens again. */
#ifndef FLONG_TEXT_OUTLINE_H
#define FLONG_TEXT_OUTLINE_H

#include "text/phrases.h"

/* Places of tokens, ascending. */
typedef struct place_list {
    const uint32_t *at;
    size_t n;
} place_list;

/* Valid until the tokenizer makes the next one. */
typedef struct outline {
    place_list lines;     /* the first tokens of lines; token 0 is one */
    place_list sentences; /* tokens from the second on that stand behind the end of a sentence */
    place_list numbers;
    place_list phrases; /* where a phrase may begin; and handles */
    uint32_t any;       /* TOKEN_..., of any token */
} outline;

/* The outline of n > 0 tokens. False when there is no memory. */
bool outline_make(outline *out, tokenizer *reader, const token *tokens, size_t n);

#endif
