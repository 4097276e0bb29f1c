#include "rounds.h"

#include <math.h>

static double ratio(double a, double b) { return b > 0 ? a / b : NAN; }

figure rounds_measure(const setup *s, const char *name, round_fn fn, void *context) {
    values wall = {.n = 0}, cpu = {.n = 0}, words = {.n = 0}, peaks = {.n = 0};
    for (int i = 0; i < s->runs; i++) {
        timing one = {0};
        values_add(&words, words_run(s).wall);
        fn(s, context, &one);
        values_add(&wall, one.wall * 1e6 / (double)s->articles);
        values_add(&cpu, one.cpu * 1e6 / (double)s->articles);
        if (one.peak) values_add(&peaks, (double)one.peak / 1e6);
    }
    figure f = figure_of(name, "article, us", s->articles, values_spread(&wall));
    double seconds = f.value.median * (double)s->articles / 1e6;
    f.cpu = values_spread(&cpu).median;
    f.rate = ratio((double)s->bytes / 1e6, seconds);
    f.words = ratio(seconds, values_spread(&words).median);
    f.peak = values_spread(&peaks).most;
    return f;
}
