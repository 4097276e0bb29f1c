#include "input/html_facts.h"

#include <string.h>

#include "input/date.h"
#include "input/html_entities.h"
#include "input/html_tags.h"

void html_facts_free(html_facts *self) {
    buffer_free(&self->url);
    buffer_free(&self->title);
    buffer_free(&self->author);
    buffer_free(&self->spare);
}

static flong_str buffer_str(const buffer *b) { return (flong_str){b->p, b->n}; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool begins(flong_str text, const char *word) {
    size_t n = strlen(word), i = 0;
    while (i < n && i < text.n && lower(text.p[i]) == word[i]) i++;
    return i == n;
}

/* ---- url and site -------------------------------------------------------- */

static bool is_absolute(flong_str url) { return begins(url, "http://") || begins(url, "https://"); }

/* Bytes of "https://host" in a url. */
static size_t origin_length(flong_str url) {
    const char *slash = memchr(url.p + 8, '/', url.n - 8);
    return slash ? (size_t)(slash - url.p) : url.n;
}

/* A url that begins with the host or the path, made whole by that of the page. Empty: it cannot be. */
static bool resolve(buffer *out, flong_str url, flong_str base) {
    out->n = 0;
    if (is_absolute(url)) return buffer_append(out, url.p, url.n);
    if (url.n == 0 || url.p[0] != '/' || !is_absolute(base) || base.n < 9) return true;
    const char *colon = memchr(base.p, ':', base.n);
    bool has_host = url.n > 1 && url.p[1] == '/';
    size_t kept = has_host ? (size_t)(colon - base.p) + 1 : origin_length(base);
    return buffer_append(out, base.p, kept) && buffer_append(out, url.p, url.n);
}

/* Whether a url is nothing but a host: some pages name the front page as their canonical url. */
static bool is_front(flong_str url) {
    return is_absolute(url) && url.n > 8 && url.n - origin_length(url) <= 1;
}

static bool url_find(html_facts *self, page *out, const html_tree *tree, flong_str hint) {
    if (!resolve(&self->url, tree->meta.best[META_URL], hint)) return false;
    out->url = buffer_str(&self->url);
    if (out->url.n == 0 || (is_front(out->url) && hint.n && !is_front(hint))) out->url = hint;
    if (!site_from_url(&out->site, self->site, out->url)) site_from_url(&out->site, self->site, hint);
    return true;
}

/* ---- title --------------------------------------------------------------- */

enum { HEADLINE_LEAST = 8, TITLE_MOST = 500 };

/* The text of a place on one line. False when there is no memory. */
static bool place_text(buffer *out, const html_tree *tree, const html_place *place) {
    out->n = 0;
    if (place->end > place->begin &&
        !buffer_append(out, tree->text.p + place->begin, place->end - place->begin))
        return false;
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] == '\n') out->p[i] = ' ';
    flong_str text = out->n ? text_trim(buffer_str(out)) : (flong_str){NULL, 0};
    if (text.n) memmove(out->p, text.p, text.n);
    out->n = text.n;
    return true;
}

/* The next letter or digit, or byte of a character that is neither ASCII nor general punctuation, in lower case: what
 * two spellings of a title have in common. 0: there is none. */
static char fold_next(flong_str text, size_t *at) {
    while (*at < text.n) {
        char c = lower(text.p[(*at)++]);
        bool is_sign = c == '\xE2' && *at + 1 < text.n && (text.p[*at] == '\x80' || text.p[*at] == '\x81');
        if (is_sign)
            *at += 2;
        else if ((unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || is_digit(c))
            return c;
    }
    return 0;
}

/* Whether a title begins with another one, signs aside. */
static bool title_begins(flong_str title, flong_str part) {
    size_t i = 0, j = 0;
    for (char c; (c = fold_next(part, &j));)
        if (fold_next(title, &i) != c) return false;
    return part.n > 0;
}

static bool is_same(flong_str x, flong_str y) { return title_begins(x, y) && title_begins(y, x); }

/* Whether it has it at the beginning of a word. Titles are cut to TITLE_MOST bytes: it takes quadratic time. */
static bool title_has(flong_str title, flong_str part) {
    if (title.n > TITLE_MOST) title.n = TITLE_MOST;
    if (part.n == 0 || part.n > title.n + title.n / 2) return false;
    for (size_t i = 0; i < title.n; i++)
        if ((i == 0 || title.p[i - 1] == ' ') && title_begins((flong_str){title.p + i, title.n - i}, part))
            return true;
    return false;
}

/* Length of the separator between a headline and the name of the site that begins at p: " | ", " - " and the like. */
static size_t separator_at(const char *p, size_t n) {
    static const char *const signs[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " « ",
                                        " · ", " • ", " › ", " < ", " / ",  " ~ "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        if (n >= length && memcmp(p, signs[i], length) == 0) return length;
    }
    return 0;
}

/* Whether a part of a title is the site's name: by what the page calls its site, or as its host begins. */
static bool is_site_name(flong_str name, flong_str site_name, flong_str site) {
    if (title_has(name, site_name) || title_has(site_name, name)) return true;
    if (begins(name, "the ")) name = (flong_str){name.p + 4, name.n - 4};
    return name.n >= 3 && (title_begins(site, name) || title_has(name, site));
}

/* Without what stands behind the last separator where that is the site, or the title came from <title> and is short
 * enough to be a section's name. */
static flong_str without_site(flong_str title, flong_str site_name, flong_str site, bool is_page_title) {
    for (int round = 0; round < 3; round++) {
        size_t at = 0, length = 0;
        for (size_t i = 1; i < title.n; i++) {
            size_t found = separator_at(title.p + i, title.n - i);
            if (found) at = i, length = found;
        }
        if (!length) break;
        flong_str tail = {title.p + at + length, title.n - at - length};
        bool is_bar = memchr("|\xC2", title.p[at + 1], 2) != NULL;
        bool is_name =
            is_site_name(tail, site_name, site) || (is_page_title && (round > 0 || is_bar) && tail.n < at);
        if (!is_name) break;
        title.n = at;
    }
    return title;
}

/* Whether a heading is one of the titles that are stated, or a part of it, or goes on behind it. */
static bool is_stated(flong_str shown, const flong_str *stated, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (stated[i].n == 0) continue;
        if (title_begins(stated[i], shown) ||
            (stated[i].n >= HEADLINE_LEAST && title_begins(shown, stated[i])))
            return true;
        if (shown.n >= 2 * HEADLINE_LEAST && title_has(stated[i], shown)) return true;
    }
    return false;
}

/* The headline that the page shows: the first <h1>, or what is marked as one, that is stated, too. */
static bool headline_find(html_facts *self, const html_tree *tree, const flong_str *stated, size_t n,
                          bool *found) {
    *found = false;
    for (size_t i = 0; i < tree->n_places && !*found; i++) {
        const html_place *place = &tree->places[i];
        if (place->kind != PLACE_H1 && place->kind != PLACE_HEADLINE) continue;
        if (place->end - place->begin > TITLE_MOST) continue;
        if (!place_text(&self->title, tree, place)) return false;
        *found = self->title.n >= HEADLINE_LEAST && is_stated(buffer_str(&self->title), stated, n);
    }
    return true;
}

static bool page_title_find(html_facts *self, const html_tree *tree) {
    self->spare.n = 0;
    for (size_t i = 0; i < tree->n_places; i++)
        if (tree->places[i].kind == PLACE_TITLE) return place_text(&self->spare, tree, &tree->places[i]);
    return true;
}

/* The first <h1>, where the head says nothing. */
static bool first_heading(html_facts *self, const html_tree *tree) {
    self->title.n = 0;
    for (size_t i = 0; i < tree->n_places && self->title.n == 0; i++)
        if (tree->places[i].kind == PLACE_H1 && !place_text(&self->title, tree, &tree->places[i]))
            return false;
    return true;
}

/* Replaces *out by a title, references in it decoded, blanks collapsed; the title may be what is replaced. */
static bool title_set(buffer *out, flong_str title) {
    flong_str kept = title.n ? text_trim(title) : title;
    buffer fresh = {0};
    bool done = entities_append(&fresh, kept);
    size_t n = 0;
    for (size_t i = 0; done && i < fresh.n; i++) {
        char c = (unsigned char)fresh.p[i] < ' ' ? ' ' : fresh.p[i];
        if (c != ' ' || (n && fresh.p[n - 1] != ' ')) fresh.p[n++] = c;
    }
    fresh.n = n;
    buffer_free(out);
    *out = fresh;
    return done;
}

/* The best of what is stated. */
static flong_str stated_title(const html_meta *meta, flong_str page_title, flong_str site) {
    flong_str title = meta->best[META_SOCIAL_TITLE], site_name = meta->best[META_SITE_NAME];
    if (title.n == 0 || is_same(title, site_name) || is_same(title, site)) title = meta->best[META_TITLE];
    if (title.n) return without_site(title, site_name, site, false);
    return without_site(page_title, site_name, site, true);
}

static bool title_find(html_facts *self, page *out, const html_tree *tree) {
    const html_meta *meta = &tree->meta;
    bool shown;
    if (!page_title_find(self, tree)) return false;
    flong_str page_title = buffer_str(&self->spare);
    const flong_str stated[] = {meta->best[META_SOCIAL_TITLE], meta->best[META_TITLE], page_title};
    if (!headline_find(self, tree, stated, 3, &shown)) return false;
    if (!shown) {
        self->title.n = 0;
        flong_str title = stated_title(meta, page_title, out->site);
        if (title.n == 0 || is_same(title, meta->best[META_SITE_NAME]) || is_same(title, out->site))
            if (!first_heading(self, tree)) return false;
        if (self->title.n == 0 && !title_set(&self->title, title)) return false;
    } else if (!title_set(&self->title, buffer_str(&self->title))) {
        return false;
    }
    out->title = self->title.n ? text_trim(buffer_str(&self->title)) : (flong_str){NULL, 0};
    return true;
}

/* ---- author, language, date ---------------------------------------------- */

enum { AUTHOR_MOST = 200 };

static flong_str cut_by(flong_str author) {
    static const char *const words[] = {"view all posts by ",
                                        "posts by ",
                                        "posted by ",
                                        "written by ",
                                        "story by ",
                                        "by ",
                                        "by: ",
                                        "von ",
                                        "por ",
                                        "par "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(author, words[i])) {
            size_t n = strlen(words[i]);
            author = text_trim((flong_str){author.p + n, author.n - n});
            break;
        }
    const char *bar = author.n ? memmem(author.p, author.n, " | ", 3) : NULL;
    if (bar && bar > author.p) author.n = (size_t)(bar - author.p);
    return author;
}

static bool author_find(html_facts *self, page *out, const html_tree *tree) {
    static const place_kind kinds[] = {PLACE_AUTHOR, PLACE_BYLINE};
    flong_str stated = tree->meta.best[META_AUTHOR];
    self->author.n = 0;
    if (stated.n && !title_set(&self->author, stated)) return false;
    for (size_t k = 0; k < 2 && self->author.n == 0; k++)
        for (size_t i = 0; i < tree->n_places && self->author.n == 0; i++) {
            if (tree->places[i].kind != kinds[k]) continue;
            if (!place_text(&self->author, tree, &tree->places[i])) return false;
            if (self->author.n > AUTHOR_MOST) self->author.n = 0;
        }
    out->author = self->author.n ? cut_by(text_trim(buffer_str(&self->author))) : (flong_str){NULL, 0};
    return true;
}

static bool is_lang_sign(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) || c == '-' || c == '_';
}

/* As BCP 47 writes it. */
static void lang_find(html_facts *self, page *out, const html_tree *tree) {
    flong_str stated = tree->meta.best[META_LANG];
    size_t n = 0;
    for (; n < stated.n && n < sizeof self->lang && is_lang_sign(stated.p[n]); n++)
        self->lang[n] = stated.p[n] == '_' ? '-' : stated.p[n];
    out->lang = (flong_str){self->lang, n};
}

/* "/2024/05/02/" or "/2024-05-02" in a url. */
static bool date_of_url(int64_t *out, flong_str url) {
    for (size_t i = 0; i + 11 <= url.n; i++) {
        const char *p = url.p + i;
        bool has_digits = p[0] == '/' && (p[1] == '1' || p[1] == '2') && is_digit(p[2]) && is_digit(p[3]) &&
                          is_digit(p[4]) && p[5] == p[8] && (p[5] == '/' || p[5] == '-') && is_digit(p[6]) &&
                          is_digit(p[7]) && is_digit(p[9]) && is_digit(p[10]);
        if (has_digits && date_parse(out, (flong_str){p + 1, 10})) return true;
    }
    return false;
}

/* Without what stands before a date: "Published", "Updated:", "Posted on". */
static flong_str cut_words(flong_str text) {
    while (text.n && !is_digit(text.p[0])) {
        int64_t ignored;
        if (date_parse(&ignored, text)) break;
        const char *blank = memchr(text.p, ' ', text.n);
        size_t n = blank ? (size_t)(blank - text.p) + 1 : text.n;
        text = (flong_str){text.p + n, text.n - n};
    }
    return text;
}

/* The first date that stands in a place made for one, or in the lines around the beginning of the body. */
static bool date_shown(html_facts *self, int64_t *out, const html_tree *tree, const html_body *body) {
    for (size_t i = 0; i < tree->n_places; i++) {
        if (tree->places[i].kind != PLACE_DATE) continue;
        if (!place_text(&self->spare, tree, &tree->places[i])) return false;
        if (self->spare.n <= 60 && date_parse(out, cut_words(buffer_str(&self->spare)))) return true;
    }
    size_t first = 0;
    while (first < tree->n_lines && !(body->lines[first] & BODY_LINE_CHOSEN)) first++;
    for (size_t i = first < 12 ? 0 : first - 12; i < first && first < tree->n_lines; i++)
        if (tree->lines[i].n <= 60 && date_parse(out, cut_words(html_line_text(tree, &tree->lines[i]))))
            return true;
    return true;
}

static bool date_find(html_facts *self, page *out, const html_tree *tree, const html_body *body) {
    out->published = tree->meta.published;
    if (out->published != FLONG_NO_DATE) return true;
    if (!date_shown(self, &out->published, tree, body)) return false;
    if (out->published == FLONG_NO_DATE) date_of_url(&out->published, out->url);
    return true;
}

bool html_facts_find(html_facts *self, page *out, const html_tree *tree, const html_body *body,
                     const page_hints *hints) {
    lang_find(self, out, tree);
    return url_find(self, out, tree, hints->url) && title_find(self, out, tree) &&
           author_find(self, out, tree) && date_find(self, out, tree, body);
}
