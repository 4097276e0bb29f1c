/* What flong-score prints, and the figures that thresholds may be set on. */
#ifndef SCORE_REPORT_H
#define SCORE_REPORT_H

#include "articles.h"
#include "figures.h"

typedef struct report {
    figures text, story;
    uint64_t articles, missing;
    uint64_t excerpts, excerpts_found;
    uint64_t rewrites, rewrites_found;
    uint64_t pairs, false_pairs, near_pairs;
    uint64_t stubs, stubs_grouped;
} report;

/* Figures of the groups, with and without the truth of flong-generate; printed. */
void report_groups(report *r, const articles *a);
void report_gold(report *r, const articles *a);
/* Figures of a file of pairs, printed. Marks excerpts that were found. */
void report_pairs(report *r, articles *a, const char *path);

#endif
