#include "index/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Written in pieces of this size: large enough that a call costs nothing beside the bytes. */
enum { TAIL_BYTES = 1 << 20 };

struct scratch_file {
    int fd;           /* -1: not made yet */
    char folder[200]; /* it lies in, for messages */
    uint64_t place;   /* of the tail; so many bytes are in the file */
    buffer tail;      /* not written yet, and what is put next */
};

scratch_file *scratch_new(void) {
    scratch_file *f = mem_new(1, sizeof *f);
    if (f) f->fd = -1;
    return f;
}

void scratch_close(scratch_file *f) {
    if (!f) return;
    if (f->fd >= 0) close(f->fd);
    buffer_free(&f->tail);
    mem_free(f);
}

uint64_t scratch_size(const scratch_file *f) { return f->place + f->tail.n; }

/* ---- the file ---------------------------------------------------------------------------- */

static flong_status scratch_failed(const scratch_file *f, flong_error *error, const char *what) {
    return error_set(error, FLONG_IO,
                     "%s: cannot %s the temporary index: %s; set TMPDIR to a folder with room", f->folder,
                     what, strerror(errno));
}

static bool file_make_in(scratch_file *f, const char *folder) {
    char path[4096];
    snprintf(f->folder, sizeof f->folder, "%s", folder);
    int n = snprintf(path, sizeof path, "%s/flong-XXXXXX", folder);
    f->fd = n > 0 && (size_t)n < sizeof path ? mkstemp(path) : (errno = ENAMETOOLONG, -1);
    if (f->fd < 0) return false;
    unlink(path);
    fcntl(f->fd, F_SETFD, FD_CLOEXEC);
    return true;
}

/* /tmp may be kept in memory. */
static flong_status file_make(scratch_file *f, flong_error *error) {
    const char *folder = getenv("TMPDIR");
    bool made =
        folder && *folder ? file_make_in(f, folder) : file_make_in(f, "/var/tmp") || file_make_in(f, "/tmp");
    return made ? FLONG_OK : scratch_failed(f, error, "make a file of");
}

static flong_status write_all(scratch_file *f, uint64_t place, const char *bytes, size_t n,
                              flong_error *error) {
    if (f->fd < 0) TRY(file_make(f, error));
    while (n > 0) {
        ssize_t written = pwrite(f->fd, bytes, n, (off_t)place);
        if (written < 0 && errno == EINTR) continue;
        if (written == 0) errno = ENOSPC;
        if (written <= 0) return scratch_failed(f, error, "write");
        bytes += written;
        place += (uint64_t)written;
        n -= (size_t)written;
    }
    return FLONG_OK;
}

static flong_status read_all(scratch_file *f, uint64_t place, char *bytes, size_t n, flong_error *error) {
    while (n > 0) {
        ssize_t got = pread(f->fd, bytes, n, (off_t)place);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return scratch_failed(f, error, "read");
        if (got == 0)
            return error_set(error, FLONG_DAMAGED,
                             "a file of the temporary index is shorter than what was written");
        bytes += got;
        place += (uint64_t)got;
        n -= (size_t)got;
    }
    return FLONG_OK;
}

/* ---- writing ----------------------------------------------------------------------------- */

static flong_status tail_write(scratch_file *f, flong_error *error) {
    TRY(write_all(f, f->place, f->tail.p, f->tail.n, error));
    f->place += f->tail.n;
    f->tail.n = 0;
    return FLONG_OK;
}

void *scratch_room(scratch_file *f, size_t n, flong_error *error) {
    if (f->tail.n && n + f->tail.n > TAIL_BYTES && tail_write(f, error) != FLONG_OK) return NULL;
    if (buffer_reserve(&f->tail, n)) return f->tail.p + f->tail.n;
    error_nomem(error);
    return NULL;
}

uint64_t scratch_put(scratch_file *f, size_t n) {
    uint64_t place = scratch_size(f);
    f->tail.n += n;
    return place;
}

flong_status scratch_replace(scratch_file *f, uint64_t place, const void *bytes, size_t n,
                             flong_error *error) {
    size_t written = place >= f->place ? 0 : f->place - place < n ? (size_t)(f->place - place) : n;
    if (written) TRY(write_all(f, place, bytes, written, error));
    if (written < n)
        memcpy(f->tail.p + (place + written - f->place), (const char *)bytes + written, n - written);
    return FLONG_OK;
}

/* ---- reading ----------------------------------------------------------------------------- */

void scratch_window_free(scratch_window *w) { buffer_free(&w->bytes); }

/* Copies n bytes, which are there. */
static flong_status bytes_get(scratch_file *f, uint64_t place, char *out, size_t n, flong_error *error) {
    size_t written = place >= f->place ? 0 : f->place - place < n ? (size_t)(f->place - place) : n;
    if (written) TRY(read_all(f, place, out, written, error));
    if (written < n) memcpy(out + written, f->tail.p + (place + written - f->place), n - written);
    return FLONG_OK;
}

const void *scratch_get(scratch_file *f, scratch_window *w, uint64_t place, size_t n, size_t ahead,
                        flong_error *error) {
    uint64_t size = scratch_size(f);
    if (place > size || n > size - place) {
        error_set(error, FLONG_DAMAGED, "a place in the temporary index is beyond its end");
        return NULL;
    }
    if (place >= w->place && place - w->place <= w->bytes.n && n <= w->bytes.n - (place - w->place))
        return w->bytes.p + (place - w->place);
    if (ahead < n) ahead = n;
    if (ahead > size - place) ahead = (size_t)(size - place);
    w->bytes.n = 0;
    if (!buffer_reserve(&w->bytes, ahead + 1)) {
        error_nomem(error);
        return NULL;
    }
    if (bytes_get(f, place, w->bytes.p, ahead, error) != FLONG_OK) return NULL;
    w->bytes.n = ahead;
    w->place = place;
    return w->bytes.p;
}
