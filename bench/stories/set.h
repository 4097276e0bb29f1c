/* Articles as story sketches, with the events they are labelled with. */
#ifndef STORIES_SET_H
#define STORIES_SET_H

#include "match/series.h"
#include "sketch/story.h"

typedef struct story_article {
    story_sketch sketch;
    const term *terms; /* while the set is read */
    size_t n_terms;
    int64_t published;
    series_mark mark;
    uint64_t event; /* hash of its label; 0: none */
    int half;       /* 0 or 1: events of one topic are in the same half */
} story_article;

typedef struct story_set {
    story_article *p;
    size_t n, capacity;
    double reading, learning, sketching; /* seconds: terms, rates, sketches */
} story_set;

/* Reads a file with these factors; `labelled`: all its articles have the field "cluster". */
void set_read(story_set *set, const char *path, bool labelled, const terms_factors *factors);
void set_free(story_set *set);

double seconds_now(void); /* of this program on a processor */

#endif
