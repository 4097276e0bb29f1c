/* Dates: a table of what is read, and of what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "input/date.h"

typedef struct row {
    const char *text;
    int64_t seconds;
} row;

/* 2017-02-01T00:00:00Z */
#define DAY         INT64_C(1485907200)
#define AT(h, m, s) (DAY + (h)*3600 + (m)*60 + (s))

static const row good[] = {
    /* ISO 8601 */
    {"2017-02-01", DAY},
    {"2017-2-1", DAY},
    {"  2017-02-01 \t", DAY},
    {"2017-02-01T23:57", AT(23, 57, 0)},
    {"2017-02-01 23:57:09", AT(23, 57, 9)},
    {"2017-02-01T23:57:09.999Z", AT(23, 57, 9)},
    {"2017-02-01T23:57:09,5Z", AT(23, 57, 9)},
    {"2017-02-01t23:57:09z", AT(23, 57, 9)},
    {"2017-02-01T23:57:00.000+02:00", AT(21, 57, 0)},
    {"2017-02-01T23:57:00+0200", AT(21, 57, 0)},
    {"2017-02-01T23:57:00-05", AT(28, 57, 0)},
    {"2017-02-01 23:57:00 UTC", AT(23, 57, 0)},
    {"2017-02-01T23:57:00+02:00[Europe/Paris]", AT(21, 57, 0)},
    {"2017-02-01T24:00:00Z", AT(24, 0, 0)},
    {"2017-02-01T23:59:60Z", AT(24, 0, 0)},
    {"2017-02-01-05:00", AT(5, 0, 0)},
    {"2017-02-01Z", DAY},
    {"2017-032", DAY},
    {"2017032", DAY},
    {"20170201", DAY},
    {"20170201T101500Z", AT(10, 15, 0)},
    {"20170201T1015", AT(10, 15, 0)},
    {"201702011015", AT(10, 15, 0)},
    {"20170201101509", AT(10, 15, 9)},
    {"2017/02/01 10:00", AT(10, 0, 0)},
    {"2017.02.01", DAY},
    /* RFC 2822, RFC 850, ctime */
    {"Wed, 01 Feb 2017 23:57:00 +0200", AT(21, 57, 0)},
    {"Wed, 1 Feb 2017 23:57:00 GMT", AT(23, 57, 0)},
    {"01 Feb 2017 10:00:00 EST", AT(15, 0, 0)},
    {"01 Feb 2017 10:00 EDT", AT(14, 0, 0)},
    {"01 Feb 2017 10:00 CST", AT(16, 0, 0)},
    {"01 Feb 2017 10:00 CDT", AT(15, 0, 0)},
    {"01 Feb 2017 10:00 MST", AT(17, 0, 0)},
    {"01 Feb 2017 10:00 MDT", AT(16, 0, 0)},
    {"01 Feb 2017 10:00 PST", AT(18, 0, 0)},
    {"01 Feb 2017 10:00 PDT", AT(17, 0, 0)},
    {"01 Feb 17 10:00 UT", AT(10, 0, 0)},
    {"Wednesday, 01-Feb-17 10:00:00 GMT", AT(10, 0, 0)},
    {"Wed Feb  1 10:00:00 2017", AT(10, 0, 0)},
    {"Wed Feb 01 10:00:00 +0100 2017", AT(9, 0, 0)},
    {"Wed Feb 01 2017 10:00:00 GMT+0200 (EET)", AT(8, 0, 0)},
    /* news pages */
    {"February 1, 2017", DAY},
    {"FEBRUARY 1 2017", DAY},
    {"Feb. 1st, 2017", DAY},
    {"1 February 2017", DAY},
    {"Wednesday 1 February, 2017", DAY},
    {"Feb. 1, 2017 9:57 AM", AT(9, 57, 0)},
    {"Feb 1, 2017 12:05 am", AT(0, 5, 0)},
    {"Feb 1, 2017 12:05 p.m.", AT(12, 5, 0)},
    {"Feb 1, 2017 9:57\xE2\x80\xAFPM", AT(21, 57, 0)},
    {"February 1, 2017 at 9:57pm ET", AT(26, 57, 0)},
    {"February 1, 2017 | 9 a.m.", AT(9, 0, 0)},
    {"Feb 1 2017, 10:12 am EST", AT(15, 12, 0)},
    {"01-FEB-2017 15:01:01.79", AT(15, 1, 1)},
    {"2017-Feb-01", DAY},
    {"01.02.2017", DAY},
    {"01.02.2017 10:00", AT(10, 0, 0)},
    {"01-02-2017", DAY},
    {"2017\xE5\xB9\xB4"
     "02\xE6\x9C\x88"
     "01\xE6\x97\xA5 10:15",
     AT(10, 15, 0)},
    /* month/day/year, unless there is no such month */
    {"02/01/2017", DAY},
    {"2/1/2017 10:00", AT(10, 0, 0)},
    {"13/01/2017", DAY - 19 * 86400},
    {"01/13/2017", DAY - 19 * 86400},
    /* since 1970 */
    {"1485907200", DAY},
    {"1485907200.75", DAY},
    {"1485907200000", DAY},
    {"1485907200000000", DAY},
    {"-1485907200", -DAY},
    /* the calendar and its bounds */
    {"1970-01-01", 0},
    {"1969-12-31T23:59:59Z", -1},
    {"2000-02-29", 951782400},
    {"2016-366", 1483142400},
    {"1000-01-01", INT64_C(-30610224000)},
    {"2999-12-31T23:59:59Z", INT64_C(32503679999)},
};

static const char *const bad[] = {
    "",
    " ",
    "yesterday",
    "2017",
    "2017-02",
    "NaT",
    "null",
    "2017-02-30",
    "2017-02-29",
    "1900-02-29",
    "2017-13-01",
    "2017-00-01",
    "2017-01-00",
    "2017-366",
    "2017-000",
    "0999-12-31",
    "3000-01-01",
    "2017-02-01T25:00",
    "2017-02-01T24:01",
    "2017-02-01T10:60",
    "2017-02-01T10:00:61",
    "2017-02-01T",
    "2017-02-01T10:00+99:00",
    "2017-02-01 10:15 or so",
    "2017-02-01x",
    "31/02/2017",
    "13/13/2017",
    "Mayor 5 2001",
    "Feb 30, 2017",
    "12345678",
    "12345678901234567890123",
    "2017-02-01 10",
    "\xFF\xFE",
    "2017-02-01\xC2",
    "Wed",
    "Wed,",
    "--",
    "+",
    "12:30",
};

static void test_good(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t seconds = 42;
        bool is_read = date_parse(&seconds, (flong_str){good[i].text, strlen(good[i].text)});
        if (!is_read || seconds != good[i].seconds)
            fail_msg("%s: %s, %lld", good[i].text, is_read ? "read" : "not read", (long long)seconds);
    }
}

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds = 42;
        if (date_parse(&seconds, (flong_str){bad[i], strlen(bad[i])})) fail_msg("%s is read", bad[i]);
        assert_int_equal(seconds, 42);
    }
}

static void test_long(void **state) {
    (void)state;
    char text[400];
    memset(text, ' ', sizeof text);
    memcpy(text, "2017-02-01", 10);
    int64_t seconds;
    assert_true(date_parse(&seconds, (flong_str){text, 100}));
    assert_false(date_parse(&seconds, (flong_str){text, sizeof text}));
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        double number;
        int64_t seconds;
    } rows[] = {
        {0, 0},     {1485907200, DAY}, {1485907200.9, DAY},  {1485907200e3, DAY},  {1485907200e9, DAY},
        {-1.5, -2}, {20170201, DAY},   {20171301, 20171301}, {-1485907200e3, -DAY}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t seconds;
        assert_true(date_from_number(&seconds, rows[i].number));
        assert_int_equal(seconds, rows[i].seconds);
    }
    int64_t seconds = 42;
    assert_false(date_from_number(&seconds, 9.9e10));
    assert_false(date_from_number(&seconds, 1e300));
    assert_false(date_from_number(&seconds, -1e300));
    assert_int_equal(seconds, 42);
}

/* Every day of the years that are allowed, against a count. */
static void test_calendar(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t expected = INT64_C(-30610224000);
    for (int year = 1000; year < 3000; year++)
        for (int month = 1; month <= 12; month++) {
            int days =
                lengths[month - 1] + (month == 2 && (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)));
            for (int day = 1; day <= days; day++, expected += 86400) {
                char text[32];
                int64_t seconds;
                int n = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                assert_true(date_parse(&seconds, (flong_str){text, (size_t)n}));
                assert_int_equal(seconds, expected);
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),    cmocka_unit_test(test_bad),      cmocka_unit_test(test_long),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
