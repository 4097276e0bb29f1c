/* Which story each text group is in: held in memory as it is asked for, changed there, and written. What the
 * stories should be is decided elsewhere (flow/storying.h). */
#ifndef FLONG_FLOW_TELLINGS_H
#define FLONG_FLOW_TELLINGS_H

#include "base/memory.h"
#include "index/rows.h"

/* The text groups of one story. A story in memory is never changed; a change puts others in its place. */
typedef struct story {
    size_t n;
    double weakest;     /* least mean probability with which two parts of it became one; 1 where none did */
    uint64_t members[]; /* text_no, ascending; the first one names the story */
} story;

/* Room for n members, n > 0; NULL when there is none. */
story *story_new(size_t n, double weakest);
/* Puts the members in order. */
void story_sort(story *told);

typedef struct telling telling;

/* Zero-initialised but for the store, nothing is held. */
typedef struct tellings {
    store *store;
    telling *places; /* open addressing: a text group and its story */
    size_t n_known, n_places;
    uint64_t n_stories;             /* held, of two text groups or more */
    buffer moved, renamed, changes; /* not yet written: text_no; story numbers that were or are; events */
} tellings;

/* Forgets all that is held, what was not written too. */
void tellings_clear(tellings *all);

/* The story of two text groups or more that a text group is in, NULL where it is one of its own. Borrowed until the
 * next change. */
flong_status tellings_find(tellings *all, const story **out, uint64_t text_no, flong_error *error);

/* Where a text group or a story may stand, and none does. */
#define NO_TEXT UINT64_MAX

/* Stories that end, 64 at most, and those that are there in their place. */
typedef struct story_change {
    const story *const *ends;
    size_t n_ends;
    story *const *begins; /* taken over when the change succeeds; those of one text group as well */
    size_t n_begins;
    uint64_t gone; /* a member of what ends and of nothing that begins, or NO_TEXT */
    uint64_t came; /* a member of what begins that counts as one of story `came_from`, or NO_TEXT. That may be
                        NO_TEXT, too: it comes from none */
    uint64_t came_from;
    uint64_t at; /* the text group that the change is owed to */
} story_change;

/* All of it, or nothing when that fails. The members of what begins were found before, but for `came`; those of
 * what ends are in what begins, but for `gone`. */
flong_status tellings_change(tellings *all, const story_change *change, flong_error *error);

/* Notes that the number of one story now leads to another. */
flong_status tellings_note_merge(tellings *all, uint64_t story_no, uint64_t into, uint64_t at,
                                 flong_error *error);

/* Writes what changed since the last call. */
flong_status tellings_write(tellings *all, flong_error *error);

#endif
