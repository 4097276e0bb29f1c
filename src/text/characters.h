/* Places in a text in characters, from places in bytes. */
#ifndef FLONG_TEXT_CHARACTERS_H
#define FLONG_TEXT_CHARACTERS_H

#include "base/bits.h"

/* A text in UTF-8 whose characters are counted by blocks of bytes, and the block that was asked for last. */
typedef struct characters {
    const char *p;
    size_t n, block;    /* where the block begins */
    uint32_t before;    /* characters before it */
    uint64_t continued; /* its bytes that begin no character, as a set */
} characters;

enum { CHARACTERS_BLOCK = 64 };

characters characters_of(const char *p, size_t n);

/* Goes to the block of a byte. */
void characters_seek(characters *c, size_t byte);

/* Characters that begin before a byte, `byte` at most n; cheap where it is near the one before, on either side. */
static inline uint32_t characters_before(characters *c, size_t byte) {
    if (byte - c->block >= CHARACTERS_BLOCK) characters_seek(c, byte);
    uint32_t count = c->before + (uint32_t)(byte - c->block);
    return c->continued ? count - bits_count(c->continued & bits_within(0, 0, byte - c->block)) : count;
}

#endif
