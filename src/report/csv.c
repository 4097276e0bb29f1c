/* The views of an index as comma-separated values, as RFC 4180 has them: lines end in CR LF, a value with a comma, a
 * quote, a line end or a space at an end is quoted, and quotes in it are doubled. What is not known is empty.
 *
 * A spreadsheet takes a text that begins with one of = + - @, a tab or a CR for a formula, and whoever writes an article
 * chooses its headline. Such texts get an apostrophe in front, which spreadsheets take for "this is text". */
#include <string.h>

#include "flow/index.h"
#include "index/tables.h"

typedef struct csv {
    flong_write_fn write;
    void *context;
    buffer line;
} csv;

static bool is_formula(flong_str text) { return text.n && memchr("=+-@\t\r", text.p[0], 6); }

static bool is_plain(flong_str text) {
    if (text.p[0] == ' ' || text.p[text.n - 1] == ' ') return false;
    for (size_t i = 0; i < text.n; i++)
        if (memchr(",\"\r\n", text.p[i], 4)) return false;
    return true;
}

static bool put(csv *c, const char *bytes, size_t n) { return buffer_append(&c->line, bytes, n); }

static bool put_value(csv *c, flong_str value, bool number) {
    bool formula = !number && is_formula(value);
    if (value.n == 0) return true;
    if (is_plain(value)) return (!formula || put(c, "'", 1)) && put(c, value.p, value.n);
    bool done = put(c, formula ? "\"'" : "\"", formula ? 2 : 1);
    for (size_t i = 0; i < value.n && done;) {
        const char *quote = memchr(value.p + i, '"', value.n - i);
        size_t end = quote ? (size_t)(quote - value.p) + 1 : value.n;
        done = put(c, value.p + i, end - i) && (!quote || put(c, "\"", 1));
        i = end;
    }
    return done && put(c, "\"", 1);
}

static flong_status row_write(void *context, const table_row *row, flong_error *error) {
    csv *c = context;
    bool done = true;
    c->line.n = 0;
    for (size_t i = 0; i < row->n && done; i++)
        done = (i == 0 || put(c, ",", 1)) && put_value(c, row->values[i], row->numbers[i]);
    if (!done || !put(c, "\r\n", 2)) return error_nomem(error);
    return c->write(c->context, c->line.p, c->line.n) == 0 ? FLONG_OK
                                                           : error_set(error, FLONG_STOPPED, "stopped");
}

static flong_status tables_write(flong_index *index, csv *c, flong_table_fn begin, flong_error *error) {
    static const struct {
        table_name table;
        const char *name;
    } tables[] = {{TABLE_ARTICLE, "articles"},
                  {TABLE_PAIR, "pairs"},
                  {TABLE_TEXT_GROUP, "groups"},
                  {TABLE_STORY, "stories"},
                  {TABLE_SITE, "sites"}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (begin(c->context, tables[i].name) != 0) return error_set(error, FLONG_STOPPED, "stopped");
        TRY(table_each(index->store, tables[i].table, row_write, c, error));
    }
    return FLONG_OK;
}

flong_status flong_report_csv(flong_index *index, flong_table_fn begin, flong_write_fn write, void *context,
                              flong_error *error) {
    csv c = {.write = write, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = tables_write(index, &c, begin, error);
    index_read_end(index);
    buffer_free(&c.line);
    return status;
}
