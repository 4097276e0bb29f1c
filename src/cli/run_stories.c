/* `flong stories`: what an index knows of events. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "say.h"
#include "work.h"

#include <string.h>

/* What was asked for, as the library takes it. */
static bool options_read(flong_story_options *out, const options *asked) {
    *out = (flong_story_options){.size = sizeof *out,
                                 .sort = asked->sort,
                                 .since = FLONG_NO_DATE,
                                 .min_size = asked->min_size ? asked->min_size : 2};
    if (asked->site) out->site = (flong_str){asked->site, strlen(asked->site)};
    if (!asked->since || flong_date_read(&out->since, (flong_str){asked->since, strlen(asked->since)}))
        return true;
    say("--since: %s is not a date, such as 2024-05-31", asked->since);
    return false;
}

static bool write_stories(work *job, output *out, const flong_story_options *wanted) {
    flong_status status = flong_index_open(&job->index, job->path, FLONG_OPEN_READ, NULL, &job->error);
    if (status != FLONG_OK || !output_open(out, job->asked->output)) return work_failed(job, status);
    status = flong_report_stories(job->index, wanted, output_write, out, &job->error);
    return status == FLONG_OK || out->error || work_failed(job, status);
}

int run_stories(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    output out = {0};
    flong_story_options wanted;
    const named_path written = {"-o", asked->output ? asked->output : "-"};
    const named_path index = {"the index", job.path};
    bool good = options_read(&wanted, asked) && paths_apart(&written, 1, &index, NULL, 0) &&
                write_stories(&job, &out, &wanted) && output_finish(&out, NULL);
    output_discard(&out);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
