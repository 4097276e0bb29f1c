#include "flow/tellings.h"

#include <stdlib.h>
#include <string.h>

/* What is held of a text group. */
struct telling {
    bool known;
    story *told; /* NULL: a story of its own, or no text group any more */
};

/* Part of a story became a story of its own, or a story became part of another. */
typedef struct event {
    const char *kind;
    uint64_t text_no, into, at;
} event;

static const char kind_merge[] = "story-merge", kind_split[] = "story-split";

/* ---- stories ----------------------------------------------------------------------------- */

story *story_new(size_t n, double weakest, bool alike) {
    story *told;
    size_t m = story_representatives(n), pairs = alike ? m * (m - 1) / 2 : 0;
    if (n > (SIZE_MAX - sizeof *told) / (2 * sizeof *told->members)) return NULL;
    told = mem_new(sizeof *told + n * sizeof *told->members + pairs * sizeof *told->own, 1);
    if (!told) return NULL;
    told->n = n;
    told->weakest = weakest;
    if (alike) told->own = (story_likeness *)(void *)(told->members + n);
    return told;
}

static int number_compare(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

void story_sort(story *told) {
    size_t n = 1;
    while (n < told->n && told->members[n - 1] < told->members[n]) n++;
    if (n < told->n) qsort(told->members, told->n, sizeof *told->members, number_compare);
}

/* ---- who is where ------------------------------------------------------------------------ */

/* NULL where the text group is not known. */
static telling *telling_held(const tellings *all, uint64_t text_no) {
    telling *held = numbered_find(&all->known, text_no);
    return held && held->known ? held : NULL;
}

/* Makes room for a text group. */
static bool telling_reserve(tellings *all, uint64_t text_no) {
    all->known.size = sizeof(telling);
    return numbered_make(&all->known, text_no);
}

/* There is room. What is held already may be put by several threads, each text group by one of them. */
static void telling_put(tellings *all, uint64_t text_no, story *told) {
    *(telling *)numbered_find(&all->known, text_no) = (telling){true, told};
}

/* Each story is freed by the text group that names it, once the others have let go of it. */
static void stories_free(tellings *all) {
    uint64_t first;
    telling *piece;
    for (size_t at = 0; (piece = numbered_next(&all->known, &at, &first));)
        for (uint64_t i = 0; i < NUMBERED_PIECE; i++)
            if (piece[i].told && piece[i].told->members[0] != first + i) piece[i].told = NULL;
    for (size_t at = 0; (piece = numbered_next(&all->known, &at, &first));)
        for (uint64_t i = 0; i < NUMBERED_PIECE; i++) mem_free(piece[i].told);
}

void tellings_log_free(tellings_log *log) {
    buffer_free(&log->moved);
    buffer_free(&log->renamed);
    buffer_free(&log->changes);
    *log = (tellings_log){0};
}

void tellings_clear(tellings *all) {
    stories_free(all);
    numbered_clear(&all->known);
    tellings_log_free(&all->log);
    *all = (tellings){.store = all->store};
}

/* ---- reading ----------------------------------------------------------------------------- */

static flong_status damaged(const tellings *all, uint64_t story_no, flong_error *error) {
    return error_set(error, FLONG_DAMAGED,
                     "%s: the text groups of story %llu are not those noted; make the index anew",
                     store_path(all->store), (unsigned long long)story_no);
}

/* Whether what was read can be a story that text_no is in, and its members in no other that is held. */
static bool story_sound(const tellings *all, const story *told, const story_row *row, uint64_t text_no) {
    bool there = false;
    if (told->n != row->size || told->members[0] != row->no) return false;
    for (size_t i = 0; i < told->n; i++) {
        if (telling_held(all, told->members[i])) return false;
        there |= told->members[i] == text_no;
    }
    return there;
}

/* Takes over a story that was read. */
static flong_status story_hold(tellings *all, const buffer *numbers, const story_row *row, uint64_t text_no,
                               flong_error *error) {
    size_t n = numbers->n / sizeof(uint64_t);
    if (n == 0) return damaged(all, row->no, error);
    story *told = story_new(n, row->weakest, false);
    if (!told) return error_nomem(error);
    memcpy(told->members, numbers->p, numbers->n);
    if (!story_sound(all, told, row, text_no)) {
        mem_free(told);
        return damaged(all, row->no, error);
    }
    bool room = true;
    for (size_t i = 0; i < n && room; i++) room = telling_reserve(all, told->members[i]);
    if (!room) {
        mem_free(told);
        return error_nomem(error);
    }
    for (size_t i = 0; i < n; i++) telling_put(all, told->members[i], told);
    all->log.n_stories++;
    return FLONG_OK;
}

/* Reads the story of a text group that is not held. */
static flong_status story_load(tellings *all, uint64_t story_no, uint64_t text_no, flong_error *error) {
    story_row row;
    bool found;
    TRY(story_get(all->store, &row, &found, story_no, error));
    if (!found) return damaged(all, story_no, error);
    buffer numbers = {0};
    flong_status status = telling_members(all->store, &numbers, story_no, error);
    if (status == FLONG_OK) status = story_hold(all, &numbers, &row, text_no, error);
    buffer_free(&numbers);
    return status;
}

flong_status tellings_find(tellings *all, const story **out, uint64_t text_no, flong_error *error) {
    const telling *held = telling_held(all, text_no);
    if (!held) {
        uint64_t story_no;
        bool found;
        TRY(telling_get(all->store, &story_no, &found, text_no, error));
        if (found) TRY(story_load(all, story_no, text_no, error));
        if (!telling_reserve(all, text_no)) return error_nomem(error);
        if (!found) telling_put(all, text_no, NULL);
        held = telling_held(all, text_no);
    }
    *out = held->told;
    return FLONG_OK;
}

const story *tellings_held(const tellings *all, uint64_t text_no) {
    const telling *held = telling_held(all, text_no);
    return held ? held->told : NULL;
}

bool tellings_new(tellings *all, uint64_t text_no) {
    if (!telling_reserve(all, text_no)) return false;
    if (!telling_held(all, text_no)) telling_put(all, text_no, NULL);
    return true;
}

/* ---- changing ---------------------------------------------------------------------------- */

/* The story that a text group is in before the change; NO_TEXT: none. */
static uint64_t story_before(const tellings *all, const story_change *change, uint64_t text_no) {
    if (text_no == change->came) return change->came_from;
    const story *told = tellings_held(all, text_no);
    return told ? told->members[0] : text_no;
}

/* What is needed before anything is changed, so that nothing fails once it is. */
static bool change_reserve(tellings_log *log, const story_change *change) {
    size_t members = 1;
    for (size_t i = 0; i < change->n_begins; i++) members += change->begins[i]->n;
    size_t stories = change->n_ends + change->n_begins;
    return buffer_reserve(&log->moved, members * sizeof(uint64_t)) &&
           buffer_reserve(&log->renamed, stories * sizeof(uint64_t));
}

/* Appends to a buffer that has room. */
static void number_note(buffer *numbers, uint64_t number) { buffer_append(numbers, &number, sizeof number); }

/* Whether a member of what begins is the first one that comes from its story; the others were asked in order. A story
 * that does not end is one of a single text group. */
static bool part_begins(const story_change *change, uint64_t from, uint64_t *seen) {
    size_t i = 0;
    while (i < change->n_ends && change->ends[i]->members[0] != from) i++;
    if (i == change->n_ends) return true;
    bool begins = !(*seen >> i & 1);
    *seen |= UINT64_C(1) << i;
    return begins;
}

/* The parts of a story that begins, each meant by its first member, are what came from one story. A part that has not
 * the number of that story split from it; one that has not the new number merged. */
static bool events_note(const tellings *all, tellings_log *log, const story_change *change, const story *told,
                        const char *kind) {
    uint64_t seen = 0;
    for (size_t i = 0; i < told->n; i++) {
        uint64_t no = told->members[i], from = story_before(all, change, no);
        if (from == NO_TEXT || !part_begins(change, from, &seen)) continue;
        const event e = {kind, no, kind == kind_split ? from : told->members[0], change->at};
        if (e.into != no && !buffer_append(&log->changes, &e, sizeof e)) return false;
    }
    return true;
}

/* All splits, then all merges: in this order they lead from what was to what is. */
static bool change_note(const tellings *all, tellings_log *log, const story_change *change) {
    for (size_t i = 0; i < change->n_begins; i++)
        if (!events_note(all, log, change, change->begins[i], kind_split)) return false;
    for (size_t i = 0; i < change->n_begins; i++)
        if (!events_note(all, log, change, change->begins[i], kind_merge)) return false;
    return true;
}

/* The number under which a text group stands in the table of tellings; NO_TEXT: it does not. */
static uint64_t number_written(const story *told) { return told && told->n > 1 ? told->members[0] : NO_TEXT; }

static void member_move(tellings *all, tellings_log *log, uint64_t text_no, story *told) {
    if (number_written(tellings_held(all, text_no)) != number_written(told))
        number_note(&log->moved, text_no);
    telling_put(all, text_no, told);
}

/* Lets a story begin; one of a single text group is not held. */
static void story_begin(tellings *all, tellings_log *log, story *told) {
    bool single = told->n == 1;
    for (size_t i = 0; i < told->n; i++) member_move(all, log, told->members[i], single ? NULL : told);
    if (single) {
        mem_free(told);
        return;
    }
    number_note(&log->renamed, told->members[0]);
    log->n_stories++;
}

flong_status tellings_change(tellings *all, tellings_log *log, const story_change *change,
                             flong_error *error) {
    size_t noted = log->changes.n;
    if (!change_reserve(log, change) || !change_note(all, log, change)) {
        log->changes.n = noted;
        return error_nomem(error);
    }
    for (size_t i = 0; i < change->n_ends; i++) number_note(&log->renamed, change->ends[i]->members[0]);
    for (size_t i = 0; i < change->n_begins; i++) story_begin(all, log, change->begins[i]);
    if (change->gone != NO_TEXT) member_move(all, log, change->gone, NULL);
    for (size_t i = 0; i < change->n_ends; i++) mem_free((void *)(uintptr_t)change->ends[i]);
    log->n_stories -= change->n_ends;
    return FLONG_OK;
}

bool tellings_take_events(tellings *all, const tellings_log *log, size_t from, size_t to) {
    return buffer_append(&all->log.changes, log->changes.p + from, to - from);
}

bool tellings_take(tellings *all, tellings_log *log) {
    bool taken = buffer_append(&all->log.moved, log->moved.p, log->moved.n) &&
                 buffer_append(&all->log.renamed, log->renamed.p, log->renamed.n);
    all->log.n_stories += log->n_stories;
    log->n_stories = 0;
    log->moved.n = log->renamed.n = log->changes.n = 0;
    return taken;
}

flong_status tellings_note_merge(tellings *all, uint64_t story_no, uint64_t into, uint64_t at,
                                 flong_error *error) {
    const event e = {kind_merge, story_no, into, at};
    return buffer_append(&all->log.changes, &e, sizeof e) ? FLONG_OK : error_nomem(error);
}

/* ---- writing ----------------------------------------------------------------------------- */

/* Sorts the numbers and keeps each once. */
static size_t numbers_sort(buffer *in, uint64_t **out) {
    uint64_t *numbers = *out = (uint64_t *)(void *)in->p;
    size_t n = in->n / sizeof *numbers, kept = 0;
    if (n) qsort(numbers, n, sizeof *numbers, number_compare);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || numbers[i] != numbers[kept - 1]) numbers[kept++] = numbers[i];
    in->n = 0;
    return kept;
}

static flong_status telling_write(tellings *all, uint64_t text_no, flong_error *error) {
    const story *told = telling_held(all, text_no)->told;
    if (told) return telling_set(all->store, text_no, told->members[0], error);
    return telling_delete(all->store, text_no, error);
}

static flong_status story_write(tellings *all, uint64_t number, flong_error *error) {
    const story *told = telling_held(all, number)->told;
    if (!told || told->members[0] != number) return story_delete(all->store, number, error);
    const story_row row = {number, told->n, told->weakest};
    return story_set(all->store, &row, error);
}

flong_status tellings_write(tellings *all, flong_error *error) {
    uint64_t *numbers;
    size_t n = numbers_sort(&all->log.moved, &numbers);
    for (size_t i = 0; i < n; i++) TRY(telling_write(all, numbers[i], error));
    n = numbers_sort(&all->log.renamed, &numbers);
    for (size_t i = 0; i < n; i++) TRY(story_write(all, numbers[i], error));
    const event *events = (const event *)(const void *)all->log.changes.p;
    for (size_t i = 0; i < all->log.changes.n / sizeof *events; i++)
        TRY(event_add(all->store, events[i].kind, events[i].text_no, events[i].into, events[i].at, error));
    all->log.changes.n = 0;
    return FLONG_OK;
}
