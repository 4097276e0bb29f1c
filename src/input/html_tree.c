#include "input/html_tree.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/hash.h"
#include "input/html_tags.h"
#include "input/site.h"

/* A row of a table is one line where no cell has more bytes; then its cells hold more than figures and names. */
enum { CELL_BYTES = 80, CHUNK = 32 << 10, ERROR_WORK = 16, MOST_WORK = 20 << 20 };

void html_tree_free(html_tree *self) {
    mem_free(self->nodes);
    mem_free(self->lines);
    buffer_free(&self->text);
    html_meta_free(&self->meta);
}

/* ---- lines --------------------------------------------------------------- */

static void line_end(html_tree *self) {
    uint32_t end = (uint32_t)self->text.n, begin = self->line_begin;
    self->blank = false;
    if (end == begin) return;
    if (!ARRAY_GROW(self->lines, self->n_lines, self->lines_capacity)) self->failed = true;
    if (!buffer_append(&self->text, "\n", 1)) self->failed = true;
    if (self->failed) return;
    self->line_begin = end + 1;
    flong_str line = text_trim((flong_str){self->text.p + begin, end - begin});
    uint32_t n = (uint32_t)line.n, linked = self->linked < n ? self->linked : n;
    if (n)
        self->lines[self->n_lines++] = (html_line){self->node, (uint32_t)(line.p - self->text.p), n, linked};
    self->linked = 0;
}

/* Whether the lines of a row are cells of few words, one line each. */
static bool row_is_short(const html_tree *self, uint32_t row) {
    for (size_t i = self->nodes[row].line; i < self->n_lines; i++) {
        const html_line *line = &self->lines[i];
        if (line->n > CELL_BYTES || self->nodes[line->node].parent != row) return false;
        if (i > self->nodes[row].line && line->node == line[-1].node) return false;
    }
    return true;
}

/* Makes one line of the cells of a row. */
static void row_end(html_tree *self, uint32_t row) {
    uint32_t first = self->nodes[row].line;
    if (self->n_lines < first + 2 || !row_is_short(self, row)) return;
    html_line *joined = &self->lines[first];
    for (size_t i = first + 1; i < self->n_lines; i++) {
        const html_line *cell = &self->lines[i];
        memset(self->text.p + joined->begin + joined->n, ' ', cell->begin - joined->begin - joined->n);
        joined->linked += cell->linked;
        joined->n = cell->begin + cell->n - joined->begin;
    }
    joined->node = row;
    self->n_lines = first + 1;
    for (size_t i = row + 1; i < self->n_nodes; i++) self->nodes[i].line = self->nodes[i].line_end = first;
}

static void put(html_tree *self, const char *bytes, size_t n) {
    self->feed = false;
    if (self->blank && self->text.n > self->line_begin) {
        if (!buffer_append(&self->text, " ", 1)) self->failed = true;
        self->linked += self->links > 0;
    }
    self->blank = false;
    if (!buffer_append(&self->text, bytes, n)) self->failed = true;
    if (self->links) self->linked += (uint32_t)n;
}

/* What browsers make of the control characters of C1: those of windows-1252. */
static void put_c1(html_tree *self, unsigned char c) {
    static const char *const characters[32] = {"€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
                                               "‹", "Œ", "",  "Ž", "",  "",  "‘", "’", "“", "”", "•",
                                               "–", "—", "˜", "™", "š", "›", "œ", "",  "ž", "Ÿ"};
    const char *character = characters[c - 0x80];
    put(self, character, strlen(character));
}

/* Bytes of a blank at p, 0: none. */
static size_t blank_at(const unsigned char *p, size_t n) {
    if (*p <= ' ' || *p == 0x7F) return 1;
    return n > 1 && p[0] == 0xC2 && p[1] == 0xA0 ? 2 : 0;
}

static bool is_c1(const unsigned char *p, size_t n) { return n > 1 && p[0] == 0xC2 && p[1] < 0xA0; }

static void tree_text(html_tree *self, const unsigned char *p, size_t n) {
    if (self->unseen) return;
    for (size_t at = 0, blank; at < n && !self->failed;) {
        size_t start = at;
        while (at < n && p[at] > ' ' && p[at] != 0xC2 && p[at] != 0x7F) at++;
        if (at > start) put(self, (const char *)p + start, at - start);
        if (at == n) break;
        if ((blank = blank_at(p + at, n - at))) {
            bool is_feed = self->pres && p[at] == '\n';
            if (is_feed && self->feed) line_end(self);
            self->feed = self->feed || is_feed;
            self->blank = true;
            at += blank;
        } else if (is_c1(p + at, n - at)) {
            put_c1(self, p[at + 1]);
            at += 2;
        } else {
            put(self, (const char *)p + at, 1);
            at++;
        }
    }
}

/* ---- elements ------------------------------------------------------------ */

static bool is_word(const char *text, const char *word) { return text && strcmp(text, word) == 0; }

static void take_attribute(html_attributes *a, const char *name, const char *value) {
    static const struct field {
        const char *name;
        size_t offset;
    } fields[] = {
        {"class", offsetof(html_attributes, class)},       {"id", offsetof(html_attributes, id)},
        {"role", offsetof(html_attributes, role)},         {"itemprop", offsetof(html_attributes, itemprop)},
        {"itemtype", offsetof(html_attributes, itemtype)}, {"style", offsetof(html_attributes, style)},
        {"href", offsetof(html_attributes, href)},         {"rel", offsetof(html_attributes, rel)},
        {"name", offsetof(html_attributes, name)},         {"property", offsetof(html_attributes, property)},
        {"content", offsetof(html_attributes, content)},   {"datetime", offsetof(html_attributes, datetime)},
        {"lang", offsetof(html_attributes, lang)},         {"xml:lang", offsetof(html_attributes, lang)},
        {"http-equiv", offsetof(html_attributes, equiv)},  {"title", offsetof(html_attributes, title)}};
    if (is_word(name, "hidden") || (is_word(name, "aria-hidden") && is_word(value, "true")))
        a->is_hidden = true;
    for (size_t i = 0; value && i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0) {
            memcpy((char *)a + fields[i].offset, &value, sizeof value);
            return;
        }
}

/* React sends parts of a page late, hidden, for a script to put into their places: id="S:0". */
static bool is_late(const html_attributes *a) { return a->id && strncmp(a->id, "S:", 2) == 0; }

/* "display: none" with or without the blank. */
static bool hides(const char *style) {
    for (const char *at = style; at && (at = strstr(at, "display")); at++) {
        const char *value = at + strlen("display");
        while (*value == ' ' || *value == ':') value++;
        if (strncmp(value, "none", 4) == 0) return true;
    }
    return false;
}

static uint32_t node_marks(const html_attributes *a) {
    uint32_t marks = 0;
    if (a->class) marks |= marks_of(a->class);
    if (a->id) marks |= marks_of(a->id);
    if (is_word(a->role, "navigation") || is_word(a->role, "search") || is_word(a->role, "banner") ||
        is_word(a->role, "contentinfo") || is_word(a->role, "complementary"))
        marks |= TREE_IS_NAVIGATION;
    if (a->itemprop && strstr(a->itemprop, "articleBody")) marks |= TREE_IS_BODY;
    if (a->itemtype && strstr(a->itemtype, "Article")) marks |= TREE_IS_ARTICLE;
    return marks;
}

static uint32_t node_kind(const tag_info *info, const html_attributes *a) {
    const char *class = a->class ? a->class : "";
    return (uint32_t)hash_bytes(class, strlen(class), info->is);
}

static void node_open(html_tree *self, tree_open *open, const tag_info *info, const html_attributes *a) {
    if (self->n_nodes >= TREE_MOST_NODES) return;
    if (!ARRAY_GROW(self->nodes, self->n_nodes, self->nodes_capacity)) self->failed = true;
    if (self->failed) return;
    open->node = (uint32_t)self->n_nodes;
    self->nodes[self->n_nodes++] = (html_node){.parent = self->node,
                                               .marks = node_marks(a),
                                               .line = (uint32_t)self->n_lines,
                                               .kind = node_kind(info, a),
                                               .does = info->does,
                                               .tag = info->is};
    self->node = open->node;
}

static void place_open(html_tree *self, tree_open *open, place_kind kind) {
    if (self->n_places == TREE_PLACES) return;
    self->places[self->n_places++] =
        (html_place){(uint8_t)kind, (uint32_t)self->text.n, UINT32_MAX, (uint32_t)self->n_lines};
    open->place = (uint8_t)self->n_places;
}

static void places_find(html_tree *self, tree_open *open, const tag_info *info, const html_attributes *a) {
    if (info->is == TAG_TITLE)
        place_open(self, open, PLACE_TITLE);
    else if (info->is == TAG_H1)
        place_open(self, open, PLACE_H1);
    else if (info->is == TAG_TIME)
        place_open(self, open, PLACE_DATE);
    else if (is_word(a->rel, "author") || (a->itemprop && strstr(a->itemprop, "author")))
        place_open(self, open, PLACE_AUTHOR);
    else if (is_word(a->itemprop, "headline"))
        place_open(self, open, PLACE_HEADLINE);
    else if (a->class && info->is <= TAG_A && marks_of(a->class) & MARK_BYLINE)
        place_open(self, open, PLACE_BYLINE);
}

static void tree_start(html_tree *self, const char *name, const char **list) {
    const tag_info *info = tag_find(name);
    html_attributes a = {0};
    for (; list && list[0]; list += 2) take_attribute(&a, list[0], list[1]);
    tree_open *open = &self->open[self->depth++];
    *open =
        (tree_open){.node = TREE_NONE, .is_link = info->is == TAG_A && a.href, .is_pre = info->is == TAG_PRE};
    if (info->is == TAG_META) html_meta_take_meta(&self->meta, &a);
    if (info->is == TAG_TIME && a.datetime)
        html_meta_offer_date(&self->meta, a.itemprop ? META_RANK_PAGE : META_RANK_PAGE + 1,
                             (flong_str){a.datetime, strlen(a.datetime)});
    if (info->is == TAG_LINK) html_meta_take_link(&self->meta, &a);
    if (info->is == TAG_HTML && a.lang)
        html_meta_offer(&self->meta, META_LANG, META_RANK_LINKED, (flong_str){a.lang, strlen(a.lang)});
    if (info->does & (TAG_BLOCK | TAG_BREAK)) line_end(self);
    if (info->does & TAG_BLOCK) node_open(self, open, info, &a);
    open->is_unseen = info->does & TAG_UNSEEN || ((a.is_hidden || hides(a.style)) && !is_late(&a) &&
                                                  info->is != TAG_BODY && info->is != TAG_HTML);
    self->unseen += open->is_unseen;
    self->links += open->is_link;
    self->pres += open->is_pre;
    if (self->unseen == 0) places_find(self, open, info, &a);
}

static void tree_end(html_tree *self) {
    if (self->depth == 0) return;
    const tree_open *open = &self->open[--self->depth];
    if (open->place) self->places[open->place - 1].end = (uint32_t)self->text.n;
    if (open->node != TREE_NONE) {
        line_end(self);
        if (self->nodes[open->node].tag == TAG_TR) row_end(self, open->node);
        self->nodes[open->node].line_end = (uint32_t)self->n_lines;
        self->node = self->nodes[open->node].parent;
    }
    self->unseen -= open->is_unseen;
    self->links -= open->is_link;
    self->pres -= open->is_pre;
}

/* ---- the parser ---------------------------------------------------------- */

typedef struct sax {
    html_tree *tree;
    htmlParserCtxtPtr parser;
    size_t work; /* that errors have cost: each end tag without a start is looked for in all open elements */
} sax;

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    sax *self = context;
    if (self->tree->depth == TREE_DEPTH || self->tree->failed) {
        xmlStopParser(self->parser);
        return;
    }
    tree_start(self->tree, (const char *)name, (const char **)(uintptr_t)attributes);
}

static void on_end(void *context, const xmlChar *name) {
    (void)name;
    tree_end(((sax *)context)->tree);
}

static void on_text(void *context, const xmlChar *text, int n) {
    if (n > 0) tree_text(((sax *)context)->tree, text, (size_t)n);
}

static void on_error(void *context, const char *format, ...) {
    sax *self = context;
    (void)format;
    self->work += ERROR_WORK + self->tree->depth;
    if (self->work > MOST_WORK) xmlStopParser(self->parser);
}

/* A piece of at most CHUNK bytes that ends behind a tag, or else behind a character: where the parser is handed a
 * part of one it reads it as Latin-1. */
static size_t piece_length(flong_str rest) {
    if (rest.n <= CHUNK) return rest.n;
    const char *close = memrchr(rest.p, '>', CHUNK);
    if (close) return (size_t)(close - rest.p) + 1;
    size_t n = CHUNK;
    while (n > CHUNK - 4 && ((unsigned char)rest.p[n] & 0xC0) == 0x80) n--;
    return n;
}

static void feed(sax *self, flong_str markup) {
    while (markup.n && !self->tree->failed && self->work <= MOST_WORK) {
        size_t n = piece_length(markup);
        htmlParseChunk(self->parser, markup.p, (int)n, 0);
        markup = (flong_str){markup.p + n, markup.n - n};
    }
    htmlParseChunk(self->parser, NULL, 0, 1);
}

static void tree_reset(html_tree *self) {
    self->n_nodes = self->n_lines = self->n_places = self->text.n = self->depth = 0;
    self->node = self->links = self->unseen = self->pres = 0;
    self->line_begin = self->linked = 0;
    self->blank = self->feed = self->failed = false;
    html_meta_reset(&self->meta);
}

flong_status html_tree_read(html_tree *self, flong_str markup, flong_error *error) {
    tree_reset(self);
    tree_open page = {.node = TREE_NONE};
    const html_attributes none = {0};
    node_open(self, &page, tag_find("html"), &none);
    sax reader = {.tree = self};
    htmlSAXHandler handler = {.startElement = on_start,
                              .endElement = on_end,
                              .characters = on_text,
                              .ignorableWhitespace = on_text,
                              .cdataBlock = NULL,
                              .error = on_error,
                              .warning = on_error};
    reader.parser = self->failed
                        ? NULL
                        : htmlCreatePushParserCtxt(&handler, &reader, "", 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!reader.parser) return error_nomem(error);
    htmlCtxtUseOptions(reader.parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
                                          HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
    feed(&reader, markup);
    htmlFreeParserCtxt(reader.parser);
    while (self->depth) tree_end(self);
    line_end(self);
    self->nodes[0].line_end = (uint32_t)self->n_lines;
    for (size_t i = 0; i < self->n_places; i++)
        if (self->places[i].end == UINT32_MAX) self->places[i].end = (uint32_t)self->text.n;
    return self->failed || self->meta.failed ? error_nomem(error) : FLONG_OK;
}
