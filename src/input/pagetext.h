/* The head of a news page that was saved as plain text: headline, byline, date. */
#ifndef FLONG_INPUT_PAGETEXT_H
#define FLONG_INPUT_PAGETEXT_H

#include <stdbool.h>

#include "flong.h"

/* Parts of a text. What is not there is empty, or FLONG_NO_DATE. */
typedef struct pagetext {
    flong_str title, author, text; /* text: what follows the head; all of it where there is none */
    int64_t published;
} pagetext;

/* Finds the head of a text: a headline and, below it within a few lines, "by NAME" or a date or both on a line of
 * their own, and prose behind these; or else a first line that is set off by a blank one and is no sentence: then the
 * text keeps it. False: there is neither. */
bool pagetext_read(pagetext *out, flong_str text);

#endif
