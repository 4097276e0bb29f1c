#include "visible.h"

#include <limits.h>
#include <string.h>
#include <utf8proc.h>

/* More marks on one letter than any script writes would run over the lines around. */
enum { STACKED_MOST = 6 };

/* Versions of utf8proc differ on its width. */
enum { SOFT_HYPHEN = 0xAD };

/* What orders the text behind it otherwise, up to the line's end. */
static bool turns(utf8proc_int32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

/* Zero-width joiners, with which some scripts and emoji are written. */
static bool joins(utf8proc_int32_t c) { return c == 0x200C || c == 0x200D; }

static glyph glyph_of_code(const char *format, unsigned code) {
    glyph out;
    out.n = (size_t)snprintf(out.bytes, sizeof out.bytes, format, code);
    out.columns = (int)out.n;
    return out;
}

static glyph glyph_of(utf8proc_int32_t c, const char *p, size_t n) {
    glyph out = {.n = n, .columns = 1};
    utf8proc_category_t category = utf8proc_category(c);
    if (c == '\n' || c == '\r' || c == '\t') return (glyph){" ", 1, 1};
    if (c < 0x20) return (glyph){{'^', (char)(c + '@')}, 2, 2};
    if (c == 0x7F) return (glyph){"^?", 2, 2};
    if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
        category == UTF8PROC_CATEGORY_ZP || turns(c))
        return glyph_of_code("<U+%04X>", (unsigned)c);
    out.columns = utf8proc_charwidth(c);
    bool hidden = category == UTF8PROC_CATEGORY_CF && out.columns == 0 && !joins(c);
    if (hidden || c == SOFT_HYPHEN) return (glyph){.n = 0};
    memcpy(out.bytes, p, n);
    return out;
}

bool visible_next(visible *v, glyph *out) {
    utf8proc_int32_t c;
    if (v->rest.n == 0) return false;
    utf8proc_ssize_t n = (utf8proc_ssize_t)(v->rest.n < 4 ? v->rest.n : 4);
    n = utf8proc_iterate((const utf8proc_uint8_t *)v->rest.p, n, &c);
    if (n > 0)
        *out = glyph_of(c, v->rest.p, (size_t)n);
    else
        *out = glyph_of_code("<%02X>", (unsigned char)*v->rest.p);
    v->rest.p += n > 0 ? n : 1;
    v->rest.n -= (size_t)(n > 0 ? n : 1);
    v->stacked = out->columns > 0 ? 0 : v->stacked + 1;
    if (v->stacked > STACKED_MOST) out->n = 0;
    return true;
}

/* How many characters of plain ASCII a text begins with: most of it, in many languages. */
static size_t ascii_span(flong_str text) {
    size_t n = 0;
    while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7F) n++;
    return n;
}

void visible_print(FILE *file, flong_str text) {
    visible v = {.rest = text};
    glyph g;
    do {
        size_t n = ascii_span(v.rest);
        if (n) {
            fwrite(v.rest.p, 1, n, file);
            v = (visible){{v.rest.p + n, v.rest.n - n}, 0};
        }
        if (visible_next(&v, &g)) fwrite(g.bytes, 1, g.n, file);
    } while (v.rest.n);
}

void visible_print_lines(FILE *file, flong_str text) {
    for (const char *end; text.n && (end = memchr(text.p, '\n', text.n));) {
        size_t n = (size_t)(end - text.p);
        visible_print(file, (flong_str){text.p, n});
        fputc('\n', file);
        text = (flong_str){end + 1, text.n - n - 1};
    }
    visible_print(file, text);
}

void visible_spell(char *out, size_t room, flong_str text) {
    visible v = {.rest = text};
    glyph g;
    while (visible_next(&v, &g) && g.n < room) {
        memcpy(out, g.bytes, g.n);
        out += g.n, room -= g.n;
    }
    *out = 0;
}

int visible_columns(flong_str text) {
    visible v = {.rest = text};
    glyph g;
    int columns = 0;
    while (visible_next(&v, &g) && columns < INT_MAX - 16) columns += g.columns;
    return columns;
}

/* How many bytes of the text take `columns` columns or less, marks on the last letter among them. */
static size_t bytes_fitting(flong_str text, int columns) {
    visible v = {.rest = text};
    glyph g;
    size_t n = 0;
    for (int taken = 0; visible_next(&v, &g) && (taken += g.columns) <= columns;) n = text.n - v.rest.n;
    return n;
}

int visible_fit(FILE *file, flong_str text, int columns) {
    size_t n = bytes_fitting(text, columns);
    bool cut = n < text.n && columns > 0;
    if (cut) n = bytes_fitting(text, columns - 1);
    flong_str shown = {text.p, n};
    visible_print(file, shown);
    if (cut) fputs("…", file);
    return visible_columns(shown) + cut;
}

void visible_cell(FILE *file, flong_str text, int columns) {
    int taken = visible_fit(file, text, columns);
    fprintf(file, "%*s", columns - taken, "");
}
