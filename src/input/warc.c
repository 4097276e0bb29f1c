#include "input/warc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "input/date.h"
#include "input/header.h"

/* "\nWARC/1.0" and the end of its line, with room for longer numbers; the line ends before it, of which two are due. */
enum { BEGIN_BYTES = 14, GAP_BYTES = 50 };

/* Of a block that is too long this much is handed out: enough for the header of an HTTP message. */
enum { HEAD_BYTES = WARC_HEADER_MAX };

typedef struct scan {
    warc *self;
    flong_str window;
    bool at_end;
    size_t at; /* bytes before it are done with */
} scan;

static flong_str scan_rest(const scan *s) { return (flong_str){s->window.p + s->at, s->window.n - s->at}; }

/* ---- where a record begins --------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool begins(const char *p, size_t n) {
    size_t at = 5;
    if (n < 9 || memcmp(p, "WARC/", at) != 0) return false;
    while (at < n && at < BEGIN_BYTES - 2 && (is_digit(p[at]) || p[at] == '.')) at++;
    return at > 7 && at < n && (p[at] == '\r' || p[at] == '\n');
}

bool warc_begins(flong_str head) {
    for (; head.n && (*head.p == '\r' || *head.p == '\n'); head.n--) head.p++;
    return begins(head.p, head.n);
}

/* The first beginning behind a line end; bytes.n: there is none. */
static size_t find_beginning(flong_str bytes) {
    const char *p = bytes.p, *end = bytes.p + bytes.n;
    while (p < end && (p = memmem(p, (size_t)(end - p), "\nWARC/", 6))) {
        if (begins(p + 1, (size_t)(end - p - 1))) return (size_t)(p + 1 - bytes.p);
        p++;
    }
    return bytes.n;
}

/* ---- the header of a record --------------------------------------------------- */

static warc_type type_of(flong_str name) {
    static const struct {
        const char *name;
        warc_type type;
    } types[] = {{"response", WARC_RESPONSE},
                 {"resource", WARC_RESOURCE},
                 {"revisit", WARC_REVISIT},
                 {"conversion", WARC_CONVERSION}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (header_is(name, types[i].name)) return types[i].type;
    return WARC_OTHER;
}

static flong_str uri_of(flong_str value) {
    if (value.n >= 2 && value.p[0] == '<' && value.p[value.n - 1] == '>')
        return (flong_str){value.p + 1, value.n - 2};
    return value;
}

static void field_take(warc_record *out, flong_str name, flong_str value, bool *has_length) {
    if (header_is(name, "content-length"))
        *has_length = *has_length || header_number(&out->length, value);
    else if (header_is(name, "warc-type"))
        out->type = type_of(value);
    else if (header_is(name, "warc-target-uri"))
        out->uri = uri_of(value);
    else if (header_is(name, "content-type"))
        out->content_type = value;
    else if (header_is(name, "warc-date") && !date_parse(&out->captured, value))
        out->captured = FLONG_NO_DATE;
    else if (header_is(name, "warc-truncated"))
        out->is_truncated = true;
    else if (header_is(name, "warc-identified-content-language"))
        header_element(&value, ',', &out->language);
}

/* False: it names no length. */
static bool header_take(warc_record *out, flong_str header) {
    flong_str line, name, value;
    bool has_length = false;
    *out = (warc_record){.captured = FLONG_NO_DATE};
    header_line(&header, &line); /* the version */
    while (header_line(&header, &line))
        if (header_split(line, &name, &value)) field_take(out, name, value, &has_length);
    return has_length;
}

/* ---- what comes of a window ---------------------------------------------------- */

/* Wants `more` bytes of what is left. */
static warc_found want(scan *s, uint64_t more) {
    s->self->wants = (size_t)more;
    return WARC_MORE;
}

/* Done with n bytes more, and what begins behind them is unknown: the next record is looked for. */
static warc_found lose(scan *s, size_t n) {
    s->at += n;
    s->self->is_lost = true;
    return WARC_BAD;
}

static warc_found tell_cut(scan *s, const char *what) {
    snprintf(s->self->why, sizeof s->self->why, "the file ends within %s; it was cut short", what);
    s->at = s->window.n;
    s->self->skip = 0;
    return WARC_BAD;
}

/* Finds the next beginning; what was passed over is told, once. */
static warc_found seek(scan *s) {
    warc *self = s->self;
    flong_str rest = scan_rest(s);
    size_t found = find_beginning(rest);
    bool is_found = found < rest.n;
    if (!is_found && !s->at_end) found -= found < BEGIN_BYTES ? found : BEGIN_BYTES; /* one may begin there */
    s->at += found;
    self->is_lost = !is_found && !s->at_end;
    return self->is_lost ? want(s, rest.n - found + BEGIN_BYTES) : WARC_END;
}

/* Passes over a block that is too long to be held. A beginning within it means that its length is a lie. */
static warc_found pass_over(scan *s) {
    warc *self = s->self;
    flong_str rest = scan_rest(s);
    if (rest.n > self->skip) rest.n = (size_t)self->skip;
    size_t found = find_beginning(rest);
    if (found < rest.n || rest.n == self->skip) {
        self->skip = 0;
        s->at += found;
        return WARC_END;
    }
    if (s->at_end) return tell_cut(s, "a record");
    size_t n = rest.n > BEGIN_BYTES ? rest.n - BEGIN_BYTES : 0;
    s->at += n;
    self->skip -= n;
    return want(s, rest.n - n + BEGIN_BYTES);
}

/* Whether what stands behind a block is what has to: two line ends, which some writers forget, and then a record, or
 * anything if they are there. */
static bool ends_well(flong_str behind) {
    size_t at = 0;
    if (behind.n >= 4 && memcmp(behind.p, "\r\n\r\n", 4) == 0) return true;
    while (at < behind.n && at < GAP_BYTES && (behind.p[at] == '\r' || behind.p[at] == '\n')) at++;
    return at == behind.n || at == GAP_BYTES || begins(behind.p + at, behind.n - at);
}

/* The record ends where the next one begins. */
static warc_found take_to(scan *s, warc_record *out, flong_str bytes, size_t end) {
    warc *self = s->self;
    s->at = (size_t)(bytes.p - s->window.p) + end;
    for (int lines = 0; lines < 2 && end && bytes.p[end - 1] == '\n'; lines++)
        end -= end > 1 && bytes.p[end - 2] == '\r' ? 2 : 1;
    snprintf(self->why, sizeof self->why,
             "its Content-Length is %" PRIu64 ", but the next record begins behind %zu bytes", out->length,
             end);
    out->fault = self->why;
    out->length = end;
    out->block = (flong_str){bytes.p, end};
    return WARC_RECORD;
}

/* Hands out the first n bytes. What of them may be the first half of a beginning is looked at again. */
static warc_found take(scan *s, warc_record *out, flong_str bytes, size_t n) {
    size_t done = n;
    if (n < out->length) done -= n < BEGIN_BYTES ? n : BEGIN_BYTES;
    out->block = (flong_str){bytes.p, n};
    s->at = (size_t)(bytes.p - s->window.p) + done;
    s->self->skip = out->length - done;
    return WARC_RECORD;
}

/* `bytes`: what is there behind the header. */
static warc_found long_block(scan *s, warc_record *out, flong_str bytes, size_t header) {
    size_t most = s->self->max_block < HEAD_BYTES ? s->self->max_block : HEAD_BYTES;
    if (bytes.n < most && !s->at_end) return want(s, header + most);
    if (bytes.n > most) bytes.n = most;
    size_t found = find_beginning(bytes);
    return found < bytes.n ? take_to(s, out, bytes, found) : take(s, out, bytes, bytes.n);
}

static warc_found block(scan *s, warc_record *out, flong_str bytes, size_t header) {
    warc *self = s->self;
    size_t n = (size_t)out->length, whole = n + GAP_BYTES + BEGIN_BYTES;
    if (bytes.n < whole && !s->at_end) return want(s, header + whole);
    if (bytes.n >= n && ends_well((flong_str){bytes.p + n, bytes.n - n})) return take(s, out, bytes, n);
    size_t found = find_beginning(bytes);
    if (found < bytes.n) return take_to(s, out, bytes, found);
    if (bytes.n < n) return tell_cut(s, "a record");
    size_t most = self->max_block + WARC_ROOM - header;
    if (s->at_end || bytes.n >= most) return take(s, out, bytes, n);
    return want(s, header + (bytes.n < most / 2 ? 2 * bytes.n : most));
}

/* A record begins at the cursor. */
static warc_found record(scan *s, warc_record *out) {
    warc *self = s->self;
    flong_str rest = scan_rest(s), head = {rest.p, rest.n < WARC_HEADER_MAX ? rest.n : WARC_HEADER_MAX};
    size_t header = header_end(head);
    if (!header && head.n < WARC_HEADER_MAX && !s->at_end) return want(s, rest.n + 1);
    self->at = self->offset + s->at;
    if (!header && head.n < WARC_HEADER_MAX) {
        self->number++;
        return tell_cut(s, "the header of a record");
    }
    const char *why =
        header ? "the record has no Content-Length" : "the header of the record is longer than 64 KiB";
    if (!header || !header_take(out, (flong_str){rest.p, header})) {
        self->number++;
        snprintf(self->why, sizeof self->why, "%s", why);
        return lose(s, header ? header - 1 : 1); /* the line end may be the one before a beginning */
    }
    flong_str bytes = {rest.p + header, rest.n - header};
    warc_found found =
        out->length > self->max_block ? long_block(s, out, bytes, header) : block(s, out, bytes, header);
    self->number += found != WARC_MORE;
    return found;
}

/* Between two records: line ends, of which there should be two. */
static warc_found between(scan *s, warc_record *out) {
    warc *self = s->self;
    while (s->at < s->window.n && (s->window.p[s->at] == '\r' || s->window.p[s->at] == '\n')) s->at++;
    flong_str rest = scan_rest(s);
    if (begins(rest.p, rest.n)) return record(s, out);
    if (rest.n < BEGIN_BYTES && !s->at_end) return want(s, BEGIN_BYTES);
    if (rest.n == 0) return WARC_END;
    self->at = self->offset + s->at;
    snprintf(self->why, sizeof self->why,
             "what follows record %" PRIu64 " is none; going on at the next that begins", self->number);
    return lose(s, 0);
}

static warc_found step(scan *s, warc_record *out) {
    warc_found found = WARC_END;
    if (s->self->skip) found = pass_over(s);
    if (found == WARC_END && s->self->is_lost) found = seek(s);
    return found == WARC_END ? between(s, out) : found;
}

warc_found warc_next(warc *self, size_t *used, warc_record *out, flong_str window, bool at_end) {
    scan s = {self, window, at_end, 0};
    warc_found found = step(&s, out);
    *used = s.at;
    self->offset += s.at;
    return found;
}
