/* What a text says in its own words: its shingles, repeats counted, that begin outside the asides of a set. */
#ifndef FLONG_MATCH_OWN_H
#define FLONG_MATCH_OWN_H

#include "match/sharing.h"

/* Shingles that are own words: those of the text, and those of the title that the other text has, too; and how many of
 * them the other text has. `shared` says which it has, as in sharing.h. */
typedef struct own_words {
    uint32_t all, shared;
} own_words;
own_words own_find(const text_body *body, const uint64_t *shared, body_set asides);

/* How many of a's shingles, or b's, that are own words are somewhere own words of the other, too; of the texts compared
 * last. */
uint32_t own_in_both(const sharing *s, const text_body *b, bool of_a, body_set asides);

/* The place behind the first n of the text's own words; of all words where there are not as many. */
uint32_t own_lead_end(const text_body *body, uint32_t n, body_set asides);

/* The longest stretch of tokens of [begin, end) that are own words. */
uint32_t own_stretch(const text_body *body, uint32_t begin, uint32_t end, body_set asides);

#endif
