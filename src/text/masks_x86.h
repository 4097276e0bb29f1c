/* For blocks.c only: the masks of masks.h with SSE2, AVX2 and AVX-512. */
#ifndef FLONG_TEXT_MASKS_X86_H
#define FLONG_TEXT_MASKS_X86_H

#include <immintrin.h>

#include "text/masks.h"

/* The same for vectors of 16 and of 32 bytes, V being the operations' prefix and N the type's. */
#define IS(x)    V(cmpeq_epi8)(c, V(set1_epi8)(x))
#define OR(x, y) VECTOR_OR(x, y)
#define FROM(c, first, last)                                                                                 \
    V(cmpeq_epi8)                                                                                            \
    (V(min_epu8)(V(sub_epi8)(c, V(set1_epi8)(first)), V(set1_epi8)((last) - (first))),                       \
     V(sub_epi8)(c, V(set1_epi8)(first)))
#define PUT(name, v) m->name |= (uint64_t)(uint32_t)V(movemask_epi8)(v) << at
#define MASKS_READ                                                                                           \
    *m = (masks){0};                                                                                         \
    for (size_t at = 0; at < BLOCK; at += sizeof(VECTOR)) {                                                  \
        VECTOR c = LOAD((const void *)(text + at));                                                          \
        VECTOR digit = FROM(c, '0', '9'), upper = FROM(c, 'A', 'Z');                                         \
        VECTOR small = OR(c, V(set1_epi8)(0x20)), letter = FROM(small, 'a', 'z');                            \
        VECTOR line = FROM(c, '\n', '\r'), space = IS(' '), stop = IS('.');                                  \
        VECTOR single = IS('\''), twin = IS('"');                                                            \
        STORE((void *)(folded + at), OR(c, AND(upper, V(set1_epi8)(0x20))));                                 \
        PUT(word, OR(digit, letter));                                                                        \
        PUT(digit, digit);                                                                                   \
        PUT(upper, upper);                                                                                   \
        PUT(high, c);                                                                                        \
        PUT(space, space);                                                                                   \
        PUT(comma, OR(stop, IS(',')));                                                                       \
        PUT(stop, OR(stop, OR(IS('!'), IS('?'))));                                                           \
        PUT(close,                                                                                           \
            OR(OR(OR(space, c), OR(single, twin)), OR(OR(IS('\t'), IS('\n')), OR(IS('\r'), IS(')')))));      \
        PUT(single, single);                                                                                 \
        PUT(colon, IS(':'));                                                                                 \
        PUT(other, OR(OR(OR(line, twin), OR(IS('@'), IS('\\'))), OR(FROM(c, '<', '>'), FROM(c, '{', '}')))); \
    }

#define V(operation) _mm_##operation
#define VECTOR       __m128i
#define VECTOR_OR    _mm_or_si128
#define AND          _mm_and_si128
#define LOAD(p)      _mm_loadu_si128((const __m128i *)(p))
#define STORE(p, v)  _mm_storeu_si128((__m128i *)(p), v)
static inline void masks_base(masks *m, char *folded, const char *text){MASKS_READ}
#undef V
#undef VECTOR
#undef VECTOR_OR
#undef AND
#undef LOAD
#undef STORE

#define V(operation) _mm256_##operation
#define VECTOR       __m256i
#define VECTOR_OR    _mm256_or_si256
#define AND          _mm256_and_si256
#define LOAD(p)      _mm256_loadu_si256((const __m256i *)(p))
#define STORE(p, v)  _mm256_storeu_si256((__m256i *)(p), v)
SIMD_TARGET(AVX2) static inline void masks_avx2(masks *m, char *folded, const char *text) {
    MASKS_READ
}
#undef V
#undef VECTOR
#undef VECTOR_OR
#undef AND
#undef LOAD
#undef STORE

#undef IS
#undef OR
#undef FROM
#undef PUT
#undef MASKS_READ

/* The classes of ASCII as bits, in the order of the masks that are read from them. */
enum {
    IS_WORD = 1,
    IS_DIGIT = 2,
    IS_UPPER = 4,
    IS_SPACE = 8,
    IS_COMMA = 16,
    IS_STOP = 32,
    IS_CLOSE = 64,
    IS_OTHER = 128
};

/* One look-up for 64 bytes in a table of 128. */
SIMD_TARGET(AVX512) static inline void masks_avx512(masks *m, char *folded, const char *text) {
#define DIGITS(x)  x, x, x, x, x, x, x, x, x, x
#define LETTERS(x) DIGITS(x), DIGITS(x), x, x, x, x, x, x
    static const unsigned char classes[128] __attribute__((aligned(64))) = {
        ['\t'] = IS_CLOSE,
        ['\n'] = IS_CLOSE | IS_OTHER,
        ['\v'] = IS_OTHER,
        ['\f'] = IS_OTHER,
        ['\r'] = IS_CLOSE | IS_OTHER,
        [' '] = IS_SPACE | IS_CLOSE,
        ['!'] = IS_STOP,
        ['"'] = IS_CLOSE | IS_OTHER,
        ['\''] = IS_CLOSE,
        [')'] = IS_CLOSE,
        [','] = IS_COMMA,
        ['.'] = IS_COMMA | IS_STOP,
        ['0'] = DIGITS(IS_WORD | IS_DIGIT),
        ['<'] = IS_OTHER,
        ['='] = IS_OTHER,
        ['>'] = IS_OTHER,
        ['?'] = IS_STOP,
        ['@'] = IS_OTHER,
        ['A'] = LETTERS(IS_WORD | IS_UPPER),
        ['\\'] = IS_OTHER,
        ['a'] = LETTERS(IS_WORD),
        ['{'] = IS_OTHER,
        ['|'] = IS_OTHER,
        ['}'] = IS_OTHER,
    };
#undef DIGITS
#undef LETTERS
#define PUT(name, bit) m->name = _mm512_test_epi8_mask(class, _mm512_set1_epi8((char)(bit)))
    __m512i c = _mm512_loadu_si512(text);
    m->high = _mm512_movepi8_mask(c);
    __m512i class = _mm512_maskz_permutex2var_epi8(~m->high, _mm512_load_si512(classes), c,
                                                   _mm512_load_si512(classes + 64));
    PUT(word, IS_WORD);
    PUT(digit, IS_DIGIT);
    PUT(upper, IS_UPPER);
    PUT(space, IS_SPACE);
    PUT(comma, IS_COMMA);
    PUT(stop, IS_STOP);
    PUT(close, IS_CLOSE);
    PUT(other, IS_OTHER);
    m->close |= m->high;
    m->single = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8('\''));
    m->colon = _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8(':'));
    _mm512_storeu_si512(folded, _mm512_mask_add_epi8(c, m->upper, c, _mm512_set1_epi8(0x20)));
#undef PUT
}

#endif
