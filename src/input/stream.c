#include "input/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/error.h"
#include "base/memory.h"

/* A system call for so many bytes costs next to nothing beside moving them. */
enum { RAW_BYTES = 1 << 18 };

/* 2^27 = 128 MiB is what `zstd -19` and `zstd --ultra -22` stay within; a frame that asks for more can be
 * hostile. */
enum { ZSTD_WINDOW_LOG = 27 };

/* What zstd wants at the start of a frame: the magic number and a byte of the header. */
enum { ZSTD_FRAME_START = 5 };

typedef enum codec { CODEC_PLAIN, CODEC_GZIP, CODEC_ZSTD } codec;

struct stream {
    int fd; /* -1: nothing is open */
    const char *path;
    codec codec;
    bool at_end;     /* no more raw bytes */
    bool in_frame;   /* a gzip member or a zstd frame has begun and not ended */
    bool is_over;    /* nothing more comes out: the end, padding, or `fault` */
    char fault[160]; /* told when all before it is handed out; empty: none */
    size_t raw_at, raw_n;
    uint64_t taken, file_taken;
    bool has_inflater;
    z_stream inflater;
    ZSTD_DCtx *dctx;
    size_t zstd_wants; /* input up to the end of the next block */
    unsigned char raw[RAW_BYTES];
};

static void *zlib_alloc(void *context, unsigned n, unsigned size) {
    (void)context;
    return mem_new(n, size);
}

static void zlib_free(void *context, void *memory) {
    (void)context;
    mem_free(memory);
}

stream *stream_new(void) {
    stream *self = mem_new(1, sizeof *self);
    if (self) self->fd = -1;
    return self;
}

void stream_shut(stream *self) {
    if (self->fd > STDIN_FILENO) close(self->fd);
    self->fd = -1;
}

void stream_free(stream *self) {
    if (!self) return;
    stream_shut(self);
    if (self->has_inflater) inflateEnd(&self->inflater);
    ZSTD_freeDCtx(self->dctx);
    mem_free(self);
}

uint64_t stream_taken(const stream *self) { return self->taken; }

static flong_status raw_read(stream *self, size_t *got, void *out, size_t n, flong_error *error) {
    ssize_t count;
    do {
        count = read(self->fd, out, n);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return error_set(error, FLONG_IO, "%s: cannot be read: %s", self->path, strerror(errno));
    *got = (size_t)count;
    self->taken += *got;
    self->file_taken += *got;
    if (count == 0) self->at_end = true;
    return FLONG_OK;
}

/* Makes at least `want` raw bytes available, unless the file ends before. */
static flong_status raw_fill(stream *self, size_t want, flong_error *error) {
    size_t left = self->raw_n - self->raw_at;
    if (left >= want) return FLONG_OK;
    memmove(self->raw, self->raw + self->raw_at, left);
    self->raw_at = 0;
    self->raw_n = left;
    while (self->raw_n < want && !self->at_end) {
        size_t got = 0;
        TRY(raw_read(self, &got, self->raw + self->raw_n, RAW_BYTES - self->raw_n, error));
        self->raw_n += got;
    }
    return FLONG_OK;
}

static bool is_gzip(const unsigned char *p, size_t n) {
    return n >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8;
}

/* A frame, or one of the skippable frames that parallel compressors put first (RFC 8878, 3.1). */
static bool is_zstd(const unsigned char *p, size_t n) {
    if (n < 4) return false;
    return memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0 ||
           ((p[0] & 0xF0) == 0x50 && memcmp(p + 1, "\x2A\x4D\x18", 3) == 0);
}

static flong_status inflater_start(stream *self, flong_error *error) {
    if (self->has_inflater) return inflateReset(&self->inflater) == Z_OK ? FLONG_OK : error_nomem(error);
    self->inflater = (z_stream){.zalloc = zlib_alloc, .zfree = zlib_free};
    if (inflateInit2(&self->inflater, 15 + 16) != Z_OK) return error_nomem(error);
    self->has_inflater = true;
    return FLONG_OK;
}

static flong_status dctx_start(stream *self, flong_error *error) {
    if (!self->dctx) self->dctx = ZSTD_createDCtx();
    if (!self->dctx) return error_nomem(error);
    ZSTD_DCtx_reset(self->dctx, ZSTD_reset_session_only);
    ZSTD_DCtx_setParameter(self->dctx, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
    self->zstd_wants = ZSTD_FRAME_START;
    return FLONG_OK;
}

static flong_status codec_start(stream *self, flong_error *error) {
    TRY(raw_fill(self, 4, error));
    if (is_gzip(self->raw, self->raw_n)) {
        self->codec = CODEC_GZIP;
        return inflater_start(self, error);
    }
    if (is_zstd(self->raw, self->raw_n)) {
        self->codec = CODEC_ZSTD;
        return dctx_start(self, error);
    }
    self->codec = CODEC_PLAIN;
    return FLONG_OK;
}

flong_status stream_open(stream *self, const char *path, flong_error *error) {
    stream_shut(self);
    self->path = path;
    self->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (self->fd < 0) return error_set(error, FLONG_IO, "%s: cannot be opened: %s", path, strerror(errno));
    self->at_end = self->in_frame = self->is_over = false;
    self->fault[0] = 0;
    self->raw_at = self->raw_n = 0;
    self->file_taken = 0;
    flong_status status = codec_start(self, error);
    if (status != FLONG_OK) stream_shut(self);
    return status;
}

static void stream_fail(stream *self, const char *what) {
    uint64_t at = self->file_taken - (self->raw_n - self->raw_at);
    self->is_over = true;
    snprintf(self->fault, sizeof self->fault,
             "the %s data is %s after %llu bytes; copy or pack the file again",
             self->codec == CODEC_GZIP ? "gzip" : "zstd", what, (unsigned long long)at);
}

static flong_status plain_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    size_t left = self->raw_n - self->raw_at;
    if (!left && self->at_end) return FLONG_OK;
    if (!left) return raw_read(self, got, out, n, error);
    *got = left < n ? left : n;
    memcpy(out, self->raw + self->raw_at, *got);
    self->raw_at += *got;
    return FLONG_OK;
}

/* Between two members: another one, the end, or the zeros that pad a tape block, which gzip passes over too. */
static flong_status gzip_begin(stream *self, flong_error *error) {
    TRY(raw_fill(self, 3, error));
    const unsigned char *p = self->raw + self->raw_at;
    size_t left = self->raw_n - self->raw_at;
    if (is_gzip(p, left)) {
        self->in_frame = true;
        return inflater_start(self, error);
    }
    self->is_over = true;
    if (left && p[0] != 0) stream_fail(self, "followed by something else");
    return FLONG_OK;
}

static flong_status gzip_step(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    if (!self->in_frame) TRY(gzip_begin(self, error));
    if (self->is_over) return FLONG_OK;
    z_stream *z = &self->inflater;
    size_t left = self->raw_n - self->raw_at;
    z->next_in = self->raw + self->raw_at;
    z->avail_in = (unsigned)left;
    z->next_out = (unsigned char *)out;
    z->avail_out = n > 1u << 30 ? 1u << 30 : (unsigned)n;
    int result = inflate(z, Z_NO_FLUSH);
    self->raw_at += left - z->avail_in;
    *got = (size_t)(z->next_out - (unsigned char *)out);
    if (result == Z_MEM_ERROR) return error_nomem(error);
    if (result == Z_STREAM_END)
        self->in_frame = false;
    else if (result != Z_OK && result != Z_BUF_ERROR)
        stream_fail(self, "damaged or cut short");
    return FLONG_OK;
}

static void zstd_fail(stream *self, size_t code) {
    stream_fail(self, "damaged or cut short");
    /* The one fault that the file's owner can mend: the code's number is not in the stable interface. */
    if (strstr(ZSTD_getErrorName(code), "too much memory"))
        snprintf(self->fault, sizeof self->fault,
                 "the zstd data needs a window of more than 128 MiB; compress it again without --long");
}

/* Block by block: a call that meets damage hands out nothing of what it decompressed before. */
static flong_status zstd_step(stream *self, size_t *got, char *out, size_t n) {
    size_t left = self->raw_n - self->raw_at;
    ZSTD_inBuffer in = {self->raw + self->raw_at, left < self->zstd_wants ? left : self->zstd_wants, 0};
    ZSTD_outBuffer to = {out, n, 0};
    size_t result = ZSTD_decompressStream(self->dctx, &to, &in);
    self->raw_at += in.pos;
    *got = to.pos;
    if (ZSTD_isError(result))
        zstd_fail(self, result);
    else
        self->in_frame = result != 0;
    self->zstd_wants = self->in_frame ? result : ZSTD_FRAME_START;
    return FLONG_OK;
}

static flong_status codec_step(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    return self->codec == CODEC_GZIP ? gzip_step(self, got, out, n, error) : zstd_step(self, got, out, n);
}

/* One round: what the codec holds back first, so that a slow pipe is not waited for in vain. */
static flong_status codec_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    if (self->in_frame && self->raw_at == self->raw_n) {
        TRY(codec_step(self, got, out, n, error));
        if (*got || self->is_over) return FLONG_OK;
    }
    TRY(raw_fill(self, 1, error));
    if (self->raw_at < self->raw_n) return codec_step(self, got, out, n, error);
    if (self->in_frame) stream_fail(self, "damaged or cut short");
    self->is_over = true;
    return FLONG_OK;
}

flong_status stream_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    *got = 0;
    if (self->codec == CODEC_PLAIN) return plain_read(self, got, out, n, error);
    while (*got == 0 && !self->is_over) TRY(codec_read(self, got, out, n, error));
    if (*got == 0 && self->fault[0]) return error_set(error, FLONG_INPUT, "%s", self->fault);
    return FLONG_OK;
}
