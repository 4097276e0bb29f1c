/* An output file that is there whole or not at all: written under a temporary name beside the
 * target and renamed when it is complete. Standard output and devices are written directly. */
#ifndef FLONG_CLI_OUTPUT_H
#define FLONG_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Zero-initialised, it is closed. */
typedef struct output {
    FILE *file;       /* NULL: closed */
    const char *name; /* for messages */
    char *target;     /* what the temporary file becomes; NULL: written directly */
    char *temporary;
    int error; /* errno of the first write that failed, or 0 */
} output;

/* Opens path; NULL and "-" are standard output. Says why not and returns false. */
bool output_open(output *out, const char *path);

/* A flong_write_fn whose context is an output: stops when a write fails or the user asks to. */
int output_write(void *context, const char *bytes, size_t n);

/* Whether no write failed so far; says what went wrong when one did. */
bool output_good(const output *out);

/* Completes two files, the second of which may be closed or NULL, and closes them: both or, when any write
 * failed, neither, which it tells. */
bool output_finish(output *first, output *second);

/* The same of n files. */
bool output_finish_all(output *const *list, size_t n);

/* The same of n files. */
bool outputs_complete(output *all, size_t n);

/* Closes and leaves nothing behind, the target as it was. Nothing when it is closed. */
void output_discard(output *out);

#endif
