#include "input/feed.h"

#include "base/error.h"
#include "base/str.h"

/* A block for each thread would do, but items differ in what they take. */
enum { BLOCKS_PER_THREAD = 4 };

/* ---- readers ----------------------------------------------------------------------------- */

static void worker_free(feed_worker *w) {
    for (size_t i = 0; w->readers && i < n_formats; i++)
        if (w->readers[i]) formats[i].reader_free(w->readers[i]);
    mem_free(w->readers);
    arena_free(&w->memory);
}

/* Its reader for the format, which it makes when it meets the first item of it; NULL for formats that need none. */
static flong_status worker_reader(feed_worker *w, void **out, const format *of, const reader_options *options,
                                  flong_error *error) {
    void **reader = &w->readers[of - formats];
    if (!*reader && of->reader_new) TRY(of->reader_new(reader, options, error));
    *out = *reader;
    return FLONG_OK;
}

static flong_status item_read(feed *self, feed_worker *w, const item *it, outcome *out, flong_error *error) {
    const format *of = it->file->format;
    void *reader;
    TRY(worker_reader(w, &reader, of, &self->options, error));
    return of->read(reader, out, it, (flong_str){feed_bytes(self, it), it->n}, error);
}

/* ---- several threads --------------------------------------------------------------------- */

static bool text_keep(arena *memory, const char **text) {
    if (!*text) return true;
    const char *copy = arena_copy(memory, *text, strlen(*text) + 1);
    *text = copy;
    return copy;
}

static bool outcome_keep(arena *memory, outcome *out) {
    flong_record *r = &out->record;
    if (out->kind != OUTCOME_RECORD) return text_keep(memory, &out->why);
    return str_copy(memory, &r->id, r->id) && str_copy(memory, &r->url, r->url) &&
           str_copy(memory, &r->site, r->site) && str_copy(memory, &r->title, r->title) &&
           str_copy(memory, &r->text, r->text) && str_copy(memory, &r->author, r->author) &&
           str_copy(memory, &r->lang, r->lang);
}

static void item_work(void *context, size_t i, unsigned thread) {
    feed *self = context;
    feed_worker *w = &self->workers[thread];
    const item *it = &self->now->items[i];
    outcome *out = &self->outcomes[i];
    if (it->fault || w->status != FLONG_OK) return;
    w->status = item_read(self, w, it, out, NULL);
    if (w->status == FLONG_OK && !outcome_keep(&w->memory, out)) w->status = FLONG_NOMEM;
}

static flong_status block_read(feed *self, flong_error *error) {
    block *b = self->now;
    for (unsigned i = 0; i < self->n_workers; i++) arena_reset(&self->workers[i].memory);
    self->outcomes = arena_alloc(&b->memory, b->n, sizeof *self->outcomes);
    if (!self->outcomes) return error_nomem(error);
    pool_run(self->pool, b->n, item_work, self);
    for (unsigned i = 0; i < self->n_workers; i++)
        if (self->workers[i].status != FLONG_OK) return error_nomem(error);
    return FLONG_OK;
}

static void cut_ahead(void *context) {
    feed *self = context;
    block_reset(self->next);
    self->status = shards_cut(self->shards, self->next, &self->error);
}

/* ---- blocks ------------------------------------------------------------------------------ */

static flong_status block_take_ahead(feed *self, flong_error *error) {
    if (!self->next) { /* the first one */
        self->next = &self->blocks[0];
        errand_begin(self->ahead, cut_ahead, self);
    }
    errand_wait(self->ahead);
    if (self->status != FLONG_OK) {
        if (error) *error = self->error;
        return self->status;
    }
    self->now = self->next;
    self->next = &self->blocks[self->now == &self->blocks[0]];
    if (self->now->n) errand_begin(self->ahead, cut_ahead, self);
    return FLONG_OK;
}

static flong_status block_next(feed *self, flong_error *error) {
    self->i = 0;
    if (self->ahead) {
        TRY(block_take_ahead(self, error));
    } else {
        self->now = &self->blocks[0];
        block_reset(self->now);
        TRY(shards_cut(self->shards, self->now, error));
    }
    return self->pool && self->now->n ? block_read(self, error) : FLONG_OK;
}

flong_status feed_next(feed *self, const item **it, const outcome **out, flong_error *error) {
    if (!self->now || (self->i == self->now->n && self->now->n)) TRY(block_next(self, error));
    *it = NULL, *out = NULL;
    if (self->i == self->now->n) return FLONG_OK;
    const item *next = &self->now->items[self->i++];
    if (!next->fault) {
        if (!self->pool) TRY(item_read(self, &self->workers[0], next, &self->single, error));
        *out = self->pool ? &self->outcomes[self->i - 1] : &self->single;
    }
    *it = next;
    return FLONG_OK;
}

char *feed_bytes(const feed *self, const item *it) { return self->now->bytes.p + it->at; }

/* ---- opening ----------------------------------------------------------------------------- */

flong_status feed_init(feed *self, shards *from, const reader_options *options, unsigned threads, bool ahead,
                       flong_error *error) {
    void *first;
    self->shards = from;
    self->options = *options;
    self->pool = threads > 1 ? pool_new(threads) : NULL; /* without it, it goes slower */
    self->n_workers = self->pool ? pool_size(self->pool) : 1;
    self->workers = mem_new(self->n_workers, sizeof *self->workers);
    if (!self->workers) return error_nomem(error);
    for (unsigned i = 0; i < self->n_workers; i++)
        if (!(self->workers[i].readers = mem_new(n_formats, sizeof(void *)))) return error_nomem(error);
    for (int i = 0; i < 2; i++)
        self->blocks[i].most =
            self->pool ? (size_t)BLOCK_BYTES * BLOCKS_PER_THREAD * self->n_workers : BLOCK_BYTES;
    if (self->pool && ahead) self->ahead = errand_new();
    return worker_reader(&self->workers[0], &first, &formats[0], options, error);
}

void feed_free(feed *self) {
    errand_free(self->ahead);
    pool_free(self->pool);
    for (unsigned i = 0; self->workers && i < self->n_workers; i++) worker_free(&self->workers[i]);
    mem_free(self->workers);
    for (int i = 0; i < 2; i++) block_free(&self->blocks[i]);
}
