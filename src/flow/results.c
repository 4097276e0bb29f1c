/* What an index says of its articles: in which text group and story each is, what it repeats, and how far. */
#include "flow/results.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/relate.h"

bool results_before(const results *r, uint32_t x, uint32_t y) {
    int64_t at_x = r->places[x].published, at_y = r->places[y].published;
    if (at_x == at_y) return x < y;
    return at_x != FLONG_NO_DATE && (at_y == FLONG_NO_DATE || at_x < at_y);
}

/* The place of an article; NOTHING: it has none. */
static uint32_t place_find(const results *r, uint64_t no) {
    if (!r->scope) return no < r->n && r->places[no].text_no != NOTHING ? (uint32_t)no : NOTHING;
    const uint64_t *numbers = r->scope->numbers;
    size_t from = 0, to = r->scope->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (numbers[middle] < no)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->scope->n && numbers[from] == no ? (uint32_t)from : NOTHING;
}

static bool is_asked(const results *r, uint32_t at) { return !r->scope || r->scope->asked[at]; }

static void place_set_row(place *p, const article_row *row, uint32_t text_no) {
    p->text_no = text_no;
    p->published = row->record.published;
    p->tokens = row->tokens;
    p->stub = row->stub;
    p->story_no = text_no; /* unless the store says more */
}

static const place nowhere = {
    .text_no = NOTHING, .original = NOTHING, .of = NOTHING, .first = NOTHING, .weakest = 1};

static flong_status place_take(void *context, const article_row *row, flong_error *error) {
    results *r = context;
    if (row->no >= r->bound || row->no >= NOTHING || row->text_no > row->no)
        return error_set(error, FLONG_DAMAGED,
                         "%s: article %llu has an impossible number; make the index anew",
                         store_path(r->index->store), (unsigned long long)row->no);
    while (r->n <= row->no) {
        if (!ARRAY_GROW(r->places, r->n, r->capacity)) return error_nomem(error);
        r->places[r->n++] = nowhere;
    }
    place_set_row(&r->places[row->no], row, (uint32_t)row->text_no);
    return r->also ? r->also(r->also_context, row, error) : FLONG_OK;
}

/* Finds the original of each group: published first, ties by arrival. */
static void originals_find(results *r) {
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->places[i].text_no == NOTHING) continue;
        place *group = &r->places[r->places[i].text_no];
        group->size++;
        if (group->original == NOTHING || results_before(r, i, group->original)) group->original = i;
    }
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->places[i].text_no == NOTHING) continue;
        uint32_t original = r->places[r->places[i].text_no].original;
        if (original != i) r->places[i].of = original;
    }
}

/* Whether an article is the original of its text group. */
static bool is_original(const results *r, uint32_t no) {
    return r->places[r->places[no].text_no].original == no;
}

static uint32_t original_of(const results *r, uint32_t no) {
    return r->places[r->places[no].text_no].original;
}

/* ---- stories ----------------------------------------------------------------------------- */

static flong_status telling_take(void *context, uint64_t text_no, uint64_t story_no, flong_error *error) {
    results *r = context;
    if (text_no >= r->n || story_no > text_no || r->places[text_no].text_no != text_no ||
        r->places[story_no].text_no != story_no)
        return error_set(error, FLONG_DAMAGED,
                         "%s: a story has a text group that is not there; make the index anew",
                         store_path(r->index->store));
    r->places[text_no].story_no = (uint32_t)story_no;
    return FLONG_OK;
}

/* Counts the text groups of each story, and finds the article that told it first. */
static void stories_find(results *r) {
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->places[i].text_no != i) continue;
        place *story = &r->places[r->places[i].story_no];
        uint32_t original = r->places[i].original;
        story->tellings++;
        if (story->first == NOTHING || results_before(r, original, story->first)) story->first = original;
    }
}

/* ---- sources ----------------------------------------------------------------------------- */

/* Whether an original is rather said to repeat x than y: by passages, then by how alike it tells; of passages those of
 * originals, then the longer ones. */
static bool rather_source(const results *r, uint32_t x, const flong_score *score_x, uint32_t y,
                          const flong_score *score_y) {
    if (score_x->relation != score_y->relation) return score_x->relation < score_y->relation;
    if (score_x->relation != FLONG_RELATION_EXCERPT) return score_x->similarity > score_y->similarity;
    if (is_original(r, x) != is_original(r, y)) return is_original(r, x);
    return score_x->longest_run > score_y->longest_run;
}

/* Offers an article that was published before it to an original as its source. */
static void source_offer(results *r, uint32_t no, uint32_t other, flong_score score) {
    place *p = &r->places[no];
    if (!is_original(r, no) || !results_before(r, other, no)) return;
    if (p->of != NOTHING && !rather_source(r, other, &score, p->of, &p->score)) return;
    p->of = other;
    p->score = score;
    p->scored = true;
}

/* Takes the score of a pair for one of its sides: of a copy with its original, or of what an original repeats. */
static void side_take(results *r, uint32_t no, uint32_t other, flong_score score) {
    place *p = &r->places[no];
    if (p->text_no == r->places[other].text_no) {
        if (p->of == other && !p->scored) p->score = score, p->scored = true;
    } else if (score.relation == FLONG_RELATION_EXCERPT) {
        source_offer(r, no, other, score);
    } else if (score.relation >= FLONG_RELATION_REWRITE && results_story(r, no) == results_story(r, other)) {
        source_offer(r, original_of(r, no), original_of(r, other), score);
    }
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

/* Scores copies that have no pair with their original. */
static flong_status copy_score(results *r, uint32_t no, flong_error *error) {
    flong_index *index = r->index;
    place *p = &r->places[no];
    const text_body *a, *b;
    TRY(texts_get(index->texts, &a, index->bodies, &index->worker, results_number(r, no), error));
    TRY(texts_get(index->texts, &b, index->bodies, &index->worker, results_number(r, p->of), error));
    verifier *v = &index->worker.verifier;
    if (!verify_against(v, a) || !verify_pair(v, &p->score, b, store_params(index->store)))
        return error_nomem(error);
    texts_trim(index->texts);
    return FLONG_OK;
}

/* An original that is in a story with others, but in no pair with one that was published earlier, is related to the
 * first telling. */
static flong_status original_score(results *r, uint32_t no, flong_error *error) {
    place *p = &r->places[no];
    uint32_t first = r->places[results_story(r, no)].first;
    double similarity;
    if (first == no) return FLONG_OK;
    TRY(relate_groups(r->index, &similarity, results_number(r, p->text_no),
                      results_number(r, r->places[first].text_no), error));
    sketches_trim(r->index->sketches);
    p->of = first;
    p->score =
        (flong_score){.relation = FLONG_RELATION_RELATED, .similarity = similarity > 0 ? similarity : 0};
    return FLONG_OK;
}

static flong_status scores_complete(results *r, flong_error *error) {
    for (uint32_t i = 0; i < r->n; i++) {
        const place *p = &r->places[i];
        if (p->text_no == NOTHING || !is_asked(r, i)) continue;
        if (p->of != NOTHING && !p->scored) TRY(copy_score(r, i, error));
        if (p->of == NOTHING) TRY(original_score(r, i, error));
    }
    return FLONG_OK;
}

static flong_status group_take(void *context, const group_row *group, flong_error *error) {
    results *r = context;
    (void)error;
    if (group->no < r->n) r->places[group->no].weakest = (float)group->weakest;
    return FLONG_OK;
}

flong_status results_groups(results *r, flong_index *index, flong_error *error) {
    *r = (results){.index = index, .also = r->also, .also_context = r->also_context};
    TRY(index_number_bound(index, &r->bound, error));
    TRY(article_each(index->store, 0, place_take, r, error));
    for (uint32_t i = 0; i < r->n; i++)
        if (r->places[i].text_no != NOTHING &&
            r->places[r->places[i].text_no].text_no != r->places[i].text_no)
            return error_set(error, FLONG_DAMAGED,
                             "%s: the text group of article %u is not there; make the index anew",
                             store_path(index->store), i);
    originals_find(r);
    TRY(telling_each(index->store, telling_take, r, error));
    stories_find(r);
    return group_each(index->store, group_take, r, error);
}

flong_status results_find(results *r, flong_index *index, flong_error *error) {
    TRY(results_groups(r, index, error));
    TRY(pair_each(index->store, pair_take, r, error));
    return scores_complete(r, error);
}

/* ---- some of them ------------------------------------------------------------------------ */

static flong_status scope_damaged(const results *r, uint64_t no, flong_error *error) {
    return error_set(error, FLONG_DAMAGED,
                     "%s: the text group or story of article %llu is not there; make the index anew",
                     store_path(r->index->store), (unsigned long long)no);
}

static flong_status place_read(results *r, uint32_t at, flong_error *error) {
    article_row row;
    bool found;
    TRY(article_get(r->index->store, &row, &found, r->scope->numbers[at], error));
    uint32_t text_no = found ? place_find(r, row.text_no) : NOTHING;
    if (text_no == NOTHING || text_no > at) return scope_damaged(r, r->scope->numbers[at], error);
    place_set_row(&r->places[at], &row, text_no);
    return FLONG_OK;
}

/* The story of a text group, and how firmly the group holds. Where not all of its story is in the scope, nobody asks. */
static flong_status group_read(results *r, uint32_t at, flong_error *error) {
    uint64_t no = r->scope->numbers[at], story_no;
    group_row group;
    bool found;
    TRY(telling_get(r->index->store, &story_no, &found, no, error));
    uint32_t first = found ? place_find(r, story_no) : NOTHING;
    if (first != NOTHING) r->places[at].story_no = first;
    if (found && first == NOTHING && is_asked(r, at)) return scope_damaged(r, no, error);
    TRY(group_get(r->index->store, &group, &found, no, error));
    if (found) r->places[at].weakest = (float)group.weakest;
    return FLONG_OK;
}

/* A pair as it is taken. */
typedef struct taken {
    uint64_t a, b;
    flong_score score;
} taken;

typedef struct takings {
    taken *pairs;
    size_t n, capacity;
} takings;

static flong_status pair_note(void *context, const pair_row *pair, flong_error *error) {
    takings *t = context;
    if (!ARRAY_GROW(t->pairs, t->n, t->capacity)) return error_nomem(error);
    t->pairs[t->n++] = (taken){pair->a, pair->b, pair->score};
    return FLONG_OK;
}

/* The order in which all pairs are taken, which decides where two are as good. */
static int taken_compare(const void *x, const void *y) {
    const taken *a = x, *b = y;
    if (a->b != b->b) return a->b < b->b ? -1 : 1;
    return a->a < b->a ? -1 : a->a > b->a;
}

static flong_status pairs_take(results *r, takings *t, flong_error *error) {
    for (uint32_t i = 0; i < r->n; i++)
        if (is_asked(r, i)) TRY(pair_each_of(r->index->store, r->scope->numbers[i], pair_note, t, error));
    if (t->n) qsort(t->pairs, t->n, sizeof *t->pairs, taken_compare);
    for (size_t i = 0; i < t->n; i++) {
        const taken *pair = &t->pairs[i];
        if (i && taken_compare(pair, pair - 1) == 0) continue; /* both sides are asked for */
        uint32_t a = place_find(r, pair->a), b = place_find(r, pair->b);
        if (a == NOTHING || b == NOTHING)
            continue; /* of one text or story no more, and no passage is shared */
        side_take(r, a, b, pair->score);
        side_take(r, b, a, score_flip(pair->score));
    }
    return FLONG_OK;
}

static flong_status some_read(results *r, flong_error *error) {
    r->n = r->scope->n;
    for (uint32_t i = 0; i < r->n; i++) r->places[i] = nowhere;
    for (uint32_t i = 0; i < r->n; i++) TRY(place_read(r, i, error));
    for (uint32_t i = 0; i < r->n; i++)
        if (r->places[r->places[i].text_no].text_no != r->places[i].text_no)
            return scope_damaged(r, r->scope->numbers[i], error);
    originals_find(r);
    for (uint32_t i = 0; i < r->n; i++)
        if (r->places[i].text_no == i) TRY(group_read(r, i, error));
    stories_find(r);
    return FLONG_OK;
}

flong_status results_find_some(results *r, flong_index *index, const results_scope *scope,
                               flong_error *error) {
    *r = (results){.index = index, .scope = scope};
    if (scope->n >= NOTHING || !(r->places = mem_new(scope->n + 1, sizeof *r->places)))
        return error_nomem(error);
    TRY(some_read(r, error));
    takings t = {0};
    flong_status status = pairs_take(r, &t, error);
    mem_free(t.pairs);
    return status == FLONG_OK ? scores_complete(r, error) : status;
}

void results_free(results *r) { mem_free(r->places); }

flong_relation results_relation(const results *r, uint32_t no) {
    const place *p = &r->places[no];
    bool alone = r->places[p->text_no].size == 1 && r->places[results_story(r, no)].tellings == 1;
    if (p->stub) return FLONG_RELATION_STUB;
    if (p->of == NOTHING) return alone ? FLONG_RELATION_SINGLE : FLONG_RELATION_ORIGINAL;
    if (r->places[p->of].text_no != p->text_no) return p->score.relation;
    return p->score.relation == FLONG_RELATION_IDENTICAL ? FLONG_RELATION_IDENTICAL : FLONG_RELATION_REPRINT;
}
