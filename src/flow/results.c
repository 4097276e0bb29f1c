/* What an index says of its articles: in which text group each is, what it repeats, and how far. */
#include <string.h>

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/view.h"

enum { NOTHING = UINT32_MAX };

/* What is known of one article, by arrival number. */
typedef struct place {
    uint32_t text_no;  /* NOTHING: no such article */
    uint32_t original; /* at a group's first article: the group's original */
    uint32_t of;       /* article that it repeats, or NOTHING */
    uint32_t size;     /* at a group's first article: members */
    float weakest;     /* at a group's first article */
    int64_t published;
    uint32_t tokens;
    bool stub, scored;
    flong_score score; /* a: the article, b: `of` */
} place;

typedef struct results {
    flong_index *index;
    uint64_t bound; /* of article numbers */
    place *places;
    size_t n, capacity;
} results;

/* Whether x was published before y; undated articles come last, ties go by arrival. */
static bool published_before(const results *r, uint32_t x, uint32_t y) {
    int64_t at_x = r->places[x].published, at_y = r->places[y].published;
    if (at_x == at_y) return x < y;
    return at_x != FLONG_NO_DATE && (at_y == FLONG_NO_DATE || at_x < at_y);
}

static flong_status place_take(void *context, const article_row *row, flong_error *error) {
    results *r = context;
    if (row->no >= r->bound || row->no >= NOTHING || row->text_no > row->no)
        return error_set(error, FLONG_DAMAGED,
                         "%s: article %llu has an impossible number; make the index anew",
                         store_path(r->index->store), (unsigned long long)row->no);
    while (r->n <= row->no) {
        if (!ARRAY_GROW(r->places, r->n, r->capacity)) return error_nomem(error);
        r->places[r->n++] = (place){.text_no = NOTHING, .original = NOTHING, .of = NOTHING, .weakest = 1};
    }
    place *p = &r->places[row->no];
    p->text_no = (uint32_t)row->text_no;
    p->published = row->record.published;
    p->tokens = row->tokens;
    p->stub = row->stub;
    return FLONG_OK;
}

/* Finds the original of each group: published first, ties by arrival. */
static void originals_find(results *r) {
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->places[i].text_no == NOTHING) continue;
        place *group = &r->places[r->places[i].text_no];
        group->size++;
        if (group->original == NOTHING || published_before(r, i, group->original)) group->original = i;
    }
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->places[i].text_no == NOTHING) continue;
        uint32_t original = r->places[r->places[i].text_no].original;
        if (original != i) r->places[i].of = original;
    }
}

/* Whether an excerpt's source x is to be named rather than y: originals first, then longer passages. */
static bool rather_source(const results *r, uint32_t x, const flong_score *score_x, uint32_t y,
                          const flong_score *score_y) {
    bool original_x = r->places[r->places[x].text_no].original == x;
    bool original_y = r->places[r->places[y].text_no].original == y;
    return original_x != original_y ? original_x : score_x->longest_run > score_y->longest_run;
}

/* Takes the score of a pair for one of its sides: of a member with its original; or of an article that is
 * alone in its group and published later, with what it has an excerpt of. */
static void side_take(results *r, uint32_t no, uint32_t other, flong_score score) {
    place *p = &r->places[no];
    if (p->of == other && !p->scored) {
        p->score = score;
        p->scored = true;
        return;
    }
    if (score.relation != FLONG_RELATION_EXCERPT || r->places[p->text_no].size > 1 ||
        !published_before(r, other, no))
        return;
    if (p->of != NOTHING && !rather_source(r, other, &score, p->of, &p->score)) return;
    p->of = other;
    p->score = score;
    p->scored = true;
}

static flong_status pair_take(void *context, const pair_row *pair, flong_error *error) {
    results *r = context;
    if (pair->a >= r->n || pair->b >= r->n || r->places[pair->a].text_no == NOTHING ||
        r->places[pair->b].text_no == NOTHING)
        return error_set(error, FLONG_DAMAGED,
                         "%s: a pair names an article that is not there; make the index anew",
                         store_path(r->index->store));
    side_take(r, (uint32_t)pair->a, (uint32_t)pair->b, pair->score);
    side_take(r, (uint32_t)pair->b, (uint32_t)pair->a, score_flip(pair->score));
    return FLONG_OK;
}

/* Scores members that have no pair with their original. */
static flong_status scores_complete(results *r, flong_error *error) {
    flong_index *index = r->index;
    for (uint32_t i = 0; i < r->n; i++) {
        place *p = &r->places[i];
        if (p->text_no == NOTHING || p->of == NOTHING || p->scored) continue;
        const text_body *a, *b;
        TRY(texts_get(index->texts, &a, index->bodies, &index->worker, i, error));
        TRY(texts_get(index->texts, &b, index->bodies, &index->worker, p->of, error));
        verifier *v = &index->worker.verifier;
        if (!verify_against(v, a) || !verify_pair(v, &p->score, b, store_params(index->store)))
            return error_nomem(error);
        texts_trim(index->texts);
        p->scored = true;
    }
    return FLONG_OK;
}

static flong_status group_take(void *context, const group_row *group, flong_error *error) {
    results *r = context;
    (void)error;
    if (group->no < r->n) r->places[group->no].weakest = (float)group->weakest;
    return FLONG_OK;
}

static flong_status results_find(results *r, flong_index *index, flong_error *error) {
    *r = (results){.index = index};
    TRY(index_number_bound(index, &r->bound, error));
    TRY(article_each(index->store, 0, place_take, r, error));
    for (uint32_t i = 0; i < r->n; i++)
        if (r->places[i].text_no != NOTHING &&
            r->places[r->places[i].text_no].text_no != r->places[i].text_no)
            return error_set(error, FLONG_DAMAGED,
                             "%s: the text group of article %u is not there; make the index anew",
                             store_path(index->store), i);
    originals_find(r);
    TRY(group_each(index->store, group_take, r, error));
    TRY(pair_each(index->store, pair_take, r, error));
    return scores_complete(r, error);
}

/* ---- articles ---------------------------------------------------------------------------- */

static flong_relation relation_of(const results *r, const place *p) {
    if (p->stub) return FLONG_RELATION_STUB;
    if (p->of == NOTHING && r->places[p->text_no].size > 1) return FLONG_RELATION_ORIGINAL;
    if (p->of == NOTHING) return FLONG_RELATION_SINGLE;
    if (r->places[p->text_no].size == 1) return FLONG_RELATION_EXCERPT;
    return p->score.relation == FLONG_RELATION_IDENTICAL ? FLONG_RELATION_IDENTICAL : FLONG_RELATION_REPRINT;
}

typedef struct telling {
    results results;
    flong_article_fn fn;
    void *context;
    buffer ids; /* of the text group and of the article repeated */
    article_view copy;
} telling;

/* Reads the row of an article and appends its id to t->ids. */
static flong_status id_append(telling *t, article_row *row, uint64_t no, flong_error *error) {
    bool found;
    TRY(article_get(t->results.index->store, row, &found, no, error));
    if (!found) return error_set(error, FLONG_DAMAGED, "article %llu is not there", (unsigned long long)no);
    return buffer_append(&t->ids, row->record.id.p, row->record.id.n) ? FLONG_OK : error_nomem(error);
}

/* Whether a copy of `of` names its source. The text is read only where the rows do not tell. */
static flong_status credited_find(telling *t, int *out, const article_row *copy, uint64_t of,
                                  flong_error *error) {
    article_row source;
    t->ids.n = 0;
    TRY(id_append(t, &source, of, error));
    bool version = pair_is_version(copy->record.site, source.record.site);
    bool same = copy->wire.agency.n > 0 && str_equal(copy->wire.agency, source.wire.agency);
    *out = version ? -1 : same;
    if (version || same) return FLONG_OK;
    TRY(view_load(&t->copy, t->results.index, copy->no, error));
    t->ids.n = 0;
    TRY(id_append(t, &source, of, error)); /* reading the copy took the row's memory */
    *out = view_credits(&t->copy, &source.wire, source.record.site);
    return FLONG_OK;
}

static flong_status article_tell(void *context, const article_row *row, flong_error *error) {
    telling *t = context;
    const place *p = &t->results.places[row->no];
    article_row other;
    int credited = -1;
    if (p->of != NOTHING) TRY(credited_find(t, &credited, row, p->of, error));
    t->ids.n = 0;
    TRY(id_append(t, &other, p->text_no, error));
    size_t n_text_id = t->ids.n;
    if (p->of != NOTHING) TRY(id_append(t, &other, p->of, error));
    flong_article told = {
        .number = row->no,
        .record = row->record,
        .text_id = {t->ids.p, n_text_id},
        .story_id = {t->ids.p, n_text_id},
        .of = {t->ids.p + n_text_id, t->ids.n - n_text_id},
        .wire = row->wire,
        .credited = credited,
        .furniture = row->all_tokens ? row->furniture / (double)row->all_tokens : 0,
        .members = t->results.places[p->text_no].size,
        .weakest = (double)t->results.places[p->text_no].weakest,
    };
    if (p->of != NOTHING) told.score = p->score;
    told.score.relation = relation_of(&t->results, p);
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_articles(flong_index *index, flong_article_fn fn, void *context,
                                  flong_error *error) {
    telling t = {.fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = results_find(&t.results, index, error);
    if (status == FLONG_OK) status = article_each(index->store, 0, article_tell, &t, error);
    index_read_end(index);
    mem_free(t.results.places);
    buffer_free(&t.ids);
    view_free(&t.copy);
    return status;
}

/* ---- what to keep ------------------------------------------------------------------------ */

/* Whether x is to be kept rather than y, which arrived before it. */
static bool rather_keep(const results *r, unsigned rule, uint32_t x, uint32_t y) {
    switch (rule & ~FLONG_DROP_STUBS) {
    case FLONG_KEEP_LONGEST:
        return r->places[x].tokens > r->places[y].tokens;
    case FLONG_KEEP_EARLIEST:
        return published_before(r, x, y);
    default:
        return false;
    }
}

static bool is_dropped(const place *p, unsigned rule) {
    return p->text_no == NOTHING || (p->stub && rule & FLONG_DROP_STUBS);
}

flong_status flong_index_keep(flong_index *index, unsigned rule, flong_keep_fn fn, void *context,
                              flong_error *error) {
    results r = {.index = index};
    TRY(index_read_begin(index, error));
    flong_status status = index_number_bound(index, &r.bound, error);
    if (status == FLONG_OK) status = article_each(index->store, 0, place_take, &r, error);
    for (uint32_t i = 0; i < r.n && status == FLONG_OK; i++) {
        if (is_dropped(&r.places[i], rule)) continue;
        place *group = &r.places[r.places[i].text_no]; /* its `of` serves as the one kept */
        if (group->of == NOTHING || rather_keep(&r, rule, i, group->of)) group->of = i;
    }
    for (uint32_t i = 0; i < r.n && status == FLONG_OK; i++) {
        const place *p = &r.places[i];
        if (p->text_no == NOTHING) continue;
        uint64_t kept = is_dropped(p, rule) ? FLONG_KEPT_NONE : r.places[p->text_no].of;
        if (fn(context, i, kept) != 0) status = error_set(error, FLONG_STOPPED, "stopped");
    }
    index_read_end(index);
    mem_free(r.places);
    return status;
}
