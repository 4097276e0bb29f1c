/* The bytes of a file, or of an entry of an archive, decompressed. gzip, zstd, xz and bzip2 (with concatenated members
 * and frames) are told by their first bytes, never by the name. */
#ifndef FLONG_INPUT_STREAM_H
#define FLONG_INPUT_STREAM_H

#include <stdbool.h>

#include "flong.h"

/* One reader, used for one file after another so that its buffers and codecs are kept. */
typedef struct stream stream;

/* NULL when there is no memory. */
stream *stream_new(void);
void stream_free(stream *self);

/* Opens path, "-" being standard input; what was open is shut. FLONG_IO. No text of an error names the file. */
flong_status stream_open(stream *self, const char *path, flong_error *error);

/* Up to n bytes (n > 0) of something that is no file; *got is 0 at the end. */
typedef flong_status (*stream_source_fn)(void *context, size_t *got, void *out, size_t n, flong_error *error);

/* Opens what the source gives. */
flong_status stream_open_source(stream *self, stream_source_fn source, void *context, flong_error *error);
void stream_shut(stream *self);

enum { STREAM_PEEK = 4096 };

/* The first bytes, decompressed: STREAM_PEEK of them, or all, or what there is when a first line that begins with '{'
 * has come: whoever types JSON lines waits for answers. Before any stream_read; borrowed until then. */
flong_status stream_peek(stream *self, flong_str *out, flong_error *error);

/* Up to n decompressed bytes (n > 0), as many as are there at once; *got is 0 at the end.
 * FLONG_IO: reading failed. FLONG_INPUT: the compressed data is damaged or cut short, told after
 * all that could be decompressed was handed out. */
flong_status stream_read(stream *self, size_t *got, char *out, size_t n, flong_error *error);

/* Whether bytes may be long in coming: it is a pipe or a terminal. */
bool stream_is_slow(const stream *self);

/* The open file where it is one that is not compressed and can be read at any place, else -1. It stands at its beginning,
 * and the stream itself gives no more. The stream shuts it; what is read of it is for the caller to count. */
int stream_detach(stream *self);

/* Bytes of all files so far that were read and used, as they lie on the disk. Bytes of sources do not count. */
uint64_t stream_taken(const stream *self);

/* Counts bytes of the file that stream_detach gave. */
void stream_take(stream *self, uint64_t n);

#endif
