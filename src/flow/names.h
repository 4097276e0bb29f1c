/* Ids, sites and agencies of articles for reports, which name the same ones again and again: those named lately are held. */
#ifndef FLONG_FLOW_NAMES_H
#define FLONG_FLOW_NAMES_H

#include "index/rows.h"
#include "text/agencies.h"

/* What names an article; borrowed until the next call. */
typedef struct article_name {
    flong_str id, site, domain; /* the domain lies within the site */
    const agency *by;           /* that its wire credit names, or NULL */
} article_name;

/* Opaque. NULL when there is no memory. */
typedef struct names names;
names *names_new(store *s);
void names_free(names *n);

/* The name of an article; FLONG_DAMAGED where there is none. */
flong_status names_get(names *n, article_name *out, uint64_t no, flong_error *error);

/* The same of an article whose row is at hand. */
flong_status names_take(names *n, article_name *out, const article_row *row, flong_error *error);

#endif
