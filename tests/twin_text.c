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
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)n_clean, &folded,
                                           UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                               UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (length < 0) abort();
    free(clean);
    *n_folded = (size_t)length;
    return folded;
}

/* A run of characters of one class: where each begins in the folded text; one more at the end. */
typedef struct run {
    fold_class class;
    size_t n;
    size_t *places;
} run;

static size_t run_tokens(const run *r, const char *folded, uint64_t *hashes) {
    size_t gram = r->class == FOLD_WORD ? r->n : r->class == FOLD_IDEOGRAPH ? 2 : 6;
    if (gram > r->n) gram = r->n;
    size_t n = 0;
    for (size_t i = 0; i + gram <= r->n && r->n > 0; i++)
        hashes[n++] = hash_bytes(folded + r->places[i], r->places[i + gram] - r->places[i], 0);
    return n;
}

size_t twin_tokens(uint64_t **hashes, const char *bytes, size_t n) {
    size_t n_folded, count = 0;
    utf8proc_uint8_t *folded = text_folded(bytes, n, &n_folded);
    const char *p = (const char *)folded;
    run r = {.class = FOLD_BREAK, .places = malloc((n_folded + 1) * sizeof *r.places)};
    *hashes = malloc((n_folded + 1) * sizeof **hashes);
    if (!r.places || !*hashes) abort();
    for (size_t at = 0, length; at <= n_folded; at += length) {
        fold_class class = at < n_folded ? fold_classify(utf8_decode(p + at, n_folded - at, &length)) : FOLD_BREAK;
        if (at == n_folded) length = 1;
        /* A mark goes on with a word or a run of continuous script; anywhere else it is passed over. */
        if (class == FOLD_MARK && (r.class == FOLD_BREAK || r.class == FOLD_IDEOGRAPH)) {
            if (r.n > 0) r.places[r.n] = at; /* an ideograph's mark takes no part; see below */
            continue;
        }
        if (class == FOLD_MARK) class = r.class;
        if (class != r.class) {
            count += run_tokens(&r, p, *hashes + count);
            r.class = class;
            r.n = 0;
        }
        if (class == FOLD_BREAK) continue;
        r.places[r.n++] = at;
        r.places[r.n] = at + length;
    }
    free(folded);
    free(r.places);
    return count;
}
