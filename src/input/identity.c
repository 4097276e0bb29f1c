#include "input/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hash.h"

/* Looked at of each end of a file: what was written anew differs there or in its size, and a thousand files are
 * looked at in no time. */
enum { END_BYTES = 1 << 16 };

typedef struct identity {
    buffer notes; /* of which the name is the hash */
    char *end;    /* END_BYTES of a file */
} identity;

static bool note_number(identity *self, uint64_t number) {
    return buffer_append(&self->notes, &number, sizeof number);
}

/* With the NUL, so that what follows is not part of it. */
static bool note_string(identity *self, const char *text) {
    return buffer_append(&self->notes, text, strlen(text) + 1);
}

static flong_status file_fault(const char *name, flong_error *error) {
    return error_set(error, FLONG_IO, "%s: cannot be read: %s", name, strerror(errno));
}

/* Notes the bytes from `at` on. */
static flong_status end_note(identity *self, int fd, off_t at, const char *name, flong_error *error) {
    size_t n = 0;
    for (ssize_t got = 1; got != 0 && n < END_BYTES;) {
        got = pread(fd, self->end + n, END_BYTES - n, at + (off_t)n);
        if (got < 0 && errno != EINTR) return file_fault(name, error);
        if (got > 0) n += (size_t)got;
    }
    return note_number(self, hash_bytes(self->end, n, 0)) ? FLONG_OK : error_nomem(error);
}

static flong_status open_file_note(identity *self, int fd, const char *name, flong_error *error) {
    struct stat info;
    if (fstat(fd, &info) != 0) return file_fault(name, error);
    if (!note_string(self, name) || !note_number(self, (uint64_t)info.st_size)) return error_nomem(error);
    TRY(end_note(self, fd, 0, name, error));
    return end_note(self, fd, info.st_size > END_BYTES ? info.st_size - END_BYTES : 0, name, error);
}

static flong_status file_note(identity *self, const char *name, flong_error *error) {
    if (strcmp(name, "-") == 0)
        return error_set(error, FLONG_ARG, "standard input cannot be read again; name a file");
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return file_fault(name, error);
    flong_status status = open_file_note(self, fd, name, error);
    close(fd);
    return status;
}

/* What else decides which records come out of the files. */
static bool options_note(identity *self, const flong_input_options *options) {
    bool noted = note_number(self, options->max_line) && note_number(self, options->n_fields);
    for (size_t i = 0; noted && i < options->n_fields; i++)
        noted = note_string(self, options->fields[i].field) && note_string(self, options->fields[i].name);
    if (noted && options->format) noted = note_string(self, options->format);
    return noted;
}

static flong_status all_note(identity *self, const paths *files, const flong_input_options *options,
                             flong_error *error) {
    if (files->has_pipe) return error_set(error, FLONG_ARG, "a pipe cannot be read again; name a file");
    self->end = mem_new(END_BYTES, 1);
    if (!self->end || !options_note(self, options)) return error_nomem(error);
    for (size_t i = 0; i < files->n; i++) TRY(file_note(self, files->items[i].name, error));
    return FLONG_OK;
}

flong_status identity_make(char out[FLONG_INPUT_NAME], const paths *files, const flong_input_options *options,
                           flong_error *error) {
    identity self = {0};
    flong_status status = all_note(&self, files, options, error);
    if (status == FLONG_OK)
        snprintf(out, FLONG_INPUT_NAME, "%016" PRIx64 "%016" PRIx64,
                 hash_bytes(self.notes.p, self.notes.n, 1), hash_bytes(self.notes.p, self.notes.n, 2));
    buffer_free(&self.notes);
    mem_free(self.end);
    return status;
}
