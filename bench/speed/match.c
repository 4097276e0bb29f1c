/* Single articles that are matched with an index, one call each, in one process that has done so before. */
#include <stdlib.h>

#include "archive.h"
#include "cases.h"
#include "kept.h"
#include "stopwatch.h"

typedef struct matching {
    flong_index *index;
    double *wall, *cpu; /* of each query of one round, microseconds */
    size_t n;
    uint64_t matches;
} matching;

static int match_count(void *context, const flong_match *match) {
    matching *m = context;
    (void)match;
    m->matches++;
    return 0;
}

/* The last articles of the file, which the index has not, once each. */
static void queries_run(matching *m, const setup *s) {
    flong_error error;
    slice queries;
    kept_queries(s, &queries);
    m->n = 0;
    m->matches = 0;
    for (const flong_record *query; (query = slice_next(&queries));) {
        stopwatch watch;
        timing one = {0};
        stopwatch_start(&watch);
        check(flong_index_match(m->index, query, match_count, m, &error), &error);
        stopwatch_stop(&watch, &one);
        m->wall[m->n] = one.wall * 1e6;
        m->cpu[m->n++] = one.cpu * 1e6;
    }
    slice_close(&queries);
}

static int ascending(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

enum { PERCENTILES = 3 };

/* Sorts the times of a round and takes note of its percentiles. */
static void percentiles_add(values *to, double *times, size_t n) {
    static const double at[PERCENTILES] = {.5, .95, .99};
    qsort(times, n, sizeof *times, ascending);
    for (int k = 0; k < PERCENTILES && n; k++)
        values_add(&to[k], times[(size_t)((double)(n - 1) * at[k] + .5)]);
}

static void percentiles_print(const setup *s, const char *name, const values *wall, const values *cpu,
                              double peak) {
    static const char *const measures[PERCENTILES] = {"p50, us", "p95, us", "p99, us"};
    for (int i = 0; i < PERCENTILES; i++) {
        figure f = figure_of(name, measures[i], s->articles - s->queries, values_spread(&wall[i]));
        f.cpu = values_spread(&cpu[i]).median;
        if (i == 0) f.peak = peak;
        figure_print(&f, s->csv);
    }
}

void measure_match(const setup *s, const speed_case *self) {
    static values wall[PERCENTILES], cpu[PERCENTILES];
    matching m = {.index = kept_open(kept_others(s), FLONG_OPEN_READ),
                  .wall = needed(calloc(s->queries, sizeof *m.wall)),
                  .cpu = needed(calloc(s->queries, sizeof *m.cpu))};
    peak_forget();
    queries_run(&m, s); /* what it reads on first use takes no part */
    for (int i = 0; i < s->runs; i++) {
        queries_run(&m, s);
        percentiles_add(wall, m.wall, m.n);
        percentiles_add(cpu, m.cpu, m.n);
    }
    percentiles_print(s, self->name, wall, cpu, (double)peak_get() / 1e6);
    values matches = {{(double)m.matches / (double)(m.n ? m.n : 1)}, 1};
    figure f = figure_of(self->name, "matches", s->articles - s->queries, values_spread(&matches));
    figure_print(&f, s->csv);
    flong_index_close(m.index);
    free(m.wall);
    free(m.cpu);
}
