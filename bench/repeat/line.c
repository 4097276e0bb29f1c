#include "line.h"

#include <string.h>

/* Bytes of a line. */
typedef struct piece {
    const char *p;
    size_t n;
} piece;

/* ---- words ------------------------------------------------------------------------------- */

enum { WORD_LEAST = 4 };

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static char lower(char c) { return (char)(c | 0x20); }

/* FNV-1a, and the finish of MurmurHash3, which spreads it. */
static uint64_t word_hash(const char *p, size_t n, uint32_t time) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ time;
    for (size_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)lower(p[i])) * UINT64_C(0x100000001b3);
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 29;
}

/* A vowel by a vowel, a consonant by a consonant, in the same case. */
static char letter_other(char c, uint64_t by) {
    static const char vowels[] = "aeiou", consonants[] = "bcdfghklmnprstvw";
    char other = strchr("aeiouy", lower(c)) ? vowels[by % 5] : consonants[by % 16];
    return lower(c) == c ? other : (char)(other & ~0x20);
}

static void word_write(FILE *to, const char *p, size_t n, const line_edit *edit) {
    uint64_t hash = word_hash(p, n, edit->time);
    if (n < WORD_LEAST || hash % 1000 >= edit->words) {
        fwrite(p, 1, n, to);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        hash = hash * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        fputc(letter_other(p[i], hash >> 40), to);
    }
}

/* What stands between quotes; an escape is no part of a word. */
static void words_write(FILE *to, piece text, const line_edit *edit) {
    for (size_t i = 0; i < text.n;) {
        size_t n = 1;
        if (is_letter(text.p[i])) {
            while (i + n < text.n && is_letter(text.p[i + n])) n++;
            word_write(to, text.p + i, n, edit);
        } else {
            if (text.p[i] == '\\') n = i + 1 < text.n && text.p[i + 1] == 'u' ? 6 : 2;
            if (n > text.n - i) n = text.n - i;
            fwrite(text.p + i, 1, n, to);
        }
        i += n;
    }
}

/* ---- dates ------------------------------------------------------------------------------- */

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back (the days of a year are counted from March). */
static long days_of(long year, long month, long day) {
    long y = year - (month <= 2), era = y / 400, in_era = y - era * 400;
    long in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static void date_print(FILE *to, long days) {
    long z = days + 719468, era = z / 146097, in_era = z - era * 146097;
    long years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    long in_year = in_era - (365 * years + years / 4 - years / 100), from_march = (5 * in_year + 2) / 153;
    long month = from_march < 10 ? from_march + 3 : from_march - 9;
    fprintf(to, "%04ld-%02ld-%02ld", years + era * 400 + (month <= 2), month,
            in_year - (153 * from_march + 2) / 5 + 1);
}

enum { DATE_BYTES = 10 };

/* A date that begins as 2017-02-01 does; others are left as they are. */
static void date_write(FILE *to, piece text, const line_edit *edit) {
    long year, month, day;
    char date[DATE_BYTES + 1] = "";
    if (text.n >= DATE_BYTES) memcpy(date, text.p, DATE_BYTES);
    if (sscanf(date, "%4ld-%2ld-%2ld", &year, &month, &day) != 3 || month < 1 || month > 12) {
        fwrite(text.p, 1, text.n, to);
        return;
    }
    date_print(to, days_of(year, month, day) + edit->days);
    fwrite(text.p + DATE_BYTES, 1, text.n - DATE_BYTES, to);
}

/* ---- values ------------------------------------------------------------------------------ */

static void end_write(FILE *to, piece text, const char *format, uint32_t time) {
    fwrite(text.p, 1, text.n, to);
    if (text.n) fprintf(to, format, time);
}

static void value_write(FILE *to, piece key, piece text, const line_edit *edit) {
    const char *const names[] = {"id", "url", "title", "text", "published"};
    size_t i = 0;
    while (i < 5 && (strlen(names[i]) != key.n || memcmp(names[i], key.p, key.n) != 0)) i++;
    switch (i) {
    case 0:
        end_write(to, text, "-%u", edit->time);
        break;
    case 1:
        end_write(to, text, "?again=%u", edit->time);
        break;
    case 2:
    case 3:
        words_write(to, text, edit);
        break;
    case 4:
        date_write(to, text, edit);
        break;
    default:
        fwrite(text.p, 1, text.n, to);
    }
}

/* ---- lines ------------------------------------------------------------------------------- */

/* The string that begins with the quote at *at; *at is then behind it. False where it has no end. */
static bool string_take(piece line, size_t *at, piece *out) {
    size_t first = ++*at;
    while (*at < line.n && line.p[*at] != '"') *at += line.p[*at] == '\\' ? 2 : 1;
    if (*at >= line.n) return false;
    *out = (piece){line.p + first, *at - first};
    ++*at;
    return true;
}

/* Whether a string is a key: a colon follows. */
static bool is_key(piece line, size_t at) {
    while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t')) at++;
    return at < line.n && line.p[at] == ':';
}

bool line_write(FILE *to, const char *bytes, size_t n, const line_edit *edit) {
    piece line = {bytes, n}, key = {0}, string;
    size_t at = 0, depth = 0;
    while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r')) line.n--;
    while (at < line.n) {
        char c = line.p[at];
        if (c != '"') {
            depth += c == '{' || c == '[';
            depth -= depth && (c == '}' || c == ']');
            fputc(c, to);
            at++;
            continue;
        }
        if (depth == 0 || !string_take(line, &at, &string)) return false;
        bool named = is_key(line, at);
        fputc('"', to);
        if (edit->time && depth == 1 && !named)
            value_write(to, key, string, edit);
        else
            fwrite(string.p, 1, string.n, to);
        fputc('"', to);
        if (named) key = string;
    }
    fputc('\n', to);
    return depth == 0;
}
