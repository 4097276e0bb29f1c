/* What is measured and how: the file, its parts, where work is done. */
#ifndef SPEED_SETUP_H
#define SPEED_SETUP_H

#include "figure.h"
#include "flong.h"

enum { PATH_MOST = 4096, SIZES_MOST = 8 };

typedef struct setup {
    const char *file;   /* plain JSON lines */
    const char *truth;  /* of flong-generate; may be NULL */
    const char *exact;  /* all overlapping pairs of the file, may be NULL */
    const char *folder; /* of the programs flong and flong-score */
    const char *work;   /* folder for files that are made */
    int runs;
    uint64_t articles, bytes; /* in the file */
    uint64_t sample;          /* articles that stages are measured on, at most */
    uint64_t queries;         /* articles that are matched */
    uint64_t added;           /* articles that are added to indexes of these sizes */
    uint64_t sizes[SIZES_MOST];
    int n_sizes;
    FILE *csv;
} setup;

/* Ends the program with status 2 and a message. */
_Noreturn void fail(const char *what, const char *why);

/* A path in the folder for work; it stays valid. */
const char *setup_path(const setup *s, const char *name);
/* The path of one of flong's programs. */
const char *setup_program(const setup *s, const char *name);

/* The n articles of the file from the place `first` on: the file itself where these are all, otherwise a copy, made on
 * first use. *out is a setup that is as this one but for file, articles and bytes. */
void setup_part(const setup *s, setup *out, uint64_t first, uint64_t n);

/* The articles that stages are measured on. */
void setup_sample(const setup *s, setup *out);

/* Time of `wc -w` on the file, which is what others are held against. */
timing words_run(const setup *s);

#endif
