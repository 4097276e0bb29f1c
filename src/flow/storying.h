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

#include "index/rows.h"

typedef struct storying storying;

storying *storying_new(store *s);
void storying_free(storying *s);
/* Forgets what is held in memory, what was not written too. */
void storying_clear(storying *s);

/* How alike two text groups are, in [0, 1], with regard to their dates; text_a < text_b, and the same whenever it is
 * asked. Two that must not be what brings stories together, such as a column of this week and of last week, are to be
 * less alike than STORY_EDGE. Negative: they cannot be compared, which counts as 0. Asked of text groups that were
 * placed and not forgotten, and of those that are named in a call. */
typedef flong_status (*storying_score_fn)(void *context, double *similarity, uint64_t text_a, uint64_t text_b,
                                          flong_error *error);

/* The number of a text group's story. */
flong_status storying_of(storying *s, uint64_t *story_no, uint64_t text_no, flong_error *error);

/* Places a text group that is new, or places it again, given text groups that may tell the same; n may be 0. */
flong_status storying_place(storying *s, uint64_t text_no, const uint64_t *candidates, size_t n,
                            storying_score_fn score, void *context, flong_error *error);

/* Two text groups became one, `into`. If they were in two stories, `into` is placed again, the other story's text
 * groups being its candidates. Nothing is asked of `gone`. */
flong_status storying_join(storying *s, uint64_t gone, uint64_t into, storying_score_fn score, void *context,
                           flong_error *error);

/* A text group has another first article now, and so another number, which is in no story yet. */
flong_status storying_rename(storying *s, uint64_t old_text_no, uint64_t new_text_no, flong_error *error);

/* A text group is gone. The story that it was in is put together again by storying_settle, which is called once
 * all that go are forgotten, and before anything is written. */
flong_status storying_forget(storying *s, uint64_t text_no, flong_error *error);
flong_status storying_settle(storying *s, storying_score_fn score, void *context, flong_error *error);

/* Writes what changed since the last call: stories, who is in them, and merges and splits. */
flong_status storying_write(storying *s, flong_error *error);

/* Stories of two text groups or more that are held in memory. */
uint64_t storying_count(const storying *s);

#endif
