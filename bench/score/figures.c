#include "figures.h"
#include "json.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static double pairs_of(uint64_t n) { return (double)n * (double)(n - 1) / 2; }

/* A grouping with groups numbered from 0. */
typedef struct grouping {
    uint64_t *names, *sizes; /* by number; names ascending */
    size_t n;
    double pairs; /* of articles in one group */
} grouping;

static grouping grouping_of(const uint64_t *labels, size_t n) {
    grouping g = {memory_resize(NULL, n * sizeof *labels), memory_resize(NULL, n * sizeof *labels), 0, 0};
    memcpy(g.names, labels, n * sizeof *labels);
    qsort(g.names, n, sizeof *g.names, compare);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && g.names[end] == g.names[i];) end++;
        g.names[g.n] = g.names[i];
        g.sizes[g.n++] = end - i;
        g.pairs += pairs_of(end - i);
    }
    return g;
}

static void grouping_free(grouping *g) {
    free(g->names);
    free(g->sizes);
}

static size_t number_of(const grouping *g, uint64_t name) {
    return (size_t)((uint64_t *)bsearch(&name, g->names, g->n, sizeof name, compare) - g->names);
}

static double harmonic(double a, double b) { return a + b > 0 ? 2 * a * b / (a + b) : 0; }

/* Sums over the cells: articles that share both groups. cells is sorted. */
static void add_cells(figures *out, const grouping *gold, const grouping *got, const uint64_t *cells,
                      size_t n) {
    double both = 0, precise = 0, complete = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && cells[end] == cells[i];) end++;
        const double size = (double)(end - i);
        both += pairs_of(end - i);
        precise += size * size / (double)got->sizes[cells[i] & UINT32_MAX];
        complete += size * size / (double)gold->sizes[cells[i] >> 32];
    }
    const double expected = n > 1 ? gold->pairs * got->pairs / pairs_of(n) : 0;
    const double most = (gold->pairs + got->pairs) / 2;
    out->precision = got->pairs > 0 ? both / got->pairs : 1;
    out->recall = gold->pairs > 0 ? both / gold->pairs : 1;
    out->f1 = harmonic(out->precision, out->recall);
    out->ari = most > expected || most < expected ? (both - expected) / (most - expected) : 1;
    out->b_cubed = harmonic(precise / (double)n, complete / (double)n);
}

figures figures_of(uint64_t *gold, uint64_t *got, size_t n) {
    grouping a = grouping_of(gold, n), b = grouping_of(got, n);
    uint64_t *cells = memory_resize(NULL, n * sizeof *cells);
    figures out = {.groups = b.n, .gold_groups = a.n};
    for (size_t i = 0; i < n; i++) {
        const size_t in_gold = number_of(&a, gold[i]), in_got = number_of(&b, got[i]);
        cells[i] = (uint64_t)in_gold << 32 | in_got;
        gold[i] = a.sizes[in_gold];
        got[i] = b.sizes[in_got];
    }
    qsort(cells, n, sizeof *cells, compare);
    add_cells(&out, &a, &b, cells, n);
    free(cells);
    grouping_free(&a);
    grouping_free(&b);
    return out;
}
