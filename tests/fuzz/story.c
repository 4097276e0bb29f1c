/* Fuzz target: any bytes as a story sketch. What is unpacked has a cosine with itself, and packs to what is the same. */
#include <stdlib.h>
#include <string.h>

#include "sketch/story.h"
#include "twin_story.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static buffer bytes;
    story_sketch sketch, again;
    story_term shared[8];
    uint64_t keys[STORY_KEYS_MOST];
    if (!story_unpack(&sketch, data, size)) return 0;
    bytes.n = 0;
    if (!story_pack(&sketch, &bytes) || !story_unpack(&again, bytes.p, bytes.n)) abort();
    if (memcmp(&sketch, &again, sizeof sketch) != 0) abort();
    double cosine = story_cosine(&sketch, &again);
    if (cosine != twin_cosine(&sketch, &again) || (sketch.n > 0 && cosine < .99)) abort();
    if (story_shared(shared, 8, &sketch, &again) > 8) abort();
    if (story_keys(keys, &sketch, 0, true) > STORY_KEYS_MOST ||
        story_far_keys(keys, &sketch) > STORY_FAR_KEYS)
        abort();
    return 0;
}
