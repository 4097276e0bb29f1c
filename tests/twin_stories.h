/* The slow twin of match/stories.h: every round compares all texts of all parts that are left. */
#ifndef FLONG_TESTS_TWIN_STORIES_H
#define FLONG_TESTS_TWIN_STORIES_H

#include <stddef.h>
#include <stdint.h>

#include "match/stories.h"

/* As story_parts, with similarities in [0, 1] in the place of likenesses. */
typedef struct twin_parts {
    size_t n_parts;
    const uint32_t *first;
    const double *similarity;
} twin_parts;

/* As stories_agglomerate. */
void twin_agglomerate(uint32_t *story, double *weakest, const twin_parts *parts);

#endif
