/* The cases, one function each; a group of them has a file. They print their figures. */
#ifndef SPEED_CASES_H
#define SPEED_CASES_H

#include "setup.h"

typedef struct speed_case speed_case;
typedef void (*case_fn)(const setup *s, const speed_case *self);

struct speed_case {
    const char *name;
    const char *what; /* for --list */
    case_fn measure;
    unsigned threads;
};

/* Stages of the library, each alone and on one thread. */
void measure_json(const setup *s, const speed_case *self);
void measure_read(const setup *s, const speed_case *self);
void measure_sketch(const setup *s, const speed_case *self);
void measure_candidates(const setup *s, const speed_case *self);
void measure_verify(const setup *s, const speed_case *self);
void measure_story(const setup *s, const speed_case *self);

/* The command from file to result. */
void measure_cluster(const setup *s, const speed_case *self);
void measure_reprints(const setup *s, const speed_case *self); /* text groups without stories */
void measure_dedup(const setup *s, const speed_case *self);
void measure_index(const setup *s, const speed_case *self);
void measure_report(const setup *s, const speed_case *self);

/* An index that is there. */
void measure_add(const setup *s, const speed_case *self);
void measure_match(const setup *s, const speed_case *self);
void measure_open(const setup *s, const speed_case *self);
void measure_size(const setup *s, const speed_case *self);

#endif
