/* Borrowed strings. */
#ifndef FLONG_BASE_STR_H
#define FLONG_BASE_STR_H

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "flong.h"

static inline bool str_equal(flong_str x, flong_str y) {
    return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0);
}

/* A copy in the arena; false when there is no memory. */
static inline bool str_copy(arena *memory, flong_str *out, flong_str in) {
    const char *p = arena_copy(memory, in.p, in.n);
    *out = (flong_str){p, in.n};
    return p;
}

#endif
