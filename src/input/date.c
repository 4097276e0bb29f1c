#include "input/date.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* No date is longer; it bounds the work on hostile ones. */
enum { LONGEST = 100 };

typedef struct scan {
    const char *p, *end;
} scan;

typedef struct parts {
    int year, month, day;
    int yearday; /* 1 to 366; 0: month and day are given */
    int hour, minute, second;
    int zone; /* minutes east of Greenwich */
} parts;

/* ---- the calendar -------------------------------------------------------- */

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int month_days(int year, int month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool set_yearday(parts *out) {
    if (out->yearday > 365 + is_leap(out->year)) return false;
    out->day = out->yearday;
    for (out->month = 1; out->day > month_days(out->year, out->month); out->month++)
        out->day -= month_days(out->year, out->month);
    return true;
}

/* Days since 1970-01-01 in the Gregorian calendar, by eras of 400 years that begin in March (Hinnant,
 * chrono-Compatible Low-Level Date Algorithms, 2013). For years after 0. */
static int64_t days_of(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400, of_era = shifted % 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (int64_t)era * 146097 + day_of_era - 719468;
}

/* 24:00 is the end of the day and second 60 a leap second; both are carried over. */
static bool parts_seconds(int64_t *out, parts p) {
    if (p.year < 1000 || p.year > 2999) return false;
    if (p.yearday && !set_yearday(&p)) return false;
    if (p.month < 1 || p.month > 12) return false;
    if (p.day < 1 || p.day > month_days(p.year, p.month)) return false;
    if (p.hour > 24 || p.minute > 59 || p.second > 60) return false;
    if (p.hour == 24 && (p.minute || p.second)) return false;
    int64_t minutes = days_of(p.year, p.month, p.day) * 1440 + p.hour * 60 + p.minute;
    *out = (minutes - p.zone) * 60 + p.second;
    return true;
}

/* ---- words --------------------------------------------------------------- */

typedef struct word {
    const char *name; /* in lower case */
    int value;
} word;

static const word months[] = {
    {"january", 1},  {"jan", 1},    {"february", 2},  {"feb", 2},       {"march", 3},     {"mar", 3},
    {"april", 4},    {"apr", 4},    {"may", 5},       {"june", 6},      {"jun", 6},       {"july", 7},
    {"jul", 7},      {"august", 8}, {"aug", 8},       {"september", 9}, {"sept", 9},      {"sep", 9},
    {"october", 10}, {"oct", 10},   {"november", 11}, {"nov", 11},      {"december", 12}, {"dec", 12},
};

static const word weekdays[] = {
    {"monday", 1}, {"mon", 1},      {"tuesday", 2}, {"tues", 2},   {"tue", 2}, {"wednesday", 3},
    {"wed", 3},    {"thursday", 4}, {"thurs", 4},   {"thur", 4},   {"thu", 4}, {"friday", 5},
    {"fri", 5},    {"saturday", 6}, {"sat", 6},     {"sunday", 7}, {"sun", 7},
};

/* RFC 2822, section 4.3, and what newspapers write: minutes. ET and its like are taken for standard time,
 * BST for the British and IST for the Indian one. */
static const word zones[] = {
    {"z", 0},      {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"wet", 0},    {"bst", 60},   {"west", 60},
    {"cet", 60},   {"cest", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"ist", 330},  {"sgt", 480},
    {"hkt", 480},  {"jst", 540},  {"kst", 540},  {"aest", 600}, {"aedt", 660}, {"est", -300}, {"edt", -240},
    {"et", -300},  {"cst", -360}, {"cdt", -300}, {"ct", -360},  {"mst", -420}, {"mdt", -360}, {"mt", -420},
    {"pst", -480}, {"pdt", -420}, {"pt", -480},
};

static const word halves[] = {{"am", 0}, {"a.m.", 0}, {"a.m", 0}, {"pm", 12}, {"p.m.", 12}, {"p.m", 12}};

static const word ordinals[] = {{"st", 0}, {"nd", 0}, {"rd", 0}, {"th", 0}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
static char peek(const scan *s) { return s->p < s->end ? *s->p : 0; }

static bool take(scan *s, char c) {
    if (peek(s) != c || !c) return false;
    s->p++;
    return true;
}

/* One of the words, in any case and not only the beginning of a longer one. */
static bool take_word(scan *s, int *value, const word *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(words[i].name), at = 0;
        if (length > (size_t)(s->end - s->p)) continue;
        while (at < length && lower(s->p[at]) == words[i].name[at]) at++;
        if (at < length) continue;
        if (s->p + at < s->end && is_letter(s->p[at])) continue;
        s->p += length;
        *value = words[i].value;
        return true;
    }
    return false;
}
#define TAKE_WORD(s, value, words) take_word(s, value, words, COUNT(words))

/* Blanks, and the unbreakable ones (U+00A0, U+202F) that stand before AM and PM. */
static bool take_space(scan *s) {
    const char *start = s->p;
    for (;;) {
        size_t left = (size_t)(s->end - s->p);
        if (left && (*s->p == ' ' || (*s->p >= '\t' && *s->p <= '\r')))
            s->p++;
        else if (left >= 2 && memcmp(s->p, "\xC2\xA0", 2) == 0)
            s->p += 2;
        else if (left >= 3 && memcmp(s->p, "\xE2\x80\xAF", 3) == 0)
            s->p += 3;
        else
            return s->p > start;
    }
}

static size_t digit_run(const scan *s) {
    size_t n = 0;
    while (s->p + n < s->end && is_digit(s->p[n])) n++;
    return n;
}

static int take_digits(scan *s, int n) {
    int value = 0;
    while (n--) value = value * 10 + (*s->p++ - '0');
    return value;
}

/* A number of min to max digits that no other digit follows; max is below 9. */
static bool take_number(scan *s, int *value, size_t min, size_t max) {
    size_t n = digit_run(s);
    if (n < min || n > max) return false;
    *value = take_digits(s, (int)n);
    return true;
}

/* ---- time of day and zone ------------------------------------------------ */

static void take_fraction(scan *s) {
    if (peek(s) != '.' && peek(s) != ',') return;
    scan digits = {s->p + 1, s->end};
    size_t n = digit_run(&digits);
    if (n) s->p += n + 1;
}

static bool take_half(scan *s, parts *out) {
    scan at = *s;
    int half;
    take_space(&at);
    if (!TAKE_WORD(&at, &half, halves)) return false;
    if (out->hour <= 12) out->hour = out->hour % 12 + half;
    *s = at;
    return true;
}

static bool take_clock(scan *s, parts *out) {
    if (!take_number(s, &out->hour, 1, 2)) return false;
    if (!take(s, ':')) return take_half(s, out);
    if (!take_number(s, &out->minute, 2, 2)) return false;
    if (take(s, ':')) {
        if (!take_number(s, &out->second, 2, 2)) return false;
        take_fraction(s);
    }
    take_half(s, out);
    return true;
}

/* 1015 and 101500, as they stand in 20170201T101500Z. */
static bool take_basic_clock(scan *s, parts *out) {
    size_t n = digit_run(s);
    if (n != 4 && n != 6) return false;
    out->hour = take_digits(s, 2);
    out->minute = take_digits(s, 2);
    if (n == 6) out->second = take_digits(s, 2);
    take_fraction(s);
    return true;
}

/* +02:00, +0200, +02, +2 */
static bool take_offset(scan *s, parts *out) {
    scan at = *s;
    int sign = peek(&at) == '-' ? -1 : 1, hours, minutes = 0;
    if (!take(&at, '+') && !take(&at, '-')) return false;
    if (digit_run(&at) == 4) {
        hours = take_digits(&at, 2);
        minutes = take_digits(&at, 2);
    } else {
        if (!take_number(&at, &hours, 1, 2)) return false;
        if (take(&at, ':') && !take_number(&at, &minutes, 2, 2)) return false;
    }
    if (hours > 18 || minutes > 59) return false;
    out->zone = sign * (hours * 60 + minutes);
    *s = at;
    return true;
}

static bool take_zone(scan *s, parts *out) {
    if (take_offset(s, out)) return true;
    if (!TAKE_WORD(s, &out->zone, zones)) return false;
    if (out->zone == 0) take_offset(s, out); /* GMT+0200 */
    return true;
}

/* "(CET)" or "[Europe/Paris]" behind an offset. */
static void take_comment(scan *s) {
    char open = peek(s);
    if (open != '(' && open != '[') return;
    const char *close = memchr(s->p, open == '(' ? ')' : ']', (size_t)(s->end - s->p));
    if (close) s->p = close + 1;
}

static bool take_end(scan *s) {
    take_space(s);
    take_comment(s);
    take_space(s);
    return s->p == s->end;
}

/* What may stand between date and time: blanks, a comma, and between blanks "at", "|" or a dash. */
static void take_separator(scan *s) {
    static const word marks[] = {{"at", 0}, {"@", 0}, {"|", 0}, {"-", 0}, {"\xE2\x80\x93", 0}};
    int unused;
    bool is_spaced = take_space(s);
    is_spaced |= take(s, ',');
    is_spaced |= take_space(s);
    scan at = *s;
    if (is_spaced && TAKE_WORD(&at, &unused, marks) && take_space(&at)) *s = at;
}

static bool take_time(scan *s, parts *out) {
    scan at = *s;
    if (!take_clock(&at, out)) return false;
    *s = at;
    return true;
}

/* ---- forms of dates ------------------------------------------------------ */

/* Y year, y year of two digits, M month, D day, J day of the year, N name of a month, A and B month and
 * day that are exchanged when the first is above 12, C the digits YYYYMMDD, O the digits YYYYJJJ, L the
 * digits YYYYMMDDhhmm[ss], T time of day, Z zone, a blank for one or more blanks, a comma for an optional
 * one and blanks. Anything else stands for itself. The first form that fits wins. */
static const char *const forms[] = {
    "Y-M-D",
    "Y/M/D",
    "Y.M.D",
    "Y-J",
    "C",
    "L",
    "O", /* ISO 8601 and its kin */
    "D N,Y",
    "N D,Y",
    "D-N-Y",
    "D/N/Y",
    "Y-N-D",
    "Y N D", /* with a month's name */
    "D N y",
    "D-N-y", /* RFC 822, RFC 850 */
    "N D T Z Y",
    "N D T Y", /* date(1), ctime(3), Twitter */
    "D.M.Y",
    "D-M-Y",
    "A/B/Y",                                     /* year last */
    "Y\345\271\264M\346\234\210D\346\227\245",   /* Chinese and Japanese */
    "Y\353\205\204 M\354\233\224 D\354\235\274", /* Korean */
};

static bool take_year2(scan *s, parts *out) {
    if (!take_number(s, &out->year, 2, 2)) return false;
    out->year += out->year < 50 ? 2000 : 1900; /* RFC 2822, section 4.3 */
    return true;
}

static bool take_day(scan *s, parts *out) {
    int unused;
    if (!take_number(s, &out->day, 1, 2)) return false;
    TAKE_WORD(s, &unused, ordinals);
    return true;
}

static bool take_month_name(scan *s, parts *out) {
    if (!TAKE_WORD(s, &out->month, months)) return false;
    take(s, '.');
    return true;
}

static bool take_compact(scan *s, parts *out, char symbol) {
    size_t n = digit_run(s);
    if (symbol == 'L' ? n != 12 && n != 14 : n != (symbol == 'C' ? 8 : 7)) return false;
    out->year = take_digits(s, 4);
    if (symbol == 'O') {
        out->yearday = take_digits(s, 3);
        return out->yearday > 0;
    }
    out->month = take_digits(s, 2);
    out->day = take_digits(s, 2);
    return symbol == 'C' || take_basic_clock(s, out);
}

static bool take_symbol(scan *s, parts *out, char symbol) {
    switch (symbol) {
    case 'Y':
        return take_number(s, &out->year, 4, 4);
    case 'y':
        return take_year2(s, out);
    case 'M':
    case 'A':
        return take_number(s, &out->month, 1, 2);
    case 'D':
    case 'B':
        return take_day(s, out);
    case 'J':
        return take_number(s, &out->yearday, 3, 3) && out->yearday > 0;
    case 'N':
        return take_month_name(s, out);
    case 'C':
    case 'L':
    case 'O':
        return take_compact(s, out, symbol);
    case 'T':
        return take_time(s, out);
    case 'Z':
        return take_zone(s, out);
    case ' ':
        return take_space(s);
    case ',':
        return take(s, ',') + take_space(s) > 0;
    default:
        return take(s, symbol);
    }
}

static bool take_form(scan *s, parts *out, const char *form) {
    for (const char *symbol = form; *symbol; symbol++)
        if (!take_symbol(s, out, *symbol)) return false;
    if (strchr(form, 'A') && out->month > 12) {
        int day = out->month;
        out->month = out->day;
        out->day = day;
    }
    return true;
}

/* What follows the date: nothing, a zone, or a time and perhaps a zone. */
static bool take_rest(scan *s, parts *out) {
    scan at = *s;
    take_space(&at);
    if ((take_zone(&at, out), take_end(&at))) return true;
    out->zone = 0;
    if ((peek(s) == 'T' || peek(s) == 't') && s->end - s->p > 1 && is_digit(s->p[1])) {
        s->p++;
        if (!take_basic_clock(s, out) && !take_time(s, out)) return false;
    } else {
        take_separator(s);
        if (!take_time(s, out)) return false;
    }
    take_space(s);
    take_zone(s, out);
    return take_end(s);
}

static void take_weekday(scan *s) {
    int unused;
    if (!TAKE_WORD(s, &unused, weekdays)) return;
    take(s, '.');
    take(s, ',');
    take_space(s);
}

/* Digits alone that are no calendar date: seconds or their fractions since 1970. */
static bool epoch_parse(int64_t *out, scan s) {
    bool minus = take(&s, '-');
    size_t n = digit_run(&s);
    if (n < 9 || n > 19) return false;
    double number = 0;
    while (n--) number = number * 10 + (*s.p++ - '0');
    take_fraction(&s);
    return take_end(&s) && date_from_number(out, minus ? -number : number);
}

bool date_parse(int64_t *out, flong_str text) {
    if (text.n == 0 || text.n > LONGEST) return false;
    scan start = {text.p, text.p + text.n};
    take_space(&start);
    take_weekday(&start);
    for (size_t i = 0; i < COUNT(forms); i++) {
        scan s = start;
        parts found = {0};
        if (take_form(&s, &found, forms[i]) && take_rest(&s, &found) && parts_seconds(out, found))
            return true;
    }
    return epoch_parse(out, start);
}

int flong_date_read(int64_t *out, flong_str text) { return date_parse(out, text); }

/* Seconds of the years 1000 to 2999 are below 1e11 in magnitude; 1e11 milliseconds are in 1973, and so are
 * 1e14 microseconds. As seconds, the numbers 10000101 to 29991231 lie in 1970, before any news on the web. */
bool date_from_number(int64_t *out, double number) {
    const double most = 1e11;
    if (!(number > -1e20 && number < 1e20)) return false;
    while (number >= most || number <= -most) number /= 1000;
    int64_t seconds = (int64_t)number;
    if ((double)seconds > number) seconds--;
    parts day = {.year = (int)(seconds / 10000 % 10000),
                 .month = (int)(seconds / 100 % 100),
                 .day = (int)(seconds % 100)};
    if (seconds >= 10000101 && seconds <= 29991231 && parts_seconds(out, day)) return true;
    if (seconds < days_of(1000, 1, 1) * 86400 || seconds >= days_of(3000, 1, 1) * 86400) return false;
    *out = seconds;
    return true;
}

size_t date_write(char out[DATE_TEXT], int64_t date) {
    int64_t days = date / 86400 - (date % 86400 < 0), second = date - days * 86400;
    /* Civil from days: eras of 400 years that begin on 1 March (Hinnant, "chrono-compatible low-level date algorithms"). */
    int64_t z = days + 719468, era = (z < 0 ? z - 146096 : z) / 146097, day = z - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int d = (int)(of_year - (153 * month + 2) / 5 + 1), m = (int)(month < 10 ? month + 3 : month - 9);
    int64_t y = year + era * 400 + (m <= 2);
    int n = snprintf(out, DATE_TEXT, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02dZ", y, m, d, (int)(second / 3600),
                     (int)(second / 60 % 60), (int)(second % 60));
    return n > 0 && n < DATE_TEXT ? (size_t)n : 0;
}
