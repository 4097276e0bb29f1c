/* Spans of a pair as the caller sees them. */
#ifndef FLONG_FLOW_PAIRS_H
#define FLONG_FLOW_PAIRS_H

#include "flow/index.h"

/* Copies n <= SPANS_MOST spans in characters; returns n. */
size_t spans_show(flong_span *out, const span *spans, size_t n);

#endif
