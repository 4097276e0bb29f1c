/* Text groups: articles that carry one text. An article joins a group when it holds, on the mean, against
 * the group's representatives (average link against a bounded sample), not because one neighbour passes a
 * threshold; so groups do not chain, and none costs more than its few representatives, however large.
 *
 * Articles are placed one after the other in order of arrival, and a place depends only on what came
 * before: the same articles in the same order always make the same groups. */
#ifndef FLONG_MATCH_GROUP_H
#define FLONG_MATCH_GROUP_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

/* Eight versions tell a text from its neighbours; a ninth adds nothing that was measurable. */
enum { GROUP_REPRESENTATIVES = 8 };

typedef struct text_group {
    uint64_t first; /* article that arrived first and names the group */
    uint64_t size;
    uint32_t n_representatives;
    uint64_t representatives[GROUP_REPRESENTATIVES]; /* ascending */
    double weakest; /* least mean hold with which a member was let in; 1 for one member */
} text_group;

/* A group of one article. */
text_group text_group_of(uint64_t article);

/* Scores two articles, which may be the same one; false on failure. */
typedef bool (*group_score_fn)(void *context, flong_score *out, uint64_t a, uint64_t b);

/* Mean hold of an article on the representatives: of a pair, the share of the shorter text that stands in
 * the longer one (score_contained). Also says whether it is unlike all of them, and so
 * worth being one itself. */
bool group_admits(double *mean, bool *unlike, const text_group *group, uint64_t article, group_score_fn score,
                  void *context);

/* Mean hold of the representatives of one group on those of another. */
bool group_bridge(double *mean, const text_group *a, const text_group *b, group_score_fn score,
                  void *context);

/* Lets an article in; merges b, which came later, into a. */
void group_join(text_group *group, uint64_t article, double mean, bool unlike);
void group_merge(text_group *a, const text_group *b, double mean);

#endif
