/* Which files a command would read and write: no output may be an input, an index or another
 * output. */
#ifndef FLONG_CLI_PATHS_H
#define FLONG_CLI_PATHS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct named_path {
    const char *role; /* "-o", "the index", "an input"; for messages */
    const char *path; /* NULL: not given */
} named_path;

/* Whether two paths lead to one regular file, there already or not. */
bool paths_same(const char *a, const char *b);

/* Whether none of the n outputs is another of them or one of the inputs; says which is. The path
 * "-" is standard output among outputs and standard input among inputs. */
bool paths_apart(const named_path *outputs, size_t n_outputs, const named_path *index,
                 const char *const *inputs, size_t n_inputs);

/* Whether the path leads to the file or pipe that standard output is, as /dev/stdout does. */
bool path_is_standard_output(const char *path);

/* Whether the path can be read twice: a regular file or a directory, or nothing at all. */
bool path_rereadable(const char *path);

#endif
