/* A pool of threads that share the items of a loop. Order of results is structural: item i writes only
 * what belongs to item i. */
#ifndef FLONG_BASE_PARALLEL_H
#define FLONG_BASE_PARALLEL_H

#include <stddef.h>

typedef struct pool pool;

/* How many threads to use for a wish of `threads`: that many, or with 0 as many as there are cores. */
unsigned pool_threads(unsigned threads);

/* A pool of so many threads, the calling one among them. NULL when it cannot be made. */
pool *pool_new(unsigned threads);
void pool_free(pool *p);
unsigned pool_size(const pool *p);

/* Work on one item; `worker` is below pool_size and the same for all items that one thread does. */
typedef void (*pool_work_fn)(void *context, size_t item, unsigned worker);

/* Calls work for each item in [0, n), in any order, and returns when all are done. */
void pool_run(pool *p, size_t n, pool_work_fn work, void *context);

#endif
