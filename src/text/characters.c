#include "text/characters.h"

#include <string.h>

enum { WORDS = CHARACTERS_BLOCK / 8 };

/* The bytes of a word with the bits 10 in front, as a set: each product moves one byte's bit to its place in the upper
 * byte. The lowest byte of the word is the first one of the text, whatever the machine's order. */
static uint64_t word_continued(const unsigned char *p) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) word |= (uint64_t)p[i] << (8 * i);
    uint64_t continued = word >> 7 & ~word >> 6 & UINT64_C(0x0101010101010101);
    return continued * UINT64_C(0x0102040810204080) >> 56;
}

/* Of text that is ASCII nothing continues. */
static uint64_t block_continued(const unsigned char *p) {
    uint64_t words[WORDS], all = 0, set = 0;
    memcpy(words, p, sizeof words);
    for (size_t i = 0; i < WORDS; i++) all |= words[i];
    if (!(all & UINT64_C(0x8080808080808080))) return 0;
    for (size_t i = 0; i < WORDS; i++) set |= word_continued(p + 8 * i) << (8 * i);
    return set;
}

static void block_read(characters *c) {
    unsigned char last[CHARACTERS_BLOCK] = {0};
    size_t left = c->n - c->block;
    if (left < CHARACTERS_BLOCK && left > 0) memcpy(last, c->p + c->block, left);
    c->continued = block_continued(left < CHARACTERS_BLOCK ? last : (const unsigned char *)c->p + c->block);
}

characters characters_of(const char *p, size_t n) {
    characters c = {.p = p, .n = n};
    block_read(&c);
    return c;
}

void characters_seek(characters *c, size_t byte) {
    while (byte >= c->block + CHARACTERS_BLOCK) {
        c->before += CHARACTERS_BLOCK - bits_count(c->continued);
        c->block += CHARACTERS_BLOCK;
        block_read(c);
    }
    while (byte < c->block) {
        c->block -= CHARACTERS_BLOCK;
        block_read(c);
        c->before -= CHARACTERS_BLOCK - bits_count(c->continued);
    }
}
