/* The telling terms of an article: its words, its numbers, and pairs of capitalised words that stand side by side.
 *
 * A word that is written with a capital where nothing but its being a name asks for one is a name. In scripts
 * without case nothing is. */
#ifndef FLONG_TEXT_TERMS_H
#define FLONG_TEXT_TERMS_H

#include "text/article.h"

typedef struct term {
    uint64_t hash;
    float weight;   /* all of it but the term's rarity: repeats, class and place */
    uint32_t token; /* the first one of it in the article's tokens */
} term;

/* What a term's class, place and repeats make of its weight. */
typedef struct terms_factors {
    double name, number, pair; /* a word that is no name: 1 */
    double lead;               /* a term at the beginning weighs 1 + lead times what it does far down */
    double step;               /* what is above 1 of that falls by this factor from term to term */
    double repeats;            /* a term told many times weighs as much as so many, at the limit */
} terms_factors;

/* The values that stories are found with: fitted to labelled stories by flong-stories. */
extern const terms_factors terms_factors_default;

/* Scratch of one thread, and the terms read last. Zero-initialised, it is ready. */
typedef struct terms_reader {
    const terms_factors *factors; /* NULL: the default ones */
    term *terms;                  /* by hash, ascending; no two have the same upper half of it */
    size_t n;
    struct terms_scratch *scratch;
} terms_reader;

void terms_reader_free(terms_reader *r);

/* Reads the terms of an article, of the units that count. False when there is no memory. */
bool terms_read(terms_reader *r, const article *a);

/* The term whose hash has this upper half, or NULL. */
const term *terms_find(const term *terms, size_t n, uint32_t upper);

#endif
