/* Spans of a pair as the caller sees them. */
#ifndef FLONG_FLOW_PAIRS_H
#define FLONG_FLOW_PAIRS_H

#include "flow/index.h"

/* Whether a pair of articles of these sites is of versions of one article. */
int pair_is_version(flong_str site_a, flong_str site_b);

/* Copies n <= SPANS_MOST spans in characters; returns n. */
size_t spans_show(flong_span *out, const span *spans, size_t n);

#endif
