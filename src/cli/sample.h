/* A part of the input, taken at places spread over its files, in a temporary file of lines. */
#ifndef FLONG_CLI_SAMPLE_H
#define FLONG_CLI_SAMPLE_H

#include "options.h"

#include <stdint.h>
#include <stdio.h>

typedef struct sample {
    char folder[4096]; /* a temporary one, that nobody else can read; empty: there is none */
    char path[4112];   /* of the file in it */
    FILE *file;
    uint64_t lines, bytes; /* taken */
    unsigned places;       /* at which they stood */
    /* Of the whole input, as the sample lets expect: lines with articles, how far that may be off, bytes of text. */
    double all_lines, all_lines_off, all_bytes;
} sample;

/* Takes `lines` lines, or `bytes` bytes where that is less, from the files that were asked for. A folder or compressed
 * file is read from its beginning, a plain one at any place. Says why not and returns false. */
bool sample_take(sample *out, const options *asked, uint64_t lines, uint64_t bytes);

/* Removes the file and the folder, which holds nothing else by now; the numbers stay. */
void sample_close(sample *self);

#endif
