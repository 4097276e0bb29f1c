/* hash_short of hash.h for eight strings at a time, with AVX-512. */
#ifndef FLONG_BASE_HASH_WIDE_H
#define FLONG_BASE_HASH_WIDE_H

#include "base/hash.h"
#include "base/simd.h"

#if SIMD_X86

#include <immintrin.h>

/* The two halves of the products of 64 bits, xored: from four products of 32 bits each. */
SIMD_TARGET(AVX512) static inline __m512i product_folded(__m512i a, __m512i b) {
    const __m512i low = _mm512_set1_epi64(0xFFFFFFFF);
    __m512i a_high = _mm512_srli_epi64(a, 32), b_high = _mm512_srli_epi64(b, 32);
    __m512i first = _mm512_mul_epu32(a, b), last = _mm512_mul_epu32(a_high, b_high);
    __m512i one = _mm512_add_epi64(_mm512_mul_epu32(a_high, b), _mm512_srli_epi64(first, 32));
    __m512i two = _mm512_add_epi64(_mm512_mul_epu32(a, b_high), _mm512_and_si512(one, low));
    __m512i high =
        _mm512_add_epi64(last, _mm512_add_epi64(_mm512_srli_epi64(one, 32), _mm512_srli_epi64(two, 32)));
    return _mm512_xor_si512(high, _mm512_mullo_epi64(a, b));
}

/* x ^ x >> n */
#define SHIFT_XOR(x, n) _mm512_xor_si512(x, _mm512_srli_epi64(x, n))
#define TIMES(x, y)     _mm512_mullo_epi64(x, _mm512_set1_epi64((long long)(y)))

/* For strings of n bytes, 1 to 16 each, whose first 8 bytes and last 8 bytes these are, with what stands behind or
 * before those that are shorter. */
SIMD_TARGET(AVX512) static inline __m512i hash_short_wide(__m512i first, __m512i last, __m512i n) {
    const __m512i byte = _mm512_set1_epi64(0xFF);
    __m512i middle = _mm512_srlv_epi64(first, _mm512_slli_epi64(_mm512_srli_epi64(n, 1), 3));
    __m512i few = _mm512_or_si512(_mm512_or_si512(_mm512_slli_epi64(_mm512_and_si512(first, byte), 16),
                                                  _mm512_slli_epi64(_mm512_and_si512(middle, byte), 24)),
                                  _mm512_or_si512(_mm512_srli_epi64(last, 56), _mm512_slli_epi64(n, 8)));
    few = _mm512_xor_si512(few, _mm512_set1_epi64(0x87275A9B));
    few = TIMES(SHIFT_XOR(few, 33), UINT64_C(0xC2B2AE3D27D4EB4F));
    few = TIMES(SHIFT_XOR(few, 29), UINT64_C(0x165667B19E3779F9));
    few = SHIFT_XOR(few, 32);
    __m512i some = _mm512_add_epi64(_mm512_srli_epi64(last, 32), _mm512_slli_epi64(first, 32));
    some = _mm512_xor_si512(some, _mm512_set1_epi64((long long)UINT64_C(0xC73AB174C5ECD5A2)));
    some = _mm512_ternarylogic_epi64(some, _mm512_rol_epi64(some, 49), _mm512_rol_epi64(some, 24), 0x96);
    some = TIMES(some, UINT64_C(0x9FB21C651E98DF25));
    some = _mm512_xor_si512(some, _mm512_add_epi64(_mm512_srli_epi64(some, 35), n));
    some = SHIFT_XOR(TIMES(some, UINT64_C(0x9FB21C651E98DF25)), 28);
    __m512i hash = _mm512_mask_blend_epi64(_mm512_cmplt_epu64_mask(n, _mm512_set1_epi64(4)), some, few);
    __mmask8 is_long = _mm512_cmpgt_epu64_mask(n, _mm512_set1_epi64(8));
    if (!is_long) return hash;
    const __m512i reversed =
        _mm512_set_epi64(0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F, 0x0001020304050607,
                         0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F, 0x0001020304050607);
    first = _mm512_xor_si512(first, _mm512_set1_epi64((long long)UINT64_C(0x6782737BEA4239B9)));
    last = _mm512_xor_si512(last, _mm512_set1_epi64((long long)UINT64_C(0xAF56BC3B0996523A)));
    __m512i more =
        _mm512_add_epi64(_mm512_add_epi64(n, last),
                         _mm512_add_epi64(_mm512_shuffle_epi8(first, reversed), product_folded(first, last)));
    more = TIMES(SHIFT_XOR(more, 37), UINT64_C(0x165667919E3779F9));
    return _mm512_mask_blend_epi64(is_long, hash, SHIFT_XOR(more, 32));
}

#undef SHIFT_XOR
#undef TIMES

#endif
#endif
