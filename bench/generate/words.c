#include "words.h"

#include <stdio.h>
#include <stdlib.h>

/* Parts of a made-up word: (onset vowel)+ coda ending. */
static const char *const onsets[] = {"b", "d",  "g",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v",
                                     "h", "j",  "br", "dr", "gl", "kr", "pl", "st", "tr", "sk", "fl",
                                     "k", "sp", "th", "l",  "r",  "t",  "m",  "gr", "pr", "sh"};
static const char *const vowels[] = {"a", "e", "i", "o", "u",  "a",  "e",  "o",
                                     "a", "e", "o", "i", "ai", "ea", "ou", "io"};
static const char *const codas[] = {"n",  "r",  "l",  "s",  "m", "t", "v", "d",
                                    "rt", "nd", "st", "lm", "n", "r", "l", "rn"};
static const char *const endings[][8] = {
    [NOUN] = {"ion", "er", "ment", "", "a", "ance", "et", ""},
    [VERB] = {"ed", "ed", "ed", "ised", "ed", "ated", "ed", "ened"},
    [ADJECTIVE] = {"al", "ic", "ous", "y", "ent", "ive", "ern", "ary"},
    [FIRST_NAME] = {"a", "o", "", "e", "in", "el", "ia", "as"},
    [LAST_NAME] = {"son", "ov", "elli", "man", "ez", "er", "ska", ""},
    [PLACE] = {"ville", "ton", "burg", "stad", "ford", "", "ia", "port"},
};
static const uint32_t sizes[LITERAL] = {1u << CLASS_OCTAVES, 1u << CLASS_OCTAVES, 1u << CLASS_OCTAVES,
                                        FIRST_NAMES,         LAST_NAMES,          PLACES};

#define PICK(r, table) ((table)[rng_below((r), (uint32_t)(sizeof(table) / sizeof *(table)))])

static void append(word *w, const char *s) {
    while (*s && w->n < sizeof w->text) w->text[w->n++] = *s++;
}

static int is_vowel(char c) { return c && strchr("aeiou", c) != NULL; }

/* Frequent words are short, as in any language. */
static void spell_spaced(word *w, word_class c, uint32_t rank, rng *r) {
    const uint32_t syllables =
        c < FIRST_NAME && rank < 1500 ? 1 : 2 + (uint32_t)(c < FIRST_NAME && rng_chance(r, 250));
    const char *ending = PICK(r, endings[c]);
    *w = (word){{0}, 0};
    for (uint32_t i = 0; i < syllables; i++) {
        append(w, PICK(r, onsets));
        append(w, PICK(r, vowels));
    }
    if (!*ending || is_vowel(*ending)) append(w, PICK(r, codas));
    append(w, ending);
    if (c >= FIRST_NAME) w->text[0] = (char)(w->text[0] - 'a' + 'A');
}

/* The k-th ideograph of a range that holds some 20,000. */
static void append_ideograph(word *w, uint32_t k) {
    const uint32_t code = 0x4e00u + k;
    append(w, (char[]){(char)(0xe0u | code >> 12), (char)(0x80u | (code >> 6 & 63)),
                       (char)(0x80u | (code & 63)), 0});
}

/* Literals take one of the first 512 ideographs, other words two or three of the next 6,000. */
static void spell_unspaced(word *w, word_class c, uint32_t rank, rng *r) {
    *w = (word){{0}, 0};
    if (c == LITERAL) {
        append_ideograph(w, rank);
        return;
    }
    const int n = c == NOUN || c == VERB || c == ADJECTIVE ? 2 : 3;
    for (int i = 0; i < n; i++) append_ideograph(w, LITERALS_MAX + rng_below(r, 6000));
}

/* Set of the spellings so far, by hash: no two numbers may be the same word. */
#define SEEN_SLOTS (1u << 17)

static int spelling_is_new(uint64_t *seen, const word *w) {
    uint64_t h = w->n;
    for (int i = 0; i < w->n; i++) h = (h ^ (uint8_t)w->text[i]) * 0x100000001b3u;
    h = rng_mix(h) | 1;
    uint32_t at = (uint32_t)(h >> 40) & (SEEN_SLOTS - 1);
    for (; seen[at]; at = (at + 1) & (SEEN_SLOTS - 1))
        if (seen[at] == h) return 0;
    seen[at] = h;
    return 1;
}

static void fill_class(vocabulary *v, word_class c, uint64_t *seen) {
    for (uint32_t i = 0; i < sizes[c]; i++) {
        rng r = rng_of(c, i);
        word *w = &v->spaced[v->base[c] + i];
        do spell_spaced(w, c, i, &r);
        while (!spelling_is_new(seen, w));
        spell_unspaced(&v->unspaced[v->base[c] + i], c, i, &r);
    }
}

void vocabulary_init(vocabulary *v) {
    *v = (vocabulary){0};
    for (int c = 0; c < LITERAL; c++) v->base[c + 1] = v->base[c] + sizes[c];
    v->base[WORD_CLASSES] = v->base[LITERAL] + LITERALS_MAX;
    v->spaced = array_resize(NULL, v->base[WORD_CLASSES] * sizeof(word));
    v->unspaced = array_resize(NULL, v->base[WORD_CLASSES] * sizeof(word));
    uint64_t *seen = array_resize(NULL, SEEN_SLOTS * sizeof *seen);
    memset(seen, 0, SEEN_SLOTS * sizeof *seen);
    for (int c = 0; c < LITERAL; c++) fill_class(v, (word_class)c, seen);
    free(seen);
}

void vocabulary_free(vocabulary *v) {
    free(v->spaced);
    free(v->unspaced);
}

uint32_t vocabulary_literal(vocabulary *v, const char *text, size_t n) {
    const uint32_t base = v->base[LITERAL];
    for (uint32_t i = base; i < base + v->n_literals; i++)
        if (v->spaced[i].n == n && !memcmp(v->spaced[i].text, text, n)) return i;
    word *w = &v->spaced[base + v->n_literals];
    if (v->n_literals == LITERALS_MAX || n > sizeof w->text) {
        fprintf(stderr, "flong-generate: the grammar has too many words, or \"%s\" is too long\n", text);
        exit(2);
    }
    *w = (word){{0}, (uint8_t)n};
    memcpy(w->text, text, n);
    spell_unspaced(&v->unspaced[base + v->n_literals], LITERAL, v->n_literals, NULL);
    return base + v->n_literals++;
}

word_class vocabulary_class(const vocabulary *v, uint32_t id) {
    int c = 0;
    while (id >= v->base[c + 1]) c++;
    return (word_class)c;
}
