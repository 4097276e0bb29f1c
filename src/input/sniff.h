/* What a file is that flong cannot read, told by its first bytes. */
#ifndef FLONG_INPUT_SNIFF_H
#define FLONG_INPUT_SNIFF_H

#include <stdbool.h>

#include "flong.h"

/* Why a file that begins so holds no text, and what to do about it (static); NULL: nothing speaks against it. */
const char *sniff_binary(flong_str head);

/* The same for a database, which is refused whatever the file is to be read as. */
const char *sniff_database(flong_str head);

/* The same for a file that is taken for JSON lines, as sniff_binary had nothing against it. */
const char *sniff_other(flong_str head);

#endif
