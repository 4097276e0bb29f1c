/* A pool of threads that share the items of a loop, and one thread that does errands beside the calling one. Order of
 * results is structural: item i writes only what belongs to item i. */
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

/* The same in two steps: between them the other threads work, and the calling one does something else. */
void pool_begin(pool *p, size_t n, pool_work_fn work, void *context);
void pool_end(pool *p);

/* A thread beside the calling one, which does one piece of work at a time. */
typedef struct errand errand;
typedef void (*errand_fn)(void *context);

/* NULL when it cannot be made. */
errand *errand_new(void);
/* Waits for the work under way, if there is any. */
void errand_free(errand *e);

/* Begins work(context) when what was begun before is done; waits until nothing is under way. What the work wrote is
 * seen by the caller after errand_wait. */
void errand_begin(errand *e, errand_fn work, void *context);
void errand_wait(errand *e);

#endif
