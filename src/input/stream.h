/* The bytes of a file, decompressed. gzip (with concatenated members) and zstd (with concatenated
 * frames) are told by their first bytes, never by the name. */
#ifndef FLONG_INPUT_STREAM_H
#define FLONG_INPUT_STREAM_H

#include "flong.h"

/* One reader, used for one file after another so that its buffers and codecs are kept. */
typedef struct stream stream;

/* NULL when there is no memory. */
stream *stream_new(void);
void stream_free(stream *self);

/* Opens path, "-" being standard input; what was open is shut. FLONG_IO with the path. */
flong_status stream_open(stream *self, const char *path, flong_error *error);
void stream_shut(stream *self);

/* Up to n decompressed bytes (n > 0), as many as are there at once; *got is 0 at the end.
 * FLONG_IO: reading failed. FLONG_INPUT: the compressed data is damaged or cut short, told after
 * all that could be decompressed was handed out; the text does not name the file. */
flong_status stream_read(stream *self, size_t *got, char *out, size_t n, flong_error *error);

/* Bytes taken from all files so far, as they lie on the disk. */
uint64_t stream_taken(const stream *self);

#endif
