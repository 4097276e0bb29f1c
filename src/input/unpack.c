#define ZLIB_CONST
#include "input/unpack.h"

#include <brotli/decode.h>
#include <limits.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "input/header.h"

/* Memory that a frame may want for its window: 2^27 is what the tools themselves stay within. */
enum { ZSTD_WINDOW_LOG = 27 };

enum { ROUND = 1 << 16 };

/* What a decoder says after it was called once. */
typedef enum round_end { ROUND_GO_ON, ROUND_END, ROUND_STARVED, ROUND_DAMAGED, ROUND_NO_MEMORY } round_end;

typedef struct piece {
    const unsigned char *in;
    size_t in_left;
    unsigned char *out;
    size_t out_left;
} piece;

typedef round_end (*round_fn)(void *decoder, piece *p);

/* Runs a decoder until it is done, in pieces of growing memory. */
static unpacked run(round_fn decode, void *decoder, buffer *out, flong_str bytes, size_t most) {
    piece p = {(const unsigned char *)bytes.p, bytes.n, NULL, 0};
    size_t start = out->n;
    for (;;) {
        if (out->n - start > most) return UNPACK_TOO_LONG;
        if (!buffer_reserve(out, ROUND)) return UNPACK_NO_MEMORY;
        p.out = (unsigned char *)out->p + out->n;
        p.out_left = out->capacity - out->n;
        round_end end = decode(decoder, &p);
        out->n = out->capacity - p.out_left;
        if (end == ROUND_NO_MEMORY) return UNPACK_NO_MEMORY;
        if (end == ROUND_DAMAGED) return UNPACK_DAMAGED;
        if (end != ROUND_GO_ON) return out->n - start > most ? UNPACK_TOO_LONG : UNPACKED;
    }
}

/* ---- gzip and deflate --------------------------------------------------------- */

static void *zlib_alloc(void *context, unsigned n, unsigned size) {
    (void)context;
    return mem_new(n, size);
}

static void library_free(void *context, void *memory) {
    (void)context;
    mem_free(memory);
}

static unsigned as_unsigned(size_t n) { return n > UINT_MAX ? UINT_MAX : (unsigned)n; }

static round_end inflate_round(void *decoder, piece *p) {
    z_stream *z = decoder;
    z->next_in = p->in;
    z->avail_in = as_unsigned(p->in_left);
    z->next_out = p->out;
    z->avail_out = as_unsigned(p->out_left);
    int result = inflate(z, Z_NO_FLUSH);
    p->in_left -= (size_t)(z->next_in - p->in);
    p->out_left -= (size_t)(z->next_out - p->out);
    p->in = z->next_in;
    if (result == Z_STREAM_END) return ROUND_END;
    if (result == Z_MEM_ERROR) return ROUND_NO_MEMORY;
    if (result != Z_OK && result != Z_BUF_ERROR) return ROUND_DAMAGED;
    return p->out_left ? ROUND_STARVED : ROUND_GO_ON;
}

/* window: as inflateInit2 takes it. */
static unpacked inflate_all(unpacker *self, buffer *out, flong_str bytes, size_t most, int window) {
    if (!self->inflater) {
        z_stream *z = mem_new(1, sizeof *z);
        if (!z) return UNPACK_NO_MEMORY;
        z->zalloc = zlib_alloc;
        z->zfree = library_free;
        if (inflateInit2(z, window) != Z_OK) {
            mem_free(z);
            return UNPACK_NO_MEMORY;
        }
        self->inflater = z;
    } else if (inflateReset2(self->inflater, window) != Z_OK)
        return UNPACK_NO_MEMORY;
    return run(inflate_round, self->inflater, out, bytes, most);
}

static unpacked unpack_gzip(unpacker *self, buffer *out, flong_str bytes, size_t most) {
    if (bytes.n < 2 || memcmp(bytes.p, "\x1F\x8B", 2) != 0) return UNPACK_PLAIN;
    return inflate_all(self, out, bytes, most, 15 + 16);
}

/* By its name in the zlib format (RFC 9110, section 8.4.1.2); some servers leave its header out. */
static unpacked unpack_deflate(unpacker *self, buffer *out, flong_str bytes, size_t most) {
    if (bytes.n < 2) return UNPACK_PLAIN;
    unsigned first = (unsigned char)bytes.p[0], second = (unsigned char)bytes.p[1];
    bool has_header = (first & 15) == 8 && (first << 8 | second) % 31 == 0;
    return inflate_all(self, out, bytes, most, has_header ? 15 : -15);
}

/* ---- zstd and brotli ----------------------------------------------------------- */

static round_end zstd_round(void *decoder, piece *p) {
    ZSTD_inBuffer in = {p->in, p->in_left, 0};
    ZSTD_outBuffer out = {p->out, p->out_left, 0};
    size_t result = ZSTD_decompressStream(decoder, &out, &in);
    p->in += in.pos;
    p->in_left -= in.pos;
    p->out_left -= out.pos;
    if (ZSTD_isError(result)) return ROUND_DAMAGED;
    if (p->in_left == 0 && p->out_left) return result ? ROUND_STARVED : ROUND_END;
    return ROUND_GO_ON;
}

static unpacked unpack_zstd(unpacker *self, buffer *out, flong_str bytes, size_t most) {
    if (bytes.n < 4 || memcmp(bytes.p, "\x28\xB5\x2F\xFD", 4) != 0) return UNPACK_PLAIN;
    if (!self->zstd) self->zstd = ZSTD_createDCtx();
    if (!self->zstd) return UNPACK_NO_MEMORY;
    ZSTD_DCtx_reset(self->zstd, ZSTD_reset_session_only);
    ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    return run(zstd_round, self->zstd, out, bytes, most);
}

static round_end brotli_round(void *decoder, piece *p) {
    switch (BrotliDecoderDecompressStream(decoder, &p->in_left, &p->in, &p->out_left, &p->out, NULL)) {
    case BROTLI_DECODER_RESULT_SUCCESS:
        return ROUND_END;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
        return ROUND_GO_ON;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
        return ROUND_STARVED;
    default:
        break;
    }
    BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(decoder);
    return code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
                   code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES
               ? ROUND_NO_MEMORY
               : ROUND_DAMAGED;
}

static void *brotli_alloc(void *context, size_t n) {
    (void)context;
    return mem_resize(NULL, n, 1);
}

/* The library knows no decoder that is used twice. */
static unpacked unpack_brotli(unpacker *self, buffer *out, flong_str bytes, size_t most) {
    (void)self;
    BrotliDecoderState *decoder = BrotliDecoderCreateInstance(brotli_alloc, library_free, NULL);
    if (!decoder) return UNPACK_NO_MEMORY;
    unpacked end = run(brotli_round, decoder, out, bytes, most);
    BrotliDecoderDestroyInstance(decoder);
    return end;
}

static unpacked unpack_nothing(unpacker *self, buffer *out, flong_str bytes, size_t most) {
    (void)self, (void)out, (void)bytes, (void)most;
    return UNPACK_PLAIN;
}

/* ---- all ----------------------------------------------------------------------- */

unpacked unpack(unpacker *self, buffer *out, flong_str coding, flong_str bytes, size_t most) {
    static const struct {
        const char *name;
        unpacked (*fn)(unpacker *, buffer *, flong_str, size_t);
    } codings[] = {{"gzip", unpack_gzip},    {"x-gzip", unpack_gzip},     {"br", unpack_brotli},
                   {"zstd", unpack_zstd},    {"deflate", unpack_deflate}, {"identity", unpack_nothing},
                   {"none", unpack_nothing}, {"utf-8", unpack_nothing},   {"", unpack_nothing}};
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        if (header_is(coding, codings[i].name)) return codings[i].fn(self, out, bytes, most);
    return UNPACK_UNKNOWN;
}

void unpacker_free(unpacker *self) {
    if (self->inflater) inflateEnd(self->inflater);
    mem_free(self->inflater);
    ZSTD_freeDCtx(self->zstd);
    *self = (unpacker){0};
}
