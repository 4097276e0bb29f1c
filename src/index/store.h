/* The SQLite file that an index lives in: opening and refusing, parameters, transactions. What stands in
 * its tables is the matter of the other headers of this folder. */
#ifndef FLONG_INDEX_STORE_H
#define FLONG_INDEX_STORE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/memory.h"
#include "flong.h"

typedef struct store store;

enum {
    STORE_APPLICATION_ID = 0x666C6F6E, /* "flon" */
    STORE_FORMAT = 4,                  /* version of everything that is stored */
};

/* As flong_index_open. */
flong_status store_open(store **out, const char *path, unsigned flags, const flong_params *params,
                        flong_error *error);
void store_close(store *s);

const flong_params *store_params(const store *s);
const char *store_path(const store *s);
bool store_is_temporary(const store *s);
bool store_is_writable(const store *s);

/* How much of the file SQLite may hold in memory, in bytes. */
flong_status store_set_cache(store *s, size_t bytes, flong_error *error);

/* Changes when another connection changed the file. */
flong_status store_version(store *s, uint64_t *version, flong_error *error);

/* A transaction that only reads; ended by store_rollback. */
flong_status store_begin_reading(store *s, flong_error *error);

/* One transaction at a time; what is not committed is gone after a failure. */
flong_status store_begin(store *s, flong_error *error);
flong_status store_commit(store *s, flong_error *error);
void store_rollback(store *s);

/* Numbers kept under a name in the table meta; `otherwise` where there is none. */
flong_status store_number(store *s, uint64_t *out, const char *name, uint64_t otherwise, flong_error *error);
flong_status store_set_number(store *s, const char *name, uint64_t value, flong_error *error);

/* The same of bytes, appended to *out; nothing where there are none. */
flong_status store_bytes(store *s, buffer *out, const char *name, flong_error *error);
flong_status store_set_bytes(store *s, const char *name, const buffer *bytes, flong_error *error);

/* The first number that a query gives. */
flong_status store_query_number(store *s, uint64_t *out, const char *sql, flong_error *error);

/* Lets the pairs of an earlier article be found fast from now on, where they are not yet: in a temporary index. Not while
 * pairs are being read. */
flong_status store_pairs_by_earlier(store *s, flong_error *error);

/* Takes over the content of the index file at `path`, parameters and all, in one transaction, if `version` is still
 * that of this one (store_version); FLONG_BUSY if not. What is held in memory of this file is void afterwards. */
flong_status store_take(store *s, const char *path, uint64_t version, flong_error *error);

/* What a temporary index has of articles, which is not in its tables; *there is false of any other. */
typedef struct store_counts {
    uint64_t articles, stubs, pairs;
    uint64_t bytes_text, bytes_keys, bytes; /* of texts; of blocks of keys; of all that is kept of them */
} store_counts;
flong_status store_count(store *s, store_counts *out, bool *there, flong_error *error);

/* SQLite's own check of the whole file. */
flong_status store_check(store *s, flong_error *error);

#endif
