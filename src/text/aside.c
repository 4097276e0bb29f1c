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

/* What follows an agency's text is the site's: other stories, mostly. */
static void phrases_mark(const phrase_table *all, token *tokens, size_t n) {
    size_t closed = n;
    for (size_t i = 0; i < n; i++) {
        const phrase *p = phrase_at(all, tokens + i, n - i);
        if (p) phrase_mark(p, tokens, n, i);
        if (p && p->kind == PHRASE_CLOSING && closed == n) closed = i;
    }
    for (; closed < n; closed++) tokens[closed].before |= TOKEN_VOICE;
}

/* ---- menus ------------------------------------------------------------------------------- */

/* So many lines one after the other, of so few tokens and without the end of a sentence, are a menu, a table or
 * a list of names. An address is a line; one in so many tokens with a mark of code before it makes a line code. */
enum { MENU_LINES = 4, MENU_TOKENS = 6, CODE_SHARE = 4 };

static size_t line_end(const token *tokens, size_t n, size_t first) {
    size_t end = first + 1;
    while (end < n && !(tokens[end].before & TOKEN_LINE)) end++;
    return end;
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

static void menus_mark(token *tokens, size_t n) {
    size_t first = 0, lines = 0;
    for (size_t at = 0, end; at < n; at = end) {
        end = line_end(tokens, n, at);
        bool code = line_is_code(tokens, at, end), item = code || line_is_item(tokens, n, at, end);
        if (item && lines++ == 0) first = at;
        if (!item) lines = 0;
        if (lines < MENU_LINES && !code) continue;
        for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_MENU;
        first = end;
    }
}

/* So many numbers with one word or none between any two of them are a table, or the stops of a slide show. */
enum { COUNTED = 8, COUNTED_GAP = 2 };

static void counts_mark(token *tokens, size_t n) {
    size_t first = 0, last = 0, numbers = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(tokens[i].before & TOKEN_NUMBER)) continue;
        if (numbers == 0 || i - last > COUNTED_GAP) first = i, numbers = 0;
        last = i;
        if (++numbers < COUNTED) continue;
        for (size_t k = first; k <= i; k++) tokens[k].before |= TOKEN_MENU;
        first = i;
    }
}

/* ---- posts ------------------------------------------------------------------------------- */

/* A post that is shown within an article ("... — Name (@name) February 3, 2017") is a quotation, though no
 * marks say so: a line with a handle near its end, and the line before it when that one is short of words. */
enum { POST_SIGNATURE = 12, POST_SHORT = 8 };

static void line_quote(token *tokens, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) tokens[i].before |= TOKEN_QUOTED;
}

/* Whether a line is the signature of a post, or ends in one. */
static bool line_is_signed(const token *tokens, size_t first, size_t end, size_t *at) {
    for (size_t i = first; i < end; i++)
        if (tokens[i].before & TOKEN_HANDLE && end - i <= POST_SIGNATURE) return *at = i, true;
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

static void posts_mark(const phrase_table *all, token *tokens, size_t n) {
    size_t previous = 0, handle; /* previous: the last line that is no address */
    for (size_t first = 0, end; first < n; first = end) {
        end = line_end(tokens, n, first);
        if (line_is_signed(tokens, first, end, &handle))
            line_quote(tokens, handle - first <= POST_SHORT ? previous : first, end);
        for (size_t i = first; i < end; i++) {
            size_t last = post_end(all, tokens, n, i);
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

void asides_mark(const tokenizer *reader, token *tokens, size_t n) {
    phrases_mark(reader->phrases, tokens, n);
    gaps_mark(tokens, n, TOKEN_NOTICE, TOKEN_NOTICE, NOTICE_GAP);
    gaps_mark(tokens, n, TOKEN_VOICE, TOKEN_VOICE, VOICE_GAP);
    menus_mark(tokens, n);
    counts_mark(tokens, n);
    gaps_mark(tokens, n, TOKEN_NOTICE | TOKEN_MENU, TOKEN_MENU, NOTICE_GAP);
    posts_mark(reader->phrases, tokens, n);
}
