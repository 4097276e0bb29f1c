#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static long fail_countdown = -1; /* only tests change it */

static bool must_fail(void) {
    if (fail_countdown < 0) return false;
    if (fail_countdown == 0) return true;
    fail_countdown--;
    return false;
}

void mem_fail_after(long countdown) { fail_countdown = countdown; }

void *mem_new(size_t n, size_t size) { return must_fail() ? NULL : calloc(n ? n : 1, size ? size : 1); }

void *mem_resize(void *old, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || must_fail()) return NULL;
    return realloc(old, bytes ? bytes : 1);
}

void mem_free(void *memory) { free(memory); }

/* Blocks double from 64 KiB, so that an arena has few of them whatever its size. */
enum { ARENA_FIRST_BLOCK = 1 << 16, ARENA_ALIGN = 16 };

struct arena_block {
    arena_block *next;
    size_t used, size;
    _Alignas(ARENA_ALIGN) char bytes[];
};

static arena_block *arena_block_new(size_t size) {
    size_t bytes;
    if (__builtin_add_overflow(size, sizeof(arena_block), &bytes)) return NULL;
    arena_block *block = mem_resize(NULL, bytes, 1);
    if (!block) return NULL;
    *block = (arena_block){.size = size};
    return block;
}

void *arena_alloc(arena *a, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2) return NULL;
    bytes = (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    arena_block *block = a->current;
    while (block && block->size - block->used < bytes && block->next) {
        block = block->next;
        block->used = 0;
    }
    if (!block || block->size - block->used < bytes) {
        size_t want = block ? block->size * 2 : ARENA_FIRST_BLOCK;
        arena_block *fresh = arena_block_new(want < bytes ? bytes : want);
        if (!fresh) return NULL;
        *(block ? &block->next : &a->first) = fresh;
        block = fresh;
    }
    a->current = block;
    void *memory = block->bytes + block->used;
    block->used += bytes;
    return memory;
}

void *arena_copy(arena *a, const void *bytes, size_t n) {
    void *copy = arena_alloc(a, n, 1);
    if (copy && n) memcpy(copy, bytes, n);
    return copy;
}

void arena_reset(arena *a) {
    a->current = a->first;
    if (a->first) a->first->used = 0;
}

void arena_free(arena *a) {
    for (arena_block *block = a->first, *next; block; block = next) {
        next = block->next;
        mem_free(block);
    }
    a->first = a->current = NULL;
}

bool buffer_reserve(buffer *b, size_t more) {
    size_t need;
    if (__builtin_add_overflow(b->n, more, &need)) return false;
    if (need <= b->capacity) return true;
    size_t capacity = b->capacity > SIZE_MAX / 4 ? need : b->capacity * 2;
    if (capacity < need) capacity = need;
    if (capacity < 256) capacity = 256;
    char *p = mem_resize(b->p, capacity, 1);
    if (!p) return false;
    b->p = p;
    b->capacity = capacity;
    return true;
}

bool buffer_append(buffer *b, const void *bytes, size_t n) {
    if (!buffer_reserve(b, n)) return false;
    if (n) memcpy(b->p + b->n, bytes, n);
    b->n += n;
    return true;
}

void buffer_free(buffer *b) {
    mem_free(b->p);
    b->p = NULL;
    b->n = b->capacity = 0;
}

bool array_grow(void *array_pointer, size_t n, size_t *capacity, size_t size) {
    if (n < *capacity) return true;
    size_t wider = *capacity < 16 ? 16 : *capacity * 2;
    if (wider <= n) wider = n + n / 2;
    void *old;
    memcpy(&old, array_pointer, sizeof old);
    void *array = mem_resize(old, wider, size);
    if (!array) return false;
    memcpy(array_pointer, &array, sizeof array);
    *capacity = wider;
    return true;
}
