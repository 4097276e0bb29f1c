/* `flong index`: articles are added to a file that stays. */
#include "run.h"

#include "paths.h"
#include "summary.h"
#include "work.h"

int run_index(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    const char *const *paths = asked->operands + 1;
    size_t n = asked->n_operands - 1;
    const named_path index = {"the index", job.path};
    bool good = paths_apart(NULL, 0, &index, paths, n) && work_open_input(&job, paths, n) &&
                work_open_index(&job) && work_add(&job);
    if (good) summary_conclude(&job);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
