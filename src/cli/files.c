/* --files-from: a list of names becomes operands. */
#include "options.h"

#include "say.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Some ten million names; a list is no archive. */
enum { MOST_BYTES = 1 << 30 };

/* The end of the name that begins at `at`: a NUL where there is one in the list, as `find -print0` writes them, or else
 * a line end. */
static char *name_end(char *at, char *end, char separator) {
    char *found = memchr(at, separator, (size_t)(end - at));
    return found ? found : end;
}

/* Puts a NUL behind each name of the n bytes, of which the one behind them may be written to; returns how many names
 * there are and, where `names` is not NULL, puts them there. */
static size_t list_split(char *bytes, size_t n, const char **names) {
    char *end = bytes + n, separator = memchr(bytes, 0, n) ? 0 : '\n';
    size_t count = 0;
    for (char *at = bytes; at < end;) {
        char *stop = name_end(at, end, separator), *next = stop + 1;
        if (separator && stop > at && stop[-1] == '\r') stop--;
        if (stop > at && names) names[count] = at, *stop = 0;
        count += stop > at;
        at = next;
    }
    return count;
}

static bool bytes_read(FILE *file, const char *path, char **bytes, size_t *n) {
    size_t room = 0, got = 1;
    while (got) {
        if (*n + 1 >= room) {
            room = room ? room * 2 : 1 << 16;
            char *wider = room <= MOST_BYTES ? realloc(*bytes, room) : NULL;
            if (!wider) {
                say("--files-from: %s is too long for a list of names", path);
                return false;
            }
            *bytes = wider;
        }
        got = fread(*bytes + *n, 1, room - *n - 1, file);
        *n += got;
    }
    if (ferror(file)) say("%s: cannot be read: %s", path, strerror(errno));
    return !ferror(file);
}

static bool operands_add(options *asked, size_t n) {
    size_t more = list_split(asked->listed, n, NULL);
    const char **wider = realloc(asked->operands, (asked->n_operands + more + 1) * sizeof *wider);
    if (!wider) {
        say("out of memory");
        return false;
    }
    asked->operands = wider;
    asked->n_operands += list_split(asked->listed, n, wider + asked->n_operands);
    return true;
}

bool options_list_files(options *asked) {
    const char *path = asked->files_from;
    size_t n = 0;
    if (!path) return true;
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file) {
        say("%s: cannot be opened: %s", path, strerror(errno));
        return false;
    }
    bool good = bytes_read(file, path, &asked->listed, &n);
    if (!is_stdin) fclose(file);
    return good && operands_add(asked, n);
}
