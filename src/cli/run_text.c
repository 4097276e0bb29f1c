/* `flong text`: articles as flong reads them, for people or as JSON. */
#include "run.h"

#include "article_text.h"
#include "output.h"
#include "paths.h"
#include "say.h"
#include "stop.h"
#include "terminal.h"
#include "work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct text_run {
    work job;
    options asked; /* as given, but that no stories are looked for */
    output out;
    bool coloured, failed, *found; /* found: of each id that was asked for */
    uint64_t shown;
} text_run;

static bool enough(const text_run *t) {
    return stop_asked() || t->failed || t->out.error || (t->asked.limit && t->shown >= t->asked.limit);
}

/* Whether an article is one of those asked for. */
static bool is_asked(const text_run *t, flong_str id) {
    bool asked = t->asked.n_ids == 0;
    for (size_t i = 0; i < t->asked.n_ids; i++) {
        const flong_str *one = &t->asked.ids[i];
        if (one->n != id.n || memcmp(one->p, id.p, id.n) != 0) continue;
        t->found[i] = asked = true;
    }
    return asked;
}

/* A flong_reading_fn: shows one article. */
static int on_article(void *context, const flong_reading *article) {
    text_run *t = context;
    t->shown++;
    if (t->asked.json) {
        flong_error error;
        flong_status status = flong_report_reading(article, output_write, &t->out, &error);
        if (status != FLONG_OK && status != FLONG_STOPPED) {
            say("%s", error.text);
            t->failed = true;
        }
    } else {
        if (t->shown > 1) fputs("\n", t->out.file);
        article_text_print(t->out.file, article, t->coloured);
        if (ferror(t->out.file) && !t->out.error) t->out.error = errno;
    }
    return enough(t);
}

static bool show_index(text_run *t) {
    flong_status status = flong_index_texts(t->job.index, t->asked.n_ids ? t->asked.ids : NULL,
                                            t->asked.n_ids, on_article, t, &t->job.error);
    return status == FLONG_OK || enough(t) || work_failed(&t->job, status);
}

/* ---- files --------------------------------------------------------------------------------- */

/* Furniture is learned from all of the files before the first article is shown. */
static bool show_files(text_run *t, const char *const *paths, size_t n) {
    return work_open_input(&t->job, paths, n) && work_open_index(&t->job) && work_add(&t->job) &&
           show_index(t);
}

static bool show_records(text_run *t) {
    flong_record record;
    int given = 1;
    flong_status status = FLONG_OK;
    while (status == FLONG_OK && !enough(t) && (given = reading_next(&t->job.in, &record, &t->job.error)) > 0)
        if (is_asked(t, record.id))
            status = flong_index_read(t->job.index, &record, on_article, t, &t->job.error);
    if (given < 0) status = t->job.error.status;
    bool any = reading_conclude(&t->job.in, given == 0);
    if (enough(t)) return true;
    return status == FLONG_OK ? any : work_failed(&t->job, status);
}

/* The ids that no article of the files has. */
static bool all_found(const text_run *t) {
    bool all = true;
    for (size_t i = 0; i < t->asked.n_ids && !enough(t); i++) {
        if (t->found[i]) continue;
        say("no article has the id %s", t->asked.ids[i].p);
        all = false;
    }
    return all;
}

/* Articles of files, read with what an index knows. */
static bool show_files_by_index(text_run *t, const char *const *paths, size_t n) {
    t->found = calloc(t->asked.n_ids + 1, sizeof *t->found);
    if (!t->found) say("out of memory");
    return t->found && work_open_input(&t->job, paths, n) && show_records(t) && all_found(t);
}

/* ---- what is asked ------------------------------------------------------------------------- */

static bool open_index(text_run *t) {
    t->job.path = t->asked.index;
    for (int i = 0; i < N_PARAMS; i++)
        if (t->asked.params_given[i]) {
            say("an index has its own parameters; --%s is of articles that are read without --index",
                i == PARAM_min_tokens ? "min-tokens" : "furniture-texts");
            return false;
        }
    flong_status status = flong_index_open(&t->job.index, t->job.path, FLONG_OPEN_READ, NULL, &t->job.error);
    return status == FLONG_OK || work_failed(&t->job, status);
}

static bool is_index(const char *path) {
    char head[16] = "";
    FILE *file = path_rereadable(path) ? fopen(path, "rb") : NULL;
    size_t n = file ? fread(head, 1, sizeof head, file) : 0;
    if (file) fclose(file);
    return n == sizeof head && memcmp(head, "SQLite format 3", sizeof head) == 0;
}

static bool paths_good(const text_run *t) {
    const named_path written = {"-o", t->asked.output ? t->asked.output : "-"};
    const named_path index = {"--index", t->asked.index};
    for (size_t i = 0; i < t->asked.n_operands; i++)
        if (is_index(t->asked.operands[i])) {
            say("%s is an index; `flong text --index %s` shows its articles", t->asked.operands[i],
                t->asked.operands[i]);
            return false;
        }
    return paths_apart(&written, 1, &index, t->asked.operands, t->asked.n_operands);
}

static bool show(text_run *t) {
    const char *const *paths = t->asked.operands;
    size_t n = t->asked.n_operands;
    if (!t->asked.index) return show_files(t, paths, n);
    if (!open_index(t)) return false;
    return n ? show_files_by_index(t, paths, n) : show_index(t);
}

int run_text(const options *asked) {
    text_run t = {.job = {.asked = &t.asked}, .asked = *asked};
    t.asked.params_given[PARAM_stories] = !asked->index;
    t.asked.params.stories = 0;
    bool good = paths_good(&t) && output_open(&t.out, asked->output);
    if (good) t.coloured = terminal_coloured(asked, t.out.file);
    good = good && show(&t) && !stop_asked() && !t.failed && output_finish(&t.out, NULL);
    output_discard(&t.out);
    work_close(&t.job);
    free(t.found);
    return good ? EXIT_DONE : EXIT_ERROR;
}
