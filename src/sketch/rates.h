/* How rare terms are: by the background, and by what the corpus itself has shown so far.
 *
 * A corpus of a thousand articles begins to know its own jargon better than the background; before that its own counts
 * would take its events for jargon. It is otherwise with articles in a language that the background lacks, told by
 * their many unknown terms: these are counted by themselves and from the first one on, so that the function words of
 * such a language are soon taken for what they are.
 *
 * Counts are kept in a bounded table (lossy counting: Manku, Motwani 2002). A batch of articles is learned before it is
 * rated. A sketch is never made anew when rates have changed: it stays comparable, as vectors of unit length differ only
 * by the terms whose rarity has changed. */
#ifndef FLONG_SKETCH_RATES_H
#define FLONG_SKETCH_RATES_H

#include "base/memory.h"
#include "text/terms.h"

/* Opaque. One thread changes it at a time; while none does, all may ask. */
typedef struct rates rates;

rates *rates_new(void); /* NULL when there is no memory */
void rates_free(rates *r);

/* Whether the terms of an article are of a language that the background knows. */
bool rates_familiar(const term *terms, size_t n);

/* Counts the terms of one more article. False when there is no memory. */
bool rates_learn(rates *r, const term *terms, size_t n);

/* ln(articles / articles with the term), for a term of an article that is familiar or not: how much it says of what
 * the article is about. `r` may be NULL: the background alone. */
float rates_idf(const rates *r, uint64_t hash, bool familiar);

/* The same for n terms of one article. */
void rates_idfs(float *out, const rates *r, const term *terms, size_t n, bool familiar);

/* Whether anything was learned since the last save or load. */
bool rates_changed(const rates *r);

/* Appends all as bytes; fills an empty one from them. What is saved and loaded goes on exactly as what was only
 * saved. False when there is no memory, or (load) when the bytes are damaged or were made with another background;
 * what was half loaded can only be freed. */
bool rates_save(rates *r, buffer *out);
bool rates_load(rates *r, const void *bytes, size_t n);

/* Whether rates_load failed for want of memory. */
bool rates_starved(const rates *r);

#endif
