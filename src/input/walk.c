/* Folders, and patterns of names, as the files that they stand for. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "base/error.h"
#include "input/format.h"
#include "input/limits.h"
#include "input/paths.h"

/* Told of the name and the path of each entry of a folder but "." and "..". */
typedef flong_status (*entry_fn)(void *context, const char *name, const char *where, flong_error *error);

static flong_status entries_each(paths *self, const char *folder, DIR *dir, entry_fn fn, void *context,
                                 flong_error *error) {
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (!entry && errno)
            return error_set(error, FLONG_IO, "%s: cannot be read: %s", folder, strerror(errno));
        if (!entry) return FLONG_OK;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        const char *joined = path_join(&self->arena, folder, entry->d_name);
        if (!joined) return error_nomem(error);
        TRY(fn(context, joined + strlen(joined) - strlen(entry->d_name), joined, error));
    }
}

/* Goes through the entries of a folder, "" being the one that the process is in. */
static flong_status folder_each(paths *self, const char *folder, entry_fn fn, void *context,
                                flong_error *error) {
    DIR *dir = opendir(*folder ? folder : ".");
    if (!dir) return error_set(error, FLONG_IO, "%s: cannot be opened: %s", folder, strerror(errno));
    flong_status status = entries_each(self, folder, dir, fn, context, error);
    closedir(dir);
    return status;
}

/* What an entry is; a link to a folder is taken for neither file nor folder: it could lead back. */
static bool entry_stat(const char *where, struct stat *info) {
    if (lstat(where, info) != 0) return false;
    if (!S_ISLNK(info->st_mode)) return true;
    return stat(where, info) == 0 && !S_ISDIR(info->st_mode);
}

/* ---- folders ----------------------------------------------------------------------------- */

typedef struct walk {
    paths *found;
    unsigned depth;
} walk;

static flong_status entry_take(void *context, const char *name, const char *where, flong_error *error) {
    const walk *w = context;
    struct stat info;
    bool is_archive;
    bool there = name[0] != '.' && entry_stat(where, &info);
    if (there && S_ISDIR(info.st_mode)) return paths_walk(w->found, where, w->depth + 1, error);
    bool wanted = there && S_ISREG(info.st_mode) &&
                  (w->found->takes_all || format_of_name(name, &is_archive) || is_archive);
    if (wanted) return paths_add_file(w->found, where, &info, error);
    w->found->ignored++;
    return FLONG_OK;
}

flong_status paths_walk(paths *self, const char *folder, unsigned depth, flong_error *error) {
    walk w = {self, depth};
    if (depth >= LIMIT_FOLDERS)
        return error_set(error, FLONG_INPUT, "%s: more than %d folders in one another", folder,
                         LIMIT_FOLDERS);
    return folder_each(self, folder, entry_take, &w, error);
}

/* ---- patterns ---------------------------------------------------------------------------- */

bool path_is_pattern(const char *name) { return strpbrk(name, "*?[") != NULL; }

typedef struct matching {
    paths *found;
    char part[LIMIT_NAME]; /* of the pattern: what an entry is compared with */
    const char *rest;      /* of it behind the part; "": nothing */
    const char *self;      /* from "**" on; NULL: the part is another one */
    unsigned depth;
} matching;

static flong_status pattern_from(paths *self, const char *folder, const char *pattern, unsigned depth,
                                 flong_error *error);

/* An entry that the last part matches. */
static flong_status match_take(matching *m, const char *where, flong_error *error) {
    struct stat info;
    if (stat(where, &info) != 0) return FLONG_OK;
    if (S_ISDIR(info.st_mode)) return paths_walk(m->found, where, m->depth, error);
    return paths_add_file(m->found, where, &info, error);
}

static flong_status entry_match(void *context, const char *name, const char *where, flong_error *error) {
    matching *m = context;
    struct stat info;
    if (m->self) {
        if (name[0] == '.' || !entry_stat(where, &info) || !S_ISDIR(info.st_mode)) return FLONG_OK;
        return pattern_from(m->found, where, m->self, m->depth + 1, error);
    }
    if (fnmatch(m->part, name, FNM_PERIOD) != 0) return FLONG_OK;
    if (!*m->rest) return match_take(m, where, error);
    if (stat(where, &info) != 0 || !S_ISDIR(info.st_mode)) return FLONG_OK;
    return pattern_from(m->found, where, m->rest, m->depth + 1, error);
}

/* A part without anything special: there is no need to look for it. */
static flong_status part_open(matching *m, const char *folder, flong_error *error) {
    struct stat info;
    const char *where = path_join(&m->found->arena, folder, m->part);
    if (!where) return error_nomem(error);
    if (!*m->rest) return match_take(m, where, error);
    if (stat(where, &info) != 0 || !S_ISDIR(info.st_mode)) return FLONG_OK;
    return pattern_from(m->found, where, m->rest, m->depth + 1, error);
}

/* "**": here, and in every folder below. */
static flong_status anywhere(matching *m, const char *folder, const char *pattern, flong_error *error) {
    while (strncmp(m->rest, "**/", 3) == 0) m->rest += 3;
    m->self = pattern;
    TRY(pattern_from(m->found, folder, *m->rest ? m->rest : "*", m->depth + 1, error));
    return *m->rest ? folder_each(m->found, folder, entry_match, m, error) : FLONG_OK;
}

static flong_status pattern_from(paths *self, const char *folder, const char *pattern, unsigned depth,
                                 flong_error *error) {
    size_t n = strcspn(pattern, "/");
    matching m = {.found = self, .rest = pattern + n + strspn(pattern + n, "/"), .depth = depth};
    if (depth >= 2 * LIMIT_FOLDERS || n >= sizeof m.part)
        return error_set(error, FLONG_INPUT, "%s: more than %d folders in one another", folder,
                         LIMIT_FOLDERS);
    memcpy(m.part, pattern, n);
    if (strcmp(m.part, "**") == 0) return anywhere(&m, folder, pattern, error);
    return path_is_pattern(m.part) ? folder_each(self, folder, entry_match, &m, error)
                                   : part_open(&m, folder, error);
}

flong_status paths_match(paths *self, const char *pattern, flong_error *error) {
    size_t slashes = strspn(pattern, "/");
    return pattern_from(self, slashes ? "/" : "", pattern + slashes, 0, error);
}
