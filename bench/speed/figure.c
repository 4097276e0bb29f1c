#include "figure.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

void values_add(values *v, double value) {
    if (v->n < RUNS_MOST) v->all[v->n++] = value;
}

static int ascending(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

spread values_spread(const values *v) {
    values sorted = *v;
    if (v->n == 0) return (spread){NAN, NAN, NAN};
    qsort(sorted.all, (size_t)sorted.n, sizeof *sorted.all, ascending);
    int half = sorted.n / 2;
    double median = sorted.n % 2 ? sorted.all[half] : (sorted.all[half - 1] + sorted.all[half]) / 2;
    return (spread){sorted.all[0], median, sorted.all[sorted.n - 1]};
}

figure figure_of(const char *name, const char *measure, uint64_t articles, spread value) {
    return (figure){.name = name,
                    .measure = measure,
                    .articles = articles,
                    .value = value,
                    .cpu = NAN,
                    .rate = NAN,
                    .words = NAN,
                    .peak = NAN,
                    .recall = NAN,
                    .precision = NAN};
}

digits digits_of(double value) {
    digits d = {""};
    int places = fabs(value) < 10 ? 2 : fabs(value) < 100 ? 1 : 0;
    if (!isnan(value)) snprintf(d.text, sizeof d.text, "%.*f", places, value);
    return d;
}

void figures_begin(FILE *csv) {
    printf("%-14s %-13s %9s %9s %9s %9s %9s %7s %6s %8s %7s %7s\n", "case", "measure", "articles", "median",
           "least", "most", "cpu", "MB/s", "x wc", "peak MB", "recall", "precis.");
    if (csv)
        fputs("case,measure,articles,median,least,most,cpu,mb_per_s,of_wc,peak_mb,recall,precision\n", csv);
}

/* A share with the four digits that tell a good one from a perfect one. */
static digits share_of(double share) {
    digits d = {""};
    if (!isnan(share)) snprintf(d.text, sizeof d.text, "%.4f", share);
    return d;
}

/* In full, for reading by programs. */
static void csv_number(FILE *csv, double value) {
    fputc(',', csv);
    if (!isnan(value)) fprintf(csv, "%.9g", value);
}

static void csv_print(const figure *f, FILE *csv) {
    const double numbers[] = {f->value.median, f->value.least, f->value.most, f->cpu,      f->rate,
                              f->words,        f->peak,        f->recall,     f->precision};
    fprintf(csv, "%s,\"%s\",%" PRIu64, f->name, f->measure, f->articles);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) csv_number(csv, numbers[i]);
    fputc('\n', csv);
}

void figure_print(const figure *f, FILE *csv) {
    printf("%-14s %-13s %9" PRIu64 " %9s %9s %9s %9s %7s %6s %8s %7s %7s\n", f->name, f->measure, f->articles,
           digits_of(f->value.median).text, digits_of(f->value.least).text, digits_of(f->value.most).text,
           digits_of(f->cpu).text, digits_of(f->rate).text, digits_of(f->words).text, digits_of(f->peak).text,
           share_of(f->recall).text, share_of(f->precision).text);
    fflush(stdout);
    if (!csv) return;
    csv_print(f, csv);
    fflush(csv);
}
