#include "flow/budget.h"

#include "base/machine.h"
#include "flong.h"

/* A small machine gets what an archive of some 50,000 articles takes; more than the upper bound finds little more:
 * copies come within days. */
static const size_t LEAST_DEFAULT = (size_t)256 << 20, MOST_DEFAULT = (size_t)2 << 30;

size_t flong_memory_default(void) {
    size_t quarter = machine_memory() / 4;
    return quarter < LEAST_DEFAULT ? LEAST_DEFAULT : quarter > MOST_DEFAULT ? MOST_DEFAULT : quarter;
}

/* Texts take most: one that is not there costs more to make again than all else. A temporary index has little in pages:
 * its keys may take half of what these take otherwise, and the rest is for what grows with the articles. */
budget budget_divide(size_t memory, bool temporary) {
    if (memory == 0) memory = flong_memory_default();
    size_t eighth = memory / 8;
    return (budget){.texts = memory - 4 * eighth,
                    .sketches = eighth,
                    .pages = temporary ? eighth / 4 : 2 * eighth,
                    .keys = temporary ? 2 * eighth : eighth};
}
