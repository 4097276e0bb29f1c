#include "report.h"

#include <inttypes.h>
#include <string.h>

/* X(heading, bins, first bin, end) */
#define COLUMN_MAP(X)                                                                                        \
    X("J .8-1", by_jaccard, 16, 20)                                                                          \
    X(".5-.8", by_jaccard, 10, 16)                                                                           \
    X(".3-.5", by_jaccard, 6, 10)                                                                            \
    X(".15-.3", by_jaccard, 3, 6)                                                                            \
    X("C .8-1, J<.3", by_contained, 16, 20)                                                                  \
    X("C .5-.8, J<.3", by_contained, 10, 16)                                                                 \
    X("C .25-.5, J<.3", by_contained, 5, 10)                                                                 \
    X("passage, J<.15", passages, 0, 1)

static bin bins_sum(const bin *bins, size_t first, size_t end, size_t n_settings) {
    bin sum = {0};
    for (size_t i = first; i < end; i++) {
        sum.pairs += bins[i].pairs;
        for (size_t k = 0; k < n_settings; k++) {
            sum.common[k] += bins[i].common[k];
            sum.met[k] += bins[i].met[k];
        }
    }
    return sum;
}

/* The second figure only where it is another. */
static void cell_print(const bin *sum, size_t k) {
    char common[16], met[16];
    double pairs = sum->pairs;
    if (sum->pairs == 0) {
        printf(" - |");
        return;
    }
    snprintf(common, sizeof common, "%.2f", sum->common[k] / pairs);
    snprintf(met, sizeof met, "%.2f", sum->met[k] / pairs);
    if (strcmp(common, met) != 0)
        printf(" %s / %s |", common, met);
    else
        printf(" %s |", common);
}

void report_table(const measured *m) {
    bin columns[] = {
#define COLUMN(heading, bins, first, end) bins_sum(m->bins, first, end, m->n_settings),
        COLUMN_MAP(COLUMN)};
    const size_t n_columns = sizeof columns / sizeof *columns;
    printf("| %s, %zu articles | keys | bytes | candidates | linked |", m->name, m->n_articles);
#define HEADING(heading, bins, first, end) " " heading " |"
    printf("%s\n|---|--:|--:|--:|--:|", COLUMN_MAP(HEADING));
    for (size_t i = 0; i < n_columns; i++) printf("--:|");
    printf("\n| pairs | | | | |");
    for (size_t i = 0; i < n_columns; i++) printf(" %" PRIu32 " |", columns[i].pairs);
    for (size_t k = 0; k < m->n_settings; k++) {
        const struct cost *c = &m->costs[k];
        printf("\n| %s | %.0f | %.0f | %.1f | %.3f |", setting_print(m->settings[k]).text, c->keys, c->bytes,
               c->candidates, m->repeating ? (double)m->linked[k] / (double)m->repeating : 1);
        for (size_t i = 0; i < n_columns; i++) cell_print(&columns[i], k);
    }
    printf("\n");
    if (m->n_passed)
        printf("\n(%" PRIu64 " shingles in more than %d articles each led to no pair.)\n", m->n_passed,
               OVERLAP_ARTICLES);
}

void report_csv_heading(FILE *to) { fputs("archive,keys,axis,from,to,pairs,common,met\n", to); }

static void bin_write(FILE *to, const measured *m, size_t k, const char *axis, double from, double end,
                      const bin *b) {
    fprintf(to, "%s,%s,%s,%.2f,%.2f,%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\n", m->name,
            setting_print(m->settings[k]).text, axis, from, end, b->pairs, b->common[k], b->met[k]);
}

static void bins_write(FILE *to, const measured *m, size_t k, const char *axis, const bin *bins) {
    for (int i = 0; i < BINS; i++)
        bin_write(to, m, k, axis, (double)i / BINS, (double)(i + 1) / BINS, &bins[i]);
}

void report_csv(FILE *to, const measured *m) {
    for (size_t k = 0; k < m->n_settings; k++) {
        bins_write(to, m, k, "jaccard", m->by_jaccard);
        bins_write(to, m, k, "contained", m->by_contained);
        bin_write(to, m, k, "passage", 0, .15, m->passages);
    }
}
