/* A file for what a temporary index keeps out of memory: bytes are put at its end and read back by their place. It has no
 * name, lies in $TMPDIR, and is made when there is too much for its buffer. Used by one thread at a time. */
#ifndef FLONG_INDEX_SCRATCH_H
#define FLONG_INDEX_SCRATCH_H

#include "base/error.h"
#include "base/memory.h"

typedef struct scratch_file scratch_file; /* opaque */

/* NULL when there is no memory. */
scratch_file *scratch_new(void);
void scratch_close(scratch_file *f);

/* Room for n bytes that are to be put at the end, until the next call; NULL on failure. What is written there is put by
 * scratch_put, which returns its place. */
void *scratch_room(scratch_file *f, size_t n, flong_error *error);
uint64_t scratch_put(scratch_file *f, size_t n);

/* Overwrites n bytes that were put. */
flong_status scratch_replace(scratch_file *f, uint64_t place, const void *bytes, size_t n,
                             flong_error *error);

/* How many bytes were put. */
uint64_t scratch_size(const scratch_file *f);

/* A part of the file as it was read last. Zero-initialised, there is none. */
typedef struct scratch_window {
    buffer bytes;
    uint64_t place;
} scratch_window;

void scratch_window_free(scratch_window *w);

/* The n bytes at a place, borrowed until the window is used again; NULL on failure: FLONG_DAMAGED where so many were not
 * put. When they are not in the window, `ahead` bytes are read, or up to the end, if that is more. A window is only good
 * for places that are not replaced meanwhile. */
const void *scratch_get(scratch_file *f, scratch_window *w, uint64_t place, size_t n, size_t ahead,
                        flong_error *error);

#endif
