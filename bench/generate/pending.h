/* What waits to be published: a heap by due time. Copies come within days of their source, so the
 * heap, and with it the memory of the program, does not grow with the archive. */
#ifndef GENERATE_PENDING_H
#define GENERATE_PENDING_H

#include "record.h"
#include "story.h"

typedef struct pending {
    int64_t due;
    uint64_t seed; /* also breaks ties */
    story *source; /* held */
    uint32_t site;
    kind kind;
} pending;

typedef struct pending_heap {
    pending *items;
    size_t n, capacity;
} pending_heap;

void pending_push(pending_heap *h, pending p);
/* 1 and *out, when something is due at `now`. */
int pending_pop(pending_heap *h, pending *out, int64_t now);
/* Releases what is left. */
void pending_free(pending_heap *h);

#endif
