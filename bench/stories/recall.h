/* What story keys find, against comparing all pairs. */
#ifndef STORIES_RECALL_H
#define STORIES_RECALL_H

#include "set.h"

/* Prints the share of all pairs from a similarity on that meet by keys, and what that costs. */
void recall_print(const story_set *set);

#endif
