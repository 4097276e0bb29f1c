/* Records whose id is there already: within the batch, and in the index. */
#include <string.h>

#include "base/sort.h"
#include "base/str.h"
#include "flow/batch.h"
#include "flow/remove.h"

/* Takes marked items out, in order; the memory of their articles moves to the end. */
static void items_compact(batch *b, const bool *superseded) {
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (superseded[i]) continue;
        batch_item moved = b->items[kept];
        b->items[kept] = b->items[i];
        b->items[i] = moved;
        kept++;
    }
    b->n = kept;
}

/* Marks every record that a later one of the same id follows. `ids` are sorted by key, then item. */
static void superseded_mark(const batch *b, const keyed *ids, bool *superseded) {
    for (size_t i = 0; i < b->n; i++)
        for (size_t j = i + 1; j < b->n && ids[j].key == ids[i].key; j++)
            if (str_equal(b->items[ids[i].value].record.id, b->items[ids[j].value].record.id))
                superseded[ids[i].value] = true;
}

/* Articles of the index with the key of an id of the batch. */
typedef struct id_hits {
    const batch *batch;
    const keyed *ids; /* distinct keys */
    keyed *hits;      /* place of the key, article */
    size_t n, capacity;
    bool out_of_memory;
} id_hits;

static void id_hit(void *context, size_t place, uint64_t no) {
    id_hits *all = context;
    if (index_gone(all->batch->index, no)) return;
    if (ARRAY_GROW(all->hits, all->n, all->capacity))
        all->hits[all->n++] = (keyed){place, no};
    else
        all->out_of_memory = true;
}

/* Keeps the articles whose id is really the same; returns their numbers in `numbers`. */
static flong_status hits_confirm(const id_hits *all, uint64_t *numbers, size_t *n, flong_error *error) {
    *n = 0;
    for (size_t i = 0; i < all->n; i++) {
        article_row row;
        bool found;
        TRY(article_get(all->batch->index->store, &row, &found, all->hits[i].value, error));
        flong_str id = all->batch->items[all->ids[all->hits[i].key].value].record.id;
        if (found && str_equal(row.record.id, id)) numbers[(*n)++] = row.no;
    }
    return FLONG_OK;
}

static flong_status index_replace(batch *b, const keyed *ids, flong_error *error) {
    uint64_t *keys = arena_alloc(&b->memory, b->n, sizeof *keys);
    keyed *distinct = arena_alloc(&b->memory, b->n, sizeof *distinct);
    if (!keys || !distinct) return error_nomem(error);
    size_t n_keys = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (n_keys && ids[i].key == keys[n_keys - 1]) continue; /* one id, or two with one key of 62 bits */
        distinct[n_keys] = ids[i];
        keys[n_keys++] = ids[i].key;
    }
    id_hits all = {.batch = b, .ids = distinct};
    flong_status status = runs_find(b->index->runs, keys, n_keys, id_hit, &all, error);
    if (status == FLONG_OK && all.out_of_memory) status = error_nomem(error);
    uint64_t *numbers = arena_alloc(&b->memory, all.n, sizeof *numbers);
    size_t n = 0;
    if (status == FLONG_OK) status = numbers ? hits_confirm(&all, numbers, &n, error) : error_nomem(error);
    mem_free(all.hits);
    return status == FLONG_OK && n ? remove_articles(b->index, numbers, n, error) : status;
}

/* Sorts the batch's ids by key, then item. */
static keyed *ids_sort(batch *b) {
    keyed *ids = arena_alloc(&b->memory, b->n, sizeof *ids),
          *scratch = arena_alloc(&b->memory, b->n, sizeof *ids);
    if (!ids || !scratch) return NULL;
    for (size_t i = 0; i < b->n; i++) ids[i] = (keyed){id_key(b->items[i].record.id), i};
    sort_keyed(ids, scratch, b->n);
    return ids;
}

flong_status batch_replace(batch *b, flong_error *error) {
    bool *superseded = arena_alloc(&b->memory, b->n, sizeof *superseded);
    keyed *ids = ids_sort(b);
    if (!superseded || !ids) return error_nomem(error);
    memset(superseded, 0, b->n * sizeof *superseded);
    superseded_mark(b, ids, superseded);
    items_compact(b, superseded);
    if (!(ids = ids_sort(b))) return error_nomem(error);
    return index_replace(b, ids, error);
}
