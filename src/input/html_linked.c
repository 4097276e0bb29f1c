#include "input/html_linked.h"

#include <string.h>

#include "input/html_entities.h"

void html_linked_free(html_linked *self) {
    json_free(self->json);
    buffer_free(&self->script);
    buffer_free(&self->names);
    buffer_free(&self->body);
}

/* ---- kinds of things ----------------------------------------------------- */

enum { THING_OTHER, THING_ARTICLE, THING_LIST, THING_PAGE };

static bool ends_with(flong_str text, const char *end) {
    size_t n = strlen(end);
    return text.n >= n && memcmp(text.p + text.n - n, end, n) == 0;
}

/* "NewsArticle", "http://schema.org/Article", "BlogPosting", "LiveBlogPosting". */
static int type_of(flong_str name) {
    static const char *const articles[] = {"Article", "BlogPosting", "SocialMediaPosting", "Report",
                                           "Review"};
    static const char *const lists[] = {"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (ends_with(name, articles[i])) return THING_ARTICLE;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (ends_with(name, lists[i])) return THING_LIST;
    return ends_with(name, "WebPage") ? THING_PAGE : THING_OTHER;
}

/* Of the object that is walked; of several types the one that says most. */
static int thing_type(html_linked *self) {
    json_value value;
    if (!json_seek(self->json, "@type")) return THING_OTHER;
    json_read(self->json, &value);
    if (value.kind == JSON_STRING) return type_of(value.string);
    int found = THING_OTHER;
    flong_str key;
    if (!json_enter(self->json)) return found;
    while (json_next(self->json, &key)) {
        json_read(self->json, &value);
        int type = value.kind == JSON_STRING ? type_of(value.string) : THING_OTHER;
        if (found == THING_OTHER || type == THING_ARTICLE) found = type;
    }
    json_leave(self->json);
    return found;
}

/* Recipes and the like are articles, too, where they have a headline and a date. */
static int thing_kind(html_linked *self) {
    int type = thing_type(self);
    bool is_work =
        type == THING_OTHER && json_seek(self->json, "headline") && json_seek(self->json, "datePublished");
    return is_work ? THING_ARTICLE : type;
}

/* ---- what an article says ------------------------------------------------ */

/* The string at a path of the object that is walked, with its character references decoded; empty: none. */
static flong_str string_at(html_linked *self, html_meta *meta, const char *path) {
    json_value value;
    self->body.n = 0;
    if (!json_seek(self->json, path)) return (flong_str){NULL, 0};
    json_read(self->json, &value);
    if (value.kind != JSON_STRING) return (flong_str){NULL, 0};
    if (!entities_append(&self->body, value.string)) meta->failed = true;
    return (flong_str){self->body.p, self->body.n};
}

static void offer(html_linked *self, html_meta *meta, meta_field field, unsigned rank, const char *path) {
    html_meta_offer(meta, field, META_RANK_LINKED + rank, string_at(self, meta, path));
}

static void offer_authors(html_linked *self, html_meta *meta) {
    self->names.n = self->body.n = 0;
    if (!json_seek(self->json, "author") && !json_seek(self->json, "creator")) return;
    if (!json_names(self->json, &self->names) ||
        !entities_append(&self->body, (flong_str){self->names.p, self->names.n}))
        meta->failed = true;
    flong_str names = {self->body.p, self->body.n};
    if (names.n > 4 && memcmp(names.p, "http", 4) == 0) return;
    html_meta_offer(meta, META_AUTHOR, META_RANK_LINKED, names);
}

static void offer_article(html_linked *self, html_meta *meta) {
    meta->articles++;
    offer(self, meta, META_TITLE, 1, "headline");
    offer(self, meta, META_TITLE, 2, "name");
    offer(self, meta, META_URL, META_RANK_TAGS + 5, "mainEntityOfPage.@id");
    offer(self, meta, META_URL, META_RANK_TAGS + 6, "mainEntityOfPage");
    offer(self, meta, META_URL, META_RANK_TAGS + 6, "url");
    offer(self, meta, META_LANG, 2, "inLanguage");
    offer(self, meta, META_BODY, 0, "articleBody");
    offer(self, meta, META_BODY, 1, "reviewBody");
    offer_authors(self, meta);
    html_meta_offer_date(meta, META_RANK_LINKED, string_at(self, meta, "datePublished"));
    html_meta_offer_date(meta, META_RANK_TAGS + 7, string_at(self, meta, "dateCreated"));
    html_meta_offer(meta, META_TYPE, META_RANK_LINKED, (flong_str){"article", 7});
}

static void offer_page(html_linked *self, html_meta *meta) {
    offer(self, meta, META_LANG, META_RANK_TAGS, "inLanguage");
    html_meta_offer_date(meta, META_RANK_TAGS + 7, string_at(self, meta, "datePublished"));
}

/* ---- the walk ------------------------------------------------------------ */

static bool is_one_of(flong_str key, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (key.n == strlen(list[i]) && memcmp(key.p, list[i], key.n) == 0) return true;
    return false;
}

/* Where the article of a page is found: not in lists of others, comments, or what it is a part of. */
static bool leads_to_article(flong_str key) {
    static const char *const keys[] = {"@graph", "mainEntity", "mainEntityOfPage", "review"};
    return is_one_of(key, keys, sizeof keys / sizeof *keys);
}

/* The object or list that was entered. Its depth is bounded by json_enter. */
static void walk(html_linked *self, html_meta *meta) {
    bool is_list = json_is_in_list(self->json);
    int type = is_list ? THING_OTHER : thing_kind(self);
    if (type == THING_ARTICLE) offer_article(self, meta);
    if (type == THING_ARTICLE) return;
    if (type == THING_PAGE) offer_page(self, meta);
    if (type == THING_LIST) html_meta_offer(meta, META_TYPE, META_RANK_TAGS + 5, (flong_str){"list", 4});
    for (flong_str key; json_next(self->json, &key);) {
        if (!(is_list || leads_to_article(key)) || !json_enter(self->json)) continue;
        walk(self, meta);
        json_leave(self->json);
    }
}

/* Control characters stand in strings where a page's author has put them; a comment or CDATA mark, or a semicolon,
 * around all of it. */
static bool script_set(html_linked *self, flong_str script) {
    static const char *const marks[] = {"<!--", "//<![CDATA[", "<![CDATA["};
    for (size_t changed = 1; changed--;) {
        while (script.n && (unsigned char)script.p[0] <= ' ')
            script = (flong_str){script.p + 1, script.n - 1};
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t n = strlen(marks[i]);
            if (script.n < n || memcmp(script.p, marks[i], n) != 0) continue;
            script = (flong_str){script.p + n, script.n - n};
            changed = 1;
        }
    }
    while (script.n && script.p[script.n - 1] != '}' && script.p[script.n - 1] != ']') script.n--;
    buffer *out = &self->script;
    out->n = 0;
    if (!buffer_append(out, "{\"@graph\":", 10) || !buffer_append(out, script.p, script.n)) return false;
    if (!buffer_append(out, "}", 1) || !buffer_reserve(out, JSON_PADDING)) return false;
    memset(out->p + out->n, 0, JSON_PADDING);
    for (size_t i = 0; i < out->n; i++)
        if ((unsigned char)out->p[i] < ' ') out->p[i] = ' ';
    return true;
}

bool html_linked_read(html_linked *self, html_meta *meta, flong_str script) {
    if (!script_set(self, script)) return false;
    const char *why;
    flong_status status = json_parse(self->json, &why, self->script.p, self->script.n);
    if (status == FLONG_OK) walk(self, meta);
    return status != FLONG_NOMEM && !meta->failed;
}
