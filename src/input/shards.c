#include "input/shards.h"

#include <string.h>

#include "base/error.h"

flong_status shards_init(shards *self, flong_error *error) {
    self->stream = stream_new();
    return self->stream ? FLONG_OK : error_nomem(error);
}

static void file_shut(shards *self) {
    if (self->format && self->format->end) self->format->end(&self->cutter);
    self->text += self->cutter.text;
    self->cutter.text = 0;
    self->format = NULL;
}

void shards_free(shards *self) {
    file_shut(self);
    stream_free(self->stream);
    buffer_free(&self->cutter.rest);
}

/* Goes on to the next path. */
static void path_shut(shards *self) {
    file_shut(self);
    stream_shut(self->stream);
    self->at++;
}

static flong_status fault_add(block *into, uint64_t line, const char *why, flong_error *error) {
    const char *copy = block_string(into, why, strlen(why));
    return copy && block_add_fault(into, line, copy) ? FLONG_OK : error_nomem(error);
}

/* Lets items that are cut from now on be of the open file. */
static flong_status file_name(shards *self, block *into, flong_error *error) {
    item_file *file = arena_alloc(&into->memory, 1, sizeof *file);
    if (!file) return error_nomem(error);
    *file =
        (item_file){.label = self->paths->items[self->at].label, .format = self->format, .path = self->at};
    into->file = file;
    return FLONG_OK;
}

/* A failure ends the file as a bad item does, unless there is no memory. */
static flong_status file_fail(shards *self, block *into, flong_status status, const flong_error *cause,
                              uint64_t line, flong_error *error) {
    if (status == FLONG_NOMEM) return error_nomem(error);
    status = fault_add(into, line, cause->text, error);
    path_shut(self);
    return status;
}

/* What the open stream holds. */
static flong_status format_begin(shards *self, block *into, const char *name, flong_error *error) {
    flong_str head;
    const char *why = NULL;
    TRY(stream_peek(self->stream, &head, error));
    self->format = self->forced ? self->forced : format_choose(name, head, &why);
    if (!self->format) return error_set(error, FLONG_INPUT, "%s", why);
    self->cutter.rest.n = 0;
    self->cutter = (cutter){.from = self->stream,
                            .max_record = self->max_record,
                            .too_long = self->too_long,
                            .rest = self->cutter.rest};
    if (self->format->begin) TRY(self->format->begin(&self->cutter, error));
    return file_name(self, into, error);
}

static flong_status path_open(shards *self, block *into, flong_error *error) {
    flong_error cause;
    const char *name = self->paths->items[self->at].name;
    TRY(file_name(self, into, error));
    flong_status status = stream_open(self->stream, name, &cause);
    if (status == FLONG_OK) status = format_begin(self, into, name, &cause);
    return status == FLONG_OK ? FLONG_OK : file_fail(self, into, status, &cause, 0, error);
}

static flong_status file_cut(shards *self, block *into, flong_error *error) {
    flong_error cause;
    cutter *c = &self->cutter;
    flong_status status = self->format->cut(c, into, &cause);
    uint64_t line = self->format->cut == whole_cut ? 0 : c->number + 1;
    if (status != FLONG_OK) return file_fail(self, into, status, &cause, line, error);
    if (c->at_end) path_shut(self);
    return FLONG_OK;
}

/* Whether what there is should be handed over before more is waited for. */
static bool is_waiting(const shards *self, const block *into) {
    return into->n && self->format && stream_is_slow(self->stream);
}

flong_status shards_cut(shards *self, block *into, flong_error *error) {
    if (self->format) TRY(file_name(self, into, error));
    while (self->at < self->paths->n && !block_is_full(into) && !is_waiting(self, into))
        TRY(self->format ? file_cut(self, into, error) : path_open(self, into, error));
    into->paths_done = self->at;
    into->taken = stream_taken(self->stream);
    into->text = self->text + self->cutter.text;
    return FLONG_OK;
}
