/* What cluster, dedup, index and regroup have in common: articles are read and added to an index. */
#ifndef FLONG_CLI_WORK_H
#define FLONG_CLI_WORK_H

#include "progress.h"

/* Zero-initialised, nothing is open. */
typedef struct work {
    const options *asked;
    const char *path; /* of the index; NULL: a temporary one */
    reading in;
    flong_index *index;
    char source
        [FLONG_INPUT_NAME]; /* names the input of an index that holds nothing else; empty: of any other */
    progress line;
    flong_error error;
} work;

/* Each says what went wrong and returns false. An index is made where it is not there; with `source` one that is there
 * must have just the parameters asked for. */
bool work_open_input(work *job, const char *const *paths, size_t n);
bool work_open_index(work *job);
bool work_add(work *job);

/* The parameters of the index at job->path, or the defaults where there is none, with those that were given put
 * over them; *any: some were. */
bool work_params(work *job, flong_params *params, bool *any);

/* Threads, memory and progress, as they were asked for. */
flong_add_options work_settings(work *job);

/* Says why a call of the library failed with job->error, unless that was because an output could
 * not be written, which the output tells, or because the user asked to stop. Returns false. */
bool work_failed(const work *job, flong_status status);

/* The closing line: articles, pairs and groups of the index. */
void work_conclude(work *job);

void work_close(work *job);

#endif
