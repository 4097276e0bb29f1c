#include "paths.h"

#include "say.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dash(const char *path) { return strcmp(path, "-") == 0; }

/* Splits off the last part of a path that is not there: its directory, resolved, and its name. */
static char *resolve_parent(const char *path, const char **name) {
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    char *parent = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *real = parent ? realpath(parent, NULL) : NULL;
    free(parent);
    return real;
}

static bool same_new_file(const char *a, const char *b) {
    const char *name_a, *name_b;
    char *parent_a = resolve_parent(a, &name_a), *parent_b = resolve_parent(b, &name_b);
    bool same = parent_a && parent_b && strcmp(parent_a, parent_b) == 0 && strcmp(name_a, name_b) == 0;
    free(parent_a);
    free(parent_b);
    return same;
}

bool paths_same(const char *a, const char *b) {
    struct stat info_a, info_b;
    bool there_a = stat(a, &info_a) == 0, there_b = stat(b, &info_b) == 0;
    if (!there_a && !there_b) return same_new_file(a, b);
    return there_a && there_b && S_ISREG(info_a.st_mode) && info_a.st_dev == info_b.st_dev &&
           info_a.st_ino == info_b.st_ino;
}

bool path_is_standard_output(const char *path) {
    struct stat out, info;
    return fstat(STDOUT_FILENO, &out) == 0 && (S_ISREG(out.st_mode) || S_ISFIFO(out.st_mode)) &&
           stat(path, &info) == 0 && out.st_dev == info.st_dev && out.st_ino == info.st_ino;
}

static bool is_output_dash(const char *path) { return is_dash(path) || path_is_standard_output(path); }

static bool clash(const named_path *output, const char *role, const char *path) {
    say("%s and %s are one file, %s; give another name", output->role, role, path);
    return false;
}

static bool apart_from_input(const named_path *output, const char *input) {
    if (is_dash(input)) return true;
    /* `flong dedup a.jsonl >>a.jsonl` would read what it writes. */
    bool same = is_dash(output->path) ? path_is_standard_output(input) : paths_same(output->path, input);
    return !same || clash(output, "an input", input);
}

static bool apart_from_output(const named_path *output, const named_path *other) {
    bool dash = is_output_dash(output->path), other_dash = is_output_dash(other->path);
    if (dash && other_dash) {
        say("%s and %s cannot both be standard output", output->role, other->role);
        return false;
    }
    return dash || other_dash || !paths_same(output->path, other->path) ||
           clash(output, other->role, output->path);
}

bool paths_apart(const named_path *outputs, size_t n_outputs, const named_path *index,
                 const char *const *inputs, size_t n_inputs) {
    for (size_t i = 0; i < n_outputs; i++) {
        if (!outputs[i].path) continue;
        for (size_t j = 0; j < i; j++)
            if (outputs[j].path && !apart_from_output(&outputs[i], &outputs[j])) return false;
        if (index->path && !is_dash(outputs[i].path) && paths_same(outputs[i].path, index->path))
            return clash(&outputs[i], index->role, index->path);
        for (size_t j = 0; j < n_inputs; j++)
            if (!apart_from_input(&outputs[i], inputs[j])) return false;
    }
    for (size_t j = 0; index->path && j < n_inputs; j++)
        if (!is_dash(inputs[j]) && paths_same(index->path, inputs[j]))
            return clash(index, "an input", index->path);
    return true;
}

bool path_rereadable(const char *path) {
    struct stat info;
    if (is_dash(path)) return false;
    return stat(path, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode);
}
