/* Text that came from outside, as it may be shown: nothing in it moves the cursor, changes colours, turns the line's
 * direction or hides what stands there. */
#ifndef FLONG_CLI_VISIBLE_H
#define FLONG_CLI_VISIBLE_H

#include "flong.h"

#include <stdbool.h>
#include <stdio.h>

/* One character as it is shown: control characters as ^[, others that would turn or break the line as <U+202E>, bytes
 * that are no UTF-8 as <FF>; line ends and tabs as a space. */
typedef struct glyph {
    char bytes[16];
    size_t n;    /* of the bytes; 0: it has no width, and is left out */
    int columns; /* 0: it is put on the one before */
} glyph;

/* A text that is read character by character. Begins with the text in `rest` and everything else 0. */
typedef struct visible {
    flong_str rest;
    unsigned stacked; /* characters without a width on the one before */
} visible;

/* The next character; false at the end. */
bool visible_next(visible *v, glyph *out);

/* Prints all of a text. */
void visible_print(FILE *file, flong_str text);

/* The same of a text of several lines: its line ends are printed as they are. */
void visible_print_lines(FILE *file, flong_str text);

/* Bytes that are enough for n of a text and the NUL behind them, spelled out. */
#define VISIBLE_ROOM(n) (4 * (n) + 1)

/* Puts the text into `out` as it may be shown, and a NUL behind it: as many whole characters as `room` bytes hold, at
 * least one byte. */
void visible_spell(char *out, size_t room, flong_str text);

/* Prints as much of a text as fits so many columns, the last one "…" where that is not all. Returns how many it takes. */
int visible_fit(FILE *file, flong_str text, int columns);

/* The same, with spaces up to there. */
void visible_cell(FILE *file, flong_str text, int columns);

/* Columns that a text takes. */
int visible_columns(flong_str text);

#endif
