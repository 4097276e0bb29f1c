/* Bytes into lines, of a length that is bounded: a longer one is passed over without being held. */
#ifndef FLONG_INPUT_LINES_H
#define FLONG_INPUT_LINES_H

#include <stdbool.h>

#include "flong.h"
#include "input/stream.h"

/* Bytes that can be read behind every line (their value means nothing), as simdjson wants. */
enum { LINES_PADDING = 64 };

/* Zero-initialised but for `stream` and `max_line` it is ready for a file that was opened. */
typedef struct lines {
    stream *stream;
    size_t max_line; /* bytes in a line, its end not counted */
    char *bytes;     /* `start` to `end` are read and not handed out */
    size_t capacity, start, end;
    size_t searched; /* no line end before here */
    bool at_end;     /* of the stream */
    bool skipping;   /* what is left of a line that was too long */
    uint64_t number; /* of the line handed out last, from 1, blank ones counted */
    uint64_t total;  /* bytes of all files */
} lines;

/* Forgets the file that was read, keeps the buffer. */
void lines_reset(lines *self);
void lines_free(lines *self);

typedef enum lines_found { LINES_END, LINES_LINE, LINES_TOO_LONG } lines_found;

/* The next line that is not blank, without its line feed and a byte order mark: borrowed until
 * the next call. LINES_TOO_LONG: it has more than max_line bytes and is passed over. Fails as
 * stream_read does; a line that the failure cut is not handed out. */
flong_status lines_next(lines *self, lines_found *found, flong_str *out, flong_error *error);

/* The first bytes of the file, without a byte order mark: its first line, or some 500 bytes of it. Call
 * it before the first lines_next. */
flong_status lines_peek(lines *self, flong_str *out, flong_error *error);

/* The rest of the file as if it were one line, with all line ends. */
flong_status lines_rest(lines *self, lines_found *found, flong_str *out, flong_error *error);

#endif
