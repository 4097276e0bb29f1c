#include "base/machine.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

/* The limit that a file of a control group holds; SIZE_MAX where there is none ("max", or no file). */
static size_t limit_read(const char *path) {
    unsigned long long limit = 0;
    FILE *file = fopen(path, "re");
    if (!file) return SIZE_MAX;
    int got = fscanf(file, "%llu", &limit);
    fclose(file);
    return got == 1 && limit > 0 && limit < SIZE_MAX ? (size_t)limit : SIZE_MAX;
}

size_t machine_memory(void) {
    /* Where a container sees its own control group, version 2 and 1. */
    static const char *const limits[] = {"/sys/fs/cgroup/memory.max",
                                         "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || page <= 0) return 0;
    size_t memory = (size_t)pages > SIZE_MAX / (size_t)page ? SIZE_MAX : (size_t)pages * (size_t)page;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        size_t limit = limit_read(limits[i]);
        if (limit < memory) memory = limit;
    }
    return memory;
}
