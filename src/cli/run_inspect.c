/* The commands that look at an index or take articles out of it: explain, check, remove. */
#include "run.h"

#include "output.h"
#include "say.h"
#include "stop.h"
#include "visible.h"
#include "work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static flong_str str_of(const char *text) { return (flong_str){text, strlen(text)}; }

static bool open_index(work *job, unsigned how) {
    flong_status status = flong_index_open(&job->index, job->path, how, NULL, &job->error);
    return status == FLONG_OK || work_failed(job, status);
}

/* A flong_write_fn for text of several lines that is given in one piece. */
static int write_visible(void *context, const char *bytes, size_t n) {
    output *out = context;
    if (stop_asked()) return 1;
    visible_print_lines(out->file, (flong_str){bytes, n});
    if (ferror(out->file) && !out->error) out->error = errno;
    return out->error != 0;
}

static bool explain(work *job, output *out) {
    const char *const *words = job->asked->operands;
    flong_status status =
        flong_report_explain(job->index, str_of(words[1]), str_of(words[2]), write_visible, out, &job->error);
    return status == FLONG_OK || out->error || work_failed(job, status);
}

int run_explain(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    output out = {0};
    bool good = open_index(&job, FLONG_OPEN_READ) && output_open(&out, NULL) && explain(&job, &out) &&
                output_finish(&out, NULL);
    output_discard(&out);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}

static bool check(work *job, output *out) {
    flong_info info;
    flong_status status = flong_index_check(job->index, &job->error);
    if (status == FLONG_OK) status = flong_index_info(job->index, &info, &job->error);
    if (status != FLONG_OK) return work_failed(job, status);
    if (job->asked->quiet) return true;
    visible_print(out->file, str_of(job->path));
    fprintf(out->file, " is whole: %s\n", spell_count(info.articles, "article").text);
    return true;
}

int run_check(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    output out = {0};
    bool good = open_index(&job, FLONG_OPEN_READ) && output_open(&out, NULL) && check(&job, &out) &&
                output_finish(&out, NULL);
    output_discard(&out);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}

static bool remove_articles(work *job, const flong_str *ids, size_t n) {
    size_t removed = 0;
    flong_status status = flong_index_remove(job->index, &removed, ids, n, &job->error);
    if (status != FLONG_OK) return work_failed(job, status);
    if (job->asked->quiet) return true;
    if (removed < n)
        say("removed %s; %s had no article", spell_count(removed, "article").text,
            spell_count(n - removed, "id").text);
    else
        say("removed %s", spell_count(removed, "article").text);
    return true;
}

int run_remove(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    size_t n = asked->n_operands - 1;
    flong_str *ids = calloc(n, sizeof *ids);
    for (size_t i = 0; ids && i < n; i++) ids[i] = str_of(asked->operands[i + 1]);
    if (!ids) say("out of memory");
    /* Opened for reading first: a mistyped name must not create an index. */
    bool good = ids && open_index(&job, FLONG_OPEN_READ);
    work_close(&job);
    good = good && open_index(&job, FLONG_OPEN_WRITE) && remove_articles(&job, ids, n);
    work_close(&job);
    free(ids);
    return good ? EXIT_DONE : EXIT_ERROR;
}
