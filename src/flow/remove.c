#include "flow/remove.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/str.h"
#include "flow/commit.h"
#include "flow/relate.h"
#include "flow/source.h"
#include "flow/view.h"
#include "index/places.h"

flong_status score_articles(void *context, flong_score *out, uint64_t a, uint64_t b, flong_error *error) {
    flong_index *index = context;
    const text_body *body_a, *body_b;
    TRY(texts_get(index->texts, &body_a, index->bodies, &index->worker, a, error));
    TRY(texts_get(index->texts, &body_b, index->bodies, &index->worker, b, error));
    verifier *v = &index->worker.verifier;
    bool done = verify_against(v, body_a) && verify_overlap(v, out, body_b, store_params(index->store));
    return done ? FLONG_OK : error_nomem(error);
}

/* The members of a group that is put together again, and the earlier partners of one of them. */
typedef struct regrouping {
    const uint64_t *members; /* ascending */
    size_t n_members;
    uint64_t *partners;
    size_t n_partners, capacity;
} regrouping;

static int number_compare(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

static flong_status partner_take(void *context, const pair_row *pair, flong_error *error) {
    regrouping *all = context;
    bool one_text =
        pair->score.relation == FLONG_RELATION_IDENTICAL || pair->score.relation == FLONG_RELATION_REPRINT;
    if (!one_text || !bsearch(&pair->a, all->members, all->n_members, sizeof *all->members, number_compare))
        return FLONG_OK;
    if (!ARRAY_GROW(all->partners, all->n_partners, all->capacity)) return error_nomem(error);
    all->partners[all->n_partners++] = pair->a;
    return FLONG_OK;
}

/* Places the members one after the other, as when they arrived, and writes where they are now. */
static flong_status members_place(flong_index *index, regrouping *all, uint64_t text_no, flong_error *error) {
    for (size_t i = 0; i < all->n_members; i++) TRY(grouping_forget(index->grouping, all->members[i], error));
    for (size_t i = 0; i < all->n_members; i++) {
        all->n_partners = 0;
        TRY(pair_each_earlier(index->store, all->members[i], partner_take, all, error));
        TRY(grouping_place(index->grouping, all->members[i], all->partners, all->n_partners, score_articles,
                           index, error));
    }
    for (size_t i = 0; i < all->n_members; i++) {
        uint64_t now;
        TRY(grouping_of(index->grouping, &now, all->members[i], error));
        TRY(article_place(index->store, all->members[i], now, error));
        if (now == all->members[i] && now != text_no)
            TRY(event_add(index->store, "split", now, text_no, all->members[0], error));
    }
    return grouping_write(index->grouping, error);
}

/* Appends the keys by which an article that was sketched is found. */
static flong_status keys_append(buffer *keys, arena *memory, uint64_t no, const sketch *made,
                                flong_error *error) {
    story_keying k;
    if (!story_keying_init(&k, memory, 1)) return error_nomem(error);
    story_key_set made_keys;
    story_keys_make(&made_keys, &made->story, made->mark.published);
    story_keying_add(&k, no, &made_keys);
    for (size_t i = 0; i < k.n_own + k.n_far; i++) {
        keyed entry = {entry_key(i < k.n_own ? k.own[i] : k.far[i - k.n_own]), no};
        if (!buffer_append(keys, &entry, sizeof entry)) return error_nomem(error);
    }
    return FLONG_OK;
}

static int keyed_compare(const void *a, const void *b) {
    const keyed *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* The keys of articles [base, base + KEY_PLACES) as entries, from all keys in order; and the last such article. */
static entry_list keys_reach(uint64_t *out, uint64_t *last, const keyed *keys, size_t n, uint64_t base) {
    entry_list list = {.entries = out, .base = base};
    *last = base;
    for (size_t i = 0; i < n; i++) {
        if (keys[i].value < base || keys[i].value - base >= KEY_PLACES) continue;
        uint64_t entry = keys[i].key | (keys[i].value - base);
        if (keys[i].value > *last) *last = keys[i].value;
        if (list.n == 0 || out[list.n - 1] != entry) out[list.n++] = entry;
    }
    return list;
}

/* The least article that has a key and is at least `from`; UINT64_MAX: none. */
static uint64_t article_from(const keyed *keys, size_t n, uint64_t from) {
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < n; i++)
        if (keys[i].value >= from && keys[i].value < least) least = keys[i].value;
    return least;
}

/* Stores keys of older articles as a run; as several, where those lie too far apart for one. */
static flong_status keys_write(flong_index *index, const buffer *keys, flong_error *error) {
    keyed *all = (keyed *)(void *)keys->p;
    size_t n = keys->n / sizeof *all;
    if (n == 0) return FLONG_OK;
    uint64_t *entries = mem_new(n, sizeof *entries), base = 0;
    if (!entries) return error_nomem(error);
    qsort(all, n, sizeof *all, keyed_compare);
    flong_status status = FLONG_OK;
    while (status == FLONG_OK && (base = article_from(all, n, base)) != UINT64_MAX) {
        uint64_t last;
        entry_list list = keys_reach(entries, &last, all, n, base);
        status = runs_add(index->runs, list, last, error);
        base += KEY_PLACES;
    }
    mem_free(entries);
    return status;
}

/* Sketches an article that begins a text group now and did not before, and appends its keys. */
static flong_status first_sketch(flong_index *index, uint64_t no, buffer *keys, flong_error *error) {
    article_view view = {0};
    article_row row;
    const sketch *there;
    const text_body *body;
    bool found;
    TRY(sketches_get(index->sketches, &there, no, error));
    if (there) return FLONG_OK;
    flong_status status = view_load(&view, index, no, error);
    worker *w = &view.worker;
    if (status == FLONG_OK) status = texts_get(index->texts, &body, index->bodies, &index->worker, no, error);
    if (status == FLONG_OK) status = article_get(index->store, &row, &found, no, error);
    if (status == FLONG_OK && relate_wanted(&view.article, w->params)) {
        sketch *made = mem_new(1, sizeof *made);
        if (!made || !terms_read(&w->terms, &view.article)) {
            mem_free(made);
            status = error_nomem(error);
        } else {
            relate_sketch(made, w->terms.terms, w->terms.n, body, row.record.published, index->rates);
            status = sketches_put(index->sketches, no, made)
                         ? sketches_write(index->sketches, no, made, error)
                         : error_nomem(error);
            if (status == FLONG_OK) status = keys_append(keys, &w->memory, no, made, error);
        }
    }
    view_free(&view);
    return status;
}

/* A text group that lost articles, and the members that stay. */
typedef struct dissolved {
    uint64_t text_no;
    buffer members; /* uint64_t, ascending */
} dissolved;

static size_t members_of(const dissolved *d, const uint64_t **members) {
    *members = (const uint64_t *)(const void *)d->members.p;
    return d->members.n / sizeof **members;
}

/* Puts a dissolved text group together again from the members that stay. */
static flong_status regroup(flong_index *index, dissolved *d, flong_error *error) {
    regrouping all = {0};
    TRY(article_members(index->store, &d->members, d->text_no, error));
    all.n_members = members_of(d, &all.members);
    flong_status status = all.n_members ? members_place(index, &all, d->text_no, error) : FLONG_OK;
    mem_free(all.partners);
    return status;
}

/* Places a text group, given one that may tell the same. */
static flong_status place_beside(flong_index *index, uint64_t text_no, uint64_t heir, flong_error *error) {
    storying_candidate beside = {.text_no = heir};
    storying_scores scores = relate_scores(index);
    TRY(relate_groups(index, &beside.similarity, text_no, heir, error));
    return storying_place(index->storying, &(storying_newcomer){text_no, &beside, 1}, &scores, error);
}

/* Of what a dissolved text group became, the oldest text group takes its place in its story; with `rest` the
 * others are placed beside that. Appends the keys of those that are new. */
static flong_status retell(flong_index *index, const dissolved *d, bool rest, buffer *keys,
                           flong_error *error) {
    const uint64_t *members;
    size_t n = members_of(d, &members);
    uint64_t heir = UINT64_MAX, now;
    for (size_t i = 0; i < n; i++) {
        TRY(grouping_of(index->grouping, &now, members[i], error));
        if (now != members[i]) continue;
        if (!rest) TRY(first_sketch(index, now, keys, error));
        if (heir != UINT64_MAX && rest) TRY(place_beside(index, now, heir, error));
        if (heir == UINT64_MAX) heir = now;
    }
    if (rest || heir == d->text_no) return FLONG_OK;
    return heir == UINT64_MAX ? storying_forget(index->storying, d->text_no, error)
                              : storying_rename(index->storying, d->text_no, heir, error);
}

/* Text groups first, then what stands in whose place, then the stories: each needs all of what comes before. */
static flong_status all_regroup(flong_index *index, dissolved *all, size_t n, flong_error *error) {
    for (size_t i = 0; i < n; i++) TRY(regroup(index, &all[i], error));
    flong_status status = FLONG_OK;
    buffer keys = {0};
    for (size_t i = 0; i < n && status == FLONG_OK; i++) status = retell(index, &all[i], false, &keys, error);
    if (status == FLONG_OK) status = keys_write(index, &keys, error);
    buffer_free(&keys);
    TRY(status);
    for (size_t i = 0; i < n; i++) TRY(retell(index, &all[i], true, NULL, error));
    storying_scores scores = relate_scores(index);
    TRY(storying_settle(index->storying, &scores, error));
    return storying_write(index->storying, error);
}

/* The text groups of the articles, ascending, each once, in a new array. */
static flong_status groups_find(flong_index *index, uint64_t **groups, size_t *n_groups,
                                const uint64_t *numbers, size_t n, flong_error *error) {
    uint64_t *found = mem_new(n, sizeof *found);
    if (!found) return error_nomem(error);
    flong_status status = FLONG_OK;
    for (size_t i = 0; i < n && status == FLONG_OK; i++)
        status = grouping_of(index->grouping, &found[i], numbers[i], error);
    if (status != FLONG_OK) {
        mem_free(found);
        return status;
    }
    qsort(found, n, sizeof *found, number_compare);
    *n_groups = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || found[i] != found[i - 1]) found[(*n_groups)++] = found[i];
    *groups = found;
    return FLONG_OK;
}

static flong_status article_forget(flong_index *index, uint64_t no, flong_error *error) {
    if (index_gone(index, no)) return FLONG_OK; /* named twice */
    if (!store_is_temporary(index->store)) TRY(places_touch_removed(index->store, no, error));
    TRY(article_delete(index->store, no, error));
    TRY(index_mark_gone(index, no, error));
    return grouping_forget(index->grouping, no, error);
}

flong_status remove_articles(flong_index *index, const uint64_t *numbers, size_t n, flong_error *error) {
    uint64_t *groups = NULL;
    size_t n_groups = 0;
    TRY(groups_find(index, &groups, &n_groups, numbers, n, error));
    dissolved *all = mem_new(n_groups, sizeof *all);
    flong_status status = all ? FLONG_OK : error_nomem(error);
    for (size_t i = 0; i < n_groups && status == FLONG_OK; i++) {
        all[i].text_no = groups[i];
        status = grouping_dissolve(index->grouping, groups[i], error);
    }
    for (size_t i = 0; i < n && status == FLONG_OK; i++) status = article_forget(index, numbers[i], error);
    if (status == FLONG_OK) status = all_regroup(index, all, n_groups, error);
    for (size_t i = 0; all && i < n_groups; i++) buffer_free(&all[i].members);
    mem_free(all);
    mem_free(groups);
    return status;
}

/* ---- by id ------------------------------------------------------------------------------- */

static int id_compare(const void *a, const void *b) {
    const flong_str *x = a, *y = b;
    int order = memcmp(x->p ? x->p : "", y->p ? y->p : "", x->n < y->n ? x->n : y->n);
    return order ? order : x->n < y->n ? -1 : x->n > y->n;
}

/* The ids sorted, each once, in the batch's memory; NULL when there is none. */
static flong_str *ids_sort(batch *b, const flong_str *ids, size_t *n) {
    flong_str *sorted = arena_alloc(&b->memory, *n, sizeof *sorted);
    if (!sorted) return NULL;
    for (size_t i = 0; i < *n; i++) sorted[i] = ids[i];
    qsort(sorted, *n, sizeof *sorted, id_compare);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (kept == 0 || id_compare(&sorted[i], &sorted[kept - 1]) != 0) sorted[kept++] = sorted[i];
    *n = kept;
    return sorted;
}

/* Lets go of the articles of the open batch that have one of the ids; marks those ids as found. */
static void batch_drop(batch *b, const flong_str *ids, bool *found, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++) {
        const flong_str *id = bsearch(&b->items[i].record.id, ids, n, sizeof *ids, id_compare);
        if (id) {
            found[id - ids] = true;
            continue;
        }
        batch_item moved = b->items[kept];
        b->items[kept++] = b->items[i];
        b->items[i] = moved;
    }
    b->n = b->n_numbered = kept;
}

static flong_status remove_all(standing *s, batch *b, size_t *removed, const flong_str *ids, size_t n,
                               flong_error *error) {
    uint64_t held;
    TRY(commit_begin(s, b, error));
    TRY(source_begin(s->index->store, &held, (flong_str){0}, s->next,
                     error)); /* it is no source's any more */
    const flong_str *sorted = ids_sort(b, ids, &n);
    uint64_t *numbers = arena_alloc(&b->memory, n, sizeof *numbers);
    bool *found = arena_alloc(&b->memory, n, sizeof *found);
    if (!sorted || !numbers || !found) return error_nomem(error);
    size_t n_numbers = 0, n_found = 0;
    for (size_t i = 0; i < n; i++) {
        TRY(index_lookup(s->index, &numbers[n_numbers], &found[i], sorted[i], error));
        n_numbers += found[i];
    }
    TRY(remove_articles(s->index, numbers, n_numbers, error));
    TRY(runs_settle(s->index->runs, index_gone, s->index, error)); /* each call may add a small run */
    batch_drop(b, sorted, found, n);
    TRY(commit_batch(s, b, error));
    for (size_t i = 0; i < n; i++) n_found += found[i];
    if (removed) *removed = n_found;
    return FLONG_OK;
}

flong_status flong_index_remove(flong_index *index, size_t *removed, const flong_str *ids, size_t n,
                                flong_error *error) {
    standing s = {.index = index};
    batch b = {0};
    flong_status status = index_writable(index, error);
    if (status != FLONG_OK) return status;
    status = batch_init(&b, index, 0, error);
    if (status == FLONG_OK) status = remove_all(&s, &b, removed, ids, n, error);
    batch_free(&b);
    return commit_end(index, status, error);
}
