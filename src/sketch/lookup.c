#include "sketch/lookup.h"

#include <string.h>

#include "base/simd.h"
#if SIMD_X86
#include <immintrin.h>
#endif

/* Comparisons from which on filling the table pays. */
enum { LOOKUP_PAYS = 3 };

#if SIMD_X86

static uint32_t high_slot(uint32_t hash) { return hash >> (32 - LOOKUP_BITS); }
static uint32_t low_slot(uint32_t hash) { return hash >> (32 - 2 * LOOKUP_BITS) & (LOOKUP_SLOTS - 1); }

static void table_fill(story_lookup *out, const story_sketch *of) {
    memset(out->high, 0, sizeof out->high);
    memset(out->low, 0, sizeof out->low);
    for (uint32_t i = of->n; i-- > 0;) {
        uint32_t high = high_slot(of->hashes[i]), low = low_slot(of->hashes[i]);
        out->high[high / 32] |= UINT32_C(1) << high % 32;
        out->low[low / 32] |= UINT32_C(1) << low % 32;
        out->first[high] = (uint8_t)i;
    }
}

/* What term i of b adds to the sum; its slots are taken. */
static inline uint32_t product(const story_lookup *a, const story_sketch *b, uint32_t i) {
    uint32_t hash = b->hashes[i], at = a->first[high_slot(hash)];
    while (a->of->hashes[at] < hash) at++; /* what fills up the hashes is the greatest */
    bool shared = a->of->hashes[at] == hash && at < a->of->n;
    return shared ? (uint32_t)a->of->weights[at] * b->weights[i] : 0;
}

/* Which of 16 hashes have their slot in a table. */
SIMD_TARGET(AVX512) static inline __mmask16 slots_taken(__m512i slot, __m512i first, __m512i second) {
    __m512i words = _mm512_permutex2var_epi32(first, _mm512_srli_epi32(slot, 5), second);
    __m512i bits = _mm512_and_si512(slot, _mm512_set1_epi32(31));
    return _mm512_test_epi32_mask(words, _mm512_sllv_epi32(_mm512_set1_epi32(1), bits));
}

/* The terms of b among the n from `first` on whose slots are taken, a bit each. */
SIMD_TARGET(AVX512)
static inline uint64_t terms_taken(const story_lookup *a, const story_sketch *b, uint32_t first, uint32_t n) {
    __m512i high[] = {_mm512_loadu_si512(a->high), _mm512_loadu_si512(a->high + 16)};
    __m512i low[] = {_mm512_loadu_si512(a->low), _mm512_loadu_si512(a->low + 16)};
    uint64_t found = 0;
    for (uint32_t i = 0; i < n; i += 16) {
        __m512i hashes = _mm512_loadu_si512(b->hashes + first + i),
                slots = _mm512_set1_epi32(LOOKUP_SLOTS - 1);
        __m512i in_low = _mm512_and_si512(_mm512_srli_epi32(hashes, 32 - 2 * LOOKUP_BITS), slots);
        uint64_t taken = slots_taken(_mm512_srli_epi32(hashes, 32 - LOOKUP_BITS), high[0], high[1]) &
                         slots_taken(in_low, low[0], low[1]);
        found |= taken << i;
    }
    return found;
}

/* Terms that a word of bits has room for. */
enum { TERMS_AT_ONCE = STORY_TERMS / 2 };
_Static_assert(TERMS_AT_ONCE <= 63 && TERMS_AT_ONCE % 16 == 0, "whole vectors, and bits for them");

SIMD_TARGET(AVX512) static uint32_t dot_avx512(const story_lookup *a, const story_sketch *b) {
    uint32_t sum = 0;
    for (uint32_t first = 0; first < b->n; first += TERMS_AT_ONCE) {
        uint32_t n = b->n - first < TERMS_AT_ONCE ? b->n - first : TERMS_AT_ONCE;
        uint64_t found = terms_taken(a, b, first, n) & ((UINT64_C(1) << n) - 1);
        for (; found; found &= found - 1) sum += product(a, b, first + (uint32_t)__builtin_ctzll(found));
    }
    return sum;
}

#endif

void story_lookup_make(story_lookup *out, const story_sketch *of, size_t n) {
    out->of = of;
    out->filled = false;
#if SIMD_X86
    out->filled = n >= LOOKUP_PAYS && simd_best() >= SIMD_AVX512;
    if (out->filled) table_fill(out, of);
#else
    (void)n;
#endif
}

double story_lookup_cosine(const story_lookup *a, const story_sketch *b) {
#if SIMD_X86
    if (a->filled) return story_cosine_of(dot_avx512(a, b));
#endif
    return story_cosine(a->of, b);
}
