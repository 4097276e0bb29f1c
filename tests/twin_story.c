#include "twin_story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct weighed {
    uint32_t hash;
    float weight;
} weighed;

static int by_hash(const void *a, const void *b) {
    const weighed *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int heavier_first(const void *a, const void *b) {
    const weighed *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return by_hash(a, b);
}

void twin_sketch(story_sketch *out, const term *terms, size_t n, const rates *r) {
    weighed *all = calloc(n + 1, sizeof *all);
    if (!all) abort();
    bool familiar = rates_familiar(terms, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (weighed){(uint32_t)(terms[i].hash >> 32),
                           terms[i].weight * rates_idf(r, terms[i].hash, familiar)};
    qsort(all, n, sizeof *all, heavier_first);
    if (n > STORY_TERMS) n = STORY_TERMS;
    while (n > 0 && all[n - 1].weight <= 0) n--;
    qsort(all, n, sizeof *all, by_hash);
    double square = 0;
    for (size_t i = 0; i < n; i++) square += (double)all[i].weight * (double)all[i].weight;
    *out = (story_sketch){0};
    memset(out->hashes, 0xFF, sizeof out->hashes);
    for (size_t i = 0; i < n; i++) {
        uint16_t weight = (uint16_t)((double)all[i].weight * (STORY_UNIT / sqrt(square)) + .5);
        if (weight == 0) continue;
        out->hashes[out->n] = all[i].hash;
        out->weights[out->n++] = weight;
    }
    free(all);
}

double twin_cosine(const story_sketch *a, const story_sketch *b) {
    double sum = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            if (a->hashes[i] == b->hashes[j]) sum += a->weights[i] * b->weights[j];
    sum /= (double)STORY_UNIT * STORY_UNIT;
    return sum < 1 ? sum : 1;
}
