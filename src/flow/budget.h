/* The memory that an open index may take for what it keeps of the file, and how it is divided. */
#ifndef FLONG_FLOW_BUDGET_H
#define FLONG_FLOW_BUDGET_H

#include <stdbool.h>
#include <stddef.h>

/* All in bytes. */
typedef struct budget {
    size_t texts;    /* bodies of articles, for verification */
    size_t sketches; /* what text groups tell */
    size_t pages;    /* SQLite's cache of the file */
    size_t keys;     /* the runs of keys */
} budget;

/* Divides `memory` for an index, a temporary one or any other; 0: a quarter of what the machine has, from 256 MiB to 2 GiB. */
budget budget_divide(size_t memory, bool temporary);

#endif
