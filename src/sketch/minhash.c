#include "sketch/minhash.h"

#include <stdbool.h>

#include "base/hash.h"
#include "flong.h"

/* A slot that no shingle chose. A lower half of this value is kept as one less, which costs nothing. */
static const uint32_t empty = UINT32_MAX;

/* Where an empty slot looks at its t-th attempt; the constants are part of the format. */
static uint32_t probe_slot(uint32_t slot, uint32_t attempt, uint32_t slots) {
    uint64_t hash = hash_mix(((uint64_t)slot << 32 | attempt) + UINT64_C(0x9E3779B97F4A7C15));
    return (uint32_t)(((hash >> 32) * slots) >> 32);
}

static void densify(uint32_t *signature, uint32_t slots) {
    /* Filled slots must not serve as sources, so they are told apart by a bit set kept on the stack;
     * slots are at most 1,024 (FLONG_PARAMS_MAP). */
    uint64_t full[1024 / 64] = {0};
    for (uint32_t i = 0; i < slots; i++) full[i / 64] |= (uint64_t)(signature[i] != empty) << (i % 64);
    for (uint32_t i = 0; i < slots; i++) {
        if (signature[i] != empty) continue;
        uint32_t from = i;
        for (uint32_t attempt = 1; !(full[from / 64] >> (from % 64) & 1); attempt++)
            from = probe_slot(i, attempt, slots);
        signature[i] = signature[from];
    }
}

void minhash_signature(uint32_t *out, uint32_t slots, const uint64_t *shingles, size_t n) {
    for (uint32_t i = 0; i < slots; i++) out[i] = empty;
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = (uint32_t)(((shingles[i] >> 32) * slots) >> 32);
        uint32_t value = (uint32_t)shingles[i];
        value -= value == empty;
        out[slot] =
            value < out[slot] ? value : out[slot]; /* which it is cannot be foretold: without a branch */
    }
    if (n > 0) densify(out, slots);
}

void minhash_bands(uint64_t *out, const uint32_t *signature, uint32_t slots, uint32_t rows) {
    for (uint32_t band = 0; band < slots / rows; band++)
        out[band] = hash_bytes(signature + (size_t)band * rows, rows * sizeof *signature, 16 + band);
}

double flong_signature_jaccard(const uint32_t *a, const uint32_t *b, size_t n) {
    size_t same = 0;
    for (size_t i = 0; i < n; i++) same += a[i] == b[i];
    return n ? (double)same / (double)n : 0;
}
