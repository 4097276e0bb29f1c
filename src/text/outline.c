#include "text/outline.h"

enum { LOOK = TOKEN_LINE | TOKEN_SENTENCE | TOKEN_NUMBER | TOKEN_HANDLE, LISTS = 5 };

/* Adds a place to a list, or leaves it to be overwritten: there is no branch to be guessed wrong. */
static inline void place_add(uint32_t *list, size_t *n, uint32_t place, bool add) {
    list[*n] = place;
    *n += add;
}

bool outline_make(outline *out, tokenizer *reader, const token *tokens, size_t n) {
    reader->places.n = 0;
    if (!buffer_reserve(&reader->places, LISTS * (n + 1) * sizeof(uint32_t))) return false;
    uint32_t *looks = (uint32_t *)(void *)reader->places.p, *lines = looks + n + 1,
             *sentences = lines + n + 1, *numbers = sentences + n + 1, *phrases = numbers + n + 1;
    size_t n_looks = 0, n_lines = 0, n_sentences = 0, n_numbers = 0, n_phrases = 0;
    uint32_t any = 0;
    for (size_t i = 0; i < n; i++) {
        any |= tokens[i].before;
        place_add(looks, &n_looks, (uint32_t)i,
                  (tokens[i].before & LOOK) != 0 || phrase_may_begin(reader->phrases, tokens[i].hash));
    }
    lines[n_lines++] = 0;
    for (size_t k = 0; k < n_looks; k++) {
        uint32_t i = looks[k], before = tokens[i].before;
        place_add(lines, &n_lines, i, before & TOKEN_LINE && i > 0);
        place_add(sentences, &n_sentences, i, before & TOKEN_SENTENCE && i > 0);
        place_add(numbers, &n_numbers, i, before & TOKEN_NUMBER);
        place_add(phrases, &n_phrases, i,
                  before & TOKEN_HANDLE || phrase_may_begin(reader->phrases, tokens[i].hash));
    }
    *out = (outline){.lines = {lines, n_lines},
                     .sentences = {sentences, n_sentences},
                     .numbers = {numbers, n_numbers},
                     .phrases = {phrases, n_phrases},
                     .any = any};
    return true;
}
