#include "pending.h"

#include <stdlib.h>

static int is_before(const pending *a, const pending *b) {
    return a->due != b->due ? a->due < b->due : a->seed < b->seed;
}

void pending_push(pending_heap *h, pending p) {
    if (h->n == h->capacity) {
        h->capacity = h->capacity * 2 + 64;
        h->items = array_resize(h->items, h->capacity * sizeof *h->items);
    }
    size_t at = h->n++;
    for (; at && is_before(&p, &h->items[(at - 1) / 2]); at = (at - 1) / 2)
        h->items[at] = h->items[(at - 1) / 2];
    h->items[at] = p;
}

int pending_pop(pending_heap *h, pending *out, int64_t now) {
    if (!h->n || h->items[0].due > now) return 0;
    *out = h->items[0];
    const pending last = h->items[--h->n];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= h->n) break;
        if (child + 1 < h->n && is_before(&h->items[child + 1], &h->items[child])) child++;
        if (!is_before(&h->items[child], &last)) break;
        h->items[at] = h->items[child];
        at = child;
    }
    h->items[at] = last;
    return 1;
}

void pending_free(pending_heap *h) {
    for (size_t i = 0; i < h->n; i++) story_release(h->items[i].source);
    free(h->items);
    *h = (pending_heap){0};
}
