#include "spool.h"

#include "say.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool spool_open(spool *out) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/tmp";
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/flong-XXXXXX", folder);
    int fd = n > 0 && (size_t)n < sizeof path ? mkstemp(path) : (errno = ENAMETOOLONG, -1);
    if (fd >= 0) unlink(path);
    out->file = fd >= 0 ? fdopen(fd, "w+b") : NULL;
    if (!out->file) say("%s: cannot make a temporary file: %s; set TMPDIR", folder, strerror(errno));
    if (!out->file && fd >= 0) close(fd);
    return out->file != NULL;
}

void spool_close(spool *self) {
    if (self->file) fclose(self->file);
    free(self->line);
    *self = (spool){0};
}

static int spool_failed(flong_error *error, const char *what, const char *advice) {
    if (error) {
        error->status = FLONG_IO;
        snprintf(error->text, sizeof error->text, "cannot %s the temporary file of the input: %s%s", what,
                 strerror(errno), advice);
    }
    return -1;
}

int spool_write(spool *self, flong_str line, flong_error *error) {
    bool good =
        fwrite(&line.n, sizeof line.n, 1, self->file) == 1 && fwrite(line.p, 1, line.n, self->file) == line.n;
    return good ? 1 : spool_failed(error, "write", "; set TMPDIR to a folder with room");
}

int spool_rewind(spool *self, flong_error *error) {
    if (fflush(self->file) != 0) return spool_failed(error, "write", "; set TMPDIR to a folder with room");
    return fseeko(self->file, 0, SEEK_SET) == 0 ? 1 : spool_failed(error, "read", "");
}

static bool spool_reserve(spool *self, size_t n) {
    if (n <= self->room) return true;
    char *wider = realloc(self->line, n);
    if (!wider) return false;
    self->line = wider;
    self->room = n;
    return true;
}

int spool_read(spool *self, flong_str *out, flong_error *error) {
    size_t n;
    if (fread(&n, sizeof n, 1, self->file) != 1)
        return ferror(self->file) ? spool_failed(error, "read", "") : 0;
    if (!spool_reserve(self, n) || fread(self->line, 1, n, self->file) != n)
        return spool_failed(error, "read", "");
    *out = (flong_str){self->line, n};
    return 1;
}
