/* Fuzz target: any bytes as a feed, in pieces whose size is the first byte. Items are JSON objects of bounded size. */
#include <stdlib.h>
#include <string.h>

#include "input/rss.h"
#include "input/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_ITEM = 2000 };

static bool on_item(void *context, flong_str text, uint64_t line) {
    static json *parser;
    const char *why;
    (void)context;
    if (!parser && !(parser = json_new())) abort();
    if (text.n > MAX_ITEM || line == 0) abort();
    char *padded = calloc(1, text.n + JSON_PADDING);
    if (!padded) abort();
    memcpy(padded, text.p, text.n);
    if (json_parse(parser, &why, padded, text.n) != FLONG_OK) abort();
    free(padded);
    return true;
}

static bool on_bad(void *context, uint64_t line, const char *why) {
    (void)context;
    if (line == 0 || !json_is_utf8(why, strlen(why))) abort();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const rss_options options = {
        .max_item = MAX_ITEM, .too_long = "too long", .item = on_item, .bad = on_bad};
    if (size == 0) return 0;
    rss_begins((flong_str){(const char *)data + 1, size - 1});
    rss *self = rss_new(&options);
    if (!self) abort();
    size_t step = data[0] + 1u;
    for (size_t at = 1; at < size; at += step) {
        size_t n = size - at < step ? size - at : step;
        if (rss_push(self, NULL, (flong_str){(const char *)data + at, n}, false, NULL) != FLONG_OK) abort();
    }
    if (rss_push(self, NULL, (flong_str){NULL, 0}, true, NULL) != FLONG_OK) abort();
    rss_free(self);
    return 0;
}
