#include "input/pagetext.h"

#include <string.h>

#include "input/date.h"
#include "input/site.h"

enum {
    HEAD_LINES = 24,  /* that are not blank, of a head with all that stands before the headline */
    TITLE_LEAST = 12, /* bytes */
    TITLE_MOST = 250,
    TITLE_WORDS = 3,
    BYLINE_MOST = 160,
    DATE_WORDS = 9, /* "Thursday, Jan. 3, 2025 at 9:57 a.m. EST" */
    PROSE_LEAST = 80,
};

typedef struct text_line {
    flong_str text;
    const char *end; /* of it, with its line feed */
    bool is_set_off; /* a blank line follows */
} text_line;

typedef struct text_head {
    text_line lines[HEAD_LINES];
    size_t n;
} text_head;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_upper(char c) { return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3; }

static bool begins(flong_str text, const char *word) {
    size_t n = strlen(word), i = 0;
    while (i < n && i < text.n && lower(text.p[i]) == word[i]) i++;
    return i == n;
}

static flong_str from(flong_str text, size_t n) { return (flong_str){text.p + n, text.n - n}; }

/* ---- lines --------------------------------------------------------------- */

static void head_read(text_head *out, flong_str text) {
    out->n = 0;
    while (text.n && out->n < HEAD_LINES) {
        const char *feed = memchr(text.p, '\n', text.n);
        size_t n = feed ? (size_t)(feed - text.p) + 1 : text.n;
        flong_str line = text_trim((flong_str){text.p, n});
        text = from(text, n);
        if (line.n)
            out->lines[out->n++] = (text_line){line, text.p, false};
        else if (out->n)
            out->lines[out->n - 1].is_set_off = true;
    }
}

/* ---- a date, alone or with other words ----------------------------------- */

/* Where each word of a line begins, and ends with the next one; returns how many there are. */
static size_t words_of(const char *words[], size_t most, flong_str line) {
    size_t n = 0;
    for (size_t i = 0; i < line.n && n < most; i++)
        if (line.p[i] != ' ' && (i == 0 || line.p[i - 1] == ' ')) words[n++] = line.p + i;
    return n;
}

enum { LINE_WORDS = 40 };

/* The longest run of words that is a date; *before and *behind are what stands around it. */
static bool date_in(int64_t *date, flong_str *before, flong_str *behind, flong_str line) {
    const char *words[LINE_WORDS + 1];
    size_t n = words_of(words, LINE_WORDS, line);
    words[n] = line.p + line.n;
    for (size_t begin = 0; begin < n; begin++)
        for (size_t end = begin + DATE_WORDS < n ? begin + DATE_WORDS : n; end > begin; end--) {
            flong_str run = text_trim((flong_str){words[begin], (size_t)(words[end] - words[begin])});
            while (run.n && strchr(",;|", run.p[run.n - 1])) run.n--;
            bool has_digit = false;
            for (size_t i = 0; i < run.n; i++) has_digit |= is_digit(run.p[i]);
            if (!has_digit || run.n < 8 || !date_parse(date, run))
                continue; /* "2025" and "3/4" are too little */
            *before = (flong_str){line.p, (size_t)(words[begin] - line.p)};
            *behind = (flong_str){run.p + run.n, (size_t)(line.p + line.n - run.p) - run.n};
            return true;
        }
    return false;
}

/* Whether words around a date leave the line a line of a date: "Published", "Updated on", "5 min read", and signs. */
static bool is_beside_date(flong_str text) {
    static const char *const known[] = {"published", "posted", "updated", "on",      "at",    "date",
                                        "min",       "mins",   "minute",  "read",    "am",    "pm",
                                        "est",       "et",     "gmt",     "minutes", "first", "last",
                                        "-",         "|",      "·",       "•",       "–",     "—"};
    while (text.n) {
        size_t n = 0;
        while (n < text.n && text.p[n] != ' ' && text.p[n] != ':' && text.p[n] != ',') n++;
        bool is_known = n == 0 || is_digit(text.p[0]);
        for (size_t i = 0; i < sizeof known / sizeof *known && !is_known; i++)
            is_known = strlen(known[i]) == n && begins((flong_str){text.p, n}, known[i]);
        if (!is_known) return false;
        text = from(text, n < text.n ? n + 1 : n);
    }
    return true;
}

/* ---- bylines ------------------------------------------------------------- */

/* "by Ines Oduya", "By: INES ODUYA", "Written by Ines Oduya"; *name is what follows. */
static bool takes_by(flong_str *name, flong_str line) {
    static const char *const words[] = {"by: ", "by ", "written by ", "story by "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(line, words[i])) {
            *name = text_trim(from(line, strlen(words[i])));
            return name->n && is_upper(name->p[0]);
        }
    return false;
}

/* Without signs and words such as "Published" at its end, and without what stands behind a bar. */
static flong_str name_trim(flong_str name) {
    static const char *const signs[] = {" | ", " • ", " · ", " - ", " – ", " — "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *sign = name.n ? memmem(name.p, name.n, signs[i], strlen(signs[i])) : NULL;
        if (sign) name.n = (size_t)(sign - name.p);
    }
    for (;;) {
        size_t n = name.n;
        while (n && name.p[n - 1] != ' ') n--;
        if (n == 0 || !is_beside_date(from(name, n))) break;
        name = text_trim((flong_str){name.p, n - 1});
    }
    while (name.n && strchr(",;:|", name.p[name.n - 1])) name.n--;
    return name;
}

typedef struct byline {
    flong_str author;
    int64_t date;
} byline;

/* Whether a line is a byline, or a date. */
static bool byline_of(byline *out, flong_str line) {
    flong_str name, before, behind;
    *out = (byline){{NULL, 0}, FLONG_NO_DATE};
    if (line.n > BYLINE_MOST) return false;
    bool has_date = date_in(&out->date, &before, &behind, line);
    if (takes_by(&name, line)) {
        if (has_date && before.p + before.n < name.p) return false;
        if (has_date) name.n = (size_t)(before.p + before.n - name.p);
        out->author = name_trim(name.n ? text_trim(name) : name);
        const char *words[LINE_WORDS];
        bool is_sentence = !has_date && line.p[line.n - 1] == '.';
        return out->author.n && words_of(words, LINE_WORDS, out->author) <= 12 && !is_sentence;
    }
    return has_date && is_beside_date(before) && is_beside_date(behind);
}

/* ---- the head ------------------------------------------------------------ */

static bool ends_sentence(flong_str line) {
    return line.n &&
           (strchr(".,;", line.p[line.n - 1]) || (line.n >= 3 && memcmp(line.p + line.n - 3, "。", 3) == 0));
}

static bool is_title(flong_str line) {
    const char *words[LINE_WORDS];
    if (line.n < TITLE_LEAST || line.n > TITLE_MOST) return false;
    bool has_spaces = memchr(line.p, ' ', line.n) != NULL;
    return !has_spaces ? (unsigned char)line.p[0] >= 0xE0 : words_of(words, LINE_WORDS, line) >= TITLE_WORDS;
}

/* The headline above line i: up to three lines higher, as a summary may stand between; one that is no sentence is
 * better. Empty: there is none. */
static flong_str title_above(const text_head *head, size_t i) {
    flong_str found = {NULL, 0};
    for (size_t up = 1; up <= 3 && up <= i; up++) {
        flong_str line = head->lines[i - up].text;
        if (!is_title(line)) continue;
        if (!ends_sentence(line)) return line;
        if (found.n == 0) found = line;
    }
    return found;
}

static bool has_prose(flong_str text) {
    while (text.n) {
        const char *feed = memchr(text.p, '\n', text.n);
        size_t n = feed ? (size_t)(feed - text.p) + 1 : text.n;
        if (n > PROSE_LEAST) return true;
        text = from(text, n);
    }
    return false;
}

/* A date of its own line may stand beside a byline, above or below. */
static void date_beside(pagetext *out, const text_head *head, size_t i, const char **text) {
    byline other;
    if (i + 1 < head->n && byline_of(&other, head->lines[i + 1].text) &&
        (other.author.n == 0 || out->author.n == 0)) {
        if (out->published == FLONG_NO_DATE) out->published = other.date;
        if (out->author.n == 0) out->author = other.author;
        *text = head->lines[i + 1].end;
    }
}

static bool set_off_title(pagetext *out, const text_head *head, flong_str text) {
    if (head->n < 2 || !head->lines[0].is_set_off) return false;
    flong_str line = head->lines[0].text;
    const char *feed = memchr(line.p, '\n', line.n);
    if (feed || !is_title(line) || ends_sentence(line) ||
        !has_prose(from(text, (size_t)(head->lines[0].end - text.p))))
        return false;
    out->title = line;
    return true;
}

bool pagetext_read(pagetext *out, flong_str text) {
    text_head head;
    *out = (pagetext){.text = text, .published = FLONG_NO_DATE};
    head_read(&head, text);
    for (size_t i = 1; i < head.n; i++) {
        byline found;
        flong_str title = title_above(&head, i);
        if (title.n == 0 || !byline_of(&found, head.lines[i].text)) continue;
        const char *rest = head.lines[i].end;
        pagetext read = {.title = title, .author = found.author, .published = found.date};
        date_beside(&read, &head, i, &rest);
        read.text = (flong_str){rest, text.n - (size_t)(rest - text.p)};
        if (!has_prose(read.text)) continue;
        read.text = text_trim(read.text);
        *out = read;
        return true;
    }
    return set_off_title(out, &head, text);
}
