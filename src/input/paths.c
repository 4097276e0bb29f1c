#include "input/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "input/json.h"

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

const char *path_join(arena *memory, const char *folder, const char *name) {
    size_t n = strlen(folder), m = strlen(name);
    size_t slash = n && folder[n - 1] != '/';
    char *joined = arena_alloc(memory, n + slash + m + 1, 1);
    if (!joined) return NULL;
    memcpy(joined, folder, n);
    if (slash) joined[n] = '/';
    memcpy(joined + n + slash, name, m + 1);
    return joined;
}

flong_status paths_add_file(paths *self, const char *name, const struct stat *info, flong_error *error) {
    if (!ARRAY_GROW(self->items, self->n, self->capacity)) return error_nomem(error);
    const char *label = label_make(&self->arena, name);
    if (!label) return error_nomem(error);
    bool is_regular = S_ISREG(info->st_mode);
    uint64_t size = is_regular ? (uint64_t)info->st_size : 0;
    self->items[self->n++] = (path){.name = name, .label = label, .size = size};
    self->has_pipe = self->has_pipe || !is_regular;
    return FLONG_OK;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(((const path *)a)->name, ((const path *)b)->name);
}

/* Puts what was found from `first` on in order, each once. */
static void found_sort(paths *self, size_t first) {
    size_t n = first;
    if (self->n == first) return;
    qsort(self->items + first, self->n - first, sizeof *self->items, compare_names);
    for (size_t i = first; i < self->n; i++)
        if (i == first || strcmp(self->items[i].name, self->items[n - 1].name) != 0)
            self->items[n++] = self->items[i];
    self->n = n;
}

static flong_status folder_add(paths *self, const char *name, flong_error *error) {
    size_t first = self->n;
    TRY(paths_walk(self, name, 0, error));
    found_sort(self, first);
    if (self->n > first) return FLONG_OK;
    return error_set(error, FLONG_INPUT,
                     "%s: no file of a known format in it; name the files one by one, e.g. %s%s*, or their "
                     "--format",
                     name, name, name[strlen(name) - 1] == '/' ? "" : "/");
}

static flong_status pattern_add(paths *self, const char *name, flong_error *error) {
    size_t first = self->n;
    TRY(paths_match(self, name, error));
    found_sort(self, first);
    if (self->n > first) return FLONG_OK;
    return error_set(error, FLONG_IO, "%s: there is no such file, nor one that matches it as a pattern",
                     name);
}

static flong_status any_add(paths *self, const char *name, flong_error *error) {
    struct stat info;
    bool is_stdin = strcmp(name, "-") == 0;
    if ((is_stdin ? fstat(STDIN_FILENO, &info) : stat(name, &info)) != 0) {
        if (errno == ENOENT && path_is_pattern(name)) return pattern_add(self, name, error);
        return error_set(error, FLONG_IO, "%s: cannot be opened: %s", name, strerror(errno));
    }
    if (S_ISDIR(info.st_mode) && !is_stdin) return folder_add(self, name, error);
    if (!is_stdin && access(name, R_OK) != 0)
        return error_set(error, FLONG_IO, "%s: cannot be opened: %s", name, strerror(errno));
    return paths_add_file(self, name, &info, error);
}

flong_status paths_add(paths *self, const char *name, flong_error *error) {
    size_t first = self->n;
    const char *copy = arena_copy(&self->arena, name, strlen(name) + 1);
    if (!copy) return error_nomem(error);
    TRY(any_add(self, copy, error));
    for (size_t i = first; i < self->n; i++) self->bytes += self->items[i].size;
    return FLONG_OK;
}

void paths_free(paths *self) {
    arena_free(&self->arena);
    mem_free(self->items);
}
