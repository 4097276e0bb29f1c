/* What the views of a file say, row by row as text, for reports that are tables. */
#ifndef FLONG_INDEX_TABLES_H
#define FLONG_INDEX_TABLES_H

#include "index/store.h"

/* The views, and what a graph of reprints is made of: articles that repeat another or are repeated, and who repeats whom. */
typedef enum table_name {
    TABLE_ARTICLE,
    TABLE_PAIR,
    TABLE_TEXT_GROUP,
    TABLE_STORY,
    TABLE_SITE,
    TABLE_NODES, /* no, id, site, title, published */
    TABLE_EDGES, /* from, to (numbers), relation, jaccard, contained, contains, similarity, credited */
} table_name;

/* A row, or the names of the columns, which come first; borrowed. */
typedef struct table_row {
    size_t n;
    const flong_str *values; /* n == 0: NULL */
    const bool *numbers;     /* which of them are numbers */
} table_row;

/* Another return than FLONG_OK stops and is returned. */
typedef flong_status (*table_row_fn)(void *context, const table_row *row, flong_error *error);

flong_status table_each(store *s, table_name name, table_row_fn fn, void *context, flong_error *error);

#endif
