/* WARC files and HTTP messages: well made ones, and ones that lie. */
#include "notes.h"

#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "input/http.h"
#include "input/warc.h"

static flong_str str(const char *text) { return (flong_str){text, strlen(text)}; }

/* ---- records, as one string: "number type uri [block]" each --------------------------------------------- */

static notes seen;

static void note_record(const warc *self, const warc_record *r) {
    static const char *const types[] = {"other", "response", "resource", "revisit", "conversion"};
    note(&seen, "%d %s %.*s [%.*s]%s", (int)self->number, types[r->type], (int)r->uri.n, r->uri.p,
         (int)r->block.n, r->block.p, r->fault ? "!" : "");
    if (r->fault) note(&seen, "%s", r->fault);
    if (r->length != r->block.n) note(&seen, " of %d", (int)r->length);
    note(&seen, "\n");
}

/* Hands out the file in windows that grow by `step` bytes, or by what is wanted. */
static void split(flong_str file, size_t step, size_t max_block) {
    warc self = {.max_block = max_block};
    size_t start = 0, end = 0;
    seen.n = 0;
    seen.text[0] = 0;
    for (;;) {
        warc_record record;
        size_t used;
        flong_str window = {file.p + start, end - start};
        warc_found found = warc_next(&self, &used, &record, window, end == file.n);
        assert_true(used <= window.n);
        start += used;
        assert_int_equal(self.offset, start);
        if (found == WARC_END) break;
        if (found == WARC_RECORD) assert_memory_equal(file.p + self.at, "WARC/", 5);
        if (found == WARC_BAD) note(&seen, "%d bad: %s\n", (int)self.number, self.why);
        if (found == WARC_RECORD) note_record(&self, &record);
        if (found != WARC_MORE) continue;
        assert_true(end < file.n);
        assert_true(self.wants > end - start && self.wants <= max_block + WARC_ROOM);
        size_t wanted = step ? end + step : start + self.wants;
        end = wanted < file.n ? wanted : file.n;
    }
    assert_int_equal(start, file.n);
}

/* The same must be found whatever the windows are. */
static const char *records(const char *file, size_t max_block) {
    static char whole[sizeof seen.text];
    split(str(file), strlen(file) + 1, max_block);
    memcpy(whole, seen.text, seen.n + 1);
    for (size_t step = 0; step < 8; step++) {
        split(str(file), step, max_block);
        assert_string_equal(seen.text, whole);
    }
    return whole;
}

#define WARC_HEAD(type, uri, length)                                                                         \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: " uri "\r\nWARC-Date: 2024-05-02T07:10:00Z\r\n"     \
    "Content-Length: " length "\r\n\r\n"

static void record_plain(void **state) {
    (void)state;
    assert_string_equal(
        records("WARC/1.1\r\nwarc-type:response\r\nWARC-Target-URI:  <https://a.example/1> \r\n"
                "WARC-DATE: 2024-05-02T07:10:00.123456Z\r\ncontent-length: 5\r\n\r\nhello\r\n\r\n" WARC_HEAD(
                    "warcinfo", "", "0") "\r\n\r\n" WARC_HEAD("revisit", "u", "1") "x\r\n\r\n",
                100),
        "1 response https://a.example/1 [hello]\n"
        "2 other  []\n"
        "3 revisit u [x]\n");
}

static void record_fields(void **state) {
    (void)state;
    flong_str file =
        str("WARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: http://a.example/\n"
            "WARC-Date: 2024-05-02T07:10:00Z\nContent-Type: text/plain\nWARC-Truncated: length\n"
            " and a line that goes on\nWARC-Identified-Content-Language: deu,eng\nContent-Length: 2\n"
            "Content-Length: 9\n\nab\n\n");
    warc self = {.max_block = 100};
    warc_record r;
    size_t used;
    assert_int_equal(warc_next(&self, &used, &r, file, true), WARC_RECORD);
    assert_int_equal(r.type, WARC_CONVERSION);
    assert_int_equal(r.captured, 1714633800);
    assert_true(r.is_truncated);
    assert_int_equal(r.language.n, 3);
    assert_memory_equal(r.language.p, "deu", 3);
    assert_memory_equal(r.content_type.p, "text/plain", r.content_type.n);
    assert_int_equal(r.block.n, 2);
    assert_int_equal(warc_next(&self, &used, &r, (flong_str){file.p + used, file.n - used}, true), WARC_END);
}

static void record_gaps(void **state) {
    (void)state;
    /* No line ends behind a record, one, and many. */
    assert_string_equal(
        records(WARC_HEAD("resource", "a", "1") "x" WARC_HEAD("resource", "b", "1") "y\n" WARC_HEAD(
                    "resource", "c", "1") "z\r\n\r\n\r\n\n\n" WARC_HEAD("resource", "d", "1") "w",
                100),
        "1 resource a [x]\n2 resource b [y]\n3 resource c [z]\n4 resource d [w]\n");
}

static void record_lies(void **state) {
    (void)state;
    /* Too long: into the next record; beyond the end of the file; beyond what is held. */
    assert_string_equal(
        records(WARC_HEAD("response", "a", "9") "four\r\n\r\n" WARC_HEAD("response", "b", "1") "y\r\n\r\n",
                100),
        "1 response a [four]!its Content-Length is 9, but the next record begins behind 4 bytes\n"
        "2 response b [y]\n");
    assert_string_equal(
        records(WARC_HEAD("response", "a", "5000") "four\r\n\r\n" WARC_HEAD("response", "b", "1") "y", 9000),
        "1 response a [four]!its Content-Length is 5000, but the next record begins behind 4 bytes\n"
        "2 response b [y]\n");
    assert_string_equal(
        records(WARC_HEAD("response", "a", "5000") "four\r\n\r\n" WARC_HEAD("response", "b", "1") "y", 17),
        "1 response a [four]!its Content-Length is 5000, but the next record begins behind 4 bytes\n"
        "2 response b [y]\n");
    assert_string_equal(
        records(WARC_HEAD("response", "a", "5000") "four\r\n\r\n" WARC_HEAD("response", "b", "1") "y", 16),
        "1 response a [four\r\n\r\nWARC/1.0] of 5000\n2 response b [y]\n");
    /* Too short. */
    assert_string_equal(
        records(WARC_HEAD("response", "a", "3") "four\n\nmore\r\n\r\n" WARC_HEAD("response", "b", "1") "y",
                100),
        "1 response a [four\n\nmore]!its Content-Length is 3, but the next record begins behind 10 bytes\n"
        "2 response b [y]\n");
    /* Too short and the last one: nothing says so. */
    assert_string_equal(
        records(WARC_HEAD("response", "a", "3") "four\r\n\r\n", 100),
        "1 response a [fou]\n1 bad: what follows record 1 is none; going on at the next that begins\n");
}

static void record_long(void **state) {
    (void)state;
    assert_string_equal(
        records(WARC_HEAD("response", "a",
                          "30") "0123456789012345678901234WARC/\r\n\r\n" WARC_HEAD("response", "b", "1") "y",
                20),
        "1 response a [01234567890123456789] of 30\n2 response b [y]\n");
    /* A beginning in what is passed over: the length was a lie. */
    assert_string_equal(
        records(WARC_HEAD("response", "a",
                          "300") "01234567890123456789012345\r\n\r\n" WARC_HEAD("response", "b", "1") "y",
                20),
        "1 response a [01234567890123456789] of 300\n2 response b [y]\n");
}

static void record_garbage(void **state) {
    (void)state;
    assert_string_equal(
        records(
            "\r\n\n" WARC_HEAD("response", "a",
                               "1") "x\r\n\r\nsome bytes WARC/1.0\r\nWARC/ and "
                                    "more\n" WARC_HEAD("response", "b",
                                                       "1") "y\r\n\r\nWARC/1.0\r\nWARC-Type: "
                                                            "response\r\n\r\nlost\r\n\r"
                                                            "\n" WARC_HEAD("response", "c", "1") "z\r\n\r\n",
            100),
        "1 response a [x]\n"
        "1 bad: what follows record 1 is none; going on at the next that begins\n"
        "2 response b [y]\n"
        "3 bad: the record has no Content-Length\n"
        "4 response c [z]\n");
    assert_string_equal(records("nothing of the kind\n", 100),
                        "0 bad: what follows record 0 is none; going on at the next that begins\n");
    assert_string_equal(records("WARC/1.0\r\nContent-Length: -4\r\n\r\nlost\r\n\r\n", 100),
                        "1 bad: the record has no Content-Length\n");
    assert_string_equal(
        records("WARC/1.0\r\nContent-Length: 99999999999999999999999\r\n\r\nlost\r\n\r\n", 100),
        "1 bad: the record has no Content-Length\n");
}

static void record_cut(void **state) {
    (void)state;
    assert_string_equal(records(WARC_HEAD("response", "a", "10") "fou", 100),
                        "1 bad: the file ends within a record; it was cut short\n");
    assert_string_equal(records("WARC/1.0\r\nWARC-Type: res", 100),
                        "1 bad: the file ends within the header of a record; it was cut short\n");
    assert_string_equal(records("", 100), "");
    assert_string_equal(records("\r\n\r\n", 100), "");
}

/* A header of more than 64 KiB is passed over, whatever the windows are. */
static void record_long_header(void **state) {
    (void)state;
    static char file[100000];
    memset(file, 'x', sizeof file);
    memcpy(file, "WARC/1.0\r\n", 10);
    const char *next = "\r\n\r\n\r\n\r\n" WARC_HEAD("response", "b", "1") "y\r\n\r\n";
    strcpy(file + 80000, next);
    for (size_t step = 0; step < 70000; step = step * 7 + 1000) {
        split(str(file), step, 100);
        assert_string_equal(seen.text,
                            "1 bad: the header of the record is longer than 64 KiB\n2 response b [y]\n");
    }
}

static void file_begins(void **state) {
    (void)state;
    assert_true(warc_begins(str("WARC/1.0\r\n")));
    assert_true(warc_begins(str("\r\n\r\nWARC/0.17\nx")));
    assert_false(warc_begins(str("WARC/1.0")));
    assert_false(warc_begins(str("WARC/x.0\r\n")));
    assert_false(warc_begins(str("WARCX1.0\r\n")));
    assert_false(warc_begins(str("")));
}

/* ---- HTTP ------------------------------------------------------------------------------------------------------- */

static http_codec *codec;

static int codec_make(void **state) {
    (void)state;
    codec = http_codec_new();
    return codec ? 0 : -1;
}

static int codec_free(void **state) {
    (void)state;
    http_codec_free(codec);
    return 0;
}

static void http_header(void **state) {
    (void)state;
    http m;
    assert_true(
        http_parse(&m, str("HTTP/1.1 200 OK\r\nContent-Type: Text/HTML ; foo=bar; Charset=\"utf-8\"\r\n"
                           "Transfer-Encoding: chunked\r\ncontent-encoding: gzip\r\n\r\nbody")));
    assert_int_equal(m.status, 200);
    assert_memory_equal(m.type.p, "Text/HTML", m.type.n);
    assert_memory_equal(m.charset.p, "utf-8", m.charset.n);
    assert_memory_equal(m.transfer.p, "chunked", m.transfer.n);
    assert_memory_equal(m.encodings.p, "gzip", m.encodings.n);
    assert_memory_equal(m.body.p, "body", m.body.n);
    assert_true(http_is_page(m.type, m.body));
    assert_true(http_parse(&m, str("HTTP/2 404\n\n")));
    assert_int_equal(m.status, 404);
    assert_int_equal(m.body.n, 0);
    assert_true(http_parse(&m, str("ICY 200 OK\r\n\r\n")));
    assert_int_equal(m.status, 0);
    assert_true(http_parse(&m, str("HTTP/1.1 2000 OK\r\n\r\n")));
    assert_int_equal(m.status, 0);
    assert_false(http_parse(&m, str("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")));
    assert_false(http_parse(&m, str("")));
}

static void http_pages(void **state) {
    (void)state;
    const flong_str none = {NULL, 0};
    assert_true(http_is_page(str("application/xhtml+xml"), none));
    assert_true(http_is_page(none, str(" \n<!DOCTYPE HTML><p>")));
    assert_true(http_is_page(none, str("<HTML>")));
    assert_false(http_is_page(none, str("<rss>")));
    assert_false(http_is_page(none, none));
    assert_false(http_is_page(str("image/png"), str("<html>")));
    assert_false(http_is_page(str("text/plain"), str("<html>")));
}

/* The body of a message with these header lines, or "?" and why there is none. */
static const char *body_of(const char *header, flong_str body, size_t max) {
    static char text[4096];
    buffer message = {0};
    assert_true(buffer_append(&message, header, strlen(header)));
    assert_true(buffer_append(&message, body.p, body.n));
    http m;
    flong_str out = {NULL, 0};
    const char *why = NULL;
    assert_true(http_parse(&m, (flong_str){message.p, message.n}));
    flong_status status = http_body(codec, &out, &why, &m, max);
    if (status == FLONG_OK)
        snprintf(text, sizeof text, "%.*s", (int)out.n, out.p);
    else
        snprintf(text, sizeof text, "?%s", why);
    buffer_free(&message);
    return text;
}

#define HTTP_HEAD(lines) "HTTP/1.1 200 OK\r\n" lines "\r\n"
#define CHUNKED          HTTP_HEAD("Transfer-Encoding: chunked\r\n")

static void http_chunks(void **state) {
    (void)state;
    static const struct {
        const char *body, *text;
    } cases[] = {
        {"4\r\nWiki\r\n5;name=value\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\n\r\n",
         "Wikipedia in\r\n\r\nchunks."},
        {"4  \r\nWiki\r\n0\r\nTrailer: x\r\n\r\n", "Wiki"},
        {"4\nWiki\n5\npedia\n0\n\n", "Wikipedia"},
        {"000004\r\nWiki\r\n", "Wiki"},
        {"4\r\nWiki\r\n5\r\nped", "Wikiped"},
        {"4\r\nWiki\r\n5", "Wiki"},
        {"0\r\n\r\n", ""},
        {"", ""},
        {"<html>was unpacked", "<html>was unpacked"},
        {"4\r\nWiki\r\nnumber\r\npedia\r\n0\r\n\r\n", "?the size of a chunk of the page is no number"},
        {"4\r\nWiki\r\n5 x\r\npedia\r\n0\r\n\r\n", "?the size of a chunk of the page is no number"},
        {"4\r\nWiki\r\nfffffffffffffffff\r\npedia", "?the size of a chunk of the page is no number"},
        {"4\r\nWiki\r\nffffffffffff\r\npedia", "Wikipedia"},
        {"3\r\nWiki\r\n0\r\n\r\n", "?the size of a chunk of the page is no number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(body_of(CHUNKED, str(cases[i].body), 1000), cases[i].text);
    assert_string_equal(body_of(HTTP_HEAD(""), str("4\r\nWiki\r\n0\r\n\r\n"), 1000),
                        "4\r\nWiki\r\n0\r\n\r\n");
}

/* window: as deflateInit2 takes it. */
static flong_str deflated(const void *bytes, size_t n, int window) {
    static unsigned char packed[1 << 20];
    z_stream z = {.next_in = (unsigned char *)bytes,
                  .avail_in = (unsigned)n,
                  .next_out = packed,
                  .avail_out = sizeof packed};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (flong_str){(char *)packed, z.total_out};
}

#define PAGE "<html><p>Some text that is worth packing, packing, packing and packing.</p></html>"
#define GZIP HTTP_HEAD("Content-Encoding: gzip\r\n")

/* PAGE as an encoder of brotli writes it: only the decoder is linked. */
static const char brotli[] =
    "\x1b\x51\x00\xe0\x1d\xa7\xc3\x9a\x9f\xdc\x28\xc3\xd2\xe0\x8a\xc7\xad\x41\x5c\x7c\xc8\x38\xe5\x80\xbd"
    "\x2d\x29\xcc\x9a\x47\x70\xba\xc7\xd8\x56\xd6\xb5\x48\x70\x7b\xa6\xce\x8a\xc0\x26\xa8\x8b\x4e\xb3\x2a"
    "\xe9\xc9\xe1\x78\x1e\x1e\x85\x4c\x14";

static void http_codings(void **state) {
    (void)state;
    size_t n = strlen(PAGE);
    assert_string_equal(body_of(GZIP, deflated(PAGE, n, 31), 1000), PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: X-GZIP\r\n"), deflated(PAGE, n, 31), 1000),
                        PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: deflate\r\n"), deflated(PAGE, n, 15), 1000),
                        PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: deflate\r\n"), deflated(PAGE, n, -15), 1000),
                        PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: identity\r\n"), str(PAGE), 1000), PAGE);
    char packed[1000];
    size_t m = ZSTD_compress(packed, sizeof packed, PAGE, n, 3);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: zstd\r\n"), (flong_str){packed, m}, 1000), PAGE);
    flong_str br = {brotli, sizeof brotli - 1};
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: br\r\n"), br, 1000), PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: br\r\n"), br, 20),
                        "?the page is longer than --max-line allows");
    flong_str twice = deflated(PAGE, n, 31);
    memcpy(packed, twice.p, twice.n);
    twice = deflated(packed, twice.n, 15);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: gzip, deflate\r\n"), twice, 1000), PAGE);
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: lzma\r\n"), str("xyz"), 1000),
                        "?the page is packed with a coding other than gzip, deflate, br and zstd");
    assert_string_equal(
        body_of(HTTP_HEAD("Content-Encoding: gzip,gzip,gzip,gzip,gzip\r\n"), str("xyz"), 1000),
        "?the page is packed more than four times");
}

/* Writers that unpack and leave the header as it was. */
static void http_unpacked(void **state) {
    (void)state;
    static const char *const codings[] = {"gzip", "deflate", "br", "zstd", "gzip, br", "sdch"};
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
        char header[200];
        snprintf(header, sizeof header, HTTP_HEAD("Transfer-Encoding: chunked\r\nContent-Encoding: %s\r\n"),
                 codings[i]);
        assert_string_equal(body_of(header, str(PAGE), 1000), PAGE);
    }
}

static void http_damaged(void **state) {
    (void)state;
    flong_str whole = deflated(PAGE, strlen(PAGE), 31);
    const char *cut = body_of(GZIP, (flong_str){whole.p, whole.n - 12}, 1000);
    assert_true(strlen(cut) > 20 && strlen(cut) <= strlen(PAGE) && memcmp(cut, PAGE, strlen(cut)) == 0);
    char *bytes = (char *)whole.p;
    bytes[whole.n - 6] ^= 1; /* the checksum */
    assert_string_equal(body_of(GZIP, whole, 1000), "?the page is packed, and its data is damaged");
    assert_string_equal(body_of(HTTP_HEAD("Content-Encoding: br\r\n"), str("\xFF\xFF\xFF\xFF\xFF\xFF"), 1000),
                        "?the page is packed, and its data is damaged");
    assert_string_equal(
        body_of(HTTP_HEAD("Content-Encoding: zstd\r\n"),
                str("\x28\xB5\x2F\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
                1000),
        "?the page is packed, and its data is damaged");
}

static void http_bombs(void **state) {
    (void)state;
    size_t n = 64 << 20;
    char *zeros = calloc(n, 1);
    assert_non_null(zeros);
    flong_str bomb = deflated(zeros, n, 31);
    assert_string_equal(body_of(GZIP, bomb, n), "?the page unpacks to more than 300 times its size");
    assert_string_equal(body_of(GZIP, bomb, 1000), "?the page is longer than --max-line allows");
    flong_str small = deflated(zeros, 1000000, 31);
    body_of(GZIP, small, n); /* below a MiB all is allowed */
    free(zeros);
    assert_string_equal(body_of(HTTP_HEAD(""), str("hello"), 4),
                        "?the page is longer than --max-line allows");
    assert_string_equal(body_of(HTTP_HEAD(""), str("hello"), 5), "hello");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_plain), cmocka_unit_test(record_fields),
        cmocka_unit_test(record_gaps),  cmocka_unit_test(record_lies),
        cmocka_unit_test(record_long),  cmocka_unit_test(record_garbage),
        cmocka_unit_test(record_cut),   cmocka_unit_test(record_long_header),
        cmocka_unit_test(file_begins),  cmocka_unit_test(http_header),
        cmocka_unit_test(http_pages),   cmocka_unit_test(http_chunks),
        cmocka_unit_test(http_codings), cmocka_unit_test(http_unpacked),
        cmocka_unit_test(http_damaged), cmocka_unit_test(http_bombs),
    };
    return cmocka_run_group_tests(tests, codec_make, codec_free);
}
