/* What a temporary index has of every article, kept in scratch files and not in tables: rows, texts, pairs, sketches,
 * blocks of keys. Nothing of it is ever opened again, so it needs no page of its own, no order on the disk and no
 * protection against a kill; only calls that fail are taken back, and so is an open batch. For the files of this folder:
 * rows.h, bodies.h and runs.h do not tell which kind of index they work on. */
#ifndef FLONG_INDEX_BULK_H
#define FLONG_INDEX_BULK_H

#include "index/bodies.h"
#include "index/rows.h"
#include "index/scratch.h"

typedef struct bulk bulk;

/* NULL when there is no memory. */
bulk *bulk_new(void);
void bulk_free(bulk *k);

/* ---- taking back ------------------------------------------------------------------------- */

/* What was changed since bulk_begin is kept by bulk_commit, and taken back by bulk_rollback, which cannot fail. */
void bulk_begin(bulk *k);
/* What may fail of committing. */
flong_status bulk_settle(bulk *k, flong_error *error);
void bulk_commit(bulk *k);
void bulk_rollback(bulk *k);

/* As undo.h has it. */
void bulk_undo_record(bulk *k);
void bulk_undo_pause(bulk *k);
flong_status bulk_undo_apply(bulk *k, flong_error *error);

/* ---- rows; each as the function of rows.h or bodies.h that is named like it -------------- */

flong_status bulk_article_add(bulk *k, const article_row *row, flong_error *error);
flong_status bulk_article_get(bulk *k, article_row *out, bool *found, uint64_t no, flong_error *error);
flong_status bulk_article_next(bulk *k, article_row *out, bool *found, uint64_t from, flong_error *error);
flong_status bulk_article_each(bulk *k, uint64_t from, article_row_fn fn, void *context, flong_error *error);
void bulk_article_text_no(bulk *k, uint64_t *text_no, bool *found, uint64_t no);
flong_status bulk_article_regroup(bulk *k, uint64_t text_no, uint64_t into, flong_error *error);
flong_status bulk_article_place(bulk *k, uint64_t no, uint64_t text_no, flong_error *error);
flong_status bulk_article_members(bulk *k, buffer *out, uint64_t text_no, flong_error *error);
/* The article with its text, its sketch and its pairs; not its number among those removed. */
flong_status bulk_article_delete(bulk *k, uint64_t no, flong_error *error);
flong_status bulk_stub_sites_each(bulk *k, stub_site_fn fn, void *context, flong_error *error);

flong_status bulk_body_add(bulk *k, uint64_t no, const packed_body *packed, flong_error *error);
/* Borrowed until the next call. */
flong_status bulk_body_get(bulk *k, packed_body *out, bool *found, uint64_t no, flong_error *error);

flong_status bulk_sketch_add(bulk *k, const sketch_row *row, flong_error *error);
flong_status bulk_sketch_get(bulk *k, sketch_row *out, bool *found, uint64_t no, flong_error *error);

flong_status bulk_pair_add(bulk *k, const pair_row *row, flong_error *error);
flong_status bulk_pair_similarity_set(bulk *k, const pair_row *row, flong_error *error);
flong_status bulk_pair_get(bulk *k, pair_row *out, bool *found, uint64_t a, uint64_t b, flong_error *error);
flong_status bulk_pair_count_from(bulk *k, uint64_t *n, uint64_t from, flong_error *error);
flong_status bulk_pair_each(bulk *k, pair_row_fn fn, void *context, flong_error *error);
flong_status bulk_pair_each_earlier(bulk *k, uint64_t b, pair_row_fn fn, void *context, flong_error *error);
flong_status bulk_pair_each_later(bulk *k, uint64_t a, pair_row_fn fn, void *context, flong_error *error);

/* ---- blocks of keys ---------------------------------------------------------------------- */

enum { BULK_BLOCK_BYTES = 8192 }; /* a block has at most */

/* Puts a block; its place is less than 2^40. */
flong_status bulk_block_add(bulk *k, uint64_t *place, const void *bytes, size_t n, flong_error *error);
/* Borrowed until the next call; NULL on failure. */
const void *bulk_block_get(bulk *k, uint64_t place, size_t n, flong_error *error);
/* Says that what is at a place is not needed any more. */
flong_status bulk_block_delete(bulk *k, uint64_t place, flong_error *error);

/* As store_count. */
flong_status bulk_count(bulk *k, store_counts *out, flong_error *error);

#endif
