/* The slow twins of sketch/story.h. */
#ifndef FLONG_TESTS_TWIN_STORY_H
#define FLONG_TESTS_TWIN_STORY_H

#include "sketch/story.h"

/* The sketch of terms: all of them weighed one by one and sorted by weight, then the heaviest by hash. */
void twin_sketch(story_sketch *out, const term *terms, size_t n, const rates *r);

/* The cosine: each term of one sketch looked for in all of the other. */
double twin_cosine(const story_sketch *a, const story_sketch *b);

#endif
