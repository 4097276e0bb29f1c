#include "match/stories.h"

#include <math.h>
#include <string.h>

double story_probability(double similarity) {
    double p = 1 / (1 + exp(-STORY_SLOPE * (similarity - STORY_CENTRE)));
    return floor(p * 0x1p20 + .5) * 0x1p-20;
}

/* Bits of a likeness. */
enum { EDGE = 1, EDGE_SINGLES = 2, EDGE_BITS = 2 };

story_likeness story_likeness_of(double similarity) {
    return (story_likeness)(story_probability(similarity) * 0x1p20) << EDGE_BITS |
           (similarity >= STORY_EDGE ? EDGE : 0) | (similarity >= STORY_EDGE_SINGLES ? EDGE_SINGLES : 0);
}

static double probability_of(story_likeness likeness) { return (likeness >> EDGE_BITS) * 0x1p-20; }

typedef struct part {
    double texts;
    double within; /* sum of the probabilities of its pairs */
    double cohesion;
    double weakest;   /* least mean probability of two parts that became this one */
    double best;      /* mean probability with the part that it would become one with; negative: with none */
    uint32_t nearest; /* that part, the lowest of equals */
    bool gone;        /* became one with a lower part */
} part;

/* Sums and edges between parts, a row for each, kept up to date as parts become one. */
typedef struct agglomeration {
    size_t n;
    part *parts;
    double *between; /* sum of the probabilities of the pairs between two parts */
    uint8_t
        *edges; /* what edges the pairs between two parts are; 0 with a part that is gone, and with itself */
} agglomeration;

static void part_settle(part *p) {
    double pairs = p->texts * (p->texts - 1) / 2;
    p->cohesion = (p->within + STORY_PRIOR_PAIRS * STORY_PRIOR_COHESION) / (pairs + STORY_PRIOR_PAIRS);
}

/* The mean probability between two parts if they may become one; negative if not. */
static double parts_hold(const agglomeration *a, size_t i, size_t j) {
    const part *x = &a->parts[i], *y = &a->parts[j];
    bool singles = x->texts == 1 && y->texts == 1;
    if (!(a->edges[i * a->n + j] & (singles ? EDGE_SINGLES : EDGE))) return -1;
    double mean = a->between[i * a->n + j] / (x->texts * y->texts);
    return mean * mean >= STORY_SHARE * STORY_SHARE * x->cohesion * y->cohesion ? mean : -1;
}

static void nearest_find(agglomeration *a, size_t i) {
    part *p = &a->parts[i];
    const uint8_t *edges = a->edges + i * a->n;
    p->best = -1;
    for (size_t j = 0; j < a->n; j++) {
        if (!edges[j]) continue;
        double hold = parts_hold(a, i, j);
        if (hold <= p->best) continue;
        p->best = hold;
        p->nearest = (uint32_t)j;
    }
}

/* The pairs of texts between part i and the later part j. */
static void between_sum(agglomeration *a, const story_parts *in, size_t i, size_t j) {
    size_t n_texts = in->first[in->n_parts];
    uint64_t sum = 0;
    unsigned edges = 0;
    for (size_t s = in->first[i]; s < in->first[i + 1]; s++)
        for (size_t t = in->first[j]; t < in->first[j + 1]; t++) {
            story_likeness likeness = in->likeness[s * n_texts + t];
            sum += likeness >> EDGE_BITS;
            edges |= likeness;
        }
    a->between[i * a->n + j] = a->between[j * a->n + i] = (double)sum * 0x1p-20;
    a->edges[i * a->n + j] = a->edges[j * a->n + i] = edges & (EDGE | EDGE_SINGLES);
}

static double within_sum(const story_parts *in, size_t i) {
    size_t n_texts = in->first[in->n_parts];
    double sum = 0;
    for (size_t s = in->first[i]; s < in->first[i + 1]; s++)
        for (size_t t = s + 1; t < in->first[i + 1]; t++)
            sum += probability_of(in->likeness[s * n_texts + t]);
    return sum;
}

static bool agglomeration_init(agglomeration *a, const story_parts *in, arena *memory) {
    size_t n = a->n = in->n_parts;
    a->parts = arena_alloc(memory, n, sizeof *a->parts);
    a->between = arena_alloc(memory, n * n, sizeof *a->between);
    a->edges = arena_alloc(memory, n * n, sizeof *a->edges);
    if (!a->parts || !a->between || !a->edges) return false;
    for (size_t i = 0; i < n; i++) {
        a->parts[i] =
            (part){.texts = in->first[i + 1] - in->first[i], .within = within_sum(in, i), .weakest = 1};
        part_settle(&a->parts[i]);
        a->edges[i * n + i] = 0;
        for (size_t j = i + 1; j < n; j++) between_sum(a, in, i, j);
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
        a->edges[k * n + i] = a->edges[i * n + k] |= a->edges[j * n + k];
    }
    memset(a->edges + j * n, 0, n);
    for (size_t k = 0; k < n; k++) a->edges[k * n + j] = 0;
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
