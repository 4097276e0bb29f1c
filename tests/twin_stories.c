#include "twin_stories.h"

/* Texts x and y: which parts they are of. */
static size_t part_of(const twin_parts *parts, size_t text) {
    size_t part = 0;
    while (parts->first[part + 1] <= text) part++;
    return part;
}

static size_t texts_of(const uint32_t *story, const twin_parts *parts, uint32_t a) {
    size_t n = 0;
    for (size_t x = 0; x < parts->first[parts->n_parts]; x++) n += story[part_of(parts, x)] == a;
    return n;
}

/* Sum of the probabilities, and highest similarity, of the pairs of a text of story a and one of story b. */
static double pairs_sum(double *most, const uint32_t *story, const twin_parts *parts, uint32_t a,
                        uint32_t b) {
    size_t n = parts->first[parts->n_parts];
    double sum = 0;
    *most = 0;
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++) {
            if (x == y || story[part_of(parts, x)] != a || story[part_of(parts, y)] != b) continue;
            double similarity = parts->similarity[x * n + y];
            sum += story_probability(similarity);
            if (similarity > *most) *most = similarity;
        }
    return sum;
}

static double cohesion(const uint32_t *story, const twin_parts *parts, uint32_t a) {
    double most, n = (double)texts_of(story, parts, a);
    double twice = pairs_sum(&most, story, parts, a, a); /* each pair both ways */
    return (twice / 2 + STORY_PRIOR_PAIRS * STORY_PRIOR_COHESION) / (n * (n - 1) / 2 + STORY_PRIOR_PAIRS);
}

/* The mean probability between two stories if they may become one; negative if not. */
static double hold(const uint32_t *story, const twin_parts *parts, uint32_t a, uint32_t b) {
    double most, sum = pairs_sum(&most, story, parts, a, b);
    size_t n_a = texts_of(story, parts, a), n_b = texts_of(story, parts, b);
    double mean = sum / (double)(n_a * n_b);
    if (most < (n_a == 1 && n_b == 1 ? STORY_EDGE_SINGLES : STORY_EDGE)) return -1;
    double least = STORY_SHARE * STORY_SHARE * cohesion(story, parts, a) * cohesion(story, parts, b);
    return mean * mean >= least ? mean : -1;
}

void twin_agglomerate(uint32_t *story, double *weakest, const twin_parts *parts) {
    uint32_t n = (uint32_t)parts->n_parts;
    for (uint32_t i = 0; i < n; i++) story[i] = i, weakest[i] = 1;
    for (;;) {
        double best = -1;
        uint32_t best_a = 0, best_b = 0;
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = a + 1; b < n; b++) {
                if (story[a] != a || story[b] != b) continue;
                double mean = hold(story, parts, a, b);
                if (mean > best) best = mean, best_a = a, best_b = b;
            }
        if (best < 0) return;
        if (weakest[best_b] < weakest[best_a]) weakest[best_a] = weakest[best_b];
        if (best < weakest[best_a]) weakest[best_a] = best;
        for (uint32_t i = 0; i < n; i++)
            if (story[i] == best_b) story[i] = best_a;
    }
}
