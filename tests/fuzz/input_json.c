/* Fuzz target: any bytes as JSON arrays and objects over several lines, in a stream that comes in pieces. What is cut lies
 * within what was read, and does not depend on the pieces. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "input/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 300 };

typedef struct pieces {
    const uint8_t *data;
    size_t n, at, piece;
} pieces;

static flong_status piece_read(void *context, size_t *got, void *out, size_t n, flong_error *error) {
    pieces *p = context;
    size_t left = p->n - p->at;
    (void)error;
    *got = left < p->piece ? left : p->piece;
    if (*got > n) *got = n;
    if (*got) memcpy(out, p->data + p->at, *got);
    p->at += *got;
    return FLONG_OK;
}

/* A number that stands for all items. */
static uint64_t items_of(stream *from, const uint8_t *data, size_t size, size_t piece) {
    pieces in = {data, size, 0, piece};
    const format *json = format_named("json");
    cutter c = {.from = from, .max_record = MOST, .too_long = "too long"};
    block b = {.most = 100};
    uint64_t sum = 0, number = 0;
    if (stream_open_source(from, piece_read, &in, NULL) != FLONG_OK) return 0;
    if (json->begin(&c, NULL) != FLONG_OK) abort();
    while (!c.at_end) {
        block_reset(&b);
        if (json->cut(&c, &b, NULL) != FLONG_OK) break;
        for (size_t i = 0; i < b.n; i++) {
            const item *it = &b.items[i];
            if (!it->fault && (it->number <= number || it->n > MOST || it->at + it->n > b.bytes.n)) abort();
            if (!it->fault && (b.bytes.p[it->at] != '{' || it->n < 2)) abort();
            if (!it->fault) number = it->number;
            sum =
                sum * 31 + (it->fault ? strlen(it->fault) : hash_bytes(b.bytes.p + it->at, it->n, it->line));
        }
    }
    json->end(&c);
    buffer_free(&c.rest);
    block_free(&b);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static stream *from;
    if (!from) from = stream_new();
    if (!from) abort();
    if (items_of(from, data, size, 1) != items_of(from, data, size, 1 + size / 3)) abort();
    return 0;
}
