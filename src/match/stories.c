#include "match/stories.h"

#include <math.h>
#include <string.h>

double story_probability(double similarity) {
    double p = 1 / (1 + exp(-STORY_SLOPE * (similarity - STORY_CENTRE)));
    return floor(p * 0x1p20 + .5) * 0x1p-20;
}

typedef struct part {
    double texts;
    double within; /* sum of the probabilities of its pairs */
    double cohesion;
    double weakest;   /* least mean probability of two parts that became this one */
    double best;      /* mean probability with the part that it would become one with; negative: with none */
    uint32_t nearest; /* that part, the lowest of equals */
    bool gone;        /* became one with a lower part */
} part;

/* Sums and maxima between parts, a row for each, kept up to date as parts become one. */
typedef struct agglomeration {
    size_t n;
    part *parts;
    double *between; /* sum of the probabilities of the pairs between two parts */
    double *edge;    /* similarity of their most similar pair */
} agglomeration;

static void part_settle(part *p) {
    double pairs = p->texts * (p->texts - 1) / 2;
    p->cohesion = (p->within + STORY_PRIOR_PAIRS * STORY_PRIOR_COHESION) / (pairs + STORY_PRIOR_PAIRS);
}

/* The mean probability between two parts if they may become one; negative if not. */
static double parts_hold(const agglomeration *a, size_t i, size_t j) {
    const part *x = &a->parts[i], *y = &a->parts[j];
    bool singles = x->texts == 1 && y->texts == 1;
    if (a->edge[i * a->n + j] < (singles ? STORY_EDGE_SINGLES : STORY_EDGE)) return -1;
    double mean = a->between[i * a->n + j] / (x->texts * y->texts);
    return mean * mean >= STORY_SHARE * STORY_SHARE * x->cohesion * y->cohesion ? mean : -1;
}

static void nearest_find(agglomeration *a, size_t i) {
    part *p = &a->parts[i];
    p->best = -1;
    for (size_t j = 0; j < a->n; j++) {
        if (j == i || a->parts[j].gone) continue;
        double hold = parts_hold(a, i, j);
        if (hold <= p->best) continue;
        p->best = hold;
        p->nearest = (uint32_t)j;
    }
}

/* The pairs of texts within part i, and between it and the later part j. */
static void pairs_sum(agglomeration *a, const story_parts *in, size_t i, size_t j) {
    size_t n_texts = in->first[in->n_parts];
    double sum = 0, most = 0;
    for (size_t s = in->first[i]; s < in->first[i + 1]; s++)
        for (size_t t = i == j ? s + 1 : in->first[j]; t < in->first[j + 1]; t++) {
            double similarity = in->similarity[s * n_texts + t];
            sum += story_probability(similarity);
            if (similarity > most) most = similarity;
        }
    if (i == j) {
        a->parts[i].within = sum;
        return;
    }
    a->between[i * a->n + j] = a->between[j * a->n + i] = sum;
    a->edge[i * a->n + j] = a->edge[j * a->n + i] = most;
}

static bool agglomeration_init(agglomeration *a, const story_parts *in, arena *memory) {
    size_t n = a->n = in->n_parts;
    a->parts = arena_alloc(memory, n, sizeof *a->parts);
    a->between = arena_alloc(memory, n * n, sizeof *a->between);
    a->edge = arena_alloc(memory, n * n, sizeof *a->edge);
    if (!a->parts || !a->between || !a->edge) return false;
    for (size_t i = 0; i < n; i++) {
        a->parts[i] = (part){.texts = in->first[i + 1] - in->first[i], .weakest = 1};
        for (size_t j = i; j < n; j++) pairs_sum(a, in, i, j);
        part_settle(&a->parts[i]);
    }
    for (size_t i = 0; i < n; i++) nearest_find(a, i);
    return true;
}

/* Part j becomes one with the lower part i. */
static void parts_merge(agglomeration *a, size_t i, size_t j) {
    part *x = &a->parts[i], *y = &a->parts[j];
    size_t n = a->n;
    x->weakest = fmin(fmin(x->weakest, y->weakest), x->best);
    x->within += y->within + a->between[i * n + j];
    x->texts += y->texts;
    y->gone = true;
    part_settle(x);
    for (size_t k = 0; k < n; k++) {
        if (k == i || a->parts[k].gone) continue;
        a->between[k * n + i] = a->between[i * n + k] += a->between[j * n + k];
        a->edge[k * n + i] = a->edge[i * n + k] = fmax(a->edge[i * n + k], a->edge[j * n + k]);
    }
}

/* Mends what the parts have as their nearest after i and j became i. Another part's hold on i may have grown, as
 * what i admits changes with its cohesion. */
static void nearest_mend(agglomeration *a, size_t i, size_t j) {
    nearest_find(a, i);
    for (size_t k = 0; k < a->n; k++) {
        part *p = &a->parts[k];
        if (k == i || p->gone) continue;
        if (p->best >= 0 && (p->nearest == i || p->nearest == j)) {
            nearest_find(a, k);
            continue;
        }
        double hold = parts_hold(a, k, i);
        if (hold > p->best || (hold >= 0 && hold == p->best && i < p->nearest)) {
            p->best = hold;
            p->nearest = (uint32_t)i;
        }
    }
}

/* The part with the best hold on another, the lowest of equals; n when none is left. It is lower than that other. */
static size_t best_find(const agglomeration *a) {
    size_t found = a->n;
    double best = -1;
    for (size_t i = 0; i < a->n; i++) {
        if (a->parts[i].gone || a->parts[i].best <= best) continue;
        best = a->parts[i].best;
        found = i;
    }
    return found;
}

bool stories_agglomerate(uint32_t *story, double *weakest, const story_parts *parts, arena *memory) {
    agglomeration a;
    if (!agglomeration_init(&a, parts, memory)) return false;
    for (size_t i = 0; i < a.n; i++) story[i] = (uint32_t)i;
    for (size_t i; (i = best_find(&a)) < a.n;) {
        size_t j = a.parts[i].nearest;
        parts_merge(&a, i, j);
        nearest_mend(&a, i, j);
        for (size_t k = j; k < a.n; k++)
            if (story[k] == j) story[k] = (uint32_t)i;
    }
    for (size_t i = 0; i < a.n; i++) weakest[i] = a.parts[i].weakest;
    return true;
}
