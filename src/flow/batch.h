/* A batch of articles on its way through the stages. */
#ifndef FLONG_FLOW_BATCH_H
#define FLONG_FLOW_BATCH_H

#include "flow/index.h"
#include "flow/relate.h"

/* Items that a batch has room for: one that is full, and what another process left open before it. */
enum { BATCH_ITEMS = 2 * BATCH_ARTICLES };

/* A candidate of an article, verified. */
typedef struct scored {
    uint64_t other;
    flong_score score;    /* a: the article, b: the other */
    unsigned char *spans; /* packed, a: the other; of accepted pairs */
    size_t n_spans_bytes;
} scored;

typedef struct batch_item {
    uint64_t no;
    flong_record record; /* in the batch's memory */
    article article;     /* kept between reading and sketching */
    wire_credit credit;  /* in its worker's memory */
    furniture_site *site;
    text_body *body; /* until the cache takes it; then borrowed from there */
    packed_body packed;
    uint64_t *keys;
    size_t n_keys;
    const candidate *candidates;
    size_t n_candidates;
    scored *scores; /* as many; by other, ascending */
    bool failed;    /* no memory */
} batch_item;

/* The score of an item with another article, NULL where that was no candidate. */
const scored *item_scored(const batch_item *item, uint64_t other);

typedef struct teller teller; /* see tell.c */

typedef struct batch {
    flong_index *index;
    arena memory;      /* records, and scratch of the calling thread */
    batch_item *items; /* by ascending number */
    size_t n;          /* at most BATCH_ITEMS */
    size_t n_numbered; /* items, the first ones, that have their numbers */
    size_t n_read;     /* items before those that are being read */
    pool *threads;
    worker *workers;
    uint64_t pairs;  /* accepted, of all batches */
    teller *tellers; /* the articles that begin text groups, in the story stage */
    size_t n_tellers;
    story_keying story_keys; /* theirs */
} batch;

flong_status batch_init(batch *b, flong_index *index, unsigned threads, flong_error *error);
void batch_free(batch *b);

/* Empties the batch for the next one. */
void batch_reset(batch *b);

/* Takes a copy of a record. */
flong_status batch_take(batch *b, const flong_record *record, flong_error *error);

/* Reads the texts of the articles [from, n): tokens, units, wire credits. Needs nothing of the index that changes, so
 * one batch may be read while another is processed. */
flong_status batch_read(batch *b, size_t from, flong_error *error);

/* Moves the items [from, n) before the others. False when there is no memory. */
bool batch_rotate(batch *b, size_t from);

/* Lets go of the n items, which were processed, in favour of those behind them, up to `all`. */
bool batch_shift(batch *b, size_t all);

/* Lets go of records that a later one of the batch replaces, and removes the articles of the index that
 * the batch replaces. */
flong_status batch_replace(batch *b, flong_error *error);

/* Takes the batch, which was read and whose items have their numbers, through all further stages and writes it, in the
 * transaction that is under way: replaces articles of the same ids, learns furniture, sketches, finds candidates,
 * verifies, groups. */
flong_status batch_process(batch *b, flong_error *error);

/* Writes the rows of a batch whose articles are in text groups: articles, and pairs that share text. */
flong_status batch_rows_write(batch *b, flong_error *error);

/* Takes the batch, whose articles are in text groups, through the story stage, writing its rows meanwhile; then writes
 * what that found: sketches, stories, what was learned of terms, pairs. */
flong_status batch_tell(batch *b, flong_error *error);
flong_status batch_tell_write(batch *b, flong_error *error);

/* The score of two articles whose bodies may have to be read; a grouping_score_fn, the context being a
 * flong_index. */
flong_status score_articles(void *context, flong_score *out, uint64_t a, uint64_t b, flong_error *error);

#endif
