/* For blocks.c only: the masks of masks.h with NEON. */
#ifndef FLONG_TEXT_MASKS_ARM_H
#define FLONG_TEXT_MASKS_ARM_H

#include <arm_neon.h>

#include "text/masks.h"

/* 64 bytes, each 0 or 0xFF, as bits: each is cut to its own bit of eight, and neighbours are added three times. */
static inline uint64_t bits_of(const uint8x16_t v[4]) {
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t low = vpaddq_u8(vandq_u8(v[0], bit), vandq_u8(v[1], bit));
    uint8x16_t high = vpaddq_u8(vandq_u8(v[2], bit), vandq_u8(v[3], bit));
    low = vpaddq_u8(low, high);
    low = vpaddq_u8(low, low);
    return vgetq_lane_u64(vreinterpretq_u64_u8(low), 0);
}

static inline uint8x16_t is(uint8x16_t c, uint8_t x) { return vceqq_u8(c, vdupq_n_u8(x)); }
static inline uint8x16_t from(uint8x16_t c, uint8_t first, uint8_t last) {
    return vcleq_u8(vsubq_u8(c, vdupq_n_u8(first)), vdupq_n_u8((uint8_t)(last - first)));
}

static inline void masks_base(masks *m, char *folded, const char *text) {
    uint8x16_t word[4], digit[4], upper[4], high[4], space[4], comma[4], stop[4], close[4], single[4],
        colon[4], other[4];
    for (int i = 0; i < 4; i++) {
        uint8x16_t c = vld1q_u8((const uint8_t *)text + 16 * i);
        uint8x16_t point = is(c, '.'), twin = is(c, '"'), line = from(c, '\n', '\r');
        digit[i] = from(c, '0', '9');
        upper[i] = from(c, 'A', 'Z');
        word[i] = vorrq_u8(digit[i], from(vorrq_u8(c, vdupq_n_u8(0x20)), 'a', 'z'));
        high[i] = vcgeq_u8(c, vdupq_n_u8(0x80));
        space[i] = is(c, ' ');
        comma[i] = vorrq_u8(point, is(c, ','));
        stop[i] = vorrq_u8(point, vorrq_u8(is(c, '!'), is(c, '?')));
        single[i] = is(c, '\'');
        colon[i] = is(c, ':');
        close[i] = vorrq_u8(vorrq_u8(vorrq_u8(space[i], high[i]), vorrq_u8(single[i], twin)),
                            vorrq_u8(vorrq_u8(is(c, '\t'), is(c, '\n')), vorrq_u8(is(c, '\r'), is(c, ')'))));
        other[i] = vorrq_u8(vorrq_u8(vorrq_u8(line, twin), vorrq_u8(is(c, '@'), is(c, '\\'))),
                            vorrq_u8(from(c, '<', '>'), from(c, '{', '}')));
        vst1q_u8((uint8_t *)folded + 16 * i, vorrq_u8(c, vandq_u8(upper[i], vdupq_n_u8(0x20))));
    }
    *m = (masks){.word = bits_of(word),
                 .digit = bits_of(digit),
                 .upper = bits_of(upper),
                 .high = bits_of(high),
                 .space = bits_of(space),
                 .comma = bits_of(comma),
                 .stop = bits_of(stop),
                 .close = bits_of(close),
                 .single = bits_of(single),
                 .colon = bits_of(colon),
                 .other = bits_of(other)};
}

#endif
