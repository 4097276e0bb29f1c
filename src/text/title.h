/* What a title is about: its longer words. */
#ifndef FLONG_TEXT_TITLE_H
#define FLONG_TEXT_TITLE_H

#include "text/tokens.h"

enum { TITLE_WORDS = 16, TITLE_NUMBERS = 4 };

typedef struct title_words {
    uint32_t n;
    uint32_t hashes[TITLE_WORDS]; /* ascending */
    uint32_t n_numbers;
    uint32_t numbers[TITLE_NUMBERS]; /* the first of its words with a digit, short ones too */
} title_words;

/* The words of the first n tokens. */
title_words title_words_of(const token *tokens, size_t n);

/* How many words both have. */
uint32_t titles_common(const title_words *a, const title_words *b);

/* Whether a number stands in both. */
bool titles_share_number(const title_words *a, const title_words *b);

/* Whether a third of the shorter title's words stand in the other, or one has none. */
bool titles_alike(const title_words *a, const title_words *b);

#endif
