/* Tables as text (RFC 4180 and its kin): rows into JSON objects, whose keys are the names of the first row. What separates
 * fields is told from that row: a comma, tab, semicolon or bar. Pure. */
#ifndef FLONG_INPUT_TABLE_H
#define FLONG_INPUT_TABLE_H

#include <stdbool.h>

#include "flong.h"

typedef struct table table;

/* Rows of more than max_row bytes are bad, for the reason too_long (static). NULL when there is no memory. */
table *table_new(size_t max_row, const char *too_long);
void table_free(table *self);

typedef enum table_found {
    TABLE_MORE, /* the window is too small */
    TABLE_ROW,  /* table_row is one */
    TABLE_BAD,  /* table_why says what is wrong; the next call goes on behind it */
    TABLE_END,
    TABLE_NOMEM
} table_found;

/* Looks at the window: the bytes of the file that come next, as many as there are, at_end with all the rest. *used of them
 * are done with: the next window begins behind them. A window of max_row + TABLE_ROOM bytes is never too small. The first
 * row is passed over. */
enum { TABLE_ROOM = 1 << 16 };
table_found table_next(table *self, size_t *used, flong_str window, bool at_end);

/* {"name":"value",...} of the row that was found last, without empty fields; borrowed until the next call. What is not
 * UTF-8 in the file is not in here. */
flong_str table_row(const table *self);

/* What was wrong; borrowed until the next call. */
const char *table_why(const table *self);

/* The line on which what was found last begins, from 1. */
uint64_t table_line(const table *self);

/* What separates the fields of a first row; 0: it has one field only. */
char table_separator(flong_str first_row);

#endif
