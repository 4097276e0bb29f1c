/* Folding: UTF-8 to a stream of folded characters, each with its class. Folding is NFKC with full case
 * folding and without default-ignorable characters (soft hyphens, zero-width ones), as utf8proc does it.
 * Whole texts are never copied: a character is looked up in a table that fills itself, and only where
 * characters interact (combining marks, conjoining jamo) is the little segment given to utf8proc. */
#ifndef FLONG_TEXT_FOLD_H
#define FLONG_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum fold_class {
    FOLD_BREAK,      /* between words: spaces, punctuation, symbols */
    FOLD_WORD,       /* letters, numbers and marks of scripts that put spaces between words */
    FOLD_MARK,       /* combining marks: continue what stands before them, begin nothing */
    FOLD_IDEOGRAPH,  /* Han, Kana, Bopomofo, Yi: no spaces, a character says much */
    FOLD_CONTINUOUS, /* Thai, Lao, Khmer, Burmese: no spaces, a character says little */
} fold_class;

/* The class of a folded (NFKC, case-folded) character. */
fold_class fold_classify(int32_t codepoint);

/* What one character folds to. */
typedef struct fold_entry {
    uint8_t kind;     /* FOLD_KIND_... */
    uint8_t class;    /* fold_class of a simple one */
    uint8_t n;        /* bytes of the folded form of a simple one */
    bool capital : 1; /* a letter of upper- or titlecase */
    bool digit : 1;   /* of a simple one: the folded form has a digit of ASCII */
    char folded[12];
} fold_entry;

enum {
    FOLD_KIND_UNKNOWN,  /* not looked up yet */
    FOLD_KIND_SIMPLE,   /* folds alone, to n bytes of one class */
    FOLD_KIND_SEGMENT,  /* folds alone, but to characters of several classes or to many bytes */
    FOLD_KIND_ATTACHED, /* interacts with what stands before it, or is dropped: part of its segment */
};

enum { FOLD_PAGES = 0x110000 >> 8 };

/* A table that fills itself; for one thread. Zero-initialised, it is empty. */
typedef struct folder {
    fold_entry *pages[FOLD_PAGES];
} folder;

void folder_free(folder *table);

/* The entry of a code point up to U+10FFFF; NULL when there is no memory. */
const fold_entry *fold_lookup(folder *table, int32_t codepoint);

/* The same, without a call for what was looked up before. */
static inline const fold_entry *fold_find(folder *table, int32_t codepoint) {
    const fold_entry *page = table->pages[codepoint >> 8], *entry = page ? page + (codepoint & 0xFF) : NULL;
    return entry && entry->kind != FOLD_KIND_UNKNOWN ? entry : fold_lookup(table, codepoint);
}

/* Folds a whole piece of text through utf8proc into `out`, which has room for `capacity` code points.
 * Returns how many there are, or -1 when they do not fit. Invalid bytes become U+FFFD. */
ptrdiff_t fold_segment(int32_t *out, size_t capacity, const char *text, size_t n);

/* Decodes one character of n > 0 bytes at p; *length is how many bytes it has. An invalid byte is
 * U+FFFD of length 1. */
int32_t utf8_decode(const char *p, size_t n, size_t *length);

/* The same, without a call for most characters of 2 and 3 bytes. */
static inline int32_t utf8_read(const char *p, size_t n, size_t *length) {
    const unsigned char *c = (const unsigned char *)p;
    if (n >= 2 && c[0] >= 0xC2 && c[0] < 0xE0 && (c[1] & 0xC0) == 0x80) {
        *length = 2;
        return (c[0] & 0x1F) << 6 | (c[1] & 0x3F);
    }
    if (n >= 3 && c[0] > 0xE0 && c[0] < 0xED && (c[1] & 0xC0) == 0x80 && (c[2] & 0xC0) == 0x80) {
        *length = 3;
        return (c[0] & 0xF) << 12 | (c[1] & 0x3F) << 6 | (c[2] & 0x3F);
    }
    return utf8_decode(p, n, length);
}

/* Writes a code point as 1 to 4 bytes; returns how many. */
size_t utf8_encode(int32_t codepoint, char *out);

#endif
