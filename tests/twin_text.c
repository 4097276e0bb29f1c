#include "twin_text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/hash.h"
#include "text/fold.h"

/* The text with every invalid byte as U+FFFD. */
static char *text_cleaned(const char *bytes, size_t n, size_t *n_clean) {
    char *clean = malloc(3 * n + 1);
    if (!clean) abort();
    *n_clean = 0;
    for (size_t at = 0; at < n;) {
        size_t length;
        int32_t codepoint = utf8_decode(bytes + at, n - at, &length);
        *n_clean += utf8_encode(codepoint, clean + *n_clean);
        at += length;
    }
    return clean;
}

static utf8proc_uint8_t *text_folded(const char *bytes, size_t n, size_t *n_folded) {
    size_t n_clean;
    char *clean = text_cleaned(bytes, n, &n_clean);
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t length = utf8proc_map(
        (const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)n_clean, &folded,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (length < 0) abort();
    free(clean);
    *n_folded = (size_t)length;
    return folded;
}

/* A run of characters of one class: its bytes, and where each character begins in them; one place more for
 * the end. */
typedef struct run {
    fold_class class;
    char *bytes;
    size_t n, *places;
} run;

static size_t run_tokens(const run *r, uint64_t *hashes) {
    size_t gram = r->class == FOLD_WORD ? r->n : r->class == FOLD_IDEOGRAPH ? 2 : 6;
    if (gram > r->n) gram = r->n;
    size_t n = 0;
    for (size_t i = 0; r->n > 0 && i + gram <= r->n; i++)
        hashes[n++] = hash_bytes(r->bytes + r->places[i], r->places[i + gram] - r->places[i], 0);
    return n;
}

static void run_take(run *r, const char *bytes, size_t n) {
    memcpy(r->bytes + r->places[r->n], bytes, n);
    r->n++;
    r->places[r->n] = r->places[r->n - 1] + n;
}

size_t twin_tokens(uint64_t **hashes, const char *bytes, size_t n) {
    size_t n_folded, count = 0;
    utf8proc_uint8_t *folded = text_folded(bytes, n, &n_folded);
    const char *p = (const char *)folded;
    run r = {FOLD_BREAK, malloc(n_folded + 1), 0, calloc(n_folded + 2, sizeof *r.places)};
    *hashes = malloc((n_folded + 1) * sizeof **hashes);
    if (!r.bytes || !r.places || !*hashes) abort();
    for (size_t at = 0, length; at < n_folded; at += length) {
        fold_class class = fold_classify(utf8_decode(p + at, n_folded - at, &length));
        /* A mark goes on with a word or a run of continuous script; anywhere else it is passed over. */
        if (class == FOLD_MARK && (r.class == FOLD_BREAK || r.class == FOLD_IDEOGRAPH)) continue;
        if (class == FOLD_MARK) class = r.class;
        if (class != r.class) {
            count += run_tokens(&r, *hashes + count);
            r.class = class;
            r.n = 0;
        }
        if (class != FOLD_BREAK) run_take(&r, p + at, length);
    }
    count += run_tokens(&r, *hashes + count);
    free(folded);
    free(r.bytes);
    free(r.places);
    return count;
}

uint32_t twin_marks(const char *text, const token *t, const token *before, uint32_t base) {
    if (before && t->begin < before->end) return t->before & TWIN_MARKS;
    uint32_t marks = 0;
    const char *begin = text + (t->begin - base);
    size_t length;
    int32_t first = utf8_decode(begin, t->end - t->begin, &length);
    utf8proc_category_t category = utf8proc_category(first);
    if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT) marks |= TOKEN_CAPITAL;
    if (!before || t->begin - before->end != 1) return marks;
    if (begin[-1] == ' ') marks |= TOKEN_SPACED;
    if (begin[-1] == ',' || begin[-1] == '.') marks |= TOKEN_JOINED;
    return marks;
}
