/* Writing JSON: objects, one a line, and single values. */
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
/* [[begin, end, "kind"], ...] */
void json_marks(json_line *line, const char *name, const flong_mark *marks, size_t n);
/* ["...", ...]: texts; and the lines of a text */
void json_texts(json_line *line, const char *name, const flong_str *texts, size_t n);
void json_lines(json_line *line, const char *name, flong_str text);
/* {"agency": ..., "credit": ..., "place": ...}, or null where it says nothing */
void json_wire(json_line *line, const char *name, const flong_wire *wire);
void json_end(json_line *line); /* with the line end */

/* Bytes as they are, and values without names or spaces, of which others are put together. */
void json_put(json_line *line, const char *text);
void json_put_text(json_line *line, flong_str text); /* "" where it is empty */
void json_put_cut(json_line *line, flong_str text,
                  size_t most); /* its first so many bytes and "\u2026" where it is longer */
void json_put_number(json_line *line, uint64_t value);
void json_put_integer(json_line *line, int64_t value);
void json_put_share(json_line *line, double value);
void json_put_date(json_line *line, int64_t seconds); /* a number; null for FLONG_NO_DATE */
/* A comma before all values of a list but the first. */
void json_put_next(json_line *line, size_t i);

#endif
