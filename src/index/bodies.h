/* The articles' texts, compressed with zstd: in a temporary store, where packing takes longer than writing more, they
 * stay as they are. A file that is kept has a dictionary, trained on its first
 * batch, so that short texts compress well one by one. */
#ifndef FLONG_INDEX_BODIES_H
#define FLONG_INDEX_BODIES_H

#include "index/store.h"

/* Compression for one store: the dictionary; opaque. Packing and unpacking may run in several threads. */
typedef struct bodies bodies;

flong_status bodies_open(bodies **out, store *s, flong_error *error);
void bodies_close(bodies *b);

/* Trains and stores the dictionary from n texts, unless there is one already, the store is temporary or
 * the texts are too few. */
flong_status bodies_train(bodies *b, const flong_str *texts, size_t n, flong_error *error);

/* Contexts of one thread; zero-initialised, they are ready. */
typedef struct body_packer {
    void *compressor, *decompressor;
    bool starved; /* what failed last did so for want of memory */
} body_packer;
void body_packer_free(body_packer *packer);

/* A text as it is stored, with the numbers of its units that are furniture or seen. */
typedef struct packed_body {
    const void *text;
    size_t n_text;
    uint64_t size; /* of the text unpacked */
    const void *dropped;
    size_t n_dropped;
    uint64_t dictionary;
} packed_body;

/* Compresses a text; memory from the arena. One of a temporary store stays as it is, borrowed. False when there is no
 * memory. */
bool body_pack(const bodies *b, body_packer *packer, packed_body *out, arena *memory, flong_str text);
/* Decompresses it; false when there is no memory (packer->starved says so) or it is damaged. */
bool body_unpack(const bodies *b, body_packer *packer, flong_str *out, arena *memory,
                 const packed_body *packed);

flong_status body_add(store *s, uint64_t no, const packed_body *packed, flong_error *error);
/* Reads a packed body, copied into the arena. FLONG_DAMAGED where there is none. */
flong_status body_get(store *s, packed_body *out, arena *memory, uint64_t no, flong_error *error);

/* A stored article with all that reading it again takes. */
typedef struct whole_body {
    packed_body packed;
    flong_str title, site, url;
} whole_body;

/* Reads it in one go; borrowed until body_whole_end. FLONG_DAMAGED where there is none. */
flong_status body_whole(store *s, whole_body *out, uint64_t no, flong_error *error);
void body_whole_end(store *s);

#endif
