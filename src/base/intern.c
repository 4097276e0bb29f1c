#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"

static uint32_t *place_of(const intern *all, flong_str name) {
    size_t at = hash_bytes(name.p, name.n, 0) & (all->n_places - 1);
    while (all->places[at] && !str_equal(all->names[all->places[at] - 1], name))
        at = (at + 1) & (all->n_places - 1);
    return &all->places[at];
}

/* Makes room for one more: at most half of the places are taken. */
static bool places_reserve(intern *all) {
    if (all->n_places && 2 * (all->n + 1) <= all->n_places) return true;
    size_t n = all->n_places ? 2 * all->n_places : 1024;
    uint32_t *places = mem_new(n, sizeof *places);
    if (!places) return false;
    mem_free(all->places);
    all->places = places;
    all->n_places = n;
    for (size_t i = 0; i < all->n; i++) *place_of(all, all->names[i]) = (uint32_t)i + 1;
    return true;
}

bool intern_take(intern *all, uint32_t *out, flong_str name) {
    *out = INTERN_NONE;
    if (name.n == 0) return true;
    if (all->n >= INTERN_NONE - 1 || !places_reserve(all)) return false;
    uint32_t *place = place_of(all, name);
    if (!*place) {
        flong_str copy;
        if (!ARRAY_GROW(all->names, all->n, all->capacity) || !str_copy(&all->memory, &copy, name))
            return false;
        all->names[all->n++] = copy;
        *place = (uint32_t)all->n;
    }
    *out = *place - 1;
    return true;
}

void intern_free(intern *all) {
    arena_free(&all->memory);
    mem_free(all->names);
    mem_free(all->places);
    *all = (intern){0};
}

typedef struct ranked {
    uint64_t count;
    flong_str name;
    uint32_t number;
} ranked;

static int by_count(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    int order = memcmp(x->name.p, y->name.p, x->name.n < y->name.n ? x->name.n : y->name.n);
    return order ? order : x->name.n < y->name.n ? -1 : x->name.n > y->name.n;
}

bool intern_rank(const intern *all, const uint64_t *counts, uint32_t *order, uint32_t *to) {
    ranked *list = mem_new(all->n, sizeof *list);
    if (!list) return false;
    for (size_t i = 0; i < all->n; i++) list[i] = (ranked){counts[i], all->names[i], (uint32_t)i};
    if (all->n) qsort(list, all->n, sizeof *list, by_count);
    for (size_t i = 0; i < all->n; i++) {
        order[i] = list[i].number;
        to[list[i].number] = (uint32_t)i;
    }
    mem_free(list);
    return true;
}
