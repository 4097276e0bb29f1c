#include "sketch/shingle.h"

#include "base/hash.h"
#include "base/sort.h"

/* The default of flong_params. */
enum { SHINGLE_USUAL = 5 };

/* Inlined with a w that the compiler knows: without the many ways that the hash function has for lengths. */
static inline void hash_all(uint64_t *out, const uint64_t *tokens, size_t n, size_t w) {
    for (size_t i = 0; i < n; i++) out[i] = hash_bytes(tokens + i, w * sizeof *tokens, 2);
}

void shingle_hash(uint64_t *out, const uint64_t *tokens, size_t n_tokens, uint32_t w) {
    size_t n = shingle_count(n_tokens, w);
    if (w == SHINGLE_USUAL)
        hash_all(out, tokens, n, SHINGLE_USUAL);
    else
        hash_all(out, tokens, n, w);
}

size_t shingle_distinct(uint64_t *shingles, uint64_t *scratch, size_t n) {
    sort_hashes(shingles, scratch, n, 0);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || shingles[i] != shingles[kept - 1]) shingles[kept++] = shingles[i];
    return kept;
}
