#include "stopwatch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "setup.h"

static double clock_seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void stopwatch_start(stopwatch *s) {
    s->wall = clock_seconds(CLOCK_MONOTONIC);
    s->cpu = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

void stopwatch_stop(const stopwatch *s, timing *to) {
    to->cpu += clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - s->cpu;
    to->wall += clock_seconds(CLOCK_MONOTONIC) - s->wall;
}

/* ---- memory ------------------------------------------------------------------------------ */

uint64_t peak_get(void) {
    FILE *status = fopen("/proc/self/status", "re");
    char line[256];
    unsigned long kilobytes = 0;
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %lu", &kilobytes) == 1) break;
    if (status) fclose(status);
    struct rusage usage;
    if (kilobytes == 0 && getrusage(RUSAGE_SELF, &usage) == 0) kilobytes = (unsigned long)usage.ru_maxrss;
    return (uint64_t)kilobytes * 1024;
}

void peak_forget(void) {
    FILE *file = fopen("/proc/self/clear_refs", "we");
    if (!file) return;
    fputs("5", file);
    fclose(file);
}

/* ---- other programs ---------------------------------------------------------------------- */

static _Noreturn void child_become(const char *const *arguments, const char *output, const char *locale) {
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0) _exit(126);
    close(file);
    if (locale) setenv("LC_ALL", locale, 1);
    execvp(arguments[0], (char *const *)arguments); /* which writes to none of them */
    _exit(127);
}

static double timeval_seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

timing program_run(const char *const *arguments, const char *output, const char *locale) {
    timing out = {0};
    stopwatch watch;
    int status;
    struct rusage usage;
    fflush(NULL);
    stopwatch_start(&watch);
    pid_t child = fork();
    if (child == 0) child_become(arguments, output, locale);
    if (child < 0) fail(arguments[0], strerror(errno));
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) fail(arguments[0], strerror(errno));
    stopwatch_stop(&watch, &out);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail(arguments[0], WIFEXITED(status) && WEXITSTATUS(status) == 127 ? "cannot be run" : "failed");
    out.cpu = timeval_seconds(usage.ru_utime) + timeval_seconds(usage.ru_stime);
    out.peak = (uint64_t)usage.ru_maxrss * 1024;
    return out;
}
