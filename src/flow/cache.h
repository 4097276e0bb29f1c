/* What was made of articles, by article number, within a budget of memory. */
#ifndef FLONG_FLOW_CACHE_H
#define FLONG_FLOW_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Objects that were allocated with mem_new or mem_resize; opaque. */
typedef struct cache cache;

/* `size` says how many bytes an object takes. Its budget is 0 at first. NULL when there is no memory. */
cache *cache_new(size_t (*size)(const void *object));
void cache_free(cache *c);
void cache_clear(cache *c);

/* The object of an article, NULL where there is none. Valid until cache_trim. */
const void *cache_peek(const cache *c, uint64_t no);

/* Takes over an object; false when there is no memory (the object is freed then). */
bool cache_put(cache *c, uint64_t no, void *object);

/* Sets another budget, which the next cache_trim keeps. */
void cache_limit(cache *c, size_t budget);

/* Lets the oldest articles' objects go until the budget is kept. */
void cache_trim(cache *c);

#endif
