#include "input/rss.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "input/json.h"
#include "input/quote.h"
#include "input/site.h"

/* What is read of an item, and of the feed for all its items. */
typedef enum slot {
    SLOT_ID,
    SLOT_URL,
    SLOT_PUBLISHED,
    SLOT_AUTHOR,
    SLOT_LANG,
    SLOT_TITLE,
    SLOT_CONTENT,
    SLOT_COUNT,
    SLOT_NONE = SLOT_COUNT
} slot;

/* Vocabularies: that of feeds themselves, two modules, and all others (media, iTunes, GeoRSS), which have a "title" and a
 * "content" of their own. */
typedef enum vocabulary { OWN, DUBLIN_CORE, CONTENT, ANY_OTHER } vocabulary;

/* Of several elements for one slot that with the lowest rank is taken, of the same rank the longest. */
typedef struct element {
    vocabulary of;
    const char *name;
    slot slot;
    int rank;
} element;

static const element elements[] = {
    {OWN, "guid", SLOT_ID, 1},
    {OWN, "id", SLOT_ID, 1},
    {DUBLIN_CORE, "identifier", SLOT_ID, 2},
    {ANY_OTHER, "origLink", SLOT_URL, 1}, /* FeedBurner's, whose links lead to itself */
    {OWN, "link", SLOT_URL, 2},
    {OWN, "pubDate", SLOT_PUBLISHED, 1},
    {OWN, "published", SLOT_PUBLISHED, 1},
    {OWN, "issued", SLOT_PUBLISHED, 2}, /* Atom 0.3 */
    {DUBLIN_CORE, "date", SLOT_PUBLISHED, 3},
    {DUBLIN_CORE, "issued", SLOT_PUBLISHED, 3},
    {DUBLIN_CORE, "created", SLOT_PUBLISHED, 4},
    {OWN, "updated", SLOT_PUBLISHED, 5},
    {OWN, "modified", SLOT_PUBLISHED, 5},
    {DUBLIN_CORE, "creator", SLOT_AUTHOR, 1},
    {OWN, "author", SLOT_AUTHOR, 2},
    {OWN, "language", SLOT_LANG, 1},
    {DUBLIN_CORE, "language", SLOT_LANG, 1},
    {OWN, "title", SLOT_TITLE, 1},
    {DUBLIN_CORE, "title", SLOT_TITLE, 2},
    {CONTENT, "encoded", SLOT_CONTENT, 1},
    {OWN, "content", SLOT_CONTENT, 1},
    {OWN, "description", SLOT_CONTENT, 1},
    {OWN, "summary", SLOT_CONTENT, 1},
    {DUBLIN_CORE, "description", SLOT_CONTENT, 2},
};

/* Bytes of a tag such as "zh-Hant-TW" (BCP 47), at most. */
enum { LONGEST_LANG = 35 };

typedef struct value {
    buffer text;
    int rank; /* 0: nothing is there */
} value;

struct rss {
    rss_options options;
    xmlParserCtxtPtr parser;
    void *context;
    bool is_out_of_memory;
    bool has_told;  /* that the XML is not well formed */
    int depth;      /* of the element that is open, from 1 */
    int item_depth; /* of the item that is open; 0: none is */
    int slot_depth; /* of the element of the slot that is open; 0: none is */
    int mute_depth; /* of the element in it whose text is not meant; 0: none is */
    uint64_t item_line;
    bool is_too_long; /* the item is */
    slot open;
    int open_rank;
    bool is_markup; /* elements in it are part of it, and what is text must not look like them */
    bool is_plain;  /* it is text, not HTML */
    bool content_is_plain;
    buffer text; /* of the open slot */
    value values[SLOT_COUNT];
    buffer lang; /* of the rss */
    buffer json;
    xmlEntity entity; /* the one that was asked for last */
    xmlChar entity_text[8];
};

/* ---- texts ----------------------------------------------------------------------- */

static void append(rss *self, buffer *out, const void *bytes, size_t n) {
    if (n > self->options.max_item - out->n)
        self->is_too_long = true;
    else if (!buffer_append(out, bytes, n))
        self->is_out_of_memory = true;
}

static void append_string(rss *self, buffer *out, const char *text) { append(self, out, text, strlen(text)); }

static flong_str trimmed(const buffer *b) { return text_trim((flong_str){b->p, b->n}); }

/* "mail@host (Name)" is how RSS has authors. */
static flong_str name_of_author(flong_str text) {
    const char *open = text.n ? memchr(text.p, '(', text.n) : NULL;
    if (!open || !memchr(text.p, '@', (size_t)(open - text.p)) || text.p[text.n - 1] != ')') return text;
    return text_trim((flong_str){open + 1, (size_t)(text.p + text.n - open) - 2});
}

static bool is_address(flong_str text) {
    return text.n > 8 && (memcmp(text.p, "http://", 7) == 0 || memcmp(text.p, "https://", 8) == 0);
}

/* ---- an item --------------------------------------------------------------------- */

static bool member_add(buffer *out, const char *key, flong_str text) {
    if (text.n == 0) return true;
    return buffer_append(out, out->n ? ",\"" : "{\"", 2) && buffer_append(out, key, strlen(key)) &&
           buffer_append(out, "\":", 2) && quote_append(out, text);
}

static flong_str slot_text(const rss *self, slot s) {
    return self->values[s].rank ? trimmed(&self->values[s].text) : (flong_str){NULL, 0};
}

/* The object; false when there is no memory. */
static bool item_write(rss *self) {
    flong_str id = slot_text(self, SLOT_ID), url = slot_text(self, SLOT_URL),
              lang = slot_text(self, SLOT_LANG);
    buffer *out = &self->json;
    if (url.n == 0 && is_address(id)) url = id;
    if (lang.n == 0) lang = trimmed(&self->lang);
    out->n = 0;
    return member_add(out, "id", id) && member_add(out, "url", url) &&
           member_add(out, "published", slot_text(self, SLOT_PUBLISHED)) &&
           member_add(out, "author", slot_text(self, SLOT_AUTHOR)) && member_add(out, "lang", lang) &&
           member_add(out, "title_html", slot_text(self, SLOT_TITLE)) &&
           member_add(out, self->content_is_plain ? "text" : "content_html", slot_text(self, SLOT_CONTENT)) &&
           buffer_append(out, out->n ? "}" : "{}", out->n ? 1 : 2);
}

/* Why the item cannot be read, or NULL. libxml2 lets bytes of other character sets through where it recovers. */
static const char *item_fault(const rss *self) {
    if (self->is_too_long || self->json.n > self->options.max_item) return self->options.too_long;
    return json_is_utf8(self->json.p, self->json.n) ? NULL
                                                    : "the item is not in the character set of the feed";
}

static void item_end(rss *self) {
    const rss_options *to = &self->options;
    bool done = item_write(self);
    const char *why = done ? item_fault(self) : NULL;
    self->item_depth = 0;
    if (why)
        done = to->bad(self->context, self->item_line, why);
    else if (done)
        done = to->item(self->context, (flong_str){self->json.p, self->json.n}, self->item_line);
    if (!done) self->is_out_of_memory = true;
}

static uint64_t line_of(const rss *self) {
    int line = xmlSAX2GetLineNumber(self->parser);
    return line > 0 ? (uint64_t)line : 1;
}

static void item_begin(rss *self) {
    self->item_depth = self->depth;
    self->item_line = line_of(self);
    self->is_too_long = false;
    for (size_t i = 0; i < SLOT_COUNT; i++) self->values[i].rank = 0;
}

/* ---- slots ----------------------------------------------------------------------- */

/* The first author is followed by others; of contents the longest is taken, of all else the first. */
static bool is_better(const value *old, slot s, int rank, size_t n) {
    if (old->rank != rank) return !old->rank || rank < old->rank;
    return s == SLOT_CONTENT && n > trimmed(&old->text).n;
}

static void value_set(rss *self, slot s, int rank, flong_str text) {
    value *v = &self->values[s];
    if (v->rank == rank && s == SLOT_AUTHOR) {
        append_string(self, &v->text, ", ");
        append(self, &v->text, text.p, text.n);
        return;
    }
    if (!is_better(v, s, rank, text.n)) return;
    v->text.n = 0;
    v->rank = rank;
    append(self, &v->text, text.p, text.n);
    if (s == SLOT_CONTENT) self->content_is_plain = self->is_plain && text.p[0] != '<';
}

static void rss_lang_set(rss *self, flong_str lang) {
    if (self->lang.n == 0 && lang.n <= LONGEST_LANG) append(self, &self->lang, lang.p, lang.n);
}

/* What was read of the open slot becomes its value, if it is better than what is there. */
static void slot_end(rss *self) {
    flong_str text = trimmed(&self->text);
    self->slot_depth = self->mute_depth = 0;
    if (text.n == 0) return;
    if (self->item_depth)
        value_set(self, self->open, self->open_rank, self->open == SLOT_AUTHOR ? name_of_author(text) : text);
    else
        rss_lang_set(self, text);
}

static void slot_begin(rss *self, slot s, int rank) {
    self->open = s;
    self->open_rank = rank;
    self->slot_depth = self->depth;
    self->text.n = 0;
    self->is_markup = self->is_plain = false;
}

/* ---- what libxml2 tells ----------------------------------------------------------- */

/* Attributes come in fives: name, prefix, address of the namespace, begin and end of the value. */
static flong_str attribute(int n, const xmlChar **attributes, const char *name) {
    for (int i = 0; i < n; i++) {
        const char *begin = (const char *)attributes[5 * i + 3], *end = (const char *)attributes[5 * i + 4];
        if (strcmp((const char *)attributes[5 * i], name) == 0)
            return (flong_str){begin, (size_t)(end - begin)};
    }
    return (flong_str){NULL, 0};
}

static bool is(flong_str text, const char *name) {
    return text.n == strlen(name) && memcmp(text.p, name, text.n) == 0;
}

static vocabulary vocabulary_of(const xmlChar *prefix, const xmlChar *address) {
    static const struct {
        const char *begin;
        vocabulary is;
    } known[] = {{"http://www.w3.org/2005/Atom", OWN},
                 {"http://purl.org/atom/ns#", OWN},
                 {"http://purl.org/rss/1.0/modules/content", CONTENT},
                 {"http://purl.org/rss/1.0/modules/", ANY_OTHER},
                 {"http://purl.org/rss/1.0", OWN},
                 {"http://my.netscape.com/rdf/simple/0.9/", OWN},
                 {"http://channel.netscape.com/rdf/simple/0.9/", OWN},
                 {"http://backend.userland.com/", OWN},
                 {"http://blogs.law.harvard.edu/tech/rss", OWN},
                 {"http://purl.org/dc/", DUBLIN_CORE}};
    const char *text = (const char *)address;
    for (size_t i = 0; text && i < sizeof known / sizeof *known; i++)
        if (strncmp(text, known[i].begin, strlen(known[i].begin)) == 0) return known[i].is;
    if (text || !prefix) return text ? ANY_OTHER : OWN;
    if (strcmp((const char *)prefix, "dc") == 0) return DUBLIN_CORE; /* whose address was forgotten */
    return strcmp((const char *)prefix, "content") == 0 ? CONTENT : ANY_OTHER;
}

/* Which slot an element of an item or of the feed fills. */
static const element *element_of(vocabulary of, const char *name) {
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (elements[i].of == of && strcmp(elements[i].name, name) == 0) return &elements[i];
    return NULL;
}

/* Atom's links have their address in an attribute, and those that do not lead to the article say so. */
static void link_take(rss *self, int n, const xmlChar **attributes) {
    flong_str address = attribute(n, attributes, "href"), rel = attribute(n, attributes, "rel");
    if (address.n && (rel.n == 0 || is(rel, "alternate"))) append(self, &self->text, address.p, address.n);
}

static void markup_begin(rss *self, const char *name) {
    self->is_markup = true;
    append_string(self, &self->text, "<");
    append_string(self, &self->text, name);
    append_string(self, &self->text, ">");
}

static void child_begin(rss *self, const element *e, int n, const xmlChar **attributes) {
    flong_str type = attribute(n, attributes, "type");
    slot_begin(self, e->slot, e->rank);
    if (e->slot == SLOT_URL) link_take(self, n, attributes);
    self->is_plain = is(type, "text") || is(type, "text/plain");
    self->is_markup =
        is(type, "xhtml") || is(type, "application/xhtml+xml") || (self->is_plain && e->slot == SLOT_TITLE);
}

/* An element within that of the open slot. */
static void inner_begin(rss *self, const char *name) {
    if (self->open == SLOT_CONTENT || self->open == SLOT_TITLE)
        markup_begin(self, name);
    else if (self->open == SLOT_AUTHOR && strcmp(name, "name") != 0 && !self->mute_depth)
        self->mute_depth = self->depth;
}

/* An attribute of an item, or of the feed, that says something of it. */
static void attributes_take(rss *self, int n, const xmlChar **attributes) {
    flong_str lang = attribute(n, attributes, "lang"), about = attribute(n, attributes, "about");
    if (self->item_depth && lang.n) value_set(self, SLOT_LANG, 2, lang);
    if (self->item_depth && about.n) value_set(self, SLOT_ID, 3, about); /* RSS 1.0 */
    if (!self->item_depth) rss_lang_set(self, lang);
}

static void outer_begin(rss *self, const char *name, vocabulary of, int n, const xmlChar **attributes) {
    if (!self->item_depth && of == OWN && (strcmp(name, "item") == 0 || strcmp(name, "entry") == 0)) {
        item_begin(self);
        attributes_take(self, n, attributes);
        return;
    }
    if (!self->item_depth && self->depth == 1) attributes_take(self, n, attributes);
    if (self->item_depth && self->depth != self->item_depth + 1) return;
    const element *e = element_of(of, name);
    if (e && (self->item_depth || e->slot == SLOT_LANG)) child_begin(self, e, n, attributes);
}

/* After the first fault libxml2 leaves out what entities stand for, unless it is told that there was none. */
static rss *go_on(void *context) {
    rss *self = context;
    self->parser->wellFormed = 1;
    if (self->is_out_of_memory) xmlStopParser(self->parser);
    return self;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *address,
                     int n_spaces, const xmlChar **spaces, int n, int n_defaulted,
                     const xmlChar **attributes) {
    rss *self = go_on(context);
    (void)n_spaces, (void)spaces, (void)n_defaulted;
    self->depth++;
    if (self->slot_depth)
        inner_begin(self, (const char *)name);
    else
        outer_begin(self, (const char *)name, vocabulary_of(prefix, address), n, attributes);
}

static void inner_end(rss *self, const char *name) {
    if (self->mute_depth == self->depth) self->mute_depth = 0;
    if (self->open != SLOT_CONTENT && self->open != SLOT_TITLE) return;
    append_string(self, &self->text, "</");
    append_string(self, &self->text, name);
    append_string(self, &self->text, ">");
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *address) {
    rss *self = go_on(context);
    (void)prefix, (void)address;
    if (self->slot_depth == self->depth)
        slot_end(self);
    else if (self->slot_depth)
        inner_end(self, (const char *)name);
    if (self->item_depth == self->depth) item_end(self);
    self->depth--;
}

static void on_text(void *context, const xmlChar *text, int n) {
    rss *self = go_on(context);
    if (!self->slot_depth || self->mute_depth) return;
    const char *p = (const char *)text, *end = p + n;
    while (self->is_markup && p < end) {
        const char *start = p;
        while (p < end && *p != '<' && *p != '&') p++;
        append(self, &self->text, start, (size_t)(p - start));
        if (p < end) append_string(self, &self->text, *p++ == '<' ? "&lt;" : "&amp;");
    }
    append(self, &self->text, p, (size_t)(end - p));
}

static int utf8_write(xmlChar *out, unsigned c) {
    if (c < 0x80) return out[0] = (xmlChar)c, 1;
    if (c < 0x800) return out[0] = (xmlChar)(0xC0 | c >> 6), out[1] = (xmlChar)(0x80 | (c & 63)), 2;
    out[0] = (xmlChar)(0xE0 | c >> 12);
    out[1] = (xmlChar)(0x80 | (c >> 6 & 63));
    out[2] = (xmlChar)(0x80 | (c & 63));
    return 3;
}

/* Feeds use the entities of HTML, which XML does not know. What a document declares itself is left out. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name) {
    rss *self = go_on(context);
    const htmlEntityDesc *found = htmlEntityLookup(name);
    if (!found || found->value > 0xFFFF) return NULL;
    int n = utf8_write(self->entity_text, found->value);
    self->entity_text[n] = 0;
    self->entity = (xmlEntity){.type = XML_ENTITY_DECL,
                               .name = BAD_CAST found->name,
                               .content = self->entity_text,
                               .length = n,
                               .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    return &self->entity;
}

enum { LONGEST_MESSAGE = 120 };

/* The first fault is told; libxml2 goes on as well as it can. */
static void on_error(void *context, xmlErrorPtr fault) {
    rss *self = context;
    if (fault->code == XML_ERR_NO_MEMORY) self->is_out_of_memory = true;
    if (fault->domain != XML_FROM_PARSER || fault->level < XML_ERR_ERROR || self->has_told) return;
    if (fault->code == XML_ERR_UNDECLARED_ENTITY) return;
    const char *message = fault->message ? fault->message : "";
    flong_str said = text_trim((flong_str){message, strlen(message)});
    if (said.n > LONGEST_MESSAGE || !json_is_utf8(said.p, said.n)) said.n = 0; /* it quotes the file */
    char why[LONGEST_MESSAGE + 100];
    snprintf(why, sizeof why, "damaged XML%s%.*s", said.n ? ": " : "", (int)said.n, said.p);
    self->has_told = true;
    if (!self->options.bad(self->context, fault->line > 0 ? (uint64_t)fault->line : 1, why))
        self->is_out_of_memory = true;
}

/* ---- a file ------------------------------------------------------------------------ */

static bool parser_make(rss *self) {
    xmlSAXHandler handler = {.startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text,
                             .getEntity = on_entity,
                             .serror = on_error,
                             .initialized = XML_SAX2_MAGIC};
    xmlInitParser();
    self->parser = xmlCreatePushParserCtxt(&handler, self, NULL, 0, NULL);
    /* Entities are replaced, but none is known other than on_entity's: those that a document declares stay with libxml2. */
    const int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT;
    return self->parser && xmlCtxtUseOptions(self->parser, options) == 0;
}

rss *rss_new(const rss_options *options) {
    rss *self = mem_new(1, sizeof *self);
    if (!self) return NULL;
    self->options = *options;
    if (parser_make(self)) return self;
    rss_free(self);
    return NULL;
}

void rss_free(rss *self) {
    if (!self) return;
    if (self->parser) xmlFreeDoc(self->parser->myDoc); /* in which it keeps what a document declares */
    xmlFreeParserCtxt(self->parser);
    for (size_t i = 0; i < SLOT_COUNT; i++) buffer_free(&self->values[i].text);
    buffer_free(&self->text);
    buffer_free(&self->lang);
    buffer_free(&self->json);
    mem_free(self);
}

/* libxml2 takes lengths as int, and 64 KiB at a time keep what it holds small. */
enum { PUSH_BYTES = 1 << 16 };

flong_status rss_push(rss *self, void *context, flong_str bytes, bool at_end, flong_error *error) {
    self->context = context;
    for (size_t at = 0; at < bytes.n && !self->is_out_of_memory; at += PUSH_BYTES) {
        size_t n = bytes.n - at < PUSH_BYTES ? bytes.n - at : PUSH_BYTES;
        xmlParseChunk(self->parser, bytes.p + at, (int)n, 0);
    }
    if (at_end && !self->is_out_of_memory) xmlParseChunk(self->parser, NULL, 0, 1);
    return self->is_out_of_memory ? error_nomem(error) : FLONG_OK;
}

bool rss_begins(flong_str head) {
    static const char *const roots[] = {"<rss", "<rdf:RDF", "<feed", "<atom:feed"};
    head = text_trim(head);
    if (head.n == 0 || head.p[0] != '<') return false;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        size_t n = strlen(roots[i]);
        const char *found = memmem(head.p, head.n, roots[i], n);
        if (found && (found + n == head.p + head.n || memchr(" \t\r\n>", found[n], 5))) return true;
    }
    return false;
}
