/* `flong cluster`: articles in, one line for each with its text group out. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "report.h"
#include "say.h"
#include "stop.h"
#include "summary.h"
#include "work.h"

typedef struct outputs {
    output articles, pairs, page;
} outputs;

static bool paths_good(const options *asked) {
    const named_path written[] = {
        {"-o", asked->output ? asked->output : "-"}, {"--pairs", asked->pairs}, {"--report", asked->report}};
    const named_path index = {"--index", asked->index};
    return paths_apart(written, 3, &index, asked->operands, asked->n_operands);
}

/* Opened before the work, so that what cannot be written is known before it is done. */
static bool outputs_open(outputs *out, const options *asked) {
    return output_open(&out->articles, asked->output) &&
           (!asked->pairs || output_open(&out->pairs, asked->pairs)) &&
           (!asked->report || output_open(&out->page, asked->report));
}

/* An index that stays is of this input, so that a run which was killed goes on; of what cannot be read again it is new
 * each time. */
static bool source_name(work *job) {
    if (!job->path) return true;
    flong_status status = flong_input_name(job->in.input, job->source, &job->error);
    return status == FLONG_OK || status == FLONG_ARG || work_failed(job, status);
}

/* Of what cannot be read again an index must be new; otherwise flong_index_add sees whether the articles that it holds,
 * `held` of them, are the first ones of this input. */
static bool index_is_fit(work *job, uint64_t *held) {
    flong_info info;
    flong_status status = flong_index_info(job->index, &info, &job->error);
    if (status != FLONG_OK) return work_failed(job, status);
    *held = info.articles;
    if (info.articles == 0 || job->source[0]) return true;
    say("%s holds %s already, and what comes through a pipe cannot be read again; `flong index %s` adds to "
        "it, `flong match` only looks articles up",
        job->path, spell_count(info.articles, "article").text, job->path);
    return false;
}

static bool index_fill(work *job) {
    uint64_t held = 0;
    if (!index_is_fit(job, &held) || !work_add(job)) return false;
    if (held && !job->asked->quiet)
        say("%s held %s of this input already", job->path, spell_count(held, "article").text);
    return true;
}

static bool write_reports(work *job, outputs *out) {
    flong_status status = flong_report_articles(job->index, output_write, &out->articles, &job->error);
    if (status == FLONG_OK && out->pairs.file)
        status = flong_report_pairs(job->index, output_write, &out->pairs, &job->error);
    if (status == FLONG_OK && out->page.file) status = report_write(job, &out->page);
    if (stop_asked()) say("stopped before the output was complete");
    if (stop_asked() || !output_good(&out->articles) || !output_good(&out->pairs) || !output_good(&out->page))
        return false;
    return status == FLONG_OK || work_failed(job, status);
}

static bool outputs_finish(outputs *out) {
    output *const list[] = {&out->articles, &out->pairs, &out->page};
    return output_finish_all(list, sizeof list / sizeof *list);
}

static bool cluster(work *job, outputs *out, const options *asked) {
    return paths_good(asked) && work_open_input(job, asked->operands, asked->n_operands) &&
           source_name(job) && outputs_open(out, asked) && work_open_index(job) && index_fill(job) &&
           write_reports(job, out) && outputs_finish(out);
}

int run_cluster(const options *asked) {
    work job = {.asked = asked, .path = asked->index};
    outputs out = {0};
    bool good = cluster(&job, &out, asked);
    if (good) summary_conclude(&job);
    output_discard(&out.articles);
    output_discard(&out.pairs);
    output_discard(&out.page);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
