#include "input/block.h"

#include <string.h>

void block_reset(block *self) {
    self->bytes.n = 0;
    self->n = 0;
    self->is_full = false;
    self->file = NULL;
    arena_reset(&self->memory);
}

void block_free(block *self) {
    buffer_free(&self->bytes);
    mem_free(self->items);
    arena_free(&self->memory);
    *self = (block){.most = self->most};
}

bool block_is_full(block *self) {
    if (self->n && (self->bytes.n >= self->most || self->n >= BLOCK_ITEMS)) self->is_full = true;
    return self->is_full;
}

char *block_room(block *self, size_t n) {
    if (!buffer_reserve(&self->bytes, n + BLOCK_PADDING)) return NULL;
    return self->bytes.p + self->bytes.n;
}

bool block_add(block *self, item it) {
    if (!ARRAY_GROW(self->items, self->n, self->capacity)) return false;
    it.file = self->file;
    self->items[self->n++] = it;
    return true;
}

bool block_add_fault(block *self, uint64_t line, const char *why) {
    return block_add(self, (item){.line = line, .fault = why});
}

char *block_string(block *self, const char *p, size_t n) {
    char *copy = arena_alloc(&self->memory, n + 1, 1);
    if (!copy) return NULL;
    if (n) memcpy(copy, p, n);
    copy[n] = 0;
    return copy;
}
