/* Sketches: values that are stored and so must never change, MinHash against theory and against its plain
 * definition, winnowing against its promise.
 *
 * unit_sketch --print writes sketch_vectors.h anew. A change there breaks stored indexes: raise STORE_FORMAT. */
#include "support.h"

#include <inttypes.h>
#include <math.h>

#include "base/hash.h"
#include "base/sort.h"
#include "sketch/minhash.h"
#include "sketch/passage.h"
#include "sketch/shingle.h"
#include "sketch_vectors.h"
#include "text/tokens.h"
#include "twin_minhash.h"

/* ---- known answers ------------------------------------------------------------------------- */

static const char known_text[] =
    "The lamplighters of Orrum went on strike on Tuesday, and by nightfall the whole of the lower town lay "
    "in "
    "the dark. \xE2\x80\x9CWe have asked for lamp oil since the spring,\xE2\x80\x9D said Josune Ebarriaga, "
    "who "
    "keeps the north quay; \xE2\x80\x9Cwhat we were given was promises.\xE2\x80\x9D The council meets on "
    "Friday. "
    "\xE6\x9D\xB1\xE3\x81\xAE\xE6\xB8\xAF\xE3\x81\xAF\xE6\x9A\x97\xE3\x81\x84\xE3\x80\x82 "
    "Caf\xC3\xA9s stayed open by candlelight, and their keepers said that trade had never been better.";

enum { KNOWN_MOST = 256 };

/* All that is stored of the text. */
typedef struct vectors {
    uint64_t tokens[KNOWN_MOST], shingles[KNOWN_MOST], bands[KNOWN_MOST], passages[KNOWN_MOST];
    uint32_t signature[KNOWN_MOST],
        sparse[KNOWN_MOST]; /* of all shingles; of five, so that most slots copy */
    size_t n_tokens, n_shingles, n_bands, n_passages, n_signature, n_sparse;
} vectors;

static vectors vectors_make(void) {
    static tokenizer reader;
    token_list list = {0};
    vectors v = {.n_signature = 128, .n_sparse = 16, .n_bands = 32};
    if (!tokenize(&reader, &list, known_text, strlen(known_text), 0)) abort();
    for (size_t i = 0; i < list.n; i++) v.tokens[v.n_tokens++] = list.tokens[i].hash;
    v.n_shingles = shingle_count(v.n_tokens, 5);
    shingle_hash(v.shingles, v.tokens, v.n_tokens, 5);
    minhash_signature(v.signature, 128, v.shingles, v.n_shingles);
    minhash_signature(v.sparse, 16, v.shingles, 5);
    minhash_bands(v.bands, v.signature, 128, 4);
    v.n_passages = passage_keys(v.passages, v.shingles, v.n_shingles, 21);
    mem_free(list.tokens);
    tokenizer_free(&reader);
    return v;
}

static void print_wide(const char *name, const uint64_t *values, size_t n) {
    printf("static const uint64_t known_%s[] = {", name);
    for (size_t i = 0; i < n; i++) printf("%s0x%016" PRIX64 ",", i % 5 ? " " : "\n    ", values[i]);
    printf("\n};\n");
}

static void print_narrow(const char *name, const uint32_t *values, size_t n) {
    printf("static const uint32_t known_%s[] = {", name);
    for (size_t i = 0; i < n; i++) printf("%s0x%08" PRIX32 ",", i % 8 ? " " : "\n    ", values[i]);
    printf("\n};\n");
}

static void vectors_print(void) {
    vectors v = vectors_make();
    printf("/* Made by `unit_sketch --print`. A change here breaks stored indexes: raise STORE_FORMAT. */\n"
           "#ifndef FLONG_TESTS_SKETCH_VECTORS_H\n#define FLONG_TESTS_SKETCH_VECTORS_H\n\n#include "
           "<stdint.h>\n\n"
           "/* clang-format off */\n");
    print_wide("tokens", v.tokens, v.n_tokens);
    print_wide("shingles", v.shingles, v.n_shingles);
    print_narrow("signature", v.signature, v.n_signature);
    print_narrow("sparse", v.sparse, v.n_sparse);
    print_wide("bands", v.bands, v.n_bands);
    print_wide("passages", v.passages, v.n_passages);
    printf("/* clang-format on */\n\n#endif\n");
}

#define assert_known(name)                                                                                   \
    do {                                                                                                     \
        if (v.n_##name != sizeof known_##name / sizeof *known_##name ||                                      \
            memcmp(v.name, known_##name, sizeof known_##name) != 0)                                          \
            fail_msg("%s are not those that indexes hold; if they must change, raise STORE_FORMAT and run "  \
                     "`unit_sketch --print > tests/sketch_vectors.h`",                                       \
                     #name);                                                                                 \
    } while (0)

static void stored_values_are_what_they_were(void **state) {
    (void)state;
    vectors v = vectors_make();
    assert_known(tokens);
    assert_known(shingles);
    assert_known(signature);
    assert_known(sparse);
    assert_known(bands);
    assert_known(passages);
}

/* The public interface hands out the same values. */
static void sketcher_gives_the_stored_values(void **state) {
    (void)state;
    flong_error error;
    flong_sketcher *sketcher;
    flong_sketch sketch;
    vectors v = vectors_make();
    const flong_record record = {.text = str_of(known_text), .published = FLONG_NO_DATE};
    assert_ok(flong_sketcher_new(&sketcher, NULL, &error), &error);
    assert_ok(flong_sketch_record(sketcher, &sketch, &record, &error), &error);
    assert_int_equal(sketch.n_tokens, v.n_tokens);
    assert_memory_equal(sketch.signature, v.signature, 128 * sizeof *v.signature);
    assert_int_equal(sketch.n_bands, v.n_bands);
    assert_memory_equal(sketch.bands, v.bands, v.n_bands * sizeof *v.bands);
    assert_int_equal(sketch.n_passages, v.n_passages);
    assert_memory_equal(sketch.passages, v.passages, v.n_passages * sizeof *v.passages);
    for (size_t i = 1; i < sketch.n_shingles; i++) assert_true(sketch.shingles[i - 1] < sketch.shingles[i]);
    flong_sketcher_free(sketcher);
}

/* ---- MinHash ------------------------------------------------------------------------------- */

enum { SLOTS = 128, SET_MOST = 4096 };

/* Two random sets that have `both` of `any` shingles in common. */
typedef struct set_pair {
    uint64_t a[SET_MOST], b[SET_MOST];
    size_t n_a, n_b;
} set_pair;

static void sets_draw(set_pair *sets, rng *r, size_t any, size_t both) {
    sets->n_a = sets->n_b = 0;
    for (size_t i = 0; i < any; i++) {
        uint64_t shingle = rng_next(r);
        bool in_both = i < both, in_a = in_both || i % 2 == 0;
        if (in_a) sets->a[sets->n_a++] = shingle;
        if (in_both || !in_a) sets->b[sets->n_b++] = shingle;
    }
}

typedef void (*signature_fn)(uint32_t *out, uint32_t slots, const uint64_t *shingles, size_t n);

/* Error and spread of the estimate over many pairs of sets, against theory. */
static void estimate_measure(signature_fn sign, const char *what, size_t any, size_t both, double variance,
                             size_t trials) {
    static set_pair sets;
    uint32_t a[SLOTS], b[SLOTS];
    rng r = {any * 1000 + both};
    double truth = (double)both / (double)any, sum = 0, squares = 0;
    for (size_t t = 0; t < trials; t++) {
        sets_draw(&sets, &r, any, both);
        sign(a, SLOTS, sets.a, sets.n_a);
        sign(b, SLOTS, sets.b, sets.n_b);
        double error = flong_signature_jaccard(a, b, SLOTS) - truth;
        sum += error;
        squares += error * error;
    }
    double n = (double)trials, bias = sum / n, measured = squares / n - bias * bias;
    double plain = truth * (1 - truth) / SLOTS;
    double ratio = plain > 0 ? measured / variance : 1;
    printf("%-8s %5zu %5zu  %.3f  %+.5f  %.3f  %.3f\n", what, any, both, truth, bias, ratio,
           plain > 0 ? measured / plain : 1);
    /* Five standard errors of a mean, and of the variance of something nearly normal. Where most slots are
     * copies the variance is up to a sixth below theory's: its copies are independent, ours go by sequences
     * that differ from slot to slot and so spread better. */
    double bias_most = 5 * sqrt(plain > 0 ? variance / n : 0), spread = 5 * sqrt(2 / n);
    if (fabs(bias) > bias_most + 1e-12)
        fail_msg("%s, %zu of %zu: bias %g, limit %g", what, both, any, bias, bias_most);
    if (ratio > 1 + spread || ratio < 5. / 6 - spread)
        fail_msg("%s, %zu of %zu: variance is %g of theory's", what, both, any, ratio);
}

static const size_t sizes[] = {5, 20, 60, 128, 400, 2000};
static const unsigned shares[] = {0, 10, 30, 50, 80, 95, 100}; /* Jaccard in percent */
enum { N_SIZES = sizeof sizes / sizeof *sizes, N_SHARES = sizeof shares / sizeof *shares };

static void one_permutation_is_as_good_as_theory_says(void **state) {
    (void)state;
    printf("what       any  both  J      bias      variance/theory  variance/(J(1-J)/k)\n");
    for (size_t i = 0; i < N_SIZES; i++)
        for (size_t j = 0; j < N_SHARES; j++) {
            size_t both = (sizes[i] * shares[j] + 50) / 100;
            estimate_measure(minhash_signature, "one", sizes[i], both,
                             variance_densified(SLOTS, sizes[i], both), rounds(2000));
        }
}

static void permutations_are_as_good_as_theory_says(void **state) {
    (void)state;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 1; j < 6; j += 2) {
            size_t both = (sizes[i] * shares[j] + 50) / 100;
            estimate_measure(twin_signature, "many", sizes[i], both,
                             variance_permutations(SLOTS, sizes[i], both), rounds(300));
        }
}

/* What one permutation costs: from as many shingles as slots on, nothing; below, at most the variance of half as
 * many slots. It does not depend on the similarity. */
static void densified_variance_is_bounded(void **state) {
    (void)state;
    for (size_t any = 2; any <= SET_MOST; any += any / 3 + 1) {
        double ratio = variance_densified(SLOTS, any, any / 2) / variance_permutations(SLOTS, any, any / 2);
        assert_true(ratio < (any < SLOTS ? 2 : 1));
    }
}

static void signatures_depend_on_the_set_alone(void **state) {
    (void)state;
    rng r = {31};
    uint64_t set[600];
    uint32_t first[200], second[200];
    for (size_t round = 0; round < rounds(500); round++) {
        size_t n = 1 + rng_below(&r, 300);
        uint32_t slots = 16 + (uint32_t)rng_below(&r, 180);
        for (size_t i = 0; i < n; i++) set[i] = rng_next(&r);
        minhash_signature(first, slots, set, n);
        for (size_t i = 0; i < n; i++) set[n + i] = set[rng_below(&r, n)]; /* repeats, and another order */
        for (size_t i = 2 * n - 1; i > 0; i--) {
            size_t k = rng_below(&r, i + 1);
            uint64_t moved = set[i];
            set[i] = set[k], set[k] = moved;
        }
        minhash_signature(second, slots, set, 2 * n);
        assert_memory_equal(first, second, slots * sizeof *first);
    }
    uint64_t highest = UINT64_MAX; /* the lower half that marks an empty slot */
    minhash_signature(first, 16, &highest, 1);
    for (size_t i = 0; i < 16; i++) assert_int_equal(first[i], UINT32_MAX - 1);
}

/* ---- winnowing ----------------------------------------------------------------------------- */

/* The definition: of every `window` consecutive shingles the least, the last one of equals; each place once. */
static size_t twin_passages(uint64_t *out, const uint64_t *shingles, size_t n, size_t window) {
    size_t count = 0, last = SIZE_MAX, width = n < window ? n : window;
    for (size_t first = 0; n > 0 && first + width <= n; first++) {
        size_t least = first;
        for (size_t i = first; i < first + width; i++)
            if (shingles[i] <= shingles[least]) least = i;
        if (least != last) out[count++] = shingles[least];
        last = least;
    }
    return count;
}

static void passages_are_those_of_the_definition(void **state) {
    (void)state;
    rng r = {41};
    uint64_t shingles[300], keys[300], twin[300];
    for (size_t round = 0; round < rounds(20000); round++) {
        size_t n = rng_below(&r, 300), window = 1 + rng_below(&r, round % 2 ? 30 : 320);
        uint64_t values = round % 3 ? UINT64_MAX : 1 + rng_below(&r, 20); /* few: many equals */
        for (size_t i = 0; i < n; i++) shingles[i] = rng_next(&r) % values;
        size_t count = passage_keys(keys, shingles, n, (uint32_t)window);
        assert_int_equal(count, twin_passages(twin, shingles, n, window));
        assert_memory_equal(keys, twin, count * sizeof *keys);
    }
}

static bool keys_meet(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b) {
    for (size_t i = 0; i < n_a; i++)
        for (size_t j = 0; j < n_b; j++)
            if (a[i] == b[j]) return true;
    return false;
}

/* A run of `window` shingles, wherever it stands in either text, gives a key that both have. */
static void shared_runs_give_a_common_key(void **state) {
    (void)state;
    rng r = {42};
    uint64_t a[400], b[400], keys_a[400], keys_b[400];
    size_t missed_shorter = 0;
    for (size_t round = 0; round < rounds(5000); round++) {
        uint32_t window = 2 + (uint32_t)rng_below(&r, 40);
        bool enough = round % 4 != 0;
        size_t n_a = 100 + rng_below(&r, 300), n_b = 100 + rng_below(&r, 300),
               run = enough ? window : window / 2;
        size_t at_a = rng_below(&r, n_a - run + 1), at_b = rng_below(&r, n_b - run + 1);
        for (size_t i = 0; i < n_a; i++) a[i] = rng_next(&r);
        for (size_t i = 0; i < n_b; i++) b[i] = rng_next(&r);
        for (size_t i = 0; i < run; i++) b[at_b + i] = a[at_a + i];
        bool met = keys_meet(keys_a, passage_keys(keys_a, a, n_a, window), keys_b,
                             passage_keys(keys_b, b, n_b, window));
        if (enough) assert_true(met);
        missed_shorter += !met;
    }
    assert_true(missed_shorter > 0); /* or this test would prove nothing */
}

static void passages_are_as_dense_as_theory_says(void **state) {
    (void)state;
    enum { N = 200000 };
    uint64_t *shingles = malloc(N * sizeof *shingles), *keys = malloc(N * sizeof *keys);
    assert_true(shingles && keys);
    rng r = {43};
    for (size_t i = 0; i < N; i++) shingles[i] = rng_next(&r);
    for (uint32_t window = 5; window <= 80; window += 8) {
        double density = (double)passage_keys(keys, shingles, N, window) / N, expected = 2. / (window + 1);
        assert_true(fabs(density / expected - 1) < .03);
    }
    free(shingles);
    free(keys);
}

/* ---- shingles ------------------------------------------------------------------------------ */

static void distinct_shingles_are_sorted_once_each(void **state) {
    (void)state;
    rng r = {51};
    uint64_t shingles[400], scratch[400], wanted[400];
    for (size_t round = 0; round < rounds(3000); round++) {
        size_t n = rng_below(&r, 400), n_wanted = 0;
        for (size_t i = 0; i < n; i++) shingles[i] = hash_mix(rng_below(&r, 200)) >> (round % 50);
        for (size_t i = 0; i < n; i++) { /* insertion into a sorted list */
            size_t at = n_wanted;
            while (at > 0 && wanted[at - 1] > shingles[i]) at--;
            if (at > 0 && wanted[at - 1] == shingles[i]) continue;
            memmove(wanted + at + 1, wanted + at, (n_wanted - at) * sizeof *wanted);
            wanted[at] = shingles[i];
            n_wanted++;
        }
        assert_int_equal(shingle_distinct(shingles, scratch, n), n_wanted);
        assert_memory_equal(shingles, wanted, n_wanted * sizeof *wanted);
    }
    assert_int_equal(shingle_count(4, 5), 0);
    assert_int_equal(shingle_count(5, 5), 1);
}

/* ---- sorting ------------------------------------------------------------------------------- */

/* Sorted by insertion, by the bytes from `first` on; equal ones stay in order. */
static void insertion_sort(uint64_t *keys, size_t n, unsigned first) {
    for (size_t i = 1; i < n; i++) {
        uint64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] >> (8 * first) > key >> (8 * first); at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* Random hashes; then hashes that somebody chose: equal upper bits, or few values. */
static void hashes_are_sorted(void **state) {
    (void)state;
    enum { MOST = 4100 };
    static const size_t counts[] = {0, 1, 2, 47, 48, 49, 1000, 4096, 4097, MOST};
    static uint64_t keys[MOST], wanted[MOST], scratch[MOST];
    rng r = {7};
    for (size_t s = 0; s < sizeof counts / sizeof *counts; s++)
        for (unsigned first = 0; first <= 4; first += 4)
            for (int kind = 0; kind < 3; kind++) {
                for (size_t i = 0; i < counts[s]; i++) {
                    uint64_t random = rng_next(&r);
                    keys[i] = kind == 0 ? random : kind == 1 ? random >> 24 : random << 61;
                    wanted[i] = keys[i];
                }
                insertion_sort(wanted, counts[s], first);
                sort_hashes(keys, scratch, counts[s], first);
                assert_memory_equal(keys, wanted, counts[s] * sizeof *keys);
            }
}

/* The same of many keys: spread, all in one part, in parts of every size, few values, and in order already. */
static void many_keys_are_sorted(void **state) {
    (void)state;
    enum { MOST = 300000 };
    static const size_t counts[] = {0, 1, 4096, 4097, 20000, MOST};
    static uint64_t keys[MOST], wanted[MOST], scratch[MOST];
    rng r = {8};
    for (size_t s = 0; s < sizeof counts / sizeof *counts; s++)
        for (int kind = 0; kind < 5; kind++) {
            for (size_t i = 0; i < counts[s]; i++) {
                uint64_t random = rng_next(&r);
                keys[i] = kind == 0   ? random
                          : kind == 1 ? random >> 24
                          : kind == 2 ? random >> (random % 24)
                          : kind == 3 ? random << 61
                                      : (uint64_t)i << 40 | (random & 0xFF);
                wanted[i] = keys[i];
            }
            sort_u64(wanted, scratch, counts[s], 0, 8);
            sort_spread(keys, scratch, counts[s]);
            assert_memory_equal(keys, wanted, counts[s] * sizeof *keys);
        }
}

/* An element, its masked key, and where it stood. */
typedef struct sorted {
    uint64_t masked, key, at;
} sorted;

static int sorted_compare(const void *a, const void *b) {
    const sorted *x = a, *y = b;
    if (x->masked != y->masked) return x->masked < y->masked ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Keys such as are sorted, and such as are meant to be bad for the sort. */
enum {
    KEYS_HASHES,
    KEYS_MEETINGS,
    KEYS_DISTANCES,
    KEYS_FEW,
    KEYS_ALIKE,
    KEYS_ONE_APART,
    KEYS_ASCEND,
    KEYS_KINDS
};

static uint64_t sort_key(rng *r, int kind, size_t i) {
    uint64_t random = rng_next(r);
    switch (kind) {
    case KEYS_MEETINGS:
        return (random >> 54) << 40 | random % 20000;
    case KEYS_DISTANCES:
        return (uint64_t)(uint32_t)(random >> 60 ? (int)(random >> 59) - 3 : (int)(random % 400) - 200)
                   << 32 |
               i;
    case KEYS_FEW:
        return hash_mix(random % 5);
    case KEYS_ALIKE:
        return (UINT64_C(0x123456789A) << 24) | (random >> 40);
    case KEYS_ONE_APART:
        return i % 100 == 77 ? random : random % 300;
    case KEYS_ASCEND:
        return i * 3;
    default:
        return random;
    }
}

/* Every sort gives the keys in order, and those that are equal as they stood. */
static void sorts_are_stable(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 48, 49, 300, 2047, 2049, 5000, 20000};
    static const unsigned parts[][2] = {{0, 8}, {4, 8}, {0, 4}, {2, 3}, {5, 5}};
    enum { MOST = 20000 };
    static uint64_t keys[MOST], scratch[MOST];
    static keyed entries[MOST], entries_scratch[MOST];
    static sorted wanted[MOST];
    rng r = {8};
    for (size_t s = 0; s < sizeof counts / sizeof *counts; s++)
        for (int kind = 0; kind < KEYS_KINDS; kind++)
            for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
                size_t n = counts[s];
                unsigned first = parts[p][0], last = parts[p][1];
                for (size_t i = 0; i < n; i++) {
                    uint64_t key = keys[i] = sort_key(&r, kind, i),
                             above = last < 8 ? key >> (8 * last) << (8 * last) : 0;
                    entries[i] = (keyed){key, i};
                    wanted[i] = (sorted){first == last ? 0 : (key - above) >> (8 * first), key, i};
                }
                qsort(wanted, n, sizeof *wanted, sorted_compare);
                sort_u64(keys, scratch, n, first, last);
                for (size_t i = 0; i < n; i++) assert_true(keys[i] == wanted[i].key);
                if (p > 0) continue;
                sort_keyed(entries, entries_scratch, n);
                for (size_t i = 0; i < n; i++)
                    assert_true(entries[i].key == wanted[i].key && entries[i].value == wanted[i].at);
            }
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--print") == 0) {
        vectors_print();
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_values_are_what_they_were),
        cmocka_unit_test(hashes_are_sorted),
        cmocka_unit_test(many_keys_are_sorted),
        cmocka_unit_test(sorts_are_stable),
        cmocka_unit_test(sketcher_gives_the_stored_values),
        cmocka_unit_test(one_permutation_is_as_good_as_theory_says),
        cmocka_unit_test(permutations_are_as_good_as_theory_says),
        cmocka_unit_test(densified_variance_is_bounded),
        cmocka_unit_test(signatures_depend_on_the_set_alone),
        cmocka_unit_test(passages_are_those_of_the_definition),
        cmocka_unit_test(shared_runs_give_a_common_key),
        cmocka_unit_test(passages_are_as_dense_as_theory_says),
        cmocka_unit_test(distinct_shingles_are_sorted_once_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
