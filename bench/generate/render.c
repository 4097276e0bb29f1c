#include "render.h"

/* Bytes that one token takes at most: 31 of the word, a soft hyphen, quotes, a mark, spaces. */
#define TOKEN_BYTES 64

static const char *const open_quote[QUOTES_STYLES] = {"\"", "\xe2\x80\x9c", "\xe2\x80\x98"};
static const char *const close_quote[QUOTES_STYLES] = {"\"", "\xe2\x80\x9d", "\xe2\x80\x99"};
static const char *const dashes[DASH_STYLES] = {" --", " \xe2\x80\x94", " \xe2\x80\x93"};
static const char *const unspaced_marks[] = {"", "\xef\xbc\x8c", "\xe3\x80\x82", "\xe2\x80\x94\xe2\x80\x94"};

static char *put(char *at, const char *s) {
    while (*s) *at++ = *s++;
    return at;
}

/* With commas from 10,000 on. */
static char *put_figure(char *at, uint32_t value) {
    char digits[12];
    int n = 0;
    for (uint32_t x = value; x || !n; x /= 10) {
        if (n == 3 && value >= 10000) digits[n++] = ',';
        digits[n++] = (char)('0' + x % 10);
    }
    while (n) *at++ = digits[--n];
    return at;
}

static int is_lower(char c) { return c >= 'a' && c <= 'z'; }

static void upper(char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (is_lower(p[i])) p[i] = (char)(p[i] - 32);
}

/* The word itself is copied with its padding, because a fixed length is one or two instructions. */
static char *put_spaced(char *at, const vocabulary *v, token t, const style *s, rng *r) {
    if (t & TOKEN_FIGURE) return put_figure(at, t & TOKEN_ID);
    const word *w = &v->spaced[t & TOKEN_ID];
    memcpy(at, w->text, sizeof w->text);
    if (t & (TOKEN_CAPITAL | TOKEN_OPEN)) upper(at, 1);
    if (s->soft_hyphens && w->n >= 8 && rng_chance(r, s->soft_hyphens)) {
        memcpy(at + 4, "\xc2\xad", 2);
        memcpy(at + 6, w->text + 4, (size_t)w->n - 4);
        return at + w->n + 2;
    }
    return at + w->n;
}

static char *put_mark(char *at, mark m, const style *s) {
    switch (m) {
    case MARK_COMMA:
        *at++ = ',';
        break;
    case MARK_STOP:
        *at++ = '.';
        break;
    case MARK_DASH:
        at = put(at, dashes[s->dash]);
        break;
    default:
        break;
    }
    return at;
}

static char *put_gap(char *at, token t, const style *s) {
    if (t & TOKEN_PARAGRAPH) {
        *at++ = '\n';
        if (s->blank_lines) *at++ = '\n';
    } else if (!s->unspaced) {
        *at++ = ' ';
        if (s->double_spaces && t & TOKEN_SENTENCE) *at++ = ' ';
    }
    return at;
}

static char *put_token(char *at, const vocabulary *v, token t, const style *s, rng *r) {
    const mark m = token_mark(t);
    if (t & TOKEN_OPEN) at = put(at, s->unspaced ? "\xe3\x80\x8c" : open_quote[s->quotes]);
    if (s->unspaced && !(t & TOKEN_FIGURE)) {
        const word *w = &v->unspaced[t & TOKEN_ID];
        memcpy(at, w->text, sizeof w->text);
        at += w->n;
    } else {
        at = put_spaced(at, v, t, s, r);
    }
    if (m != MARK_NONE) at = s->unspaced ? put(at, unspaced_marks[m]) : put_mark(at, m, s);
    if (t & TOKEN_CLOSE) at = put(at, s->unspaced ? "\xe3\x80\x8d" : close_quote[s->quotes]);
    return put_gap(at, t, s);
}

void render_tokens(bytes *out, const vocabulary *v, const token *t, size_t n, const style *s, rng r) {
    char *const start = bytes_reserve(out, n * TOKEN_BYTES), *at = start;
    for (size_t i = 0; i < n; i++) {
        char *const from = at;
        at = put_token(at, v, t[i], s, &r);
        if (i < s->capitals) upper(from, (size_t)(at - from));
    }
    out->n += (size_t)(at - start);
}

void render_line(bytes *out, const vocabulary *v, const token *t, size_t n, int unspaced) {
    render_tokens(out, v, t, n, &(style){.unspaced = unspaced}, (rng){0});
    if (n && !unspaced) out->n--; /* the space behind the last word */
}
