/* What follows from all articles and pairs of an index: text groups with their originals, stories with their first
 * tellings, and what each article repeats. */
#ifndef FLONG_FLOW_RESULTS_H
#define FLONG_FLOW_RESULTS_H

#include "flow/index.h"

enum { NOTHING = UINT32_MAX };

/* Some articles: those that are asked for, each with all others of its story, and beside them the text groups of those
 * that share a passage with one. */
typedef struct results_scope {
    const uint64_t *numbers; /* n of them, ascending */
    const bool *asked;
    size_t n;
} results_scope;

/* What is known of one article, by arrival number; numbers of articles are those of their places. */
typedef struct place {
    uint32_t text_no;  /* NOTHING: no such article */
    uint32_t original; /* at a group's first article: the group's original */
    uint32_t of;       /* article that it repeats, or NOTHING */
    uint32_t size;     /* at a group's first article: members */
    uint32_t story_no; /* at a group's first article: first text group of its story */
    uint32_t tellings; /* at a story's first text group: text groups */
    uint32_t first;    /* at the same: the article that told it first */
    float weakest;     /* at a group's first article */
    int64_t published;
    uint32_t tokens;
    bool stub, scored;
    flong_score score; /* a: the article, b: `of` */
} place;

/* All articles of an index, or some of them. */
typedef struct results {
    flong_index *index;
    /* Told of each row when all are read, before it is known what follows from it; or NULL. */
    article_row_fn also;
    void *also_context;
    const results_scope *scope; /* NULL: all, place i being that of article i */
    uint64_t bound;             /* of article numbers */
    place *places;
    size_t n, capacity;
} results;

/* The number of the article that has a place. */
static inline uint64_t results_number(const results *r, uint32_t at) {
    return r->scope ? r->scope->numbers[at] : at;
}

/* Reads articles, groups and stories; results_find the pairs as well, and so who repeats whom. Freed in any case. Begins
 * zero-initialised but for `also`. */
flong_status results_groups(results *r, flong_index *index, flong_error *error);
flong_status results_find(results *r, flong_index *index, flong_error *error);
/* The same as results_find of some articles, as far as the scope reaches, which is borrowed. */
flong_status results_find_some(results *r, flong_index *index, const results_scope *scope,
                               flong_error *error);
void results_free(results *r);

/* The story that an article is in, by its first text group. */
static inline uint32_t results_story(const results *r, uint32_t no) {
    return r->places[r->places[no].text_no].story_no;
}

/* Whether x was published before y; undated articles come last, ties go by arrival. */
bool results_before(const results *r, uint32_t x, uint32_t y);

/* What an article is to others, of results that were found. */
flong_relation results_relation(const results *r, uint32_t no);

#endif
