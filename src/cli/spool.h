/* Lines kept in a temporary file without a name in $TMPDIR: written, then read from the start. */
#ifndef FLONG_CLI_SPOOL_H
#define FLONG_CLI_SPOOL_H

#include "flong.h"

#include <stdbool.h>
#include <stdio.h>

/* Zero-initialised, it is closed. */
typedef struct spool {
    FILE *file;
    char *line; /* the one read last */
    size_t room;
} spool;

/* Says why not and returns false. */
bool spool_open(spool *out);
void spool_close(spool *self);

/* 1, or -1 on failure. A line may hold any bytes. */
int spool_write(spool *self, flong_str line, flong_error *error);
int spool_rewind(spool *self, flong_error *error);

/* 1 and the next line, borrowed until the next call; 0 at the end; -1 on failure. */
int spool_read(spool *self, flong_str *out, flong_error *error);

#endif
