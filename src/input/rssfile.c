/* Items of feeds as records. */
#include <string.h>

#include "base/error.h"
#include "input/fields.h"
#include "input/format.h"
#include "input/html.h"
#include "input/json.h"
#include "input/rss.h"

/* ---- cutting ----------------------------------------------------------------------------- */

typedef struct rssfile {
    rss *rss;
    block window; /* the bytes that were read last */
} rssfile;

static bool on_item(void *context, flong_str object, uint64_t line) {
    block *into = context;
    char *room = block_room(into, object.n);
    if (!room) return false;
    memcpy(room, object.p, object.n);
    memset(room + object.n, 0, BLOCK_PADDING);
    item it = {.at = into->bytes.n, .n = object.n, .number = line, .line = line};
    into->bytes.n += object.n;
    return block_add(into, it);
}

static bool on_bad(void *context, uint64_t line, const char *why) {
    block *into = context;
    const char *copy = block_string(into, why, strlen(why));
    return copy && block_add_fault(into, line, copy);
}

flong_status rssfile_begin(cutter *c, flong_error *error) {
    rssfile *self = mem_new(1, sizeof *self);
    c->own = self;
    if (!self) return error_nomem(error);
    const rss_options options = {c->max_record, c->too_long, on_item, on_bad};
    self->rss = rss_new(&options);
    if (self->rss) return FLONG_OK;
    rssfile_end(c);
    return error_nomem(error);
}

void rssfile_end(cutter *c) {
    rssfile *self = c->own;
    if (!self) return;
    rss_free(self->rss);
    block_free(&self->window);
    mem_free(self);
    c->own = NULL;
}

flong_status rssfile_cut(cutter *c, block *into, flong_error *error) {
    rssfile *self = c->own;
    while (!c->at_end && !block_is_full(into)) {
        size_t got;
        self->window.bytes.n = 0;
        TRY(cutter_read(c, &self->window, &got, error));
        c->at_end = got == 0;
        TRY(rss_push(self->rss, into, (flong_str){self->window.bytes.p, got}, c->at_end, error));
    }
    return FLONG_OK;
}

bool rssfile_sniff(flong_str head) { return rss_begins(head); }

/* ---- reading ----------------------------------------------------------------------------- */

typedef struct item_reader {
    json *json;
    html *html;
    fields fields;
    buffer title; /* html has room for one text */
} item_reader;

flong_status rssfile_new(void **out, const reader_options *options, flong_error *error) {
    item_reader *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    self->json = json_new();
    self->html = html_new();
    flong_status status = self->json && self->html
                              ? fields_init(&self->fields, options->fields, options->n_fields, error)
                              : error_nomem(error);
    if (status == FLONG_OK)
        *out = self;
    else
        rssfile_free(self);
    return status;
}

void rssfile_free(void *reader) {
    item_reader *self = reader;
    if (!self) return;
    json_free(self->json);
    html_free(self->html);
    fields_free(&self->fields);
    buffer_free(&self->title);
    mem_free(self);
}

static bool is(flong_str key, const char *name) {
    return strlen(name) == key.n && memcmp(name, key.p, key.n) == 0;
}

static flong_status title_put(item_reader *self, flong_str value, flong_error *error) {
    TRY(html_text(self->html, &value, value, error));
    self->title.n = 0;
    if (!buffer_append(&self->title, value.p, value.n)) return error_nomem(error);
    fields_put(&self->fields, (flong_str){"title", 5}, (flong_str){self->title.p, self->title.n});
    return FLONG_OK;
}

static flong_status member_put(item_reader *self, flong_str key, flong_str value, flong_error *error) {
    if (is(key, "title_html")) return title_put(self, value, error);
    if (is(key, "content_html")) {
        TRY(html_text(self->html, &value, value, error));
        key = (flong_str){"text", 4};
    }
    fields_put(&self->fields, key, value);
    return FLONG_OK;
}

flong_status rssfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error) {
    item_reader *self = reader;
    const char *why;
    (void)it;
    *out = (outcome){.why = "the item cannot be read"};
    flong_status status = json_parse(self->json, &why, bytes.p, bytes.n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    if (status != FLONG_OK) return FLONG_OK;
    fields_begin(&self->fields);
    for (flong_str key; json_next(self->json, &key);) {
        json_value value;
        json_read(self->json, &value);
        if (value.kind == JSON_STRING) TRY(member_put(self, key, value.string, error));
    }
    fields_end(&self->fields);
    fields_record(&self->fields, out);
    if (out->kind == OUTCOME_BAD) out->why = "the item has neither a text nor a title";
    return FLONG_OK;
}
