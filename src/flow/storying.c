#include "flow/storying.h"

#include <stdlib.h>
#include <string.h>

#include "flow/tellings.h"
#include "match/stories.h"

/* What bounds the work of placing one text group: 8 x 32 others at most are compared with each other. */
enum {
    STORIES_TOUCHED = 8, /* those with the most similar candidates */
    /* A larger story is not taken apart any more, and this many stand for it: the first ones, which tell what it is
       about, and the latest, which tell where it is now. */
    STORY_TAKEN_APART = 32,
};

struct storying {
    tellings held;
    buffer loose; /* stories that lost a text group and were not put together again */
    arena memory; /* of one call */
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

uint64_t storying_count(const storying *s) { return s->held.n_stories; }

flong_status storying_write(storying *s, flong_error *error) { return tellings_write(&s->held, error); }

/* ---- placing ----------------------------------------------------------------------------- */

/* A text group that was compared with the one that is placed. */
typedef struct compared {
    uint64_t text_no;
    double similarity;
} compared;

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
} part;

/* One text group on its way into a story, or none where a story is put together again. */
typedef struct placing {
    storying *s;
    uint64_t text_no; /* or NO_TEXT */
    uint64_t at;      /* the text group that it is owed to */
    bool told_before; /* a story of its own until now, not new */
    const story *own; /* that it was in */
    compared *compared;
    size_t n_compared; /* by text_no */
    touched touched[STORIES_TOUCHED];
    size_t n_touched;
    part *parts;
    size_t n_parts; /* by their first member */
    storying_score_fn score;
    void *context;
    flong_error *error;
} placing;

static int compared_order(const void *a, const void *b) {
    const compared *x = a, *y = b;
    return x->text_no < y->text_no ? -1 : x->text_no > y->text_no;
}

/* The most similar first, the older story of equals. */
static int touched_order(const void *a, const void *b) {
    const touched *x = a, *y = b;
    if (x->similarity != y->similarity) return x->similarity > y->similarity ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int part_order(const void *a, const void *b) {
    const part *x = a, *y = b;
    return x->members[0] < y->members[0] ? -1 : x->members[0] > y->members[0];
}

/* Asks for the similarity of two text groups; one that cannot be had, or is no number, is 0. */
static flong_status ask(const placing *p, double *similarity, uint64_t a, uint64_t b) {
    double given = -1;
    TRY(p->score(p->context, &given, a < b ? a : b, a < b ? b : a, p->error));
    *similarity = given > 0 ? given < 1 ? given : 1 : 0;
    return FLONG_OK;
}

/* The same, from what was compared when that is possible. */
static flong_status similarity_of(const placing *p, double *similarity, uint64_t a, uint64_t b) {
    if (a == p->text_no || b == p->text_no) {
        const compared wanted = {.text_no = a == p->text_no ? b : a};
        const compared *known = NULL;
        if (p->n_compared)
            known = bsearch(&wanted, p->compared, p->n_compared, sizeof wanted, compared_order);
        if (known) {
            *similarity = known->similarity;
            return FLONG_OK;
        }
    }
    return ask(p, similarity, a, b);
}

static void touch(placing *p, const touched *found) {
    for (size_t i = 0; i < p->n_touched; i++)
        if (p->touched[i].number == found->number) return;
    if (p->n_touched < STORIES_TOUCHED) p->touched[p->n_touched++] = *found;
}

/* Compares the text group with its candidates, and finds the stories that it touches: its own, and those of the
 * most similar candidates. */
static flong_status candidates_compare(placing *p, const uint64_t *candidates, size_t n) {
    size_t n_edges = 0;
    touched *edges = arena_alloc(&p->s->memory, n, sizeof *edges);
    p->compared = arena_alloc(&p->s->memory, n, sizeof *p->compared);
    if (!edges || !p->compared) return error_nomem(p->error);
    for (size_t i = 0; i < n; i++) {
        if (candidates[i] == p->text_no) continue;
        compared *c = &p->compared[p->n_compared++];
        c->text_no = candidates[i];
        TRY(ask(p, &c->similarity, p->text_no, c->text_no));
        if (c->similarity < STORY_EDGE) continue;
        touched *edge = &edges[n_edges++];
        TRY(tellings_find(&p->s->held, &edge->told, c->text_no, p->error));
        edge->number = number_of(edge->told, c->text_no);
        edge->similarity = c->similarity;
    }
    qsort(p->compared, p->n_compared, sizeof *p->compared, compared_order);
    qsort(edges, n_edges, sizeof *edges, touched_order);
    if (p->own) touch(p, &(touched){.number = p->own->members[0], .told = p->own});
    for (size_t i = 0; i < n_edges; i++) touch(p, &edges[i]);
    return FLONG_OK;
}

/* ---- parts ------------------------------------------------------------------------------- */

/* The text groups of a story but the one that is placed; NULL when there is no memory. */
static uint64_t *others_of(placing *p, const touched *from, size_t *n) {
    size_t n_all = from->told ? from->told->n : 1;
    uint64_t *others = arena_alloc(&p->s->memory, n_all, sizeof *others);
    if (!others) return NULL;
    *n = 0;
    for (size_t i = 0; i < n_all; i++) {
        uint64_t member = from->told ? from->told->members[i] : from->number;
        if (member != p->text_no) others[(*n)++] = member;
    }
    return others;
}

/* Takes a story apart, or leaves it whole if it is too large. */
static bool story_take_apart(placing *p, const touched *from) {
    size_t n;
    const uint64_t *others = others_of(p, from, &n);
    if (!others) return false;
    if (n > STORY_TAKEN_APART) p->parts[p->n_parts++] = (part){others, n, from->told->weakest};
    for (size_t i = 0; i < n && n <= STORY_TAKEN_APART; i++)
        p->parts[p->n_parts++] = (part){others + i, 1, 1};
    return true;
}

static bool parts_make(placing *p) {
    p->parts = arena_alloc(&p->s->memory, STORIES_TOUCHED * STORY_TAKEN_APART + 1, sizeof *p->parts);
    if (!p->parts) return false;
    for (size_t i = 0; i < p->n_touched; i++)
        if (!story_take_apart(p, &p->touched[i])) return false;
    if (p->text_no != NO_TEXT) p->parts[p->n_parts++] = (part){&p->text_no, 1, 1};
    qsort(p->parts, p->n_parts, sizeof *p->parts, part_order);
    return true;
}

/* Appends the text groups that stand for a part. */
static size_t part_represent(const part *of, uint64_t *out) {
    size_t n = of->n < STORY_TAKEN_APART ? of->n : STORY_TAKEN_APART, first = n - n / 2, last = n / 2;
    memcpy(out, of->members, first * sizeof *out);
    memcpy(out + first, of->members + of->n - last, last * sizeof *out);
    return n;
}

static flong_status similarities_ask(const placing *p, double *similarity, const uint64_t *texts, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            TRY(similarity_of(p, &similarity[i * n + j], texts[i], texts[j]));
            similarity[j * n + i] = similarity[i * n + j];
        }
    return FLONG_OK;
}

/* Which parts are of one story: stories_agglomerate. */
static flong_status parts_agglomerate(placing *p, uint32_t *of, double *weakest) {
    arena *memory = &p->s->memory;
    uint32_t *first = arena_alloc(memory, p->n_parts + 1, sizeof *first);
    uint64_t *texts = arena_alloc(memory, p->n_parts, STORY_TAKEN_APART * sizeof *texts);
    if (!first || !texts) return error_nomem(p->error);
    uint32_t n = 0;
    for (size_t i = 0; i < p->n_parts; i++) {
        first[i] = n;
        n += (uint32_t)part_represent(&p->parts[i], texts + n);
    }
    first[p->n_parts] = n;
    double *similarity = arena_alloc(memory, (size_t)n * n, sizeof *similarity);
    if (!similarity) return error_nomem(p->error);
    TRY(similarities_ask(p, similarity, texts, n));
    const story_parts parts = {p->n_parts, first, similarity};
    return stories_agglomerate(of, weakest, &parts, memory) ? FLONG_OK : error_nomem(p->error);
}

/* ---- stories ----------------------------------------------------------------------------- */

/* The story of all parts that are with part `lowest`. */
static story *story_gather(const placing *p, const uint32_t *of, uint32_t lowest, double weakest) {
    size_t n = 0;
    for (size_t i = lowest; i < p->n_parts; i++) n += of[i] == lowest ? p->parts[i].n : 0;
    story *told = story_new(n, weakest);
    if (!told) return NULL;
    n = 0;
    for (size_t i = lowest; i < p->n_parts; i++) {
        if (of[i] != lowest) continue;
        memcpy(told->members + n, p->parts[i].members, p->parts[i].n * sizeof *told->members);
        n += p->parts[i].n;
        if (p->parts[i].weakest < told->weakest) told->weakest = p->parts[i].weakest;
    }
    story_sort(told);
    return told;
}

/* Puts the stories that come of the parts in the place of those that were touched. */
static flong_status stories_replace(placing *p, story **begins, size_t n_begins) {
    const story *ends[STORIES_TOUCHED];
    story_change change = {.ends = ends,
                           .begins = begins,
                           .n_begins = n_begins,
                           .gone = NO_TEXT,
                           .came = p->own ? NO_TEXT : p->text_no,
                           .came_from = p->told_before ? p->text_no : NO_TEXT,
                           .at = p->at};
    for (size_t i = 0; i < p->n_touched; i++)
        if (p->touched[i].told) ends[change.n_ends++] = p->touched[i].told;
    return tellings_change(&p->s->held, &change, p->error);
}

static flong_status stories_make(placing *p, const uint32_t *of, const double *weakest) {
    size_t n = 0;
    story **begins = arena_alloc(&p->s->memory, p->n_parts, sizeof *begins);
    if (!begins) return error_nomem(p->error);
    flong_status status = FLONG_OK;
    for (uint32_t i = 0; i < p->n_parts && status == FLONG_OK; i++) {
        if (of[i] != i) continue;
        begins[n] = story_gather(p, of, i, weakest[i]);
        if (begins[n])
            n++;
        else
            status = error_nomem(p->error);
    }
    if (status == FLONG_OK) status = stories_replace(p, begins, n);
    for (size_t i = 0; i < n && status != FLONG_OK; i++) mem_free(begins[i]);
    return status;
}

/* Takes apart what was touched, and puts it together again. */
static flong_status retell(placing *p) {
    if (!parts_make(p)) return error_nomem(p->error);
    uint32_t *of = arena_alloc(&p->s->memory, p->n_parts, sizeof *of);
    double *weakest = arena_alloc(&p->s->memory, p->n_parts, sizeof *weakest);
    if (!of || !weakest) return error_nomem(p->error);
    TRY(parts_agglomerate(p, of, weakest));
    return stories_make(p, of, weakest);
}

static flong_status place(storying *s, uint64_t text_no, bool told_before, const uint64_t *candidates,
                          size_t n, storying_score_fn score, void *context, flong_error *error) {
    placing p = {.s = s, .text_no = text_no, .at = text_no, .told_before = told_before};
    p.score = score, p.context = context, p.error = error;
    arena_reset(&s->memory);
    TRY(tellings_find(&s->held, &p.own, text_no, error));
    TRY(candidates_compare(&p, candidates, n));
    return p.n_touched ? retell(&p) : FLONG_OK;
}

flong_status storying_place(storying *s, uint64_t text_no, const uint64_t *candidates, size_t n,
                            storying_score_fn score, void *context, flong_error *error) {
    return place(s, text_no, false, candidates, n, score, context, error);
}

/* ---- text groups that go ----------------------------------------------------------------- */

/* Puts a story without its member `gone`, and with `came` in its place unless that is NO_TEXT. */
static flong_status member_replace(storying *s, const story *told, uint64_t gone, uint64_t came,
                                   flong_error *error) {
    story *without = story_new(told->n, told->weakest);
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
    flong_status status = tellings_change(&s->held, &change, error);
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
static flong_status settle(storying *s, const loosened *left, storying_score_fn score, void *context,
                           flong_error *error) {
    placing p = {.s = s, .text_no = NO_TEXT, .at = left->at};
    p.score = score, p.context = context, p.error = error;
    arena_reset(&s->memory);
    const story *told;
    TRY(tellings_find(&s->held, &told, left->text_no, error));
    if (!told) return FLONG_OK;
    touch(&p, &(touched){.number = told->members[0], .told = told});
    return retell(&p);
}

flong_status storying_settle(storying *s, storying_score_fn score, void *context, flong_error *error) {
    const loosened *left = (const loosened *)(const void *)s->loose.p;
    for (size_t i = 0; i < s->loose.n / sizeof *left; i++) TRY(settle(s, &left[i], score, context, error));
    s->loose.n = 0;
    return FLONG_OK;
}

/* ---- text groups that became one --------------------------------------------------------- */

/* The numbers of a story's members but one, in a new array. */
static flong_status others_copy(uint64_t **out, size_t *n, const story *told, uint64_t but,
                                flong_error *error) {
    uint64_t *others = mem_new(told->n, sizeof *others);
    if (!others) return error_nomem(error);
    *n = 0;
    for (size_t i = 0; i < told->n; i++)
        if (told->members[i] != but) others[(*n)++] = told->members[i];
    *out = others;
    return FLONG_OK;
}

/* Takes `gone` out of its story, and lets `into` find out whether it belongs there. */
static flong_status join(storying *s, const story *from, const story *to, uint64_t gone, uint64_t into,
                         storying_score_fn score, void *context, flong_error *error) {
    uint64_t *others = NULL;
    size_t n = 0;
    loosened left;
    bool apart = from != to;
    TRY(others_copy(&others, &n, from, gone, error));
    flong_status status = member_forget(s, &left, from, gone, error);
    if (status == FLONG_OK && apart) status = place(s, into, true, others, n, score, context, error);
    if (status == FLONG_OK) status = settle(s, &left, score, context, error);
    mem_free(others);
    return status;
}

flong_status storying_join(storying *s, uint64_t gone, uint64_t into, storying_score_fn score, void *context,
                           flong_error *error) {
    const story *from, *to;
    uint64_t into_no;
    TRY(tellings_find(&s->held, &from, gone, error));
    TRY(tellings_find(&s->held, &to, into, error));
    bool named = number_of(from, gone) == gone;
    if (from) TRY(join(s, from, to, gone, into, score, context, error));
    if (!named) return FLONG_OK;
    /* Who knows the story by its number is led on, though its first text group is no more. */
    TRY(storying_of(s, &into_no, into, error));
    return tellings_note_merge(&s->held, gone, into_no, into, error);
}
