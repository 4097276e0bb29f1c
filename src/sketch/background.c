#include "sketch/background.h"

#include "sketch/background_table.h"

uint32_t background_version(void) { return BACKGROUND_VERSION; }

/* One in each of the four slots of a bucket. */
#define EACH_SLOT UINT64_C(0x0001000100010001)

/* The bucket with only the level left of a slot that has this print, and nothing of the others. */
static uint64_t bucket_level(uint64_t bucket, uint32_t print) {
    uint64_t unlike = ((bucket >> 4) & 0xFFF * EACH_SLOT) ^ print * EACH_SLOT;
    uint64_t same = ~(unlike + 0x7FFF * EACH_SLOT) >> 15 & EACH_SLOT; /* no carry leaves a slot */
    return bucket & same * (BACKGROUND_LEVELS - 1);
}

/* Without branches: which of the buckets a term is in cannot be foretold. In no two slots of a term's buckets is the
 * same print (flong-background sees to it). */
float background_rate(uint64_t hash) {
    uint32_t print = background_print(hash);
    uint64_t level = bucket_level(background_buckets[background_first(hash)], print) |
                     bucket_level(background_buckets[background_second(hash)], print);
    level |= level >> 32;
    return background_rates[(level | level >> 16) & (BACKGROUND_LEVELS - 1)];
}
