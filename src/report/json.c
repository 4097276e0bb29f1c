#include "report/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void put(json_line *line, const void *bytes, size_t n) {
    if (!buffer_append(&line->bytes, bytes, n)) line->failed = true;
}

static void put_text(json_line *line, const char *text) { put(line, text, strlen(text)); }

/* The escape of a byte that may not stand in a JSON string as it is; NULL for the others. DEL and what is
 * beyond ASCII may. */
static const char *escape_of(unsigned char byte, char scratch[8]) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        if (byte >= 0x20) return NULL;
        snprintf(scratch, 8, "\\u%04x", byte);
        return scratch;
    }
}

static void put_string(json_line *line, flong_str text) {
    char scratch[8];
    put(line, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *escape = escape_of((unsigned char)text.p[i], scratch);
        if (!escape) continue;
        put(line, text.p + from, i - from);
        put_text(line, escape);
        from = i + 1;
    }
    put(line, text.p + from, text.n - from);
    put(line, "\"", 1);
}

static void put_name(json_line *line, const char *name) {
    put_text(line, line->bytes.n && line->bytes.p[line->bytes.n - 1] == '{' ? "\"" : ", \"");
    put_text(line, name);
    put_text(line, "\": ");
}

void json_begin(json_line *line) {
    line->bytes.n = 0;
    put(line, "{", 1);
}

void json_end(json_line *line) { put(line, "}\n", 2); }

void json_null(json_line *line, const char *name) {
    put_name(line, name);
    put_text(line, "null");
}

void json_flag(json_line *line, const char *name, int value) {
    put_name(line, name);
    put_text(line, value < 0 ? "null" : value ? "true" : "false");
}

void json_text(json_line *line, const char *name, flong_str text) {
    if (text.n == 0) {
        json_null(line, name);
        return;
    }
    put_name(line, name);
    put_string(line, text);
}

void json_number(json_line *line, const char *name, uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    put_name(line, name);
    put_text(line, digits);
}

void json_share(json_line *line, const char *name, double value) {
    /* By whole numbers, so that no locale's decimal comma gets in. */
    char digits[24];
    if (!(value >= 0)) value = 0; /* a damaged file may say anything */
    if (value > 1) value = 1;
    unsigned parts = (unsigned)(value * 10000 + .5);
    snprintf(digits, sizeof digits, "%u.%04u", parts / 10000, parts % 10000);
    size_t n = strlen(digits);
    while (digits[n - 1] == '0' && digits[n - 2] != '.') n--;
    put_name(line, name);
    put(line, digits, n);
}

void json_spans(json_line *line, const char *name, const flong_span *spans, size_t n) {
    char text[128];
    put_name(line, name);
    put_text(line, "[");
    for (size_t i = 0; i < n; i++) {
        snprintf(text, sizeof text, "%s[%" PRIu64 ", %" PRIu64 ", %" PRIu64 ", %" PRIu64 "]", i ? ", " : "",
                 spans[i].a_begin, spans[i].a_end, spans[i].b_begin, spans[i].b_end);
        put_text(line, text);
    }
    put_text(line, "]");
}

void json_texts(json_line *line, const char *name, const flong_str *texts, size_t n) {
    put_name(line, name);
    put_text(line, "[");
    for (size_t i = 0; i < n; i++) {
        if (i) put_text(line, ", ");
        put_string(line, texts[i]);
    }
    put_text(line, "]");
}

void json_lines(json_line *line, const char *name, flong_str text) {
    put_name(line, name);
    put_text(line, "[");
    for (size_t from = 0; from < text.n;) {
        const char *end = memchr(text.p + from, '\n', text.n - from);
        size_t n = end ? (size_t)(end - text.p) - from : text.n - from;
        if (from) put_text(line, ", ");
        put_string(line, (flong_str){text.p + from, n});
        from += n + 1;
    }
    put_text(line, "]");
}

void json_wire(json_line *line, const char *name, const flong_wire *wire) {
    if (wire->credit.n + wire->place.n == 0) {
        json_null(line, name);
        return;
    }
    put_name(line, name);
    put_text(line, "{");
    json_text(line, "agency", wire->agency);
    json_text(line, "credit", wire->credit);
    json_text(line, "place", wire->place);
    put_text(line, "}");
}

void json_time(json_line *line, const char *name, int64_t seconds) {
    time_t at = (time_t)seconds;
    struct tm utc;
    char text[40];
    if (seconds == FLONG_NO_DATE || !gmtime_r(&at, &utc) ||
        !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)) {
        json_null(line, name);
        return;
    }
    json_text(line, name, (flong_str){text, strlen(text)});
}
