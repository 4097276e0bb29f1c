/* How alike articles and text groups tell, the verdict on it, and how articles that may tell one story meet. Of
 * every text group its first article stands for all. */
#ifndef FLONG_FLOW_RELATE_H
#define FLONG_FLOW_RELATE_H

#include "flow/index.h"
#include "index/candidates.h"
#include "sketch/lookup.h"

/* Whether an article is to be sketched: one with words of its own, where stories are wanted. */
bool relate_wanted(const article *a, const flong_params *params);

/* Sketches an article of these terms. */
void relate_sketch(sketch *out, const term *terms, size_t n, const text_body *body, int64_t published,
                   const rates *learned);

/* How alike two articles tell, in [0, 1]: too little for a story where they are of one series. */
double relate_similarity(const sketch *a, const sketch *b);

/* The same of one article with many. */
typedef struct relating {
    const sketch *own;
    story_lookup lookup;
} relating;

/* Borrows the sketch, which is to be compared with n others. */
void relating_begin(relating *r, const sketch *own, size_t n);
double relating_similarity(const relating *r, const sketch *other);

/* Asks for a sketch that is compared soon. */
void relate_prefetch(const sketch *soon);

/* The verdict on two first articles that are not of one text: rewrite, related or none. */
flong_relation relate_verdict(const sketch *a, const sketch *b, double similarity,
                              const flong_params *params);

/* The similarity of two text groups, negative where one has no sketch. */
flong_status relate_groups(flong_index *index, double *similarity, uint64_t text_a, uint64_t text_b,
                           flong_error *error);

/* The same on behalf of storying. */
storying_scores relate_scores(flong_index *index);

/* Story keys of articles, as they are gathered: entries of the index. */
typedef struct story_keying {
    uint64_t *own, *asked, *far; /* found by; looking for; both, for older articles */
    size_t n_own, n_asked, n_far;
    uint64_t base; /* of their places: the first article that has keys */
} story_keying;

/* Makes room for the keys of n articles, which are added in order of their numbers; false when there is no memory. */
bool story_keying_init(story_keying *k, arena *memory, size_t n);
void story_keying_add(story_keying *k, uint64_t no, const story_key_set *keys);

/* Sorts the keys and finds who meets: the candidates of each article once, by article and then other. Memory from the
 * arena. *hot grows by the look-ups cut short. */
flong_status story_keying_meet(story_keying *k, flong_index *index, arena *memory, candidate_list *out,
                               uint64_t *hot, flong_error *error);

/* The terms that two sketches share, those that carry most first, one a line, as they are written in an article with
 * these terms; `body` is its title, a line end, and its text. False when there is no memory. */
bool relate_terms(flong_str *out, arena *memory, const sketch *a, const sketch *b, const article *written,
                  const term *terms, size_t n, flong_str title, flong_str text);

#endif
