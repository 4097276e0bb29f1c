/* For the files of bulk.h only: the list of articles, and the files. */
#ifndef FLONG_INDEX_BULK_PARTS_H
#define FLONG_INDEX_BULK_PARTS_H

#include "index/bulk.h"

/* Where an article's parts are: places in their files, plus 1; 0: there is none. */
typedef struct bulk_article {
    uint64_t row, text, sketch, pairs;
    uint32_t text_no; /* of its text group when it was put there; that one may be in another since */
} bulk_article;

/* An article as it was before a change. */
typedef struct bulk_change {
    uint64_t no;
    bulk_article before;
} bulk_change;

/* Places of slots for blocks. */
typedef struct bulk_slots {
    uint64_t *places;
    size_t n, capacity;
} bulk_slots;

/* What was changed: articles that were there before, and slots that were taken. */
typedef struct bulk_log {
    bulk_change *changes;
    size_t n, capacity;
    bulk_slots slots;
} bulk_log;

enum { BULK_CHUNK = 4096 /* articles of which memory is taken at once */ };

/* Pairs that were added or changed and are not put yet: those of a batch are put together, in the order in which they are
 * read again. */
typedef struct bulk_pairs {
    pair_row *pairs;
    size_t n, capacity;
    size_t n_sorted; /* the first ones, by b, then a */
    arena memory;    /* of spans and terms */
} bulk_pairs;

typedef struct bulk_window {
    scratch_window get, next, each;
} bulk_window;

struct bulk {
    bulk_article **chunks;
    size_t n_chunks, chunks_capacity;
    uint64_t n; /* articles are below this number */
    scratch_file *rows, *texts, *sketches, *pairs, *blocks;
    bulk_window row_windows;
    scratch_window text_window, sketch_window, pair_window, pairs_window, block_window;
    bulk_pairs pending;
    buffer text; /* the text that was read last, with what is dropped */
    /* The pairs of earlier articles, a and b, ascending; made when asked for. */
    uint64_t *later;
    size_t n_later;
    bool later_known;
    /* Text groups and members, ascending, made when asked for, and the articles that were placed since. */
    uint64_t *members;
    size_t n_members;
    bool members_known;
    buffer placed;
    bulk_slots free, freed; /* for blocks: to be used; no more used since bulk_begin */
    /* Since bulk_begin: */
    bool changing;
    uint64_t n_before;
    bulk_log log;
    /* Since bulk_undo_record: */
    bool open, recording; /* there is something to be taken back; changes are logged */
    uint64_t n_closed;    /* articles that were there before */
    bulk_log open_log;
    /* What these were at bulk_begin: */
    bool open_before, open_saved;
    uint64_t n_closed_before;
    size_t n_log_before, n_slots_before;
    bulk_log saved_log; /* taken away from open_log since */
};

/* An article that may be there, to be read; NULL: there is none. */
static inline const bulk_article *bulk_find(const bulk *k, uint64_t no) {
    return no < k->n ? &k->chunks[no / BULK_CHUNK][no % BULK_CHUNK] : NULL;
}

/* Whether an article has a row. */
static inline bool bulk_is_there(const bulk *k, uint64_t no) {
    const bulk_article *a = bulk_find(k, no);
    return a && a->row;
}

/* An article that is to be changed, and is there from now on; NULL on failure. */
bulk_article *bulk_change_article(bulk *k, uint64_t no, flong_error *error);

/* Puts the pairs that are being changed where they are read from. */
flong_status bulk_pairs_settle(bulk *k, flong_error *error);

#endif
