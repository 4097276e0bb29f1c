/* The files of an input: what was named, directories replaced by their .txt files. */
#ifndef FLONG_INPUT_PATHS_H
#define FLONG_INPUT_PATHS_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

typedef struct path {
    const char *name;  /* to open it */
    const char *label; /* to name it in ids and messages: valid UTF-8 */
    bool is_text;      /* one article of plain text, not lines of JSON */
} path;

/* Zero-initialised, it is empty. */
typedef struct paths {
    arena arena;
    path *items;
    size_t n, capacity;
    uint64_t bytes; /* of all files on the disk */
    bool has_pipe;  /* and of it none knows the size */
} paths;

/* A name in UTF-8, for ids and messages: file names are bytes, and where one is no UTF-8 its high bytes are written as
 * %XX. NULL when there is no memory. */
const char *label_make(arena *memory, const char *name);

/* Adds a file, "-", or a directory. FLONG_IO: it is not there or cannot be read. FLONG_INPUT: a directory
 * without a .txt file. */
flong_status paths_add(paths *self, const char *name, flong_error *error);
void paths_free(paths *self);

#endif
