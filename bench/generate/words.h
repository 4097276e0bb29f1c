/* The vocabulary: made-up words that can be spoken, names, places, and real function words; each
 * in two scripts, with spaces and without. */
#ifndef GENERATE_WORDS_H
#define GENERATE_WORDS_H

#include "arrays.h"
#include "rng.h"

/* Bits of a token. */
#define TOKEN_ID        0xfffffu                  /* number of the word, or the value of a figure */
#define TOKEN_FIGURE    (1u << 20)                /* the id is a value, written in digits */
#define TOKEN_CAPITAL   (1u << 21)                /* first letter in upper case */
#define TOKEN_OPEN      (1u << 22)                /* a quotation begins before it */
#define TOKEN_CLOSE     (1u << 23)                /* and ends after it */
#define TOKEN_SENTENCE  (1u << 24)                /* last of its sentence */
#define TOKEN_PARAGRAPH (1u << 25)                /* last of its paragraph */
#define TOKEN_MARK      26                        /* three bits from here: the mark after it */
#define TOKEN_WORD      (TOKEN_ID | TOKEN_FIGURE) /* what two tokens must share to be the same word */

typedef enum mark { MARK_NONE, MARK_COMMA, MARK_STOP, MARK_DASH } mark;

static inline mark token_mark(token t) { return (mark)(t >> TOKEN_MARK & 7); }

typedef enum word_class {
    NOUN,
    VERB,
    ADJECTIVE,
    FIRST_NAME,
    LAST_NAME,
    PLACE,
    LITERAL,
    WORD_CLASSES
} word_class;

/* Sizes of the classes, as powers of two where words are drawn by Zipf's law. */
#define CLASS_OCTAVES 14 /* nouns, verbs, adjectives: 16,383 each */
#define FIRST_NAMES   1024u
#define LAST_NAMES    8192u
#define PLACES        2048u
#define LITERALS_MAX  512u

typedef struct word {
    char text[31]; /* UTF-8, padded, so that it can be copied whole */
    uint8_t n;
} word;

typedef struct vocabulary {
    word *spaced, *unspaced; /* by word number */
    uint32_t base[WORD_CLASSES + 1];
    uint32_t n_literals;
} vocabulary;

void vocabulary_init(vocabulary *v);
void vocabulary_free(vocabulary *v);

/* Number of a real word, taken in if it is new. */
uint32_t vocabulary_literal(vocabulary *v, const char *text, size_t n);

word_class vocabulary_class(const vocabulary *v, uint32_t id);

#endif
