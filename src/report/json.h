/* Writing JSON objects, one a line. */
#ifndef FLONG_REPORT_JSON_H
#define FLONG_REPORT_JSON_H

#include "base/memory.h"
#include "flong.h"

/* One line that is being written. Zero-initialised, it is empty. */
typedef struct json_line {
    buffer bytes;
    bool failed; /* no memory */
} json_line;

void json_begin(json_line *line);
void json_text(json_line *line, const char *name, flong_str text); /* null where it is empty */
void json_share(json_line *line, const char *name, double value);  /* in [0, 1], to four places */
void json_number(json_line *line, const char *name, uint64_t value);
void json_flag(json_line *line, const char *name, int value); /* null where it is negative */
void json_null(json_line *line, const char *name);
void json_time(json_line *line, const char *name,
               int64_t seconds); /* ISO 8601 in UTC, null for FLONG_NO_DATE */
/* [[a_begin, a_end, b_begin, b_end], ...] */
void json_spans(json_line *line, const char *name, const flong_span *spans, size_t n);
/* ["...", ...]: texts; and the lines of a text */
void json_texts(json_line *line, const char *name, const flong_str *texts, size_t n);
void json_lines(json_line *line, const char *name, flong_str text);
/* {"agency": ..., "credit": ..., "place": ...}, or null where it says nothing */
void json_wire(json_line *line, const char *name, const flong_wire *wire);
void json_end(json_line *line); /* with the line end */

#endif
