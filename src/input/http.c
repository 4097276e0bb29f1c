#include "input/http.h"

#include <string.h>

#include "input/header.h"
#include "input/site.h"
#include "input/unpack.h"

/* Small bodies may be as compressible as they like. */
enum { ALWAYS_ALLOWED = 1 << 20 };

enum { MOST_CODINGS = 4 };

struct http_codec {
    unpacker unpacker;
    buffer body, spare;
};

http_codec *http_codec_new(void) { return mem_new(1, sizeof(http_codec)); }

void http_codec_free(http_codec *self) {
    if (!self) return;
    unpacker_free(&self->unpacker);
    buffer_free(&self->body);
    buffer_free(&self->spare);
    mem_free(self);
}

/* ---- the header ------------------------------------------------------------------ */

static bool starts_with(flong_str text, const char *lower) {
    size_t n = strlen(lower);
    return text.n >= n && header_is((flong_str){text.p, n}, lower);
}

static int status_of(flong_str line) {
    flong_str element;
    uint64_t status;
    if (!starts_with(line, "http/") || !header_element(&line, ' ', &element)) return 0;
    line = text_trim(line);
    header_element(&line, ' ', &element);
    return header_number(&status, element) && status < 1000 ? (int)status : 0;
}

static flong_str unquote(flong_str value) {
    while (value.n && (value.p[0] == '"' || value.p[0] == '\''))
        value = (flong_str){value.p + 1, value.n - 1};
    while (value.n && (value.p[value.n - 1] == '"' || value.p[value.n - 1] == '\'')) value.n--;
    return value;
}

void http_type(flong_str *type, flong_str *charset, flong_str value) {
    flong_str part, name;
    *type = *charset = (flong_str){NULL, 0};
    header_element(&value, ';', type);
    while (header_element(&value, ';', &part)) {
        if (!header_element(&part, '=', &name) || !header_is(name, "charset") || charset->n) continue;
        *charset = text_trim(unquote(text_trim(part)));
    }
}

static void field_take(http *out, flong_str name, flong_str value) {
    if (header_is(name, "content-type") && out->type.n == 0)
        http_type(&out->type, &out->charset, value);
    else if (header_is(name, "content-encoding"))
        out->encodings = value;
    else if (header_is(name, "transfer-encoding"))
        out->transfer = value;
}

bool http_parse(http *out, flong_str message) {
    flong_str line, name, value;
    size_t end = header_end(message);
    flong_str header = {message.p, end};
    *out = (http){.body = {message.p + end, message.n - end}};
    if (!end) return false;
    header_line(&header, &line);
    out->status = status_of(line);
    while (header_line(&header, &line))
        if (header_split(line, &name, &value)) field_take(out, name, value);
    return true;
}

bool http_is_page(flong_str type, flong_str body) {
    if (header_is(type, "text/html") || header_is(type, "application/xhtml+xml")) return true;
    if (type.n) return false;
    body = text_trim((flong_str){body.p, body.n < 512 ? body.n : 512});
    return starts_with(body, "<!doctype html") || starts_with(body, "<html");
}

/* ---- chunks ---------------------------------------------------------------------- */

static int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The line that begins a chunk: its size, and perhaps an extension. False: it is none, or not all of it is there. */
static bool chunk_size(flong_str *rest, size_t *size) {
    flong_str line;
    size_t digits = 0;
    if (rest->n == 0 || !memchr(rest->p, '\n', rest->n) || !header_line(rest, &line)) return false;
    *size = 0;
    for (int digit; digits < line.n && (digit = hex_of(line.p[digits])) >= 0; digits++) {
        if (*size >> 48) return false;
        *size = *size << 4 | (size_t)digit;
    }
    if (digits == 0) return false;
    while (digits < line.n && line.p[digits] == ' ') digits++;
    return digits == line.n || line.p[digits] == ';';
}

/* Appends the chunks' bytes. A body that ends before the last chunk was cut short on its way, and is all there is. */
static flong_status chunks_join(buffer *out, const char **why, flong_str rest) {
    for (size_t size;;) {
        if (rest.n == 0 || !memchr(rest.p, '\n', rest.n)) return FLONG_OK;
        if (!chunk_size(&rest, &size)) {
            *why = "the size of a chunk of the page is no number";
            return FLONG_INPUT;
        }
        if (size == 0) return FLONG_OK;
        size_t n = size < rest.n ? size : rest.n;
        if (!buffer_append(out, rest.p, n)) return FLONG_NOMEM;
        rest = (flong_str){rest.p + n, rest.n - n};
        size_t end = rest.n && rest.p[0] == '\r' ? 1 : 0;
        if (rest.n > end && rest.p[end] == '\n') rest = (flong_str){rest.p + end + 1, rest.n - end - 1};
    }
}

static bool is_chunked(const http *message) {
    flong_str list = message->transfer, element, rest = message->body;
    size_t size;
    while (header_element(&list, ',', &element))
        if (header_is(element, "chunked")) return chunk_size(&rest, &size);
    return false;
}

/* ---- the body -------------------------------------------------------------------- */

static size_t size_allowed(size_t packed, size_t max) {
    size_t allowed = packed < SIZE_MAX / HTTP_EXPANSION ? packed * HTTP_EXPANSION : SIZE_MAX;
    if (allowed < ALWAYS_ALLOWED) allowed = ALWAYS_ALLOWED;
    return allowed < max ? allowed : max;
}

static flong_status too_long(const char **why, size_t packed, size_t max) {
    *why = size_allowed(packed, max) == max ? "the page is longer than --max-line allows"
                                            : "the page unpacks to more than 300 times its size";
    return FLONG_INPUT;
}

/* Takes one coding off. */
static flong_status decode(http_codec *self, flong_str *body, const char **why, flong_str coding,
                           size_t max) {
    self->spare.n = 0;
    unpacked end = unpack(&self->unpacker, &self->spare, coding, *body, size_allowed(body->n, max));
    if (end == UNPACK_NO_MEMORY) return FLONG_NOMEM;
    if (end == UNPACK_TOO_LONG) return too_long(why, body->n, max);
    if (end == UNPACK_PLAIN || (end != UNPACKED && http_is_page((flong_str){NULL, 0}, *body)))
        return FLONG_OK;
    if (end == UNPACK_UNKNOWN)
        *why = "the page is packed with a coding other than gzip, deflate, br and zstd";
    if (end == UNPACK_DAMAGED) *why = "the page is packed, and its data is damaged";
    if (end != UNPACKED) return FLONG_INPUT;
    buffer old = self->body;
    self->body = self->spare;
    self->spare = old;
    *body = (flong_str){self->body.p, self->body.n};
    return FLONG_OK;
}

/* Codings are named in the order in which they were put on. */
static flong_status decode_all(http_codec *self, flong_str *body, const char **why, flong_str list,
                               size_t max) {
    flong_str codings[MOST_CODINGS];
    size_t n = 0;
    for (flong_str coding; header_element(&list, ',', &coding); n++) {
        if (n < MOST_CODINGS) codings[n] = coding;
    }
    if (n > MOST_CODINGS) {
        *why = "the page is packed more than four times";
        return FLONG_INPUT;
    }
    while (n--) {
        flong_status status = decode(self, body, why, codings[n], max);
        if (status != FLONG_OK) return status;
    }
    return FLONG_OK;
}

flong_status http_body(http_codec *self, flong_str *out, const char **why, const http *message, size_t max) {
    flong_str body = message->body;
    if (is_chunked(message)) {
        self->body.n = 0;
        flong_status status = chunks_join(&self->body, why, body);
        if (status != FLONG_OK) return status;
        body = (flong_str){self->body.p, self->body.n};
    }
    flong_status status = decode_all(self, &body, why, message->encodings, max);
    if (status != FLONG_OK) return status;
    if (body.n > max) return too_long(why, body.n, max);
    *out = body;
    return FLONG_OK;
}
