/* What was measured, for reading and for other programs. */
#ifndef KEYS_REPORT_H
#define KEYS_REPORT_H

#include <stdio.h>

#include "measure.h"

/* A table in Markdown, a row for each setting. */
void report_table(const measured *m);

/* The bins as comma-separated values: the line that names the columns, and those of one archive. */
void report_csv_heading(FILE *to);
void report_csv(FILE *to, const measured *m);

#endif
