#include "input/lines.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* One read; of the size of a level-2 cache, so that the parser finds the bytes there. */
enum { BLOCK = 1 << 18 };

enum { PEEK = 512 };

/* Bytes of a line that max_line does not count: a byte order mark and a carriage return. */
enum { LINE_EXTRA = 4 };

void lines_reset(lines *self) {
    self->start = self->end = self->searched = 0;
    self->at_end = self->skipping = false;
    self->number = 0;
}

void lines_free(lines *self) {
    mem_free(self->bytes);
    self->bytes = NULL;
    self->capacity = 0;
}

/* Moves what is left to the front and makes room for a block and the padding. The buffer doubles, but not
 * beyond what the longest line wants. */
static bool lines_make_room(lines *self) {
    size_t left = self->end - self->start;
    if (self->start) memmove(self->bytes, self->bytes + self->start, left);
    self->searched -= self->start;
    self->start = 0;
    self->end = left;
    size_t need = left + BLOCK + LINES_PADDING;
    if (need <= self->capacity) return true;
    size_t most = self->max_line + LINE_EXTRA + BLOCK + LINES_PADDING;
    size_t capacity = self->capacity ? self->capacity * 2 : 2 * BLOCK;
    if (capacity > most) capacity = most;
    if (capacity < need) capacity = need;
    char *bytes = mem_resize(self->bytes, capacity, 1);
    if (!bytes) return false;
    self->bytes = bytes;
    self->capacity = capacity;
    return true;
}

static flong_status lines_fill(lines *self, flong_error *error) {
    if (!lines_make_room(self)) return error_nomem(error);
    size_t got;
    TRY(stream_read(self->stream, &got, self->bytes + self->end, BLOCK, error));
    self->end += got;
    self->total += got;
    memset(self->bytes + self->end, 0, LINES_PADDING);
    if (got == 0) self->at_end = true;
    return FLONG_OK;
}

/* The first line end among the bytes that are read and were not searched before, or NULL. */
static const char *lines_search(lines *self) {
    size_t left = self->end - self->searched;
    const char *end = left ? memchr(self->bytes + self->searched, '\n', left) : NULL;
    self->searched = end ? (size_t)(end - self->bytes) + 1 : self->end;
    return end;
}

/* Reads on until the line that starts at `start` ends at `searched`, or is found to be too long. */
static flong_status lines_find_end(lines *self, bool *complete, flong_error *error) {
    for (;;) {
        *complete = lines_search(self) || self->at_end;
        if (*complete || self->end - self->start > self->max_line + LINE_EXTRA) return FLONG_OK;
        TRY(lines_fill(self, error));
    }
}

static flong_status lines_skip(lines *self, flong_error *error) {
    while (self->skipping) {
        bool complete = lines_search(self) || self->at_end;
        self->start = self->searched;
        self->skipping = !complete;
        if (!complete) TRY(lines_fill(self, error));
    }
    return FLONG_OK;
}

static flong_str cut_mark(const char *p, size_t n) {
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) return (flong_str){p + 3, n - 3};
    return (flong_str){p, n};
}

static bool is_blank(flong_str line) {
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '\r') return false;
    return true;
}

/* A carriage return stays: to JSON it is white space, and to those who write the line again part of it. */
static flong_str cut_end(const char *p, size_t n) {
    if (n && p[n - 1] == '\n') n--;
    return cut_mark(p, n);
}

flong_status lines_next(lines *self, lines_found *found, flong_str *out, flong_error *error) {
    TRY(lines_skip(self, error));
    for (;;) {
        bool complete;
        TRY(lines_find_end(self, &complete, error));
        *found = LINES_END;
        if (self->searched == self->start) return FLONG_OK;
        self->number++;
        *found = LINES_TOO_LONG;
        self->skipping = !complete;
        if (!complete) return FLONG_OK;
        *out = cut_end(self->bytes + self->start, self->searched - self->start);
        self->start = self->searched;
        bool returned = out->n && out->p[out->n - 1] == '\r';
        if (out->n - returned > self->max_line) return FLONG_OK;
        *found = LINES_LINE;
        if (!is_blank(*out)) return FLONG_OK;
    }
}

flong_status lines_peek(lines *self, flong_str *out, flong_error *error) {
    while (!self->at_end && self->end < PEEK && !(self->end && memchr(self->bytes, '\n', self->end)))
        TRY(lines_fill(self, error));
    *out = cut_mark(self->bytes, self->end < PEEK ? self->end : PEEK);
    return FLONG_OK;
}

flong_status lines_rest(lines *self, lines_found *found, flong_str *out, flong_error *error) {
    *found = LINES_TOO_LONG;
    while (!self->at_end && self->end - self->start <= self->max_line + LINE_EXTRA)
        TRY(lines_fill(self, error));
    if (!self->at_end) return FLONG_OK;
    *out = cut_mark(self->bytes + self->start, self->end - self->start);
    if (out->n <= self->max_line) *found = LINES_LINE;
    return FLONG_OK;
}
