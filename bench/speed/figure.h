/* What was measured: runs of one case, and figures of it with their least, middle and greatest value. */
#ifndef SPEED_FIGURE_H
#define SPEED_FIGURE_H

#include <stdint.h>
#include <stdio.h>

enum { RUNS_MOST = 99 };

/* One run: seconds on the clock and of the processor, and the most memory that it held, in bytes (0: not known). */
typedef struct timing {
    double wall, cpu;
    uint64_t peak;
} timing;

/* Values of one figure, one a run. */
typedef struct values {
    double all[RUNS_MOST];
    int n;
} values;

typedef struct spread {
    double least, median, most;
} spread;

void values_add(values *v, double value);

/* NAN in all three where there is no value. */
spread values_spread(const values *v);

/* A line of the table. What is NAN, 0 or NULL does not apply and is left out. */
typedef struct figure {
    const char *name;    /* of the case */
    const char *measure; /* what is measured, with its unit at the end: "article, us" */
    uint64_t articles;   /* that it was measured on */
    spread value;
    double cpu;               /* the middle one of the processor's time, in the same unit */
    double rate;              /* MB of the file a second */
    double words;             /* how many times as long as `wc -w` on the same file in the same run */
    double peak;              /* MB */
    double recall, precision; /* of pairs in one text group, against the truth */
} figure;

/* A figure of which only these are known yet. */
figure figure_of(const char *name, const char *measure, uint64_t articles, spread value);

/* The text table and the CSV file; `csv` may be NULL. */
void figures_begin(FILE *csv);
void figure_print(const figure *f, FILE *csv);

/* `value` with three digits, or more where it is a whole number; "" for NAN. */
typedef struct digits {
    char text[32];
} digits;
digits digits_of(double value);

#endif
