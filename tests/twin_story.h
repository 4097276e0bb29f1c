/* The slow twin of story_cosine: each term of one sketch looked for in all of the other. */
#ifndef FLONG_TESTS_TWIN_STORY_H
#define FLONG_TESTS_TWIN_STORY_H

#include "sketch/story.h"

double twin_cosine(const story_sketch *a, const story_sketch *b);

#endif
