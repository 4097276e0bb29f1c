/* A case run several times, `wc -w` on the same file before each time. */
#ifndef SPEED_ROUNDS_H
#define SPEED_ROUNDS_H

#include "cases.h"

/* One run over all articles of s->file; adds its time to *out. */
typedef void (*round_fn)(const setup *s, void *context, timing *out);

/* Runs it s->runs times. The figure is the time of an article in microseconds, beside that of wc, and is not printed
 * yet. */
figure rounds_measure(const setup *s, const char *name, round_fn fn, void *context);

#endif
