/* The files of an input: what was named, with folders and patterns replaced by what is in them. */
#ifndef FLONG_INPUT_PATHS_H
#define FLONG_INPUT_PATHS_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "flong.h"

typedef struct path {
    const char *name;  /* to open it */
    const char *label; /* to name it in ids and messages: valid UTF-8 */
    uint64_t size;     /* bytes on the disk, 0 where they are not known */
    /* Of an input that goes on (input/resume.h): */
    char stamp[FLONG_INPUT_NAME];
    bool done;             /* it was read before */
    uint64_t pass, handed; /* records of it that were read before; that were read */
} path;

/* Zero-initialised, it is empty. */
typedef struct paths {
    bool takes_all; /* files of a folder whatever their names are */
    arena arena;
    path *items;
    size_t n, capacity;
    uint64_t bytes;   /* of all files on the disk */
    uint64_t ignored; /* files and folders in folders that are hidden or of no known format */
    bool has_pipe;    /* and of it none knows the size */
} paths;

/* A name in UTF-8, for ids and messages: file names are bytes, and where one is no UTF-8 its high bytes are written as
 * %XX. NULL when there is no memory. */
const char *label_make(arena *memory, const char *name);

/* Adds a file, "-", a folder: all files of known formats in it and in the folders in it, or a pattern, with "*", "?",
 * "[...]" and "**" for any number of folders, unless there is a file of that name. Those of a folder or a pattern come in
 * the byte order of their names. FLONG_IO: it is not there or cannot be read. FLONG_INPUT: there is nothing in it. */
flong_status paths_add(paths *self, const char *name, flong_error *error);
void paths_free(paths *self);

/* ---- what the two files of it share ------------------------------------------------------------------------ */

/* Adds a file that was found to be one. The name is borrowed. */
flong_status paths_add_file(paths *self, const char *name, const struct stat *info, flong_error *error);

/* Adds what is in a folder, in any order; folders in folders down to LIMIT_FOLDERS. */
flong_status paths_walk(paths *self, const char *folder, unsigned depth, flong_error *error);

/* Adds what matches a pattern, in any order and perhaps more than once. */
flong_status paths_match(paths *self, const char *pattern, flong_error *error);
bool path_is_pattern(const char *name);

/* folder/name, or name where the folder is ""; NULL when there is no memory. */
const char *path_join(arena *memory, const char *folder, const char *name);

#endif
