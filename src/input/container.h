/* The files in a tar or zip archive, read by libarchive one after another. */
#ifndef FLONG_INPUT_CONTAINER_H
#define FLONG_INPUT_CONTAINER_H

#include "input/stream.h"

typedef struct container container;

/* Whether bytes that begin so are an archive. */
bool container_is(flong_str head);

/* Opens what the stream, from which nothing was read but stream_peek, holds. The stream must be open as long. FLONG_INPUT,
 * FLONG_NOMEM. */
flong_status container_open(container **out, stream *from, flong_error *error);
void container_close(container *self);

/* Goes to the next entry; *name is NULL at the end, else borrowed until the next call. *is_file: it is not a folder, a
 * link or the like. FLONG_INPUT: the archive is damaged from here on. What was told of by container_read is not told
 * again: it is the end. */
flong_status container_next(container *self, const char **name, bool *is_file, flong_error *error);

/* A stream_source_fn of the entry, whose context is a container. FLONG_INPUT: the entry cannot be read. */
flong_status container_read(void *self, size_t *got, void *out, size_t n, flong_error *error);

#endif
