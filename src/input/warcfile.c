/* Web archives: the pages of their responses as records, and the texts of WET files. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "input/format.h"
#include "input/header.h"
#include "input/http.h"
#include "input/warc.h"

/* What an item is: item_hints.type. */
static const flong_str http_message = {"application/http", 16}, html_page = {"text/html", 9},
                       plain_text = {"text/plain", 10};

static bool is(flong_str a, flong_str b) { return a.n == b.n && memcmp(a.p, b.p, a.n) == 0; }

/* ---- cutting ----------------------------------------------------------------------------- */

flong_status warcfile_begin(cutter *c, flong_error *error) {
    warc *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    self->max_block = c->max_record;
    c->own = self;
    return FLONG_OK;
}

void warcfile_end(cutter *c) {
    mem_free(c->own);
    c->own = NULL;
}

/* What the record is for flong: one of the types above, or empty and in *why the reason that it is no article. *why NULL
 * then: it is about the crawl. */
static flong_str kind_of(const warc_record *r, flong_str *charset, const char **why) {
    const flong_str none = {NULL, 0};
    flong_str type;
    http message;
    http_type(&type, charset, r->content_type);
    switch (r->type) {
    case WARC_RESPONSE:
        *why = "no answer of a web server";
        if (!http_parse(&message, r->block)) return none;
        *why = "an error or a redirection";
        if (message.status != 200) return none;
        *why = "no page";
        return http_is_page(message.type, message.body) ? http_message : none;
    case WARC_RESOURCE:
        *why = r->uri.n > 4 && memcmp(r->uri.p, "http", 4) == 0 ? "no page" : NULL;
        return http_is_page(type, r->block) ? html_page : none;
    case WARC_CONVERSION:
        *why = "no text";
        return type.n == 0 || header_is(type, "text/plain") ? plain_text : none;
    case WARC_REVISIT:
        *why = "the same as on an earlier visit, and not repeated";
        return none;
    default:
        *why = NULL;
        return none;
    }
}

static const item_hints *hints_make(block *into, const warc_record *r, flong_str type, flong_str charset) {
    item_hints *hints = arena_alloc(&into->memory, 1, sizeof *hints);
    const char *url = block_string(into, r->uri.p, r->uri.n), *set = block_string(into, charset.p, charset.n);
    const char *lang = block_string(into, r->language.p, r->language.n);
    if (!hints || !url || !set || !lang) return NULL;
    *hints = (item_hints){.url = {url, r->uri.n},
                          .type = type,
                          .charset = {set, charset.n},
                          .lang = {lang, r->language.n},
                          .captured = r->captured};
    return hints;
}

static bool note_add(block *into, uint64_t number, const char *text) {
    const char *note = block_string(into, text, strlen(text));
    return note && block_add(into, (item){.line = number, .fault = note, .kind = FAULT_ODD});
}

/* Adds the record, if it is one for flong. False when there is no memory. */
static bool record_add(const cutter *c, block *into, const warc_record *r) {
    const warc *self = c->own;
    flong_str charset;
    const char *why;
    flong_str kind = kind_of(r, &charset, &why);
    if (kind.n && r->length > r->block.n) return block_add_fault(into, self->number, c->too_long);
    if (!kind.n) return !why || block_add(into, (item){.fault = why, .kind = FAULT_NO_ARTICLE});
    const item_hints *hints = hints_make(into, r, kind, charset);
    return hints && block_add(into, (item){.at = (size_t)(r->block.p - into->bytes.p),
                                           .n = r->block.n,
                                           .number = self->number,
                                           .line = self->number,
                                           .hints = hints});
}

/* Adds what was found but for its place in the file, which is told with it. */
static bool found_add(const cutter *c, block *into, warc_found found, const warc_record *r) {
    const warc *self = c->own;
    char text[300];
    if (found == WARC_RECORD && !record_add(c, into, r)) return false;
    if (found == WARC_RECORD && !r->fault) return true;
    snprintf(text, sizeof text, "%s (byte %" PRIu64 ")", self->why, self->at);
    if (found == WARC_RECORD) return note_add(into, self->number, text);
    const char *why = block_string(into, text, strlen(text));
    return why && block_add_fault(into, self->number, why);
}

/* Moves the window, which begins at *start, behind the last item, and reads on. */
static flong_status window_read(cutter *c, block *into, size_t *start, size_t kept, flong_error *error) {
    size_t left = into->bytes.n - *start, got;
    if (*start > kept) memmove(into->bytes.p + kept, into->bytes.p + *start, left);
    into->bytes.n = kept + left;
    *start = kept;
    TRY(cutter_read(c, into, &got, error));
    c->skipping = got == 0; /* nothing follows the window */
    return FLONG_OK;
}

flong_status warcfile_cut(cutter *c, block *into, flong_error *error) {
    size_t kept = into->bytes.n, start = kept;
    for (;;) {
        warc_record r;
        size_t used, n = into->n;
        warc_found found = warc_next(c->own, &used, &r,
                                     (flong_str){into->bytes.p + start, into->bytes.n - start}, c->skipping);
        start += used;
        c->number = ((const warc *)c->own)->number;
        c->at_end = found == WARC_END;
        if (c->at_end) break;
        if (found != WARC_MORE && !found_add(c, into, found, &r)) return error_nomem(error);
        for (; n < into->n; n++)
            if (into->items[n].n) kept = into->items[n].at + into->items[n].n;
        if (found != WARC_MORE) continue;
        if (block_is_full(into) || (into->n && stream_is_slow(c->from))) break;
        TRY(window_read(c, into, &start, kept, error));
    }
    size_t left = into->bytes.n - start;
    if (left && !buffer_append(&c->rest, into->bytes.p + start, left)) return error_nomem(error);
    into->bytes.n = kept;
    return FLONG_OK;
}

bool warcfile_sniff(flong_str head) { return warc_begins(head); }

/* ---- reading ----------------------------------------------------------------------------- */

typedef struct warcfile {
    void *pages; /* the reader of HTML */
    http_codec *codec;
    size_t max_record;
    bool all_pages;
} warcfile;

flong_status warcfile_new(void **out, const reader_options *options, flong_error *error) {
    warcfile *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    *self = (warcfile){
        .codec = http_codec_new(), .max_record = options->max_record, .all_pages = options->all_pages};
    flong_status status = self->codec ? html_reader_new(&self->pages, options, error) : error_nomem(error);
    if (status == FLONG_OK)
        *out = self;
    else
        warcfile_free(self);
    return status;
}

void warcfile_free(void *reader) {
    warcfile *self = reader;
    if (!self) return;
    html_reader_free(self->pages);
    http_codec_free(self->codec);
    mem_free(self);
}

static flong_status page_read(warcfile *self, outcome *out, const item *it, flong_str charset,
                              flong_str bytes, flong_error *error) {
    item_hints hints = *it->hints;
    item of_page = *it;
    hints.charset = charset;
    of_page.hints = &hints;
    TRY(html_reader_read(self->pages, out, &of_page, bytes, error));
    /* What was fetched from one address is one article, whatever it says of itself. */
    out->record.id = it->hints->url;
    if (out->record.published == FLONG_NO_DATE) out->record.published = it->hints->captured;
    return FLONG_OK;
}

static flong_status message_read(warcfile *self, outcome *out, const item *it, flong_str bytes,
                                 flong_error *error) {
    http message;
    flong_str body;
    const char *why = NULL;
    http_parse(&message, bytes);
    flong_status status = http_body(self->codec, &body, &why, &message, self->max_record);
    if (status == FLONG_NOMEM) return error_nomem(error);
    if (status == FLONG_OK) return page_read(self, out, it, message.charset, body, error);
    *out = (outcome){.kind = OUTCOME_BAD, .why = why};
    return FLONG_OK;
}

/* "https://a.example", with nothing behind it but a slash. */
static bool is_front(flong_str url) {
    const char *host = memmem(url.p, url.n, "//", 2);
    size_t at = host ? (size_t)(host - url.p) + 2 : 0;
    while (at < url.n && url.p[at] != '/') at++;
    return at + 1 >= url.n;
}

/* A text without a page around it, as in WET files: only its address tells what it is. */
static flong_status text_read(const warcfile *self, outcome *out, const item *it, flong_str bytes,
                              flong_error *error) {
    const item_hints *hints = it->hints;
    *out = (outcome){.kind = OUTCOME_NO_ARTICLE, .why = "a front page"};
    if (is_front(hints->url) && !self->all_pages) return FLONG_OK;
    TRY(textfile_read(NULL, out, it, bytes, error));
    out->record.id = out->record.url = hints->url;
    out->record.lang = hints->lang;
    out->record.published = hints->captured;
    return FLONG_OK;
}

flong_status warcfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error) {
    warcfile *self = reader;
    if (is(it->hints->type, http_message)) return message_read(self, out, it, bytes, error);
    if (is(it->hints->type, html_page)) return page_read(self, out, it, it->hints->charset, bytes, error);
    return text_read(self, out, it, bytes, error);
}
