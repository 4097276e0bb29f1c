/* The lines of the two files: articles, and the truth about them. */
#ifndef GENERATE_RECORD_H
#define GENERATE_RECORD_H

#include <stdio.h>

#include "arrays.h"
#include "edit.h"

/* Kinds of article; the names stand in the truth file. */
#define KIND_MAP(X)                                                                                          \
    X(ORIGINAL, "original")   /* first of a text that is reprinted */                                        \
    X(IDENTICAL, "identical") /* verbatim copy of `of` */                                                    \
    X(REPRINT, "reprint")     /* edited copy of `of` */                                                      \
    X(EXCERPT, "excerpt")     /* own article with a passage of `of` */                                       \
    X(REWRITE, "rewrite")     /* the story of `of` in other words */                                         \
    X(SINGLE, "single")                                                                                      \
    X(UPDATE, "update") /* later event of a running topic (`thread`) */                                      \
    X(SERIES, "series") /* regular report: one template, other figures */                                    \
    X(SISTER, "sister") /* shares a short quotation with its `thread` */                                     \
    X(STUB, "stub")     /* no body: paywall notice or furniture alone */

typedef enum kind {
#define KIND_ENUM(name, text) KIND_##name,
    KIND_MAP(KIND_ENUM)
#undef KIND_ENUM
        KINDS
} kind;
extern const char *const kind_names[KINDS];

typedef struct record {
    uint64_t number;
    const char *host;
    int64_t published; /* seconds since 1970 */
    bytes title, text;
} record;

typedef struct truth {
    uint64_t number, text, story, thread; /* thread 0: none */
    kind kind;
    unsigned edits;
    int has_of;
    uint64_t of;
    uint32_t kept;         /* in 1/10,000; of copies */
    const uint64_t *shown; /* texts of which it has a passage as the site's teaser */
    uint32_t n_shown;
} truth;

/* The date of a day counted from 1970-01-01. */
typedef struct date {
    int64_t year;
    unsigned month, day;
} date;
date date_of(int64_t days);

void record_write(bytes *out, const record *r);
void truth_write(bytes *out, const truth *t);

#endif
