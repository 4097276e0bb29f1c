/* Spans: where two texts run together. Runs of shared shingles are the seeds; runs that follow one another in
 * both texts with small gaps are chained, so that a span goes on over changed words (seed and chain, as in
 * minimap2, Li 2018; what alignment over tokens gives, in memory linear in the seeds). */
#ifndef FLONG_MATCH_SPANS_H
#define FLONG_MATCH_SPANS_H

#include "match/sharing.h"

/* Places among the kept tokens of both texts: [begin, end) of a and of b. */
typedef struct span {
    uint32_t a_begin, a_end, b_begin, b_end;
    uint32_t matched; /* tokens that both have */
} span;

/* Spans as bytes to be stored, at most SPAN_BYTES each, and back. span_flip and `flip` exchange a and b. Unpacking returns
 * how many, 0 when the bytes are damaged. */
enum { SPAN_BYTES = 5 * 5 };
span span_flip(span s);
size_t spans_pack(unsigned char *out, const span *spans, size_t n, bool flip);
size_t spans_unpack(span *out, size_t most, const void *bytes, size_t n);

/* Scratch. Zero-initialised, it is ready. */
typedef struct chainer {
    span *seeds;
    struct chain_link *links;
    size_t capacity, links_capacity;
} chainer;

void chainer_free(chainer *c);

/* Places at which the texts begin, behind their titles. */
typedef struct seams {
    uint32_t a, b;
} seams;

/* Finds spans from n runs, of shingles of w tokens. Writes at most `most` spans, the ones with most matched tokens
 * first; no two share a token of a. *n_out is how many. False when there is no memory.
 *
 * A span goes over a seam only where it goes over both: a headline and a lead that stand in another text one
 * behind the other are that text's teaser of the story, and two spans. */
bool spans_find(chainer *c, span *out, size_t most, size_t *n_out, const shared_run *runs, size_t n,
                uint32_t w, seams at);

#endif
