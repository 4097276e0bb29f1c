/* The slow twin of match/verify.h as a whole, asides, sites and spans included: each place of one text is compared with
 * each of the other, and each seed of a span with each before it. */
#ifndef FLONG_TESTS_TWIN_VERIFY_H
#define FLONG_TESTS_TWIN_VERIFY_H

#include "match/verify.h"

enum { TWIN_TOKENS = 400 };

/* A text as it is given to text_body_new: tokens are their places, shingles the upper halves of their hashes. */
typedef struct twin_text {
    uint32_t shingles[TWIN_TOKENS];
    text_place places[TWIN_TOKENS];
    size_t n_places, n_tokens, n_title;
    uint64_t whole_hash, kept_hash, site_hash, url_hash;
    bool stub;
    title_words title;
} twin_text;

/* What verify_pair says, and the spans in tokens; returns how many. */
size_t twin_verify_pair(flong_score *out, span spans[SPANS_MOST], const twin_text *a, const twin_text *b,
                        const flong_params *params);

/* The spans as verify_characters gives them. */
size_t twin_characters(span *out, const span *spans, size_t n, const twin_text *a, const twin_text *b);

#endif
