#include "flow/arrivals.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* A story that newcomers touch, by its number, and the first of them. */
typedef struct meeting_place {
    uint64_t number_plus_1; /* 0: free */
    uint32_t newcomer;
} meeting_place;

/* Where the events of a newcomer are in its thread's log, in bytes. */
typedef struct trace {
    uint32_t worker;
    size_t from, to;
} trace;

/* Newcomers that depend on each other. */
typedef struct cluster {
    uint32_t root, first, n; /* a newcomer; in `order` */
    uint32_t edges;          /* an estimate of the work */
} cluster;

typedef struct arriving {
    arrivals *a;
    tellings *held;
    const storying_newcomer *newcomers;
    size_t n;
    const storying_scores *scores;
    uint32_t *parent; /* of each newcomer, in a tree for each cluster */
    uint32_t *edges;  /* of each newcomer, those of its candidates that are one */
    meeting_place *places;
    size_t n_places;
    cluster *clusters; /* that with most edges first */
    size_t n_clusters, n_lanes;
    uint32_t *order; /* newcomers by cluster, ascending */
    trace *traces;
    atomic_bool failed; /* no memory */
} arriving;

void arrivals_free(arrivals *a) {
    for (unsigned i = 0; i < a->n_placers; i++) {
        arena_free(&a->placers[i].memory);
        tellings_log_free(&a->placers[i].log);
    }
    mem_free(a->placers);
    arena_free(&a->memory);
    *a = (arrivals){0};
}

static bool placers_reserve(arrivals *a, unsigned n) {
    if (n <= a->n_placers) return true;
    placer *placers = mem_resize(a->placers, n, sizeof *placers);
    if (!placers) return false;
    memset(placers + a->n_placers, 0, (n - a->n_placers) * sizeof *placers);
    a->placers = placers;
    a->n_placers = n;
    return true;
}

/* ---- who depends on whom ----------------------------------------------------------------- */

static uint32_t root_of(uint32_t *parent, uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

/* The place of a story number; a free one where no newcomer touched it. */
static meeting_place *place_of(const arriving *v, uint64_t number) {
    size_t at = hash_mix(number) & (v->n_places - 1);
    while (v->places[at].number_plus_1 && v->places[at].number_plus_1 != number + 1)
        at = (at + 1) & (v->n_places - 1);
    return &v->places[at];
}

/* A newcomer touches a story; false when it is the first that does. */
static bool meet(arriving *v, uint32_t newcomer, uint64_t number) {
    meeting_place *place = place_of(v, number);
    if (!place->number_plus_1) {
        *place = (meeting_place){number + 1, newcomer};
        return false;
    }
    uint32_t x = root_of(v->parent, place->newcomer), y = root_of(v->parent, newcomer);
    v->parent[x < y ? y : x] = x < y ? x : y;
    return true;
}

/* Finds the stories that a newcomer may touch, and makes ready what is asked of them. */
static flong_status newcomer_meet(arriving *v, uint32_t i, flong_error *error) {
    const storying_newcomer *newcomer = &v->newcomers[i];
    for (size_t c = 0; c < newcomer->n; c++) {
        const story *told;
        uint64_t other = newcomer->candidates[c].text_no;
        if (!candidate_is_edge(&newcomer->candidates[c])) continue;
        TRY(tellings_find(v->held, &told, other, error));
        if (!meet(v, i, told ? told->members[0] : other)) TRY(candidate_ready(told, other, v->scores, error));
    }
    if (!meet(v, i, newcomer->text_no)) TRY(v->scores->ready(v->scores->context, newcomer->text_no, error));
    return FLONG_OK;
}

static flong_status newcomers_meet(arriving *v, flong_error *error) {
    size_t touches = 0;
    for (size_t i = 0; i < v->n; i++) {
        v->parent[i] = (uint32_t)i;
        v->edges[i] = 0;
        for (size_t c = 0; c < v->newcomers[i].n; c++)
            v->edges[i] += candidate_is_edge(&v->newcomers[i].candidates[c]);
        touches += v->edges[i] ? v->edges[i] + 1 : 0;
        if (!tellings_new(v->held, v->newcomers[i].text_no)) return error_nomem(error);
    }
    for (v->n_places = 64; v->n_places < 2 * touches;) v->n_places *= 2;
    v->places = arena_alloc(&v->a->memory, v->n_places, sizeof *v->places);
    if (!v->places) return error_nomem(error);
    memset(v->places, 0, v->n_places * sizeof *v->places);
    for (uint32_t i = 0; i < v->n; i++)
        if (v->edges[i]) TRY(newcomer_meet(v, i, error));
    return FLONG_OK;
}

static int most_edges_first(const void *a, const void *b) {
    const cluster *x = a, *y = b;
    if (x->edges != y->edges) return x->edges > y->edges ? -1 : 1;
    return x->root < y->root ? -1 : x->root > y->root;
}

/* Lists the newcomers of each cluster. Those without an edge are in none. */
static void clusters_make(arriving *v, uint32_t *cluster_of) {
    for (uint32_t i = 0; i < v->n; i++) {
        if (!v->edges[i]) continue;
        uint32_t root = root_of(v->parent, i); /* the least of its cluster */
        if (root == i) {
            cluster_of[i] = (uint32_t)v->n_clusters;
            v->clusters[v->n_clusters++] = (cluster){.root = i};
        }
        v->clusters[cluster_of[root]].n++;
        v->clusters[cluster_of[root]].edges += v->edges[i];
    }
    if (v->n_clusters) qsort(v->clusters, v->n_clusters, sizeof *v->clusters, most_edges_first);
    uint32_t sum = 0;
    for (uint32_t k = 0; k < v->n_clusters; k++) {
        cluster_of[v->clusters[k].root] = k;
        v->clusters[k].first = sum;
        sum += v->clusters[k].n;
        v->clusters[k].n = 0;
    }
    for (uint32_t i = 0; i < v->n; i++) {
        if (!v->edges[i]) continue;
        cluster *of = &v->clusters[cluster_of[root_of(v->parent, i)]];
        v->order[of->first + of->n++] = i;
    }
}

/* ---- placing ----------------------------------------------------------------------------- */

/* Places the clusters of a lane: every n_lanes-th one. */
static void lane_place(void *context, size_t lane, unsigned worker) {
    arriving *v = context;
    placer *p = &v->a->placers[worker];
    const placing_in in = {v->held, v->scores, &p->memory, &p->log, worker};
    for (size_t k = lane; k < v->n_clusters; k += v->n_lanes)
        for (uint32_t i = 0; i < v->clusters[k].n && !v->failed; i++) {
            uint32_t newcomer = v->order[v->clusters[k].first + i];
            size_t from = p->log.changes.n;
            placing_of what = {.newcomer = &v->newcomers[newcomer]};
            if (placing_run(&in, &what, NULL) != FLONG_OK) v->failed = true;
            v->traces[newcomer] = (trace){worker, from, p->log.changes.n};
        }
}

/* Takes over what the threads noted, events in the order of the newcomers. */
static bool logs_take(arriving *v, unsigned n) {
    bool taken = true;
    for (size_t i = 0; i < v->n && taken; i++) {
        const trace *t = &v->traces[i];
        if (t->from < t->to)
            taken = tellings_take_events(v->held, &v->a->placers[t->worker].log, t->from, t->to);
    }
    for (unsigned i = 0; i < n; i++) taken = tellings_take(v->held, &v->a->placers[i].log) && taken;
    return taken;
}

/* Lanes for each thread: enough that one with a large cluster does not have to take small ones as well. */
enum { LANES = 8 };

flong_status arrivals_place(arrivals *a, tellings *held, const storying_newcomer *newcomers, size_t n,
                            const storying_scores *scores, pool *threads, flong_error *error) {
    unsigned n_threads = pool_size(threads);
    arena_reset(&a->memory);
    uint32_t *cluster_of = arena_alloc(&a->memory, n, sizeof *cluster_of);
    arriving v = {.a = a,
                  .held = held,
                  .newcomers = newcomers,
                  .n = n,
                  .scores = scores,
                  .parent = arena_alloc(&a->memory, n, sizeof *v.parent),
                  .edges = arena_alloc(&a->memory, n, sizeof *v.edges),
                  .clusters = arena_alloc(&a->memory, n, sizeof *v.clusters),
                  .n_lanes = (size_t)LANES * n_threads,
                  .order = arena_alloc(&a->memory, n, sizeof *v.order),
                  .traces = arena_alloc(&a->memory, n, sizeof *v.traces)};
    if (!cluster_of || !v.parent || !v.edges || !v.clusters || !v.order || !v.traces ||
        !placers_reserve(a, n_threads))
        return error_nomem(error);
    memset(v.traces, 0, n * sizeof *v.traces);
    TRY(newcomers_meet(&v, error));
    clusters_make(&v, cluster_of);
    pool_run(threads, v.n_lanes, lane_place, &v);
    bool taken = logs_take(&v, n_threads);
    return taken && !v.failed ? FLONG_OK : error_nomem(error);
}
