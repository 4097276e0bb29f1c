/* The progress line and the closing line. */
#ifndef FLONG_CLI_PROGRESS_H
#define FLONG_CLI_PROGRESS_H

#include "reading.h"

typedef struct progress {
    const reading *in;
    bool shown;          /* stderr is a terminal, and --quiet is not given */
    double began, drawn; /* seconds of a clock that only goes forward */
    uint64_t told;       /* articles that the index holds for certain */
} progress;

/* Seconds of the clock; and the most bytes of memory that the process had so far, 0 where the system does not tell. */
double now_seconds(void);
uint64_t memory_peak(void);

void progress_begin(progress *line, const options *asked, const reading *in);

/* Draws the line unless it was drawn just now. `found` is made of what was found so far. */
void progress_draw(progress *line, uint64_t articles, const char *found);

/* Draws another line, likewise. */
void progress_draw_text(progress *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A flong_progress_fn whose context is a progress; asks to stop when the user did. */
int progress_index(void *context, const flong_progress *now);

void progress_end(progress *line);

/* "flong 0.1.0: WHAT; 3.1 s, peak 312 MB" on stderr, WHAT being what is formatted. */
void progress_conclude(const progress *line, const options *asked, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
