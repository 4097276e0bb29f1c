/* Single articles that are matched with an index, one call each, in one process that has done so before. */
#include <stdlib.h>

#include "archive.h"
#include "cases.h"
#include "kept.h"
#include "stopwatch.h"

typedef struct matching {
    flong_index *index;
    double *times; /* of each query of one round, microseconds */
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
        run one = {0};
        stopwatch_start(&watch);
        check(flong_index_match(m->index, query, match_count, m, &error), &error);
        stopwatch_stop(&watch, &one);
        m->times[m->n++] = one.wall * 1e6;
    }
    slice_close(&queries);
}

static int ascending(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void percentiles_print(const setup *s, const char *name, const values *percentiles, double peak) {
    static const char *const measures[] = {"p50, us", "p95, us", "p99, us"};
    for (int i = 0; i < 3; i++) {
        figure f = figure_of(name, measures[i], s->articles - s->queries, values_spread(&percentiles[i]));
        if (i == 0) f.peak = peak;
        figure_print(&f, s->csv);
    }
}

void measure_match(const setup *s, const speed_case *self) {
    static const double at[] = {.5, .95, .99};
    static values percentiles[3];
    const char *path = kept_others(s);
    matching m = {.index = kept_open(path, FLONG_OPEN_READ),
                  .times = needed(calloc(s->queries, sizeof *m.times))};
    peak_forget();
    queries_run(&m, s); /* what it reads on first use takes no part */
    for (int i = 0; i < s->runs; i++) {
        queries_run(&m, s);
        qsort(m.times, m.n, sizeof *m.times, ascending);
        for (int k = 0; k < 3 && m.n; k++)
            values_add(&percentiles[k], m.times[(size_t)((double)(m.n - 1) * at[k] + .5)]);
    }
    percentiles_print(s, self->name, percentiles, (double)peak_get() / 1e6);
    values matches = {{(double)m.matches / (double)(m.n ? m.n : 1)}, 1};
    figure f = figure_of(self->name, "matches", s->articles - s->queries, values_spread(&matches));
    figure_print(&f, s->csv);
    flong_index_close(m.index);
    free(m.times);
}
