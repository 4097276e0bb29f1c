/* The archive: decides what is published when, where and from what. */
#ifndef GENERATE_ARCHIVE_H
#define GENERATE_ARCHIVE_H

#include "pending.h"
#include "record.h"
#include "site.h"

/* Shares of the archive, in per mille of its articles; what is left are singles. */
typedef struct shares {
    uint32_t reprints; /* originals and their copies */
    uint32_t excerpts, rewrites, updates, series, sisters, stubs;
    uint32_t unspaced; /* of all kinds */
} shares;

typedef struct archive_options {
    uint64_t articles, seed;
    uint32_t sites, max_group;
    furniture furniture;
    shares shares;
} archive_options;

#define THREADS 64 /* running topics at a time */

typedef struct thread {
    facts facts;
    uint64_t label;
    int unspaced;
} thread;

typedef struct site_list {
    uint32_t *numbers;
    uint32_t n, octaves;
} site_list;

typedef struct archive {
    archive_options options;
    grammar grammar;
    site *sites;
    series **series;    /* by site; NULL until its first issue */
    site_list lists[2]; /* with spaces, without */
    pending_heap pending;
    thread threads[THREADS];
    uint64_t group_weights[256];             /* cumulative, by size */
    uint32_t start[KINDS];                   /* cumulative chances of what a free place is given to */
    uint32_t excerpt_chance, rewrite_chance; /* per mille, of a text that may have them */
    uint64_t number;                         /* of the article in hand */
    int64_t now, span;
    rng rng; /* of the article in hand */
    tokens body, title, passage;
    shingle_set shingles;
    bytes text;               /* of the article in hand */
    bytes *articles, *truths; /* output; truths may be NULL */
} archive;

/* Options must be in range: articles > 0, sites in [2, 20000], max_group in [2, 200]. */
void archive_init(archive *a, const archive_options *options);
void archive_free(archive *a);

/* Adds the lines of the next article to *articles and *truths; 0 at the end. */
int archive_next(archive *a, bytes *articles, bytes *truths);

/* The parts that archive.c and print.c share. */
typedef struct item {
    kind kind;
    const story *story;         /* facts, labels, dateline */
    const tokens *title, *body; /* body NULL: none */
    uint32_t site;
    unsigned edits;
    uint64_t text, story_label, thread;
    int has_of;
    uint64_t of;
    uint32_t kept;
    int stub;
} item;
void archive_print(archive *a, const item *it);

#endif
