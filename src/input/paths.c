#include "input/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "input/format.h"
#include "input/json.h"

static bool is_text_name(const char *name) {
    bool is_archive;
    const format *of = format_of_name(name, &is_archive);
    return of && of->by_name;
}

const char *label_make(arena *memory, const char *name) {
    size_t n = strlen(name);
    if (json_is_utf8(name, n)) return name;
    char *label = arena_alloc(memory, 3 * n + 1, 1), *to = label;
    if (!label) return NULL;
    for (const char *from = name; *from; from++) {
        unsigned char c = (unsigned char)*from;
        if (c < 0x80)
            *to++ = *from;
        else {
            *to++ = '%';
            *to++ = "0123456789ABCDEF"[c >> 4];
            *to++ = "0123456789ABCDEF"[c & 15];
        }
    }
    *to = 0;
    return label;
}

static flong_status path_add(paths *self, const char *name, bool is_text, flong_error *error) {
    if (!ARRAY_GROW(self->items, self->n, self->capacity)) return error_nomem(error);
    const char *label = label_make(&self->arena, name);
    if (!label) return error_nomem(error);
    self->items[self->n++] = (path){.name = name, .label = label, .is_text = is_text};
    return FLONG_OK;
}

static void size_add(paths *self, const struct stat *info) {
    if (S_ISREG(info->st_mode))
        self->bytes += (uint64_t)info->st_size;
    else
        self->has_pipe = true;
}

static const char *join(arena *memory, const char *directory, const char *name) {
    size_t n = strlen(directory), m = strlen(name);
    size_t slash = n && directory[n - 1] == '/' ? 0 : 1;
    char *joined = arena_alloc(memory, n + slash + m + 1, 1);
    if (!joined) return NULL;
    memcpy(joined, directory, n);
    joined[n] = '/';
    memcpy(joined + n + slash, name, m + 1);
    return joined;
}

/* Hidden files are none: macOS leaves ._page.txt beside page.txt, and it is binary. */
static flong_status entry_add(paths *self, const char *directory, const char *name, flong_error *error) {
    if (name[0] == '.' || !is_text_name(name)) return FLONG_OK;
    const char *joined = join(&self->arena, directory, name);
    if (!joined) return error_nomem(error);
    struct stat info;
    if (stat(joined, &info) != 0)
        return error_set(error, FLONG_IO, "%s: cannot be opened: %s", joined, strerror(errno));
    if (!S_ISREG(info.st_mode)) return FLONG_OK;
    size_add(self, &info);
    return path_add(self, joined, true, error);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(((const path *)a)->name, ((const path *)b)->name);
}

static flong_status entries_add(paths *self, const char *directory, DIR *dir, flong_error *error) {
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(dir);
        if (!entry && errno)
            return error_set(error, FLONG_IO, "%s: cannot be read: %s", directory, strerror(errno));
        if (!entry) return FLONG_OK;
        TRY(entry_add(self, directory, entry->d_name, error));
    }
}

static flong_status directory_add(paths *self, const char *name, flong_error *error) {
    DIR *dir = opendir(name);
    if (!dir) return error_set(error, FLONG_IO, "%s: cannot be opened: %s", name, strerror(errno));
    size_t first = self->n;
    flong_status status = entries_add(self, name, dir, error);
    closedir(dir);
    TRY(status);
    if (self->n == first)
        return error_set(error, FLONG_INPUT,
                         "%s: no .txt file in it; name the JSON lines files one by one, e.g. %s%s*.jsonl",
                         name, name, name[strlen(name) - 1] == '/' ? "" : "/");
    qsort(self->items + first, self->n - first, sizeof *self->items, compare_names);
    return FLONG_OK;
}

flong_status paths_add(paths *self, const char *name, flong_error *error) {
    struct stat info;
    bool is_stdin = strcmp(name, "-") == 0;
    if ((is_stdin ? fstat(STDIN_FILENO, &info) : stat(name, &info)) != 0)
        return error_set(error, FLONG_IO, "%s: cannot be opened: %s", name, strerror(errno));
    if (S_ISDIR(info.st_mode) && !is_stdin) return directory_add(self, name, error);
    if (!is_stdin && access(name, R_OK) != 0)
        return error_set(error, FLONG_IO, "%s: cannot be opened: %s", name, strerror(errno));
    size_add(self, &info);
    const char *copy = arena_copy(&self->arena, name, strlen(name) + 1);
    if (!copy) return error_nomem(error);
    return path_add(self, copy, !is_stdin && is_text_name(name), error);
}

void paths_free(paths *self) {
    arena_free(&self->arena);
    mem_free(self->items);
}
