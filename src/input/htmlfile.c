/* Pages of HTML as records. */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "input/format.h"
#include "input/html.h"

typedef struct html_reader {
    html *html;
    bool all_pages;
} html_reader;

/* A declaration, comments and an XML declaration may stand before the first tag that makes it a page. */
bool html_sniff(flong_str head) {
    static const char *const begins[] = {"<!doctype html", "<html", "<head", "<body"};
    if (head.n == 0 || head.p[0] != '<') return false;
    bool is_markup = head.n > 1 && (head.p[1] == '!' || head.p[1] == '?');
    for (size_t at = 0; at < head.n; at++)
        for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
            size_t n = strlen(begins[i]);
            if (at && !is_markup) return false;
            if (head.n - at >= n && strncasecmp(head.p + at, begins[i], n) == 0) return true;
        }
    return false;
}

flong_status html_reader_new(void **out, const reader_options *options, flong_error *error) {
    html_reader *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    *self = (html_reader){.html = html_new(), .all_pages = options->all_pages};
    if (!self->html) {
        mem_free(self);
        return error_nomem(error);
    }
    *out = self;
    return FLONG_OK;
}

void html_reader_free(void *reader) {
    html_reader *self = reader;
    if (!self) return;
    html_free(self->html);
    mem_free(self);
}

flong_status html_reader_read(void *reader, outcome *out, const item *it, flong_str bytes,
                              flong_error *error) {
    html_reader *self = reader;
    page_hints hints = {.captured = FLONG_NO_DATE};
    if (it->hints) hints = (page_hints){it->hints->url, it->hints->charset, it->hints->captured};
    page p;
    TRY(html_read(self->html, &p, bytes, &hints, error));
    bool is_record = p.kind == PAGE_ARTICLE || (self->all_pages && p.text.n + p.title.n > 0);
    *out = (outcome){.kind = is_record ? OUTCOME_RECORD : OUTCOME_NO_ARTICLE,
                     .why = p.why,
                     .record = {.url = p.url,
                                .site = p.site,
                                .title = p.title,
                                .text = p.text,
                                .author = p.author,
                                .lang = p.lang,
                                .published = p.published}};
    return FLONG_OK;
}
