#include "text/title.h"

/* A word of fewer bytes says little of what a title is about. */
enum { TITLE_WORD_MIN = 4 };

title_words title_words_of(const token *tokens, size_t n) {
    title_words title = {0};
    for (size_t i = 0; i < n && title.n < TITLE_WORDS; i++) {
        if (tokens[i].before & TOKEN_NUMBER && title.n_numbers < TITLE_NUMBERS)
            title.numbers[title.n_numbers++] = (uint32_t)(tokens[i].hash >> 32);
        if (tokens[i].end - tokens[i].begin < TITLE_WORD_MIN) continue;
        uint32_t word = (uint32_t)(tokens[i].hash >> 32), at = title.n++;
        for (; at > 0 && title.hashes[at - 1] > word; at--) title.hashes[at] = title.hashes[at - 1];
        title.hashes[at] = word;
    }
    return title;
}

uint32_t titles_common(const title_words *a, const title_words *b) {
    uint32_t i = 0, j = 0, both = 0;
    while (i < a->n && j < b->n) {
        uint32_t x = a->hashes[i], y = b->hashes[j];
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    return both;
}

bool titles_share_number(const title_words *a, const title_words *b) {
    for (uint32_t i = 0; i < a->n_numbers; i++)
        for (uint32_t j = 0; j < b->n_numbers; j++)
            if (a->numbers[i] == b->numbers[j]) return true;
    return false;
}

bool titles_alike(const title_words *a, const title_words *b) {
    return titles_common(a, b) * 3 >= (a->n < b->n ? a->n : b->n);
}
