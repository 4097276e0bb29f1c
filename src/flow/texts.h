/* Bodies of articles for verification: those of recent batches are still there, older ones are made again
 * from their stored text. */
#ifndef FLONG_FLOW_TEXTS_H
#define FLONG_FLOW_TEXTS_H

#include "base/parallel.h"
#include "flow/worker.h"

/* A cache of bodies by article number; opaque. */
typedef struct texts texts;

texts *texts_new(store *s);
void texts_free(texts *t);
void texts_clear(texts *t);

/* Bodies to be had without reading, NULL where there is none. Valid until texts_trim. */
const text_body *texts_peek(const texts *t, uint64_t no);

/* Takes over a body; false when there is no memory (the body is freed then). */
bool texts_put(texts *t, uint64_t no, text_body *body);

/* The body of an article, read from the store if need be. */
flong_status texts_get(texts *t, const text_body **out, const bodies *b, worker *w, uint64_t no,
                       flong_error *error);

/* Reads the bodies of n articles that are not there yet, in parallel. */
flong_status texts_fetch(texts *t, const bodies *b, pool *threads, worker *workers, const uint64_t *numbers,
                         size_t n, flong_error *error);

/* Sets how many bytes the bodies may take: 10 KB for an article of 600 words. 0 at first. */
void texts_limit(texts *t, size_t budget);

/* Lets the oldest go until no more than that is in use. */
void texts_trim(texts *t);

#endif
