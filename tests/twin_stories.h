/* The slow twin of match/stories.h: every round compares all texts of all parts that are left. */
#ifndef FLONG_TESTS_TWIN_STORIES_H
#define FLONG_TESTS_TWIN_STORIES_H

#include <stddef.h>
#include <stdint.h>

#include "match/stories.h"

/* As stories_agglomerate. */
void twin_agglomerate(uint32_t *story, double *weakest, const story_parts *parts);

#endif
