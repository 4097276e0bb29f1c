/* For blocks.c only: 64 bytes of text as bit masks, one bit a byte, the first byte lowest; and folded, as far as they
 * are ASCII. One function for each level of base/simd.h. */
#ifndef FLONG_TEXT_MASKS_H
#define FLONG_TEXT_MASKS_H

#include <stdint.h>

#include "base/simd.h"

enum { BLOCK = 64 };

typedef struct masks {
    uint64_t word;  /* letters and digits of ASCII */
    uint64_t digit; /* 0-9 */
    uint64_t upper; /* A-Z */
    uint64_t high;  /* bytes from 0x80 on */
    uint64_t space; /* the space */
    uint64_t comma; /* , . */
    uint64_t stop;  /* . ! ? */
    uint64_t
        close; /* what makes one of these the end of a sentence where it follows: \t \n \r space " ' ) and high */
    uint64_t single; /* ' */
    uint64_t colon;
    uint64_t other; /* what else means something: \n \v \f \r " < = > @ \ { | } */
} masks;

#endif
