/* Which story each text group is in: held in memory as it is asked for, changed there, and written. What the
 * stories should be is decided elsewhere (flow/storying.h). */
#ifndef FLONG_FLOW_TELLINGS_H
#define FLONG_FLOW_TELLINGS_H

#include "base/memory.h"
#include "flow/numbered.h"
#include "index/rows.h"
#include "match/stories.h"

/* So many text groups stand for a story of more, which is not taken apart any more: the first ones, which tell what it
 * is about, and the latest, which tell where it is now. */
enum { STORY_REPRESENTATIVES = 32 };

/* The text groups of one story. A story in memory is never changed; a change puts others in its place. */
typedef struct story {
    size_t n;
    double weakest;      /* least mean probability with which two parts of it became one; 1 where none did */
    story_likeness *own; /* of each two of those that stand for it (story_pair); NULL: not known */
    uint64_t members[];  /* text_no, ascending; the first one names the story */
} story;

/* Room for n members, n > 0, and for their likenesses if they are to be known; NULL when there is none. */
story *story_new(size_t n, double weakest, bool alike);
/* Puts the members in order. */
void story_sort(story *told);

/* How many text groups stand for one of n members, and the i-th of them. */
static inline size_t story_representatives(size_t n) {
    return n < STORY_REPRESENTATIVES ? n : STORY_REPRESENTATIVES;
}
static inline uint64_t story_representative(const uint64_t *members, size_t n, size_t i) {
    return members[i < STORY_REPRESENTATIVES / 2 || n < STORY_REPRESENTATIVES
                       ? i
                       : n - STORY_REPRESENTATIVES + i];
}

/* Where the likeness of representatives i < j stands. */
static inline size_t story_pair(size_t i, size_t j) { return j * (j - 1) / 2 + i; }

typedef struct telling telling;

/* What was changed and is not yet written. Zero-initialised, nothing. */
typedef struct tellings_log {
    uint64_t n_stories;             /* more than there were, modulo 2^64 */
    buffer moved, renamed, changes; /* text_no; story numbers that were or are; events */
} tellings_log;

void tellings_log_free(tellings_log *log);

/* Zero-initialised but for the store, nothing is held. */
typedef struct tellings {
    store *store;
    numbered known;   /* of text groups, telling */
    tellings_log log; /* of stories of two text groups or more that are held, n_stories is the number */
} tellings;

/* Forgets all that is held, what was not written too. */
void tellings_clear(tellings *all);

/* The story of two text groups or more that a text group is in, NULL where it is one of its own. Borrowed until the
 * next change. */
flong_status tellings_find(tellings *all, const story **out, uint64_t text_no, flong_error *error);

/* The same of a text group that was found before, or that is new. */
const story *tellings_held(const tellings *all, uint64_t text_no);

/* Says that a text group is new, and in no story. False when there is no memory. */
bool tellings_new(tellings *all, uint64_t text_no);

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

/* All of it, or nothing when that fails. What it names was found before, or is new; the members of what ends are in
 * what begins, but for `gone`. It is noted in a log. Several threads may change stories that have nothing in common, each
 * with a log of its own. */
flong_status tellings_change(tellings *all, tellings_log *log, const story_change *change,
                             flong_error *error);

/* Takes over from a log what was noted since it was last taken from, but for the events from `events_from` up to
 * `events_to`, which are bytes in log->changes. False when there is no memory. */
bool tellings_take(tellings *all, tellings_log *log);
bool tellings_take_events(tellings *all, const tellings_log *log, size_t from, size_t to);

/* Notes that the number of one story now leads to another. */
flong_status tellings_note_merge(tellings *all, uint64_t story_no, uint64_t into, uint64_t at,
                                 flong_error *error);

/* Writes what changed since the last call. */
flong_status tellings_write(tellings *all, flong_error *error);

#endif
