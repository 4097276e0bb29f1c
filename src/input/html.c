#include "input/html.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/memory.h"
#include "input/charset.h"
#include "input/html_body.h"
#include "input/html_clean.h"
#include "input/html_facts.h"
#include "input/html_kind.h"
#include "input/html_linked.h"
#include "input/html_tree.h"
#include "input/site.h"

struct html {
    charset *charset;
    html_cleaned cleaned;
    html_tree tree;
    html_linked linked;
    html_body body;
    html_facts facts;
    buffer text;
};

html *html_new(void) {
    html *self = mem_new(1, sizeof *self);
    if (!self) return NULL;
    xmlInitParser();
    self->charset = charset_new();
    self->linked.json = json_new();
    if (self->charset && self->linked.json) return self;
    html_free(self);
    return NULL;
}

void html_free(html *self) {
    if (!self) return;
    charset_free(self->charset);
    buffer_free(&self->cleaned.text);
    html_tree_free(&self->tree);
    html_linked_free(&self->linked);
    html_body_free(&self->body);
    buffer_free(&self->text);
    html_facts_free(&self->facts);
    mem_free(self);
}

/* Lines that are chosen, or all of them with NULL. */
static bool lines_join(buffer *out, const html_tree *tree, const uint8_t *flags) {
    out->n = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        if (flags && !(flags[i] & BODY_LINE_CHOSEN)) continue;
        if (out->n && !buffer_append(out, "\n", 1)) return false;
        if (!buffer_append(out, tree->text.p + tree->lines[i].begin, tree->lines[i].n)) return false;
    }
    return true;
}

static flong_str buffer_str(const buffer *b) { return (flong_str){b->p, b->n}; }

flong_status html_text(html *self, flong_str *out, flong_str fragment, flong_error *error) {
    if (!html_clean(&self->cleaned, fragment)) return error_nomem(error);
    TRY(html_tree_read(&self->tree, buffer_str(&self->cleaned.text), error));
    if (!lines_join(&self->text, &self->tree, NULL)) return error_nomem(error);
    *out = buffer_str(&self->text);
    return FLONG_OK;
}

/* A text with its lines trimmed, the blank ones left out. */
static bool text_join(buffer *out, flong_str text) {
    out->n = 0;
    while (text.n) {
        size_t n = 0;
        while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r') n++;
        flong_str line = n ? text_trim((flong_str){text.p, n}) : (flong_str){NULL, 0};
        n += n < text.n;
        text = (flong_str){text.p + n, text.n - n};
        if (line.n == 0) continue;
        if (out->n && !buffer_append(out, "\n", 1)) return false;
        if (!buffer_append(out, line.p, line.n)) return false;
    }
    return true;
}

/* The body: of the page, or the whole of it from JSON-LD where the page shows a part. */
static bool body_join(html *self) {
    if (!lines_join(&self->text, &self->tree, self->body.lines)) return false;
    flong_str stated = self->tree.meta.best[META_BODY];
    if (!self->body.is_teaser || self->text.n * 2 > stated.n) return true;
    return text_join(&self->text, stated);
}

flong_status html_read(html *self, page *out, flong_str bytes, const page_hints *hints, flong_error *error) {
    static const page_hints none = {.captured = FLONG_NO_DATE};
    if (!hints) hints = &none;
    charset_text decoded;
    TRY(charset_decode(self->charset, &decoded, bytes, hints->charset, CHARSET_HTML, error));
    if (!html_clean(&self->cleaned, decoded.text)) return error_nomem(error);
    TRY(html_tree_read(&self->tree, buffer_str(&self->cleaned.text), error));
    for (size_t i = 0; i < self->cleaned.n_data; i++)
        if (!html_linked_read(&self->linked, &self->tree.meta, self->cleaned.data[i]))
            return error_nomem(error);
    if (!html_body_find(&self->body, &self->tree)) return error_nomem(error);
    if (!body_join(self)) return error_nomem(error);
    *out = (page){.kind = PAGE_ARTICLE,
                  .text = buffer_str(&self->text),
                  .published = FLONG_NO_DATE,
                  .replaced = decoded.replaced};
    if (!html_facts_find(&self->facts, out, &self->tree, &self->body, hints)) return error_nomem(error);
    out->kind = html_kind(&out->why, out, &self->tree, &self->body);
    return FLONG_OK;
}
