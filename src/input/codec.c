#include "input/codec.h"

#include <bzlib.h>
#include <libdeflate.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "input/limits.h"

/* zlib, bzip2 and zstd count in 32 bits. */
static unsigned at_most_1g(size_t n) { return n > 1u << 30 ? 1u << 30 : (unsigned)n; }

static void io_used(codec_io *io, size_t in, size_t out) {
    io->in += in, io->n_in -= in;
    io->out += out, io->n_out -= out;
}

/* ---- gzip -------------------------------------------------------------------------------- */

static bool gzip_is(const unsigned char *p, size_t n) {
    return n >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8;
}

static void *zlib_alloc(void *context, unsigned n, unsigned size) {
    (void)context;
    return mem_new(n, size);
}

static void any_free(void *context, void *memory) {
    (void)context;
    mem_free(memory);
}

/* zlib goes through members of any size. libdeflate takes whole ones, some two and a half times as fast: those that the
 * stream has read as a whole and has room for, as records of web archives mostly are. */
typedef struct gzip {
    z_stream z;
    struct libdeflate_decompressor *whole;
    bool is_new;          /* nothing of the member was read */
    unsigned pause, wait; /* members to leave to zlib after one was not whole; how many of them are left */
} gzip;

enum { GZIP_LONGEST_PAUSE = 63 };

static void *gzip_make(void) {
    gzip *self = mem_new(1, sizeof *self);
    if (!self) return NULL;
    self->whole = libdeflate_alloc_decompressor();
    self->z = (z_stream){.zalloc = zlib_alloc, .zfree = any_free};
    if (self->whole && inflateInit2(&self->z, 15 + 16) == Z_OK) return self;
    libdeflate_free_decompressor(self->whole);
    mem_free(self);
    return NULL;
}

static void gzip_free(void *decoder) {
    gzip *self = decoder;
    inflateEnd(&self->z);
    libdeflate_free_decompressor(self->whole);
    mem_free(self);
}

static bool gzip_begin(void *decoder) {
    gzip *self = decoder;
    self->is_new = true;
    return inflateReset(&self->z) == Z_OK;
}

/* Whether the member is whole, and done with. What is damaged is left to zlib, which knows what comes before. */
static bool gzip_whole(gzip *self, codec_io *io) {
    size_t in, out;
    if (self->wait) return self->wait--, false;
    if (libdeflate_gzip_decompress_ex(self->whole, io->in, io->n_in, io->out, io->n_out, &in, &out) ==
        LIBDEFLATE_SUCCESS) {
        io_used(io, in, out);
        self->pause = 0;
        return true;
    }
    self->pause = self->pause < GZIP_LONGEST_PAUSE ? 2 * self->pause + 1 : self->pause;
    self->wait = self->pause;
    return false;
}

static codec_end gzip_step(void *decoder, codec_io *io, const char **why) {
    gzip *self = decoder;
    z_stream *z = &self->z;
    bool is_new = self->is_new;
    (void)why;
    self->is_new = false;
    if (is_new && gzip_whole(self, io)) return CODEC_FRAME_END;
    unsigned in = at_most_1g(io->n_in), out = at_most_1g(io->n_out);
    z->next_in = (unsigned char *)(uintptr_t)io->in;
    z->avail_in = in;
    z->next_out = (unsigned char *)io->out;
    z->avail_out = out;
    int result = inflate(z, Z_NO_FLUSH);
    io_used(io, in - z->avail_in, out - z->avail_out);
    if (result == Z_MEM_ERROR) return CODEC_NO_MEMORY;
    if (result == Z_STREAM_END) return CODEC_FRAME_END;
    return result == Z_OK || result == Z_BUF_ERROR ? CODEC_MORE : CODEC_DAMAGED;
}

/* ---- zstd -------------------------------------------------------------------------------- */

/* What zstd wants at the start of a frame: the magic number and a byte of the header. */
enum { ZSTD_FRAME_START = 5 };

typedef struct zstd {
    ZSTD_DCtx *dctx;
    size_t wants; /* input up to the end of the next block */
    bool is_new;  /* nothing of the frame was read */
    /* The frame is a dictionary for those behind it: the first one of a .warc.zst of browsertrix and others
     * (https://iipc.github.io/warc-specifications/specifications/warc-zstd/). */
    bool is_dictionary;
    uint32_t left; /* bytes of it that are not in `dictionary` */
    buffer dictionary;
} zstd;

/* A frame, or one of the skippable frames that parallel compressors put first (RFC 8878, 3.1). */
static bool zstd_is(const unsigned char *p, size_t n) {
    if (n < 4) return false;
    return memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0 ||
           ((p[0] & 0xF0) == 0x50 && memcmp(p + 1, "\x2A\x4D\x18", 3) == 0);
}

static void *zstd_make(void) {
    zstd *self = mem_new(1, sizeof *self);
    if (self && (self->dctx = ZSTD_createDCtx())) return self;
    mem_free(self);
    return NULL;
}

static void zstd_free(void *self) {
    ZSTD_freeDCtx(((zstd *)self)->dctx);
    buffer_free(&((zstd *)self)->dictionary);
    mem_free(self);
}

static bool zstd_begin(void *self) {
    zstd *z = self;
    ZSTD_DCtx_reset(z->dctx, ZSTD_reset_session_only);
    ZSTD_DCtx_setParameter(z->dctx, ZSTD_d_windowLogMax, LIMIT_WINDOW_LOG);
    z->wants = ZSTD_FRAME_START;
    z->is_new = true;
    z->is_dictionary = false;
    return true;
}

/* The dictionary is whole; it may itself be a frame. */
static codec_end dictionary_load(zstd *z) {
    buffer *packed = &z->dictionary, plain = {0};
    size_t result;
    if (!zstd_is((const unsigned char *)packed->p, packed->n)) {
        result = ZSTD_DCtx_loadDictionary(z->dctx, packed->p, packed->n);
        return ZSTD_isError(result) ? CODEC_NO_MEMORY : CODEC_FRAME_END;
    }
    if (!buffer_reserve(&plain, LIMIT_DICTIONARY)) return CODEC_NO_MEMORY;
    result = ZSTD_decompressDCtx(z->dctx, plain.p, plain.capacity, packed->p, packed->n);
    codec_end end = CODEC_DAMAGED;
    if (!ZSTD_isError(result)) {
        result = ZSTD_DCtx_loadDictionary(z->dctx, plain.p, result);
        end = ZSTD_isError(result) ? CODEC_NO_MEMORY : CODEC_FRAME_END;
    }
    buffer_free(&plain);
    return end;
}

static codec_end dictionary_step(zstd *z, codec_io *io) {
    size_t n = io->n_in < z->left ? io->n_in : z->left;
    if (!buffer_append(&z->dictionary, io->in, n)) return CODEC_NO_MEMORY;
    io_used(io, n, 0);
    z->left -= (uint32_t)n;
    return z->left ? CODEC_MORE : dictionary_load(z);
}

/* Whether the frame that begins is a dictionary, whose head is passed over then. */
static bool dictionary_begins(zstd *z, codec_io *io) {
    const unsigned char *p = io->in;
    if (!z->is_new || io->n_in < 8 || memcmp(p, "\x5D\x2A\x4D\x18", 4) != 0) return false;
    z->left = (uint32_t)p[4] | (uint32_t)p[5] << 8 | (uint32_t)p[6] << 16 | (uint32_t)p[7] << 24;
    z->dictionary.n = 0;
    io_used(io, 8, 0);
    return true;
}

/* Block by block: a call that meets damage hands out nothing of what it decompressed before. */
static codec_end zstd_step(void *self, codec_io *io, const char **why) {
    zstd *z = self;
    z->is_dictionary |= dictionary_begins(z, io);
    z->is_new = z->is_new && io->n_in == 0;
    if (z->is_dictionary && z->left > LIMIT_DICTIONARY) *why = "has a dictionary of more than 16 MiB";
    if (z->is_dictionary) return z->left > LIMIT_DICTIONARY ? CODEC_DAMAGED : dictionary_step(z, io);
    ZSTD_inBuffer in = {io->in, io->n_in < z->wants ? io->n_in : z->wants, 0};
    ZSTD_outBuffer out = {io->out, io->n_out, 0};
    size_t result = ZSTD_decompressStream(z->dctx, &out, &in);
    io_used(io, in.pos, out.pos);
    if (!ZSTD_isError(result)) {
        z->wants = result ? result : ZSTD_FRAME_START;
        return result ? CODEC_MORE : CODEC_FRAME_END;
    }
    /* The one fault that the file's owner can mend: the code's number is not in the stable interface. */
    if (strstr(ZSTD_getErrorName(result), "too much memory"))
        *why = "needs a window of more than 128 MiB; compress it again without --long";
    if (strstr(ZSTD_getErrorName(result), "Dictionary mismatch"))
        *why = "was packed with a dictionary that is not in the file";
    return CODEC_DAMAGED;
}

/* ---- xz ---------------------------------------------------------------------------------- */

static bool xz_is(const unsigned char *p, size_t n) {
    return n >= 6 && memcmp(p, "\xFD\x37\x7A\x58\x5A\x00", 6) == 0;
}

static void *lzma_alloc_of(void *context, size_t n, size_t size) {
    (void)context;
    return mem_resize(NULL, n ? n : 1, size ? size : 1);
}

static const lzma_allocator xz_allocator = {lzma_alloc_of, any_free, NULL};

static void *xz_make(void) {
    lzma_stream *self = mem_new(1, sizeof *self);
    if (self) *self = (lzma_stream){.allocator = &xz_allocator};
    return self;
}

static void xz_free(void *self) {
    lzma_end(self);
    mem_free(self);
}

static bool xz_begin(void *self) { return lzma_stream_decoder(self, LIMIT_WINDOW, 0) == LZMA_OK; }

static codec_end xz_step(void *self, codec_io *io, const char **why) {
    lzma_stream *z = self;
    z->next_in = io->in;
    z->avail_in = io->n_in;
    z->next_out = (unsigned char *)io->out;
    z->avail_out = io->n_out;
    lzma_ret result = lzma_code(z, LZMA_RUN);
    io_used(io, io->n_in - z->avail_in, io->n_out - z->avail_out);
    if (result == LZMA_MEM_ERROR) return CODEC_NO_MEMORY;
    if (result == LZMA_STREAM_END) return CODEC_FRAME_END;
    if (result == LZMA_MEMLIMIT_ERROR)
        *why = "needs more than 128 MiB of memory; compress it again with xz -9";
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? CODEC_MORE : CODEC_DAMAGED;
}

/* ---- bzip2 ------------------------------------------------------------------------------- */

typedef struct bzip2 {
    bz_stream z;
    bool begun;
} bzip2;

/* The header, and what begins its first block, or the end where there is none. */
static bool bzip2_is(const unsigned char *p, size_t n) {
    return n >= 10 && memcmp(p, "BZh", 3) == 0 && p[3] >= '1' && p[3] <= '9' &&
           (memcmp(p + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
            memcmp(p + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static void *bzip2_alloc(void *context, int n, int size) {
    (void)context;
    return n < 0 || size < 0 ? NULL : mem_new((size_t)n, (size_t)size);
}

static void *bzip2_make(void) { return mem_new(1, sizeof(bzip2)); }

static void bzip2_end(bzip2 *self) {
    if (self->begun) BZ2_bzDecompressEnd(&self->z);
    self->begun = false;
}

static void bzip2_free(void *self) {
    bzip2_end(self);
    mem_free(self);
}

static bool bzip2_begin(void *self) {
    bzip2 *b = self;
    bzip2_end(b);
    b->z = (bz_stream){.bzalloc = bzip2_alloc, .bzfree = any_free};
    b->begun = BZ2_bzDecompressInit(&b->z, 0, 0) == BZ_OK;
    return b->begun;
}

static codec_end bzip2_step(void *self, codec_io *io, const char **why) {
    bz_stream *z = &((bzip2 *)self)->z;
    unsigned in = at_most_1g(io->n_in), out = at_most_1g(io->n_out);
    (void)why;
    z->next_in = (char *)(uintptr_t)io->in;
    z->avail_in = in;
    z->next_out = io->out;
    z->avail_out = out;
    int result = BZ2_bzDecompress(z);
    io_used(io, in - z->avail_in, out - z->avail_out);
    if (result == BZ_MEM_ERROR) return CODEC_NO_MEMORY;
    if (result == BZ_STREAM_END) return CODEC_FRAME_END;
    return result == BZ_OK ? CODEC_MORE : CODEC_DAMAGED;
}

/* ---- all --------------------------------------------------------------------------------- */

const codec codecs[N_CODECS] = {
    {"gzip", ".gz", gzip_is, gzip_make, gzip_free, gzip_begin, gzip_step},
    {"zstd", ".zst", zstd_is, zstd_make, zstd_free, zstd_begin, zstd_step},
    {"xz", ".xz", xz_is, xz_make, xz_free, xz_begin, xz_step},
    {"bzip2", ".bz2", bzip2_is, bzip2_make, bzip2_free, bzip2_begin, bzip2_step},
};

size_t codec_find(const unsigned char *head, size_t n) {
    size_t i = 0;
    while (i < N_CODECS && !codecs[i].is(head, n)) i++;
    return i;
}
