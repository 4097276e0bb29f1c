#include "measure.h"

#include "say.h"
#include "stop.h"
#include "work.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int on_batch(void *context, const flong_progress *now) {
    measure *out = context;
    if (out->first == 0) {
        out->first = (double)now->articles;
        out->memory_first = (double)memory_peak();
    }
    return stop_asked();
}

static int write_nothing(void *context, const char *bytes, size_t n) {
    (void)context, (void)bytes, (void)n;
    return stop_asked();
}

static flong_status take(measure *out, work *job) {
    flong_info info;
    double began = now_seconds();
    flong_add_options settings = work_settings(job);
    settings.progress = on_batch;
    settings.progress_context = out;
    flong_status status = flong_index_add(job->index, reading_next, &job->in, &settings, &job->error);
    if (status != FLONG_OK) return status;
    double added = now_seconds();
    status = flong_report_articles(job->index, write_nothing, NULL, &job->error);
    if (status == FLONG_OK) status = flong_report_pairs(job->index, write_nothing, NULL, &job->error);
    if (status == FLONG_OK) status = flong_index_info(job->index, &info, &job->error);
    if (status != FLONG_OK) return status;
    out->add_seconds = added - began;
    out->report_seconds = now_seconds() - added;
    out->articles = (double)job->in.counts.records;
    out->text_bytes = (double)job->in.counts.text_bytes;
    out->pairs = (double)info.pairs;
    out->index_bytes = (double)info.bytes;
    out->memory = (double)memory_peak();
    if (out->first >= out->articles) out->first = 0; /* it was not full */
    return FLONG_OK;
}

static bool measure_here(measure *out, const options *asked, const char *const *paths, size_t n,
                         const char *index) {
    work job = {.asked = asked, .path = index};
    flong_status status = reading_open(&job.in, asked, paths, n, true, &job.error);
    bool good = status == FLONG_OK ? work_open_index(&job) : work_failed(&job, status);
    if (good) {
        status = take(out, &job);
        good = status == FLONG_OK || work_failed(&job, status);
    }
    work_close(&job);
    return good && !stop_asked();
}

/* The numbers come through a pipe; a child that failed has said why, and gives none. */
static bool child_result(measure *out, pid_t child, int from) {
    char *to = (char *)out;
    size_t n = 0;
    int status;
    for (ssize_t got = 1; got != 0 && n < sizeof *out;) {
        got = read(from, to + n, sizeof *out - n);
        if (got < 0 && errno != EINTR) break;
        if (got > 0) n += (size_t)got;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (WIFSIGNALED(status) && !stop_asked())
        say("the work on the sample was ended by signal %d", WTERMSIG(status));
    return n == sizeof *out && !stop_asked();
}

/* In a child process, whose memory is that of the work alone. */
bool measure_take(measure *out, const options *asked, const char *const *paths, size_t n, const char *index) {
    int ends[2];
    *out = (measure){0};
    fflush(NULL);
    pid_t child = pipe(ends) == 0 ? fork() : -1;
    if (child < 0) {
        say("cannot start a process: %s", strerror(errno));
        return false;
    }
    if (child == 0) {
        bool good =
            measure_here(out, asked, paths, n, index) && write(ends[1], out, sizeof *out) == sizeof *out;
        _exit(good ? EXIT_DONE : EXIT_ERROR);
    }
    close(ends[1]);
    bool good = child_result(out, child, ends[0]);
    close(ends[0]);
    return good;
}
