/* Which vector instructions this machine has, asked once: code that comes in several variants chooses by it at run
 * time, so that one binary runs everywhere. All variants give the same results.
 *
 * The environment variable FLONG_SIMD, read at the first question, sets a lower level: "plain" (no vectors), "sse2" or
 * "neon" (what every x86-64 or aarch64 has), "avx2", "avx512". It is for tests; what the machine lacks stays out. */
#ifndef FLONG_BASE_SIMD_H
#define FLONG_BASE_SIMD_H

typedef enum simd_level {
    SIMD_PLAIN,
    SIMD_BASE,  /* SSE2, NEON */
    SIMD_AVX2,  /* with BMI1, BMI2, POPCNT */
    SIMD_AVX512 /* with F, BW, VL, DQ, VBMI, VBMI2: Ice Lake, Zen 4 and later */
} simd_level;

/* The level to be used. */
simd_level simd_best(void);

/* For tests: as if the machine had no more than this from here on; what it lacks stays out. Returns the level to be
 * used. Not for use while other threads run. */
simd_level simd_limit(simd_level most);

/* A function for one level: SIMD_TARGET(AVX2) static void f(void). Nothing for compilers and machines without. */
#if defined(__x86_64__) && defined(__GNUC__)
#define SIMD_X86 1
#define SIMD_TARGET_BASE
#define SIMD_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define SIMD_TARGET_AVX512                                                                                   \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,"              \
                          "avx512vbmi2")))
#define SIMD_TARGET(level) SIMD_TARGET_##level
#elif defined(__aarch64__) && defined(__GNUC__)
#define SIMD_ARM 1
#endif

#endif
