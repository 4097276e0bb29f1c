#include "sketch/background.h"

#include "sketch/background_table.h"

uint32_t background_version(void) { return BACKGROUND_VERSION; }

/* The least level in the bucket among slots with this print; `least` where there is none below it. */
static uint32_t bucket_level(uint64_t bucket, uint32_t print, uint32_t least) {
    for (; bucket; bucket >>= 16) {
        uint32_t level = bucket & (BACKGROUND_LEVELS - 1);
        if ((bucket >> 4 & 0xFFF) == print && level > 0 && level < least) least = level;
    }
    return least;
}

float background_rate(uint64_t hash) {
    uint32_t print = background_print(hash);
    uint32_t least = bucket_level(background_buckets[background_first(hash)], print, BACKGROUND_LEVELS);
    least = bucket_level(background_buckets[background_second(hash)], print, least);
    return background_rates[least % BACKGROUND_LEVELS];
}
