/* Files of articles, read as the index reads them: furniture learned from all of a file and marked, credits marked. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "text/article.h"

/* Told of one article, of the record it was read from and of its number in the file; both are borrowed. */
typedef void (*corpus_fn)(void *context, const article *a, const flong_record *record, size_t i);

/* Reads a file twice, first for its furniture. Whatever goes wrong ends the program with status 2 and a message.
 * Returns how many articles there are. */
size_t corpus_read(const char *path, corpus_fn take, void *context);

/* The same for the records alone; NULL at the end. */
flong_input *corpus_open(const char *path, const flong_input_options *options);
const flong_record *corpus_next(flong_input *input);

/* Ends the program for want of memory unless `done`. */
void corpus_need(bool done);

#endif
