/* Time of this process, and of programs that it runs. */
#ifndef SPEED_STOPWATCH_H
#define SPEED_STOPWATCH_H

#include "figure.h"

/* Adds what passes between starting and stopping to a run; zero-initialised, it stands still. */
typedef struct stopwatch {
    double wall, cpu;
} stopwatch;
void stopwatch_start(stopwatch *s);
void stopwatch_stop(const stopwatch *s, timing *to);

/* The most memory that this process has held since the last call of peak_forget, in bytes; over all its time where the
 * system cannot forget. */
uint64_t peak_get(void);
void peak_forget(void);

/* Runs a program and waits for it; its standard output goes to the file `output`. Ends the program with status 2 and a
 * message where it cannot be run or fails. `arguments` begin with the program's name or path and end with NULL; `locale`
 * (may be NULL) is its LC_ALL. */
timing program_run(const char *const *arguments, const char *output, const char *locale);

#endif
