/* Puts articles into text groups: match/group.h decides, this holds the groups and writes them. */
#ifndef FLONG_FLOW_GROUPING_H
#define FLONG_FLOW_GROUPING_H

#include "index/rows.h"
#include "match/group.h"

/* The groups that were touched since the last clear; opaque. */
typedef struct grouping grouping;

grouping *grouping_new(store *s);
void grouping_free(grouping *g);
/* Forgets what is held in memory. */
void grouping_clear(grouping *g);

/* Scores two articles on behalf of the caller. */
typedef flong_status (*grouping_score_fn)(void *context, flong_score *out, uint64_t a, uint64_t b,
                                          flong_error *error);

/* Places one article, which is in no group yet, given the earlier articles of its text that it is paired
 * with. */
flong_status grouping_place(grouping *g, uint64_t article, const uint64_t *partners, size_t n,
                            grouping_score_fn score, void *context, flong_error *error);

/* The group that an article is in: the number of its first article. */
flong_status grouping_of(grouping *g, uint64_t *text_no, uint64_t article, flong_error *error);

/* Groups of two or more that are held in memory. */
uint64_t grouping_count(const grouping *g);

/* Says that an article is in no group, and that a group is no more, so that its members can be placed
 * again. */
flong_status grouping_forget(grouping *g, uint64_t article, flong_error *error);
flong_status grouping_dissolve(grouping *g, uint64_t text_no, flong_error *error);

/* Writes groups and merges that changed since the last call. Articles of a batch that are not in the
 * store yet take their text_no from grouping_of. */
/* The merges that are not yet written, in their order; another return than FLONG_OK stops and is returned. */
typedef flong_status (*grouping_merge_fn)(void *context, uint64_t gone, uint64_t into, flong_error *error);
flong_status grouping_each_merge(const grouping *g, grouping_merge_fn fn, void *context, flong_error *error);

flong_status grouping_write(grouping *g, flong_error *error);

#endif
