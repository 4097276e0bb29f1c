#include "sketch/passage.h"

/* The place of the least shingle in [first, end); the last one of equals. */
static size_t least_in(const uint64_t *shingles, size_t first, size_t end) {
    size_t least = first;
    for (size_t i = first + 1; i < end; i++)
        if (shingles[i] <= shingles[least]) least = i;
    return least;
}

size_t passage_keys(uint64_t *out, const uint64_t *shingles, size_t n, uint32_t window) {
    if (n == 0) return 0;
    size_t n_keys = 0;
    size_t least = least_in(shingles, 0, n < window ? n : window);
    out[n_keys++] = shingles[least];
    for (size_t end = window + 1; end <= n; end++) {
        size_t first = end - window;
        if (least < first)
            least = least_in(shingles, first, end);
        else if (shingles[end - 1] <= shingles[least])
            least = end - 1;
        else
            continue;
        out[n_keys++] = shingles[least];
    }
    return n_keys;
}
