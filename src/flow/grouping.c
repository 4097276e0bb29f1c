#include "flow/grouping.h"

#include <string.h>

#include "flow/numbered.h"

enum { NO_GROUP = UINT32_MAX };

/* What is held of an article: nothing; that it is in no group, or in one of its own that is not held; or the place of its
 * group among the groups, and MEMBER_OF. Most articles are alone. */
enum { MEMBER_UNKNOWN, MEMBER_NONE, MEMBER_ALONE, MEMBER_OF };

typedef struct held_group {
    text_group group;
    uint32_t merged_into; /* a place among the groups, or NO_GROUP */
    bool changed, dissolved;
} held_group;

/* Two groups met in an article that holds on both: they became one, or stay apart. */
typedef struct meeting {
    uint64_t text_no, into, at;
    bool merged;
} meeting;

struct grouping {
    store *store;
    held_group *groups;
    size_t n_groups, groups_capacity;
    numbered members;  /* uint32_t */
    meeting *meetings; /* not yet written */
    size_t n_meetings, meetings_capacity;
    uint32_t *changed; /* groups not yet written */
    size_t n_changed, changed_capacity;
};

grouping *grouping_new(store *s) {
    grouping *g = mem_new(1, sizeof *g);
    if (g) *g = (grouping){.store = s, .members = {.size = sizeof(uint32_t)}};
    return g;
}

void grouping_clear(grouping *g) {
    mem_free(g->groups);
    numbered_clear(&g->members);
    mem_free(g->meetings);
    mem_free(g->changed);
    *g = (grouping){.store = g->store, .members = g->members};
}

void grouping_free(grouping *g) {
    if (!g) return;
    grouping_clear(g);
    mem_free(g);
}

/* ---- who is where ------------------------------------------------------------------------ */

static bool member_note(grouping *g, uint64_t article, uint32_t value) {
    uint32_t *member = numbered_make(&g->members, article);
    if (member) *member = value;
    return member;
}

static bool member_set(grouping *g, uint64_t article, uint32_t group) {
    return member_note(g, article, group == NO_GROUP ? MEMBER_NONE : group + MEMBER_OF);
}

/* The place of a group that was merged, perhaps into one that was merged as well; shortens the way. */
static uint32_t group_now(grouping *g, uint32_t place) {
    uint32_t now = place;
    while (g->groups[now].merged_into != NO_GROUP) now = g->groups[now].merged_into;
    while (g->groups[place].merged_into != NO_GROUP) {
        uint32_t next = g->groups[place].merged_into;
        g->groups[place].merged_into = now;
        place = next;
    }
    return now;
}

static flong_status group_hold(grouping *g, uint32_t *place, const text_group *group, flong_error *error) {
    if (!ARRAY_GROW(g->groups, g->n_groups, g->groups_capacity)) return error_nomem(error);
    g->groups[g->n_groups] = (held_group){.group = *group, .merged_into = NO_GROUP};
    *place = (uint32_t)g->n_groups++;
    return FLONG_OK;
}

static text_group group_from_row(const group_row *row) {
    text_group group = {.first = row->no, .size = row->size, .weakest = row->weakest};
    while (group.n_representatives < row->n_representatives &&
           group.n_representatives < GROUP_REPRESENTATIVES) {
        group.representatives[group.n_representatives] = row->representatives[group.n_representatives];
        group.n_representatives++;
    }
    return group;
}

/* What is held of an article, MEMBER_OF and the place of its group as it is now. */
static uint32_t member_held(grouping *g, uint64_t article) {
    const uint32_t *member = numbered_find(&g->members, article);
    if (!member) return MEMBER_UNKNOWN;
    return *member < MEMBER_OF ? *member : group_now(g, *member - MEMBER_OF) + MEMBER_OF;
}

/* Reads a group from the store. */
static flong_status group_load(grouping *g, uint32_t *place, uint64_t text_no, flong_error *error) {
    group_row row;
    bool found;
    TRY(group_get(g->store, &row, &found, text_no, error));
    text_group group = found ? group_from_row(&row) : text_group_of(text_no);
    TRY(group_hold(g, place, &group, error));
    return member_set(g, text_no, *place) ? FLONG_OK : error_nomem(error);
}

/* Holds the group of an article that is alone. */
static flong_status group_hold_alone(grouping *g, uint32_t *place, uint64_t article, flong_error *error) {
    text_group group = text_group_of(article);
    TRY(group_hold(g, place, &group, error));
    return member_set(g, article, *place) ? FLONG_OK : error_nomem(error);
}

/* Reads from the store in which group an article is. */
static flong_status member_load(grouping *g, uint32_t *place, uint64_t article, flong_error *error) {
    uint64_t text_no;
    bool found;
    *place = NO_GROUP;
    TRY(article_text_no(g->store, &text_no, &found, article, error));
    if (!found) return FLONG_OK;
    uint32_t first = member_held(g, text_no);
    if (first >= MEMBER_OF) *place = first - MEMBER_OF;
    if (first == MEMBER_ALONE) TRY(group_hold_alone(g, place, text_no, error));
    if (first == MEMBER_UNKNOWN) TRY(group_load(g, place, text_no, error));
    return member_set(g, article, *place) ? FLONG_OK : error_nomem(error);
}

/* The place of an article's group, read from the store if it is not held; NO_GROUP for an article that was
 * not placed. */
static flong_status group_find(grouping *g, uint32_t *place, uint64_t article, flong_error *error) {
    uint32_t member = member_held(g, article);
    if (member == MEMBER_UNKNOWN) return member_load(g, place, article, error);
    if (member == MEMBER_ALONE) return group_hold_alone(g, place, article, error);
    *place = member == MEMBER_NONE ? NO_GROUP : member - MEMBER_OF;
    return FLONG_OK;
}

flong_status grouping_of(grouping *g, uint64_t *text_no, uint64_t article, flong_error *error) {
    uint32_t place;
    *text_no = article;
    if (member_held(g, article) == MEMBER_ALONE) return FLONG_OK;
    TRY(group_find(g, &place, article, error));
    if (place != NO_GROUP) *text_no = g->groups[place].group.first;
    return FLONG_OK;
}

static flong_status group_changed(grouping *g, uint32_t place, flong_error *error) {
    if (g->groups[place].changed) return FLONG_OK;
    if (!ARRAY_GROW(g->changed, g->n_changed, g->changed_capacity)) return error_nomem(error);
    g->groups[place].changed = true;
    g->changed[g->n_changed++] = place;
    return FLONG_OK;
}

/* ---- placing ----------------------------------------------------------------------------- */

/* What group.h's callback needs to reach the caller's. */
typedef struct scoring {
    grouping_score_fn score;
    void *context;
    flong_error *error;
    flong_status status;
} scoring;

static bool score_through(void *context, flong_score *out, uint64_t a, uint64_t b) {
    scoring *s = context;
    s->status = s->score(s->context, out, a, b, s->error);
    return s->status == FLONG_OK;
}

/* A group that an article may join. */
typedef struct option {
    uint32_t place;
    double mean;
    bool unlike;
} option;

/* No article needs to be offered to more groups than this; its best partners come first. */
enum { OPTIONS_MOST = 16 };

static bool option_known(const option *options, size_t n, uint32_t place) {
    for (size_t i = 0; i < n; i++)
        if (options[i].place == place) return true;
    return false;
}

/* The distinct groups of the partners, with the article's mean hold on each. */
static flong_status options_find(grouping *g, option *options, size_t *n, uint64_t article,
                                 const uint64_t *partners, size_t n_partners, scoring *s) {
    *n = 0;
    for (size_t i = 0; i < n_partners && *n < OPTIONS_MOST; i++) {
        option o;
        TRY(group_find(g, &o.place, partners[i], s->error));
        if (o.place == NO_GROUP || option_known(options, *n, o.place)) continue;
        if (!group_admits(&o.mean, &o.unlike, &g->groups[o.place].group, article, score_through, s))
            return s->status;
        options[(*n)++] = o;
    }
    return FLONG_OK;
}

/* The option with the highest mean; the older group of equals. */
static size_t option_best(const grouping *g, const option *options, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++) {
        double difference = options[i].mean - options[best].mean;
        bool older = g->groups[options[i].place].group.first < g->groups[options[best].place].group.first;
        if (difference > 0 || (difference == 0 && older)) best = i;
    }
    return best;
}

/* Notes that two groups met, the older one first. */
static flong_status meeting_note(grouping *g, const text_group *older, const text_group *younger, uint64_t at,
                                 bool merged, flong_error *error) {
    if (!ARRAY_GROW(g->meetings, g->n_meetings, g->meetings_capacity)) return error_nomem(error);
    g->meetings[g->n_meetings++] = (meeting){younger->first, older->first, at, merged};
    return FLONG_OK;
}

/* The article `at` holds on two groups: merges them if their representatives hold on each other; *place is then
 * the older one. Otherwise the article is a bridge between two texts, which is cut. */
static flong_status groups_bridge(grouping *g, uint32_t *place, uint32_t other, double hold, uint64_t at,
                                  scoring *s) {
    double mean;
    bool older = g->groups[*place].group.first < g->groups[other].group.first;
    uint32_t into = older ? *place : other, from = older ? other : *place;
    text_group *stays = &g->groups[into].group, *goes = &g->groups[from].group;
    if (!group_bridge(&mean, &g->groups[*place].group, &g->groups[other].group, score_through, s))
        return s->status;
    if (mean >= hold || (stays->size > 1 && goes->size > 1))
        TRY(meeting_note(g, stays, goes, at, mean >= hold, s->error));
    if (mean < hold) return FLONG_OK;
    group_merge(stays, goes, mean);
    g->groups[from].merged_into = into;
    *place = into;
    TRY(group_changed(g, from, s->error));
    return group_changed(g, into, s->error);
}

/* An article that no group admits begins one of its own. */
static flong_status group_begin(grouping *g, uint64_t article, flong_error *error) {
    return member_note(g, article, MEMBER_ALONE) ? FLONG_OK : error_nomem(error);
}

flong_status grouping_place(grouping *g, uint64_t article, const uint64_t *partners, size_t n,
                            grouping_score_fn score, void *context, flong_error *error) {
    double hold = store_params(g->store)->group_hold;
    scoring s = {score, context, error, FLONG_OK};
    option options[OPTIONS_MOST];
    size_t n_options;
    TRY(options_find(g, options, &n_options, article, partners, n, &s));
    size_t best = option_best(g, options, n_options);
    if (n_options == 0 || options[best].mean < hold) return group_begin(g, article, error);
    uint32_t place = options[best].place;
    group_join(&g->groups[place].group, article, options[best].mean, options[best].unlike);
    TRY(group_changed(g, place, error));
    if (!member_set(g, article, place)) return error_nomem(error);
    for (size_t i = 0; i < n_options; i++) {
        if (i == best || options[i].mean < hold) continue;
        uint32_t other = group_now(g, options[i].place);
        if (other != place) TRY(groups_bridge(g, &place, other, hold, article, &s));
    }
    return FLONG_OK;
}

uint64_t grouping_count(const grouping *g) {
    uint64_t n = 0;
    for (size_t i = 0; i < g->n_groups; i++)
        n += g->groups[i].group.size > 1 && g->groups[i].merged_into == NO_GROUP && !g->groups[i].dissolved;
    return n;
}

flong_status grouping_forget(grouping *g, uint64_t article, flong_error *error) {
    return member_set(g, article, NO_GROUP) ? FLONG_OK : error_nomem(error);
}

flong_status grouping_dissolve(grouping *g, uint64_t text_no, flong_error *error) {
    uint32_t place;
    TRY(group_find(g, &place, text_no, error));
    if (place == NO_GROUP) return FLONG_OK;
    g->groups[place].dissolved = true;
    return group_delete(g->store, text_no, error);
}

/* ---- writing ----------------------------------------------------------------------------- */

static flong_status group_write(grouping *g, const held_group *held, flong_error *error) {
    const text_group *group = &held->group;
    if (held->merged_into != NO_GROUP || held->dissolved) return group_delete(g->store, group->first, error);
    group_row row = {.no = group->first,
                     .size = group->size,
                     .weakest = group->weakest,
                     .n_representatives = group->n_representatives};
    memcpy(row.representatives, group->representatives,
           group->n_representatives * sizeof *row.representatives);
    return group_set(g->store, &row, error);
}

flong_status grouping_each_merge(const grouping *g, grouping_merge_fn fn, void *context, flong_error *error) {
    for (size_t i = 0; i < g->n_meetings; i++) {
        const meeting *m = &g->meetings[i];
        if (m->merged) TRY(fn(context, m->text_no, m->into, error));
    }
    return FLONG_OK;
}

flong_status grouping_write(grouping *g, flong_error *error) {
    for (size_t i = 0; i < g->n_changed; i++) {
        held_group *held = &g->groups[g->changed[i]];
        held->changed = false;
        TRY(group_write(g, held, error));
    }
    g->n_changed = 0;
    for (size_t i = 0; i < g->n_meetings; i++) {
        const meeting *m = &g->meetings[i];
        if (m->merged) TRY(article_regroup(g->store, m->text_no, m->into, error));
        TRY(event_add(g->store, m->merged ? "merge" : "bridge", m->text_no, m->into, m->at, error));
    }
    g->n_meetings = 0;
    return FLONG_OK;
}
