/* Values by article number, near one another and far apart, against a plain list. */
#include "support.h"

#include "base/memory.h"
#include "flow/numbered.h"

enum { VALUES = 5000 };

static void values_come_back(void **state) {
    (void)state;
    static uint64_t numbers[VALUES];
    numbered all = {.size = sizeof(uint32_t)};
    rng random = {3};
    assert_null(numbered_find(&all, 0));
    for (uint32_t i = 0; i < VALUES; i++) {
        numbers[i] = rng_chance(&random, 90) ? i * UINT64_C(3) : rng_next(&random) | UINT64_C(1) << 63;
        uint32_t *value = numbered_make(&all, numbers[i]);
        assert_non_null(value);
        assert_int_equal(*value, 0); /* no number was drawn before */
        *value = i + 1;
        assert_ptr_equal(numbered_make(&all, numbers[i]), value);
    }
    for (uint32_t i = 0; i < VALUES; i++)
        assert_int_equal(*(uint32_t *)numbered_find(&all, numbers[i]), i + 1);
    assert_null(numbered_find(&all, UINT64_C(1) << 40));
    const uint32_t *piece;
    uint64_t first, n = 0, sum = 0;
    for (size_t at = 0; (piece = numbered_next(&all, &at, &first));)
        for (uint64_t i = 0; i < NUMBERED_PIECE; i++) {
            if (!piece[i]) continue;
            assert_int_equal(numbers[piece[i] - 1], first + i);
            n++;
            sum += piece[i];
        }
    assert_int_equal(n, VALUES);
    assert_int_equal(sum, (uint64_t)VALUES * (VALUES + 1) / 2);
    numbered_clear(&all);
    assert_null(numbered_find(&all, numbers[0]));
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    numbered all = {.size = 8};
    for (long n = 0; n < 40; n++) {
        mem_fail_after(n % 3);
        uint64_t *value = NULL;
        for (uint64_t no = 0; no < 100; no++)
            if ((value = numbered_make(&all, no * NUMBERED_PIECE))) *value = no + 1;
        mem_fail_after(-1);
    }
    for (uint64_t no = 0; no < 100; no++) {
        const uint64_t *value = numbered_find(&all, no * NUMBERED_PIECE);
        if (value) assert_int_equal(*value, no + 1);
        assert_non_null(numbered_make(&all, no * NUMBERED_PIECE));
    }
    numbered_clear(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
