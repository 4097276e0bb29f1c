/* Tables as records: rows become objects of JSON, so that they are read, and written again, as those are. */
#include <string.h>

#include "base/error.h"
#include "input/charset.h"
#include "input/fields.h"
#include "input/format.h"
#include "input/json.h"
#include "input/site.h"
#include "input/table.h"

typedef struct tablefile {
    table *table;
    block window;      /* what was read of the file and is in no row yet */
    size_t start;      /* of it, in the window's bytes */
    charset *charset;  /* NULL as long as all rows are UTF-8 */
    const char *named; /* the character set that the others are in */
} tablefile;

/* Names of columns, of which one is that of a text or a title. */
bool tablefile_sniff(flong_str head) {
    const char *end = head.n ? memchr(head.p, '\n', head.n) : NULL;
    flong_str line = {head.p, end ? (size_t)(end - head.p) : head.n};
    char separator = table_separator(line);
    if (!separator || line.p[0] == '{' || line.p[0] == '[' || line.p[0] == '<') return false;
    for (size_t at = 0; at < line.n;) {
        const char *next = memchr(line.p + at, separator, line.n - at);
        size_t n = next ? (size_t)(next - line.p) - at : line.n - at;
        flong_str name = text_trim((flong_str){line.p + at, n});
        if (name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"')
            name = (flong_str){name.p + 1, name.n - 2};
        if (fields_knows(name, FIELD_TEXT) || fields_knows(name, FIELD_TITLE)) return true;
        at += n + 1;
    }
    return false;
}

flong_status tablefile_begin(cutter *c, flong_error *error) {
    tablefile *self = mem_new(1, sizeof *self);
    c->own = self;
    if (self) self->table = table_new(c->max_record, c->too_long);
    if (self && self->table) return FLONG_OK;
    tablefile_end(c);
    return error_nomem(error);
}

void tablefile_end(cutter *c) {
    tablefile *self = c->own;
    if (!self) return;
    table_free(self->table);
    charset_free(self->charset);
    block_free(&self->window);
    mem_free(self);
    c->own = NULL;
}

static flong_str window_of(const tablefile *self) {
    return (flong_str){self->window.bytes.p + self->start, self->window.bytes.n - self->start};
}

static flong_status window_read(tablefile *self, cutter *c, flong_error *error) {
    size_t got;
    flong_str left = window_of(self);
    if (self->start) memmove(self->window.bytes.p, left.p, left.n);
    self->window.bytes.n = left.n;
    self->start = 0;
    TRY(cutter_read(c, &self->window, &got, error));
    c->skipping = got == 0; /* nothing follows the window */
    return FLONG_OK;
}

/* The row in UTF-8. What its bytes are is asked once, of all that the window shows: a row alone is too little. */
static flong_status row_decode(tablefile *self, flong_str *row, flong_error *error) {
    charset_text text;
    if (json_is_utf8(row->p, row->n)) return FLONG_OK;
    if (!self->charset) {
        self->charset = charset_new();
        if (!self->charset) return error_nomem(error);
        TRY(charset_decode(self->charset, &text, window_of(self), (flong_str){NULL, 0}, CHARSET_PLAIN,
                           error));
        self->named = text.name;
    }
    flong_str hint = {self->named, strlen(self->named)};
    TRY(charset_decode(self->charset, &text, *row, hint, CHARSET_PLAIN, error));
    *row = text.text;
    return FLONG_OK;
}

static flong_status row_add(tablefile *self, block *into, flong_error *error) {
    flong_str row = table_row(self->table);
    uint64_t line = table_line(self->table);
    TRY(row_decode(self, &row, error));
    char *room = block_room(into, row.n);
    if (!room) return error_nomem(error);
    memcpy(room, row.p, row.n);
    memset(room + row.n, 0, BLOCK_PADDING);
    item it = {.at = into->bytes.n, .n = row.n, .number = line, .line = line};
    into->bytes.n += row.n;
    return block_add(into, it) ? FLONG_OK : error_nomem(error);
}

static flong_status bad_add(tablefile *self, block *into, flong_error *error) {
    const char *why = table_why(self->table);
    const char *copy = block_string(into, why, strlen(why));
    return copy && block_add_fault(into, table_line(self->table), copy) ? FLONG_OK : error_nomem(error);
}

static bool is_utf16(flong_str window) {
    return window.n >= 2 && (memcmp(window.p, "\xFF\xFE", 2) == 0 || memcmp(window.p, "\xFE\xFF", 2) == 0);
}

flong_status tablefile_cut(cutter *c, block *into, flong_error *error) {
    tablefile *self = c->own;
    while (!c->at_end) {
        size_t used;
        flong_str window = window_of(self);
        if (!c->number && is_utf16(window))
            return error_set(error, FLONG_INPUT, "UTF-16 text; convert it, e.g. iconv -f utf-16 -t utf-8");
        table_found found = table_next(self->table, &used, window, c->skipping);
        self->start += used;
        c->number = table_line(self->table);
        c->at_end = found == TABLE_END;
        if (found == TABLE_NOMEM) return error_nomem(error);
        if (found == TABLE_ROW) TRY(row_add(self, into, error));
        if (found == TABLE_BAD) TRY(bad_add(self, into, error));
        if (found != TABLE_MORE) continue;
        if (block_is_full(into) || (into->n && stream_is_slow(c->from))) break;
        TRY(window_read(self, c, error));
    }
    return FLONG_OK;
}
