/* An index that is there: adding to it, its size, opening it. */
#include <math.h>
#include <string.h>

#include "archive.h"
#include "cases.h"
#include "kept.h"
#include "stopwatch.h"

/* ---- adding ------------------------------------------------------------------------------ */

/* Adds the articles behind the first `size` ones to an index of these. */
static timing add_run(const setup *s, uint64_t size, unsigned threads) {
    const char *copy = setup_path(s, "grown.flong");
    setup part;
    slice more;
    stopwatch watch;
    timing out = {0};
    kept_remove(copy);
    if (size) kept_copy(kept_index(s, size), copy);
    setup_part(s, &part, size, s->added);
    slice_open(&more, part.file, s->added);
    peak_forget();
    stopwatch_start(&watch);
    flong_index *index = kept_open(copy, FLONG_OPEN_WRITE);
    slice_add(&more, index, threads);
    flong_index_close(index);
    stopwatch_stop(&watch, &out);
    out.peak = peak_get();
    kept_remove(copy);
    return out;
}

static void size_measure(const setup *s, const speed_case *self, uint64_t size) {
    values wall = {.n = 0}, cpu = {.n = 0}, peaks = {.n = 0};
    for (int i = 0; i < s->runs; i++) {
        timing one = add_run(s, size, self->threads);
        values_add(&wall, one.wall * 1e6 / (double)s->added);
        values_add(&cpu, one.cpu * 1e6 / (double)s->added);
        values_add(&peaks, (double)one.peak / 1e6);
    }
    figure f = figure_of(self->name, "article, us", size, values_spread(&wall));
    f.cpu = values_spread(&cpu).median;
    f.peak = values_spread(&peaks).most;
    figure_print(&f, s->csv);
    values rate = {{1e6 / f.value.median}, 1};
    f = figure_of(self->name, "articles/s", size, values_spread(&rate));
    figure_print(&f, s->csv);
}

void measure_add(const setup *s, const speed_case *self) {
    for (int i = 0; i < s->n_sizes; i++) {
        if (s->sizes[i] + s->added <= s->articles)
            size_measure(s, self, s->sizes[i]);
        else
            fprintf(stderr, "flong-speed: %s: the file has too few articles for adding to %llu of them\n",
                    self->name, (unsigned long long)s->sizes[i]);
    }
}

/* ---- size -------------------------------------------------------------------------------- */

static void bytes_print(const setup *s, const char *name, const char *measure, uint64_t n, uint64_t bytes) {
    values each = {{(double)bytes / (double)n}, 1};
    figure f = figure_of(name, measure, n, values_spread(&each));
    figure_print(&f, s->csv);
}

void measure_size(const setup *s, const speed_case *self) {
    flong_error error;
    flong_info info;
    flong_index *index = kept_open(kept_others(s), FLONG_OPEN_READ);
    check(flong_index_info(index, &info, &error), &error);
    flong_index_close(index);
    if (info.articles == 0) return;
    bytes_print(s, self->name, "all, bytes", info.articles, info.bytes);
    bytes_print(s, self->name, "no text, bytes", info.articles, info.bytes - info.bytes_text);
    bytes_print(s, self->name, "keys, bytes", info.articles, info.bytes_keys);
}

/* ---- opening ----------------------------------------------------------------------------- */

static int match_ignore(void *context, const flong_match *match) {
    (void)context, (void)match;
    return 0;
}

void measure_open(const setup *s, const speed_case *self) {
    const char *path = kept_others(s);
    values opening = {.n = 0}, first = {.n = 0};
    flong_error error;
    for (int i = 0; i < s->runs; i++) {
        slice queries;
        stopwatch watch;
        timing opened = {0}, matched = {0};
        kept_queries(s, &queries);
        const flong_record *query = slice_next(&queries);
        stopwatch_start(&watch);
        flong_index *index = kept_open(path, FLONG_OPEN_READ);
        stopwatch_stop(&watch, &opened);
        if (query) check(flong_index_match(index, query, match_ignore, NULL, &error), &error);
        stopwatch_stop(&watch, &matched);
        values_add(&opening, opened.wall * 1e3);
        values_add(&first, matched.wall * 1e3);
        flong_index_close(index);
        slice_close(&queries);
    }
    figure f = figure_of(self->name, "open, ms", s->articles - s->queries, values_spread(&opening));
    figure_print(&f, s->csv);
    f = figure_of(self->name, "+ match, ms", s->articles - s->queries, values_spread(&first));
    figure_print(&f, s->csv);
}
