#include "input/html_meta.h"

#include <string.h>

#include "input/date.h"
#include "input/site.h"

void html_meta_reset(html_meta *self) {
    arena_reset(&self->memory);
    *self = (html_meta){.memory = self->memory, .published = FLONG_NO_DATE};
}

void html_meta_free(html_meta *self) { arena_free(&self->memory); }

void html_meta_offer(html_meta *self, meta_field field, unsigned rank, flong_str value) {
    if (value.n) value = text_trim(value);
    flong_str *best = &self->best[field];
    if (value.n == 0 || (best->n && self->ranks[field] <= rank)) return;
    const char *copy = arena_copy(&self->memory, value.p, value.n);
    if (!copy) self->failed = true;
    if (!copy) return;
    *best = (flong_str){copy, value.n};
    self->ranks[field] = rank;
}

/* 1980: what is earlier was set by a clock that did not run, or stands for no date. */
static const int64_t EARLIEST = INT64_C(315532800);

void html_meta_offer_date(html_meta *self, unsigned rank, flong_str value) {
    int64_t date;
    if (self->published != FLONG_NO_DATE && self->published_rank <= rank) return;
    if (value.n == 0 || !date_parse(&date, text_trim(value)) || date < EARLIEST) return;
    self->published = date;
    self->published_rank = rank;
}

/* ---- <meta> -------------------------------------------------------------- */

enum { META_DATE = META_FIELDS };

typedef struct meta_name {
    const char *name; /* of name, property or itemprop, in lower case */
    uint8_t field;
    uint8_t rank; /* behind META_RANK_TAGS */
} meta_name;

/* OpenGraph, Dublin Core, Highwire (citation_), and what the analysts of newspapers (Parsely, Sailthru) and
 * single ones of them ask for. */
static const meta_name names[] = {
    {"og:title", META_SOCIAL_TITLE, 1},
    {"parsely-title", META_TITLE, 2},
    {"sailthru.title", META_TITLE, 3},
    {"citation_title", META_TITLE, 3},
    {"headline", META_TITLE, 0},
    {"hdl", META_TITLE, 2},
    {"dc.title", META_TITLE, 4},
    {"dcterms.title", META_TITLE, 4},
    {"twitter:title", META_SOCIAL_TITLE, 5},
    {"title", META_TITLE, 6},
    {"og:url", META_URL, 1},
    {"og:site_name", META_SITE_NAME, 0},
    {"application-name", META_SITE_NAME, 1},
    {"og:type", META_TYPE, 0},
    {"article:published_time", META_DATE, 0},
    {"article:published", META_DATE, 1},
    {"og:published_time", META_DATE, 1},
    {"og:article:published_time", META_DATE, 1},
    {"datepublished", META_DATE, 1},
    {"parsely-pub-date", META_DATE, 2},
    {"sailthru.date", META_DATE, 2},
    {"citation_publication_date", META_DATE, 3},
    {"citation_date", META_DATE, 4},
    {"dc.date.issued", META_DATE, 3},
    {"dcterms.issued", META_DATE, 3},
    {"dcterms.date", META_DATE, 4},
    {"dcterms.created", META_DATE, 4},
    {"dc.date.created", META_DATE, 4},
    {"dc.date", META_DATE, 4},
    {"dc.created", META_DATE, 4},
    {"cxenseparse:recs:publishtime", META_DATE, 3},
    {"article.published", META_DATE, 3},
    {"published-date", META_DATE, 4},
    {"publish-date", META_DATE, 4},
    {"publish_date", META_DATE, 4},
    {"published_date", META_DATE, 4},
    {"publication_date", META_DATE, 4},
    {"publishdate", META_DATE, 4},
    {"pubdate", META_DATE, 4},
    {"pdate", META_DATE, 5},
    {"ptime", META_DATE, 4},
    {"cms/date", META_DATE, 5},
    {"displaydate", META_DATE, 5},
    {"rnews:datepublished", META_DATE, 3},
    {"originalpublicationdate", META_DATE, 3},
    {"article_date_original", META_DATE, 3},
    {"date", META_DATE, 6},
    {"og:description", META_DESCRIPTION, 0},
    {"description", META_DESCRIPTION, 1},
    {"article:author", META_AUTHOR, 3},
    {"author", META_AUTHOR, 1},
    {"byl", META_AUTHOR, 1},
    {"parsely-author", META_AUTHOR, 2},
    {"sailthru.author", META_AUTHOR, 2},
    {"citation_author", META_AUTHOR, 2},
    {"dc.creator", META_AUTHOR, 4},
    {"dcterms.creator", META_AUTHOR, 4},
    {"dc.language", META_LANG, 4},
    {"og:locale", META_LANG, 3},
    {"inlanguage", META_LANG, 1},
    {"language", META_LANG, 4},
    {"content-language", META_LANG, 4},
};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool same_name(const char *name, const char *wanted) {
    size_t i = 0;
    while (wanted[i] && lower(name[i]) == wanted[i]) i++;
    return !wanted[i] && !name[i];
}

/* Facebook asks for the address of the author, not the name. */
static bool is_address(flong_str value) { return value.n > 4 && memcmp(value.p, "http", 4) == 0; }

static void take(html_meta *self, const char *name, flong_str value) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const meta_name *row = &names[i];
        if (lower(name[0]) != row->name[0] || !same_name(name, row->name)) continue;
        unsigned rank = META_RANK_TAGS + row->rank;
        if (row->field == META_DATE)
            html_meta_offer_date(self, rank, value);
        else if (row->field != META_AUTHOR || !is_address(text_trim(value)))
            html_meta_offer(self, (meta_field)row->field, rank, value);
        return;
    }
}

void html_meta_take_meta(html_meta *self, const html_attributes *a) {
    if (!a->content) return;
    flong_str value = {a->content, strlen(a->content)};
    const char *given[] = {a->property, a->name, a->itemprop, a->equiv};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i]) take(self, given[i], value);
}

void html_meta_take_link(html_meta *self, const html_attributes *a) {
    if (!a->rel || !a->href || !same_name(a->rel, "canonical")) return;
    html_meta_offer(self, META_URL, META_RANK_TAGS, (flong_str){a->href, strlen(a->href)});
}
