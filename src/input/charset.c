#include "input/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

#include "base/memory.h"
#include "input/charset_names.h"
#include "input/json.h"

/* uchardet has seen enough; it is slow. */
enum { DETECT_BYTES = 64 << 10 };

/* A page that says UTF-8 may have so many bytes to one fault of it and is still believed. */
enum { BYTES_TO_A_FAULT = 500 };

static const char REPLACEMENT[] = "\xEF\xBF\xBD";

struct charset {
    iconv_t converter;
    const char *converts; /* iconv's name of the set that it reads; NULL: there is no converter */
    uchardet_t detector;
    buffer out;
};

charset *charset_new(void) { return mem_new(1, sizeof(charset)); }

void charset_free(charset *self) {
    if (!self) return;
    if (self->converts) iconv_close(self->converter);
    if (self->detector) uchardet_delete(self->detector);
    buffer_free(&self->out);
    mem_free(self);
}

/* ---- which set it is ----------------------------------------------------- */

static const charset_name *by_mark(flong_str *bytes) {
    static const struct mark {
        const char *bytes;
        size_t n;
        const char *label;
    } marks[] = {{"\xEF\xBB\xBF", 3, "utf-8"},
                 {"\xFF\xFE\0\0", 4, "utf-32le"},
                 {"\xFF\xFE", 2, "utf-16le"},
                 {"\xFE\xFF", 2, "utf-16be"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (bytes->n < marks[i].n || memcmp(bytes->p, marks[i].bytes, marks[i].n) != 0) continue;
        *bytes = (flong_str){bytes->p + marks[i].n, bytes->n - marks[i].n};
        return charset_find((flong_str){marks[i].label, strlen(marks[i].label)});
    }
    return NULL;
}

/* UTF-16 without a mark: markup and Latin text have a zero in every second byte. */
static const charset_name *by_zeros(flong_str bytes) {
    size_t even = 0, odd = 0, n = bytes.n < 512 ? bytes.n : 512;
    for (size_t i = 0; i < n; i++) *(i % 2 ? &odd : &even) += bytes.p[i] == 0;
    if (n < 8) return NULL;
    if (odd > n / 5 && even <= n / 50) return charset_find((flong_str){"utf-16le", 8});
    if (even > n / 5 && odd <= n / 50) return charset_find((flong_str){"utf-16be", 8});
    return NULL;
}

static const charset_name *by_detection(charset *self, flong_str bytes) {
    if (!self->detector) self->detector = uchardet_new();
    if (!self->detector) return NULL;
    /* Plain ASCII tells nothing: begin a little before the first byte that is something else. */
    size_t start = 0;
    while (start < bytes.n && (unsigned char)bytes.p[start] < 0x80) start++;
    start = start > 256 ? start - 256 : 0;
    size_t n = bytes.n - start < DETECT_BYTES ? bytes.n - start : DETECT_BYTES;
    uchardet_reset(self->detector);
    uchardet_handle_data(self->detector, bytes.p + start, n);
    uchardet_data_end(self->detector);
    const char *label = uchardet_get_charset(self->detector);
    return charset_find((flong_str){label, strlen(label)});
}

static const charset_name *by_words(flong_str bytes, flong_str hint, charset_markup markup) {
    const charset_name *found = charset_find(charset_of_type(hint));
    if (!found && markup == CHARSET_HTML) found = charset_find(charset_of_page(bytes));
    if (!found && markup != CHARSET_PLAIN) found = charset_find(charset_of_xml(bytes));
    return found;
}

/* ---- to UTF-8 ------------------------------------------------------------ */

/* Length of the valid UTF-8 character at p, 0: there is none (Unicode, table 3-7). */
static size_t character_length(const unsigned char *p, size_t n) {
    static const unsigned char first[] = {0xC2, 0xE0, 0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5};
    static const unsigned char lengths[] = {2, 3, 3, 3, 3, 4, 4, 4};
    static const unsigned char least[] = {0x80, 0xA0, 0x80, 0x80, 0x80, 0x90, 0x80, 0x80};
    static const unsigned char most[] = {0xBF, 0xBF, 0xBF, 0x9F, 0xBF, 0xBF, 0xBF, 0x8F};
    if (p[0] < 0x80) return 1;
    size_t row = 0;
    if (p[0] < first[0]) return 0;
    while (row < sizeof lengths && p[0] >= first[row + 1]) row++;
    if (row == sizeof lengths || n < lengths[row] || p[1] < least[row] || p[1] > most[row]) return 0;
    for (size_t i = 2; i < lengths[row]; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return lengths[row];
}

/* Copies what is valid; a run of bytes that is not becomes one U+FFFD. */
static bool mend_utf8(buffer *out, uint64_t *replaced, flong_str in) {
    const unsigned char *p = (const unsigned char *)in.p;
    out->n = 0;
    for (size_t at = 0, length; at < in.n;) {
        size_t start = at;
        while (at < in.n && (length = character_length(p + at, in.n - at))) at += length;
        if (!buffer_append(out, in.p + start, at - start)) return false;
        if (at == in.n) break;
        while (at < in.n && !character_length(p + at, in.n - at)) at++;
        if (!buffer_append(out, REPLACEMENT, 3)) return false;
        ++*replaced;
    }
    return true;
}

static bool converter_set(charset *self, const char *name) {
    if (self->converts && strcmp(self->converts, name) == 0) {
        iconv(self->converter, NULL, NULL, NULL, NULL);
        return true;
    }
    if (self->converts) iconv_close(self->converter);
    self->converter = iconv_open("UTF-8", name);
    self->converts = self->converter == (iconv_t)-1 ? NULL : name; /* of the static table */
    return self->converts;
}

/* Steps over a byte that is not valid. */
static bool replace_byte(buffer *out, uint64_t *replaced, flong_str *in) {
    *in = (flong_str){in->p + 1, in->n - 1};
    ++*replaced;
    return buffer_append(out, REPLACEMENT, 3);
}

static bool convert(charset *self, uint64_t *replaced, flong_str in) {
    buffer *out = &self->out;
    out->n = 0;
    while (in.n) {
        if (!buffer_reserve(out, in.n + in.n / 4 + 64)) return false;
        char *from = (char *)(uintptr_t)in.p, *to = out->p + out->n;
        size_t room = out->capacity - out->n;
        size_t done = iconv(self->converter, &from, &in.n, &to, &room);
        int why = errno;
        in.p = from;
        out->n = (size_t)(to - out->p);
        if (done != (size_t)-1) break;
        if (why != E2BIG && !replace_byte(out, replaced, &in)) return false;
    }
    return true;
}

/* ---- all of it ----------------------------------------------------------- */

static flong_status decode_as(charset *self, charset_text *out, flong_str bytes, const charset_name *name,
                              flong_error *error) {
    *out = (charset_text){.name = name->name};
    bool is_utf8 = strcmp(name->name, "utf-8") == 0;
    if (is_utf8 && json_is_utf8(bytes.p, bytes.n)) {
        out->text = bytes;
        return FLONG_OK;
    }
    bool mends = is_utf8 || !converter_set(self, name->iconv);
    bool done = mends ? mend_utf8(&self->out, &out->replaced, bytes) : convert(self, &out->replaced, bytes);
    if (!done) return error_nomem(error);
    out->text = (flong_str){self->out.p, self->out.n};
    return FLONG_OK;
}

/* Converts by what it looks like; what is said of it has turned out wrong, or nothing is said. */
static flong_status decode_unknown(charset *self, charset_text *out, flong_str bytes, flong_error *error) {
    const charset_name *name = by_detection(self, bytes);
    if (!name || charset_is_other(name)) name = charset_find((flong_str){"windows-1252", 12});
    return decode_as(self, out, bytes, name, error);
}

static bool is_faulty(const charset_text *text, size_t n) {
    return text->replaced > n / BYTES_TO_A_FAULT + 2;
}

flong_status charset_decode(charset *self, charset_text *out, flong_str bytes, flong_str hint,
                            charset_markup markup, flong_error *error) {
    const charset_name *utf8 = charset_find((flong_str){"utf-8", 5});
    const charset_name *name = by_mark(&bytes);
    if (!name) name = by_zeros(bytes);
    if (name) return decode_as(self, out, bytes, name, error);
    name = by_words(bytes, hint, markup);
    bool is_other = name && charset_is_other(name);
    if (!is_other || strncmp(name->name, "utf", 3) == 0) { /* UTF-16 would have had zeros */
        if (json_is_utf8(bytes.p, bytes.n)) return decode_as(self, out, bytes, utf8, error);
    }
    if (!name) return decode_unknown(self, out, bytes, error);
    TRY(decode_as(self, out, bytes, name, error));
    if (!is_faulty(out, bytes.n)) return FLONG_OK;
    const charset_name *said = by_words(bytes, (flong_str){NULL, 0}, markup);
    if (said && said != name) TRY(decode_as(self, out, bytes, said, error));
    return is_faulty(out, bytes.n) ? decode_unknown(self, out, bytes, error) : FLONG_OK;
}
