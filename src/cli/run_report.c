/* `flong report`: an index as one HTML page. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "say.h"
#include "stop.h"
#include "work.h"

#include <string.h>

/* The last part of a path. */
static flong_str name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash && slash[1] ? slash + 1 : path;
    return (flong_str){name, strlen(name)};
}

static bool write_page(work *job, output *out) {
    const options *asked = job->asked;
    flong_html_options wanted = {.size = sizeof wanted,
                                 .name = name_of(job->path),
                                 .threads = asked->threads,
                                 .no_text = asked->no_text,
                                 .max_size = asked->max_size};
    flong_status status = flong_index_open(&job->index, job->path, FLONG_OPEN_READ, NULL, &job->error);
    if (status != FLONG_OK || !output_open(out, asked->output)) return work_failed(job, status);
    status = flong_report_html(job->index, &wanted, output_write, out, &job->error);
    if (stop_asked()) say("stopped before the output was complete");
    return !stop_asked() && (status == FLONG_OK || out->error || work_failed(job, status));
}

int run_report(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    output out = {0};
    const named_path written = {"-o", asked->output ? asked->output : "-"};
    const named_path index = {"the index", job.path};
    bool good =
        paths_apart(&written, 1, &index, NULL, 0) && write_page(&job, &out) && output_finish(&out, NULL);
    output_discard(&out);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
