#include "text/aside.h"

#include "text/phrases.h"

enum {
    NOTICE_GAP = 30,    /* tokens between two notices that belong to them: the rest of a form, links */
    VOICE_GAP = 60,     /* tokens between two sentences of a speech that are of it, too */
    CAPTION_REACH = 60, /* tokens of a caption, at most */
    SENTENCE_REACH =
        25 /* tokens on either side of a phrase that may be of its sentence: LONG_LINE of article.c */
};

/* Marks the sentence around the tokens [first, end). */
static void sentence_mark(token *tokens, size_t n, size_t first, size_t end, uint32_t mark) {
    const uint32_t border = TOKEN_LINE | TOKEN_SENTENCE;
    for (size_t i = 0; i < SENTENCE_REACH && first > 0 && !(tokens[first].before & border); i++) first--;
    for (size_t i = 0; i < SENTENCE_REACH && end < n && !(tokens[end].before & border); i++) end++;
    for (size_t i = first; i < end; i++) tokens[i].before |= mark;
}

/* Marks what lies between two tokens with one of the marks that are near one another. */
static void gaps_mark(token *tokens, size_t n, uint32_t marks, uint32_t mark, size_t gap) {
    size_t behind = n; /* the last one with such a mark */
    for (size_t i = 0; i < n; i++) {
        if (!(tokens[i].before & marks)) continue;
        for (size_t k = behind; k < i && i - behind <= gap; k++) tokens[k].before |= mark;
        behind = i + 1;
    }
}

/* Whether token i is a number of so many characters. */
static bool is_number(const token *tokens, size_t n, size_t i, uint32_t least, uint32_t most) {
    if (i >= n || !(tokens[i].before & TOKEN_NUMBER)) return false;
    uint32_t length = tokens[i].end - tokens[i].begin;
    return length >= least && length <= most;
}

/* Whether the month at token i is of a date with a year: "February 3, 2017" or "3 February 2017". */
static bool month_has_year(const token *tokens, size_t n, size_t i) {
    if (is_number(tokens, n, i + 1, 4, 4)) return i > 0 && is_number(tokens, n, i - 1, 1, 2);
    return is_number(tokens, n, i + 1, 1, 2) && is_number(tokens, n, i + 2, 4, 4);
}

/* A caption stands before the credit of its picture, on its line or on the line before. */
static void caption_mark(token *tokens, size_t n, size_t i) {
    size_t first = i;
    sentence_mark(tokens, n, i, i + 1, TOKEN_VOICE);
    while (first > 0 && i - first < CAPTION_REACH) {
        tokens[--first].before |= TOKEN_VOICE;
        if (tokens[first].before & TOKEN_LINE) break;
    }
}

/* A voice within quotation marks is the speaker's whom they name. A date with a year is a caption's: news says
 * "on Friday". */
static void phrase_mark(const phrase *p, token *tokens, size_t n, size_t i) {
    uint32_t mark = p->kind == PHRASE_NOTICE ? TOKEN_NOTICE : TOKEN_VOICE;
    if (p->kind == PHRASE_NOTICE || (p->kind == PHRASE_VOICE && !(tokens[i].before & TOKEN_QUOTED)) ||
        (p->kind == PHRASE_MONTH && month_has_year(tokens, n, i)))
        sentence_mark(tokens, n, i, i + p->n, mark);
    if (p->kind == PHRASE_PICTURE) caption_mark(tokens, n, i);
}

/* What kinds of phrases there are, as bits. */
typedef uint32_t phrase_kinds;
static bool has_kind(phrase_kinds kinds, phrase_kind kind) { return kinds >> kind & 1; }

/* Those that mark voices. */
enum { VOICES = 1 << PHRASE_VOICE | 1 << PHRASE_MONTH | 1 << PHRASE_PICTURE | 1 << PHRASE_CLOSING };

/* What follows an agency's text is the site's: other stories, mostly. */
static phrase_kinds phrases_mark(const phrase_table *all, const outline *o, token *tokens, size_t n) {
    size_t closed = n;
    phrase_kinds kinds = 0;
    for (size_t k = 0; k < o->phrases.n; k++) {
        size_t i = o->phrases.at[k];
        const phrase *p = phrase_at(all, tokens + i, n - i);
        if (!p) continue;
        phrase_mark(p, tokens, n, i);
        if (p->kind == PHRASE_CLOSING && closed == n) closed = i;
        kinds |= 1U << p->kind;
    }
    for (; closed < n; closed++) tokens[closed].before |= TOKEN_VOICE;
    return kinds;
}

/* ---- menus ------------------------------------------------------------------------------- */

/* So many lines one after the other, of so few tokens and without the end of a sentence, are a menu, a table or
 * a list of names. An address is a line; one in so many tokens with a mark of code before it makes a line code. */
enum { MENU_LINES = 4, MENU_TOKENS = 6, CODE_SHARE = 4 };

/* Where a line ends, which is the k-th one. */
static size_t line_end(const outline *o, size_t n, size_t k) {
    return k + 1 < o->lines.n ? o->lines.at[k + 1] : n;
}

static bool line_is_code(const token *tokens, size_t first, size_t end) {
    size_t marks = 0;
    for (size_t i = first + 1; i < end; i++) marks += (tokens[i].before & TOKEN_CODE) != 0;
    return marks > 1 && marks * CODE_SHARE >= end - first;
}

static bool line_is_item(const token *tokens, size_t n, size_t first, size_t end) {
    if (tokens[first].before & TOKEN_ADDRESS) return true;
    return end - first <= MENU_TOKENS && !(end < n && tokens[end].before & TOKEN_SENTENCE);
}

/* Whether it marked any. */
static bool menus_mark(const outline *o, token *tokens, size_t n) {
    size_t first = 0, lines = 0;
    bool any = false, may_be_code = o->any & TOKEN_CODE;
    for (size_t k = 0; k < o->lines.n; k++) {
        size_t at = o->lines.at[k], end = line_end(o, n, k);
        bool code = may_be_code && line_is_code(tokens, at, end),
             item = code || line_is_item(tokens, n, at, end);
        if (item && lines++ == 0) first = at;
        if (!item) lines = 0;
        if (lines < MENU_LINES && !code) continue;
        for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_MENU;
        first = end;
        any = true;
    }
    return any;
}

/* So many numbers with one word or none between any two of them are a table, or the stops of a slide show. */
enum { COUNTED = 8, COUNTED_GAP = 2 };

static bool counts_mark(const outline *o, token *tokens) {
    size_t first = 0, last = 0, numbers = 0;
    bool any = false;
    for (size_t k = 0; k < o->numbers.n; k++) {
        size_t i = o->numbers.at[k];
        if (numbers == 0 || i - last > COUNTED_GAP) first = i, numbers = 0;
        last = i;
        if (++numbers < COUNTED) continue;
        for (size_t at = first; at <= i; at++) tokens[at].before |= TOKEN_MENU;
        first = i;
        any = true;
    }
    return any;
}

/* ---- posts ------------------------------------------------------------------------------- */

/* A post that is shown within an article ("... — Name (@name) February 3, 2017") is a quotation, though no
 * marks say so: a line with a handle near its end, and the line before it when that one is short of words. */
enum { POST_SIGNATURE = 12, POST_SHORT = 8 };

static void line_quote(token *tokens, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_QUOTED;
}

/* Whether a line is the signature of a post, or ends in one. `places` are those of the line. */
static bool line_is_signed(const token *tokens, place_list in, size_t end, size_t *at) {
    for (size_t k = 0; k < in.n; k++)
        if (tokens[in.at[k]].before & TOKEN_HANDLE && end - in.at[k] <= POST_SIGNATURE)
            return *at = in.at[k], true;
    return false;
}

/* Where line ends are lost, a handle with a year soon behind it ends a post of so many tokens at most: 140
 * characters and a name. */
enum { POST_TOKENS = 36, POST_DATE = 5, YEAR_DIGITS = 4 };

/* Where the post ends that has its handle, or the address of its picture, at token i; 0: there is none. */
static size_t post_end(const phrase_table *all, const token *tokens, size_t n, size_t i) {
    const phrase *p = phrase_at(all, tokens + i, n - i);
    if (p && p->kind == PHRASE_POST) return i + p->n;
    if (!(tokens[i].before & TOKEN_HANDLE)) return 0;
    for (size_t k = i + 1; k < n && k <= i + POST_DATE; k++)
        if (tokens[k].before & TOKEN_NUMBER && tokens[k].end - tokens[k].begin == YEAR_DIGITS) return k + 1;
    return 0;
}

static void post_mark(token *tokens, size_t least, size_t handle, size_t end) {
    line_quote(tokens, handle - least > POST_TOKENS ? handle - POST_TOKENS : least, end);
}

/* The next of these places that lie before `end`. */
static place_list places_before(place_list *rest, size_t end) {
    place_list found = {rest->at, 0};
    while (found.n < rest->n && found.at[found.n] < end) found.n++;
    *rest = (place_list){rest->at + found.n, rest->n - found.n};
    return found;
}

static void posts_mark(const phrase_table *all, const outline *o, token *tokens, size_t n) {
    size_t previous = 0, handle; /* previous: the last line that is no address */
    place_list rest = o->phrases;
    for (size_t k = 0; k < o->lines.n; k++) {
        size_t first = o->lines.at[k], end = line_end(o, n, k);
        place_list in = places_before(&rest, end);
        if (line_is_signed(tokens, in, end, &handle))
            line_quote(tokens, handle - first <= POST_SHORT ? previous : first, end);
        for (size_t p = 0; p < in.n; p++) {
            size_t i = in.at[p], last = post_end(all, tokens, n, i);
            if (last) post_mark(tokens, i - first <= POST_SHORT ? previous : first, i, last);
        }
        if (!(tokens[first].before & TOKEN_ADDRESS)) previous = first;
    }
}

bool asides_ready(tokenizer *reader) {
    if (!reader->phrases) reader->phrases = phrases_new(reader);
    return reader->phrases;
}

bool asides_notice(const tokenizer *reader, const token *tokens, size_t n) {
    const phrase *p = n > 0 ? phrase_at(reader->phrases, tokens, n) : NULL;
    return p && p->kind == PHRASE_NOTICE && p->n == n;
}

/* Most articles have few of these, and what has nothing to do is left out. */
bool asides_mark(const tokenizer *reader, const outline *o, token *tokens, size_t n) {
    phrase_kinds kinds = phrases_mark(reader->phrases, o, tokens, n);
    bool notice = has_kind(kinds, PHRASE_NOTICE), voice = kinds & VOICES;
    if (notice) gaps_mark(tokens, n, TOKEN_NOTICE, TOKEN_NOTICE, NOTICE_GAP);
    if (voice) gaps_mark(tokens, n, TOKEN_VOICE, TOKEN_VOICE, VOICE_GAP);
    bool menu = menus_mark(o, tokens, n), counts = counts_mark(o, tokens);
    if (notice || menu || counts) gaps_mark(tokens, n, TOKEN_NOTICE | TOKEN_MENU, TOKEN_MENU, NOTICE_GAP);
    if (o->any & TOKEN_HANDLE || has_kind(kinds, PHRASE_POST)) posts_mark(reader->phrases, o, tokens, n);
    return notice;
}
