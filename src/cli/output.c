#include "output.h"

#include "paths.h"
#include "say.h"
#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool cannot(const char *name, const char *what, int error) {
    say("%s: cannot %s: %s", name, what, strerror(error));
    return false;
}

static void output_reset(output *out) {
    free(out->target);
    free(out->temporary);
    *out = (output){0};
}

/* The file behind path, its links followed, so that a link to the target stays one. */
static char *resolve(const char *path) {
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

/* Opens the temporary file beside the target, with the mode of the file it will replace. */
static int temporary_open(output *out, const char *path, const struct stat *old) {
    size_t room = strlen(path) + 4096;
    out->target = resolve(path);
    if (out->target) room = strlen(out->target) + 32;
    out->temporary = malloc(room);
    if (!out->target || !out->temporary) return -1;
    snprintf(out->temporary, room, "%s.tmp.%ld", out->target, (long)getpid());
    int fd = open(out->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        free(out->temporary);
        out->temporary = NULL;
    } else if (old) {
        (void)fchmod(fd, old->st_mode & 07777);
    }
    return fd;
}

bool output_open(output *out, const char *path) {
    *out = (output){0};
    if (!path || strcmp(path, "-") == 0 || path_is_standard_output(path)) {
        out->name = "standard output";
        out->file = stdout;
        return true;
    }
    struct stat old;
    bool exists = stat(path, &old) == 0;
    bool direct = exists && !S_ISREG(old.st_mode);
    out->name = path;
    int fd = direct ? open(path, O_WRONLY | O_CLOEXEC) : temporary_open(out, path, exists ? &old : NULL);
    if (fd >= 0) out->file = fdopen(fd, "wb");
    if (out->file) return true;
    cannot(path, "write", errno);
    if (fd >= 0) close(fd);
    if (out->temporary) unlink(out->temporary);
    output_reset(out);
    return false;
}

int output_write(void *context, const char *bytes, size_t n) {
    output *out = context;
    if (stop_asked()) return 1;
    if (fwrite(bytes, 1, n, out->file) == n) return 0;
    if (!out->error) out->error = errno;
    return 1;
}

bool output_good(const output *out) { return !out->error || cannot(out->name, "write", out->error); }

static bool output_flush(output *out) {
    if (!out->file) return true;
    if (fflush(out->file) != 0 && !out->error) out->error = errno;
    if (ferror(out->file) && !out->error) out->error = EIO;
    return output_good(out);
}

static bool output_complete(output *out) {
    if (!out->file) return true;
    bool good = fclose(out->file) == 0 || cannot(out->name, "write", errno);
    out->file = NULL;
    if (good && out->target)
        good = rename(out->temporary, out->target) == 0 || cannot(out->name, "write", errno);
    if (!good && out->temporary) unlink(out->temporary);
    output_reset(out);
    return good;
}

bool output_finish_all(output *const *list, size_t n) {
    bool good = true;
    for (size_t i = 0; i < n; i++) good = good && output_flush(list[i]);
    for (size_t i = 0; i < n; i++) good = good && output_complete(list[i]);
    for (size_t i = 0; i < n; i++) output_discard(list[i]);
    return good;
}

bool output_finish(output *first, output *second) {
    output *const list[] = {first, second};
    return output_finish_all(list, second ? 2 : 1);
}

bool outputs_complete(output *all, size_t n) {
    bool good = true;
    for (size_t i = 0; i < n && good; i++) good = output_flush(&all[i]);
    for (size_t i = 0; i < n && good; i++) good = output_complete(&all[i]);
    for (size_t i = 0; i < n; i++) output_discard(&all[i]);
    return good;
}

void output_discard(output *out) {
    if (!out->file) return;
    fclose(out->file);
    if (out->temporary) unlink(out->temporary);
    output_reset(out);
}
