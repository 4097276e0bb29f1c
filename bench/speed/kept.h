/* Indexes in files, through the library's public interface alone. */
#ifndef SPEED_KEPT_H
#define SPEED_KEPT_H

#include "setup.h"

/* The first records of a file, so many of them at most. */
typedef struct slice {
    flong_input *input;
    uint64_t left;
} slice;
void slice_open(slice *out, const char *file, uint64_t n);
void slice_close(slice *s);
/* Reads the next record, NULL at the end; borrowed until the next call. */
const flong_record *slice_next(slice *s);
/* A flong_source_fn, its context being a slice. */
int slice_source(void *context, flong_record *out, flong_error *error);

/* Adds the records of a slice with so many threads (0: all cores), and closes the slice. */
void slice_add(slice *s, flong_index *index, unsigned threads);

/* The articles that are matched, the last ones of the file. */
void kept_queries(const setup *s, slice *out);

flong_index *kept_open(const char *path, unsigned flags);
/* The path of an index of the first n articles of the file, made on first use and left there for other cases; and of one
 * of all but those that are matched. */
const char *kept_index(const setup *s, uint64_t n);
const char *kept_others(const setup *s);
void kept_copy(const char *from, const char *to);
/* Deletes an index. */
void kept_remove(const char *path);

#endif
