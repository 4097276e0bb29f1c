#include "index/candidates.h"

#include <stdlib.h>
#include <string.h>

/* What the runs have of one key: how many articles, the first `half` of them and the last `half`. */
typedef struct bucket {
    uint64_t total;
    uint64_t *first, *last; /* `last` is a ring: article t is at t % half */
} bucket;

/* The batch's distinct keys, with what was found of them. */
typedef struct gathering {
    arena *memory;
    keyed_list asked, own;
    uint64_t *keys;       /* those asked for */
    uint32_t *starts;     /* of each key's entries in `asked`; one more at the end */
    uint32_t *own_starts; /* and in `own`, where they end before own_ends */
    uint32_t *own_ends;
    bucket **buckets; /* NULL: no article in the runs has the key */
    size_t n_keys;
    uint32_t half;
    runs_gone_fn gone;
    void *gone_context;
    uint64_t base;      /* least article of the batch */
    uint64_t *meetings; /* article - base in the upper 24 bits, other in the lower 40 */
    size_t n_meetings, capacity;
    uint64_t hot;
    bool out_of_memory;
} gathering;

enum { OTHER_BITS = 40 };

/* Where the entries of each key asked for stand in `own`. */
static void gather_own(gathering *g) {
    size_t at = 0;
    for (size_t k = 0; k < g->n_keys; k++) {
        while (at < g->own.n && g->own.entries[at].key < g->keys[k]) at++;
        g->own_starts[k] = (uint32_t)at;
        while (at < g->own.n && g->own.entries[at].key == g->keys[k]) at++;
        g->own_ends[k] = (uint32_t)at;
    }
}

static bool gather_keys(gathering *g) {
    size_t n = g->asked.n;
    g->keys = arena_alloc(g->memory, n, sizeof *g->keys);
    g->starts = arena_alloc(g->memory, n + 1, sizeof *g->starts);
    if (!g->keys || !g->starts) return false;
    g->base = UINT64_MAX;
    for (size_t i = 0; i < n; i++) {
        if (g->asked.entries[i].value < g->base) g->base = g->asked.entries[i].value;
        if (i > 0 && g->asked.entries[i].key == g->asked.entries[i - 1].key) continue;
        g->keys[g->n_keys] = g->asked.entries[i].key;
        g->starts[g->n_keys++] = (uint32_t)i;
    }
    g->starts[g->n_keys] = (uint32_t)n;
    g->buckets = arena_alloc(g->memory, g->n_keys, sizeof *g->buckets);
    g->own_starts = arena_alloc(g->memory, g->n_keys, sizeof *g->own_starts);
    g->own_ends = arena_alloc(g->memory, g->n_keys, sizeof *g->own_ends);
    if (!g->buckets || !g->own_starts || !g->own_ends) return false;
    memset(g->buckets, 0, g->n_keys * sizeof *g->buckets);
    gather_own(g);
    return true;
}

static bucket *bucket_new(gathering *g) {
    bucket *b = arena_alloc(g->memory, 1, sizeof *b);
    uint64_t *places = arena_alloc(g->memory, 2 * (size_t)g->half, sizeof *places);
    if (!b || !places) {
        g->out_of_memory = true;
        return NULL;
    }
    *b = (bucket){.first = places, .last = places + g->half};
    return b;
}

static void bucket_take(void *context, size_t key, uint64_t article) {
    gathering *g = context;
    if (g->gone(g->gone_context, article)) return;
    bucket **place = &g->buckets[key];
    if (!*place && !(*place = bucket_new(g))) return;
    bucket *b = *place;
    if (b->total < g->half) b->first[b->total] = article;
    b->last[b->total % g->half] = article;
    b->total++;
}

static void meet(gathering *g, uint64_t article, uint64_t other) {
    if (!ARRAY_GROW(g->meetings, g->n_meetings, g->capacity)) {
        g->out_of_memory = true;
        return;
    }
    g->meetings[g->n_meetings++] = (article - g->base) << OTHER_BITS | other;
}

/* The articles of a key in order: those of the runs, then those of the batch. The t-th one, where t is
 * among the first or the last `half` of those before some article of the batch. */
static uint64_t sequence_at(const gathering *g, const bucket *b, const keyed *members, uint64_t t) {
    uint64_t in_runs = b ? b->total : 0;
    if (t >= in_runs) return members[t - in_runs].value;
    return t < g->half ? b->first[t] : b->last[t % g->half];
}

static void key_meetings(gathering *g, size_t key) {
    const bucket *b = g->buckets[key];
    const keyed *own = g->own.entries + g->own_starts[key];
    size_t n_own = g->own_ends[key] - g->own_starts[key];
    uint64_t in_runs = b ? b->total : 0, m = 0,
             links = 2 * (uint64_t)g->half; /* m: those of the batch before */
    for (size_t i = g->starts[key]; i < g->starts[key + 1] && !g->out_of_memory; i++) {
        uint64_t article = g->asked.entries[i].value;
        while (m < n_own && own[m].value < article) m++;
        uint64_t before = in_runs + m;
        bool hot = before > links;
        g->hot += hot;
        for (uint64_t t = 0; t < (hot ? g->half : before); t++) meet(g, article, sequence_at(g, b, own, t));
        for (uint64_t t = before - g->half; hot && t < before; t++)
            meet(g, article, sequence_at(g, b, own, t));
    }
}

static int candidate_compare(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->shared != y->shared) return x->shared > y->shared ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

/* Counts equal meetings, and keeps the best of each article. */
static bool meetings_count(candidate_list *out, gathering *g, const meeting_rule *rule) {
    uint64_t *scratch = arena_alloc(g->memory, g->n_meetings, sizeof *scratch);
    out->candidates = arena_alloc(g->memory, g->n_meetings, sizeof *out->candidates);
    if (!scratch || !out->candidates) return false;
    sort_u64(g->meetings, scratch, g->n_meetings, 0, 8);
    size_t begin = 0; /* of the article's candidates */
    for (size_t i = 0; i < g->n_meetings;) {
        uint64_t meeting = g->meetings[i], article = meeting >> OTHER_BITS;
        uint32_t shared = 0;
        while (i < g->n_meetings && g->meetings[i] == meeting) i++, shared++;
        if (shared >= rule->shared)
            out->candidates[out->n++] = (candidate){.article = g->base + article,
                                                    .other = meeting & ((UINT64_C(1) << OTHER_BITS) - 1),
                                                    .shared = shared};
        if (i < g->n_meetings && g->meetings[i] >> OTHER_BITS == article) continue;
        qsort(out->candidates + begin, out->n - begin, sizeof *out->candidates, candidate_compare);
        if (out->n - begin > rule->most) out->n = begin + rule->most;
        begin = out->n;
    }
    return true;
}

meeting_rule meeting_of_texts(const flong_params *params) {
    return (meeting_rule){.links = params->bucket_links, .shared = 1, .most = params->max_candidates};
}

flong_status candidates_find(candidate_list *out, arena *memory, runs *r, keyed_list asked, keyed_list own,
                             meeting_rule rule, runs_gone_fn gone, void *context, flong_error *error) {
    gathering g = {.memory = memory,
                   .asked = asked,
                   .own = own,
                   .half = rule.links / 2,
                   .gone = gone,
                   .gone_context = context};
    candidate_list list = {0};
    *out = list;
    if (asked.n == 0) return FLONG_OK;
    if (!gather_keys(&g)) return error_nomem(error);
    TRY(runs_find(r, g.keys, g.n_keys, bucket_take, &g, error));
    for (size_t key = 0; key < g.n_keys; key++) key_meetings(&g, key);
    bool counted = !g.out_of_memory && meetings_count(&list, &g, &rule);
    mem_free(g.meetings);
    if (!counted) return error_nomem(error);
    list.hot = g.hot;
    *out = list;
    return FLONG_OK;
}
