/* The stages of a batch, in the order of the data's way. What is parallel works on one article at a time;
 * what depends on order goes through the articles in order of arrival. */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/str.h"
#include "flow/batch.h"

static worker *worker_of(batch *b, unsigned thread) { return &b->workers[thread]; }

static flong_status items_good(const batch *b, size_t from, flong_error *error) {
    for (size_t i = from; i < b->n; i++)
        if (b->items[i].failed) return error_nomem(error);
    return FLONG_OK;
}

/* Runs a parallel stage; work sets `failed` of an item that found no memory. */
static flong_status stage_run(batch *b, pool_work_fn work, flong_error *error) {
    pool_run(b->threads, b->n, work, b);
    return items_good(b, 0, error);
}

/* ---- text -------------------------------------------------------------------------------- */

static void item_read(void *context, size_t i, unsigned thread) {
    batch *b = context;
    batch_item *item = &b->items[b->n_read + i];
    worker *w = worker_of(b, thread);
    wire_credit *credit = &item->credit;
    item->failed = !worker_read(w, &item->article, credit, item->record.title, item->record.text) ||
                   !str_copy(&w->memory, &credit->credit, credit->credit) ||
                   !str_copy(&w->memory, &credit->place, credit->place);
}

flong_status batch_read(batch *b, size_t from, flong_error *error) {
    b->n_read = from;
    pool_run(b->threads, b->n - from, item_read, b);
    return items_good(b, from, error);
}

static flong_status batch_learn(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n; i++) {
        batch_item *item = &b->items[i];
        TRY(index_site(b->index, &item->site, item->record.site, true, error));
        if (item->site &&
            !furniture_learn(b->index->furniture, item->site, &item->article, url_hash(item->record.url)))
            return error_nomem(error);
    }
    return FLONG_OK;
}

static flong_status batch_train(batch *b, flong_error *error) {
    flong_str *samples = arena_alloc(&b->memory, b->n, sizeof *samples);
    if (!samples) return error_nomem(error);
    for (size_t i = 0; i < b->n; i++) samples[i] = b->items[i].record.text;
    return bodies_train(b->index->bodies, samples, b->n, error);
}

/* ---- sketch ------------------------------------------------------------------------------ */

static bool item_sketch_with(worker *w, batch_item *item, const flong_index *index) {
    shingled counts;
    furniture_mark(item->site, &item->article, w->params->furniture_texts);
    article_settle(&item->article, w->params->min_tokens);
    return worker_shingle(w, &counts, &item->article) &&
           (item->body = worker_body(w, &item->article, counts, &item->record)) &&
           worker_keys(w, &item->keys, &item->n_keys, &item->article, item->body, counts) &&
           body_pack(index->bodies, &w->packer, &item->packed, &w->memory, item->record.text) &&
           dropped_pack(&item->article, &w->memory, &item->packed);
}

static void item_sketch(void *context, size_t i, unsigned thread) {
    batch *b = context;
    b->items[i].failed = !item_sketch_with(worker_of(b, thread), &b->items[i], b->index);
}

/* ---- index ------------------------------------------------------------------------------- */

/* All keys of the batch, sorted by key and then article, those of ids last. */
static flong_status keys_gather(batch *b, entry_list *out, flong_error *error) {
    size_t total = 0;
    for (size_t i = 0; i < b->n; i++) total += b->items[i].n_keys + 1;
    uint64_t *all = arena_alloc(&b->memory, total, sizeof *all),
             *scratch = arena_alloc(&b->memory, total, sizeof *all);
    if (!all || !scratch) return error_nomem(error);
    *out = (entry_list){.entries = all, .n = total, .base = b->n ? b->items[0].no : 0};
    size_t count = 0;
    for (size_t i = 0; i < b->n; i++) {
        const batch_item *item = &b->items[i];
        uint64_t place = item->no - out->base;
        for (size_t k = 0; k < item->n_keys; k++) all[count++] = item->keys[k] | place;
        all[count++] = id_key(item->record.id) | place;
    }
    sort_spread(all, scratch, total);
    return FLONG_OK;
}

/* How many entries come before those of ids, which meet nobody. */
static entry_list keys_meeting(entry_list all) {
    while (all.n > 0 && key_kind_of(all.entries[all.n - 1]) == KEY_ID) all.n--;
    return all;
}

static flong_status batch_meet(batch *b, entry_list all, flong_error *error) {
    candidate_list list;
    TRY(candidates_find(&list, &b->memory, b->index->runs, all, all,
                        meeting_of_texts(store_params(b->index->store)), index_gone, b->index, error));
    b->index->hot += list.hot;
    size_t at = 0;
    for (size_t i = 0; i < b->n; i++) {
        batch_item *item = &b->items[i];
        item->candidates = list.candidates + at;
        while (at < list.n && list.candidates[at].article == item->no) at++;
        item->n_candidates = (size_t)(list.candidates + at - item->candidates);
    }
    return FLONG_OK;
}

/* ---- match ------------------------------------------------------------------------------- */

/* Hands the batch's bodies to the cache, and reads those of older candidates. */
static flong_status bodies_gather(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n; i++) {
        text_body *body = b->items[i].body;
        b->items[i].body = NULL;
        if (!texts_put(b->index->texts, b->items[i].no, body)) return error_nomem(error);
        b->items[i].body = body;
    }
    size_t total = 0;
    for (size_t i = 0; i < b->n; i++) total += b->items[i].n_candidates;
    uint64_t *wanted = arena_alloc(&b->memory, total, sizeof *wanted);
    uint64_t *scratch = arena_alloc(&b->memory, total, sizeof *scratch);
    if (!wanted || !scratch) return error_nomem(error);
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        for (size_t c = 0; c < b->items[i].n_candidates; c++)
            if (!texts_peek(b->index->texts, b->items[i].candidates[c].other))
                wanted[n++] = b->items[i].candidates[c].other;
    sort_u64(wanted, scratch, n, 0, 8);
    return texts_fetch(b->index->texts, b->index->bodies, b->threads, b->workers, wanted, n, error);
}

static int scored_compare(const void *a, const void *b) {
    const scored *x = a, *y = b;
    return x->other < y->other ? -1 : x->other > y->other;
}

const scored *item_scored(const batch_item *item, uint64_t other) {
    const scored wanted = {.other = other};
    if (item->n_candidates == 0) return NULL;
    return bsearch(&wanted, item->scores, item->n_candidates, sizeof wanted, scored_compare);
}

/* Keeps the spans of the pair compared last. */
static bool spans_keep(worker *w, scored *s, const text_body *other) {
    span spans[SPANS_MOST];
    size_t n = verify_characters(&w->verifier, spans, other);
    s->spans = arena_alloc(&w->memory, n, SPAN_BYTES);
    if (!s->spans) return false;
    s->n_spans_bytes = spans_pack(s->spans, spans, n, true);
    return true;
}

static bool candidate_verify(worker *w, scored *s, uint64_t other, const text_body *body) {
    *s = (scored){.other = other};
    return verify_pair(&w->verifier, &s->score, body, w->params) &&
           (s->score.relation == FLONG_RELATION_NONE || spans_keep(w, s, body));
}

/* Compares with one candidate while the next ones' bodies are on their way from memory. */
static bool candidates_verify(const batch *b, worker *w, batch_item *item) {
    enum { AHEAD = 2 };
    size_t n = item->n_candidates;
    const text_body **others = arena_alloc(&w->memory, n, sizeof *others);
    if (!others || !verify_against(&w->verifier, item->body)) return false;
    for (size_t c = 0; c < n; c++) others[c] = texts_peek(b->index->texts, item->candidates[c].other);
    for (size_t c = 0; c < n && c < AHEAD; c++) verify_prefetch(others[c]);
    for (size_t c = 0; c < n; c++) {
        if (c + AHEAD < n) verify_prefetch(others[c + AHEAD]);
        if (!candidate_verify(w, &item->scores[c], item->candidates[c].other, others[c])) return false;
    }
    return true;
}

static void item_verify(void *context, size_t i, unsigned thread) {
    batch *b = context;
    worker *w = worker_of(b, thread);
    batch_item *item = &b->items[i];
    if (item->n_candidates == 0) return;
    item->scores = arena_alloc(&w->memory, item->n_candidates, sizeof *item->scores);
    item->failed = !item->scores || !candidates_verify(b, w, item);
    if (!item->failed) qsort(item->scores, item->n_candidates, sizeof *item->scores, scored_compare);
}

static flong_status bodies_write(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n; i++)
        TRY(body_add(b->index->store, b->items[i].no, &b->items[i].packed, error));
    return FLONG_OK;
}

/* While texts are compared, this thread, which alone may write, writes them. */
static flong_status batch_verify(batch *b, flong_error *error) {
    pool_begin(b->threads, b->n, item_verify, b);
    flong_status written = bodies_write(b, error);
    pool_end(b->threads);
    TRY(written);
    return items_good(b, 0, error);
}

/* Scores on behalf of grouping: those just verified are at hand. */
typedef struct group_scoring {
    flong_index *index;
    const batch_item *item;
} group_scoring;

static flong_status group_score(void *context, flong_score *out, uint64_t a, uint64_t b, flong_error *error) {
    const group_scoring *at = context;
    const scored *known = a == at->item->no ? item_scored(at->item, b) : NULL;
    if (!known) return score_articles(at->index, out, a, b, error);
    *out = known->score;
    return FLONG_OK;
}

static int better_first(const void *a, const void *b) {
    const scored *const *x = a, *const *y = b;
    int order = score_compare(&(*x)->score, &(*y)->score);
    return order ? order : scored_compare(*x, *y);
}

/* The earlier articles of one text with this one, best first. */
static size_t partners_find(const batch_item *item, const scored **sorted, uint64_t *partners) {
    size_t n = 0;
    for (size_t i = 0; i < item->n_candidates; i++) {
        flong_relation relation = item->scores[i].score.relation;
        if (relation == FLONG_RELATION_IDENTICAL || relation == FLONG_RELATION_REPRINT)
            sorted[n++] = &item->scores[i];
    }
    qsort(sorted, n, sizeof *sorted, better_first);
    for (size_t i = 0; i < n; i++) partners[i] = sorted[i]->other;
    return n;
}

static flong_status batch_group(batch *b, flong_error *error) {
    uint32_t most = store_params(b->index->store)->max_candidates;
    const scored **sorted = arena_alloc(&b->memory, most, sizeof *sorted);
    uint64_t *partners = arena_alloc(&b->memory, most, sizeof *partners);
    if (!sorted || !partners) return error_nomem(error);
    for (size_t i = 0; i < b->n; i++) {
        group_scoring at = {b->index, &b->items[i]};
        size_t n = partners_find(&b->items[i], sorted, partners);
        TRY(grouping_place(b->index->grouping, b->items[i].no, partners, n, group_score, &at, error));
    }
    return FLONG_OK;
}

/* ---- writing ----------------------------------------------------------------------------- */

static flong_status item_write(batch *b, const batch_item *item, flong_error *error) {
    article_row row = {.no = item->no,
                       .record = item->record,
                       .tokens = item->article.n_left,
                       .all_tokens = (uint32_t)item->article.tokens.n,
                       .furniture = item->article.n_furniture,
                       .wire = {agency_name(item->credit.agency), item->credit.credit, item->credit.place},
                       .stub = item->article.stub};
    TRY(grouping_of(b->index->grouping, &row.text_no, item->no, error));
    TRY(article_add(b->index->store, &row, error));
    for (size_t i = 0; i < item->n_candidates; i++) {
        if (item->scores[i].score.relation == FLONG_RELATION_NONE) continue;
        pair_row pair = {.a = item->scores[i].other,
                         .b = item->no,
                         .score = score_flip(item->scores[i].score),
                         .spans = item->scores[i].spans,
                         .n_spans_bytes = item->scores[i].n_spans_bytes};
        TRY(pair_add(b->index->store, &pair, error));
        b->pairs++;
    }
    return FLONG_OK;
}

flong_status batch_rows_write(batch *b, flong_error *error) {
    for (size_t i = 0; i < b->n; i++) TRY(item_write(b, &b->items[i], error));
    return FLONG_OK;
}

/* The batch's keys and those of its stories, which lie between the kinds of the others. */
static flong_status keys_unite(batch *b, entry_list *out, entry_list keys, flong_error *error) {
    const story_keying *k = &b->story_keys;
    size_t meeting = keys_meeting(keys).n;
    uint64_t *all = arena_alloc(&b->memory, keys.n + k->n_own + k->n_far, sizeof *all);
    if (!all) return error_nomem(error);
    const entry_list parts[] = {{keys.entries, meeting, keys.base},
                                {k->own, k->n_own, k->base},
                                {k->far, k->n_far, k->base},
                                {keys.entries + meeting, keys.n - meeting, keys.base}};
    *out = (entry_list){.entries = all, .base = keys.base};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (size_t j = 0; j < parts[i].n; j++)
            all[out->n++] = parts[i].entries[j] + (parts[i].base - keys.base);
    return FLONG_OK;
}

static flong_status batch_write(batch *b, entry_list keys, flong_error *error) {
    entry_list all;
    TRY(grouping_write(b->index->grouping, error)); /* the stories needed what changed */
    TRY(batch_tell_write(b, error));
    TRY(keys_unite(b, &all, keys, error));
    if (all.n > 0) TRY(runs_add(b->index->runs, all, b->items[b->n - 1].no, error));
    return store_set_number(b->index->store, "hot", b->index->hot, error);
}

flong_status batch_process(batch *b, flong_error *error) {
    entry_list keys = {0};
    TRY(batch_replace(b, error));
    TRY(batch_learn(b, error));
    TRY(batch_train(b, error));
    TRY(stage_run(b, item_sketch, error));
    TRY(keys_gather(b, &keys, error));
    TRY(batch_meet(b, keys_meeting(keys), error));
    TRY(bodies_gather(b, error));
    TRY(batch_verify(b, error));
    TRY(batch_group(b, error));
    TRY(batch_tell(b, error));
    return batch_write(b, keys, error);
}
