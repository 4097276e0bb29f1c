/* `flong report`: an index, or what cluster wrote, as one HTML page. */
#include "run.h"

#include "paths.h"
#include "report.h"
#include "say.h"
#include "stop.h"
#include "tables.h"

#include <string.h>
#include <unistd.h>

/* Bytes of the page, as they are written, on a terminal. */
typedef struct page_output {
    output *out;
    progress line;
    uint64_t bytes;
} page_output;

static int page_write(void *context, const char *bytes, size_t n) {
    page_output *page = context;
    page->bytes += n;
    progress_draw_text(&page->line, "the page: %s", spell_bytes(page->bytes).text);
    return output_write(page->out, bytes, n);
}

/* The last part of a path. */
static flong_str name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash && slash[1] ? slash + 1 : path;
    return (flong_str){name, strlen(name)};
}

/* What the page is of: for cluster its input. */
static const char *subject(const work *job) {
    const options *asked = job->asked;
    if (job->path) return job->path;
    return asked->n_operands && strcmp(asked->operands[0], "-") != 0 ? asked->operands[0] : "standard input";
}

/* Writes the page as it is wanted, of job->index or of wanted->result. */
static flong_status page_make(work *job, output *out, flong_html_options *wanted) {
    page_output page = {.out = out};
    wanted->size = sizeof *wanted;
    wanted->name = name_of(subject(job));
    wanted->threads = job->asked->threads;
    wanted->no_text = job->asked->no_text;
    wanted->max_size = job->asked->max_size;
    progress_begin(&page.line, job->asked, &job->in);
    progress_draw_text(&page.line, "the page: reading what is known");
    flong_status status = flong_report_html(job->index, wanted, page_write, &page, &job->error);
    progress_end(&page.line);
    return status;
}

flong_status report_write(work *job, output *out) {
    flong_html_options wanted = {0};
    return page_make(job, out, &wanted);
}

/* ---- the command ------------------------------------------------------------------------- */

/* Whether a file is an SQLite database, or is not there: then the library says so. */
static bool is_index(const char *path) {
    static const char magic[] = "SQLite format 3";
    char head[sizeof magic] = {0};
    FILE *file = fopen(path, "rb");
    if (!file) return true;
    size_t n = fread(head, 1, sizeof head, file);
    fclose(file);
    return n == 0 || memcmp(head, magic, sizeof magic) == 0;
}

static bool operands_fit(const options *asked, bool index) {
    bool to_output = !asked->output || strcmp(asked->output, "-") == 0,
         page = asked->output || !tables_asked(asked);
    if (!index && tables_asked(asked))
        say("%s is no index; --csv and --graph need one, which `flong index` makes", asked->operands[0]);
    else if (page && to_output && isatty(STDOUT_FILENO))
        say("a page is for a browser and not for a terminal; name a file for it: -o report.html");
    else if (index && asked->n_operands > 1)
        say("%s is an index, which keeps its texts; FILEs are for what flong cluster wrote",
            asked->operands[0]);
    else if (index && asked->given_pairs)
        say("%s is an index, which keeps its pairs; --pairs is for what flong cluster wrote",
            asked->operands[0]);
    else
        return true;
    return false;
}

static flong_status source_open(work *job, bool index, flong_html_options *wanted) {
    const options *asked = job->asked;
    if (index) return flong_index_open(&job->index, job->path, FLONG_OPEN_READ, NULL, &job->error);
    wanted->result = job->path;
    wanted->pairs = asked->given_pairs;
    if (asked->n_operands == 1) return FLONG_OK;
    wanted->articles = reading_next;
    wanted->articles_context = &job->in;
    return reading_open(&job->in, asked, asked->operands + 1, asked->n_operands - 1, false, &job->error);
}

static bool write_all(work *job, output *out, tables *beside) {
    flong_html_options wanted = {0};
    bool index = is_index(job->path);
    if (!operands_fit(job->asked, index)) return false;
    flong_status status = source_open(job, index, &wanted);
    if (status != FLONG_OK) return work_failed(job, status);
    if (!tables_write(beside, job)) return false;
    if (tables_asked(job->asked) && !job->asked->output) return true; /* no page is asked for */
    if (!output_open(out, job->asked->output)) return false;
    status = page_make(job, out, &wanted);
    if (stop_asked()) say("stopped before the output was complete");
    if (stop_asked() || (status != FLONG_OK && !out->error)) return !stop_asked() && work_failed(job, status);
    return wanted.articles == NULL || reading_conclude(&job->in, status == FLONG_OK);
}

int run_report(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    output out = {0};
    tables beside = {0};
    const char *page = asked->output || tables_asked(asked) ? asked->output : "-";
    const named_path written[] = {{"-o", page}, {"--graph", asked->graph}};
    const named_path index = {"what is reported", job.path}, none = {0};
    bool good = tables_fit(asked) &&
                paths_apart(written, 2, &index, asked->operands + 1, asked->n_operands - 1) &&
                paths_apart(written, 2, &none, &asked->given_pairs, asked->given_pairs != NULL) &&
                write_all(&job, &out, &beside) && output_good(&out) && tables_finish(&beside) &&
                output_finish(&out, NULL);
    output_discard(&out);
    tables_discard(&beside);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
