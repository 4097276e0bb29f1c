#include "work.h"

#include "say.h"
#include "stop.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool work_failed(const work *job, flong_status status) {
    if (status != FLONG_STOPPED && !stop_asked()) say("%s", job->error.text);
    return false;
}

bool work_open_input(work *job, const char *const *paths, size_t n) {
    flong_status status = reading_open(&job->in, job->asked, paths, n, false, &job->error);
    return status == FLONG_OK || work_failed(job, status);
}

/* The parameters of the index that is there, or the defaults. */
static flong_status params_of(const char *path, flong_params *out, flong_error *error) {
    flong_params_default(out);
    if (!path || access(path, F_OK) != 0) return FLONG_OK;
    flong_index *index;
    flong_info info;
    flong_status status = flong_index_open(&index, path, FLONG_OPEN_READ, NULL, error);
    if (status != FLONG_OK) return status;
    status = flong_index_info(index, &info, error);
    if (status == FLONG_OK) *out = info.params;
    flong_index_close(index);
    return status;
}

/* Puts those that were given on the command line over *params; returns whether there were any. */
static bool params_overlay(flong_params *params, const options *asked) {
    bool any = false;
#define PARAM_OVERLAY(type, name, def, min, max, meaning)                                                    \
    if (asked->params_given[PARAM_##name]) params->name = asked->params.name, any = true;
    FLONG_PARAMS_MAP(PARAM_OVERLAY)
#undef PARAM_OVERLAY
    return any;
}

bool work_params(work *job, flong_params *params, bool *any) {
    flong_params_default(params);
    *any = params_overlay(params, job->asked);
    flong_status status = *any ? params_of(job->path, params, &job->error) : FLONG_OK;
    if (status != FLONG_OK) return work_failed(job, status);
    params_overlay(params, job->asked);
    return true;
}

bool work_open_index(work *job) {
    flong_params params;
    bool any = job->source[0] != 0;
    flong_params_default(&params);
    if (any)
        params_overlay(&params, job->asked);
    else if (!work_params(job, &params, &any))
        return false;
    flong_status status =
        flong_index_open(&job->index, job->path, FLONG_OPEN_WRITE, any ? &params : NULL, &job->error);
    if (status == FLONG_OK) return true;
    work_failed(job, status);
    if (status == FLONG_MISMATCH && job->source[0])
        say("%s goes on only with an index that the same command began; `flong index %s FILE...` adds to it "
            "with its own parameters",
            command_table[job->asked->command].name, job->path);
    return false;
}

static void say_stopped(const work *job) {
    if (!job->path)
        say("stopped; nothing is written");
    else if (job->source[0] || job->asked->resume)
        say("stopped; the same command goes on with what %s holds", job->path);
    else
        say("stopped; %s holds the first %s of this input; `flong index %s FILE...` with the same input adds "
            "the rest, those that are there replacing themselves",
            job->path, spell_count(job->line.told, "article").text, job->path);
}

flong_add_options work_settings(work *job) {
    return (flong_add_options){.size = sizeof(flong_add_options),
                               .threads = job->asked->threads,
                               .memory = job->asked->memory,
                               .input = job->asked->resume ? job->in.input : NULL,
                               .progress = progress_index,
                               .progress_context = &job->line,
                               .source_name = {job->source, strlen(job->source)}};
}

bool work_add(work *job) {
    flong_add_options settings = work_settings(job);
    progress_begin(&job->line, job->asked, &job->in);
    flong_status status = flong_index_add(job->index, reading_next, &job->in, &settings, &job->error);
    progress_end(&job->line);
    if (stop_asked())
        say_stopped(job);
    else if (status != FLONG_OK)
        work_failed(job, status);
    bool any = reading_conclude(&job->in, status == FLONG_OK);
    return status == FLONG_OK && any && !stop_asked();
}

/* The sites named of those with stubs; the others are counted. */
enum { STUB_SITES_NAMED = 3 };

typedef struct stub_summary {
    char text[600];
    size_t n; /* bytes of text */
    uint64_t sites, stubs_of_others;
} stub_summary;

static int stub_site_note(void *context, flong_str site, uint64_t stubs) {
    stub_summary *s = context;
    if (s->sites++ >= STUB_SITES_NAMED) {
        s->stubs_of_others += stubs;
        return 0;
    }
    if (!site.n) site = (flong_str){"no site", 7};
    int n = site.n < 100 ? (int)site.n : 100;
    s->n += (size_t)snprintf(s->text + s->n, sizeof s->text - s->n, "%s%s of %.*s", s->n ? ", " : "",
                             spell_number(stubs).text, n, site.p);
    return 0;
}

/* Says of how many pages nothing is left, and where they come from. */
static void say_stubs(work *job, const flong_info *info) {
    stub_summary s = {.n = 0};
    if (info->stubs == 0 || flong_index_stubs(job->index, stub_site_note, &s, NULL) != FLONG_OK) return;
    uint64_t others = s.sites > STUB_SITES_NAMED ? s.sites - STUB_SITES_NAMED : 0;
    if (others)
        say("%s, nothing but furniture: %s, %s of %s", spell_count(info->stubs, "stub").text, s.text,
            spell_number(s.stubs_of_others).text, spell_count(others, "other site").text);
    else
        say("%s, nothing but furniture: %s", spell_count(info->stubs, "stub").text, s.text);
}

void work_conclude(work *job) {
    flong_info info;
    if (job->asked->quiet || flong_index_info(job->index, &info, NULL) != FLONG_OK) return;
    spelling stories;
    snprintf(stories.text, sizeof stories.text, "%.40s stories", spell_number(info.stories).text);
    progress_conclude(&job->line, job->asked, "%s, %s, %s, %s", spell_count(info.articles, "article").text,
                      spell_count(info.pairs, "pair").text, spell_count(info.text_groups, "group").text,
                      info.stories == 1 ? "1 story" : stories.text);
    say_stubs(job, &info);
}

void work_close(work *job) {
    flong_index_close(job->index);
    reading_close(&job->in);
    job->index = NULL;
}
