/* `flong match`: each article is looked up in an index that stays as it is. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "say.h"
#include "stop.h"
#include "work.h"

typedef struct matching {
    work job;
    output out;
    uint64_t articles, matches;
} matching;

static bool open_all(matching *m, const options *asked, const char *const *paths, size_t n) {
    const named_path written = {"-o", asked->output ? asked->output : "-"};
    const named_path index = {"the index", m->job.path};
    if (!paths_apart(&written, 1, &index, paths, n)) return false;
    flong_status status = flong_index_open(&m->job.index, m->job.path, FLONG_OPEN_READ, NULL, &m->job.error);
    if (status == FLONG_OK) status = flong_index_limit(m->job.index, asked->memory, &m->job.error);
    if (status != FLONG_OK) return work_failed(&m->job, status);
    return work_open_input(&m->job, paths, n) && output_open(&m->out, asked->output);
}

static bool look_up(matching *m, const flong_record *record) {
    uint64_t matches = 0;
    flong_status status = flong_report_match(m->job.index, &matches, record, m->job.asked->all, output_write,
                                             &m->out, &m->job.error);
    if (status != FLONG_OK) return m->out.error || work_failed(&m->job, status);
    m->articles++;
    m->matches += matches;
    progress_draw(&m->job.line, m->articles, spell_number(m->matches).text);
    return true;
}

/* A failed write ends the loop as well; output_finish then tells of it. */
static bool look_up_all(matching *m) {
    flong_record record;
    int found;
    bool good = true;
    progress_begin(&m->job.line, m->job.asked, &m->job.in);
    while (good && !m->out.error && (found = reading_next(&m->job.in, &record, &m->job.error)) != 0)
        good = found > 0 ? look_up(m, &record) : work_failed(&m->job, m->job.error.status);
    progress_end(&m->job.line);
    if (stop_asked()) say("stopped; %s looked up", spell_count(m->articles, "article").text);
    bool any = reading_conclude(&m->job.in, good);
    return good && any && !stop_asked();
}

static void conclude(const matching *m) {
    progress_conclude(&m->job.line, m->job.asked, "%s, %s%s", spell_count(m->articles, "article").text,
                      spell_number(m->matches).text, m->matches == 1 ? " match" : " matches");
}

int run_match(const options *asked) {
    matching m = {.job = {.asked = asked, .path = asked->operands[0]}};
    bool good = open_all(&m, asked, asked->operands + 1, asked->n_operands - 1) && look_up_all(&m) &&
                output_finish(&m.out, NULL);
    if (good) conclude(&m);
    output_discard(&m.out);
    work_close(&m.job);
    if (!good) return EXIT_ERROR;
    return asked->fail_if_none && m.matches == 0 ? EXIT_NOTHING : EXIT_DONE;
}
