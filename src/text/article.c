#include "text/article.h"

#include <string.h>

#include "base/hash.h"
#include "text/aside.h"

/* A line of more tokens than LONG_LINE is cut at sentence ends, into sentences of at least SENTENCE_MIN tokens (shorter
 * ones are mostly abbreviations that look like ends). */
enum { LONG_LINE = 25, SENTENCE_MIN = 4 };

/* A sentence of more tokens than LONG_LINE is cut behind one token in so many, on the mean. */
enum { PIECE_TOKENS = 8 };

/* A title is looked for in so many tokens of the text behind its own length: scrapers put a menu, a
 * section name or a date before it. */
enum { TITLE_SEARCH = 64 };

/* Numbers are alike in a unit's hash: dates, counts and prices change in lines that else stay the same. */
static inline uint64_t unit_hash_add(uint64_t hash, const token *t) {
    return hash_mix(hash + (t->before & TOKEN_NUMBER ? 1 : t->hash));
}

static unit unit_of(const article *a, size_t first, size_t end) {
    uint64_t hash = 0;
    for (size_t i = first; i < end; i++) hash = unit_hash_add(hash, &a->tokens.tokens[i]);
    return (unit){.hash = hash, .first = (uint32_t)first, .n = (uint32_t)(end - first)};
}

/* A unit whose hash is still to be made. */
static bool unit_add(article *a, size_t first, size_t end) {
    if (!ARRAY_GROW(a->units, a->n_units, a->units_capacity)) return false;
    a->units[a->n_units++] = (unit){.first = (uint32_t)first, .n = (uint32_t)(end - first)};
    return true;
}

/* A stretch of the units that is being hashed: the next token and its unit. */
typedef struct lane {
    const token *next, *end;
    unit *into;
    const token *into_end;
    uint64_t hash;
} lane;

/* One token further. The hash is written each time, so that there is no branch at a unit's end. */
static inline void lane_step(lane *l, const token *tokens) {
    l->hash = l->into->hash = unit_hash_add(l->hash, l->next++);
    bool last = l->next == l->into_end;
    l->into += last;
    l->hash = last ? 0 : l->hash;
    if (l->next < l->end) l->into_end = tokens + l->into->first + l->into->n;
}

enum { LANES = 4 };

/* Hashes all units. Each step of a hash waits for the one before it; so four stretches go side by side. */
static void units_hash(article *a) {
    const token *tokens = a->tokens.tokens;
    lane lanes[LANES];
    size_t u = 0;
    for (size_t j = 0; j < LANES; j++) {
        size_t most = a->tokens.n * (j + 1) / LANES;
        lane *l = &lanes[j];
        *l =
            (lane){.into = &a->units[u], .next = tokens + (u < a->n_units ? a->units[u].first : a->tokens.n)};
        l->into_end = u < a->n_units ? l->next + a->units[u].n : l->next;
        while (u < a->n_units && a->units[u].first + a->units[u].n <= most) u++;
        l->end = tokens + (u < a->n_units ? a->units[u].first : a->tokens.n);
    }
    lane one = lanes[0], two = lanes[1], three = lanes[2], four = lanes[3]; /* in registers */
    while (one.next < one.end && two.next < two.end && three.next < three.end && four.next < four.end) {
        lane_step(&one, tokens);
        lane_step(&two, tokens);
        lane_step(&three, tokens);
        lane_step(&four, tokens);
    }
    lanes[0] = one, lanes[1] = two, lanes[2] = three, lanes[3] = four;
    for (size_t j = 0; j < LANES; j++)
        while (lanes[j].next < lanes[j].end) lane_step(&lanes[j], tokens);
}

/* Cuts the tokens [first, end) of a sentence. */
static bool sentence_cut(article *a, size_t first, size_t end) {
    for (size_t i = first + SENTENCE_MIN, long_one = end - first > LONG_LINE; long_one && i < end; i++)
        if (a->tokens.tokens[i - 1].hash % PIECE_TOKENS == 0) {
            if (!unit_add(a, first, i)) return false;
            first = i;
            i += SENTENCE_MIN - 1;
        }
    return unit_add(a, first, end);
}

/* Cuts the tokens [first, end) of one line; `sentences` are those from first on, and further ones. */
static bool line_cut(article *a, place_list sentences, size_t first, size_t end) {
    for (size_t k = 0; k < sentences.n && sentences.at[k] + SENTENCE_MIN <= end; k++) {
        size_t i = sentences.at[k];
        if (i < first + SENTENCE_MIN) continue;
        if (!sentence_cut(a, first, i)) return false;
        first = i;
    }
    return sentence_cut(a, first, end);
}

static bool units_cut(article *a, const outline *o) {
    place_list rest = o->sentences;
    for (size_t k = 0; k < o->lines.n; k++) {
        size_t first = o->lines.at[k], end = k + 1 < o->lines.n ? o->lines.at[k + 1] : a->tokens.n;
        while (rest.n > 0 && *rest.at < first) rest.at++, rest.n--;
        place_list none = {0};
        if (!line_cut(a, end - first > LONG_LINE ? rest : none, first, end)) return false;
    }
    units_hash(a);
    return true;
}

/* Keeps only the longest part of a title of n tokens at the front of the list. */
static size_t title_trim(token_list *list, size_t n) {
    if (n == 0) return 0;
    size_t best = 0, best_n = 0, first = 0;
    for (size_t i = 1; i <= n; i++)
        if (i == n || list->tokens[i].before & TOKEN_LINE) {
            if (i - first > best_n) best = first, best_n = i - first;
            first = i;
        }
    memmove(list->tokens, list->tokens + best, best_n * sizeof *list->tokens);
    memmove(list->tokens + best_n, list->tokens + n, (list->n - n) * sizeof *list->tokens);
    list->n -= n - best_n;
    return best_n;
}

/* Whether the text behind the first n tokens soon has those n again. */
static bool title_repeated(const token_list *list, size_t n) {
    if (n == 0 || list->n < 2 * n) return false;
    size_t last = list->n - n < n + TITLE_SEARCH ? list->n - n : n + TITLE_SEARCH;
    for (size_t at = n; at <= last; at++) {
        size_t same = 0;
        while (same < n && list->tokens[at + same].hash == list->tokens[same].hash) same++;
        if (same == n) return true;
    }
    return false;
}

bool article_read(tokenizer *reader, article *out, flong_str title, flong_str text) {
    out->tokens.n = 0;
    if (!tokenize(reader, &out->tokens, title.p, title.n, 0)) return false;
    size_t n_title = out->tokens.n;
    if (!tokenize(reader, &out->tokens, text.p, text.n, (uint32_t)title.n + 1)) return false;
    n_title = title_trim(&out->tokens, n_title);
    out->title = title_words_of(out->tokens.tokens, n_title);
    if (!asides_ready(reader)) return false;
    out->notice = asides_notice(reader, out->tokens.tokens, n_title);
    if (title_repeated(&out->tokens, n_title)) {
        out->tokens.n -= n_title;
        memmove(out->tokens.tokens, out->tokens.tokens + n_title, out->tokens.n * sizeof(token));
        n_title = 0;
    }
    out->n_title = n_title;
    out->n_units = 0;
    out->stub = out->notices = false;
    if (out->tokens.n == 0) return true;
    outline o;
    if (!outline_make(&o, reader, out->tokens.tokens, out->tokens.n)) return false;
    out->notices = asides_mark(reader, &o, out->tokens.tokens, out->tokens.n);
    return units_cut(out, &o);
}

/* Tokens of a unit that are no notice to the reader. */
static size_t unit_says(const article *a, const unit *u) {
    size_t n = 0;
    if (!a->notices) return u->n;
    for (uint32_t i = 0; i < u->n; i++) n += !(a->tokens.tokens[u->first + i].before & TOKEN_NOTICE);
    return n;
}

static bool has_notice(const article *a) {
    for (size_t i = a->n_title; a->notices && i < a->tokens.n; i++)
        if (a->tokens.tokens[i].before & TOKEN_NOTICE) return true;
    return false;
}

bool article_split(article *a, size_t u, uint32_t at) {
    if (!ARRAY_GROW(a->units, a->n_units, a->units_capacity)) return false;
    memmove(a->units + u + 1, a->units + u, (a->n_units - u) * sizeof *a->units);
    a->n_units++;
    unit whole = a->units[u], *parts = &a->units[u];
    parts[0] = unit_of(a, whole.first, at);
    parts[1] = unit_of(a, at, whole.first + whole.n);
    parts[0].furniture = parts[1].furniture = whole.furniture;
    parts[0].seen = parts[1].seen = whole.seen;
    parts[0].credit = parts[1].credit = whole.credit;
    return true;
}

void article_settle(article *a, uint32_t min_tokens) {
    size_t said = 0; /* in the text, beside furniture and notices */
    a->n_furniture = a->n_left = 0;
    for (size_t u = 0; u < a->n_units; u++) {
        const unit *one = &a->units[u];
        if (one->furniture) a->n_furniture += one->n;
        if (!one->furniture && !one->credit) a->n_left += one->n;
        if (!one->furniture && one->first >= a->n_title) said += unit_says(a, one);
    }
    a->stub = a->notice || (said < min_tokens && (a->n_furniture > 0 || has_notice(a)));
}

size_t article_kept_places(const article *a, uint32_t *out) {
    size_t n = 0;
    for (size_t u = 0; u < a->n_units; u++)
        if (article_counts(a, &a->units[u]))
            for (uint32_t i = 0; i < a->units[u].n; i++) out[n++] = a->units[u].first + i;
    return n;
}

size_t article_kept(const article *a, uint64_t *out, size_t *n_title) {
    size_t n = 0, title = 0;
    for (size_t u = 0; u < a->n_units; u++) {
        const unit *kept = &a->units[u];
        if (!article_counts(a, kept)) continue;
        for (uint32_t i = 0; i < kept->n; i++) out[n++] = a->tokens.tokens[kept->first + i].hash;
        if (kept->first < a->n_title) title = n;
    }
    if (n_title) *n_title = title;
    return n;
}

/* A sequence of hashes as one hash, to be mixed at its end: tokens' hashes are mixed already, and a multiplication for
 * each (by an odd number, the golden ratio's) keeps their order. */
static inline uint64_t sequence_add(uint64_t sequence, uint64_t hash) {
    return (sequence ^ hash) * UINT64_C(0x9E3779B97F4A7C15);
}

uint64_t article_whole_hash(const article *a, uint32_t min_tokens) {
    uint64_t hash = 0;
    bool brief = a->tokens.n - a->n_title < min_tokens;
    for (size_t i = brief ? 0 : a->n_title; i < a->tokens.n; i++)
        hash = sequence_add(hash, a->tokens.tokens[i].hash);
    return hash_mix(hash);
}

uint64_t token_sequence_hash(const uint64_t *tokens, size_t n) {
    return hash_bytes(tokens, n * sizeof *tokens, 1);
}

void article_free(article *a) {
    mem_free(a->tokens.tokens);
    mem_free(a->units);
    *a = (article){0};
}
