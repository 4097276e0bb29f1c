#include "flow/placing.h"

#include <stdlib.h>
#include <string.h>

/* A story that the placed text group touches. */
typedef struct touched {
    uint64_t number;
    const story *told; /* NULL: of one text group */
    double similarity; /* of its candidate that is the most similar */
} touched;

/* Text groups that stay together: one, or a story that is not taken apart. */
typedef struct part {
    const uint64_t *members; /* ascending */
    size_t n;
    double weakest;
    uint32_t story; /* whose they are: touched[story] */
} part;

/* The story of the placed text group itself. */
enum { NO_STORY = STORIES_TOUCHED };

/* One text group on its way into a story, or none where a story is put together again. */
typedef struct placing {
    const placing_in *in;
    arena *memory;
    uint64_t text_no; /* or NO_TEXT */
    uint64_t at;      /* the text group that it is owed to */
    bool told_before;
    const story *own; /* that it was in */
    const storying_candidate *candidates;
    size_t n_candidates;
    touched touched[STORIES_TOUCHED];
    size_t n_touched;
    part *parts;
    size_t n_parts;  /* by their first member */
    uint32_t *first; /* of each part, among the texts; one more at the end */
    uint64_t *texts; /* the text groups that stand for the parts */
    size_t n_texts;
    story_likeness *likeness; /* of each two of them */
    uint32_t *of;
    double *weakest;
} placing;

/* ---- making ready ------------------------------------------------------------------------ */

flong_status members_ready(const story *told, const storying_scores *scores, flong_error *error) {
    for (size_t i = 0; i < told->n; i++) TRY(scores->ready(scores->context, told->members[i], error));
    return FLONG_OK;
}

flong_status representatives_ready(const story *told, const storying_scores *scores, flong_error *error) {
    for (size_t i = 0; i < story_representatives(told->n); i++)
        TRY(scores->ready(scores->context, story_representative(told->members, told->n, i), error));
    return FLONG_OK;
}

flong_status candidate_ready(const story *told, uint64_t text_no, const storying_scores *scores,
                             flong_error *error) {
    return told ? representatives_ready(told, scores, error) : scores->ready(scores->context, text_no, error);
}

/* ---- touching ---------------------------------------------------------------------------- */

/* The most similar first, the older story of equals. */
static int touched_order(const void *a, const void *b) {
    const touched *x = a, *y = b;
    if (x->similarity != y->similarity) return x->similarity > y->similarity ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void touch(placing *p, const touched *found) {
    for (size_t i = 0; i < p->n_touched; i++)
        if (p->touched[i].number == found->number) return;
    if (p->n_touched < STORIES_TOUCHED) p->touched[p->n_touched++] = *found;
}

/* A similarity that cannot be had, or is no number, is 0. */
static double similarity_of(double given) { return given > 0 ? given < 1 ? given : 1 : 0; }

/* Finds the stories that the text group touches: its own, and those of the most similar candidates. */
static bool stories_touch(placing *p) {
    size_t n_edges = 0;
    touched *edges = arena_alloc(p->memory, p->n_candidates, sizeof *edges);
    if (!edges) return false;
    for (size_t i = 0; i < p->n_candidates; i++) {
        const storying_candidate *c = &p->candidates[i];
        double similarity = similarity_of(c->similarity);
        if (!candidate_is_edge(c) || c->text_no == p->text_no) continue;
        const story *told = tellings_held(p->in->held, c->text_no);
        edges[n_edges++] = (touched){told ? told->members[0] : c->text_no, told, similarity};
    }
    if (n_edges > 1) qsort(edges, n_edges, sizeof *edges, touched_order);
    if (p->own) touch(p, &(touched){.number = p->own->members[0], .told = p->own});
    for (size_t i = 0; i < n_edges; i++) touch(p, &edges[i]);
    return true;
}

/* ---- parts ------------------------------------------------------------------------------- */

static int part_order(const void *a, const void *b) {
    const part *x = a, *y = b;
    return x->members[0] < y->members[0] ? -1 : x->members[0] > y->members[0];
}

/* The text groups of a story but the one that is placed; NULL when there is no memory. */
static const uint64_t *others_of(placing *p, const touched *from, size_t *n) {
    *n = from->told ? from->told->n : 1;
    const uint64_t *all = from->told ? from->told->members : &from->number;
    if (from->told != p->own || !p->own) return all;
    uint64_t *others = arena_alloc(p->memory, *n, sizeof *others);
    size_t kept = 0;
    for (size_t i = 0; others && i < *n; i++)
        if (all[i] != p->text_no) others[kept++] = all[i];
    *n = kept;
    return others;
}

/* Takes a story apart, or not when it is too large. */
static bool story_take_apart(placing *p, uint32_t which) {
    const touched *from = &p->touched[which];
    size_t n;
    const uint64_t *others = others_of(p, from, &n);
    if (!others) return false;
    if (n > STORY_REPRESENTATIVES) p->parts[p->n_parts++] = (part){others, n, from->told->weakest, which};
    for (uint32_t i = 0; i < n && n <= STORY_REPRESENTATIVES; i++)
        p->parts[p->n_parts++] = (part){others + i, 1, 1, which};
    return true;
}

/* Parts that are in order within each story. */
static void parts_sort(placing *p) {
    size_t n = 1;
    while (n < p->n_parts && part_order(&p->parts[n - 1], &p->parts[n]) < 0) n++;
    if (n < p->n_parts) qsort(p->parts, p->n_parts, sizeof *p->parts, part_order);
}

static bool parts_make(placing *p) {
    p->parts = arena_alloc(p->memory, STORIES_TOUCHED * STORY_REPRESENTATIVES + 1, sizeof *p->parts);
    if (!p->parts) return false;
    for (uint32_t i = 0; i < p->n_touched; i++)
        if (!story_take_apart(p, i)) return false;
    if (p->text_no != NO_TEXT) p->parts[p->n_parts++] = (part){&p->text_no, 1, 1, NO_STORY};
    parts_sort(p);
    return true;
}

/* Lists the text groups that stand for the parts. */
static bool texts_list(placing *p) {
    p->first = arena_alloc(p->memory, p->n_parts + 1, sizeof *p->first);
    size_t n = 0;
    for (size_t i = 0; i < p->n_parts; i++) n += story_representatives(p->parts[i].n);
    p->texts = arena_alloc(p->memory, n, sizeof *p->texts);
    if (!p->first || !p->texts) return false;
    for (size_t i = 0; i < p->n_parts; i++) {
        const part *of = &p->parts[i];
        p->first[i] = (uint32_t)p->n_texts;
        for (size_t k = 0; k < story_representatives(of->n); k++)
            p->texts[p->n_texts++] = story_representative(of->members, of->n, k);
    }
    p->first[p->n_parts] = (uint32_t)p->n_texts;
    return true;
}

/* ---- likenesses -------------------------------------------------------------------------- */

static void likeness_set(placing *p, size_t i, size_t j, story_likeness likeness) {
    p->likeness[i * p->n_texts + j] = p->likeness[j * p->n_texts + i] = likeness;
}

/* What a story knows of those that stand for it. It says nothing of one that the placed text group leaves. */
static void own_fill(placing *p, uint32_t which) {
    const touched *from = &p->touched[which];
    uint32_t text_of[STORY_REPRESENTATIVES];
    if (!from->told || !from->told->own || from->told == p->own) return;
    size_t n = 0;
    for (size_t i = 0; i < p->n_parts; i++) {
        const part *of = &p->parts[i];
        if (of->story != which) continue;
        for (uint32_t k = 0; k < story_representatives(of->n); k++) text_of[n++] = p->first[i] + k;
    }
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++)
            likeness_set(p, text_of[i], text_of[j], from->told->own[story_pair(i, j)]);
}

/* The candidate of that number, or NULL. */
static const storying_candidate *candidate_find(const placing *p, uint64_t text_no) {
    size_t low = 0, high = p->n_candidates;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->candidates[middle].text_no < text_no)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->n_candidates && p->candidates[low].text_no == text_no ? &p->candidates[low] : NULL;
}

/* Those of the placed text group with its candidates. */
static void candidates_fill(placing *p, size_t placed) {
    for (size_t i = 0; i < p->n_texts; i++) {
        const storying_candidate *known = i == placed ? NULL : candidate_find(p, p->texts[i]);
        if (known) likeness_set(p, placed, i, story_likeness_of(similarity_of(known->similarity)));
    }
}

/* Room for asking. */
typedef struct asking {
    uint64_t *others;
    uint32_t *at;
    double *similarity;
} asking;

/* Asks for what is not known of a text with those from `first` on. */
static void row_ask(placing *p, const asking *a, size_t i, size_t first) {
    const story_likeness *row = p->likeness + i * p->n_texts;
    size_t n = 0;
    for (size_t j = first; j < p->n_texts; j++) {
        if (row[j] != STORY_LIKENESS_NONE || j == i) continue;
        a->others[n] = p->texts[j];
        a->at[n++] = (uint32_t)j;
    }
    if (n == 0) return;
    const storying_scores *scores = p->in->scores;
    scores->compare(scores->context, p->in->worker, a->similarity, p->texts[i], a->others, n);
    for (size_t k = 0; k < n; k++)
        likeness_set(p, i, a->at[k], story_likeness_of(similarity_of(a->similarity[k])));
}

static bool likenesses_fill(placing *p) {
    size_t n = p->n_texts, placed = n;
    asking a = {arena_alloc(p->memory, n, sizeof *a.others), arena_alloc(p->memory, n, sizeof *a.at),
                arena_alloc(p->memory, n, sizeof *a.similarity)};
    p->likeness = arena_alloc(p->memory, n * n, sizeof *p->likeness);
    if (!a.others || !a.at || !a.similarity || !p->likeness) return false;
    memset(p->likeness, 0xFF, n * n * sizeof *p->likeness); /* STORY_LIKENESS_NONE */
    for (uint32_t i = 0; i < p->n_touched; i++) own_fill(p, i);
    for (size_t i = 0; i < p->n_parts; i++)
        if (p->parts[i].story == NO_STORY) placed = p->first[i];
    if (placed < n) {
        candidates_fill(p, placed);
        row_ask(p, &a, placed, 0);
    }
    for (size_t i = 0; i < n; i++) row_ask(p, &a, i, i + 1);
    return true;
}

/* ---- stories ----------------------------------------------------------------------------- */

/* The place of a text among those of the parts that are with part `lowest`. */
static size_t text_find(const placing *p, uint32_t lowest, uint64_t text_no) {
    for (size_t i = lowest; i < p->n_parts; i++) {
        if (p->of[i] != lowest) continue;
        for (size_t k = p->first[i]; k < p->first[i + 1]; k++)
            if (p->texts[k] == text_no) return k;
    }
    return 0; /* does not happen: who stands for a story stands for its part */
}

/* The places of those that stand for a story among the texts. */
static void representatives_find(const placing *p, uint32_t lowest, const story *told, size_t *at) {
    size_t n = story_representatives(told->n);
    if (told->n > STORY_REPRESENTATIVES) {
        for (size_t i = 0; i < n; i++)
            at[i] = text_find(p, lowest, story_representative(told->members, told->n, i));
        return;
    }
    for (size_t i = lowest, k = 0; k < n; i++) /* its parts are of one text group each, in their order */
        if (p->of[i] == lowest) at[k++] = p->first[i];
}

/* Gives a story what is known of those that stand for it. */
static void own_keep(const placing *p, uint32_t lowest, const story *told) {
    size_t at[STORY_REPRESENTATIVES], n = story_representatives(told->n);
    representatives_find(p, lowest, told, at);
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++) told->own[story_pair(i, j)] = p->likeness[at[j] * p->n_texts + at[i]];
}

/* What a story is that becomes of parts. */
typedef struct outcome {
    size_t n;       /* text groups */
    double weakest; /* of it */
    uint32_t story; /* whose all of them were; NO_STORY: of several */
} outcome;

static outcome outcome_of(const placing *p, uint32_t lowest) {
    outcome o = {0, p->weakest[lowest], p->parts[lowest].story};
    for (size_t i = lowest; i < p->n_parts; i++) {
        const part *of = &p->parts[i];
        if (p->of[i] != lowest) continue;
        o.n += of->n;
        if (of->weakest < o.weakest) o.weakest = of->weakest;
        if (of->story != o.story) o.story = NO_STORY;
    }
    return o;
}

/* Whether it is a story that was there, and nothing new is known of it. */
static bool story_stays(const placing *p, const outcome *o) {
    if (o->story == NO_STORY) return o->n == 1 && !p->own;
    const story *was = p->touched[o->story].told;
    if (!was) return true;
    return was != p->own && was->own && was->n == o->n && !(was->weakest < o->weakest) &&
           !(o->weakest < was->weakest);
}

/* The story of all parts that are with part `lowest`. */
static story *story_gather(const placing *p, uint32_t lowest, const outcome *o) {
    story *told = story_new(o->n, o->weakest, true);
    if (!told) return NULL;
    size_t n = 0;
    for (size_t i = lowest; i < p->n_parts; i++) {
        if (p->of[i] != lowest) continue;
        memcpy(told->members + n, p->parts[i].members, p->parts[i].n * sizeof *told->members);
        n += p->parts[i].n;
    }
    story_sort(told);
    own_keep(p, lowest, told);
    return told;
}

/* What comes of a placing: stories that begin, and whether those that were touched end. */
typedef struct result {
    story **begins;
    size_t n_begins;
    bool stays[STORIES_TOUCHED];
} result;

/* Puts the stories that come of the parts in the place of those that were touched. */
static flong_status stories_replace(placing *p, const result *r, flong_error *error) {
    const story *ends[STORIES_TOUCHED];
    story_change change = {.ends = ends,
                           .begins = r->begins,
                           .n_begins = r->n_begins,
                           .gone = NO_TEXT,
                           .came = p->own ? NO_TEXT : p->text_no,
                           .came_from = p->told_before ? p->text_no : NO_TEXT,
                           .at = p->at};
    for (size_t i = 0; i < p->n_touched; i++)
        if (p->touched[i].told && !r->stays[i]) ends[change.n_ends++] = p->touched[i].told;
    return tellings_change(p->in->held, p->in->log, &change, error);
}

static flong_status stories_make(placing *p, flong_error *error) {
    result r = {.begins = arena_alloc(p->memory, p->n_parts, sizeof *r.begins)};
    if (!r.begins) return error_nomem(error);
    flong_status status = FLONG_OK;
    for (uint32_t i = 0; i < p->n_parts && status == FLONG_OK; i++) {
        if (p->of[i] != i) continue;
        outcome o = outcome_of(p, i);
        if (story_stays(p, &o)) {
            if (o.story != NO_STORY) r.stays[o.story] = true;
            continue;
        }
        r.begins[r.n_begins] = story_gather(p, i, &o);
        if (r.begins[r.n_begins])
            r.n_begins++;
        else
            status = error_nomem(error);
    }
    if (status == FLONG_OK && r.n_begins) status = stories_replace(p, &r, error);
    for (size_t i = 0; i < r.n_begins && status != FLONG_OK; i++) mem_free(r.begins[i]);
    return status;
}

/* Takes apart what was touched, and puts it together again. */
static flong_status retell(placing *p, flong_error *error) {
    if (!parts_make(p) || !texts_list(p) || !likenesses_fill(p)) return error_nomem(error);
    p->of = arena_alloc(p->memory, p->n_parts, sizeof *p->of);
    p->weakest = arena_alloc(p->memory, p->n_parts, sizeof *p->weakest);
    const story_parts parts = {p->n_parts, p->first, p->likeness};
    if (!p->of || !p->weakest || !stories_agglomerate(p->of, p->weakest, &parts, p->memory))
        return error_nomem(error);
    return stories_make(p, error);
}

flong_status placing_run(const placing_in *in, const placing_of *what, flong_error *error) {
    const storying_newcomer *newcomer = what->newcomer;
    placing p = {.in = in,
                 .memory = in->memory,
                 .text_no = newcomer->text_no,
                 .at = newcomer->text_no,
                 .told_before = what->told_before,
                 .own = tellings_held(in->held, newcomer->text_no),
                 .candidates = newcomer->candidates,
                 .n_candidates = newcomer->n};
    arena_reset(p.memory);
    if (!stories_touch(&p)) return error_nomem(error);
    return p.n_touched ? retell(&p, error) : FLONG_OK;
}

flong_status placing_settle(const placing_in *in, const story *told, uint64_t at, flong_error *error) {
    placing p = {.in = in, .memory = in->memory, .text_no = NO_TEXT, .at = at};
    arena_reset(p.memory);
    touch(&p, &(touched){.number = told->members[0], .told = told});
    return retell(&p, error);
}
