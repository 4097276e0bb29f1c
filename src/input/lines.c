/* Bytes into lines, of a length that is bounded: a longer one is passed over without being held. */
#include <string.h>

#include "base/error.h"
#include "input/format.h"

/* Bytes of a line that max_record does not count: a byte order mark and a carriage return. */
enum { LINE_EXTRA = 4 };

static flong_str cut_mark(const char *p, size_t n) {
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) return (flong_str){p + 3, n - 3};
    return (flong_str){p, n};
}

static bool is_blank(flong_str line) {
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '\r') return false;
    return true;
}

/* Adds what lies between `from` and `to`, a line without its line feed. A carriage return stays: to JSON it is white
 * space, and to those who write the line again part of it. */
static bool line_add(cutter *c, block *into, size_t from, size_t to) {
    if (c->skipping) {
        c->skipping = false;
        return true;
    }
    c->number++;
    flong_str line = cut_mark(into->bytes.p + from, to - from);
    bool returned = line.n && line.p[line.n - 1] == '\r';
    if (line.n - returned > c->max_record) return block_add_fault(into, c->number, c->too_long);
    if (is_blank(line)) return true;
    return block_add(
        into,
        (item){.at = (size_t)(line.p - into->bytes.p), .n = line.n, .number = c->number, .line = c->number});
}

/* Adds the lines that are whole, from *start on, which becomes the start of the one that is not. */
static bool lines_add(cutter *c, block *into, size_t *start, size_t searched) {
    const char *end;
    while ((end = memchr(into->bytes.p + searched, '\n', into->bytes.n - searched))) {
        size_t at = (size_t)(end - into->bytes.p);
        if (!line_add(c, into, *start, at)) return false;
        *start = searched = at + 1;
    }
    return true;
}

/* Forgets what is held of a line that is too long, and says so once. */
static bool line_pass(cutter *c, block *into, size_t start) {
    into->bytes.n = start;
    if (c->skipping) return true;
    c->skipping = true;
    return block_add_fault(into, ++c->number, c->too_long);
}

flong_status lines_cut(cutter *c, block *into, flong_error *error) {
    size_t start = into->bytes.n, searched = start, got = 1;
    while (got) {
        TRY(cutter_read(c, into, &got, error));
        if (into->bytes.n > searched && !lines_add(c, into, &start, searched)) return error_nomem(error);
        size_t left = into->bytes.n - start;
        bool long_one = got && (c->skipping || left > c->max_record + LINE_EXTRA);
        if (long_one && !line_pass(c, into, start)) return error_nomem(error);
        if (block_is_full(into) || (into->n && stream_is_slow(c->from))) break;
        searched = into->bytes.n;
    }
    size_t left = into->bytes.n - start;
    c->at_end = got == 0;
    if (c->at_end && left && !line_add(c, into, start, into->bytes.n)) return error_nomem(error);
    if (c->at_end) return FLONG_OK;
    into->bytes.n = start;
    return buffer_append(&c->rest, into->bytes.p + start, left) ? FLONG_OK : error_nomem(error);
}
