/* For wire*.c only: whether the name of an agency, at its place in a text, is a credit. */
#ifndef FLONG_TEXT_WIRE_RULES_H
#define FLONG_TEXT_WIRE_RULES_H

#include "text/wire_scan.h"

/* Names that stand together: "AP/Reuters", "AFP, dpa". */
typedef struct wire_group {
    size_t hit, hit_end;   /* in s->hits */
    size_t first, end;     /* its tokens, without "The" */
    size_t lead;           /* the same with it */
    const wire_word *word; /* the first that names an agency, or the first; NULL: the site's name */
    wire_safety safety;
    edge left, right;
    size_t left_mark, right_mark;
    bool head, tail;
} wire_group;

/* What a group turns out to be, and the tokens that belong to it. */
typedef struct wire_verdict {
    wire_credit_kind kind;
    size_t first, end;
    flong_str place;
} wire_verdict;

/* The group that begins with hit h, which names an agency or is the site's name. */
wire_group wire_group_at(const wire_scan *s, size_t h);
wire_verdict wire_judge(const wire_scan *s, const wire_group *g);

#endif
