#include "report/json.h"

#include <stdio.h>
#include <string.h>

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

/* Whether a byte stands for itself. */
static bool is_plain(char c) { return (unsigned char)c >= 0x20 && c != '"' && c != '\\'; }

static void put_string(json_line *line, flong_str text) {
    char scratch[8];
    put(line, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (is_plain(text.p[i])) continue; /* nearly all */
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

/* Writes the decimal digits of a number, at least `least` of them, and returns their end; most lines are numbers, and
 * printf takes ten times as long. */
static char *digits_write(char *out, uint64_t value, unsigned least) {
    char reversed[20];
    unsigned n = 0;
    do reversed[n++] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    while (n < least) reversed[n++] = '0';
    while (n > 0) *out++ = reversed[--n];
    return out;
}

static void put_number(json_line *line, uint64_t value) {
    char digits[24];
    put(line, digits, (size_t)(digits_write(digits, value, 1) - digits));
}

void json_number(json_line *line, const char *name, uint64_t value) {
    put_name(line, name);
    put_number(line, value);
}

void json_put_share(json_line *line, double value) {
    /* By whole numbers, so that no locale's decimal comma gets in. */
    char digits[24];
    if (!(value >= 0)) value = 0; /* a damaged file may say anything */
    if (value > 1) value = 1;
    unsigned parts = (unsigned)(value * 10000 + .5);
    char *end = digits_write(digits, parts / 10000, 1);
    *end++ = '.';
    end = digits_write(end, parts % 10000, 4);
    while (end[-1] == '0' && end[-2] != '.') end--;
    put(line, digits, (size_t)(end - digits));
}

void json_share(json_line *line, const char *name, double value) {
    put_name(line, name);
    json_put_share(line, value);
}

void json_spans(json_line *line, const char *name, const flong_span *spans, size_t n) {
    put_name(line, name);
    put_text(line, "[");
    for (size_t i = 0; i < n; i++) {
        const uint64_t ends[] = {spans[i].a_begin, spans[i].a_end, spans[i].b_begin, spans[i].b_end};
        put_text(line, i ? ", [" : "[");
        for (size_t k = 0; k < 4; k++) {
            if (k) put_text(line, ", ");
            put_number(line, ends[k]);
        }
        put_text(line, "]");
    }
    put_text(line, "]");
}

void json_marks(json_line *line, const char *name, const flong_mark *marks, size_t n) {
    static const char *const kinds[] = {", \"furniture\"]", ", \"credit\"]", ", \"aside\"]"};
    put_name(line, name);
    put_text(line, "[");
    for (size_t i = 0; i < n; i++) {
        put_text(line, i ? ", [" : "[");
        put_number(line, marks[i].begin);
        put_text(line, ", ");
        put_number(line, marks[i].end);
        put_text(line, kinds[marks[i].kind]);
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

/* Writes year, month and day of a day counted from 1970-01-01, of the years 1 to 9999 (the proleptic Gregorian calendar,
 * as H. Hinnant computes it: years begin in March, so that the leap day ends one). */
static char *day_write(char *out, int64_t day) {
    uint64_t days = (uint64_t)(day + 719468), era = days / 146097, of_era = days % 146097;
    uint64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    out = digits_write(out, year + era * 400 + (month >= 10), 4);
    *out++ = '-';
    out = digits_write(out, month < 10 ? month + 3 : month - 9, 2);
    *out++ = '-';
    return digits_write(out, of_year - (153 * month + 2) / 5 + 1, 2);
}

enum { DAY = 86400 };
static const int64_t first_second = INT64_C(-62135596800), last_second = INT64_C(253402300799);

void json_time(json_line *line, const char *name, int64_t seconds) {
    char text[40], *end = text;
    if (seconds < first_second || seconds > last_second) { /* FLONG_NO_DATE as well */
        json_null(line, name);
        return;
    }
    uint64_t since = (uint64_t)(seconds - first_second), second = since % DAY;
    end = day_write(end, (int64_t)(since / DAY) + first_second / DAY);
    *end++ = 'T';
    end = digits_write(end, second / 3600, 2);
    *end++ = ':';
    end = digits_write(end, second / 60 % 60, 2);
    *end++ = ':';
    end = digits_write(end, second % 60, 2);
    *end++ = 'Z';
    json_text(line, name, (flong_str){text, (size_t)(end - text)});
}

/* ---- single values ----------------------------------------------------------------------- */

void json_put(json_line *line, const char *text) { put_text(line, text); }

void json_put_text(json_line *line, flong_str text) { put_string(line, text); }

void json_put_cut(json_line *line, flong_str text, size_t most) {
    if (text.n <= most) {
        put_string(line, text);
        return;
    }
    while (most > 0 && ((unsigned char)text.p[most] & 0xC0) == 0x80) most--; /* between two characters */
    put_string(line, (flong_str){text.p, most});
    if (line->failed) return;
    line->bytes.n--; /* the quotation mark */
    put_text(line, "\xE2\x80\xA6\"");
}

void json_put_number(json_line *line, uint64_t value) { put_number(line, value); }

void json_put_integer(json_line *line, int64_t value) {
    if (value < 0) put(line, "-", 1);
    put_number(line, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void json_put_date(json_line *line, int64_t seconds) {
    if (seconds == FLONG_NO_DATE)
        put_text(line, "null");
    else
        json_put_integer(line, seconds);
}

void json_put_next(json_line *line, size_t i) {
    if (i) put(line, ",", 1);
}
