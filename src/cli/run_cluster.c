/* `flong cluster`: articles in, one line for each with its text group out. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "say.h"
#include "stop.h"
#include "work.h"

typedef struct outputs {
    output articles, pairs;
} outputs;

static bool paths_good(const options *asked) {
    const named_path written[] = {{"-o", asked->output ? asked->output : "-"}, {"--pairs", asked->pairs}};
    const named_path index = {"--index", asked->index};
    return paths_apart(written, 2, &index, asked->operands, asked->n_operands);
}

/* Opened before the work, so that what cannot be written is known before it is done. */
static bool outputs_open(outputs *out, const options *asked) {
    return output_open(&out->articles, asked->output) &&
           (!asked->pairs || output_open(&out->pairs, asked->pairs));
}

/* Only a new index gives the articles of this input and no others. */
static bool index_is_new(work *job) {
    flong_info info;
    flong_status status = flong_index_info(job->index, &info, &job->error);
    if (status != FLONG_OK) return work_failed(job, status);
    if (info.articles == 0) return true;
    say("%s holds %s already, and cluster wants a new index; `flong index %s FILE...` adds to it, `flong "
        "match` only looks articles up",
        job->path, spell_count(info.articles, "article").text, job->path);
    return false;
}

static bool write_reports(work *job, outputs *out) {
    flong_status status = flong_report_articles(job->index, output_write, &out->articles, &job->error);
    if (status == FLONG_OK && out->pairs.file)
        status = flong_report_pairs(job->index, output_write, &out->pairs, &job->error);
    if (stop_asked()) say("stopped before the output was complete");
    if (stop_asked() || !output_good(&out->articles) || !output_good(&out->pairs)) return false;
    return status == FLONG_OK || work_failed(job, status);
}

static bool cluster(work *job, outputs *out, const options *asked) {
    return paths_good(asked) && work_open_input(job, asked->operands, asked->n_operands) &&
           outputs_open(out, asked) && work_open_index(job) && index_is_new(job) && work_add(job) &&
           write_reports(job, out) && output_finish(&out->articles, &out->pairs);
}

int run_cluster(const options *asked) {
    work job = {.asked = asked, .path = asked->index};
    outputs out = {0};
    bool good = cluster(&job, &out, asked);
    if (good) work_conclude(&job);
    output_discard(&out.articles);
    output_discard(&out.pairs);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
