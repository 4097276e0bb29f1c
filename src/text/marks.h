/* Ranges of an article's text that flong leaves out, or does not take as evidence, in the characters of the text as it
 * was given: for those who show it. */
#ifndef FLONG_TEXT_MARKS_H
#define FLONG_TEXT_MARKS_H

#include "text/article.h"

/* Marks in the order of the text; grows, and is used again for the next one. Freed with mem_free(marks). */
typedef struct mark_list {
    flong_mark *marks;
    size_t n, capacity;
} mark_list;

/* Which kinds are wanted. */
enum {
    MARKS_LEFT_OUT = 1 << FLONG_MARK_FURNITURE | 1 << FLONG_MARK_CREDIT,
    MARKS_ALL = MARKS_LEFT_OUT | 1 << FLONG_MARK_ASIDE
};

/* The marks of these kinds in a text whose furniture and credits are marked in `a`, read from a title of n_title bytes
 * and this text. They do not overlap: furniture goes before credits, credits before asides; what of one kind stands
 * side by side is one mark, with the spaces in between. One takes in the punctuation around its words. False when there
 * is no memory. */
bool marks_find(mark_list *out, const article *a, size_t n_title, flong_str text, unsigned kinds);

#endif
