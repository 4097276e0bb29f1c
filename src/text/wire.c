#include "text/wire.h"

#include <string.h>

#include "text/wire_rules.h"

const char *wire_credit_kind_name(wire_credit_kind kind) {
    static const char *const names[] = {
#define NAME_OF(name, text) text,
        WIRE_CREDIT_MAP(NAME_OF)
#undef NAME_OF
    };
    return names[kind];
}

/* ---- marks --------------------------------------------------------------------------------- */

enum { MARKS = 32, MARK_TOKENS = 80 };

/* Ranges of tokens that are left out of the sketch. */
typedef struct mark {
    size_t first, end;
} mark;

typedef struct marks {
    mark list[MARKS];
    size_t n;
} marks;

/* More tokens than a notice has are not one: something was read wrongly, and the text stays. */
static void marks_add(marks *m, size_t first, size_t end) {
    if (m->n < MARKS && first < end && end - first <= MARK_TOKENS) m->list[m->n++] = (mark){first, end};
}

/* The first unit that ends behind a token. */
static size_t unit_of(const article *a, size_t at) {
    size_t low = 0, high = a->n_units;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->units[middle].first + a->units[middle].n <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool unit_cut(article *a, size_t at) {
    size_t u = unit_of(a, at);
    return u == a->n_units || a->units[u].first >= at || article_split(a, u, (uint32_t)at);
}

static bool marks_set(const marks *m, article *a) {
    for (size_t i = 0; i < m->n; i++) {
        if (!unit_cut(a, m->list[i].first) || !unit_cut(a, m->list[i].end)) return false;
        for (size_t u = unit_of(a, m->list[i].first); u < a->n_units && a->units[u].first < m->list[i].end;
             u++)
            a->units[u].credit = true;
    }
    return true;
}

/* ---- what needs no agency ------------------------------------------------------------------ */

enum { BYLINE_TOKENS = 12, SENTENCE_TOKENS = 40 };

/* "By Ann Example" as a line. */
static void byline_mark(const wire_scan *s, marks *m, size_t by) {
    size_t end = wire_line_end(s, by);
    if (!wire_begins_line(s, by) || end - by > BYLINE_TOKENS || end - by < 2) return;
    for (size_t i = by + 1; i < end; i++) {
        int kind = wire_kind_at(s, i);
        if (kind < 0 && !wire_is_capital(s, i) && !wire_is_number(s, i)) return;
    }
    marks_add(m, by, end);
}

/* "(Reporting by ...; Editing by ...)" */
static void reporting_mark(const wire_scan *s, marks *m, size_t i) {
    size_t end = i, edge_mark;
    edge left = wire_left(s, s->tokens[i].begin, &edge_mark);
    if (left == EDGE_WORD || left == EDGE_GLUE) return;
    size_t last = left == EDGE_PAREN ? wire_line_end(s, i) : wire_sentence_end(s, i);
    while (end < last && end - i < MARK_TOKENS && wire_right(s, s->tokens[end].end, &edge_mark) != EDGE_PAREN)
        end++;
    if (end < last)
        marks_add(m, i, end + 1);
    else if (left != EDGE_PAREN && last - i <= SENTENCE_TOKENS)
        marks_add(m, i, last);
}

static void sentence_mark(const wire_scan *s, marks *m, size_t i) {
    size_t first = wire_sentence_first(s, i), end = wire_sentence_end(s, i);
    if (end - first <= SENTENCE_TOKENS) marks_add(m, first, end);
}

/* "This story first appeared on ...", "Originally published by ...": the piece itself is spoken of. */
static void origin_mark(const wire_scan *s, marks *m, size_t i) {
    if (wire_speaks_of_piece(s, wire_sentence_first(s, i), i)) sentence_mark(s, m, i);
}

static void copyright_mark(const wire_scan *s, marks *m, size_t i) {
    if (i >= s->tail_first && i + 1 < s->end && wire_is_number(s, i + 1))
        marks_add(m, i, wire_sentence_end(s, i));
}

static void contributed_mark(const wire_scan *s, marks *m, size_t i) {
    for (size_t k = i + 1; k < s->end && k < i + 5; k++)
        if (wire_kind_at(s, k) == CUE_PIECE) sentence_mark(s, m, i);
}

static void cue_mark(const wire_scan *s, marks *m, const hit *h) {
    switch (h->word->kind) {
    case CUE_BY:
        byline_mark(s, m, h->first);
        break;
    case CUE_REPORTING:
        reporting_mark(s, m, h->first);
        break;
    case CUE_ORIGIN:
        origin_mark(s, m, h->first);
        break;
    case CUE_COPYRIGHT:
        copyright_mark(s, m, h->first);
        break;
    case CUE_CONTRIBUTED:
        contributed_mark(s, m, h->first);
        break;
    case CUE_RIGHTS:
        sentence_mark(s, m, h->first);
        break;
    default:
        break;
    }
}

/* "BEIJING -- ..." where no agency is named: the first of the head's lines that begins with a dateline. */
static void dateline_mark(const wire_scan *s, marks *m, flong_str *place) {
    for (size_t i = s->first; i < s->head_end; i++) {
        if (!(i == s->first || s->tokens[i].before & TOKEN_LINE) || !wire_is_shouted(s, i) ||
            !wire_begins_line(s, i))
            continue;
        size_t end = wire_dateline_at(s, i, place);
        if (end == i) continue;
        marks_add(m, i, end);
        return;
    }
}

/* ---- credits ------------------------------------------------------------------------------- */

static flong_str group_text(const wire_scan *s, const wire_group *g) {
    size_t begin = s->tokens[g->first].begin;
    return (flong_str){s->body + begin, s->tokens[g->end - 1].end - begin};
}

static void credit_take(wire_credit *out, const wire_scan *s, const wire_group *g, const wire_verdict *v) {
    const agency *named = g->word ? g->word->agency : NULL;
    if (out->kind == WIRE_NONE || (named && !out->agency) ||
        (!named == !out->agency && v->kind < out->kind)) {
        out->agency = named;
        out->kind = v->kind;
        out->credit = group_text(s, g);
    }
    if (!out->place.n) out->place = v->place;
}

static void article_credits(const wire_scan *s, wire_credit *out, marks *m) {
    for (size_t h = 0; h < s->n_hits;) {
        if (s->hits[h].word->kind != WORD_AGENCY) {
            cue_mark(s, m, &s->hits[h++]);
            continue;
        }
        wire_group g = wire_group_at(s, h);
        wire_verdict v = wire_judge(s, &g);
        h = g.hit_end;
        if (v.kind == WIRE_NONE) continue;
        credit_take(out, s, &g, &v);
        marks_add(m, v.first, v.end);
    }
    if (!out->place.n) dateline_mark(s, m, &out->place);
}

bool wire_find(wire_credit *out, article *a, flong_str body, const wire_lexicon *lexicon) {
    wire_scan s;
    marks m = {.n = 0};
    *out = (wire_credit){0};
    if (!wire_scan_article(&s, a, body, lexicon, (flong_str){0})) return true;
    article_credits(&s, out, &m);
    return marks_set(&m, a);
}

/* ---- naming one source --------------------------------------------------------------------- */

/* "news.kyivindependent.co.uk" to "kyivindependent": the longest label; those of countries and kinds are
 * shorter than any name that could be looked for. */
static flong_str site_name(flong_str host) {
    flong_str best = {0};
    for (size_t i = 0, first = 0; i <= host.n; i++)
        if (i == host.n || host.p[i] == '.') {
            bool last = i == host.n;
            if (i - first > best.n && !(last && first > 0)) best = (flong_str){host.p + first, i - first};
            first = i + 1;
        }
    return best.n >= 3 ? best : (flong_str){0};
}

static bool is_plain(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

/* Whether the name stands at `at`, with anything but letters and digits between its own. */
static bool name_at(flong_str text, size_t at, flong_str name) {
    size_t same = 0;
    while (same < name.n) {
        if (at < text.n && (text.p[at] | 0x20) == (name.p[same] | 0x20))
            at++, same++;
        else if (name.p[same] == '-')
            same++;
        else if (at < text.n && !is_plain(text.p[at]))
            at++;
        else
            return false;
    }
    return true;
}

/* Whether the name stands in a text from a place on that has this byte. */
static bool name_after(flong_str text, char first, flong_str name) {
    const char *end = text.p + text.n;
    for (const char *at = text.p; (at = memchr(at, first, (size_t)(end - at))); at++)
        if (name_at(text, (size_t)(at - text.p), name)) return true;
    return false;
}

bool wire_may_name(flong_str text, flong_str host) {
    flong_str name = site_name(host);
    if (!name.n || !text.n) return false;
    char first = name.p[0], other = (char)(first ^ 0x20); /* a letter's other case */
    return first == '-' || name_after(text, first, name) || name_after(text, other, name);
}

bool wire_names(const article *a, flong_str body, const wire_lexicon *lexicon, const agency *by,
                flong_str host) {
    wire_scan s;
    flong_str site = site_name(host);
    if ((!by && !site.n) || !wire_scan_article(&s, a, body, lexicon, site)) return false;
    for (size_t h = 0; h < s.n_hits;) {
        if (s.hits[h].word && s.hits[h].word->kind != WORD_AGENCY) {
            h++;
            continue;
        }
        wire_group g = wire_group_at(&s, h);
        bool meant = false;
        for (; h < g.hit_end; h++) meant |= !s.hits[h].word || (by && s.hits[h].word->agency == by);
        if (meant && wire_judge(&s, &g).kind != WIRE_NONE) return true;
    }
    return false;
}
