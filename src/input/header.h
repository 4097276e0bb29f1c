/* Lines "Name: value", as WARC and HTTP have them. */
#ifndef FLONG_INPUT_HEADER_H
#define FLONG_INPUT_HEADER_H

#include <stdbool.h>

#include "flong.h"

/* Bytes up to the end of the empty line that closes a header, or 0: it is not among them. Line ends are CR LF or LF. */
size_t header_end(flong_str bytes);

/* The next line, without its end; false when there is none left. `rest` is moved behind it. */
bool header_line(flong_str *rest, flong_str *line);

/* The two halves of a line, without the blanks around them; false: it has no colon, or continues the line before. */
bool header_split(flong_str line, flong_str *name, flong_str *value);

/* Whether they are the same but for case; `name` is in lower case. */
bool header_is(flong_str text, const char *name);

/* Cuts the next element from a list: what stands before `mark`, without blanks. False when the list is empty. */
bool header_element(flong_str *list, char mark, flong_str *element);

/* Digits alone, as a number; false: they are none, or too many. */
bool header_number(uint64_t *out, flong_str digits);

#endif
