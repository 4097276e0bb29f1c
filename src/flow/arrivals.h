/* Many new text groups put into stories. One touches only the stories that its candidates are in; so those that no chain
 * of candidates and stories connects do not depend on each other, and are placed by several threads. */
#ifndef FLONG_FLOW_ARRIVALS_H
#define FLONG_FLOW_ARRIVALS_H

#include "flow/placing.h"

/* What a thread has for placing. */
typedef struct placer {
    arena memory; /* of one placing */
    tellings_log log;
} placer;

/* Memory that is used again. Zero-initialised, there is none. */
typedef struct arrivals {
    arena memory; /* of one call */
    placer *placers;
    unsigned n_placers;
} arrivals;

void arrivals_free(arrivals *a);

/* As storying_place_all. */
flong_status arrivals_place(arrivals *a, tellings *held, const storying_newcomer *newcomers, size_t n,
                            const storying_scores *scores, pool *threads, flong_error *error);

#endif
