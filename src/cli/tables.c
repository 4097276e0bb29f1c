#include "tables.h"

#include "say.h"
#include "stop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const table_names[TABLES] = {"articles", "pairs", "groups", "stories", "sites"};

/* ---- what is asked for ------------------------------------------------------------------- */

static bool ends_in(const char *path, const char *ending) {
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

static bool is_graphviz(const char *path) { return ends_in(path, ".gv") || ends_in(path, ".dot"); }

bool tables_asked(const options *asked) { return asked->csv || asked->graph; }

bool tables_fit(const options *asked) {
    if (!asked->graph || ends_in(asked->graph, ".graphml") || is_graphviz(asked->graph)) return true;
    say("--graph: %s does not say in what form; end its name in .graphml, .gv or .dot", asked->graph);
    return false;
}

/* ---- the folder -------------------------------------------------------------------------- */

static bool folder_make(tables *t, const char *path) {
    if (mkdir(path, 0777) == 0) t->folder = path;
    if (t->folder || errno == EEXIST) return true; /* if it is no folder, opening says so */
    say("%s: cannot make the folder: %s", path, strerror(errno));
    return false;
}

static bool folder_open(tables *t, const char *path) {
    if (!folder_make(t, path)) return false;
    for (size_t i = 0; i < TABLES; i++) {
        size_t room = strlen(path) + 32;
        if (!(t->names[i] = malloc(room))) {
            say("out of memory");
            return false;
        }
        snprintf(t->names[i], room, "%s/%s.csv", path, table_names[i]);
        if (!output_open(&t->outputs[i], t->names[i])) return false;
    }
    return true;
}

/* Where the rows go that come next. */
typedef struct table_writing {
    tables *all;
    output *now;
} table_writing;

static int table_begin(void *context, const char *name) {
    table_writing *w = context;
    for (size_t i = 0; i < TABLES; i++)
        if (strcmp(name, table_names[i]) == 0) w->now = &w->all->outputs[i];
    return stop_asked();
}

static int table_write(void *context, const char *bytes, size_t n) {
    return output_write(((table_writing *)context)->now, bytes, n);
}

/* ---- writing ----------------------------------------------------------------------------- */

/* Whether all went well; a write that failed is told when the output is finished. */
static bool written(work *job, flong_status status, const output *out) {
    if (stop_asked()) say("stopped before the output was complete");
    return !stop_asked() && (status == FLONG_OK || (out && out->error) || work_failed(job, status));
}

static bool csv_write(tables *t, work *job) {
    table_writing w = {t, NULL};
    if (!folder_open(t, job->asked->csv)) return false;
    flong_status status = flong_report_csv(job->index, table_begin, table_write, &w, &job->error);
    return written(job, status, w.now);
}

static bool graph_write(tables *t, work *job) {
    const char *path = job->asked->graph;
    output *out = &t->outputs[TABLES];
    if (!output_open(out, path)) return false;
    flong_status status = flong_report_graph(job->index, is_graphviz(path), output_write, out, &job->error);
    return written(job, status, out);
}

bool tables_write(tables *t, work *job) {
    return (!job->asked->csv || csv_write(t, job)) && (!job->asked->graph || graph_write(t, job));
}

bool tables_finish(tables *t) {
    bool good = outputs_complete(t->outputs, TABLE_OUTPUTS);
    if (good) t->folder = NULL;
    return good;
}

void tables_discard(tables *t) {
    for (size_t i = 0; i < TABLE_OUTPUTS; i++) output_discard(&t->outputs[i]);
    for (size_t i = 0; i < TABLES; i++) free(t->names[i]);
    if (t->folder) rmdir(t->folder);
    *t = (tables){0};
}
