/* The verdict on a pair: overlap of the two shingle sets, and the longest run that both have. */
#ifndef FLONG_MATCH_VERIFY_H
#define FLONG_MATCH_VERIFY_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"
#include "match/spans.h"
#include "text/title.h"

/* What verification needs of an article. A shingle is known here by the upper half of its hash: two
 * articles of 400 shingles share one by chance once in 27,000 pairs. */
typedef struct text_body {
    uint64_t whole_hash; /* of the text's tokens, furniture included; 0: there are none */
    uint64_t kept_hash;  /* of the text's kept tokens */
    uint64_t site_hash;  /* of its site's domain; 0: none is known */
    uint64_t url_hash;   /* 0: no url is known */
    bool stub;           /* nothing but furniture */
    title_words title;
    uint32_t n_tokens;                     /* kept ones, with the title's */
    uint32_t n_title;                      /* shingles that begin in the title; their places come first */
    uint32_t n_distinct, n_title_distinct; /* without repeats: all, and those first seen in the title */
    uint32_t n_places;                     /* shingles with repeats: entries of `places` */
    uint64_t places[]; /* hash in the upper half, place in the lower; ascending hashes. Behind them what
                            text_body_tokens gives */
} text_body;

/* Where a kept token stands in the text, in characters; nowhere for one of the title. */
typedef struct text_place {
    uint32_t begin; /* TEXT_NOWHERE: in the title */
    uint16_t length;
    uint16_t aside; /* what it stands in, TOKEN_UNSURE of text/aside.h; 0: nothing */
} text_place;
#define TEXT_NOWHERE UINT32_MAX

/* A body from n shingles in reading order, the first n_title of which begin in the title, of n_tokens tokens;
 * its hashes are still to be filled in. Freed with mem_free. `scratch` has room for n. NULL when there is no
 * memory. */
text_body *text_body_new(uint64_t *scratch, const uint64_t *shingles, size_t n, size_t n_title,
                         size_t n_tokens);

/* The n_tokens kept tokens' places, for filling in and reading. */
text_place *text_body_tokens(text_body *body);

/* Bytes that a body takes. */
size_t text_body_size(const text_body *body);

enum { SPANS_MOST = 16 }; /* spans kept of a pair */

/* Scratch of one thread, and the body that others are compared with. Zero-initialised, it is ready. */
typedef struct verifier {
    const text_body *a;
    uint64_t *slots; /* a's shingles as a hash table: hash in the upper half, index in a->places + 1 */
    size_t n_slots, slots_capacity;
    uint64_t *hits; /* shingles that both have: index in a->places, index in b->places */
    uint32_t n_hits;
    size_t hits_capacity;
    uint64_t *matches, *scratch;
    size_t matches_capacity, scratch_capacity;
    chainer chainer;
    span spans[SPANS_MOST]; /* of the pair compared last, most matched tokens first */
    size_t n_spans;
} verifier;

void verifier_free(verifier *v);

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
