/* Wire credits: what the head and the tail of an article say of where it comes from. Datelines with their
 * agency, bylines, credit lines, copyright notices, "originally published by", "contributed to this report".
 * What is said in running text ("told Reuters") and the credits of pictures do not count. */
#ifndef FLONG_TEXT_WIRE_H
#define FLONG_TEXT_WIRE_H

#include "text/agencies.h"
#include "text/article.h"

/* What a credit is; where an article has several, the first of these is reported. */
#define WIRE_CREDIT_MAP(X)                                                                                   \
    X(NONE, "none")                                                                                          \
    X(DATELINE, "dateline")         /* "KYIV, Jan. 3 (Reuters) -" */                                         \
    X(BYLINE, "byline")             /* "By The Associated Press" */                                          \
    X(LINE, "line")                 /* "Reuters", "(AFP)", "- Reuters" */                                    \
    X(COPYRIGHT, "copyright")       /* "(c) 2017 The Canadian Press" */                                      \
    X(SOURCE, "source")             /* "Source: Xinhua" */                                                   \
    X(ORIGIN, "origin")             /* "first appeared on The Conversation" */                               \
    X(CONTRIBUTION, "contribution") /* "The AP contributed to this report." */

typedef enum wire_credit_kind {
#define WIRE_CREDIT_ENUM(name, text) WIRE_##name,
    WIRE_CREDIT_MAP(WIRE_CREDIT_ENUM)
#undef WIRE_CREDIT_ENUM
} wire_credit_kind;

const char *wire_credit_kind_name(wire_credit_kind kind); /* static */

/* The strings are borrowed from the body that was searched. */
typedef struct wire_credit {
    const agency *agency;  /* NULL: none named */
    wire_credit_kind kind; /* of the credit that names it */
    flong_str credit;      /* the words that name it; empty: none do */
    flong_str place;       /* of the dateline; empty: none */
} wire_credit;

/* Looks at the head and the tail of an article's text, cuts units around what is a credit, dateline, byline
 * or notice, and marks these. `body` is what the article's tokens count their places in: title, a line
 * end, text. False when there is no memory. */
bool wire_find(wire_credit *out, article *a, flong_str body, const wire_lexicon *lexicon);

/* Whether wire_names could find the site with this host in a text: false where its name is nowhere in it, however
 * written. Much cheaper, as the text need not be read. */
bool wire_may_name(flong_str text, flong_str host);

/* Whether a credit at the head or the tail names the agency `by` (may be NULL), or the site that this host belongs
 * to (may be empty): for "kyivindependent.com" that, "Kyiv Independent" or "The Kyiv Independent". */
bool wire_names(const article *a, flong_str body, const wire_lexicon *lexicon, const agency *by,
                flong_str host);

#endif
