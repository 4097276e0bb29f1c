#include "twin_minhash.h"

#include <stdlib.h>

#include "base/hash.h"

void twin_signature(uint32_t *out, uint32_t slots, const uint64_t *shingles, size_t n) {
    for (uint32_t slot = 0; slot < slots; slot++) {
        uint64_t least = UINT64_MAX;
        for (size_t i = 0; i < n; i++) {
            uint64_t permuted = hash_bytes(&shingles[i], sizeof shingles[i], 1000 + slot);
            if (permuted < least) least = permuted;
        }
        out[slot] = (uint32_t)(least >> 32);
    }
}

double variance_permutations(uint32_t slots, size_t any, size_t both) {
    double jaccard = (double)both / (double)any;
    return jaccard * (1 - jaccard) / slots;
}

/* chance[m]: that `any` shingles thrown into the slots leave m of them not empty. */
static double *occupancy(uint32_t slots, size_t any) {
    double *chance = calloc(slots + 1, sizeof *chance);
    if (!chance) abort();
    chance[0] = 1;
    for (size_t i = 0; i < any; i++)
        for (uint32_t m = slots + 1; m-- > 0;)
            chance[m] = chance[m] * m / slots + (m > 0 ? chance[m - 1] * (slots - m + 1) / slots : 0);
    return chance;
}

/* Given m slots that are not empty in both sets, M of them equal: E[M] = Jm, and two of them are equal together
 * with chance J (both - 1) / (any - 1). Each of the k - m other slots copies one of the m at random, so the
 * number of equal slots S has E[S^2 | M] = M^2 k^2 / m^2 + (k - m) (M / m) (1 - M / m). */
double variance_densified(uint32_t slots, size_t any, size_t both) {
    double jaccard = (double)both / (double)any, k = slots, square = 0;
    double together = any > 1 ? jaccard * ((double)both - 1) / ((double)any - 1) : 0;
    double *chance = occupancy(slots, any);
    for (uint32_t m = 1; m <= slots; m++) {
        double m_square = jaccard * m + (double)m * (m - 1) * together; /* E[M^2] */
        square += chance[m] * (m_square * k * k / m / m + (k - m) * (jaccard - m_square / m / m));
    }
    free(chance);
    return square / k / k - jaccard * jaccard;
}
