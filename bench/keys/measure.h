/* Recall of an archive's overlapping pairs and what it costs, setting by setting. */
#ifndef KEYS_MEASURE_H
#define KEYS_MEASURE_H

#include "keys.h"
#include "overlap.h"

enum { SETTINGS_MOST = 16, BINS = 20 };

/* Pairs, and how many of them each setting brings together. */
typedef struct bin {
    uint32_t pairs;
    uint32_t common[SETTINGS_MOST]; /* have a key in common */
    uint32_t met[SETTINGS_MOST];    /* are candidates: the index follows a key and keeps candidates only up to
                                       the limits bucket_links and max_candidates */
} bin;

typedef struct measured {
    char *name; /* for the caller to fill in */
    size_t n_articles, n_settings;
    uint64_t n_passed; /* overlap_list */
    setting settings[SETTINGS_MOST];
    struct cost {
        double keys, bytes, candidates; /* of an article, on the mean */
    } costs[SETTINGS_MOST];
    /* Articles that repeat an earlier one (by the Jaccard similarity that makes a reprint), and those of them that
     * have at least one such as a candidate: enough to find their text group. */
    uint32_t repeating, linked[SETTINGS_MOST];
    bin by_jaccard[BINS];   /* the i-th from i / BINS on */
    bin by_contained[BINS]; /* pairs that Jaccard similarity shows badly: under .3 */
    bin passages[1];        /* pairs of Jaccard under .15 with a run in common that makes an excerpt */
} measured;

/* Measures the archive in a file. Pairs within a site, which flong takes only as versions of one article, are
 * counted only when `within` is set. */
void measure(measured *out, const char *path, const setting *settings, size_t n, bool within);

#endif
