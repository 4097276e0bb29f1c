/* Story sketches: the telling terms of an article as a vector of unit length, the similarity of two of them, and the
 * keys by which articles that tell the same story meet. */
#ifndef FLONG_SKETCH_STORY_H
#define FLONG_SKETCH_STORY_H

#include "sketch/rates.h"

/* Terms of a sketch; the heaviest of them, which give keys with a time, and far keys, without one. */
enum { STORY_TERMS = 96, STORY_KEYS = 10, STORY_KEYS_MOST = 4 * STORY_KEYS, STORY_FAR_KEYS = 8 };

/* Filled up behind the n terms with the greatest hash and weight 0, so that terms can be compared four at a time, with
 * four more hashes to be looked at ahead. */
typedef struct story_sketch {
    uint32_t n;
    uint32_t hashes[STORY_TERMS + 4]; /* upper halves of the terms' hashes, ascending */
    uint16_t weights[STORY_TERMS];    /* of a vector of length STORY_UNIT */
} story_sketch;

/* The length of all vectors: below 2^15, so that a sum of products fits 31 bits. */
enum { STORY_UNIT = 32000 };

/* The sketch of an article by its terms. `r` may be NULL: nothing was learned. */
void story_sketch_make(story_sketch *out, const term *terms, size_t n, const rates *r);

/* The cosine of two sketches, in [0, 1]. */
double story_cosine(const story_sketch *a, const story_sketch *b);

/* The same by the sum of the products of the weights of shared terms. */
double story_cosine_of(uint32_t sum);

/* A cosine lessened by the time between two articles where both dates (or FLONG_NO_DATE) are known. */
double story_fade(double cosine, int64_t date_a, int64_t date_b);

/* The cosine, lessened by the time between two articles where both dates (or FLONG_NO_DATE) are known. */
double story_similarity(const story_sketch *a, int64_t date_a, const story_sketch *b, int64_t date_b);

/* A term of both sketches, and its share of their cosine. */
typedef struct story_term {
    uint32_t hash;
    double share;
} story_term;

/* Writes the n terms that carry the similarity most, or all when there are fewer, the greatest share first; returns
 * how many. terms_find leads from a hash to the article's token. */
size_t story_shared(story_term *out, size_t n, const story_sketch *a, const story_sketch *b);

/* Writes the keys with a time: those under which an article published then (or FLONG_NO_DATE) is found, or with
 * `probing` those under which it finds others, of its own slot of time, the slots beside it, and without a date. An
 * article without a date finds others by far keys only. Two articles never share two of these keys by one term. `out`
 * has room for STORY_KEYS_MOST; returns how many. */
size_t story_keys(uint64_t *out, const story_sketch *sketch, int64_t published, bool probing);

/* Writes the far keys, of which there are as many entries as articles with the term, whenever they were published: for
 * events that are told again after months. `out` has room for STORY_FAR_KEYS; returns how many. */
size_t story_far_keys(uint64_t *out, const story_sketch *sketch);

/* Both kinds of keys with a time, and the far keys. */
typedef struct story_key_set {
    size_t n_own, n_asked, n_far;
    uint64_t own[STORY_KEYS], asked[STORY_KEYS_MOST], far[STORY_FAR_KEYS];
} story_key_set;

/* As story_keys, without and with `probing`, and story_far_keys. */
void story_keys_make(story_key_set *out, const story_sketch *sketch, int64_t published);

/* Appends a sketch as bytes; reads one back. False when there is no memory; when the bytes are damaged. */
bool story_pack(const story_sketch *sketch, buffer *out);
bool story_unpack(story_sketch *out, const void *bytes, size_t n);

#endif
