#include "input/html_entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* The longest name of HTML 4 has 8 letters. */
enum { LONGEST = 12 };

static size_t encode(char out[4], unsigned long c) {
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) return out[0] = (char)(0xC0 | c >> 6), out[1] = (char)(0x80 | (c & 0x3F)), 2;
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 0x3F)),
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F)), out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static int digit_of(char c, int base) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    return digit < base ? digit : -1;
}

/* "8217" or "x2019"; 0: it is no character. */
static unsigned long number_of(flong_str digits) {
    int base = digits.n && (digits.p[0] == 'x' || digits.p[0] == 'X') ? 16 : 10;
    size_t i = base == 16;
    unsigned long c = 0;
    if (i == digits.n) return 0;
    for (; i < digits.n; i++) {
        int digit = digit_of(digits.p[i], base);
        if (digit < 0 || c > 0x10FFFF) return 0;
        c = c * (unsigned long)base + (unsigned long)digit;
    }
    bool is_character =
        c >= ' ' && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF) && !(c >= 0x7F && c < 0xA0);
    return is_character ? c : c && c < ' ' ? ' ' : 0;
}

static unsigned long named(flong_str name) {
    char copy[LONGEST + 1];
    memcpy(copy, name.p, name.n);
    copy[name.n] = 0;
    if (strcmp(copy, "apos") == 0) return '\'';
    const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)copy);
    return found ? found->value : 0;
}

/* The character that the reference at the beginning of text stands for, and its bytes; 0: there is none. */
static unsigned long reference_at(flong_str text, size_t *length) {
    size_t most = text.n < LONGEST + 2 ? text.n : LONGEST + 2;
    const char *end = memchr(text.p, ';', most);
    if (!end || end - text.p < 3) return 0;
    flong_str name = {text.p + 1, (size_t)(end - text.p) - 1};
    *length = name.n + 2;
    return name.p[0] == '#' ? number_of((flong_str){name.p + 1, name.n - 1}) : named(name);
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Bytes of the tag at the beginning of text, 0: there is none. */
static size_t tag_at(flong_str text, bool *breaks) {
    size_t name = text.n > 1 && text.p[1] == '/' ? 2 : 1;
    if (text.n <= name || !is_letter(text.p[name])) return 0;
    const char *end = memchr(text.p, '>', text.n < 2000 ? text.n : 2000);
    if (!end) return 0;
    char first = (char)(text.p[name] | 32), second = name + 1 < text.n ? (char)(text.p[name + 1] | 32) : 0;
    *breaks = (first == 'p' && !is_letter(second)) || (first == 'b' && second == 'r') ||
              (first == 'd' && second == 'i') || (first == 'l' && second == 'i') || first == 'h' ||
              first == 't';
    return (size_t)(end - text.p) + 1;
}

bool entities_append(buffer *out, flong_str text) {
    while (text.n) {
        size_t n = 0, length = 0;
        while (n < text.n && text.p[n] != '&' && text.p[n] != '<') n++;
        if (!buffer_append(out, text.p, n)) return false;
        text = (flong_str){text.p + n, text.n - n};
        if (text.n == 0) break;
        char character[4] = {text.p[0]};
        size_t bytes = 1;
        bool breaks = false;
        unsigned long c = text.p[0] == '&' ? reference_at(text, &length) : 0;
        if (c) bytes = encode(character, c);
        if (text.p[0] == '<' && (length = tag_at(text, &breaks))) bytes = breaks, character[0] = '\n';
        if (!c && bytes == 1 && !breaks) length = 1;
        if (!buffer_append(out, character, bytes)) return false;
        text = (flong_str){text.p + length, text.n - length};
    }
    return true;
}
