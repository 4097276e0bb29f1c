/* The slow twin of text/fold.h and text/tokens.h: the whole text through utf8proc, then cut by class. */
#ifndef FLONG_TESTS_TWIN_TEXT_H
#define FLONG_TESTS_TWIN_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Hashes of the tokens of a text, in *hashes (to be freed with free); returns how many. */
size_t twin_tokens(uint64_t **hashes, const char *bytes, size_t n);

#endif
