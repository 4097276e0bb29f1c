#include "flow/batch.h"

#include <string.h>

#include "base/str.h"
#include "input/site.h"

flong_status batch_init(batch *b, flong_index *index, unsigned threads, flong_error *error) {
    *b = (batch){.index = index};
    b->threads = pool_new(pool_threads(threads));
    if (!b->threads) return error_nomem(error);
    b->items = mem_new(BATCH_ITEMS, sizeof *b->items);
    b->workers = mem_new(pool_size(b->threads), sizeof *b->workers);
    if (!b->items || !b->workers) return error_nomem(error);
    for (unsigned i = 0; i < pool_size(b->threads); i++)
        if (!worker_init(&b->workers[i], store_params(index->store), index->lexicon))
            return error_nomem(error);
    return FLONG_OK;
}

/* Bodies that the cache did not take over. */
static void bodies_drop(batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        if (b->items[i].body && texts_peek(b->index->texts, b->items[i].no) != b->items[i].body)
            mem_free(b->items[i].body);
        b->items[i].body = NULL;
    }
}

void batch_free(batch *b) {
    if (b->items) bodies_drop(b);
    for (size_t i = 0; b->items && i < BATCH_ITEMS; i++) article_free(&b->items[i].article);
    for (unsigned i = 0; b->workers && i < pool_size(b->threads); i++) worker_free(&b->workers[i]);
    mem_free(b->items);
    mem_free(b->workers);
    pool_free(b->threads);
    arena_free(&b->memory);
    *b = (batch){0};
}

void batch_reset(batch *b) {
    bodies_drop(b);
    arena_reset(&b->memory);
    for (unsigned i = 0; i < pool_size(b->threads); i++) arena_reset(&b->workers[i].memory);
    b->n = 0;
    texts_trim(b->index->texts);
    sketches_trim(b->index->sketches);
}

bool batch_rotate(batch *b, size_t from) {
    size_t n_moved = b->n - from;
    batch_item *moved = arena_alloc(&b->memory, n_moved, sizeof *moved);
    if (!moved) return false;
    memcpy(moved, b->items + from, n_moved * sizeof *moved);
    memmove(b->items + n_moved, b->items, from * sizeof *moved);
    memcpy(b->items, moved, n_moved * sizeof *moved);
    return true;
}

bool batch_shift(batch *b, size_t all) {
    size_t gone = b->n;
    bodies_drop(b);
    b->n = all;
    if (!batch_rotate(b, gone)) return false;
    b->n = all - gone;
    return true;
}

flong_status batch_take(batch *b, const flong_record *record, flong_error *error) {
    batch_item *item = &b->items[b->n];
    article kept = item->article; /* its memory is used again */
    *item = (batch_item){.article = kept};
    flong_record *copy = &item->record;
    char host[SITE_HOST_MAX];
    if (!str_copy(&b->memory, &copy->id, record->id) || !str_copy(&b->memory, &copy->url, record->url) ||
        !str_copy(&b->memory, &copy->site, record_site(host, record)) ||
        !str_copy(&b->memory, &copy->title, record->title) ||
        !str_copy(&b->memory, &copy->text, record->text) ||
        !str_copy(&b->memory, &copy->author, record->author) ||
        !str_copy(&b->memory, &copy->lang, record->lang))
        return error_nomem(error);
    copy->published = record->published;
    b->n++;
    return FLONG_OK;
}
