#include "flow/cache.h"

#include "base/hash.h"
#include "base/memory.h"

typedef struct entry {
    uint64_t no;
    void *object; /* NULL: a free place */
} entry;

struct cache {
    size_t budget;
    size_t (*size)(const void *object);
    entry *places; /* open addressing; rebuilt when trimmed */
    size_t n, n_places, bytes;
};

cache *cache_new(size_t (*size)(const void *object)) {
    cache *c = mem_new(1, sizeof *c);
    if (c) *c = (cache){.size = size};
    return c;
}

void cache_clear(cache *c) {
    for (size_t i = 0; i < c->n_places; i++) mem_free(c->places[i].object);
    mem_free(c->places);
    *c = (cache){.budget = c->budget, .size = c->size};
}

void cache_free(cache *c) {
    if (!c) return;
    cache_clear(c);
    mem_free(c);
}

static entry *place_of(entry *places, size_t n_places, uint64_t no) {
    size_t at = hash_mix(no) & (n_places - 1);
    while (places[at].object && places[at].no != no) at = (at + 1) & (n_places - 1);
    return &places[at];
}

const void *cache_peek(const cache *c, uint64_t no) {
    return c->n_places ? place_of(c->places, c->n_places, no)->object : NULL;
}

/* Moves all entries of articles from `least` on to a table of another size; frees the others. */
static bool cache_rehash(cache *c, size_t n_places, uint64_t least) {
    entry *places = mem_new(n_places, sizeof *places);
    if (!places) return false;
    size_t n = 0, bytes = 0;
    for (size_t i = 0; i < c->n_places; i++) {
        if (!c->places[i].object) continue;
        if (c->places[i].no < least) {
            mem_free(c->places[i].object);
            continue;
        }
        *place_of(places, n_places, c->places[i].no) = c->places[i];
        bytes += c->size(c->places[i].object);
        n++;
    }
    mem_free(c->places);
    c->places = places;
    c->n_places = n_places;
    c->n = n;
    c->bytes = bytes;
    return true;
}

bool cache_put(cache *c, uint64_t no, void *object) {
    if (c->n * 2 >= c->n_places && !cache_rehash(c, c->n_places ? c->n_places * 2 : 1024, 0)) {
        mem_free(object);
        return false;
    }
    entry *place = place_of(c->places, c->n_places, no);
    if (place->object) {
        c->bytes -= c->size(place->object);
        mem_free(place->object);
        c->n--;
    }
    *place = (entry){no, object};
    c->bytes += c->size(object);
    c->n++;
    return true;
}

void cache_limit(cache *c, size_t budget) { c->budget = budget; }

void cache_trim(cache *c) {
    while (c->bytes > c->budget) {
        /* Numbers grow with time: let the older half go. */
        uint64_t least = UINT64_MAX, most = 0;
        for (size_t i = 0; i < c->n_places; i++) {
            if (!c->places[i].object) continue;
            if (c->places[i].no < least) least = c->places[i].no;
            if (c->places[i].no > most) most = c->places[i].no;
        }
        if (least >= most || !cache_rehash(c, c->n_places, least + (most - least) / 2 + 1)) return;
    }
}
