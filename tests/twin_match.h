/* The slow twin of match/verify.h: sets as lists, and the longest common run by comparing all places. */
#ifndef FLONG_TESTS_TWIN_MATCH_H
#define FLONG_TESTS_TWIN_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flong.h"

/* Kept tokens, the first n_title of which are the title's. */
typedef struct twin_article {
    const uint64_t *tokens;
    size_t n, n_title;
} twin_article;

/* The overlap of two articles of different sites, of which nothing is furniture or quotation: identical, reprint
 * or none. Whether what is none of these is an excerpt, the longest run tells only in part (match/spans.h). */
flong_score twin_verify(const twin_article *a, const twin_article *b, const flong_params *params);

/* Tokens in the longest run that both have, without regard to shingles. */
uint32_t twin_longest_run(const twin_article *a, const twin_article *b);

#endif
