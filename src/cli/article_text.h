/* An article as flong reads it, for people. */
#ifndef FLONG_CLI_ARTICLE_TEXT_H
#define FLONG_CLI_ARTICLE_TEXT_H

#include "flong.h"

#include <stdbool.h>
#include <stdio.h>

/* Prints what is known of the article, then its text. Coloured: furniture faint, credits in colour. Else each line has
 * a sign before it: "|" is the article's own, "~" furniture, "@" a credit; a line with parts of several kinds becomes
 * several, those behind the first indented. Nothing in the article can make a line without a sign. */
void article_text_print(FILE *file, const flong_reading *reading, bool coloured);

#endif
