/* An index made anew from the articles that it holds. The new one is built in a file beside the old one, and then
 * takes its place within one transaction: whoever reads meanwhile reads the old one, and what fails changes nothing. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/params.h"
#include "flow/index.h"

/* The articles of an index in order of arrival. */
typedef struct cursor {
    flong_index *index;
    uint64_t next; /* number of the next article, if there is one */
    arena memory;
} cursor;

static flong_status cursor_read(cursor *c, flong_record *out, bool *found, flong_error *error) {
    article_row row;
    packed_body packed;
    worker *w = &c->index->worker;
    arena_reset(&c->memory);
    TRY(article_next(c->index->store, &row, found, c->next, error));
    if (!*found) return FLONG_OK;
    TRY(body_get(c->index->store, &packed, &c->memory, row.no, error));
    if (!body_unpack(c->index->bodies, &w->packer, &row.record.text, &c->memory, &packed))
        return worker_failure(w, store_path(c->index->store), row.no, error);
    *out = row.record;
    c->next = row.no + 1;
    return FLONG_OK;
}

/* A flong_source_fn. */
static int cursor_source(void *context, flong_record *out, flong_error *error) {
    bool found;
    if (cursor_read(context, out, &found, error) != FLONG_OK) return -1;
    return found;
}

/* Adds all articles of `old` to a new index at `path`. */
static flong_status index_rebuild(flong_index *old, const char *path, const flong_params *params,
                                  const flong_add_options *options, flong_error *error) {
    flong_index *fresh;
    cursor c = {.index = old};
    TRY(flong_index_open(&fresh, path, FLONG_OPEN_WRITE, params, error));
    flong_status status = index_read_begin(old, error);
    if (status == FLONG_OK) {
        status = flong_index_add(fresh, cursor_source, &c, options, error);
        index_read_end(old);
    }
    arena_free(&c.memory);
    flong_index_close(fresh);
    return status;
}

/* Builds the new index at `beside` and lets it replace the old one. */
static flong_status index_renew(flong_index *old, const char *beside, const flong_params *params,
                                const flong_add_options *options, flong_error *error) {
    flong_params wanted;
    TRY(params_take(&wanted, params ? params : store_params(old->store), error));
    TRY(index_rebuild(old, beside, &wanted, options, error));
    return store_take(old->store, beside, old->version, error);
}

static const char *const leftovers[] = {"", "-wal", "-shm", "-journal"};

/* Deletes the file at `beside` and what SQLite may have put next to it. */
static void beside_clear(const char *beside) {
    char name[4200];
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
        if (snprintf(name, sizeof name, "%s%s", beside, leftovers[i]) < (int)sizeof name) unlink(name);
}

flong_status flong_index_regroup(const char *path, const flong_params *params,
                                 const flong_add_options *options, flong_error *error) {
    flong_index *old;
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.regroup", path) >= (int)sizeof beside)
        return error_set(error, FLONG_ARG, "%.200s...: the name is too long", path);
    TRY(flong_index_open(&old, path, FLONG_OPEN_READ, NULL, error)); /* it must be there */
    flong_index_close(old);
    TRY(flong_index_open(&old, path, FLONG_OPEN_WRITE, NULL, error));
    beside_clear(beside); /* of a call that was killed */
    flong_status status = index_renew(old, beside, params, options, error);
    beside_clear(beside);
    flong_index_close(old);
    return status;
}
