/* Puts text groups into stories: match/stories.h says which belong together, flow/tellings.h holds them and
 * writes them. A text group is meant by its text_no. A story is named by the least text_no in it, so that adding
 * articles never changes a number: of stories that merge the oldest gives its number, and of one that splits the part
 * with its first text group keeps it. A text group in no story of two or more is a story of its own, with its own
 * number.
 *
 * Text groups are placed one after the other. Each is compared with its candidates; the stories that it
 * touches are taken apart and put together again with it among their text groups. So what came in an
 * unlucky order mends itself where the news goes on, and what nothing touches stays. The result depends on the order
 * of the calls and on the similarities, and on nothing else: not on what is held in memory, nor when it is
 * written. */
#ifndef FLONG_FLOW_STORYING_H
#define FLONG_FLOW_STORYING_H

#include "base/parallel.h"
#include "index/rows.h"

typedef struct storying storying;

storying *storying_new(store *s);
void storying_free(storying *s);
/* Forgets what is held in memory, what was not written too. */
void storying_clear(storying *s);

/* Who says how alike two text groups are. */
typedef struct storying_scores {
    void *context;
    /* Makes ready what is asked of a text group in the same call of storying, before it is. */
    flong_status (*ready)(void *context, uint64_t text_no, flong_error *error);
    /* Writes how alike a text group and each of n others are, in [0, 1], with regard to their dates: the same either way
     * round, and whenever it is asked, as it may be kept. Two that must not be what brings stories together, such as a
     * column of this week and of last week, are to be less alike than STORY_EDGE. Negative: they cannot be compared,
     * which counts as 0. Asked of text groups that were placed and not forgotten, and of those that are named in a call;
     * by several threads at once, `worker` being another number for each. */
    void (*compare)(void *context, unsigned worker, double *similarity, uint64_t text_no,
                    const uint64_t *others, size_t n);
} storying_scores;

/* The number of a text group's story. */
flong_status storying_of(storying *s, uint64_t *story_no, uint64_t text_no, flong_error *error);

/* A text group that may tell the same as another, and how alike they are, as by storying_scores. */
typedef struct storying_candidate {
    uint64_t text_no;
    double similarity;
} storying_candidate;

/* A text group to be placed, with its candidates by ascending number; there may be none. */
typedef struct storying_newcomer {
    uint64_t text_no;
    const storying_candidate *candidates;
    size_t n;
} storying_newcomer;

/* Places a text group that is new, or places it again. */
flong_status storying_place(storying *s, const storying_newcomer *newcomer, const storying_scores *scores,
                            flong_error *error);

/* Places text groups one after the other; those that have nothing in common at the same time. All are new, and their
 * numbers are in no index. After a failure only storying_clear may follow. */
flong_status storying_place_all(storying *s, const storying_newcomer *newcomers, size_t n,
                                const storying_scores *scores, pool *threads, flong_error *error);

/* Two text groups became one, `into`. If they were in two stories, `into` is placed again, the other story's text
 * groups being its candidates. Nothing is asked of `gone`. */
flong_status storying_join(storying *s, uint64_t gone, uint64_t into, const storying_scores *scores,
                           flong_error *error);

/* A text group has another first article now, and so another number, which is in no story yet. */
flong_status storying_rename(storying *s, uint64_t old_text_no, uint64_t new_text_no, flong_error *error);

/* A text group is gone. The story that it was in is put together again by storying_settle, which is called once
 * all that go are forgotten, and before anything is written. */
flong_status storying_forget(storying *s, uint64_t text_no, flong_error *error);
flong_status storying_settle(storying *s, const storying_scores *scores, flong_error *error);

/* Writes what changed since the last call: stories, who is in them, and merges and splits. */
flong_status storying_write(storying *s, flong_error *error);

/* Stories of two text groups or more that are held in memory. */
uint64_t storying_count(const storying *s);

#endif
