/* How reports write numbers, shares and dates: as printf and strftime do. */
#include "support.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "report/json.h"

/* The line with one value, without the line end; borrowed. */
static const char *ended(json_line *line) {
    json_end(line);
    assert_false(line->failed);
    line->bytes.p[line->bytes.n - 1] = 0;
    return line->bytes.p;
}

static void expect_time(json_line *line, int64_t seconds) {
    char want[64];
    time_t at = (time_t)seconds;
    struct tm utc;
    assert_non_null(gmtime_r(&at, &utc));
    snprintf(want, sizeof want, "{\"t\": \"%04d-%02d-%02dT%02d:%02d:%02dZ\"}", utc.tm_year + 1900,
             utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
    json_begin(line);
    json_time(line, "t", seconds);
    assert_string_equal(ended(line), want);
}

static void dates(void **state) {
    (void)state;
    json_line line = {0};
    const int64_t first = INT64_C(-62135596800), last = INT64_C(253402300799);
    uint64_t seed = 5;
    expect_time(&line, first);
    expect_time(&line, last);
    expect_time(&line, 0);
    expect_time(&line, -1);
    for (int64_t day = -800000; day < 800000; day += 1) /* every day of some 4,000 years: all leap years */
        if (day * 86400 >= first) expect_time(&line, day * 86400 + 86399);
    for (int i = 0; i < 100000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        expect_time(&line, first + (int64_t)((seed >> 11) % (uint64_t)(last - first)));
    }
    const int64_t none[] = {FLONG_NO_DATE, first - 1, last + 1, INT64_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        json_begin(&line);
        json_time(&line, "t", none[i]);
        assert_string_equal(ended(&line), "{\"t\": null}");
    }
    buffer_free(&line.bytes);
}

static void shares(void **state) {
    (void)state;
    json_line line = {0};
    char want[64];
    for (int i = 0; i <= 10000; i++) {
        size_t n = (size_t)snprintf(want, sizeof want, "{\"s\": %d.%04d", i / 10000, i % 10000);
        while (want[n - 1] == '0' && want[n - 2] != '.') n--;
        want[n++] = '}';
        want[n] = 0;
        json_begin(&line);
        json_share(&line, "s", i / 10000.);
        assert_string_equal(ended(&line), want);
    }
    buffer_free(&line.bytes);
}

static void numbers(void **state) {
    (void)state;
    json_line line = {0};
    char want[128];
    for (uint64_t n = 1; n; n = n > UINT64_MAX / 7 ? 0 : n * 7)
        for (int more = -1; more < 2; more++) {
            uint64_t value = n + (uint64_t)more;
            snprintf(want, sizeof want, "{\"n\": %" PRIu64 ", \"p\": [[0, %" PRIu64 ", 1, 10]]}", value,
                     value);
            json_begin(&line);
            json_number(&line, "n", value);
            const flong_span span = {.a_begin = 0, .a_end = value, .b_begin = 1, .b_end = 10};
            json_spans(&line, "p", &span, 1);
            assert_string_equal(ended(&line), want);
        }
    buffer_free(&line.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(dates), cmocka_unit_test(shares),
                                       cmocka_unit_test(numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
