/* An archive of articles as the index keeps them, for measuring. Whatever fails ends the program with status 2
 * and a message. */
#ifndef KEYS_ARCHIVE_H
#define KEYS_ARCHIVE_H

#include "flow/index.h"

/* Ends the program unless a call gave FLONG_OK. */
void check(flong_status status, const flong_error *error);

/* The memory, or the end of the program where there is none. */
void *needed(void *memory);

typedef struct archive {
    flong_index *index;
    uint64_t *numbers; /* of the articles in the index; those that a later one replaced are left out */
    size_t n, capacity;
    const text_body **bodies; /* without furniture; borrowed from the index */
} archive;

/* Reads a file into a temporary index with the default parameters. */
void archive_open(archive *a, const char *path);
void archive_close(archive *a);

/* Reads the i-th article as the index keeps it, furniture marked. Valid until the next call. */
const article *archive_article(archive *a, size_t i);

#endif
