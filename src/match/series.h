/* Series: columns, weather pages, price lists, tables, live pages. Their articles are alike, week after week, and
 * tell of different things. */
#ifndef FLONG_MATCH_SERIES_H
#define FLONG_MATCH_SERIES_H

#include <stdbool.h>

#include "flong.h"
#include "text/title.h"

/* What tells that two articles are of one series. */
typedef struct series_mark {
    uint64_t site_hash; /* of the site's domain; 0: none is known */
    int64_t published;  /* or FLONG_NO_DATE */
    title_words title;
} series_mark;

/* Seconds between two dates; 0 where one is not known. */
uint64_t dates_gap(int64_t a, int64_t b);

/* Whether two articles of one site are not of one event, however alike they are: under titles that have little in
 * common, or more than two days apart, or with the same title, or the same but for its numbers, on another day.
 * Articles of different sites, or without titles, are never a series. */
bool series_apart(const series_mark *a, const series_mark *b);

#endif
