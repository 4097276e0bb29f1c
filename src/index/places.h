/* What each article is to others, as the views tell it. That follows from all articles and pairs (flow/places.c), so it is
 * written at the end of each call that changed a file, for the articles that the change may have touched. Until then
 * these are noted. An article that is alone with its text and story has no row. */
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

/* The last entry in the log of merges and splits, for places_touch. */
flong_status places_event(store *s, uint64_t *event, flong_error *error);

/* Notes what a batch touched, in its transaction: the articles from number `first` on, those that are paired with them, and
 * what the log tells of after `event`. Called when the batch is written, and before an open batch is taken back: of that
 * its own `event` is remembered. */
flong_status places_touch(store *s, uint64_t first, uint64_t event, flong_error *error);
flong_status places_touch_open(store *s, uint64_t first, flong_error *error);
/* Notes what goes with an article that is about to be removed: its text group, its partners, its story. */
flong_status places_touch_removed(store *s, uint64_t no, flong_error *error);

/* What has to be told again: appended to numbers (uint64_t, ascending) and asked (bool), as results_scope has them. *all: it
 * is everything, or so much that it might as well be; nothing is appended then. */
flong_status places_scope(store *s, buffer *numbers, buffer *asked, bool *all, flong_error *error);

/* Takes away the rows of articles that are gone, of all or of those that were touched; notes that the places are current. */
flong_status places_note(store *s, bool all, flong_error *error);

/* Writes the row unless it is there already; takes away the row of an article that has none. */
flong_status place_set(store *s, const place_row *row, flong_error *error);
flong_status place_unset(store *s, uint64_t no, flong_error *error);

#endif
