/* The rows of an index: articles, pairs, text groups, stories, and the log of merges and splits. */
#ifndef FLONG_INDEX_ROWS_H
#define FLONG_INDEX_ROWS_H

#include "index/store.h"

/* One article without its text. Strings are borrowed until the statement that gave them is used again. */
typedef struct article_row {
    uint64_t no;
    flong_record record;
    uint64_t text_no;
    uint32_t tokens, all_tokens; /* without furniture and credits; with them */
    uint32_t furniture;          /* tokens that are furniture */
    bool stub;                   /* furniture leaves nothing of the text */
    flong_wire wire;
} article_row;

flong_status article_add(store *s, const article_row *row, flong_error *error);
/* *found says whether there is one. */
flong_status article_get(store *s, article_row *out, bool *found, uint64_t no, flong_error *error);
/* The first article from number `from` on. */
flong_status article_next(store *s, article_row *out, bool *found, uint64_t from, flong_error *error);
/* All articles from number `from` on, in order; a return other than FLONG_OK stops and is returned. */
typedef flong_status (*article_row_fn)(void *context, const article_row *row, flong_error *error);
flong_status article_each(store *s, uint64_t from, article_row_fn fn, void *context, flong_error *error);
/* The text group of an article; *found as above. */
flong_status article_text_no(store *s, uint64_t *text_no, bool *found, uint64_t no, flong_error *error);
/* Moves all members of a text group, or one article, to another. */
flong_status article_regroup(store *s, uint64_t text_no, uint64_t into, flong_error *error);
flong_status article_place(store *s, uint64_t no, uint64_t text_no, flong_error *error);
/* Numbers of a text group's members, ascending, appended to out as uint64_t. */
flong_status article_members(store *s, buffer *out, uint64_t text_no, flong_error *error);
/* Deletes the article, its body and its pairs, and remembers its number as removed. */
flong_status article_delete(store *s, uint64_t no, flong_error *error);
/* Numbers of removed articles, ascending, appended to out as uint64_t. */
flong_status article_removed(store *s, buffer *out, flong_error *error);

/* Each site that has stubs, and how many, most first; another return than FLONG_OK stops and is returned. */
typedef flong_status (*stub_site_fn)(void *context, flong_str site, uint64_t stubs, flong_error *error);
flong_status stub_sites_each(store *s, stub_site_fn fn, void *context, flong_error *error);

/* An accepted pair; a arrived before b. */
typedef struct pair_row {
    uint64_t a, b;
    flong_score score;
    const void *spans; /* as spans_pack writes them; borrowed until the statement is used again */
    size_t n_spans_bytes;
    flong_str terms; /* one a line */
} pair_row;

flong_status pair_add(store *s, const pair_row *row, flong_error *error);
/* Adds the similarity and terms of a row to the pair of its articles, which is there. */
flong_status pair_similarity_set(store *s, const pair_row *row, flong_error *error);
flong_status pair_get(store *s, pair_row *out, bool *found, uint64_t a, uint64_t b, flong_error *error);
typedef flong_status (*pair_row_fn)(void *context, const pair_row *row, flong_error *error);
/* How many pairs have a later article of number `from` or more. */
flong_status pair_count_from(store *s, uint64_t *n, uint64_t from, flong_error *error);
/* All pairs by b, then a; those of one b; or those of an article on either side. */
flong_status pair_each(store *s, pair_row_fn fn, void *context, flong_error *error);
flong_status pair_each_earlier(store *s, uint64_t b, pair_row_fn fn, void *context, flong_error *error);
flong_status pair_each_of(store *s, uint64_t no, pair_row_fn fn, void *context, flong_error *error);

/* A text group; those of two articles or more are stored. */
enum { GROUP_ROW_MOST = 16 };
typedef struct group_row {
    uint64_t no; /* its first article */
    uint64_t size;
    double weakest;
    uint32_t n_representatives;
    uint64_t representatives[GROUP_ROW_MOST];
} group_row;

flong_status group_get(store *s, group_row *out, bool *found, uint64_t no, flong_error *error);
flong_status group_set(store *s, const group_row *group, flong_error *error);
/* All of them. */
typedef flong_status (*group_row_fn)(void *context, const group_row *row, flong_error *error);
flong_status group_each(store *s, group_row_fn fn, void *context, flong_error *error);
flong_status group_delete(store *s, uint64_t no, flong_error *error);

/* The story sketch of an article, as bytes; they are borrowed until the statement is used again. */
typedef struct sketch_row {
    uint64_t no;
    int64_t published; /* or FLONG_NO_DATE */
    const void *terms;
    size_t n_terms_bytes;
} sketch_row;

flong_status sketch_add(store *s, const sketch_row *row, flong_error *error);
flong_status sketch_get(store *s, sketch_row *out, bool *found, uint64_t no, flong_error *error);

/* A story of two text groups or more. */
typedef struct story_row {
    uint64_t no;   /* its first text group */
    uint64_t size; /* text groups */
    double weakest;
} story_row;

flong_status story_get(store *s, story_row *out, bool *found, uint64_t no, flong_error *error);
flong_status story_set(store *s, const story_row *row, flong_error *error);
flong_status story_delete(store *s, uint64_t no, flong_error *error);
/* The story that a text group is in, if that is one of two or more; and the numbers of a story's text groups, ascending,
 * appended to out as uint64_t. */
flong_status telling_get(store *s, uint64_t *story_no, bool *found, uint64_t text_no, flong_error *error);
flong_status telling_members(store *s, buffer *out, uint64_t story_no, flong_error *error);
/* All text groups that are in stories of two or more; another return than FLONG_OK stops and is returned. */
typedef flong_status (*telling_fn)(void *context, uint64_t text_no, uint64_t story_no, flong_error *error);
flong_status telling_each(store *s, telling_fn fn, void *context, flong_error *error);
flong_status telling_set(store *s, uint64_t text_no, uint64_t story_no, flong_error *error);
flong_status telling_delete(store *s, uint64_t text_no, flong_error *error);

/* Remembers what became of a text group: it is part of another now ("merge"), stayed apart from it ("bridge") or was
 * split from it ("split"); and of a story ("story-merge", "story-split"). */
flong_status event_add(store *s, const char *kind, uint64_t text_no, uint64_t into_no, uint64_t at_no,
                       flong_error *error);

/* What was learned of a site's furniture, as bytes appended to *out; nothing where it is not known. */
flong_status furniture_row_get(store *s, buffer *out, bool *found, flong_str site, flong_error *error);
flong_status furniture_row_set(store *s, flong_str site, uint64_t lines, const buffer *learned,
                               flong_error *error);

#endif
