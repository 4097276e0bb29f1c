#include "base/simd.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static simd_level machine_level(void) {
#if SIMD_X86
    __builtin_cpu_init();
    bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("avx2");
    bool wide = bits && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
    return wide ? SIMD_AVX512 : bits ? SIMD_AVX2 : SIMD_BASE;
#elif SIMD_ARM
    return SIMD_BASE;
#else
    return SIMD_PLAIN;
#endif
}

/* An unknown name sets no limit. */
static simd_level wanted_level(void) {
    static const struct {
        const char *name;
        simd_level level;
    } names[] = {{"plain", SIMD_PLAIN}, {"sse2", SIMD_BASE}, {"neon", SIMD_BASE}, {"avx2", SIMD_AVX2}};
    const char *wanted = getenv("FLONG_SIMD");
    for (size_t i = 0; wanted && i < sizeof names / sizeof *names; i++)
        if (strcmp(wanted, names[i].name) == 0) return names[i].level;
    return SIMD_AVX512;
}

/* The level + 1; 0: not asked for yet. Threads that ask at once find the same. */
static atomic_int known;

simd_level simd_limit(simd_level most) {
    simd_level level = machine_level();
    if (level > most) level = most;
    atomic_store_explicit(&known, (int)level + 1, memory_order_relaxed);
    return level;
}

simd_level simd_best(void) {
    int level = atomic_load_explicit(&known, memory_order_relaxed);
    return level ? (simd_level)(level - 1) : simd_limit(wanted_level());
}
