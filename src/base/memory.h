/* The one place memory comes from: an allocation hook that tests make fail, an arena for what lives
 * as long as a batch, a growing buffer for what has no known size. */
#ifndef FLONG_BASE_MEMORY_H
#define FLONG_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* malloc, realloc and free of everything in the library. NULL when there is no memory, or when a
 * test wants it so. mem_new gives zeroed memory; n * size is checked for overflow. */
void *mem_new(size_t n, size_t size);
void *mem_resize(void *old, size_t n, size_t size);
void mem_free(void *memory);

/* For tests: the allocation after the next `countdown` ones fails, and all that follow it; negative:
 * none does. Not for use while other threads allocate. */
void mem_fail_after(long countdown);

/* An arena: what it hands out lives until it is reset or freed. Zero-initialised, it is empty. */
typedef struct arena_block arena_block;
typedef struct arena {
    arena_block *first, *current;
} arena;

/* Uninitialised memory, aligned for any type; NULL when there is none. */
void *arena_alloc(arena *a, size_t n, size_t size);
/* A copy of n bytes. */
void *arena_copy(arena *a, const void *bytes, size_t n);
/* Takes back everything at once and keeps the memory for the next round. */
void arena_reset(arena *a);
void arena_free(arena *a);

/* A growing run of bytes. Zero-initialised, it is empty. */
typedef struct buffer {
    char *p;
    size_t n, capacity;
} buffer;

/* Room for `more` bytes behind the n that are there; false when there is no memory. */
bool buffer_reserve(buffer *b, size_t more);
bool buffer_append(buffer *b, const void *bytes, size_t n);
void buffer_free(buffer *b);

/* Makes room in an array of `capacity` elements for one more at place `n`; false when there is no
 * memory. For use as ARRAY_GROW(array, n, capacity). */
bool array_grow(void *array_pointer, size_t n, size_t *capacity, size_t size);
#define ARRAY_GROW(array, n, capacity) array_grow(&(array), (n), &(capacity), sizeof *(array))

#endif
