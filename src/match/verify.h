/* The verdict on a pair: overlap of the two shingle sets, and the longest run that both have. */
#ifndef FLONG_MATCH_VERIFY_H
#define FLONG_MATCH_VERIFY_H

#include <stdbool.h>

#include "flong.h"
#include "match/spans.h"

enum { SPANS_MOST = 16 }; /* spans kept of a pair */

/* Scratch of one thread, and the body that others are compared with. Zero-initialised, it is ready. */
typedef struct verifier {
    sharing sharing;
    chainer chainer;
    span spans[SPANS_MOST]; /* of the pair compared last, most matched tokens first */
    size_t n_spans;
} verifier;

void verifier_free(verifier *v);

/* Asks for a body that is soon to be compared, so that it is in the processor's cache then. */
void verify_prefetch(const text_body *body);

/* Sets the body that the next calls compare with; borrowed until then. False when there is no memory. */
bool verify_against(verifier *v, const text_body *a);

/* A headline is what a reprint changes first: shingles of a title count where the other article has them, and
 * do not count against it where it has not. */

/* Stubs of one site are paired only when they are identical, stubs of two sites when they are alike as a whole, and
 * no excerpt is taken from a stub: what else is alike in them says nothing. */

/* Overlap alone: the relation is identical or none, and the longest run is not looked for. False when there is
 * no memory. */
bool verify_overlap(verifier *v, flong_score *out, const text_body *b, const flong_params *params);

/* The verdict on the pair; v->spans says where the two run together. A rejected pair's spans and longest run are
 * known only where they could have made an excerpt. False when there is no memory.
 *
 * An excerpt is a span of params->excerpt_run matched tokens, half as many of which stand in one stretch, in both,
 * outside asides, voices and captions and what the site had before: what two reporters took from one speech is no
 * excerpt of either, and neither is a form that two sites have. For the same reason a reprint says in the other article
 * half of what it says in its own words, as that one's own, and not less than an excerpt would; where the two are alike
 * as a whole (params->reprint_jaccard), a quarter. Articles of one site are never excerpts of one another: what they
 * share is mostly the day's teasers and listings (passim leaves out reuse within a series for the same reason). And
 * they are reprints only when they are versions of one article: when they have one url, or the lead of one, in its own
 * words, stands in the other and the titles have words in common; pages that show the same listings have not. */
bool verify_pair(verifier *v, flong_score *out, const text_body *b, const flong_params *params);

/* The spans of the pair compared last in characters of the two texts, in place of tokens; what lies in titles is
 * left out. Returns how many. */
size_t verify_characters(const verifier *v, span *out, const text_body *b);

/* The larger of the two containments: how far the shorter text stands in the longer one. */
double score_contained(const flong_score *score);

/* The same pair seen from the other side. */
flong_score score_flip(flong_score score);

/* Order of matches: negative when x is the better one; 0 when nothing tells them apart. */
int score_compare(const flong_score *x, const flong_score *y);

#endif
