/* The input of a command: opened, counted, its bad lines told. */
#ifndef FLONG_CLI_READING_H
#define FLONG_CLI_READING_H

#include "options.h"
#include "spool.h"

#include <stdatomic.h>

/* What is known of the input so far; may be read by another thread than the one that reads. */
typedef struct reading_counts {
    _Atomic uint64_t records, bytes, bytes_total, text_bytes;
} reading_counts;

/* Zero-initialised, it is closed. */
typedef struct reading {
    flong_input *input;
    reading_counts counts;
    uint64_t bad; /* told to us; the first few were told on */
    uint64_t odd; /* likewise, what is wrong in a file and costs no article */
    bool quiet;   /* what is only for information is not told */
    spool *spool; /* takes every raw line, when not NULL */
} reading;

/* Opens the n paths; none: standard input. `silent`: bad lines are neither told nor fatal, for the
 * second pass over the same files. */
flong_status reading_open(reading *in, const options *asked, const char *const *paths, size_t n, bool silent,
                          flong_error *error);
void reading_close(reading *in);

/* A flong_source_fn whose context is a reading. The input ends early when the user asks to stop. */
int reading_next(void *context, flong_record *out, flong_error *error);

/* Says how many lines were skipped, pages left out and how many dates were not understood. When it all was read,
 * `complete`, and there was no article, says so and returns false. */
bool reading_conclude(const reading *in, bool complete);

#endif
