#include "input/textfile.h"

#include <string.h>

#include "input/json.h"
#include "input/site.h"
#include "input/sniff.h"

const char *textfile_fault(flong_str text) {
    const char *why = sniff_text(text);
    if (why) return why;
    if (text_trim(text).n == 0) return "no text: the file is empty";
    if (memchr(text.p, 0, text.n)) return "binary data, not text";
    if (!json_is_utf8(text.p, text.n)) return "not UTF-8; convert it, e.g. iconv -f latin1 -t utf-8";
    return NULL;
}

static bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

static size_t escape(char out[6], unsigned char c) {
    static const char shorts[] = "b\bf\fn\nr\rt\t\"\"\\\\";
    out[0] = '\\';
    for (size_t i = 1; i < sizeof shorts; i += 2)
        if ((unsigned char)shorts[i] == c) {
            out[1] = shorts[i - 1];
            return 2;
        }
    memcpy(out + 1, "u00", 3);
    out[4] = "01"[c >> 4];
    out[5] = "0123456789abcdef"[c & 15];
    return 6;
}

static bool append_string(buffer *out, flong_str text) {
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

bool textfile_json(buffer *out, flong_str id, flong_str text) {
    out->n = 0;
    return buffer_append(out, "{\"id\":", 6) && append_string(out, id) &&
           buffer_append(out, ",\"text\":", 8) && append_string(out, text) && buffer_append(out, "}", 1);
}
