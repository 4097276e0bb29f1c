/* Which articles of an archive overlap, and how far: found through all their shingles, without an index's keys. */
#ifndef KEYS_OVERLAP_H
#define KEYS_OVERLAP_H

#include "archive.h"

/* Articles are places in the archive; b arrived before a. The shares are those of the distinct shingles that are
 * left without furniture, headlines included. */
typedef struct overlap {
    uint32_t a, b;
    double jaccard;
    double contained; /* share of the shorter text that stands in the longer one */
    uint32_t run;     /* tokens in the longest run that both have; 0 when it is too short for an excerpt */
} overlap;

typedef struct overlap_list {
    overlap *pairs; /* by a */
    size_t n, capacity;
    uint64_t n_passed; /* shingles that lead to no pair */
} overlap_list;

/* A shingle in more articles leads to no pair: pairs that have little else in common can be missing. */
enum { OVERLAP_ARTICLES = 2000 };

/* All pairs of articles that share at least a twentieth of the shorter text. Articles too short for other keys
 * than that of their identity are in none. */
void overlaps_find(overlap_list *out, archive *a);
void overlaps_free(overlap_list *list);

/* Distinct shingles that both have, of the body that `x` is set against and y. */
uint32_t shingles_shared(sharing *x, const text_body *y);

/* Their share of those in either. */
double shingles_jaccard(sharing *x, const text_body *y);

#endif
