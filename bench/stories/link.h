/* Average link: from single articles, the two groups whose members are the most similar on the mean are merged,
 * again and again. */
#ifndef STORIES_LINK_H
#define STORIES_LINK_H

#include <stddef.h>
#include <stdint.h>

typedef struct merge {
    size_t into, from; /* groups, named by their first articles */
    double similarity; /* never above that of the merge before */
} merge;

/* Writes the n - 1 merges of n articles with these n * n similarities, which are overwritten. */
void link_average(merge *out, double *similarity, size_t n);

/* Writes each article's group when only merges from this similarity on are done. */
void link_cut(uint64_t *groups, const merge *merges, size_t n, double least);

#endif
