/* `flong regroup`: an index is made anew from its articles. */
#include "run.h"

#include "say.h"
#include "stop.h"
#include "work.h"

static bool regroup(work *job) {
    flong_params params;
    bool any;
    if (!work_params(job, &params, &any)) return false;
    flong_add_options settings = work_settings(job);
    progress_begin(&job->line, job->asked, &job->in);
    flong_status status = flong_index_regroup(job->path, any ? &params : NULL, &settings, &job->error);
    progress_end(&job->line);
    if (status != FLONG_OK && stop_asked()) say("stopped; %s is as it was", job->path);
    if (status != FLONG_OK) return work_failed(job, status);
    status = flong_index_open(&job->index, job->path, FLONG_OPEN_READ, NULL, &job->error);
    return status == FLONG_OK || work_failed(job, status);
}

int run_regroup(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    bool good = regroup(&job);
    if (good) work_conclude(&job);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
