/* The files of an input, one after another, cut into blocks of items. */
#ifndef FLONG_INPUT_SHARDS_H
#define FLONG_INPUT_SHARDS_H

#include "input/container.h"
#include "input/format.h"
#include "input/paths.h"

/* Zero-initialised but for the first four, and after shards_init, it is before the first file. */
typedef struct shards {
    const paths *paths;
    size_t max_record;
    const char *too_long;
    const format *forced; /* what every file is read as; NULL: each as what it is */
    size_t at;            /* the path that is open, or is to be opened next */
    stream *stream;
    container *archive;   /* what the open path is; NULL: a file of its own */
    stream *entry;        /* of it, from the first archive on */
    buffer label;         /* of the entry */
    const format *format; /* of the open file or entry; NULL: none is open */
    cutter cutter;
    uint64_t text;    /* uncompressed bytes of the files before */
    uint64_t ignored; /* entries of archives whose format is not known */
} shards;

flong_status shards_init(shards *self, flong_error *error);
void shards_free(shards *self);

/* Fills the block, which is empty, with what comes next; it stays empty at the end of the input. What is wrong with a
 * file becomes an item. Fails only with FLONG_NOMEM. */
flong_status shards_cut(shards *self, block *into, flong_error *error);

#endif
