/* A number of 32 bits, or a pointer, for each of many articles, by article number: pieces for as many articles as lie side by
 * side, so that one takes hardly more than its value where all are known, and numbers far apart do no harm. */
#ifndef FLONG_FLOW_NUMBERED_H
#define FLONG_FLOW_NUMBERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct numbered_piece {
    uint64_t number_plus_1; /* of the piece; 0: a free place */
    void *values;
} numbered_piece;

/* Zero-initialised but for the size of a value, nothing is known. */
typedef struct numbered {
    size_t size;            /* of a value, in bytes */
    numbered_piece *pieces; /* open addressing */
    size_t n, n_places;
} numbered;

void numbered_clear(numbered *all);

/* The value of an article; NULL: it and its neighbours have none. It stays where it is. */
void *numbered_find(const numbered *all, uint64_t no);

/* The same, made where there is none, zeroed; NULL when there is no memory. */
void *numbered_make(numbered *all, uint64_t no);

/* All values in pieces, in no order; NULL at the end. *first is the number of the piece's first value. *at begins as 0. */
enum { NUMBERED_PIECE = 1024 };
void *numbered_next(const numbered *all, size_t *at, uint64_t *first);

#endif
