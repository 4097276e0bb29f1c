/* Fuzz target: any bytes as a text. Tokens are those of the slow twin, their places lie inside the text, and every
 * variant of the reader gives the same with the same marks. */
#include <stdlib.h>

#include "base/simd.h"
#include "text/tokens.h"
#include "twin_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Behind 30 marks in a row the twin would go on where the reader cuts (text/tokens.c). */
static bool has_long_segment(const char *text, size_t n) {
    static folder table;
    size_t length, run = 0;
    for (size_t at = 0; at < n; at += length) {
        const fold_entry *entry = fold_lookup(&table, utf8_decode(text + at, n - at, &length));
        if (!entry) abort();
        run = entry->kind == FOLD_KIND_ATTACHED ? run + 1 : 0;
        if (run >= 30) return true;
    }
    return false;
}

static void levels_agree(tokenizer *reader, const token_list *list, const char *text, size_t n) {
    static token_list other;
    for (simd_level level = SIMD_PLAIN; level <= SIMD_AVX512; level++) {
        simd_limit(level);
        other.n = 0;
        if (!tokenize(reader, &other, text, n, 7) || other.n != list->n) abort();
        for (size_t i = 0; i < other.n; i++) {
            const token *a = &other.tokens[i], *b = &list->tokens[i];
            if (a->hash != b->hash || a->begin != b->begin || a->end != b->end || a->before != b->before)
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static tokenizer reader;
    static token_list list;
    const char *text = (const char *)data;
    list.n = 0;
    if (!tokenize(&reader, &list, text, size, 7)) abort();
    for (size_t i = 0; i < list.n; i++) {
        const token *t = &list.tokens[i];
        if (t->begin < 7 || t->begin >= t->end || t->end > 7 + size) abort();
        if ((t->before & TWIN_MARKS) != twin_marks(text, t, i ? t - 1 : NULL, 7)) abort();
    }
    levels_agree(&reader, &list, text, size);
    if (has_long_segment(text, size)) return 0;
    uint64_t *hashes;
    size_t n = twin_tokens(&hashes, text, size);
    if (n != list.n) abort();
    for (size_t i = 0; i < n; i++)
        if (hashes[i] != list.tokens[i].hash) abort();
    free(hashes);
    return 0;
}
