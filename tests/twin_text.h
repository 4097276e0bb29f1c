/* The slow twin of text/fold.h and text/tokens.h: the whole text through utf8proc, then cut by class. */
#ifndef FLONG_TESTS_TWIN_TEXT_H
#define FLONG_TESTS_TWIN_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "text/tokens.h"

/* Hashes of the tokens of a text, in *hashes (to be freed with free); returns how many. */
size_t twin_tokens(uint64_t **hashes, const char *bytes, size_t n);

/* The marks of a token that can be told by where it and the one before it (NULL: none) stand in the text, whose first
 * byte is place `base`. Of a token that begins within the one before it: its own ones. */
enum { TWIN_MARKS = TOKEN_CAPITAL | TOKEN_JOINED | TOKEN_SPACED };
uint32_t twin_marks(const char *text, const token *t, const token *before, uint32_t base);

#endif
