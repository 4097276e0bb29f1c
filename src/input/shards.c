#include "input/shards.h"

#include <string.h>

#include "base/error.h"
#include "input/limits.h"
#include "input/sniff.h"

flong_status shards_init(shards *self, flong_error *error) {
    self->stream = stream_new();
    return self->stream ? FLONG_OK : error_nomem(error);
}

/* ---- shutting ---------------------------------------------------------------------------- */

static void file_shut(shards *self) {
    if (self->format && self->format->end) self->format->end(&self->cutter);
    self->text += self->cutter.text;
    self->cutter.text = 0;
    self->format = NULL;
    self->label.n = 0;
}

/* Goes on to the next path. */
static void path_shut(shards *self) {
    file_shut(self);
    if (self->entry) stream_shut(self->entry);
    container_close(self->archive);
    self->archive = NULL;
    stream_shut(self->stream);
    self->at++;
}

void shards_free(shards *self) {
    if (self->stream) path_shut(self);
    stream_free(self->stream);
    stream_free(self->entry);
    buffer_free(&self->cutter.rest);
    buffer_free(&self->label);
}

/* ---- what items are of ------------------------------------------------------------------- */

/* Lets items that are added from now on be of the open path, or of its open entry. */
static flong_status file_name(shards *self, block *into, flong_error *error) {
    item_file *file = arena_alloc(&into->memory, 1, sizeof *file);
    if (!file) return error_nomem(error);
    *file = (item_file){self->paths->items[self->at].label, self->format, self->at};
    if (self->label.n) file->label = block_string(into, self->label.p, self->label.n);
    if (!file->label) return error_nomem(error);
    into->file = file;
    return FLONG_OK;
}

/* A failure ends the file, or entry, as a bad item does, unless there is no memory. */
static flong_status file_fail(shards *self, block *into, flong_status status, const flong_error *cause,
                              uint64_t line, flong_error *error) {
    if (status == FLONG_NOMEM) return error_nomem(error);
    const char *why = block_string(into, cause->text, strlen(cause->text));
    if (!why || !block_add_fault(into, line, why)) return error_nomem(error);
    if (self->archive && self->label.n)
        file_shut(self);
    else
        path_shut(self);
    return FLONG_OK;
}

/* ---- opening ----------------------------------------------------------------------------- */

static flong_status format_begin(shards *self, block *into, stream *from, const char *name, flong_str head,
                                 flong_error *error) {
    const char *why = sniff_database(head);
    const format *found = why ? NULL : self->forced ? self->forced : format_choose(name, head, &why);
    if (!found) return error_set(error, FLONG_INPUT, "%s", why);
    self->cutter.rest.n = 0;
    self->cutter = (cutter){
        .from = from, .max_record = self->max_record, .too_long = self->too_long, .rest = self->cutter.rest};
    if (found->begin) TRY(found->begin(&self->cutter, error));
    self->format = found;
    return file_name(self, into, error);
}

static flong_status stream_begin(shards *self, block *into, const char *name, flong_error *error) {
    flong_str head;
    TRY(stream_open(self->stream, name, error));
    TRY(stream_peek(self->stream, &head, error));
    if (container_is(head)) return container_open(&self->archive, self->stream, error);
    return format_begin(self, into, self->stream, name, head, error);
}

static flong_status path_open(shards *self, block *into, flong_error *error) {
    flong_error cause;
    if (self->paths->items[self->at].done) {
        stream_take(self->stream, self->paths->items[self->at++].size);
        return FLONG_OK;
    }
    TRY(file_name(self, into, error));
    flong_status status = stream_begin(self, into, self->paths->items[self->at].name, &cause);
    return status == FLONG_OK ? FLONG_OK : file_fail(self, into, status, &cause, 0, error);
}

/* ---- archives ---------------------------------------------------------------------------- */

static flong_status entry_label(shards *self, block *into, const char *name, flong_error *error) {
    while (strncmp(name, "./", 2) == 0) name += 2;
    const char *archive = self->paths->items[self->at].label, *label = label_make(&into->memory, name);
    self->label.n = 0;
    bool good = label && buffer_append(&self->label, archive, strlen(archive)) &&
                buffer_append(&self->label, "/", 1) && buffer_append(&self->label, label, strlen(label));
    if (!good) return error_nomem(error);
    return file_name(self, into, error);
}

static flong_status entry_begin(shards *self, block *into, const char *name, flong_error *error) {
    bool is_archive;
    flong_str head;
    format_of_name(name, &is_archive);
    if (self->label.n > LIMIT_NAME)
        return error_set(error, FLONG_INPUT, "its name is longer than 4096 bytes");
    if (!is_archive) {
        TRY(stream_open_source(self->entry, container_read, self->archive, error));
        TRY(stream_peek(self->entry, &head, error));
        is_archive = container_is(head);
    }
    if (is_archive)
        return error_set(error, FLONG_INPUT, "an archive inside of an archive; unpack the outer one first");
    return format_begin(self, into, self->entry, name, head, error);
}

static bool is_wanted(const shards *self, const char *name) {
    bool is_archive;
    return !is_hidden_name(name) && (self->forced || format_of_name(name, &is_archive) || is_archive);
}

static flong_status entry_open(shards *self, block *into, flong_error *error) {
    flong_error cause;
    const char *name;
    bool is_file;
    TRY(file_name(self, into, error));
    flong_status status = container_next(self->archive, &name, &is_file, &cause);
    if (status != FLONG_OK) return file_fail(self, into, status, &cause, 0, error);
    if (name && is_file && !is_wanted(self, name)) self->ignored++;
    if (!name) path_shut(self);
    if (!name || !is_file || !is_wanted(self, name)) return FLONG_OK;
    if (!self->entry) self->entry = stream_new();
    if (!self->entry) return error_nomem(error);
    TRY(entry_label(self, into, name, error));
    status = entry_begin(self, into, name, &cause);
    return status == FLONG_OK ? FLONG_OK : file_fail(self, into, status, &cause, 0, error);
}

/* ---- cutting ----------------------------------------------------------------------------- */

static flong_status file_cut(shards *self, block *into, flong_error *error) {
    flong_error cause;
    cutter *c = &self->cutter;
    flong_status status = self->format->cut(c, into, &cause);
    uint64_t line = self->format->cut == whole_cut ? 0 : c->number + 1;
    if (status != FLONG_OK) return file_fail(self, into, status, &cause, line, error);
    if (c->at_end && self->archive)
        file_shut(self);
    else if (c->at_end)
        path_shut(self);
    return FLONG_OK;
}

static flong_status go_on(shards *self, block *into, flong_error *error) {
    if (self->format) return file_cut(self, into, error);
    return self->archive ? entry_open(self, into, error) : path_open(self, into, error);
}

/* Whether what there is should be handed over before more is waited for. */
static bool is_waiting(const shards *self, const block *into) {
    return into->n && (self->format || self->archive) && stream_is_slow(self->stream);
}

flong_status shards_cut(shards *self, block *into, flong_error *error) {
    if (self->format) TRY(file_name(self, into, error));
    while (self->at < self->paths->n && !block_is_full(into) && !is_waiting(self, into))
        TRY(go_on(self, into, error));
    into->paths_done = self->at;
    into->ignored = self->ignored;
    into->taken = stream_taken(self->stream);
    into->text = self->text + self->cutter.text;
    return FLONG_OK;
}
