/* Spans of a pair as the caller sees them. */
#ifndef FLONG_FLOW_PAIRS_H
#define FLONG_FLOW_PAIRS_H

#include "flow/view.h"

/* Turns n <= SPANS_MOST spans of kept tokens into places in the two texts; returns how many are left when
 * what lies in titles is left out. */
size_t spans_show(flong_span *out, const article_view *a, const article_view *b, const span *spans, size_t n);

#endif
