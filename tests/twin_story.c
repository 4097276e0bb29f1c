#include "twin_story.h"

double twin_cosine(const story_sketch *a, const story_sketch *b) {
    double sum = 0;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t j = 0; j < b->n; j++)
            if (a->hashes[i] == b->hashes[j]) sum += a->weights[i] * b->weights[j];
    sum /= (double)STORY_UNIT * STORY_UNIT;
    return sum < 1 ? sum : 1;
}
