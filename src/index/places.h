/* What each article is to others, as the views tell it: written at the end of each call that changed a file, since it
 * follows from all articles and pairs (flow/places.c). An article that is alone with its text and story has no row. */
#ifndef FLONG_INDEX_PLACES_H
#define FLONG_INDEX_PLACES_H

#include "index/store.h"

enum { PLACE_PARTS = 10000 }; /* shares are stored in parts of so many, which is what reports print */

typedef struct place_row {
    uint64_t no;
    flong_relation relation;
    uint64_t of;         /* the article that it repeats; PLACE_NONE */
    uint32_t shares[3];  /* jaccard, contained, contains; PLACE_UNKNOWN of rewrites and related articles */
    uint32_t similarity; /* PLACE_UNKNOWN where it was not looked at */
    int credited;        /* -1: not asked */
} place_row;

#define PLACE_NONE    UINT64_MAX
#define PLACE_UNKNOWN UINT32_MAX

/* Whether the places that the file has are those of its articles. */
flong_status places_current(store *s, bool *current, flong_error *error);

/* Notes that they are, or that they are not any more; in the transaction that makes it true. */
flong_status places_note(store *s, bool current, flong_error *error);

/* Writes the row unless it is there already; takes away the row of an article that has none. */
flong_status place_set(store *s, const place_row *row, flong_error *error);
flong_status place_unset(store *s, uint64_t no, flong_error *error);
/* Takes away the rows of articles that are not there any more. */
flong_status places_unset_gone(store *s, flong_error *error);

#endif
