/* What the work takes, measured: articles are indexed and reported into nothing. */
#ifndef FLONG_CLI_MEASURE_H
#define FLONG_CLI_MEASURE_H

#include "options.h"

#include <stdint.h>

typedef struct measure {
    double articles, text_bytes, pairs; /* text_bytes: of the files, uncompressed */
    double index_bytes;
    double add_seconds, report_seconds;
    double memory_first,
        memory;   /* the most bytes in use after the first full batch, if there was one, and at the end */
    double first; /* articles of that batch; 0: there was none */
} measure;

/* Indexes n files in a new index at `index`, or NULL: a temporary one. Says why not and returns false. */
bool measure_take(measure *out, const options *asked, const char *const *paths, size_t n, const char *index);

#endif
