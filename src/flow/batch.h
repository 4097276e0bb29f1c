/* A batch of articles on its way through the stages. */
#ifndef FLONG_FLOW_BATCH_H
#define FLONG_FLOW_BATCH_H

#include "flow/index.h"
#include "flow/relate.h"

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
    batch_item *items; /* by ascending number; BATCH_ARTICLES of them */
    size_t n;
    uint64_t arrived, bytes; /* counts records that were superseded within the batch, too */
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
bool batch_is_full(const batch *b);

/* Takes a copy of a record. */
flong_status batch_take(batch *b, uint64_t no, const flong_record *record, flong_error *error);

/* Lets go of records that a later one of the batch replaces, and removes the articles of the index that
 * the batch replaces. */
flong_status batch_replace(batch *b, flong_error *error);

/* Takes the batch through all stages and writes it, in the transaction that is under way: replaces articles
 * of the same ids, learns furniture, sketches, finds candidates, verifies, groups. */
flong_status batch_process(batch *b, flong_error *error);

/* Takes the batch, whose articles are in text groups, through the story stage; and writes what that found: sketches,
 * stories, what was learned of terms, pairs. */
flong_status batch_tell(batch *b, flong_error *error);
flong_status batch_tell_write(batch *b, flong_error *error);

/* The score of two articles whose bodies may have to be read; a grouping_score_fn, the context being a
 * flong_index. */
flong_status score_articles(void *context, flong_score *out, uint64_t a, uint64_t b, flong_error *error);

#endif
