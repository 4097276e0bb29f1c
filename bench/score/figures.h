/* Agreement of two groupings of the same articles. */
#ifndef SCORE_FIGURES_H
#define SCORE_FIGURES_H

#include <stddef.h>
#include <stdint.h>

typedef struct figures {
    double precision, recall, f1; /* over pairs of articles in one group */
    double ari;                   /* adjusted Rand index (Hubert and Arabie 1985) */
    double b_cubed;               /* F1 of B-cubed precision and recall (Bagga and Baldwin 1998) */
    uint64_t groups, gold_groups;
} figures;

/* gold[i] and got[i] are the groups of article i; both arrays are overwritten with the sizes of
 * those groups. */
figures figures_of(uint64_t *gold, uint64_t *got, size_t n);

#endif
