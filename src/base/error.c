#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The longest prefix of n bytes that does not end inside a UTF-8 character. */
static size_t utf8_cut(const char *text, size_t n) {
    size_t start = n;
    while (start > 0 && n - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
    if (start == 0) return n;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return n - (start - 1) < need ? start - 1 : n;
}

flong_status error_set(flong_error *error, flong_status status, const char *format, ...) {
    if (!error) return status;
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t n = written < 0 ? 0 : (size_t)written;
    if (n >= sizeof text) n = utf8_cut(text, sizeof text - 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        error->text[i] = c < 0x20 || c == 0x7F ? ' ' : (char)c;
    }
    error->text[n] = 0;
    error->status = status;
    return status;
}

flong_status error_nomem(flong_error *error) {
    return error_set(error, FLONG_NOMEM, "out of memory; give it more, or fewer threads (-j)");
}

const char *flong_status_text(flong_status status) {
    switch (status) {
#define STATUS_CASE(name, value, text)                                                                       \
    case FLONG_##name:                                                                                       \
        return text;
        FLONG_STATUS_MAP(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}

const char *flong_relation_name(flong_relation relation) {
    switch (relation) {
#define RELATION_CASE(name, value, text)                                                                     \
    case FLONG_RELATION_##name:                                                                              \
        return text;
        FLONG_RELATION_MAP(RELATION_CASE)
#undef RELATION_CASE
    }
    return "unknown relation";
}
