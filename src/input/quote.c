#include "input/quote.h"

static bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

static size_t escape(char out[6], unsigned char c) {
    static const char shorts[] = "b\bf\fn\nr\rt\t\"\"\\\\", hex[] = "0123456789abcdef";
    out[0] = '\\';
    for (size_t i = 1; i < sizeof shorts; i += 2)
        if ((unsigned char)shorts[i] == c) {
            out[1] = shorts[i - 1];
            return 2;
        }
    out[1] = 'u';
    out[2] = out[3] = '0';
    out[4] = hex[c >> 4];
    out[5] = hex[c & 15];
    return 6;
}

bool quote_append(buffer *out, flong_str text) {
    if (!buffer_append(out, "\"", 1)) return false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        while (at < text.n && !needs_escape((unsigned char)text.p[at])) at++;
        if (!buffer_append(out, text.p + start, at - start)) return false;
        if (at == text.n) break;
        char escaped[6];
        if (!buffer_append(out, escaped, escape(escaped, (unsigned char)text.p[at++]))) return false;
    }
    return buffer_append(out, "\"", 1);
}
