#include "arrays.h"

#include <stdio.h>
#include <stdlib.h>

void *array_resize(void *p, size_t size) {
    void *q = realloc(p, size);
    if (!q && size) {
        fprintf(stderr, "flong-generate: out of memory\n");
        exit(2);
    }
    return q;
}

static size_t grown(size_t capacity, size_t needed) {
    const size_t twice = capacity * 2;
    return twice > needed ? twice : needed + 64;
}

char *bytes_reserve(bytes *b, size_t more) {
    if (b->capacity - b->n < more) {
        b->capacity = grown(b->capacity, b->n + more);
        b->p = array_resize(b->p, b->capacity);
    }
    return b->p + b->n;
}

void bytes_free(bytes *b) {
    free(b->p);
    *b = (bytes){0};
}

void bytes_number(bytes *b, uint64_t value, int digits) {
    char text[24];
    int at = 24;
    for (; value || digits > 0; value /= 10, digits--) text[--at] = (char)('0' + value % 10);
    if (at == 24) text[--at] = '0';
    bytes_add(b, text + at, (size_t)(24 - at));
}

token *tokens_reserve(tokens *t, size_t more) {
    if (t->capacity - t->n < more) {
        t->capacity = grown(t->capacity, t->n + more);
        t->p = array_resize(t->p, t->capacity * sizeof *t->p);
    }
    return t->p + t->n;
}

void tokens_free(tokens *t) {
    free(t->p);
    *t = (tokens){0};
}
