/* What is known of the first articles of text groups for comparing what they tell: those of recent batches are still
 * there, older ones are read from the store. */
#ifndef FLONG_FLOW_SKETCHES_H
#define FLONG_FLOW_SKETCHES_H

#include "index/rows.h"
#include "match/series.h"
#include "sketch/story.h"

typedef struct sketch {
    series_mark mark;
    story_sketch story;
} sketch;

/* A cache of sketches by article number; opaque. */
typedef struct sketches sketches;

sketches *sketches_new(store *s);
void sketches_free(sketches *k);
void sketches_clear(sketches *k);

/* Sets how many bytes the sketches may take, 700 each; 0 at first. Trimming lets the oldest go until no more are in
 * use. */
void sketches_limit(sketches *k, size_t budget);
void sketches_trim(sketches *k);

/* Takes over a sketch, allocated with mem_new; false when there is no memory (it is freed then). */
bool sketches_put(sketches *k, uint64_t no, sketch *made);

/* The sketch to be had without reading, or NULL. Valid until sketches_trim. */
const sketch *sketches_peek(const sketches *k, uint64_t no);

/* The sketch of an article, read from the store if need be; *out is NULL where it has none. */
flong_status sketches_get(sketches *k, const sketch **out, uint64_t no, flong_error *error);

/* Writes a sketch to the store. */
flong_status sketches_write(sketches *k, uint64_t no, const sketch *made, flong_error *error);

#endif
