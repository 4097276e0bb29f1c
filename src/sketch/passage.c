#include "sketch/passage.h"

/* The place of the least shingle in [first, end); the last one of equals. Without branches, as which is less cannot be
 * foretold. */
static size_t least_in(const uint64_t *shingles, size_t first, size_t end) {
    size_t least = first;
    uint64_t value = shingles[first];
    for (size_t i = first + 1; i < end; i++) {
        uint64_t other = shingles[i];
        least = other <= value ? i : least;
        value = other <= value ? other : value;
    }
    return least;
}

/* From one chosen shingle to the next: that is the first behind the window of the last choice that is not greater; or
 * where the choice falls out of the window before there is one, the least of those that follow it. */
size_t passage_keys(uint64_t *out, const uint64_t *shingles, size_t n, uint32_t window) {
    if (n == 0) return 0;
    size_t n_keys = 0, end = n < window ? n : window; /* of the window; one of n < window is all there is */
    size_t least = least_in(shingles, 0, end);
    out[n_keys++] = shingles[least];
    while (end < n) {
        size_t stop =
            least + window < n ? least + window : n; /* the last windows with `least` in it end here */
        uint64_t value = shingles[least];
        while (end < stop && shingles[end] > value) end++;
        if (end < stop)
            least = end++;
        else if (end < n)
            least = least_in(shingles, least + 1, ++end);
        else
            break;
        out[n_keys++] = shingles[least];
    }
    return n_keys;
}
