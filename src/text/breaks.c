#include <string.h>

#include "text/reading.h"

/* Single marks are apostrophes, too. */
enum {
    SINGLE_OPEN = 0x2018,
    SINGLE_CLOSE = 0x2019,
    DOUBLE_OPEN = 0x201C,
    QUOTE_REACH = 1000 /* bytes behind a mark in which the one that closes it is looked for */
};

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether a mark of n bytes, the same on either side of a quotation, ends at `after`: one that stands behind a space and before a word opens, one that
 * stands behind none and before no word may close. */
static bool mark_opens(const reading *r, size_t after, size_t n) {
    char before = after > n ? r->text[after - n - 1] : ' ';
    return (before == ' ' || before == '\n' || before == '(') && after < r->n_text &&
           is_word_byte(r->text[after]);
}

static bool mark_closes(const reading *r, size_t after, size_t n) {
    char before = after > n ? r->text[after - n - 1] : ' ';
    return before != ' ' && before != '\n' && (after >= r->n_text || !is_word_byte(r->text[after]));
}

/* The mark's length, when `at` has one of these. */
static size_t single_length(const reading *r, size_t at) {
    if (r->text[at] == '\'') return 1;
    return r->n_text - at >= 3 && memcmp(r->text + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Whether a quotation that was opened is closed on its line. */
static bool single_ends(const reading *r, size_t at) {
    size_t end = r->n_text - at > QUOTE_REACH ? at + QUOTE_REACH : r->n_text;
    for (; at < end && r->text[at] != '\n'; at++) {
        size_t n = single_length(r, at);
        if (n > 0 && mark_closes(r, at + n, n)) return true;
    }
    return false;
}

static bool single_note(reading *r, size_t after, size_t n) {
    if (r->quote == SINGLE_OPEN && mark_closes(r, after, n))
        r->quote = 0;
    else if (r->quote == 0 && mark_opens(r, after, n) && single_ends(r, after))
        r->quote = SINGLE_OPEN;
    return true;
}

/* What the character at `at` does to quotations in double marks: opens one (1), closes one (-1), or neither. */
static int double_side(const reading *r, size_t at) {
    if (r->text[at] == '"') return mark_opens(r, at + 1, 1) ? 1 : mark_closes(r, at + 1, 1) ? -1 : 0;
    if (r->n_text - at < 3 || memcmp(r->text + at, "\xE2\x80", 2) != 0) return 0;
    return r->text[at + 2] == '\x9C' ? 1 : r->text[at + 2] == '\x9D' ? -1 : 0;
}

/* Whether a quotation that opens within one is closed before that: two marks close, and none opens, before the line
 * ends. Otherwise it is the same one's next paragraph, which opens anew. */
static bool double_nests(const reading *r, size_t at) {
    size_t end = r->n_text - at > QUOTE_REACH ? at + QUOTE_REACH : r->n_text;
    int closed = 0;
    for (; at < end && r->text[at] != '\n' && closed < 2; at++) {
        int side = double_side(r, at);
        if (side > 0) return false;
        closed -= side;
    }
    return closed == 2;
}

static void double_open(reading *r, int32_t mark, size_t after) {
    r->nested = r->quote == mark && double_nests(r, after);
    r->quote = mark;
    r->quoted = true;
}

/* A mark that closes what was not opened on its line ends the last paragraph of a longer quotation. */
static void double_close(reading *r) {
    for (size_t i = r->line; !r->quoted && !r->quote && i < r->next; i++)
        r->out->tokens[i].before |= TOKEN_QUOTED;
    r->quoted = true;
    if (!r->nested) r->quote = 0;
    r->nested = false;
}

static void straight_note(reading *r, size_t after) {
    int side = double_side(r, after - 1);
    if (side > 0 || (side == 0 && r->quote != '"'))
        double_open(r, '"', after);
    else if (r->quote)
        double_close(r); /* without one it may be inches */
}

/* Opens or closes a quotation; false for a mark that does neither. What opens one in English closes one in
 * German; so the mark that opened it decides. */
static bool quote_note(reading *r, int32_t codepoint, size_t after) {
    switch (codepoint) {
    case '\'':
        return single_note(r, after, 1);
    case SINGLE_OPEN:
    case SINGLE_CLOSE:
        return single_note(r, after, 3);
    case '"':
        straight_note(r, after);
        return true;
    case DOUBLE_OPEN:
        if (r->quote == 0x201E)
            r->quote = 0;
        else
            double_open(r, DOUBLE_OPEN, after);
        return true;
    case 0x201E:
    case 0xAB:
    case 0x300C:
    case 0x300E:
        r->quote = codepoint;
        return true;
    case 0x201D:
        double_close(r);
        return true;
    case 0x300D:
    case 0x300F:
        r->quote = 0;
        return true;
    case 0xBB:
        if (r->quote != 0xAB) return false;
        r->quote = 0;
        return true;
    default:
        return false;
    }
}

void break_note(reading *r, int32_t codepoint, size_t after) {
    if (quote_note(r, codepoint, after)) return;
    switch (codepoint) {
    case '\n':
    case '\r':
    case 0x0B:
    case 0x0C:
    case 0x85:
    case 0x2028:
    case 0x2029:
        r->before |= TOKEN_LINE;
        r->quote = 0;
        r->nested = r->quoted = false;
        r->line = r->next;
        r->address = false;
        break;
    case '@':
        r->before |= TOKEN_HANDLE;
        break;
    case ':': /* "http://": an address is a line of its own, being another one on every page */
        r->address = r->n_text - after >= 2 && r->text[after] == '/' && r->text[after + 1] == '/';
        if (r->address) r->before |= TOKEN_LINE;
        break;
    case ' ':
    case '\t':
        if (r->address) r->before |= TOKEN_LINE;
        r->address = false;
        break;
    case '|':
    case 0x2022:
    case 0xBB:
    case 0x203A:
        r->before |= TOKEN_LINE;
        break;
    case '{':
    case '}':
    case '<':
    case '>':
    case '=':
    case '\\':
        r->before |= TOKEN_CODE;
        break;
    case '.':
    case '!':
    case '?': {
        /* "3.5" and "example.com" end no sentence: a space or a closing mark must follow. */
        char next = after < r->n_text ? r->text[after] : '\n';
        if (next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == '"' || next == '\'' ||
            next == ')' || (unsigned char)next >= 0x80)
            r->before |= TOKEN_SENTENCE;
        break;
    }
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF61:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
        r->before |= TOKEN_SENTENCE;
        break;
    default:
        break;
    }
}

bool break_means(int32_t codepoint) {
    switch (codepoint) {
    case 0x85:
    case 0xAB:
    case 0xBB:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
    case SINGLE_OPEN:
    case SINGLE_CLOSE:
    case DOUBLE_OPEN:
    case 0x201D:
    case 0x201E:
    case 0x2022:
    case 0x2026:
    case 0x2028:
    case 0x2029:
    case 0x203A:
    case 0x3002:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF61:
        return true;
    default:
        return false;
    }
}
