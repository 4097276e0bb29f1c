#include "input/html_clean.h"

#include <string.h>

/* Bounds that no page made for readers meets. libxml2 compares each attribute of a tag with all others. */
enum { MOST_ATTRIBUTES = 64, MOST_VALUE = 8192, MOST_ESCAPED = 1000 };

typedef struct cleaner {
    html_cleaned *out;
    const char *p, *end;
    size_t escaped;         /* of "<" that begin no tag */
    bool no_more_quotes[2]; /* of " and ' in the rest of the page */
    bool no_more_ends;      /* of drawings */
    bool failed;
} cleaner;

/* Elements whose inside is no markup, or none that has text of an article. */
typedef struct raw_element {
    const char *name;
    bool may_be_open; /* its end may be missing, and the page go on */
} raw_element;

static const raw_element raws[] = {
    {"script", false},   {"style", false}, {"textarea", false}, {"iframe", false}, {"noembed", false},
    {"noframes", false}, {"xmp", false},   {"svg", true},       {"math", true},
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

static size_t left(const cleaner *self, const char *from) { return (size_t)(self->end - from); }

static void emit(cleaner *self, const char *from, const char *to) {
    if (!buffer_append(&self->out->text, from, (size_t)(to - from))) self->failed = true;
}

static void emit_word(cleaner *self, const char *word) { emit(self, word, word + strlen(word)); }

/* ---- tags ---------------------------------------------------------------- */

static bool is_name_end(char c) { return is_blank(c) || c == '/' || c == '>'; }

/* Whether a name in lower case stands at p as a whole. */
static bool is_name(const cleaner *self, const char *p, const char *name) {
    size_t n = strlen(name), i = 0;
    if (left(self, p) <= n) return false;
    while (i < n && lower(p[i]) == name[i]) i++;
    return i == n && is_name_end(p[n]);
}

static const raw_element *find_raw(const cleaner *self, const char *name) {
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++)
        if (is_name(self, name, raws[i].name)) return &raws[i];
    return NULL;
}

/* The end of a value that begins at p, behind its quotation mark if it has one. */
static const char *value_end(cleaner *self, const char *p, bool *is_odd) {
    if (p < self->end && (*p == '"' || *p == '\'')) {
        bool *no_more = &self->no_more_quotes[*p == '\''];
        const char *close = *no_more ? NULL : memchr(p + 1, *p, left(self, p + 1));
        if (close) return close + 1;
        *no_more = true;
    }
    for (; p < self->end && !is_blank(*p) && *p != '>'; p++)
        if (*p == '"' || *p == '\'') *is_odd = true;
    return p;
}

/* One attribute with its value; *is_odd: it has a quotation mark where there should be none. */
static const char *attribute_end(cleaner *self, const char *p, bool *is_odd) {
    *is_odd = *p == '"' || *p == '\'';
    p++; /* a name may begin with "=" */
    for (; p < self->end && !is_name_end(*p) && *p != '='; p++)
        if (*p == '"' || *p == '\'') *is_odd = true;
    const char *sign = p;
    while (sign < self->end && is_blank(*sign)) sign++;
    if (sign == self->end || *sign != '=') return p;
    p = sign + 1;
    while (p < self->end && is_blank(*p)) p++;
    return value_end(self, p, is_odd);
}

/* Copies the tag at p, with as many attributes as it may have; returns what is behind it. */
static const char *copy_tag(cleaner *self, const char *p) {
    const char *name = p + 1 + (p[1] == '/');
    const char *at = name;
    while (at < self->end && !is_name_end(*at) && *at != '<') at++;
    size_t start = self->out->text.n;
    emit(self, p, at);
    for (size_t n = 0; at < self->end && *at != '>' && *at != '<';) {
        if (is_blank(*at) || *at == '/') {
            at++;
            continue;
        }
        const char *begin = at;
        bool is_odd;
        at = attribute_end(self, at, &is_odd);
        if (is_odd || n++ >= MOST_ATTRIBUTES || at - begin > MOST_VALUE) continue;
        emit_word(self, " ");
        emit(self, begin, at);
    }
    if (at == self->end) self->out->text.n = start; /* cut off: no tag */
    if (at == self->end) return at;
    emit_word(self, ">");
    return at + (*at == '>');
}

/* ---- what is taken out --------------------------------------------------- */

/* "</name" of a raw element; NULL: there is none. */
static const char *find_end(const cleaner *self, const char *p, const char *name) {
    while (p < self->end && (p = memchr(p, '<', left(self, p)))) {
        if (left(self, p) > 2 && p[1] == '/' && is_name(self, p + 2, name)) return p;
        p++;
    }
    return NULL;
}

static bool holds(const char *p, const char *end, const char *word) {
    return memmem(p, (size_t)(end - p), word, strlen(word)) != NULL;
}

/* The inside of an element that has just begun; `tag` is its start tag. */
static const char *pass_raw(cleaner *self, const raw_element *raw, const char *tag, const char *p) {
    bool is_over = raw->may_be_open && self->no_more_ends;
    const char *close = is_over ? NULL : find_end(self, p, raw->name);
    if (!close && raw->may_be_open) self->no_more_ends = true;
    if (!close) return raw->may_be_open ? p : self->end;
    html_cleaned *out = self->out;
    if (raw == raws && out->n_data < HTML_MOST_DATA && holds(tag, p, "ld+json"))
        out->data[out->n_data++] = (flong_str){p, (size_t)(close - p)};
    return close;
}

static const char *pass_comment(const cleaner *self, const char *p) {
    p += strlen("<!--");
    if (left(self, p) && *p == '>') return p + 1;
    if (left(self, p) > 1 && p[0] == '-' && p[1] == '>') return p + 2;
    while (p < self->end && (p = memchr(p, '-', left(self, p)))) {
        size_t n = left(self, p);
        if (n > 2 && p[1] == '-' && p[2] == '>') return p + 3;
        if (n > 3 && p[1] == '-' && p[2] == '!' && p[3] == '>') return p + 4;
        p++;
    }
    return self->end;
}

/* Declarations, instructions and end tags without a name: to the next ">". */
static const char *pass_bogus(const cleaner *self, const char *p) {
    const char *close = memchr(p, '>', left(self, p));
    return close ? close + 1 : self->end;
}

/* A "<" that begins nothing is a character; a flood of them is not worth its bytes. */
static const char *pass_sign(cleaner *self, const char *p) {
    emit_word(self, self->escaped++ < MOST_ESCAPED ? "&lt;" : " ");
    return p + 1;
}

static const char *pass_markup(cleaner *self, const char *p) {
    size_t n = left(self, p);
    if (n >= 4 && memcmp(p, "<!--", 4) == 0) return pass_comment(self, p);
    if (n >= 2 && (p[1] == '!' || p[1] == '?')) return pass_bogus(self, p);
    bool is_end = n >= 2 && p[1] == '/';
    if (is_end && n >= 3 && !is_letter(p[2])) return pass_bogus(self, p);
    if (n < 3 || !is_letter(p[1 + is_end])) return pass_sign(self, p);
    const char *after = copy_tag(self, p);
    const raw_element *raw = is_end ? NULL : find_raw(self, p + 1);
    return raw ? pass_raw(self, raw, p, after) : after;
}

static void clear_zeros(buffer *text) {
    char *end = text->n ? text->p + text->n : text->p;
    for (char *p = text->p; p && p < end && (p = memchr(p, 0, (size_t)(end - p)));) *p++ = ' ';
}

bool html_clean(html_cleaned *out, flong_str page) {
    if (page.n == 0) page.p = "";
    size_t n = page.n < HTML_MOST_BYTES ? page.n : HTML_MOST_BYTES;
    while (n && n < page.n && ((unsigned char)page.p[n] & 0xC0) == 0x80) n--; /* not inside of a character */
    cleaner self = {.out = out, .p = page.p, .end = page.p + n};
    out->text.n = out->n_data = 0;
    while (self.p < self.end && !self.failed) {
        const char *sign = memchr(self.p, '<', left(&self, self.p));
        emit(&self, self.p, sign ? sign : self.end);
        self.p = sign ? pass_markup(&self, sign) : self.end;
    }
    clear_zeros(&out->text);
    return !self.failed;
}
