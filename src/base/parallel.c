#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/memory.h"

/* Items are taken a few at a time, so that the counter is no bottleneck; one by one where there are few. */
enum { POOL_CHUNK = 8, POOL_MOST_THREADS = 256 };

typedef struct helper {
    pool *owner;
    unsigned worker;
    pthread_t thread;
} helper;

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t begin, end;
    unsigned n_threads, n_busy;
    unsigned long round; /* counts the calls of pool_run */
    bool closing;
    pool_work_fn work;
    void *context;
    size_t n_items, chunk;
    atomic_size_t next;
    helper helpers[];
};

unsigned pool_threads(unsigned threads) {
    if (threads == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 0 ? (unsigned)cores : 1;
    }
    return threads > POOL_MOST_THREADS ? POOL_MOST_THREADS : threads;
}

static void pool_share(pool *p, unsigned worker) {
    for (;;) {
        size_t first = atomic_fetch_add(&p->next, p->chunk);
        if (first >= p->n_items) return;
        size_t end = first + p->chunk < p->n_items ? first + p->chunk : p->n_items;
        for (size_t i = first; i < end; i++) p->work(p->context, i, worker);
    }
}

static void *helper_main(void *argument) {
    helper *self = argument;
    pool *p = self->owner;
    unsigned long round = 0;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->closing && p->round == round) pthread_cond_wait(&p->begin, &p->lock);
        if (p->closing) break;
        round = p->round;
        pthread_mutex_unlock(&p->lock);
        pool_share(p, self->worker);
        pthread_mutex_lock(&p->lock);
        if (--p->n_busy == 0) pthread_cond_signal(&p->end);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

pool *pool_new(unsigned threads) {
    pool *p = mem_new(1, sizeof *p + threads * sizeof(helper));
    if (!p) return NULL;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->begin, NULL);
    pthread_cond_init(&p->end, NULL);
    p->n_threads = 1;
    for (unsigned i = 1; i < threads; i++) {
        helper *h = &p->helpers[i];
        *h = (helper){.owner = p, .worker = i};
        if (pthread_create(&h->thread, NULL, helper_main, h) != 0) break; /* fewer will do */
        p->n_threads++;
    }
    return p;
}

void pool_free(pool *p) {
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->begin);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 1; i < p->n_threads; i++) pthread_join(p->helpers[i].thread, NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->begin);
    pthread_cond_destroy(&p->end);
    mem_free(p);
}

unsigned pool_size(const pool *p) { return p->n_threads; }

void pool_begin(pool *p, size_t n, pool_work_fn work, void *context) {
    pthread_mutex_lock(&p->lock);
    p->work = work;
    p->context = context;
    p->n_items = n;
    p->chunk = n < (size_t)POOL_CHUNK * POOL_CHUNK * p->n_threads ? 1 : POOL_CHUNK;
    atomic_store(&p->next, 0);
    p->n_busy = p->n_threads - 1;
    p->round++;
    pthread_cond_broadcast(&p->begin);
    pthread_mutex_unlock(&p->lock);
}

void pool_end(pool *p) {
    pool_share(p, 0);
    pthread_mutex_lock(&p->lock);
    while (p->n_busy > 0) pthread_cond_wait(&p->end, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

void pool_run(pool *p, size_t n, pool_work_fn work, void *context) {
    pool_begin(p, n, work, context);
    pool_end(p);
}

/* ---- errands ----------------------------------------------------------------------------- */

struct errand {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    errand_fn work; /* NULL: nothing is under way */
    void *context;
    bool closing;
    pthread_t thread;
};

static void *errand_main(void *argument) {
    errand *e = argument;
    pthread_mutex_lock(&e->lock);
    for (;;) {
        while (!e->work && !e->closing) pthread_cond_wait(&e->changed, &e->lock);
        if (!e->work) break;
        pthread_mutex_unlock(&e->lock);
        e->work(e->context);
        pthread_mutex_lock(&e->lock);
        e->work = NULL;
        pthread_cond_broadcast(&e->changed);
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

errand *errand_new(void) {
    errand *e = mem_new(1, sizeof *e);
    if (!e) return NULL;
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->changed, NULL);
    if (pthread_create(&e->thread, NULL, errand_main, e) == 0) return e;
    pthread_mutex_destroy(&e->lock);
    pthread_cond_destroy(&e->changed);
    mem_free(e);
    return NULL;
}

void errand_free(errand *e) {
    if (!e) return;
    pthread_mutex_lock(&e->lock);
    e->closing = true;
    pthread_cond_broadcast(&e->changed);
    pthread_mutex_unlock(&e->lock);
    pthread_join(e->thread, NULL);
    pthread_mutex_destroy(&e->lock);
    pthread_cond_destroy(&e->changed);
    mem_free(e);
}

void errand_begin(errand *e, errand_fn work, void *context) {
    errand_wait(e);
    pthread_mutex_lock(&e->lock);
    e->work = work;
    e->context = context;
    pthread_cond_broadcast(&e->changed);
    pthread_mutex_unlock(&e->lock);
}

void errand_wait(errand *e) {
    pthread_mutex_lock(&e->lock);
    while (e->work) pthread_cond_wait(&e->changed, &e->lock);
    pthread_mutex_unlock(&e->lock);
}
