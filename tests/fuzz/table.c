/* Fuzz target: any bytes as a table. The first byte is how much more of it each window shows: what is found must not depend
 * on that, and rows are JSON objects where the file is UTF-8. */
#include <stdlib.h>
#include <string.h>

#include "input/json.h"
#include "input/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_ROW = 200 };

typedef struct found {
    uint64_t hash, n;
} found;

static void mix(found *f, const void *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) f->hash = (f->hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    f->n++;
}

static void row_check(const table *self) {
    static json *parser;
    if (!parser && !(parser = json_new())) abort();
    flong_str row = table_row(self);
    const char *why;
    char *padded = calloc(1, row.n + JSON_PADDING);
    if (!padded) abort();
    memcpy(padded, row.p, row.n);
    bool is_good = json_parse(parser, &why, padded, row.n) == FLONG_OK;
    if (!is_good && json_is_utf8(row.p, row.n)) abort();
    free(padded);
}

static found rows_of(flong_str file, size_t step) {
    table *self = table_new(MAX_ROW, "too long");
    found f = {0, 0};
    if (!self) abort();
    for (size_t start = 0, end = 0;;) {
        size_t used;
        char *window = malloc(end - start + 1);
        if (!window) abort();
        memcpy(window, file.p + start, end - start);
        table_found what = table_next(self, &used, (flong_str){window, end - start}, end == file.n);
        free(window);
        if (used > end - start || what == TABLE_NOMEM) abort();
        start += used;
        uint64_t line = table_line(self);
        if (what == TABLE_ROW) row_check(self), mix(&f, table_row(self).p, table_row(self).n);
        if (what == TABLE_BAD) mix(&f, table_why(self), strlen(table_why(self)));
        if (what != TABLE_MORE) mix(&f, &line, sizeof line);
        if (what == TABLE_END) break;
        if (what != TABLE_MORE) continue;
        if (end == file.n || end - start >= MAX_ROW + TABLE_ROOM) abort();
        end = step > file.n - end ? file.n : end + step;
    }
    table_free(self);
    return f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > 4096) return 0;
    flong_str file = {(const char *)data + 1, size - 1};
    found whole = rows_of(file, file.n + 1), parts = rows_of(file, data[0] + 1u);
    if (whole.hash != parts.hash || whole.n != parts.n) abort();
    return 0;
}
