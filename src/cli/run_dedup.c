/* `flong dedup`: the first pass indexes the articles, the second writes the lines of those kept. */
#include "run.h"

#include "output.h"
#include "paths.h"
#include "say.h"
#include "stop.h"
#include "work.h"

#include <stdlib.h>

typedef struct dedup {
    work job;
    output clean, removed;
    spool lines; /* what cannot be read twice */
    bool spooled;
    unsigned char *keep; /* for each article by its number: whether it is kept */
    uint64_t n, n_kept;
} dedup;

static bool paths_good(const options *asked) {
    const named_path written[] = {{"-o", asked->output ? asked->output : "-"}, {"--removed", asked->removed}};
    const named_path none = {0};
    return paths_apart(written, 2, &none, asked->operands, asked->n_operands);
}

static bool must_spool(const options *asked) {
    if (asked->n_operands == 0 && !asked->files_from) return true;
    for (size_t i = 0; i < asked->n_operands; i++)
        if (!path_rereadable(asked->operands[i])) return true;
    return false;
}

static bool open_all(dedup *d, const options *asked) {
    if (!paths_good(asked) || !work_open_input(&d->job, asked->operands, asked->n_operands)) return false;
    d->spooled = must_spool(asked);
    if (d->spooled && !spool_open(&d->lines)) return false;
    d->job.in.spool = d->spooled ? &d->lines : NULL;
    return output_open(&d->clean, asked->output) &&
           (!asked->removed || output_open(&d->removed, asked->removed)) && work_open_index(&d->job);
}

static int on_keep(void *context, uint64_t number, uint64_t kept) {
    dedup *d = context;
    if (number >= d->n) return 1;
    if (number != kept) return 0;
    d->keep[number] = 1;
    d->n_kept++;
    return 0;
}

/* An article that the index does not tell of was replaced by a later one: it is not kept. */
static bool choose(dedup *d) {
    d->n = d->job.in.counts.records;
    d->keep = calloc(d->n, 1);
    if (!d->keep) {
        say("out of memory");
        return false;
    }
    unsigned rule =
        d->job.asked->keep | d->job.asked->level | (d->job.asked->drop_stubs ? FLONG_DROP_STUBS : 0);
    flong_status status = flong_index_keep(d->job.index, rule, on_keep, d, &d->job.error);
    return status == FLONG_OK || work_failed(&d->job, status);
}

/* The raw line of the next record in the second pass, as lines were kept in the first. */
static int line_again(dedup *d, reading *second, flong_str *out) {
    if (d->spooled) return spool_read(&d->lines, out, &d->job.error);
    flong_record record;
    int found = reading_next(second, &record, &d->job.error);
    if (found > 0) *out = flong_input_raw(second->input);
    return found;
}

/* Writes each line to where it belongs, until an output fails; false when the lines cannot be read. */
static bool split(dedup *d, reading *second, uint64_t *number) {
    flong_str line;
    int found;
    while ((found = line_again(d, second, &line)) > 0) {
        output *to = *number < d->n && d->keep[*number] ? &d->clean : &d->removed;
        ++*number;
        if (to->file && (output_write(to, line.p, line.n) || output_write(to, "\n", 1))) break;
    }
    return found >= 0 || work_failed(&d->job, d->job.error.status);
}

static bool split_again(dedup *d, uint64_t *number) {
    const options *asked = d->job.asked;
    reading second = {0};
    if (d->spooled)
        return spool_rewind(&d->lines, &d->job.error) > 0 ? split(d, &second, number)
                                                          : work_failed(&d->job, FLONG_IO);
    flong_status status =
        reading_open(&second, asked, asked->operands, asked->n_operands, true, &d->job.error);
    bool good = status == FLONG_OK ? split(d, &second, number) : work_failed(&d->job, status);
    reading_close(&second);
    return good;
}

static bool write_lines(dedup *d) {
    uint64_t number = 0;
    bool good = split_again(d, &number);
    if (stop_asked()) say("stopped before the output was complete");
    if (stop_asked() || !good || !output_good(&d->clean) || !output_good(&d->removed)) return false;
    if (number == d->n) return true;
    say("the input changed while it was read: %s the first time, %s the second; nothing is written",
        spell_count(d->n, "article").text, spell_number(number).text);
    return false;
}

static void conclude(const dedup *d) {
    progress_conclude(&d->job.line, d->job.asked, "%s, %s kept, %s removed",
                      spell_count(d->n, "article").text, spell_number(d->n_kept).text,
                      spell_number(d->n - d->n_kept).text);
}

int run_dedup(const options *asked) {
    dedup d = {.job = {.asked = asked}};
    bool good = open_all(&d, asked) && work_add(&d.job) && choose(&d) && write_lines(&d) &&
                output_finish(&d.clean, &d.removed);
    if (good) conclude(&d);
    output_discard(&d.clean);
    output_discard(&d.removed);
    spool_close(&d.lines);
    work_close(&d.job);
    free(d.keep);
    return good ? EXIT_DONE : EXIT_ERROR;
}
