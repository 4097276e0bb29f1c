#include "flow/storying.h"

#include "flow/arrivals.h"
#include "flow/placing.h"

struct storying {
    tellings held;
    buffer loose; /* stories that lost a text group and were not put together again */
    arena memory; /* of one placing */
    arrivals arrivals;
};

storying *storying_new(store *s) {
    storying *made = mem_new(1, sizeof *made);
    if (made) made->held.store = s;
    return made;
}

void storying_clear(storying *s) {
    tellings_clear(&s->held);
    buffer_free(&s->loose);
    arena_free(&s->memory);
    arrivals_free(&s->arrivals);
}

void storying_free(storying *s) {
    if (!s) return;
    storying_clear(s);
    mem_free(s);
}

static uint64_t number_of(const story *told, uint64_t text_no) { return told ? told->members[0] : text_no; }

flong_status storying_of(storying *s, uint64_t *story_no, uint64_t text_no, flong_error *error) {
    const story *told;
    TRY(tellings_find(&s->held, &told, text_no, error));
    *story_no = number_of(told, text_no);
    return FLONG_OK;
}

uint64_t storying_count(const storying *s) { return s->held.log.n_stories; }

flong_status storying_write(storying *s, flong_error *error) { return tellings_write(&s->held, error); }

/* ---- placing ----------------------------------------------------------------------------- */

static placing_in surroundings(storying *s, const storying_scores *scores) {
    return (placing_in){.held = &s->held, .scores = scores, .memory = &s->memory, .log = &s->held.log};
}

/* Makes ready what placing a text group asks for. */
static flong_status newcomer_ready(storying *s, const storying_newcomer *newcomer,
                                   const storying_scores *scores, flong_error *error) {
    const story *told, *last;
    TRY(scores->ready(scores->context, newcomer->text_no, error));
    TRY(tellings_find(&s->held, &last, newcomer->text_no, error));
    if (last) TRY(members_ready(last, scores, error));
    for (size_t i = 0; i < newcomer->n; i++) {
        const storying_candidate *c = &newcomer->candidates[i];
        if (!candidate_is_edge(c)) continue;
        TRY(tellings_find(&s->held, &told, c->text_no, error));
        if (!told || told != last) TRY(candidate_ready(told, c->text_no, scores, error));
        last = told;
    }
    return FLONG_OK;
}

static flong_status place(storying *s, const storying_newcomer *newcomer, bool told_before,
                          const storying_scores *scores, flong_error *error) {
    placing_in in = surroundings(s, scores);
    TRY(newcomer_ready(s, newcomer, scores, error));
    return placing_run(&in, &(placing_of){newcomer, told_before}, error);
}

flong_status storying_place(storying *s, const storying_newcomer *newcomer, const storying_scores *scores,
                            flong_error *error) {
    return place(s, newcomer, false, scores, error);
}

flong_status storying_place_all(storying *s, const storying_newcomer *newcomers, size_t n,
                                const storying_scores *scores, pool *threads, flong_error *error) {
    return arrivals_place(&s->arrivals, &s->held, newcomers, n, scores, threads, error);
}

/* ---- text groups that go ----------------------------------------------------------------- */

/* Puts a story without its member `gone`, and with `came` in its place unless that is NO_TEXT. */
static flong_status member_replace(storying *s, const story *told, uint64_t gone, uint64_t came,
                                   flong_error *error) {
    story *without = story_new(told->n, told->weakest, false);
    if (!without) return error_nomem(error);
    without->n = 0;
    for (size_t i = 0; i < told->n; i++)
        if (told->members[i] != gone) without->members[without->n++] = told->members[i];
    if (came != NO_TEXT) without->members[without->n++] = came;
    story_sort(without);
    if (without->n == 1) without->weakest = 1;
    const story_change change = {.ends = &told,
                                 .n_ends = 1,
                                 .begins = &without,
                                 .n_begins = 1,
                                 .gone = gone,
                                 .came = came,
                                 .came_from = told->members[0],
                                 .at = gone};
    flong_status status = tellings_change(&s->held, &s->held.log, &change, error);
    if (status != FLONG_OK) mem_free(without);
    return status;
}

/* A story that lost a text group, by one that it still has. */
typedef struct loosened {
    uint64_t text_no, at;
} loosened;

flong_status storying_rename(storying *s, uint64_t old_text_no, uint64_t new_text_no, flong_error *error) {
    const story *told, *other;
    TRY(tellings_find(&s->held, &told, old_text_no, error));
    TRY(tellings_find(&s->held, &other, new_text_no, error));
    if (other)
        return error_set(error, FLONG_ARG, "text group %llu is in a story already",
                         (unsigned long long)new_text_no);
    if (!told) return FLONG_OK;
    TRY(member_replace(s, told, old_text_no, new_text_no, error));
    loosened *left = (loosened *)(void *)s->loose.p;
    for (size_t i = 0; i < s->loose.n / sizeof *left; i++)
        if (left[i].text_no == old_text_no) left[i].text_no = new_text_no;
    return FLONG_OK;
}

/* Takes a text group out of its story. */
static flong_status member_forget(storying *s, loosened *left, const story *told, uint64_t text_no,
                                  flong_error *error) {
    *left = (loosened){told->members[told->members[0] == text_no], text_no};
    return member_replace(s, told, text_no, NO_TEXT, error);
}

flong_status storying_forget(storying *s, uint64_t text_no, flong_error *error) {
    const story *told;
    loosened left;
    TRY(tellings_find(&s->held, &told, text_no, error));
    if (!told) return FLONG_OK;
    if (!buffer_reserve(&s->loose, sizeof left)) return error_nomem(error);
    TRY(member_forget(s, &left, told, text_no, error));
    buffer_append(&s->loose, &left, sizeof left); /* there is room */
    return FLONG_OK;
}

/* Puts together again what is left of a story; done twice it changes nothing more. */
static flong_status settle(storying *s, const loosened *left, const storying_scores *scores,
                           flong_error *error) {
    const story *told;
    placing_in in = surroundings(s, scores);
    TRY(tellings_find(&s->held, &told, left->text_no, error));
    if (!told) return FLONG_OK;
    TRY(representatives_ready(told, scores, error));
    return placing_settle(&in, told, left->at, error);
}

flong_status storying_settle(storying *s, const storying_scores *scores, flong_error *error) {
    const loosened *left = (const loosened *)(const void *)s->loose.p;
    for (size_t i = 0; i < s->loose.n / sizeof *left; i++) TRY(settle(s, &left[i], scores, error));
    s->loose.n = 0;
    return FLONG_OK;
}

/* ---- text groups that became one --------------------------------------------------------- */

/* The members of a story but one, in a new array, as candidates for `into`. */
static flong_status others_compare(storying_candidate **out, size_t *n, const story *told, uint64_t but,
                                   uint64_t into, const storying_scores *scores, flong_error *error) {
    storying_candidate *others = mem_new(told->n, sizeof *others);
    if (!others) return error_nomem(error);
    flong_status status = scores->ready(scores->context, into, error);
    *n = 0;
    for (size_t i = 0; i < told->n && status == FLONG_OK; i++) {
        uint64_t other = told->members[i];
        if (other == but) continue;
        status = scores->ready(scores->context, other, error);
        if (status != FLONG_OK) break;
        others[*n].text_no = other;
        scores->compare(scores->context, 0, &others[(*n)++].similarity, into, &other, 1);
    }
    if (status == FLONG_OK)
        *out = others;
    else
        mem_free(others);
    return status;
}

/* Takes `gone` out of its story, and lets `into` find out whether it belongs there. */
static flong_status join(storying *s, const story *from, const story *to, uint64_t gone, uint64_t into,
                         const storying_scores *scores, flong_error *error) {
    storying_newcomer again = {.text_no = into};
    storying_candidate *others = NULL;
    loosened left;
    bool apart = from != to;
    if (apart) TRY(others_compare(&others, &again.n, from, gone, into, scores, error));
    again.candidates = others;
    flong_status status = member_forget(s, &left, from, gone, error);
    if (status == FLONG_OK && apart) status = place(s, &again, true, scores, error);
    if (status == FLONG_OK) status = settle(s, &left, scores, error);
    mem_free(others);
    return status;
}

flong_status storying_join(storying *s, uint64_t gone, uint64_t into, const storying_scores *scores,
                           flong_error *error) {
    const story *from, *to;
    uint64_t into_no;
    TRY(tellings_find(&s->held, &from, gone, error));
    TRY(tellings_find(&s->held, &to, into, error));
    bool named = number_of(from, gone) == gone;
    if (from) TRY(join(s, from, to, gone, into, scores, error));
    if (!named) return FLONG_OK;
    /* Who knows the story by its number is led on, though its first text group is no more. */
    TRY(storying_of(s, &into_no, into, error));
    return tellings_note_merge(&s->held, gone, into_no, into, error);
}
