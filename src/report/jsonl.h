/* A file of JSON lines that is read through once, and then line by line where it is wanted. */
#ifndef FLONG_REPORT_JSONL_H
#define FLONG_REPORT_JSONL_H

#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"
#include "input/json.h"

/* Where a line stands. */
typedef struct jsonl_place {
    uint64_t at; /* bytes */
    uint32_t n;
} jsonl_place;

/* Zero-initialised, it is closed. */
typedef struct jsonl {
    const char *path; /* borrowed */
    FILE *file, *again;
    buffer ahead; /* what was read of the file: from `start` on, lines that were not yet taken */
    size_t start;
    uint64_t at, number; /* where these stand in the file; of the line that was taken last, from 1 */
    json *json;          /* the line that was read last */
    buffer line;         /* one that was read again */
} jsonl;

/* Opens a file that is not compressed and can be read twice; FLONG_IO or FLONG_INPUT with its path. */
flong_status jsonl_open(jsonl *f, const char *path, flong_error *error);
void jsonl_close(jsonl *f);

/* Parses the next line; *found: there is one. FLONG_INPUT with file and line where it is no JSON object. */
flong_status jsonl_next(jsonl *f, jsonl_place *place, bool *found, flong_error *error);

/* Parses a line again. */
flong_status jsonl_again(jsonl *f, jsonl_place place, flong_error *error);

/* FLONG_INPUT for the line that jsonl_next read last. */
flong_status jsonl_bad(const jsonl *f, const char *why, flong_error *error);

/* The string at a path in the line; empty where there is none. */
flong_str jsonl_string(jsonl *f, const char *path);
/* The number, 0 where there is none. */
double jsonl_number(jsonl *f, const char *path);

#endif
