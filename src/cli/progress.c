#include "progress.h"

#include "say.h"
#include "stop.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const double DRAW_EVERY = .1; /* seconds */

double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Resident memory in bytes, 0 where the system does not tell. */
static uint64_t memory_now(void) {
    unsigned long total, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return 0;
    if (fscanf(file, "%lu %lu", &total, &resident) != 2) resident = 0;
    fclose(file);
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint64_t memory_peak(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#ifdef __APPLE__
    return (uint64_t)usage.ru_maxrss;
#else
    return (uint64_t)usage.ru_maxrss * 1024;
#endif
}

void progress_begin(progress *line, const options *asked, const reading *in) {
    *line = (progress){.in = in, .shown = !asked->quiet && isatty(STDERR_FILENO), .began = now_seconds()};
}

/* Share read and time left, when the size of the input is known. */
static spelling spell_left(const reading_counts *counts, double elapsed) {
    spelling out = {{0}};
    double bytes = (double)counts->bytes, total = (double)counts->bytes_total;
    if (total <= 0 || bytes <= 0 || bytes > total) return out;
    snprintf(out.text, sizeof out.text, ", %.0f %%, %.40s left", 100 * bytes / total,
             spell_seconds(elapsed * (total - bytes) / bytes).text);
    return out;
}

void progress_draw(progress *line, uint64_t articles, const char *found) {
    double now = now_seconds(), elapsed = now - line->began;
    if (!line->shown || now - line->drawn < DRAW_EVERY || elapsed <= 0) return;
    line->drawn = now;
    const reading_counts *counts = &line->in->counts;
    char text[480];
    snprintf(text, sizeof text, "%s, %s/s, %.1f MB/s%s, %s, %s", spell_count(articles, "article").text,
             spell_number((uint64_t)((double)articles / elapsed)).text,
             (double)counts->text_bytes / elapsed / 1e6, spell_left(counts, elapsed).text,
             spell_bytes(memory_now()).text, found);
    say_status(text);
}

void progress_draw_text(progress *line, const char *format, ...) {
    double now = now_seconds();
    char text[256];
    va_list arguments;
    if (!line->shown || now - line->drawn < DRAW_EVERY) return;
    line->drawn = now;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say_status(text);
}

int progress_index(void *context, const flong_progress *now) {
    progress *line = context;
    line->told = now->articles;
    progress_draw(line, now->articles, spell_count(now->groups, "group").text);
    return stop_asked();
}

void progress_end(progress *line) {
    if (line->shown) say_status(NULL);
}

void progress_conclude(const progress *line, const options *asked, const char *format, ...) {
    char what[512];
    va_list arguments;
    if (asked->quiet) return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    say_plain("flong %s: %s; %s, peak %s", flong_version(), what,
              spell_seconds(now_seconds() - line->began).text, spell_bytes(memory_peak()).text);
}
