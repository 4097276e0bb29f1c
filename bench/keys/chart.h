/* The recall curves as a picture. */
#ifndef KEYS_CHART_H
#define KEYS_CHART_H

#include <stdio.h>

#include "measure.h"

/* The settings that are drawn come first: bands, passage keys, both. */
enum { CHART_BANDS, CHART_PASSAGES, CHART_BOTH, CHART_SETTINGS };

/* Writes an SVG with two panels for each of n archives: recall by Jaccard similarity, and by containment. */
void chart_write(FILE *to, const measured *archives, size_t n);

#endif
