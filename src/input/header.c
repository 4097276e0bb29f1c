#include "input/header.h"

#include <string.h>

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static flong_str trim(flong_str text) {
    for (; text.n && is_blank(text.p[0]); text.n--) text.p++;
    while (text.n && is_blank(text.p[text.n - 1])) text.n--;
    return text;
}

size_t header_end(flong_str bytes) {
    for (size_t at = 0; at < bytes.n;) {
        const char *feed = memchr(bytes.p + at, '\n', bytes.n - at);
        if (!feed) return 0;
        size_t end = (size_t)(feed - bytes.p);
        if (end == at || (end == at + 1 && bytes.p[at] == '\r')) return end + 1;
        at = end + 1;
    }
    return 0;
}

bool header_line(flong_str *rest, flong_str *line) {
    if (rest->n == 0) return false;
    const char *feed = memchr(rest->p, '\n', rest->n);
    size_t n = feed ? (size_t)(feed - rest->p) : rest->n, whole = n + (feed != NULL);
    *line = (flong_str){rest->p, n && rest->p[n - 1] == '\r' ? n - 1 : n};
    *rest = (flong_str){rest->p + whole, rest->n - whole};
    return true;
}

bool header_split(flong_str line, flong_str *name, flong_str *value) {
    const char *colon = line.n && !is_blank(line.p[0]) ? memchr(line.p, ':', line.n) : NULL;
    if (!colon) return false;
    size_t n = (size_t)(colon - line.p);
    *name = trim((flong_str){line.p, n});
    *value = trim((flong_str){colon + 1, line.n - n - 1});
    return true;
}

bool header_is(flong_str text, const char *name) {
    if (strlen(name) != text.n) return false;
    for (size_t i = 0; i < text.n; i++)
        if (lower(text.p[i]) != name[i]) return false;
    return true;
}

bool header_element(flong_str *list, char mark, flong_str *element) {
    if (list->n == 0) return false;
    const char *end = memchr(list->p, mark, list->n);
    size_t n = end ? (size_t)(end - list->p) : list->n, whole = n + (end != NULL);
    *element = trim((flong_str){list->p, n});
    *list = (flong_str){list->p + whole, list->n - whole};
    return true;
}

bool header_number(uint64_t *out, flong_str digits) {
    uint64_t value = 0;
    for (size_t i = 0; i < digits.n; i++) {
        unsigned digit = (unsigned)(digits.p[i] - '0');
        if (digit > 9 || value > UINT64_MAX / 20) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return digits.n > 0;
}
