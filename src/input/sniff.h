/* What a file is that does not hold JSON lines, told by its first bytes. */
#ifndef FLONG_INPUT_SNIFF_H
#define FLONG_INPUT_SNIFF_H

#include <stdbool.h>

#include "flong.h"

/* Why the file cannot be read, and what to do about it (static); NULL: nothing speaks against it. */
const char *sniff_lines(flong_str head);

/* The same for a file that is to be plain text. */
const char *sniff_text(flong_str head);

#endif
