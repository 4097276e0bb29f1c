#include "link.h"

#include <stdlib.h>

#include "../corpus/corpus.h"
#include "base/memory.h"

typedef struct linking {
    double *similarity;
    size_t n, *size, *best; /* of a group: articles, 0 when it is gone; the most similar other group */
} linking;

static double *cell(linking *l, size_t i, size_t j) { return &l->similarity[i * l->n + j]; }

static void best_find(linking *l, size_t i) {
    l->best[i] = i;
    for (size_t j = 0; j < l->n; j++)
        if (j != i && l->size[j] && (l->best[i] == i || *cell(l, i, j) > *cell(l, i, l->best[i])))
            l->best[i] = j;
}

static merge merge_find(linking *l) {
    merge m = {.similarity = -1};
    for (size_t i = 0; i < l->n; i++)
        if (l->size[i] && l->best[i] != i && *cell(l, i, l->best[i]) > m.similarity)
            m = (merge){i, l->best[i], *cell(l, i, l->best[i])};
    return m;
}

static void merge_do(linking *l, merge m) {
    double a = (double)l->size[m.into], b = (double)l->size[m.from];
    for (size_t j = 0; j < l->n; j++) {
        double mean = (a * *cell(l, m.into, j) + b * *cell(l, m.from, j)) / (a + b);
        *cell(l, m.into, j) = *cell(l, j, m.into) = mean;
    }
    l->size[m.into] += l->size[m.from];
    l->size[m.from] = 0;
    for (size_t j = 0; j < l->n; j++)
        if (l->size[j] && (j == m.into || l->best[j] == m.into || l->best[j] == m.from)) best_find(l, j);
}

void link_average(merge *out, double *similarity, size_t n) {
    linking l = {similarity, n, mem_new(n, sizeof *l.size), mem_new(n, sizeof *l.best)};
    corpus_need(l.size && l.best);
    for (size_t i = 0; i < n; i++) l.size[i] = 1;
    for (size_t i = 0; i < n; i++) best_find(&l, i);
    for (size_t i = 0; i + 1 < n; i++) {
        out[i] = merge_find(&l);
        merge_do(&l, out[i]);
    }
    mem_free(l.size);
    mem_free(l.best);
}

void link_cut(uint64_t *groups, const merge *merges, size_t n, double least) {
    for (size_t i = 0; i < n; i++) groups[i] = i;
    for (size_t m = 0; m + 1 < n && merges[m].similarity >= least; m++)
        for (size_t i = 0; i < n; i++)
            if (groups[i] == merges[m].from) groups[i] = merges[m].into;
}
