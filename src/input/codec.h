/* Decompressors behind one interface, told by the first bytes of what they read. */
#ifndef FLONG_INPUT_CODEC_H
#define FLONG_INPUT_CODEC_H

#include <stdbool.h>
#include <stddef.h>

/* What is to be decompressed, and room for what it becomes; both are moved on by codec.step. */
typedef struct codec_io {
    const unsigned char *in;
    size_t n_in;
    char *out;
    size_t n_out;
} codec_io;

typedef enum codec_end { CODEC_MORE, CODEC_FRAME_END, CODEC_DAMAGED, CODEC_NO_MEMORY } codec_end;

/* A kind of compression. A file of it is one frame (gzip: member, xz: stream) or several, one after another. */
typedef struct codec {
    const char *name;   /* for messages */
    const char *ending; /* of file names, with its dot */
    bool (*is)(const unsigned char *p, size_t n);
    void *(*make)(void); /* NULL when there is no memory */
    void (*free)(void *self);
    bool (*begin)(void *self); /* a new frame; false when there is no memory */
    /* Some bytes further; CODEC_DAMAGED may say in *why (static) what is wrong. It hands out all that was decompressed
     * before the damage, in steps before it. */
    codec_end (*step)(void *self, codec_io *io, const char **why);
} codec;

enum { N_CODECS = 4, CODEC_HEAD = 10 /* bytes that tell a codec */ };
extern const codec codecs[N_CODECS];

/* The place in `codecs` of what begins with these bytes, or N_CODECS: it is not compressed. */
size_t codec_find(const unsigned char *head, size_t n);

#endif
