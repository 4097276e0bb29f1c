/* Numbers on the command lines of the programs of bench/. */
#ifndef FLONG_BENCH_NUMBER_H
#define FLONG_BENCH_NUMBER_H

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The whole number in [least, most] that an option of a program is given; otherwise says so, and ends it with status 2. */
static inline uint64_t argument_number(const char *program, const char *option, const char *text,
                                       uint64_t least, uint64_t most) {
    char *end;
    errno = 0;
    uint64_t n = strtoull(text, &end, 10);
    if (*text >= '0' && *text <= '9' && !*end && !errno && n >= least && n <= most) return n;
    fprintf(stderr, "%s: %s takes a whole number from %" PRIu64 " to %" PRIu64 ", not \"%s\"\n", program,
            option, least, most, text);
    exit(2);
}

#endif
