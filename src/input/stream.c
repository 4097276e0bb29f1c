#include "input/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "input/codec.h"
#include "input/limits.h"

/* A system call for so many bytes costs next to nothing beside moving them. */
enum { RAW_BYTES = 1 << 18 };

struct stream {
    int fd; /* -1: no file is open */
    bool is_regular;
    stream_source_fn source; /* NULL: the file */
    void *source_context;
    size_t codec;    /* its place in codecs, or N_CODECS: not compressed */
    bool at_end;     /* no more raw bytes */
    bool in_frame;   /* a frame has begun and not ended */
    bool is_over;    /* nothing more comes out: the end, padding, or `fault` */
    char fault[200]; /* told when all before it is handed out; empty: none */
    size_t raw_at, raw_n;
    uint64_t taken;          /* of all files, and used */
    uint64_t read, expanded; /* of this one: read, and become by decompression */
    size_t head_at, head_n;  /* decompressed and peeked at, but not handed out */
    void *decoders[N_CODECS];
    unsigned char raw[RAW_BYTES];
    char head[STREAM_PEEK];
};

stream *stream_new(void) {
    stream *self = mem_new(1, sizeof *self);
    if (self) self->fd = -1;
    return self;
}

/* What was read and not used is used up: the padding behind the end, or what nobody wanted. */
static void raw_drop(stream *self) {
    if (!self->source) self->taken += self->raw_n - self->raw_at;
    self->raw_at = self->raw_n = 0;
}

void stream_shut(stream *self) {
    raw_drop(self);
    if (self->fd > STDIN_FILENO) close(self->fd);
    self->fd = -1;
    self->source = NULL;
}

void stream_free(stream *self) {
    if (!self) return;
    stream_shut(self);
    for (size_t i = 0; i < N_CODECS; i++)
        if (self->decoders[i]) codecs[i].free(self->decoders[i]);
    mem_free(self);
}

uint64_t stream_taken(const stream *self) { return self->taken; }
void stream_take(stream *self, uint64_t n) { self->taken += n; }
bool stream_is_slow(const stream *self) { return !self->source && !self->is_regular; }

int stream_detach(stream *self) {
    if (!self->is_regular || self->codec != N_CODECS || lseek(self->fd, 0, SEEK_SET) != 0) return -1;
    self->raw_at = self->raw_n = 0;
    self->at_end = true;
    return self->fd;
}

/* ---- raw bytes --------------------------------------------------------------------------- */

static void raw_used(stream *self, size_t n) {
    self->raw_at += n;
    if (!self->source) self->taken += n;
}

static flong_status file_read(stream *self, size_t *got, void *out, size_t n, flong_error *error) {
    ssize_t count;
    do {
        count = read(self->fd, out, n);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return error_set(error, FLONG_IO, "cannot be read: %s", strerror(errno));
    *got = (size_t)count;
    return FLONG_OK;
}

static flong_status raw_read(stream *self, size_t *got, void *out, size_t n, flong_error *error) {
    TRY(self->source ? self->source(self->source_context, got, out, n, error)
                     : file_read(self, got, out, n, error));
    self->read += *got;
    if (*got == 0) self->at_end = true;
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

/* ---- opening ----------------------------------------------------------------------------- */

static flong_status frame_begin(stream *self, flong_error *error) {
    const codec *c = &codecs[self->codec];
    void **decoder = &self->decoders[self->codec];
    if (!*decoder) *decoder = c->make();
    if (!*decoder || !c->begin(*decoder)) return error_nomem(error);
    self->in_frame = true;
    return FLONG_OK;
}

static flong_status codec_start(stream *self, flong_error *error) {
    self->at_end = self->in_frame = self->is_over = false;
    self->fault[0] = 0;
    self->raw_at = self->raw_n = self->head_at = self->head_n = 0;
    self->read = self->expanded = 0;
    self->codec = N_CODECS;
    /* What begins with '{' is not compressed, and whoever types it waits for answers. */
    TRY(raw_fill(self, 1, error));
    if (self->raw_n && self->raw[0] != '{') TRY(raw_fill(self, CODEC_HEAD, error));
    self->codec = codec_find(self->raw, self->raw_n);
    return self->codec == N_CODECS ? FLONG_OK : frame_begin(self, error);
}

static flong_status opened(stream *self, flong_status status) {
    if (status != FLONG_OK) stream_shut(self);
    return status;
}

flong_status stream_open(stream *self, const char *path, flong_error *error) {
    struct stat info;
    stream_shut(self);
    self->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (self->fd < 0) return error_set(error, FLONG_IO, "cannot be opened: %s", strerror(errno));
    self->is_regular = fstat(self->fd, &info) == 0 && S_ISREG(info.st_mode);
    return opened(self, codec_start(self, error));
}

flong_status stream_open_source(stream *self, stream_source_fn source, void *context, flong_error *error) {
    stream_shut(self);
    self->source = source;
    self->source_context = context;
    self->is_regular = false;
    return opened(self, codec_start(self, error));
}

/* ---- reading ----------------------------------------------------------------------------- */

static void stream_fail(stream *self, const char *why) {
    uint64_t at = self->read - (self->raw_n - self->raw_at);
    const char *name = codecs[self->codec].name;
    self->is_over = true;
    if (why)
        snprintf(self->fault, sizeof self->fault, "the %s data %s", name, why);
    else
        snprintf(self->fault, sizeof self->fault,
                 "the %s data is damaged or cut short after %llu bytes; copy or pack the file again", name,
                 (unsigned long long)at);
}

static void stream_fail_behind(stream *self) {
    char why[120];
    snprintf(why, sizeof why, "is followed by something else after %llu bytes; copy or pack the file again",
             (unsigned long long)(self->read - (self->raw_n - self->raw_at)));
    stream_fail(self, why);
}

static flong_status plain_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    size_t left = self->raw_n - self->raw_at;
    if (!left && self->at_end) return FLONG_OK;
    if (!left) {
        TRY(raw_read(self, got, out, n, error));
        if (!self->source) self->taken += *got;
        return FLONG_OK;
    }
    *got = left < n ? left : n;
    memcpy(out, self->raw + self->raw_at, *got);
    raw_used(self, *got);
    return FLONG_OK;
}

/* Between two frames: another one, the end, or the zeros that pad blocks of tapes and of xz. */
static flong_status frame_next(stream *self, flong_error *error) {
    for (;;) {
        TRY(raw_fill(self, CODEC_HEAD, error));
        const unsigned char *p = self->raw + self->raw_at;
        size_t left = self->raw_n - self->raw_at;
        if (left && codecs[self->codec].is(p, left)) return frame_begin(self, error);
        if (left && p[0] != 0) stream_fail_behind(self);
        if (!left || p[0] != 0) break;
        size_t zeros = 0;
        while (zeros < left && p[zeros] == 0) zeros++;
        raw_used(self, zeros);
    }
    self->is_over = true;
    return FLONG_OK;
}

static bool grows_too_much(const stream *self) {
    uint64_t used = self->read - (self->raw_n - self->raw_at);
    return self->expanded > LIMIT_GROWTH_FREE && self->expanded / LIMIT_GROWTH > used;
}

static flong_status codec_step(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    const char *why = NULL;
    codec_io io = {self->raw + self->raw_at, self->raw_n - self->raw_at, out, n};
    codec_end end = codecs[self->codec].step(self->decoders[self->codec], &io, &why);
    raw_used(self, self->raw_n - self->raw_at - io.n_in);
    *got = n - io.n_out;
    self->expanded += *got;
    if (end == CODEC_NO_MEMORY) return error_nomem(error);
    if (end == CODEC_FRAME_END) self->in_frame = false;
    if (end == CODEC_DAMAGED) stream_fail(self, why);
    if (!self->is_over && grows_too_much(self))
        stream_fail(self, "grows to more than 500 times its size, as no text does; it is not read on");
    return FLONG_OK;
}

/* One round: what the codec holds back first, so that a slow pipe is not waited for in vain. */
static flong_status codec_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    if (!self->in_frame) return frame_next(self, error);
    if (self->raw_at == self->raw_n) {
        TRY(codec_step(self, got, out, n, error));
        if (*got || self->is_over || !self->in_frame) return FLONG_OK;
    }
    TRY(raw_fill(self, 1, error));
    if (self->raw_at < self->raw_n) return codec_step(self, got, out, n, error);
    stream_fail(self, NULL);
    return FLONG_OK;
}

static flong_status any_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    *got = 0;
    if (self->codec == N_CODECS) return plain_read(self, got, out, n, error);
    while (*got == 0 && !self->is_over) TRY(codec_read(self, got, out, n, error));
    if (*got == 0 && self->fault[0]) return error_set(error, FLONG_INPUT, "%s", self->fault);
    return FLONG_OK;
}

flong_status stream_read(stream *self, size_t *got, char *out, size_t n, flong_error *error) {
    size_t left = self->head_n - self->head_at;
    if (!left) return any_read(self, got, out, n, error);
    *got = left < n ? left : n;
    memcpy(out, self->head + self->head_at, *got);
    self->head_at += *got;
    return FLONG_OK;
}

static bool is_enough(const char *p, size_t n) {
    return n >= STREAM_PEEK || (n && p[0] == '{' && memchr(p, '\n', n));
}

/* Damage behind the first bytes is told when it is read. */
flong_status stream_peek(stream *self, flong_str *out, flong_error *error) {
    if (self->codec == N_CODECS) {
        for (size_t n = 0; (n = self->raw_n) < STREAM_PEEK && !is_enough((const char *)self->raw, n);) {
            if (self->at_end) break;
            TRY(raw_fill(self, n + 1, error));
        }
        *out = (flong_str){(const char *)self->raw, self->raw_n < STREAM_PEEK ? self->raw_n : STREAM_PEEK};
        return FLONG_OK;
    }
    while (!is_enough(self->head, self->head_n)) {
        size_t got = 0;
        while (got == 0 && !self->is_over)
            TRY(codec_read(self, &got, self->head + self->head_n, STREAM_PEEK - self->head_n, error));
        if (got == 0) break;
        self->head_n += got;
    }
    *out = (flong_str){self->head, self->head_n};
    return FLONG_OK;
}
