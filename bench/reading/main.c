/* How fast files are read, cutting alone and with all that makes records of them:
 *
 *   flong-reading FILE...                 a line for each: records, bytes packed and unpacked, seconds, MB/s
 *   flong-reading --make OUT ARTICLES     writes a web archive with a page for each article
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "input/format.h"
#include "make.h"

static void check(flong_status status, const flong_error *error) {
    if (status == FLONG_OK) return;
    fprintf(stderr, "flong-reading: %s\n", error->text);
    exit(2);
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef struct run {
    double start[2], wall, processor;
    uint64_t records, packed, unpacked;
} run;

static void run_start(run *r) {
    *r = (run){.start = {seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)}};
}

static void run_stop(run *r) {
    r->wall = seconds(CLOCK_MONOTONIC) - r->start[0];
    r->processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - r->start[1];
}

static void run_print(const run *r, const char *file, const char *what) {
    printf("%-12s %9llu records %8.1f MB packed %8.1f MB unpacked %7.2f s %7.2f s of processor %7.1f MB/s "
           "packed %7.1f MB/s "
           "unpacked  %s\n",
           what, (unsigned long long)r->records, (double)r->packed / 1e6, (double)r->unpacked / 1e6, r->wall,
           r->processor, (double)r->packed / 1e6 / r->wall, (double)r->unpacked / 1e6 / r->wall, file);
}

/* Items are cut and thrown away. */
static void cut(const char *file) {
    flong_error error;
    flong_str head;
    const char *why;
    run r;
    cutter c = {.from = stream_new(), .max_record = (size_t)64 << 20, .too_long = "too long"};
    block into = {.most = BLOCK_BYTES};
    run_start(&r);
    if (!c.from) check(error_nomem(&error), &error);
    check(stream_open(c.from, file, &error), &error);
    check(stream_peek(c.from, &head, &error), &error);
    const format *is = format_choose(file, head, &why);
    if (!is) check(error_set(&error, FLONG_INPUT, "%s: %s", file, why), &error);
    if (is->begin) check(is->begin(&c, &error), &error);
    for (; !c.at_end; r.records += into.n) {
        block_reset(&into);
        check(is->cut(&c, &into, &error), &error);
    }
    if (is->end) is->end(&c);
    r.packed = stream_taken(c.from);
    r.unpacked = c.text;
    stream_free(c.from);
    buffer_free(&c.rest);
    block_free(&into);
    run_stop(&r);
    run_print(&r, file, "cut");
}

static void records_read(const char *file, unsigned threads) {
    flong_error error;
    flong_input *input;
    const flong_record *record;
    flong_input_stats stats;
    char what[32];
    run r;
    const flong_input_options options = {.size = sizeof options, .threads = threads};
    run_start(&r);
    check(flong_input_open(&input, &file, 1, &options, &error), &error);
    do check(flong_input_next(input, &record, &error), &error);
    while (record);
    run_stop(&r);
    flong_input_get_stats(input, &stats);
    r.records = stats.records;
    r.packed = stats.bytes;
    r.unpacked = stats.text_bytes;
    flong_input_close(input);
    snprintf(what, sizeof what, "read, -j%u", threads);
    run_print(&r, file, what);
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--make") == 0) {
        make_archive(argv[2], argv[3]);
        return 0;
    }
    if (argc < 2 || argv[1][0] == '-') {
        fputs("usage: flong-reading FILE... | --make OUT ARTICLES\n", stderr);
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        cut(argv[i]);
        records_read(argv[i], 1);
        records_read(argv[i], 2);
    }
    return 0;
}
