#include "input/written.h"

#include <stdio.h>
#include <string.h>

#include "input/date.h"

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

/* A member of the object, unless it is empty. */
static bool append_member(buffer *out, const char *name, flong_str value) {
    char key[24];
    if (value.n == 0) return true;
    int n = snprintf(key, sizeof key, "%s\"%s\":", out->n ? "," : "{", name);
    return buffer_append(out, key, (size_t)n) && append_string(out, value);
}

bool written_json(buffer *out, const flong_record *record) {
    char date[DATE_TEXT];
    flong_str published = {date, 0};
    if (record->published != FLONG_NO_DATE) published.n = date_write(date, record->published);
    out->n = 0;
    return append_member(out, "id", record->id) && append_member(out, "url", record->url) &&
           append_member(out, "site", record->site) && append_member(out, "published", published) &&
           append_member(out, "author", record->author) && append_member(out, "lang", record->lang) &&
           append_member(out, "title", record->title) && append_member(out, "text", record->text) &&
           buffer_append(out, "}", 1);
}
