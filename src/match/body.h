/* What verification needs of an article, in one piece of memory without pointers. */
#ifndef FLONG_MATCH_BODY_H
#define FLONG_MATCH_BODY_H

#include "base/bits.h"
#include "base/memory.h"
#include "text/title.h"

/* A shingle that stands often in both texts gives this many places of each, the first ones, to the search for runs: a
 * run is found by its other shingles too. */
enum { PLACES_MOST = 8 };

/* Sets of places. The first four are of tokens by their marks (text/aside.h), each within the next; a shingle is of the
 * marks of its first token. */
typedef enum body_set {
    BODY_FORM,     /* notice or menu */
    BODY_ASIDE,    /* TOKEN_ASIDE */
    BODY_VOICED,   /* TOKEN_ASIDE or TOKEN_VOICE */
    BODY_UNSURE,   /* TOKEN_UNSURE */
    BODY_AGAIN,    /* shingles that stood before in the text */
    BODY_REPEATED, /* shingles that stand more than once */
    BODY_SETS
} body_set;

/* A shingle is known here by the upper half of its hash: two articles of 400 shingles share one by chance once in
 * 27,000 pairs. Shingles are named by their place in reading order, which is that of their first token. */
typedef struct text_body {
    uint64_t whole_hash; /* of the text's tokens, furniture included; 0: there are none */
    uint64_t kept_hash;  /* of the text's kept tokens */
    uint64_t site_hash;  /* of its site's domain; 0: none is known */
    uint64_t url_hash;   /* 0: no url is known */
    bool stub;           /* nothing but furniture */
    bool crowded;        /* a shingle stands more than PLACES_MOST times */
    title_words title;
    uint32_t n_tokens;                     /* kept ones, with the title's */
    uint32_t n_title;                      /* tokens of the title; they come first */
    uint32_t n_distinct, n_title_distinct; /* without repeats: all, and those first seen in the title */
    uint32_t n_places;                     /* shingles with repeats */
    uint32_t n_repeats;                    /* places of shingles that stand more than once */
    uint32_t n_far;                        /* tokens far behind the one before, or long */
    uint64_t data[]; /* what the functions below give, and where the tokens stand; see body.c */
} text_body;

/* A set, of text_body_words words; it is of shingles or of tokens. */
static inline size_t text_body_words(const text_body *body) { return bits_words(body->n_tokens); }
static inline const uint64_t *text_body_set(const text_body *body, body_set which) {
    return body->data + (size_t)which * text_body_words(body);
}

/* The n_places shingles, in reading order. */
static inline const uint32_t *text_body_shingles(const text_body *body) {
    return (const uint32_t *)(const void *)(body->data + BODY_SETS * text_body_words(body));
}

/* The n_repeats places of shingles that stand more than once, ascending; and behind them, for each, which of these
 * places (counted from 0) the shingle has next, or NO_REPEAT. */
const uint32_t *text_body_repeats(const text_body *body);
static const uint32_t NO_REPEAT = UINT32_MAX;

/* Where a kept token stands in the text, in characters; nowhere for one of the title. */
typedef struct text_place {
    uint32_t begin; /* TEXT_NOWHERE: in the title */
    uint16_t length;
    uint16_t aside; /* what it stands in, TOKEN_UNSURE of text/aside.h; 0: nothing */
} text_place;
#define TEXT_NOWHERE UINT32_MAX

/* The place of token i; its marks are in the sets. */
text_place text_body_place(const text_body *body, size_t i);

/* Gives a token these marks in place of those that it had. */
void text_body_mark(text_body *body, size_t i, uint32_t aside);

/* Bytes that a body takes. */
size_t text_body_size(const text_body *body);

/* Scratch for making bodies. Zero-initialised, it is ready. */
typedef struct body_maker {
    buffer slots, nexts, draft;
} body_maker;

void body_maker_free(body_maker *m);

/* A body from n shingles in reading order, and from the places of n_tokens tokens, not fewer, the first n_title of
 * which are the title's; its hashes are still to be filled in. Freed with mem_free. NULL when there is no memory. */
text_body *text_body_new(body_maker *m, const uint64_t *shingles, size_t n, size_t n_title,
                         const text_place *tokens, size_t n_tokens);

#endif
