/* Growing arrays. Out of memory ends the program. */
#ifndef GENERATE_ARRAYS_H
#define GENERATE_ARRAYS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* realloc, or the end of the program. */
void *array_resize(void *p, size_t size);

typedef struct bytes {
    char *p;
    size_t n, capacity;
} bytes;

/* Room for `more` bytes after the n there are; where they go. */
char *bytes_reserve(bytes *b, size_t more);
void bytes_free(bytes *b);

static inline void bytes_add(bytes *b, const char *p, size_t n) {
    if (n == 0) return;
    memcpy(bytes_reserve(b, n), p, n);
    b->n += n;
}
static inline void bytes_say(bytes *b, const char *s) { bytes_add(b, s, strlen(s)); }
static inline void bytes_put(bytes *b, char c) {
    *bytes_reserve(b, 1) = c;
    b->n++;
}
/* In decimal, with leading zeros up to `digits`. */
void bytes_number(bytes *b, uint64_t value, int digits);

/* One word with its punctuation; words.h says what the bits mean. */
typedef uint32_t token;

typedef struct tokens {
    token *p;
    size_t n, capacity;
} tokens;

token *tokens_reserve(tokens *t, size_t more);
void tokens_free(tokens *t);

static inline void tokens_put(tokens *t, token x) {
    if (t->n == t->capacity) tokens_reserve(t, 1);
    t->p[t->n++] = x;
}
static inline void tokens_add(tokens *t, const token *p, size_t n) {
    if (n == 0) return;
    memcpy(tokens_reserve(t, n), p, n * sizeof *p);
    t->n += n;
}

#endif
