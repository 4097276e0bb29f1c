/* How well a result fits what is known of the articles. */
#ifndef SPEED_ACCURACY_H
#define SPEED_ACCURACY_H

#include "setup.h"

/* Fills recall and precision of a figure, as far as they can be known, from what `flong cluster` wrote to the file
 * `groups`: with a truth pairs in one text group, as flong-score counts them; with a list of all overlapping pairs the
 * share of those of two sites with a Jaccard of .5 or more that are in one text group. */
void accuracy_add(figure *f, const setup *s, const char *groups);

#endif
