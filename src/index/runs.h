/* The keys of the index: runs of sorted entries, stored as blocks that fill a page of the file and are found by their first
 * keys. A batch of articles makes one run; eight runs of a level are merged into one of the next (tiered merging, as in
 * log-structured merge trees), so that an entry is rewritten a logarithmic number of times and nothing is rebuilt when the
 * file is opened. Blocks that were read or written stay in memory up to a budget. */
#ifndef FLONG_INDEX_RUNS_H
#define FLONG_INDEX_RUNS_H

#include "index/keys.h"
#include "index/store.h"

/* The runs of an open index; opaque. */
typedef struct runs runs;

flong_status runs_open(runs **out, store *s, flong_error *error);
void runs_close(runs *r);

/* Sets how many bytes of blocks may be held, some 300 an article; all are, without this call. Those held stay; what goes
 * beyond is read each time it is asked for. */
void runs_limit(runs *r, size_t budget);

/* Reads the list of runs again, after the tables were changed behind its back. */
flong_status runs_reload(runs *r, flong_error *error);

/* Stores a run of entries, all of articles in [base, last]. These are of a new batch, or older ones that get further
 * keys. */
flong_status runs_add(runs *r, entry_list entries, uint64_t last, flong_error *error);

/* Merges runs until no level has too many. Entries of articles for which `gone` says so are left out. */
typedef bool (*runs_gone_fn)(void *context, uint64_t article);
flong_status runs_settle(runs *r, runs_gone_fn gone, void *context, flong_error *error);

/* Told of entries of a wanted key: its place in the array, and the article. Entries of one key come by
 * ascending article, but for those of articles that got further keys. */
typedef void (*runs_hit_fn)(void *context, size_t key_place, uint64_t article);

/* Finds all entries of n distinct, ascending keys, one run after the other. Reads
 * only the blocks that can hold them. */
flong_status runs_find(runs *r, const uint64_t *keys, size_t n, runs_hit_fn hit, void *context,
                       flong_error *error);

/* The same for who wants the first and the last articles of a key, `half` of each, and to know whether there are more:
 * of articles that are not gone. Of what lies between them at least one comes, where there is one, but not all. */
typedef struct runs_ends {
    uint32_t half;
    runs_gone_fn gone;
    void *gone_context;
} runs_ends;
flong_status runs_find_ends(runs *r, const uint64_t *keys, size_t n, const runs_ends *ends, runs_hit_fn hit,
                            void *context, flong_error *error);

/* Reads every block of every run; FLONG_DAMAGED when one is not what it should be. */
flong_status runs_check(runs *r, flong_error *error);

typedef struct runs_stats {
    uint64_t runs, entries;
} runs_stats;
runs_stats runs_get_stats(const runs *r);

#endif
