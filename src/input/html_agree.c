#include "input/html_agree.h"

#include <string.h>

#include "base/bits.h"
#include "base/memory.h"

enum { RUN = 8 };

void html_agree_free(html_agree *self) { mem_free(self->bits); }

/* The letters of a text that are read last, the latest in the lowest byte. */
typedef struct letters {
    const unsigned char *p, *end;
    uint64_t run;
} letters;

/* Goes on by a letter or digit. General punctuation (U+2000 to U+206F) is no letter, nor is U+00A0 to U+00BF. */
static bool next_letter(letters *in) {
    while (in->p < in->end) {
        unsigned char c = *in->p++;
        size_t left = (size_t)(in->end - in->p);
        bool is_punctuation = c == 0xE2 && left >= 2 && (in->p[0] == 0x80 || in->p[0] == 0x81);
        if (is_punctuation) in->p += 2;
        if (c == 0xC2 && left >= 1) in->p++;
        if (is_punctuation || c == 0xC2) continue;
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        if (c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) continue;
        in->run = in->run << 8 | c;
        return true;
    }
    return false;
}

static letters letters_of(flong_str text) {
    const unsigned char *p = (const unsigned char *)text.p;
    return (letters){p, text.n ? p + text.n : p, 0};
}

static size_t place(uint64_t run) { return run * UINT64_C(0x9E3779B97F4A7C15) >> (64 - AGREE_BITS); }

bool html_agree_set(html_agree *self, flong_str text) {
    size_t words = bits_words((size_t)1 << AGREE_BITS);
    if (!self->bits) self->bits = mem_new(words, sizeof *self->bits);
    if (!self->bits) return false;
    memset(self->bits, 0, words * sizeof *self->bits);
    letters in = letters_of(text);
    for (size_t n = 1; next_letter(&in); n++)
        if (n >= RUN) bits_add(self->bits, place(in.run));
    return true;
}

double html_agree_share(const html_agree *self, flong_str line) {
    letters in = letters_of(line);
    size_t runs = 0, found = 0;
    for (size_t n = 1; next_letter(&in); n++) {
        if (n < RUN) continue;
        runs++;
        found += bits_has(self->bits, place(in.run));
    }
    return runs ? (double)found / (double)runs : -1;
}
