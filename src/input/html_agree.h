/* Whether a line stands in another text, blanks, punctuation and case aside: one pass over either. */
#ifndef FLONG_INPUT_HTML_AGREE_H
#define FLONG_INPUT_HTML_AGREE_H

#include <stdbool.h>

#include "flong.h"

enum { AGREE_BITS = 20 };

/* A text as the set of its runs of 8 letters (bytes of letters, to be exact), in a table of bits. Zero-initialised,
 * it is the set of no text. */
typedef struct html_agree {
    uint64_t *bits; /* 1 << AGREE_BITS */
} html_agree;

void html_agree_free(html_agree *self);

/* Replaces the text. False when there is no memory. */
bool html_agree_set(html_agree *self, flong_str text);

/* The share of a line's runs that the text has; negative: the line is too short to have one. */
double html_agree_share(const html_agree *self, flong_str line);

#endif
