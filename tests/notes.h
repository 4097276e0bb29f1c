/* Notes: what callbacks were told, as one string. Includes cmocka and what it needs, so that a test includes this first. */
#ifndef FLONG_TESTS_NOTES_H
#define FLONG_TESTS_NOTES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

typedef struct notes {
    char text[1 << 15];
    size_t n;
} notes;

/* Adds to them; stops the test where there is no room. */
__attribute__((format(printf, 2, 3))) static void note(notes *to, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(to->text + to->n, sizeof to->text - to->n, format, arguments);
    va_end(arguments);
    assert_true(n >= 0 && (size_t)n < sizeof to->text - to->n);
    to->n += (size_t)n;
}

#endif
