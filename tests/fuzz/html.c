/* Fuzz target: any bytes as a page of HTML, with what a container may know of it. What is handed out must be valid
 * UTF-8 without U+0000, in lines that are not blank, and the same when the page is read again. */
#include <stdlib.h>
#include <string.h>

#include "input/html.h"
#include "input/json.h"
#include "input/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(flong_str s) {
    if (s.n && (!json_is_utf8(s.p, s.n) || memchr(s.p, 0, s.n))) abort();
}

static void check_lines(flong_str s) {
    check(s);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n' && (i == 0 || i + 1 == s.n || s.p[i + 1] == '\n')) abort();
}

static void check_page(const page *p) {
    check_lines(p->text);
    check(p->url), check(p->site), check(p->title), check(p->author), check(p->lang);
    if (p->title.n && memchr(p->title.p, '\n', p->title.n)) abort();
    if ((p->kind == PAGE_ARTICLE) != (p->why == NULL)) abort();
    if (p->kind == PAGE_ARTICLE && p->text.n == 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static html *reader;
    static const char *const charsets[] = {"", "text/html; charset=windows-1251", "utf-8", "shift_jis"};
    if (!reader && !(reader = html_new())) abort();
    flong_str bytes = {(const char *)data, size};
    const char *charset = charsets[size % 4];
    page_hints hints = {.url = {"https://www.tarnbridge.example/news/mill", 40},
                        .charset = {charset, strlen(charset)},
                        .captured = FLONG_NO_DATE};
    page first, again;
    if (html_read(reader, &first, bytes, &hints, NULL) != FLONG_OK) return 0;
    check_page(&first);
    size_t text = first.text.n, title = first.title.n;
    if (html_read(reader, &again, bytes, &hints, NULL) != FLONG_OK) abort();
    if (again.text.n != text || again.title.n != title) abort();
    flong_str all;
    if (json_is_utf8(bytes.p, bytes.n) && html_text(reader, &all, bytes, NULL) == FLONG_OK) check_lines(all);
    return 0;
}
