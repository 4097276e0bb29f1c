/* One run, and the list of all: what the files that read, write and merge runs have in common. */
#ifndef FLONG_INDEX_RUN_H
#define FLONG_INDEX_RUN_H

#include "index/block.h"
#include "index/runs.h"

enum { RUN_BLOCK_BITS = 32 /* of a block's id are its number; the others are its run's id */ };

/* A block in memory, and behind it what it borrows. */
typedef struct held_block {
    block block;
    size_t size; /* of all of it */
    uint64_t memory[];
} held_block;

typedef struct run {
    uint64_t id, level, first, last, entries; /* last - first < KEY_PLACES */
    unsigned place_bits;
    uint64_t *fences;    /* first key of each block */
    held_block **blocks; /* those that are held; NULL: not */
    size_t n_blocks;
} run;

struct runs {
    store *store;
    run *runs; /* by descending level, then by first article */
    size_t n, capacity;
    size_t held;       /* bytes of blocks held */
    size_t budget;     /* for them */
    held_block *spare; /* the block read last, where the budget has no room for it */
    uint64_t decoded[BLOCK_ENTRIES];
};

/* FLONG_DAMAGED, with what of the run. */
flong_status run_damaged(const runs *r, const run *x, const char *what, flong_error *error);

/* A block, from memory or the file; borrowed until the next one is asked for. */
flong_status run_block(runs *r, run *x, size_t number, const block **out, flong_error *error);

/* Holds a block that was just encoded, if there is room and memory for it. */
void run_hold(runs *r, run *x, size_t number, const buffer *bytes);

/* Frees what a run has in memory. */
void run_forget(runs *r, run *x);

/* Whether articles [first, last] can be of one run. */
static inline bool run_reaches(uint64_t first, uint64_t last) {
    return last >= first && last - first < KEY_PLACES;
}

#endif
