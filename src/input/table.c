#include "input/table.h"

#include <csv.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "input/quote.h"

/* Memory that libcsv adds at a time to a field that grows. */
enum { FIELD_BLOCK = 1 << 16 };

/* Bytes of a file that are read again, in all, from behind quotation marks that open what nothing closes. */
enum { MOST_AGAIN = 1 << 28 };

/* Bytes that no text has: nothing is quoted, and a row is one field. */
enum { NO_QUOTE = 0, NO_SEPARATOR = 0x1F };

struct table {
    struct csv_parser parser;
    size_t max_row;
    const char *too_long;
    bool has_begun; /* mark and "sep=" are passed over, the separator is known */
    bool has_names;
    bool is_skipping;  /* a line that is too long */
    char line_end;     /* a line feed, or a carriage return where there are none */
    uint64_t line;     /* of the window's first byte, from 1 */
    uint64_t row_line; /* of what was found last */
    uint64_t again;    /* bytes that were read again */

    /* The row at the beginning of the window. */
    size_t fed;        /* bytes of the window that libcsv has got */
    size_t searched;   /* no line end before here, but for those that it has got */
    size_t first_line; /* bytes of its first line */
    uint64_t lines;
    size_t n_fields;
    bool is_complete, is_out_of_memory;

    buffer row;
    buffer names;      /* "name": one after another */
    size_t *name_ends; /* in names */
    size_t n_names, capacity;
    char why[120];
};

/* ---- what libcsv asks for and tells -------------------------------------------- */

static int is_feed(unsigned char c) { return c == '\n'; }
static int is_return(unsigned char c) { return c == '\r'; }
static int is_space_or_return(unsigned char c) { return c == ' ' || c == '\t' || c == '\r'; }
static int is_space_or_feed(unsigned char c) { return c == ' ' || c == '\t' || c == '\n'; }

static void *resize(void *old, size_t n) { return mem_resize(old, n, 1); }

static bool name_add(table *self, flong_str name) {
    if (!ARRAY_GROW(self->name_ends, self->n_names, self->capacity)) return false;
    if (!quote_append(&self->names, name) || !buffer_append(&self->names, ":", 1)) return false;
    self->name_ends[self->n_names++] = self->names.n;
    return true;
}

static flong_str name_json(const table *self, size_t i) {
    size_t start = i ? self->name_ends[i - 1] : 0;
    return (flong_str){self->names.p + start, self->name_ends[i] - start};
}

/* A nameless column is left out: pandas writes its row numbers so. */
static bool value_add(table *self, flong_str value) {
    if (self->n_fields >= self->n_names || value.n == 0) return true;
    flong_str name = name_json(self, self->n_fields);
    if (name.n == sizeof "\"\":" - 1) return true;
    return buffer_append(&self->row, self->row.n ? "," : "{", 1) &&
           buffer_append(&self->row, name.p, name.n) && quote_append(&self->row, value);
}

static void on_field(void *bytes, size_t n, void *context) {
    table *self = context;
    flong_str field = {bytes, n};
    bool added = self->has_names ? value_add(self, field) : name_add(self, field);
    if (!added) self->is_out_of_memory = true;
    self->n_fields++;
}

static void on_row(int c, void *context) {
    table *self = context;
    (void)c;
    self->is_complete = true;
}

/* ---- the reader ------------------------------------------------------------------ */

static bool parser_start(table *self) {
    if (csv_init(&self->parser, 0) != 0) return false;
    csv_set_realloc_func(&self->parser, resize);
    csv_set_free_func(&self->parser, mem_free);
    csv_set_blk_size(&self->parser, FIELD_BLOCK);
    return true;
}

table *table_new(size_t max_row, const char *too_long) {
    table *self = mem_new(1, sizeof *self);
    if (!self) return NULL;
    *self = (table){.max_row = max_row, .too_long = too_long, .line = 1};
    if (parser_start(self)) return self;
    mem_free(self);
    return NULL;
}

void table_free(table *self) {
    if (!self) return;
    csv_free(&self->parser);
    buffer_free(&self->row);
    buffer_free(&self->names);
    mem_free(self->name_ends);
    mem_free(self);
}

flong_str table_row(const table *self) { return (flong_str){self->row.p, self->row.n}; }
const char *table_why(const table *self) { return self->why; }
uint64_t table_line(const table *self) { return self->row_line; }

/* ---- the beginning of the file ------------------------------------------------------ */

char table_separator(flong_str first_row) {
    static const char marks[] = ",\t;|";
    size_t counts[sizeof marks] = {0}, best = sizeof marks - 1;
    bool is_quoted = false;
    for (size_t i = 0; i < first_row.n; i++) {
        char c = first_row.p[i];
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (c == '\n' || c == '\r') break;
        const char *mark = c ? strchr(marks, c) : NULL;
        if (mark) counts[mark - marks]++;
    }
    for (size_t i = sizeof marks - 1; i--;)
        if (counts[i] && counts[i] >= counts[best]) best = i;
    return marks[best];
}

/* Excel's "sep=;" says it outright: bytes of that line, or 0. */
static size_t sep_line(flong_str window) {
    if (window.n < 6 || memcmp(window.p, "sep=", 4) != 0) return 0;
    if (window.p[5] == '\n') return 6;
    return window.n > 6 && window.p[5] == '\r' && window.p[6] == '\n' ? 7 : 0;
}

/* Sets up libcsv for what the first bytes say; returns how many of them are no row. */
static size_t begin(table *self, flong_str window) {
    size_t mark = window.n >= 3 && memcmp(window.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    window = (flong_str){window.p + mark, window.n - mark};
    size_t sep = sep_line(window);
    char separator = sep ? window.p[4] : table_separator(window);
    self->line += sep > 0;
    bool has_feed = memchr(window.p, '\n', window.n), has_return = memchr(window.p, '\r', window.n);
    bool is_old = has_return && !has_feed;
    self->line_end = is_old ? '\r' : '\n';
    csv_set_delim(&self->parser, (unsigned char)(separator ? separator : NO_SEPARATOR));
    csv_set_term_func(&self->parser, is_old ? is_return : is_feed);
    csv_set_space_func(&self->parser, is_old ? is_space_or_feed : is_space_or_return);
    self->has_begun = true;
    return mark + sep;
}

/* ---- a row ------------------------------------------------------------------------- */

static void feed(table *self, flong_str line) {
    size_t done = csv_parse(&self->parser, line.p, line.n, on_field, on_row, self);
    if (done != line.n) self->is_out_of_memory = true;
}

/* What libcsv holds of a row that has not ended is dropped. */
static void drop(table *self) { csv_fini(&self->parser, NULL, NULL, NULL); }

/* Ends the last row of the file; false: within quotation marks. */
static bool feed_end(table *self) {
    csv_set_opts(&self->parser, CSV_STRICT | CSV_STRICT_FINI);
    int result = csv_fini(&self->parser, on_field, on_row, self);
    csv_set_opts(&self->parser, 0);
    if (result != 0) drop(self);
    return result == 0;
}

/* Done with the first n bytes of the window, which are so many lines. */
static void pass(table *self, size_t *used, size_t n, uint64_t lines) {
    *used += n;
    self->row_line = self->line;
    self->line += lines;
    self->fed = self->searched = 0;
}

static table_found bad(table *self, const char *why) {
    snprintf(self->why, sizeof self->why, "%s", why);
    return TABLE_BAD;
}

static table_found row_end(table *self) {
    bool added = !self->is_out_of_memory && (self->row.n || buffer_append(&self->row, "{", 1));
    return added && buffer_append(&self->row, "}", 1) ? TABLE_ROW : TABLE_NOMEM;
}

static void row_begin(table *self, size_t first_line) {
    self->row.n = self->n_fields = 0;
    self->lines = 0;
    self->first_line = first_line;
    self->is_complete = self->is_out_of_memory = false;
}

/* The next line of the window that libcsv has not got: *n bytes of it, with its end. False: not all of it is there. */
static bool line_find(table *self, flong_str window, bool at_end, size_t *n) {
    size_t from = self->searched > self->fed ? self->searched : self->fed;
    const char *end = from < window.n ? memchr(window.p + from, self->line_end, window.n - from) : NULL;
    self->searched = end ? (size_t)(end - window.p) + 1 : window.n;
    *n = self->searched - self->fed;
    return end || (at_end && *n);
}

/* Whether the first line alone is a row when its quotation marks are characters as others. */
static bool is_first_line(table *self, flong_str window) {
    row_begin(self, self->first_line);
    csv_set_quote(&self->parser, NO_QUOTE);
    feed(self, (flong_str){window.p, self->first_line});
    if (!self->is_complete) feed_end(self);
    csv_set_quote(&self->parser, CSV_QUOTE);
    return self->is_out_of_memory || self->n_fields == self->n_names;
}

/* Nothing closes a quotation mark, as far as a row may go. So it may not have been meant as one: the first line is taken
 * for the row, and the file is read again from behind it, but not without end. */
static table_found unclosed(table *self, size_t *used, flong_str window) {
    size_t n = self->fed;
    uint64_t lines = self->lines;
    self->again += n - self->first_line;
    bool goes_back = self->has_names && self->again <= MOST_AGAIN;
    drop(self);
    bool is_row = goes_back && is_first_line(self, window);
    pass(self, used, goes_back ? self->first_line : n, goes_back ? 1 : lines);
    return is_row ? row_end(self) : bad(self, "a quotation mark that opens a field of the row is not closed");
}

/* Feeds lines until the row is complete, or there are no more, or it is too long. */
static void row_feed(table *self, flong_str window, bool at_end) {
    for (size_t n; !self->is_complete && line_find(self, window, at_end, &n); self->lines++) {
        if (self->fed + n > self->max_row + 2) return;
        if (self->fed == 0) row_begin(self, n);
        feed(self, (flong_str){window.p + self->fed, n});
        self->fed += n;
    }
}

static table_found row_take(table *self, size_t *used, flong_str window, bool at_end) {
    self->is_complete = false;
    row_feed(self, window, at_end);
    bool is_last = at_end && self->fed == window.n;
    if (self->fed && self->is_out_of_memory) return TABLE_NOMEM;
    if (!self->is_complete && !is_last) {
        if (!at_end && window.n <= self->max_row + 2) return TABLE_MORE;
        if (self->fed) return unclosed(self, used, window);
        self->is_skipping = true;
        self->row_line = self->line;
        return bad(self, self->too_long);
    }
    if (!self->is_complete && !feed_end(self)) return unclosed(self, used, window);
    pass(self, used, self->fed, self->lines);
    if (self->n_fields == self->n_names) return row_end(self);
    if (self->is_out_of_memory) return TABLE_NOMEM;
    snprintf(self->why, sizeof self->why, "the row has %zu fields, the first one has %zu", self->n_fields,
             self->n_names);
    return TABLE_BAD;
}

/* The first row that is whole names the columns. */
static bool names_take(table *self, table_found found) {
    if (self->has_names) return false;
    if (found == TABLE_ROW) return self->has_names = true;
    if (found == TABLE_BAD) self->names.n = self->n_names = 0;
    return false;
}

/* ---- a file ------------------------------------------------------------------------ */

static bool is_blank(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (p[i] != ' ' && p[i] != '\r' && p[i] != '\n') return false;
    return true;
}

/* Passes over the line at the beginning of the window; false: it has not ended. */
static bool line_pass(table *self, size_t *used, flong_str window) {
    const char *end = window.n ? memchr(window.p, self->line_end, window.n) : NULL;
    uint64_t row_line = self->row_line;
    pass(self, used, end ? (size_t)(end - window.p) + 1 : window.n, end != NULL);
    self->row_line = row_line;
    return end;
}

/* A blank line between rows is none. False: there is none. */
static bool blank_pass(table *self, size_t *used, flong_str window, bool at_end) {
    size_t n;
    if (self->fed || !line_find(self, window, at_end, &n)) return false;
    self->searched = 0;
    if (!is_blank(window.p, n)) return false;
    line_pass(self, used, window);
    return true;
}

table_found table_next(table *self, size_t *used, flong_str window, bool at_end) {
    *used = 0;
    if (!self->has_begun) {
        bool is_enough = window.n >= TABLE_ROOM || at_end;
        if (!is_enough) return TABLE_MORE;
        *used = begin(self, window);
    }
    for (;;) {
        flong_str rest = {window.p + *used, window.n - *used};
        if (self->is_skipping) {
            self->is_skipping = !line_pass(self, used, rest);
            if (self->is_skipping) return at_end ? TABLE_END : TABLE_MORE;
        } else if (rest.n == 0) {
            return at_end ? TABLE_END : TABLE_MORE;
        } else if (!blank_pass(self, used, rest, at_end)) {
            table_found found = row_take(self, used, rest, at_end);
            if (!names_take(self, found)) return found;
        }
    }
}
