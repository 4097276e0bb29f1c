/* The command, from a file to its result, in a process of its own; with the accuracy of the last run. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "accuracy.h"
#include "kept.h"
#include "rounds.h"
#include "stopwatch.h"

enum { ARGUMENTS_MOST = 16 };

/* A command line, and which files it makes. */
typedef struct command {
    const char *arguments[ARGUMENTS_MOST];
    const char *groups, *index; /* NULL: it makes none */
} command;

static void command_run(const setup *s, void *context, timing *out) {
    const command *c = context;
    if (c->index) kept_remove(c->index);
    *out = program_run(c->arguments, setup_path(s, "output"), NULL);
}

static void command_measure(const setup *s, const speed_case *self, command *c) {
    figure f = rounds_measure(s, self->name, command_run, c);
    if (c->groups) accuracy_add(&f, s, c->groups);
    figure_print(&f, s->csv);
    if (c->groups) unlink(c->groups);
    if (c->index) kept_remove(c->index);
}

static const char *threads_flag(unsigned threads) {
    static char flag[16];
    snprintf(flag, sizeof flag, "-j%u", threads);
    return flag;
}

void measure_cluster(const setup *s, const speed_case *self) {
    const char *groups = setup_path(s, "groups.jsonl");
    command c = {{setup_program(s, "flong"), "cluster", "-q", threads_flag(self->threads), s->file, "-o",
                  groups, "--pairs", setup_path(s, "pairs.jsonl")},
                 groups,
                 NULL};
    command_measure(s, self, &c);
}

/* Whether `flong help cluster` knows a flag. */
static bool flag_exists(const setup *s, const char *flag) {
    const char *said = setup_path(s, "help");
    const char *const arguments[] = {setup_program(s, "flong"), "help", "cluster", NULL};
    char line[256];
    bool found = false;
    program_run(arguments, said, NULL);
    FILE *file = fopen(said, "rbe");
    if (!file) fail(said, strerror(errno));
    while (!found && fgets(line, sizeof line, file)) found = strstr(line, flag) != NULL;
    fclose(file);
    return found;
}

void measure_reprints(const setup *s, const speed_case *self) {
    const char *groups = setup_path(s, "groups.jsonl");
    command c = {{setup_program(s, "flong"), "cluster", "-q", threads_flag(self->threads), "--stories", "0",
                  s->file, "-o", groups},
                 groups,
                 NULL};
    if (flag_exists(s, "--stories"))
        command_measure(s, self, &c);
    else
        fprintf(stderr, "flong-speed: %s: flong cluster has no flag --stories; left out\n", self->name);
}

void measure_dedup(const setup *s, const speed_case *self) {
    command c = {{setup_program(s, "flong"), "dedup", "-q", threads_flag(self->threads), s->file, "-o",
                  setup_path(s, "kept.jsonl")},
                 NULL,
                 NULL};
    command_measure(s, self, &c);
}

void measure_index(const setup *s, const speed_case *self) {
    const char *index = setup_path(s, "whole.flong");
    command c = {
        {setup_program(s, "flong"), "index", "-q", threads_flag(self->threads), index, s->file}, NULL, index};
    command_measure(s, self, &c);
}

void measure_report(const setup *s, const speed_case *self) {
    const char *index = kept_index(s, s->articles);
    command c = {{setup_program(s, "flong"), "report", "-q", threads_flag(self->threads), index, "-o",
                  setup_path(s, "page.html")},
                 NULL,
                 NULL};
    command_measure(s, self, &c);
    unlink(setup_path(s, "page.html"));
}
