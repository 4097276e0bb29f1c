#include "flow/texts.h"

#include <inttypes.h>

#include "base/str.h"
#include "flow/cache.h"

struct texts {
    store *store;
    cache *bodies;
};

static size_t size_of(const void *body) { return text_body_size(body); }

texts *texts_new(store *s) {
    texts *t = mem_new(1, sizeof *t);
    if (!t) return NULL;
    *t = (texts){.store = s, .bodies = cache_new(size_of)};
    if (t->bodies) return t;
    mem_free(t);
    return NULL;
}

void texts_free(texts *t) {
    if (!t) return;
    cache_free(t->bodies);
    mem_free(t);
}

void texts_clear(texts *t) { cache_clear(t->bodies); }
const text_body *texts_peek(const texts *t, uint64_t no) { return cache_peek(t->bodies, no); }
bool texts_put(texts *t, uint64_t no, text_body *body) { return cache_put(t->bodies, no, body); }
void texts_limit(texts *t, size_t budget) { cache_limit(t->bodies, budget); }
void texts_trim(texts *t) { cache_trim(t->bodies); }

/* ---- from the store ---------------------------------------------------------------------- */

/* A stored article, as read; and the body made of it. */
typedef struct fetch {
    uint64_t no;
    whole_body stored;
    text_body *body;
    flong_status status;
} fetch;

/* What a fetch borrowed, as a copy. */
static bool fetch_copy(fetch *f, arena *memory) {
    whole_body *s = &f->stored;
    s->packed.text = arena_copy(memory, s->packed.text, s->packed.n_text);
    s->packed.dropped = arena_copy(memory, s->packed.dropped, s->packed.n_dropped);
    return s->packed.text && s->packed.dropped && str_copy(memory, &s->title, s->title) &&
           str_copy(memory, &s->site, s->site) && str_copy(memory, &s->url, s->url);
}

static void fetch_make(fetch *f, const bodies *b, worker *w) {
    shingled counts;
    flong_record record = {.title = f->stored.title, .site = f->stored.site, .url = f->stored.url};
    if (!worker_reread(w, &w->article, NULL, &record.text, b, &f->stored.packed, record.title)) {
        f->status = worker_failure(w, "", f->no, NULL);
        return;
    }
    if (worker_shingle(w, &counts, &w->article)) f->body = worker_body(w, &w->article, counts, &record);
    if (!f->body) f->status = FLONG_NOMEM;
}

/* Hands the bodies made over to the cache. */
static flong_status fetches_keep(texts *t, fetch *fetches, size_t n, flong_error *error) {
    flong_status status = FLONG_OK;
    for (size_t i = 0; i < n; i++) {
        flong_status one = fetches[i].status;
        if (one == FLONG_OK && !texts_put(t, fetches[i].no, fetches[i].body)) one = FLONG_NOMEM;
        if (status != FLONG_OK || one == FLONG_OK) continue;
        status = one == FLONG_NOMEM
                     ? error_nomem(error)
                     : error_set(error, FLONG_DAMAGED,
                                 "%s: the text of article %" PRIu64 " is damaged; make the index anew",
                                 store_path(t->store), fetches[i].no);
    }
    return status;
}

typedef struct fetching {
    fetch *fetches;
    const bodies *bodies;
    worker *workers;
} fetching;

static void fetch_work(void *context, size_t item, unsigned thread) {
    fetching *all = context;
    fetch_make(&all->fetches[item], all->bodies, &all->workers[thread]);
}

flong_status texts_fetch(texts *t, const bodies *b, pool *threads, worker *workers, const uint64_t *numbers,
                         size_t n, flong_error *error) {
    arena memory = {0};
    fetch *fetches = arena_alloc(&memory, n, sizeof *fetches);
    if (!fetches) return error_nomem(error);
    size_t missing = 0;
    flong_status status = FLONG_OK;
    for (size_t i = 0; i < n && status == FLONG_OK; i++) {
        if (texts_peek(t, numbers[i]) || (i > 0 && numbers[i] == numbers[i - 1])) continue;
        fetches[missing] = (fetch){.no = numbers[i]};
        fetch *f = &fetches[missing++];
        status = body_whole(t->store, &f->stored, f->no, error);
        if (status == FLONG_OK && !fetch_copy(f, &memory)) status = error_nomem(error);
    }
    body_whole_end(t->store);
    if (status == FLONG_OK) {
        fetching all = {fetches, b, workers};
        pool_run(threads, missing, fetch_work, &all);
        status = fetches_keep(t, fetches, missing, error);
    }
    arena_free(&memory);
    return status;
}

flong_status texts_get(texts *t, const text_body **out, const bodies *b, worker *w, uint64_t no,
                       flong_error *error) {
    *out = texts_peek(t, no);
    if (*out) return FLONG_OK;
    fetch one = {.no = no};
    flong_status status = body_whole(t->store, &one.stored, no, error);
    if (status == FLONG_OK) fetch_make(&one, b, w);
    body_whole_end(t->store);
    TRY(status);
    TRY(fetches_keep(t, &one, 1, error));
    *out = texts_peek(t, no);
    return FLONG_OK;
}
