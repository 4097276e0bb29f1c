/* flong-stories: how well story similarity tells events, by labelled articles; how many similar pairs story keys
 * bring together. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../corpus/corpus.h"
#include "../score/figures.h"
#include "../score/json.h"
#include "link.h"
#include "recall.h"

/* What ../score/figures.c asks for. */
void *memory_resize(void *p, size_t size) {
    corpus_need((p = realloc(p, size)));
    return p;
}

static const char usage[] =
    "usage: flong-stories LABELLED...\n"
    "       flong-stories --recall ARTICLES\n"
    "       flong-stories --time ARTICLES\n"
    "\n"
    "The first form tells how well the similarity of articles gathers them to the events that\n"
    "their field \"cluster\" names: adjusted Rand index of average link, over a range of\n"
    "thresholds and of the factors of a term's weight; and what comes of choosing these by one\n"
    "half of the events for the other half. The second compares what story keys find with all\n"
    "pairs, the third tells how long sketches and comparisons take.\n";

static const double THRESHOLDS[] = {.16, .18, .20, .22, .24, .26, .28, .30, .32, .34};
enum { N_THRESHOLDS = sizeof THRESHOLDS / sizeof *THRESHOLDS };

enum { FIRST, SECOND, ALL, PARTS };
static const char *const part_names[PARTS] = {"first half", "second half", "all"};

/* Mean ARI over the sets, of each part at each threshold. */
typedef struct measure {
    double ari[PARTS][N_THRESHOLDS];
} measure;

/* One factor set to something else than its default; no name: all are as they are by default. */
typedef struct setting {
    const char *name;
    size_t factor; /* its place in terms_factors */
    double value;
} setting;

#define FACTOR(name, value)                                                                                  \
    { #name, offsetof(terms_factors, name), value }
static const setting settings[] = {
    {"default", 0, 0},    FACTOR(name, 1),      FACTOR(name, 1.25),     FACTOR(name, 1.75),
    FACTOR(name, 2),      FACTOR(number, 1),    FACTOR(number, 2),      FACTOR(pair, 1e-6),
    FACTOR(pair, .3),     FACTOR(pair, 1),      FACTOR(lead, 0),        FACTOR(lead, .5),
    FACTOR(lead, 1.5),    FACTOR(lead, 2),      FACTOR(step, .9900498), FACTOR(step, .9966722),
    FACTOR(repeats, 1.5), FACTOR(repeats, 2.5), FACTOR(repeats, 3),
};
enum { N_SETTINGS = sizeof settings / sizeof *settings };

/* Adjusted Rand index of the average link of a part of a set (0 and 1: a half; 2: all), at each threshold. */
static void part_measure(double *ari, const story_set *set, int part) {
    size_t n = 0, *of = mem_new(set->n, sizeof *of);
    double *similarity = mem_new(set->n * set->n, sizeof *similarity);
    merge *merges = mem_new(set->n, sizeof *merges);
    uint64_t *gold = mem_new(set->n, sizeof *gold), *got = mem_new(set->n, sizeof *got);
    corpus_need(of && similarity && merges && gold && got);
    for (size_t i = 0; i < set->n; i++)
        if (part == ALL || set->p[i].half == part) of[n++] = i;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const story_article *a = &set->p[of[i]], *b = &set->p[of[j]];
            similarity[i * n + j] = story_similarity(&a->sketch, a->published, &b->sketch, b->published);
        }
    link_average(merges, similarity, n);
    for (size_t t = 0; t < N_THRESHOLDS; t++) {
        for (size_t i = 0; i < n; i++) gold[i] = set->p[of[i]].event;
        link_cut(got, merges, n, THRESHOLDS[t]);
        ari[t] = figures_of(gold, got, n).ari;
    }
    mem_free(of);
    mem_free(similarity);
    mem_free(merges);
    free(gold);
    free(got);
}

static void row_print(const char *name, const char *part, const double *ari) {
    const char *slash = strrchr(name, '/');
    printf("%-24.24s %-12s", slash ? slash + 1 : name, part);
    for (size_t t = 0; t < N_THRESHOLDS; t++) printf(" %.3f", ari[t]);
    printf("\n");
}

/* Measures all sets with one factor changed; prints them when it is none. */
static measure setting_measure(const setting *s, char **files, int n) {
    measure mean = {0};
    terms_factors factors = terms_factors_default;
    if (s->value > 0 || s->factor) memcpy((char *)&factors + s->factor, &s->value, sizeof s->value);
    for (int f = 0; f < n; f++) {
        story_set set = {0};
        set_read(&set, files[f], true, &factors);
        for (int part = 0; part < PARTS; part++) {
            double ari[N_THRESHOLDS];
            part_measure(ari, &set, part);
            if (s == settings) row_print(files[f], part_names[part], ari);
            for (size_t t = 0; t < N_THRESHOLDS; t++) mean.ari[part][t] += ari[t] / n;
        }
        set_free(&set);
    }
    return mean;
}

static size_t best_threshold(const double *ari) {
    size_t best = 0;
    for (size_t t = 1; t < N_THRESHOLDS; t++)
        if (ari[t] > ari[best]) best = t;
    return best;
}

static void setting_name(char name[24], const setting *s) {
    snprintf(name, 24, s == settings ? "%s" : "%s %.4g", s->name, s->value);
}

/* What one part of the events chooses, and what that is worth on another. */
static void fit_print(const measure *all, int by, int on) {
    char name[24];
    size_t best = 0, threshold = best_threshold(all[0].ari[by]), plain = threshold;
    for (size_t i = 1; i < N_SETTINGS; i++) {
        size_t t = best_threshold(all[i].ari[by]);
        if (all[i].ari[by][t] > all[best].ari[by][threshold]) best = i, threshold = t;
    }
    setting_name(name, &settings[best]);
    printf("chosen by the %s: %s, threshold %.2f: there %.3f, on the %s %.3f; with default factors: "
           "threshold %.2f, there %.3f, %.3f\n",
           part_names[by], name, THRESHOLDS[threshold], all[best].ari[by][threshold], part_names[on],
           all[best].ari[on][threshold], THRESHOLDS[plain], all[0].ari[by][plain], all[0].ari[on][plain]);
}

static int labelled_measure(char **files, int n) {
    static measure all[N_SETTINGS];
    char name[24];
    printf("%-37s", "threshold");
    for (size_t t = 0; t < N_THRESHOLDS; t++) printf("  %.2f", THRESHOLDS[t]);
    printf("\n");
    for (size_t i = 0; i < N_SETTINGS; i++) {
        all[i] = setting_measure(&settings[i], files, n);
        if (i == 0) printf("mean of the sets\n");
        setting_name(name, &settings[i]);
        for (int part = i ? ALL : 0; part < PARTS; part++)
            row_print(name, part_names[part], all[i].ari[part]);
    }
    fit_print(all, FIRST, SECOND);
    fit_print(all, SECOND, FIRST);
    return 0;
}

/* What sketches take, and comparisons of each with each. */
static void time_print(const story_set *set) {
    double n = (double)set->n, start = seconds_now(), sum = 0;
    printf("an article: terms %.1f us, rates %.1f us, sketch %.1f us\n", 1e6 * set->reading / n,
           1e6 * set->learning / n, 1e6 * set->sketching / n);
    for (size_t i = 0; i < set->n; i++)
        for (size_t j = 0; j < set->n; j++) sum += story_cosine(&set->p[i].sketch, &set->p[j].sketch);
    printf("a cosine: %.0f ns (mean %.4f)\n", 1e9 * (seconds_now() - start) / (n * n), sum / (n * n));
}

static int articles_do(const char *path, void (*work)(const story_set *)) {
    story_set set = {0};
    set_read(&set, path, false, NULL);
    if (set.n) work(&set);
    set_free(&set);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "--recall") == 0) return articles_do(argv[2], recall_print);
    if (argc == 3 && strcmp(argv[1], "--time") == 0) return articles_do(argv[2], time_print);
    if (argc > 1 && argv[1][0] != '-') return labelled_measure(argv + 1, argc - 1);
    fputs(usage, stderr);
    return 2;
}
