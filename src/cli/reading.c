#include "reading.h"

#include "say.h"
#include "stop.h"

#include <inttypes.h>
#include <unistd.h>

/* Enough to see what is wrong with a file; a million lines would hide it. */
enum { BAD_LINES_TOLD = 10 };

static void on_bad(void *context, const char *file, uint64_t line, const char *why) {
    reading *in = context;
    if (stop_asked()) return; /* the line that the stop cut off */
    if (++in->bad > BAD_LINES_TOLD) return;
    if (line)
        say("%s:%" PRIu64 ": %s; skipped", file, line, why);
    else
        say("%s: %s; skipped", file, why);
}

static void on_odd(void *context, const char *file, uint64_t line, const char *why) {
    reading *in = context;
    if (++in->odd <= BAD_LINES_TOLD) say("%s:%" PRIu64 ": %s; read all the same", file, line, why);
}

static void on_bad_silent(void *context, const char *file, uint64_t line, const char *why) {
    (void)context, (void)file, (void)line, (void)why;
}

/* Those asked for, or all cores. */
static unsigned threads_of(const options *asked) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (asked->threads) return asked->threads;
    return cores > 1 ? (unsigned)cores : 1;
}

flong_status reading_open(reading *in, const options *asked, const char *const *paths, size_t n, bool silent,
                          flong_error *error) {
    static const char *const standard_input[] = {"-"};
    flong_input_options settings = {.size = sizeof settings,
                                    .fields = asked->fields,
                                    .n_fields = asked->n_fields,
                                    .strict = asked->strict && !silent,
                                    .max_line = asked->max_line,
                                    .format = asked->format,
                                    .threads = threads_of(asked),
                                    .all_pages = asked->all_pages,
                                    .on_bad = silent ? on_bad_silent : on_bad,
                                    .on_odd = silent ? on_bad_silent : on_odd,
                                    .bad_context = in};
    in->quiet = asked->quiet;
    /* A list of files that turned out empty is no wish to read standard input. */
    bool has_none = n == 0 && !asked->files_from;
    if (has_none && !asked->quiet && isatty(STDIN_FILENO))
        say("reading articles from the terminal; Ctrl-D ends them");
    return flong_input_open(&in->input, has_none ? standard_input : paths, has_none ? 1 : n, &settings,
                            error);
}

void reading_close(reading *in) {
    flong_input_close(in->input);
    in->input = NULL;
}

/* Copied after every record, so that progress never touches the input, which may be in use. */
static void copy_counts(reading *in) {
    flong_input_stats stats;
    flong_input_get_stats(in->input, &stats);
    atomic_store_explicit(&in->counts.records, stats.records, memory_order_relaxed);
    atomic_store_explicit(&in->counts.bytes, stats.bytes, memory_order_relaxed);
    atomic_store_explicit(&in->counts.bytes_total, stats.bytes_total, memory_order_relaxed);
    atomic_store_explicit(&in->counts.text_bytes, stats.text_bytes, memory_order_relaxed);
}

int reading_next(void *context, flong_record *out, flong_error *error) {
    reading *in = context;
    if (stop_asked()) return 0;
    int found = flong_input_source(in->input, out, error);
    copy_counts(in);
    if (found < 0 && stop_asked()) return 0;
    if (found <= 0 || !in->spool) return found;
    return spool_write(in->spool, flong_input_raw(in->input), error);
}

bool reading_conclude(const reading *in, bool complete) {
    flong_input_stats stats;
    flong_input_get_stats(in->input, &stats);
    if (in->bad) say("%s skipped", spell_count(in->bad, "line").text);
    if (stats.not_articles && !in->quiet)
        say("%s that are no articles left out; --all-pages keeps them",
            spell_count(stats.not_articles, "page").text);
    if (stats.ignored && !in->quiet)
        say("%s in folders and archives left out: hidden, or of no known format",
            spell_count(stats.ignored, "file").text);
    if (stats.bad_dates)
        say("%s not understood; taken as unknown", spell_count(stats.bad_dates, "date").text);
    if (stats.passed && !stats.records && complete && !in->quiet)
        say("nothing new: the index holds all of the input");
    if (stats.records || stats.passed || !complete || stop_asked()) return true;
    say("no article in the input");
    return false;
}
