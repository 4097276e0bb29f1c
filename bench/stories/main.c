/* flong-stories: how well story similarity tells events, by labelled articles; how many similar pairs story keys
 * bring together. */
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
    "usage: flong-stories LABELLED...           fit on one half of the events, check on the other\n"
    "       flong-stories --recall ARTICLES     what keys find of all similar pairs\n"
    "       flong-stories --time ARTICLES       what sketches and comparisons take\n";

static const double THRESHOLDS[] = {.16, .18, .20, .22, .24, .26, .28, .30, .32, .34};
enum { N_THRESHOLDS = sizeof THRESHOLDS / sizeof *THRESHOLDS, SETS_MOST = 8, PARTS = 3 };

/* Adjusted Rand index of the average link of a part of a set (0 and 1: a half; 2: all), at each threshold. */
static void part_measure(double *ari, const story_set *set, int part, bool dated) {
    size_t n = 0, *of = mem_new(set->n, sizeof *of);
    double *similarity = mem_new(set->n * set->n, sizeof *similarity);
    merge *merges = mem_new(set->n, sizeof *merges);
    uint64_t *gold = mem_new(set->n, sizeof *gold), *got = mem_new(set->n, sizeof *got);
    corpus_need(of && similarity && merges && gold && got);
    for (size_t i = 0; i < set->n; i++)
        if (part == 2 || set->p[i].half == part) of[n++] = i;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const story_article *a = &set->p[of[i]], *b = &set->p[of[j]];
            similarity[i * n + j] = dated
                                        ? story_similarity(&a->sketch, a->published, &b->sketch, b->published)
                                        : story_cosine(&a->sketch, &b->sketch);
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

/* Mean over the sets of each part at each threshold; prints them set by set when asked. */
static void files_measure(double mean[PARTS][N_THRESHOLDS], char **files, int n, const terms_factors *factors,
                          bool dated, bool print) {
    static const char *const names[PARTS] = {"first half", "second half", "all"};
    memset(mean, 0, sizeof(double) * PARTS * N_THRESHOLDS);
    for (int f = 0; f < n; f++) {
        story_set set = {0};
        set_read(&set, files[f], true, factors);
        for (int part = 0; part < PARTS; part++) {
            double ari[N_THRESHOLDS];
            part_measure(ari, &set, part, dated);
            if (print) printf("%-40.40s %-12s", files[f], names[part]);
            for (size_t t = 0; t < N_THRESHOLDS; t++) {
                mean[part][t] += ari[t] / n;
                if (print) printf(" %.3f", ari[t]);
            }
            if (print) printf("\n");
        }
        set_free(&set);
    }
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
    if (argc < 2) {
        fputs(usage, stderr);
        return 2;
    }
    if (argc == 3 && strcmp(argv[1], "--recall") == 0) return articles_do(argv[2], recall_print);
    if (argc == 3 && strcmp(argv[1], "--time") == 0) return articles_do(argv[2], time_print);
    double mean[PARTS][N_THRESHOLDS];
    printf("%-53s", "threshold");
    for (size_t t = 0; t < N_THRESHOLDS; t++) printf("  %.2f", THRESHOLDS[t]);
    printf("\n");
    files_measure(mean, argv + 1, argc - 1, NULL, true, true);
    printf("%-53s", "mean, all");
    for (size_t t = 0; t < N_THRESHOLDS; t++) printf(" %.3f", mean[2][t]);
    printf("\n");
    return 0;
}
