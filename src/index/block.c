#include "index/block.h"

#include "base/varint.h"

bool block_encode(buffer *out, const keyed *entries, size_t n, uint64_t first) {
    if (!buffer_reserve(out, n * 2 * VARINT_MAX)) return false;
    unsigned char *p = (unsigned char *)out->p + out->n;
    uint64_t key = n ? entries[0].key : 0;
    for (size_t i = 0; i < n; i++) {
        p += varint_put(p, entries[i].key - key);
        p += varint_put(p, entries[i].value - first);
        key = entries[i].key;
    }
    out->n = (size_t)((char *)p - out->p);
    return true;
}

size_t block_decode(keyed *out, const void *bytes, size_t n, uint64_t key, uint64_t first, uint64_t last) {
    byte_reader in = byte_reader_of(bytes, n);
    size_t count = 0;
    while (in.p < in.end && count < BLOCK_ENTRIES) {
        uint64_t step = varint_get(&in), article = varint_get(&in);
        if (in.failed || step > UINT64_MAX - key || article > last - first) return 0;
        key += step;
        out[count++] = (keyed){key, first + article};
    }
    return in.p == in.end ? count : 0;
}
