/* Fuzz target: any bytes as a WARC file. The first byte is how much more of it each window shows: what is found must not
 * depend on that, and records follow one another. */
#include <stdlib.h>
#include <string.h>

#include "input/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BLOCK = 300 };

typedef struct found {
    uint64_t hash, at, n;
} found;

static void mix(found *f, const void *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) f->hash = (f->hash ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    f->n++;
}

static void record_check(found *f, const warc *self, const warc_record *r, flong_str window) {
    if (self->number != ++f->at || r->block.n > r->length) abort();
    if (r->block.n && (r->block.p < window.p || r->block.p + r->block.n > window.p + window.n)) abort();
    if (r->block.n == r->length ? 0 : r->length <= MAX_BLOCK) abort();
    mix(f, &r->type, sizeof r->type);
    mix(f, r->uri.p, r->uri.n);
    mix(f, r->block.p, r->block.n);
}

static found split(flong_str file, size_t step) {
    warc self = {.max_block = MAX_BLOCK};
    found f = {.hash = 0};
    for (size_t start = 0, end = 0;;) {
        warc_record r;
        size_t used;
        flong_str window = {file.p + start, end - start};
        char *copy =
            malloc(window.n ? window.n : 1); /* of the right size, so that reading beyond it is seen */
        if (!copy) abort();
        memcpy(copy, window.p, window.n);
        window.p = copy;
        warc_found what = warc_next(&self, &used, &r, window, end == file.n);
        if (used > window.n) abort();
        start += used;
        if (what == WARC_RECORD) record_check(&f, &self, &r, window);
        if (what == WARC_BAD) f.at = self.number, mix(&f, self.why, strlen(self.why));
        free(copy);
        if (what == WARC_END) break;
        if (what != WARC_MORE) continue;
        if (end == file.n || self.wants <= end - start || self.wants > MAX_BLOCK + WARC_ROOM) abort();
        end = step > file.n - end ? file.n : end + step;
    }
    return f;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > 4096) return 0;
    flong_str file = {(const char *)data + 1, size - 1};
    found whole = split(file, file.n + 1), parts = split(file, data[0] + 1u);
    if (whole.hash != parts.hash || whole.n != parts.n || whole.at != parts.at) abort();
    return 0;
}
