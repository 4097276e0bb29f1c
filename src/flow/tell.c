/* The story stage of a batch: which articles tell again what earlier ones told, and which story each text group
 * is in. Only articles that begin a text group go through it: the others are in the story of theirs. */
#include <string.h>

#include "base/sort.h"
#include "flow/batch.h"
#include "flow/relate.h"

/* A text group that tells much the same as an article; by its first article. */
typedef struct told {
    uint64_t other;
    const sketch *sketch;
    double similarity;
    flong_relation relation;
    flong_str terms;
} told;

/* An article that begins a text group. */
struct teller {
    batch_item *item;
    const term *terms; /* in its worker's memory */
    size_t n_terms;
    sketch *sketch;      /* until the cache takes it; then borrowed from there; NULL: it says too little */
    story_key_set *keys; /* of the sketch */
    told *told;          /* by other, ascending */
    storying_candidate *alike; /* the same, for storying */
    size_t n_told;
    bool failed; /* no memory */
};

static flong_status tellers_good(const batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n_tellers; i++)
        if (b->tellers[i].failed) return error_nomem(error);
    return FLONG_OK;
}

static flong_status tellers_run(batch *b, pool_work_fn work, flong_error *error) {
    pool_run(b->threads, b->n_tellers, work, b);
    return tellers_good(b, error);
}

/* ---- sketches ---------------------------------------------------------------------------- */

static flong_status tellers_find(batch *b, flong_error *error) {
    b->tellers = arena_alloc(&b->memory, b->n, sizeof *b->tellers);
    b->n_tellers = 0;
    if (!b->tellers) return error_nomem(error);
    for (size_t i = 0; i < b->n; i++) {
        uint64_t text_no;
        TRY(grouping_of(b->index->grouping, &text_no, b->items[i].no, error));
        if (text_no == b->items[i].no) b->tellers[b->n_tellers++] = (teller){.item = &b->items[i]};
    }
    return FLONG_OK;
}

static void teller_read(void *context, size_t i, unsigned thread) {
    batch *b = context;
    worker *w = &b->workers[thread];
    teller *t = &b->tellers[i];
    if (!relate_wanted(&t->item->article, w->params)) return;
    t->failed = !terms_read(&w->terms, &t->item->article) ||
                !(t->terms = arena_copy(&w->memory, w->terms.terms, w->terms.n * sizeof *w->terms.terms));
    t->n_terms = w->terms.n;
}

/* Reads the tellers' terms, and writes the rows of the batch while other threads do so. */
static flong_status tellers_read(batch *b, flong_error *error) {
    pool_begin(b->threads, b->n_tellers, teller_read, b);
    flong_status written = batch_rows_write(b, error);
    pool_end(b->threads);
    TRY(written);
    return tellers_good(b, error);
}

static flong_status tellers_learn(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n_tellers; i++)
        if (!rates_learn(b->index->rates, b->tellers[i].terms, b->tellers[i].n_terms))
            return error_nomem(error);
    return FLONG_OK;
}

static void teller_sketch(void *context, size_t i, unsigned thread) {
    batch *b = context;
    teller *t = &b->tellers[i];
    if (t->n_terms == 0) return;
    t->sketch = mem_new(1, sizeof *t->sketch);
    t->keys = arena_alloc(&b->workers[thread].memory, 1, sizeof *t->keys);
    t->failed = !t->sketch || !t->keys;
    if (t->failed) return;
    relate_sketch(t->sketch, t->terms, t->n_terms, t->item->body, t->item->record.published, b->index->rates);
    story_keys_make(t->keys, &t->sketch->story, t->item->record.published);
}

/* Hands the sketches to the cache; those that it cannot take are freed. */
static flong_status sketches_keep(batch *b, flong_error *error) {
    bool kept = true;
    for (size_t i = 0; i < b->n_tellers; i++) {
        teller *t = &b->tellers[i];
        if (!t->sketch) continue;
        kept = sketches_put(b->index->sketches, t->item->no, t->sketch) && kept;
    }
    return kept ? FLONG_OK : error_nomem(error);
}

/* ---- meeting ----------------------------------------------------------------------------- */

/* The text groups of an article's candidates, each once, ascending, with their sketches. */
static flong_status told_gather(batch *b, teller *t, const candidate *candidates, size_t n,
                                flong_error *error) {
    uint64_t *groups = arena_alloc(&b->memory, n, sizeof *groups), *scratch = arena_alloc(&b->memory, n, 8);
    t->told = arena_alloc(&b->memory, n, sizeof *t->told);
    t->alike = arena_alloc(&b->memory, n, sizeof *t->alike);
    if (!groups || !scratch || !t->told || !t->alike) return error_nomem(error);
    for (size_t i = 0; i < n; i++)
        TRY(grouping_of(b->index->grouping, &groups[i], candidates[i].other, error));
    sort_u64(groups, scratch, n, 0, 8);
    for (size_t i = 0; i < n; i++) {
        told one = {.other = groups[i]};
        if (groups[i] >= t->item->no || (i > 0 && groups[i] == groups[i - 1])) continue;
        TRY(sketches_get(b->index->sketches, &one.sketch, one.other, error));
        if (one.sketch) t->told[t->n_told++] = one;
    }
    return FLONG_OK;
}

static flong_status tellers_meet(batch *b, flong_error *error) {
    candidate_list list;
    if (!story_keying_init(&b->story_keys, &b->memory, b->n_tellers)) return error_nomem(error);
    for (size_t i = 0; i < b->n_tellers; i++)
        if (b->tellers[i].sketch)
            story_keying_add(&b->story_keys, b->tellers[i].item->no, b->tellers[i].keys);
    TRY(story_keying_meet(&b->story_keys, b->index, &b->memory, &list, &b->index->hot, error));
    size_t at = 0;
    for (size_t i = 0; i < b->n_tellers; i++) {
        size_t first = at;
        while (at < list.n && list.candidates[at].article == b->tellers[i].item->no) at++;
        TRY(told_gather(b, &b->tellers[i], list.candidates + first, at - first, error));
    }
    return FLONG_OK;
}

/* ---- comparing --------------------------------------------------------------------------- */

static void teller_compare(void *context, size_t i, unsigned thread) {
    batch *b = context;
    worker *w = &b->workers[thread];
    teller *t = &b->tellers[i];
    const flong_record *record = &t->item->record;
    relating r;
    if (t->n_told) relating_begin(&r, t->sketch, t->n_told);
    for (size_t k = 0; k < t->n_told && !t->failed; k++) {
        told *one = &t->told[k];
        if (k + 1 < t->n_told) relate_prefetch(t->told[k + 1].sketch);
        one->similarity = relating_similarity(&r, one->sketch);
        t->alike[k] = (storying_candidate){one->other, one->similarity};
        one->relation = relate_verdict(t->sketch, one->sketch, one->similarity, w->params);
        if (one->relation != FLONG_RELATION_NONE)
            t->failed = !relate_terms(&one->terms, &w->memory, t->sketch, one->sketch, &t->item->article,
                                      t->terms, t->n_terms, record->title, record->text);
    }
}

/* ---- stories ----------------------------------------------------------------------------- */

typedef struct joining {
    batch *b;
    const storying_scores *scores;
} joining;

/* Text groups of this batch are not placed yet. */
static flong_status groups_joined(void *context, uint64_t gone, uint64_t into, flong_error *error) {
    const joining *j = context;
    if (gone >= j->b->items[0].no) return FLONG_OK;
    return storying_join(j->b->index->storying, gone, into, j->scores, error);
}

static flong_status tellers_place(batch *b, flong_error *error) {
    flong_index *index = b->index;
    storying_scores scores = relate_scores(index);
    joining j = {b, &scores};
    storying_newcomer *newcomers = arena_alloc(&b->memory, b->n_tellers, sizeof *newcomers);
    if (!newcomers) return error_nomem(error);
    TRY(grouping_each_merge(index->grouping, groups_joined, &j, error));
    for (size_t i = 0; i < b->n_tellers; i++) {
        const teller *t = &b->tellers[i];
        newcomers[i] = (storying_newcomer){t->item->no, t->alike, t->n_told};
    }
    return storying_place_all(index->storying, newcomers, b->n_tellers, &scores, b->threads, error);
}

flong_status batch_tell(batch *b, flong_error *error) {
    b->n_tellers = 0;
    b->story_keys = (story_keying){0};
    if (!store_params(b->index->store)->stories) return batch_rows_write(b, error);
    TRY(tellers_find(b, error));
    TRY(tellers_read(b, error));
    TRY(tellers_learn(b, error));
    flong_status made = tellers_run(b, teller_sketch, error);
    TRY(sketches_keep(b, error)); /* those that were made, whatever failed */
    TRY(made);
    TRY(tellers_meet(b, error));
    TRY(tellers_run(b, teller_compare, error));
    return tellers_place(b, error);
}

/* ---- writing ----------------------------------------------------------------------------- */

static flong_status teller_write(batch *b, const teller *t, flong_error *error) {
    store *s = b->index->store;
    if (t->sketch) TRY(sketches_write(b->index->sketches, t->item->no, t->sketch, error));
    for (size_t k = 0; k < t->n_told; k++) {
        const told *one = &t->told[k];
        const scored *known = item_scored(t->item, one->other);
        bool paired = known && known->score.relation != FLONG_RELATION_NONE;
        if (!paired && one->relation == FLONG_RELATION_NONE) continue;
        pair_row pair = {.a = one->other,
                         .b = t->item->no,
                         .score = {.relation = one->relation, .similarity = one->similarity},
                         .terms = one->terms};
        TRY(paired ? pair_similarity_set(s, &pair, error) : pair_add(s, &pair, error));
        b->pairs += !paired;
    }
    return FLONG_OK;
}

static flong_status rates_write(batch *b, flong_error *error) {
    buffer bytes = {0};
    if (!rates_changed(b->index->rates)) return FLONG_OK;
    flong_status status = rates_save(b->index->rates, &bytes)
                              ? store_set_bytes(b->index->store, "rates", &bytes, error)
                              : error_nomem(error);
    buffer_free(&bytes);
    return status;
}

flong_status batch_tell_write(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n_tellers; i++) TRY(teller_write(b, &b->tellers[i], error));
    TRY(storying_write(b->index->storying, error));
    return rates_write(b, error);
}
