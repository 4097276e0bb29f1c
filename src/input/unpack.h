/* Bytes in memory that were packed with one of the codings of HTTP. */
#ifndef FLONG_INPUT_UNPACK_H
#define FLONG_INPUT_UNPACK_H

#include "base/memory.h"
#include "flong.h"

/* The decoders, made when they are first needed. Zero-initialised it is ready. */
typedef struct unpacker {
    struct z_stream_s *inflater;
    struct ZSTD_DCtx_s *zstd;
    int window; /* what the inflater was made for */
} unpacker;
void unpacker_free(unpacker *self);

typedef enum unpacked {
    UNPACKED,        /* whole, or as far as bytes that were cut short lead */
    UNPACK_PLAIN,    /* these bytes are not packed that way */
    UNPACK_UNKNOWN,  /* there is no such coding */
    UNPACK_DAMAGED,  /* what could be unpacked is in out */
    UNPACK_TOO_LONG, /* it would be more than `most` bytes */
    UNPACK_NO_MEMORY
} unpacked;

/* Appends to out what the bytes hold; coding is a name of HTTP's in any case: gzip, deflate, br, zstd, identity. */
unpacked unpack(unpacker *self, buffer *out, flong_str coding, flong_str bytes, size_t most);

#endif
