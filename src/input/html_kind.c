#include "input/html_kind.h"

#include <string.h>

#include "input/html_tags.h"

/* What speaks for an article and for a list: points, because pages keep to no rule. An article may call itself a
 * website, a front page may have JSON-LD of its first article, and any page ends in a list of others. */

enum {
    TEXT_LEAST = 140,  /* bytes of prose: less is no article unless the page states that it is one */
    STATED_LEAST = 40, /* bytes of prose of a page that states it */
    TEXT_ALONE = 300,  /* prose that makes an article where there are few links beside */
    TEXT_MUCH = 1000,  /* prose that lists rarely have in one piece */
    TEASER_LEAST = 20, /* bytes of a link that can be a headline */
    TEASERS_MANY = 8,
    SLUG_HYPHENS = 3, /* in the last part of an article's path */
};

/* ---- the url ------------------------------------------------------------- */

static flong_str path_of(flong_str url) {
    const char *host = url.n > 8 ? memmem(url.p, url.n, "://", 3) : NULL;
    const char *slash = host ? memchr(host + 3, '/', url.n - (size_t)(host + 3 - url.p)) : NULL;
    if (!slash) return (flong_str){NULL, 0};
    size_t n = 0, left = url.n - (size_t)(slash - url.p);
    while (n < left && slash[n] != '?' && slash[n] != '#') n++;
    while (n && slash[n - 1] == '/') n--;
    return (flong_str){slash, n};
}

/* Whether a part of the path is one of these words. */
static bool path_has(flong_str path, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(words[i]);
        for (size_t at = 0; at + length + 1 <= path.n; at++) {
            bool ends = at + length + 1 == path.n || path.p[at + length + 1] == '/';
            if (path.p[at] == '/' && ends && memcmp(path.p + at + 1, words[i], length) == 0) return true;
        }
    }
    return false;
}

static bool is_list_path(flong_str path) {
    static const char *const words[] = {
        "tag",     "tags",     "topic", "topics", "category", "categories", "author",    "authors", "search",
        "archive", "archives", "page",  "latest", "thema",    "index.html", "index.php", "home"};
    return path_has(path, words, sizeof words / sizeof *words);
}

/* The last part has the words of a headline, or a number. */
static bool is_article_path(flong_str path) {
    size_t hyphens = 0, digits = 0, at = path.n;
    while (at && path.p[at - 1] != '/') {
        char c = path.p[--at];
        hyphens += c == '-' || c == '_';
        digits += c >= '0' && c <= '9';
    }
    return hyphens >= SLUG_HYPHENS || digits >= 5;
}

/* ---- what is shown ------------------------------------------------------- */

typedef struct shown {
    size_t prose;     /* bytes of the body's prose */
    size_t lines;     /* of it */
    size_t teasers;   /* headings that are links, within the part of the page that holds the body */
    size_t headings;  /* the same on the whole page */
    size_t headlines; /* lines that are links and long enough for a headline, on the whole page */
} shown;

static bool is_link(const html_line *line) {
    return line->linked * 10 > line->n * 8 && line->n >= TEASER_LEAST;
}

/* A heading, or what stands in one. */
static bool is_heading(const html_tree *tree, const html_line *line) {
    const html_node *node = &tree->nodes[line->node];
    return node->does & TAG_HEADING || tree->nodes[node->parent].does & TAG_HEADING;
}

static shown shown_count(const html_tree *tree, const html_body *body) {
    shown all = {0};
    size_t first = tree->n_lines, last = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        if (!(body->lines[i] & BODY_LINE_CHOSEN) || !(body->lines[i] & BODY_LINE_PROSE)) continue;
        all.prose += tree->lines[i].n;
        all.lines++;
        first = i < first ? i : first;
        last = i;
    }
    for (size_t i = 0; i < tree->n_lines; i++) {
        const html_line *line = &tree->lines[i];
        if (!is_link(line)) continue;
        all.headlines++;
        if (!is_heading(tree, line)) continue;
        all.headings++;
        all.teasers += i >= first && i <= last;
    }
    return all;
}

static bool title_begins(flong_str title, const char *word) {
    size_t n = strlen(word), i = 0;
    for (; i < n && i < title.n; i++)
        if ((title.p[i] >= 'A' && title.p[i] <= 'Z' ? title.p[i] + 32 : title.p[i]) != word[i]) return false;
    return i == n;
}

/* Of a page with little text. */
static bool is_error(flong_str title) {
    static const char *const words[] = {
        "404",       "403",           "410",     "500",     "503",           "page not found", "not found",
        "forbidden", "access denied", "error 4", "error 5", "just a moment", "301 moved",      "302 found"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (title_begins(title, words[i])) return true;
    return false;
}

/* ---- the verdict --------------------------------------------------------- */

static bool type_is(const html_tree *tree, const char *type) {
    flong_str stated = tree->meta.best[META_TYPE];
    size_t n = strlen(type);
    return stated.n >= n && memcmp(stated.p, type, n) == 0;
}

static int points(const shown *all, const page *p, const html_tree *tree) {
    flong_str path = path_of(p->url);
    int sum = 0;
    if (tree->meta.articles > 0) sum += 3;
    if (tree->meta.articles == 0 && type_is(tree, "article")) sum += 2;
    if (type_is(tree, "list")) sum -= 2;
    if (p->published != FLONG_NO_DATE) sum += 1;
    if (is_article_path(path)) sum += 2;
    if (p->url.n && path.n == 0) sum -= 4;
    if (is_list_path(path)) sum -= 3;
    if (all->prose >= TEXT_MUCH) sum += 2;
    if (all->prose >= 3 * TEXT_MUCH) sum += 1;
    if (all->prose >= TEXT_ALONE && all->headlines < TEASERS_MANY) sum += 1;
    if (all->teasers >= TEASERS_MANY && all->teasers * 2 > all->lines) sum -= 4;
    if (all->headlines > 40 && all->headlines > all->lines * 8) sum -= 1;
    return sum;
}

page_kind html_kind(const char **why, const page *p, const html_tree *tree, const html_body *body) {
    shown all = shown_count(tree, body);
    if (body->is_teaser && p->text.n > all.prose) all.prose = p->text.n;
    bool is_stated = tree->meta.articles > 0 || type_is(tree, "article");
    bool has_text = all.prose >= (is_stated ? STATED_LEAST : TEXT_LEAST);
    *why = NULL;
    if (has_text && points(&all, p, tree) > 0) return PAGE_ARTICLE;
    if (!has_text && is_error(p->title)) {
        *why = "an error page";
        return PAGE_OTHER;
    }
    bool is_list = all.headings >= TEASERS_MANY || all.headlines >= 2 * TEASERS_MANY ||
                   (has_text && all.headlines >= TEASERS_MANY);
    if (is_list && !(is_stated && !has_text)) {
        *why = "a list of articles, not an article";
        return PAGE_LIST;
    }
    *why = has_text ? "no sign of an article: neither what the page states nor its url nor much text"
                    : "no text of an article";
    return PAGE_OTHER;
}
