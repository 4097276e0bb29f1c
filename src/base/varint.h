/* Unsigned integers in as few bytes as they need (LEB128), and how to read them from bytes that may be
 * damaged. */
#ifndef FLONG_BASE_VARINT_H
#define FLONG_BASE_VARINT_H

#include "base/memory.h"

enum { VARINT_MAX = 10 };

/* Writes value at p, which has room for VARINT_MAX bytes; returns how many it took. */
static inline size_t varint_put(unsigned char *p, uint64_t value) {
    size_t n = 0;
    while (value >= 0x80) {
        p[n++] = (unsigned char)(value | 0x80);
        value >>= 7;
    }
    p[n++] = (unsigned char)value;
    return n;
}

static inline bool varint_append(buffer *out, uint64_t value) {
    if (!buffer_reserve(out, VARINT_MAX)) return false;
    out->n += varint_put((unsigned char *)out->p + out->n, value);
    return true;
}

/* A place in bytes that are read; `failed` is set for good when they end too early. */
typedef struct byte_reader {
    const unsigned char *p, *end;
    bool failed;
} byte_reader;

static inline byte_reader byte_reader_of(const void *bytes, size_t n) {
    return (byte_reader){.p = bytes,
                         .end = n ? (const unsigned char *)bytes + n : bytes}; /* NULL when n is 0 */
}

/* 0 when the bytes end, or hold no such number. */
static inline uint64_t varint_get(byte_reader *in) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && in->p < in->end; shift += 7) {
        unsigned char byte = *in->p++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) return value;
    }
    in->failed = true;
    in->p = in->end;
    return 0;
}

/* Fixed-width little-endian numbers of n <= 8 bytes. */
static inline bool fixed_append(buffer *out, uint64_t value, size_t n) {
    unsigned char bytes[8];
    for (size_t i = 0; i < n; i++) bytes[i] = (unsigned char)(value >> (8 * i));
    return buffer_append(out, bytes, n);
}

static inline uint64_t fixed_get(byte_reader *in, size_t n) {
    if ((size_t)(in->end - in->p) < n) {
        in->failed = true;
        in->p = in->end;
        return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++) value |= (uint64_t)in->p[i] << (8 * i);
    in->p += n;
    return value;
}

#endif
