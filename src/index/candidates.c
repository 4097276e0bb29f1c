#include "index/candidates.h"

#include <string.h>

#include "base/sort.h"

/* An article of the runs that has a key asked for. */
typedef struct hit {
    uint64_t article;
    size_t key; /* its place among the keys */
} hit;

/* An article and a key that it asks for, which others had before: `before` of them in the batch. */
typedef struct asking {
    uint32_t place, key, before;
} asking;

/* The batch's distinct keys, with what was found of them. Places among keys and entries are 32 bits wide. */
typedef struct gathering {
    arena *memory;
    entry_list asked, own;
    meeting_rule rule;
    uint32_t half;
    uint64_t *keys;   /* those asked for */
    uint32_t *starts; /* of each key's entries in `asked`; one more at the end */
    uint32_t *owners; /* where those of the key begin in `own` */
    size_t n_keys;
    hit *hits; /* in order of arrival */
    size_t n_hits, hits_capacity;
    uint64_t *earlier;      /* articles in the runs: of each key, */
    uint32_t *earlier_ends; /* from where those of the key before end to here */
    asking *askings;        /* by key */
    size_t n_askings;
    uint64_t hot;
    bool out_of_memory;
} gathering;

/* ---- keys -------------------------------------------------------------------------------- */

static bool gather_keys(gathering *g) {
    size_t n = g->asked.n;
    g->keys = arena_alloc(g->memory, n, sizeof *g->keys);
    g->starts = arena_alloc(g->memory, n + 1, sizeof *g->starts);
    if (!g->keys || !g->starts) return false;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = entry_key(g->asked.entries[i]);
        if (g->n_keys && g->keys[g->n_keys - 1] == key) continue;
        g->keys[g->n_keys] = key;
        g->starts[g->n_keys++] = (uint32_t)i;
    }
    g->starts[g->n_keys] = (uint32_t)n;
    return true;
}

/* Where the entries of each key asked for stand in `own`. */
static bool gather_own(gathering *g) {
    size_t at = 0;
    g->owners = g->starts;
    if (g->own.entries == g->asked.entries) return true;
    g->owners = arena_alloc(g->memory, g->n_keys, sizeof *g->owners);
    if (!g->owners) return false;
    for (size_t k = 0; k < g->n_keys; k++) {
        while (at < g->own.n && g->own.entries[at] < g->keys[k]) at++;
        g->owners[k] = (uint32_t)at;
    }
    return true;
}

/* ---- the runs ---------------------------------------------------------------------------- */

static void hit_take(void *context, size_t key, uint64_t article) {
    gathering *g = context;
    if (ARRAY_GROW(g->hits, g->n_hits, g->hits_capacity))
        g->hits[g->n_hits++] = (hit){article, key};
    else
        g->out_of_memory = true;
}

/* Sorts what was found by key; of one key it stays as it came. */
static bool gather_earlier(gathering *g) {
    g->earlier = arena_alloc(g->memory, g->n_hits, sizeof *g->earlier);
    g->earlier_ends = arena_alloc(g->memory, g->n_keys, sizeof *g->earlier_ends);
    if (!g->earlier || !g->earlier_ends) return false;
    uint32_t sum = 0;
    memset(g->earlier_ends, 0, g->n_keys * sizeof *g->earlier_ends);
    for (size_t i = 0; i < g->n_hits; i++) g->earlier_ends[g->hits[i].key]++;
    for (size_t k = 0; k < g->n_keys; k++) {
        uint32_t here = g->earlier_ends[k];
        g->earlier_ends[k] = sum;
        sum += here;
    }
    for (size_t i = 0; i < g->n_hits; i++) g->earlier[g->earlier_ends[g->hits[i].key]++] = g->hits[i].article;
    return true;
}

static bool gather_runs(gathering *g, runs *r, runs_gone_fn gone, void *context, flong_error *error,
                        flong_status *status) {
    const runs_ends ends = {g->half, gone, context};
    *status = runs_find_ends(r, g->keys, g->n_keys, &ends, hit_take, g, error);
    bool gathered = *status == FLONG_OK && !g->out_of_memory && g->n_hits < UINT32_MAX && gather_earlier(g);
    mem_free(g->hits);
    g->hits = NULL;
    return gathered;
}

/* ---- meeting ----------------------------------------------------------------------------- */

/* How many articles in the runs have a key, as far as was told; *first is the first of them. */
static uint32_t earlier_of(const gathering *g, uint32_t key, const uint64_t **first) {
    uint32_t begin = key ? g->earlier_ends[key - 1] : 0;
    *first = g->earlier + begin;
    return g->earlier_ends[key] - begin;
}

/* Notes who asks for a key that others had before. */
static void key_ask(gathering *g, uint32_t key) {
    const uint64_t *first;
    uint32_t in_runs = earlier_of(g, key, &first), before = 0;
    size_t own = g->owners[key];
    for (uint32_t i = g->starts[key]; i < g->starts[key + 1]; i++) {
        uint64_t entry = g->asked.entries[i];
        while (own < g->own.n && g->own.entries[own] < entry &&
               entry_key(g->own.entries[own]) == g->keys[key])
            own++, before++;
        g->hot += (uint64_t)in_runs + before > 2 * (uint64_t)g->half;
        if (in_runs + before > 0)
            g->askings[g->n_askings++] = (asking){(uint32_t)entry_place(entry), key, before};
    }
}

/* Sorts askings by article. */
static asking *askings_sort(const gathering *g) {
    uint32_t n_places = 0;
    for (size_t i = 0; i < g->n_askings; i++)
        if (g->askings[i].place >= n_places) n_places = g->askings[i].place + 1;
    uint32_t *ends = arena_alloc(g->memory, n_places, sizeof *ends), sum = 0;
    asking *sorted = arena_alloc(g->memory, g->n_askings, sizeof *sorted);
    if (!ends || !sorted) return NULL;
    memset(ends, 0, n_places * sizeof *ends);
    for (size_t i = 0; i < g->n_askings; i++) ends[g->askings[i].place]++;
    for (uint32_t p = 0; p < n_places; p++) {
        uint32_t here = ends[p];
        ends[p] = sum;
        sum += here;
    }
    for (size_t i = 0; i < g->n_askings; i++) sorted[ends[g->askings[i].place]++] = g->askings[i];
    return sorted;
}

/* Those whom one article meets, and how often: a hash table, with the list of its places that are taken. */
typedef struct tally {
    struct tallied {
        uint64_t other; /* plus 1; 0: free */
        uint32_t shared;
    } * places;
    uint32_t *taken;
    uint64_t *sorted, *scratch;
    size_t n_taken;
    unsigned bits;
} tally;

static void tally_free(tally *t) {
    mem_free(t->places);
    mem_free(t->taken);
    mem_free(t->sorted);
    mem_free(t->scratch);
}

/* Room for n meetings, in a table that is half full at most. */
static bool tally_reserve(tally *t, size_t n) {
    unsigned bits = t->bits ? t->bits : 10;
    while ((size_t)1 << bits < 2 * n) bits++;
    if (bits == t->bits) return true;
    tally_free(t);
    size_t size = (size_t)1 << bits;
    *t = (tally){.places = mem_new(size, sizeof *t->places),
                 .taken = mem_new(size, sizeof *t->taken),
                 .sorted = mem_new(size, sizeof *t->sorted),
                 .scratch = mem_new(size, sizeof *t->scratch),
                 .bits = bits};
    return t->places && t->taken && t->sorted && t->scratch;
}

static inline void tally_add(tally *t, uint64_t other) {
    size_t mask = ((size_t)1 << t->bits) - 1;
    size_t at = (size_t)((other * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - t->bits));
    while (t->places[at].other && t->places[at].other != other + 1) at = (at + 1) & mask;
    if (!t->places[at].other) {
        t->places[at] = (struct tallied){other + 1, 0};
        t->taken[t->n_taken++] = (uint32_t)at;
    }
    t->places[at].shared++;
}

/* The articles of a key in order: those of the runs, then those of the batch. Adds the [begin, end) of them. */
static void sequence_add(const gathering *g, tally *t, uint32_t key, size_t begin, size_t end) {
    const uint64_t *first;
    size_t in_runs = earlier_of(g, key, &first);
    for (; begin < end && begin < in_runs; begin++) tally_add(t, first[begin]);
    for (; begin < end; begin++)
        tally_add(t, g->own.base + entry_place(g->own.entries[g->owners[key] + begin - in_runs]));
}

static void asking_add(const gathering *g, tally *t, const asking *a) {
    const uint64_t *first;
    size_t before = (size_t)earlier_of(g, a->key, &first) + a->before, half = g->half;
    if (before <= 2 * half) {
        sequence_add(g, t, a->key, 0, before);
    } else {
        sequence_add(g, t, a->key, 0, half);
        sequence_add(g, t, a->key, before - half, before);
    }
}

enum { OTHER_BITS = 40, SHARED_MOST = (1 << 24) - 1 };

/* Empties the tally; appends the best of it to the candidates of an article. */
static bool tally_end(tally *t, const gathering *g, uint32_t place, candidate_list *out, size_t *capacity) {
    size_t n = 0;
    for (size_t i = 0; i < t->n_taken; i++) {
        struct tallied *one = &t->places[t->taken[i]];
        uint64_t shared = one->shared < SHARED_MOST ? one->shared : SHARED_MOST;
        if (shared >= g->rule.shared)
            t->sorted[n++] = (SHARED_MOST - shared) << OTHER_BITS | (one->other - 1);
        one->other = 0;
    }
    t->n_taken = 0;
    sort_u64(t->sorted, t->scratch, n, 0, 8);
    for (size_t i = 0; i < n && i < g->rule.most; i++) {
        if (!ARRAY_GROW(out->candidates, out->n, *capacity)) return false;
        out->candidates[out->n++] =
            (candidate){.article = g->asked.base + place,
                        .other = t->sorted[i] & ((UINT64_C(1) << OTHER_BITS) - 1),
                        .shared = (uint32_t)(SHARED_MOST - (t->sorted[i] >> OTHER_BITS))};
    }
    return true;
}

/* Lets every article meet, and keeps the best of those whom it met. */
static bool all_meet(const gathering *g, const asking *sorted, candidate_list *out) {
    tally t = {0};
    size_t capacity = 0;
    bool ok = true;
    for (size_t i = 0, end; i < g->n_askings && ok; i = end) {
        size_t most = 0;
        for (end = i; end < g->n_askings && sorted[end].place == sorted[i].place; end++) {
            const uint64_t *first;
            size_t before = (size_t)earlier_of(g, sorted[end].key, &first) + sorted[end].before;
            most += before < 2 * (size_t)g->half ? before : 2 * (size_t)g->half;
        }
        ok = tally_reserve(&t, most);
        for (size_t k = i; k < end && ok; k++) asking_add(g, &t, &sorted[k]);
        ok = ok && tally_end(&t, g, sorted[i].place, out, &capacity);
    }
    tally_free(&t);
    return ok;
}

static bool gather_meetings(gathering *g, candidate_list *out) {
    candidate_list found = {0};
    g->askings = arena_alloc(g->memory, g->asked.n, sizeof *g->askings);
    if (!g->askings) return false;
    for (size_t key = 0; key < g->n_keys; key++) key_ask(g, (uint32_t)key);
    const asking *sorted = askings_sort(g);
    bool ok = sorted && all_meet(g, sorted, &found);
    *out = (candidate_list){.n = found.n, .hot = g->hot};
    if (ok) out->candidates = arena_copy(g->memory, found.candidates, found.n * sizeof *found.candidates);
    mem_free(found.candidates);
    return ok && out->candidates;
}

meeting_rule meeting_of_texts(const flong_params *params) {
    return (meeting_rule){.links = params->bucket_links, .shared = 1, .most = params->max_candidates};
}

flong_status candidates_find(candidate_list *out, arena *memory, runs *r, entry_list asked, entry_list own,
                             meeting_rule rule, runs_gone_fn gone, void *context, flong_error *error) {
    gathering g = {.memory = memory, .asked = asked, .own = own, .rule = rule, .half = rule.links / 2};
    flong_status status;
    *out = (candidate_list){0};
    if (asked.n == 0) return FLONG_OK;
    if (asked.n >= UINT32_MAX || own.n >= UINT32_MAX || !gather_keys(&g) || !gather_own(&g))
        return error_nomem(error);
    bool found = gather_runs(&g, r, gone, context, error, &status);
    TRY(status);
    return found && gather_meetings(&g, out) ? FLONG_OK : error_nomem(error);
}
