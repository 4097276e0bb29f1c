/* The tables and the graph of an index, as report writes them beside its page. */
#ifndef FLONG_CLI_TABLES_H
#define FLONG_CLI_TABLES_H

#include "output.h"
#include "work.h"

enum { TABLES = 5, TABLE_OUTPUTS = TABLES + 1 };

/* What is being written, all of it or nothing. Zero-initialised, nothing. */
typedef struct tables {
    output outputs[TABLE_OUTPUTS]; /* of the folder, and the graph */
    char *names[TABLES];           /* what the outputs are called in messages */
    const char *folder;            /* that was made for it */
} tables;

/* Whether tables or a graph are asked for, and the graph's name says in what form; tells what is wrong. */
bool tables_asked(const options *asked);
bool tables_fit(const options *asked);

/* Writes what is asked for of job->index. Tells what is wrong and returns false. */
bool tables_write(tables *t, work *job);

/* Completes it, or leaves nothing behind. */
bool tables_finish(tables *t);
void tables_discard(tables *t);

#endif
