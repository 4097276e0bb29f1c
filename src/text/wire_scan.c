#include "text/wire_scan.h"

#include <string.h>

/* ---- characters --------------------------------------------------------------------------- */

static int32_t char_before(const wire_scan *s, size_t at, size_t *begin) {
    if (at == 0) return *begin = 0, '\n';
    size_t n = 1, length;
    while (n < 4 && n < at && ((unsigned char)s->body[at - n] & 0xC0) == 0x80) n++;
    int32_t c = utf8_decode(s->body + at - n, n, &length);
    if (length != n) n = 1, c = 0xFFFD;
    *begin = at - n;
    return c;
}

static int32_t char_after(const wire_scan *s, size_t at, size_t *end) {
    if (at >= s->n_body) return *end = at, '\n';
    size_t length;
    int32_t c = utf8_decode(s->body + at, s->n_body - at, &length);
    *end = at + length;
    return c;
}

static bool is_space(int32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || c == 0x200F || c == 0x200E;
}
static bool is_line_end(int32_t c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}
static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }
static bool is_ascii_letter(int32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static bool is_ascii_word(int32_t c) { return is_ascii_letter(c) || is_digit(c); }

/* Capitals of Latin, Greek, Cyrillic and Armenian; exact enough for names. */
static bool is_capital(int32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    if (c < 0x180) return c < 0x138 || (c > 0x148 && c < 0x178) ? !(c & 1) : (c & 1);
    return (c >= 0x386 && c <= 0x3AB && c != 0x390) || (c >= 0x400 && c <= 0x42F) ||
           (c >= 0x460 && c <= 0x52F && !(c & 1)) || (c >= 0x531 && c <= 0x556) ||
           (c >= 0x1E00 && c <= 0x1EFF && !(c & 1));
}

/* Scripts that have capitals end before Hebrew. */
static bool is_uncased(int32_t c) { return c >= 0x590 && !(c >= 0x1C80 && c < 0x2C00); }

/* ---- what stands beside a place ------------------------------------------------------------ */

static edge edge_both(int32_t c) {
    switch (c) {
    case '|':
    case 0x2022:
    case 0xB7:
        return EDGE_BAR;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case '_':
    case '~':
        return EDGE_DASH;
    case '/':
        return EDGE_SLASH;
    case ':':
    case '=':
    case 0xFF1A:
        return EDGE_COLON;
    case ',':
    case ';':
    case 0x60C:
    case 0x3001:
    case 0xFF0C:
        return EDGE_COMMA;
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0x61F:
    case 0x6D4:
        return EDGE_STOP;
    case '@':
    case '#':
    case '$':
        return EDGE_GLUE;
    default:
        return EDGE_WORD;
    }
}

edge wire_left(const wire_scan *s, size_t at, size_t *mark) {
    size_t begin, none;
    int32_t c = char_before(s, at, &begin);
    bool spaced = is_space(c);
    while (is_space(c)) c = char_before(s, begin, &begin);
    *mark = begin;
    if (is_line_end(c)) return EDGE_LINE;
    switch (c) {
    case '(':
    case '[':
    case 0xFF08:
    case 0x3010:
    case 0xFF3B:
    case 0x3014:
        return EDGE_PAREN;
    case 0xA9:
        return EDGE_COPYRIGHT;
    case '.':
        return spaced || !is_ascii_letter(char_before(s, begin, &none)) ? EDGE_STOP : EDGE_GLUE;
    case '\'':
    case 0x2019:
    case '"':
    case 0x201C:
        return spaced ? EDGE_STOP : EDGE_GLUE;
    case ')':
    case ']':
    case 0xFF09:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x201D:
    case 0xBB:
    case '*':
        return EDGE_STOP;
    case '-':
    case '_':
        return spaced || !is_ascii_word(char_before(s, begin, &none)) ? EDGE_DASH : EDGE_GLUE;
    case '&':
        return spaced ? EDGE_COMMA : EDGE_GLUE;
    default:
        return edge_both(c);
    }
}

edge wire_right(const wire_scan *s, size_t at, size_t *mark) {
    size_t end, none;
    int32_t c = char_after(s, at, &end);
    bool spaced = is_space(c);
    while (is_space(c)) c = char_after(s, end, &end);
    *mark = end;
    if (is_line_end(c)) return EDGE_LINE;
    switch (c) {
    case ')':
    case ']':
    case 0xFF09:
    case 0x3011:
    case 0xFF3D:
    case 0x3015:
        return EDGE_PAREN;
    case '.':
        return spaced || !is_ascii_letter(char_after(s, end, &none)) ? EDGE_STOP : EDGE_GLUE;
    case '\'':
    case 0x2019:
    case '"':
    case 0x201D:
        return spaced ? EDGE_WORD : EDGE_GLUE;
    case '-':
    case '_':
        return spaced || !is_ascii_word(char_after(s, end, &none)) ? EDGE_DASH : EDGE_GLUE;
    case '&':
        return spaced ? EDGE_COMMA : EDGE_GLUE;
    default:
        return edge_both(c);
    }
}

/* ---- tokens -------------------------------------------------------------------------------- */

static int32_t first_char(const wire_scan *s, size_t i) {
    size_t end;
    return char_after(s, s->tokens[i].begin, &end);
}

bool wire_is_uncased(const wire_scan *s, size_t i) { return is_uncased(first_char(s, i)); }
bool wire_is_capital(const wire_scan *s, size_t i) {
    return is_capital(first_char(s, i)) || wire_is_uncased(s, i);
}
bool wire_is_number(const wire_scan *s, size_t i) { return is_digit(first_char(s, i)); }

bool wire_is_shouted(const wire_scan *s, size_t i) {
    size_t n = 0;
    for (size_t at = s->tokens[i].begin; at < s->tokens[i].end; n++)
        if (!is_capital(char_after(s, at, &at))) return false;
    return n >= 2;
}

bool wire_begins_line(const wire_scan *s, size_t i) {
    if (i == s->first) return true;
    if (!(s->tokens[i].before & TOKEN_LINE)) return false;
    for (size_t at = s->tokens[i].begin, end = s->tokens[i - 1].end; at > end;)
        if (is_line_end(char_before(s, at, &at))) return true;
    return false;
}

bool wire_ends_line(const wire_scan *s, size_t i) { return i + 1 >= s->end || wire_begins_line(s, i + 1); }

/* No line of interest is longer; a text in one line is not read to its other end. */
enum { LINE_TOKENS = 200 };

size_t wire_line_first(const wire_scan *s, size_t i) {
    for (size_t n = 0; n < LINE_TOKENS && !wire_begins_line(s, i); n++) i--;
    return i;
}

size_t wire_line_end(const wire_scan *s, size_t i) {
    for (size_t n = 0; n < LINE_TOKENS && !wire_ends_line(s, i); n++) i++;
    return i + 1;
}

size_t wire_sentence_first(const wire_scan *s, size_t i) {
    for (size_t n = 0;
         n < LINE_TOKENS && i > s->first && !(s->tokens[i].before & (TOKEN_LINE | TOKEN_SENTENCE)); n++)
        i--;
    return i;
}

size_t wire_sentence_end(const wire_scan *s, size_t i) {
    for (size_t n = 0; n < LINE_TOKENS && i + 1 < s->end; n++, i++)
        if (s->tokens[i + 1].before & (TOKEN_LINE | TOKEN_SENTENCE)) break;
    return i + 1;
}

bool wire_gap_has(const wire_scan *s, size_t i, const char *one_of) {
    size_t end = i + 1 < s->end ? s->tokens[i + 1].begin : s->n_body;
    for (size_t at = s->tokens[i].end; at < end; at++)
        if (s->body[at] && strchr(one_of, s->body[at])) return true;
    return false;
}

int wire_kind_at(const wire_scan *s, size_t i) {
    for (size_t h = 0; h < s->n_hits && s->hits[h].first <= i; h++)
        if (i < s->hits[h].end) return s->hits[h].word ? (int)s->hits[h].word->kind : WORD_AGENCY;
    size_t length;
    const wire_word *word = wire_lexicon_match(s->lexicon, s->body, s->tokens + i, s->end - i, &length);
    return word ? (int)word->kind : -1;
}

bool wire_speaks_of_piece(const wire_scan *s, size_t first, size_t cue) {
    if (wire_kind_at(s, first) == CUE_ORIGIN) return true; /* "Originally published by" */
    for (size_t i = first; i < cue && i < first + 6; i++)
        if (wire_kind_at(s, i) == CUE_PIECE) return true;
    return false;
}

/* ---- the search ---------------------------------------------------------------------------- */

/* Whether a full stop and nothing else stands before token i. */
static bool is_dotted(const wire_scan *s, size_t i) {
    return i > s->first && s->tokens[i].begin == s->tokens[i - 1].end + 1 &&
           s->body[s->tokens[i - 1].end] == '.';
}

static bool is_www(const wire_scan *s, size_t i) {
    const token *t = &s->tokens[i];
    return t->end - t->begin == 3 && memcmp(s->body + t->begin, "www", 3) == 0;
}

/* Whether tokens from i on, written together, are the site's name, with or without the rest of its host; returns how
 * many there are. */
static size_t site_at(const wire_scan *s, size_t i, size_t end, flong_str site) {
    size_t same = 0, n = 0;
    for (; i + n < end && n < 6 && same < site.n; n++) {
        const token *t = &s->tokens[i + n];
        if (n > 0 && t->before & TOKEN_LINE) return 0;
        if (same < site.n && site.p[same] == '-') same++;
        for (size_t at = t->begin; at < t->end; at++, same++)
            if (same == site.n || (s->body[at] | 0x20) != (site.p[same] | 0x20)) return 0;
    }
    if (same < site.n) return 0;
    while (i + n < end && is_dotted(s, i + n)) n++; /* ".com" */
    return n;
}

/* "By" begins a byline in capitals or at a line's beginning; the most common of cues is worth the question. */
static bool is_of_interest(const wire_scan *s, const wire_word *word, size_t i) {
    return word->kind != CUE_BY || is_capital(first_char(s, i)) || s->tokens[i].before & TOKEN_LINE;
}

static void range_search(wire_scan *s, size_t first, size_t end) {
    for (size_t i = first, length; s->n_hits < WIRE_HITS; i += length) {
        i = wire_lexicon_next(s->lexicon, s->tokens, i, end, s->end);
        if (i >= end) return;
        const wire_word *word = wire_lexicon_match(s->lexicon, s->body, s->tokens + i, s->end - i, &length);
        if (!word)
            length = 1;
        else if (word->kind <= CUE_ORIGIN && is_of_interest(s, word, i))
            s->hits[s->n_hits++] = (hit){word, i, i + length};
    }
}

/* The same with the site's name, which takes a closer look at every token. */
static void range_search_site(wire_scan *s, size_t first, size_t end, flong_str site) {
    for (size_t i = first, own; i < end && s->n_hits < WIRE_HITS; i += own ? own : 1) {
        if ((own = site_at(s, i, end, site)))
            s->hits[s->n_hits++] = (hit){NULL, i - (is_dotted(s, i) && is_www(s, i - 1)), i + own};
        else
            range_search(s, i, i + 1);
    }
}

bool wire_scan_article(wire_scan *s, const article *a, flong_str body, const wire_lexicon *lexicon,
                       flong_str site) {
    s->lexicon = lexicon;
    s->body = body.p;
    s->n_body = body.n;
    s->tokens = a->tokens.tokens;
    s->first = a->n_title;
    s->end = a->tokens.n;
    s->n_hits = 0;
    if (s->first >= s->end || s->tokens[s->end - 1].end > body.n) return false;
    s->text_begin = s->tokens[s->first].begin;
    s->text_end = s->tokens[s->end - 1].end;
    s->head_end = s->first;
    while (s->head_end < s->end && s->tokens[s->head_end].begin < s->text_begin + WIRE_HEAD) s->head_end++;
    s->tail_first = s->end;
    while (s->tail_first > s->first && s->tokens[s->tail_first - 1].begin + WIRE_TAIL > s->text_end)
        s->tail_first--;
    size_t tail = s->tail_first > s->head_end ? s->tail_first : s->head_end;
    if (site.n) {
        range_search_site(s, s->first, s->head_end, site);
        range_search_site(s, tail, s->end, site);
    } else {
        range_search(s, s->first, s->head_end);
        range_search(s, tail, s->end);
    }
    return true;
}

/* ---- datelines ----------------------------------------------------------------------------- */

enum { DATELINE_TOKENS = 12, PLACE_PLAIN = 5, SHOUTED_MOST = 3 };

static bool is_date(const wire_scan *s, size_t i) {
    int kind = wire_kind_at(s, i);
    return wire_is_number(s, i) || kind == CUE_DATE;
}

/* "San Jose de X", "Rio / Y": small words inside of a place. */
static bool is_small(const wire_scan *s, size_t i) {
    return s->tokens[i].end - s->tokens[i].begin <=
           ((unsigned char)s->body[s->tokens[i].begin] < 0x80 ? 3 : 6);
}

/* Whether the dateline that ends before i may go on to the left of token i. */
static bool dateline_goes_on(const wire_scan *s, size_t i) {
    if (wire_begins_line(s, i)) return false;
    size_t mark;
    switch (wire_left(s, s->tokens[i].begin, &mark)) {
    case EDGE_STOP:
        /* an abbreviation: "Calif.", "Jan.", or a Russian "МОСКВА. 3 января." */
        return s->body[mark] == '.' && (s->tokens[i - 1].end - s->tokens[i - 1].begin <= 5 || is_date(s, i) ||
                                        wire_is_shouted(s, i - 1));
    case EDGE_COMMA:
        return s->body[mark] != ';';
    case EDGE_PAREN:
        return wire_begins_line(s, i - 1) ||
               s->body[mark] == '['; /* "Lahore (Pakistan)", "New Delhi [India]" */
    case EDGE_GLUE:
        return s->body[mark] == '.' || s->body[mark] == '-'; /* "S.D.", "PORT-AU-PRINCE" */
    case EDGE_WORD:
    case EDGE_SLASH:
        return true;
    default:
        return false;
    }
}

static bool dateline_takes(const wire_scan *s, size_t i) {
    int kind = wire_kind_at(s, i);
    if (kind == CUE_BY || kind == CUE_STAMP || kind == CUE_PHOTO || kind == CUE_HEADING ||
        kind == WORD_AGENCY)
        return false;
    return kind == CUE_DATE || wire_is_number(s, i) || wire_is_capital(s, i) || is_small(s, i);
}

/* The last words in capitals of [first, end), with what follows a comma behind them: "WEST CITY, Ohio". */
static size_t shouted_first(const wire_scan *s, size_t first, size_t end) {
    size_t i = end;
    while (i > first && !wire_is_shouted(s, i - 1)) i--;
    if (i == first) return end;
    if (i < end && !wire_gap_has(s, i - 1, ",/")) return end;
    while (i > first &&
           (wire_is_shouted(s, i - 1) || (i - 1 > first && is_small(s, i - 1) && wire_is_shouted(s, i - 2))))
        i--;
    return i;
}

/* The words of a place, with the full stop of "Calif." */
static flong_str span(const wire_scan *s, size_t first, size_t end) {
    if (first >= end) return (flong_str){0};
    size_t begin = s->tokens[first].begin, last = s->tokens[end - 1].end;
    bool stop = end - first > 1 && last < s->n_body &&
                ((s->body[last] == '.' && wire_gap_has(s, end - 2, ",.")) ||
                 ((s->body[last] == ']' || s->body[last] == ')') && wire_gap_has(s, end - 2, "[(")));
    return (flong_str){s->body + begin, last - begin + stop};
}

bool wire_dateline_before(const wire_scan *s, size_t end, size_t *first, flong_str *place) {
    size_t i = end;
    *first = end;
    *place = (flong_str){0};
    if (wire_begins_line(s, end)) return false;
    while (i > s->first && end - i < DATELINE_TOKENS && dateline_takes(s, i - 1) &&
           (i == end || dateline_goes_on(s, i)))
        i--;
    size_t last = end, begin = i;
    while (last > begin && is_date(s, last - 1)) last--;
    while (begin < last && (is_date(s, begin) || (is_small(s, begin) && !wire_is_capital(s, begin)))) begin++;
    size_t shouted = shouted_first(s, begin, last);
    if (shouted < last)
        begin = shouted;
    else if (last - begin > PLACE_PLAIN || (begin > s->first && dateline_goes_on(s, begin)))
        begin = last;
    if (begin == last && last == end) return false;
    *first = begin;
    *place = span(s, begin, last);
    return begin < last || i == last;
}

size_t wire_dateline_at(const wire_scan *s, size_t i, flong_str *place) {
    size_t end = i, mark, shouted = 0;
    bool comma = false;
    for (; end < s->end && end - i < 8; end++) {
        if (end > i && wire_begins_line(s, end)) return i;
        int kind = wire_kind_at(s, end);
        if (kind == CUE_HEADING || kind == CUE_PHOTO || kind == CUE_STAMP || kind == CUE_THE ||
            kind == WORD_AGENCY)
            return i;
        bool loud = wire_is_shouted(s, end) && !wire_is_number(s, end);
        shouted += loud;
        if (!loud && !(comma && (wire_is_capital(s, end) || is_date(s, end))) &&
            !(end > i && is_small(s, end)))
            return i;
        edge right = wire_right(s, s->tokens[end].end, &mark);
        if (right == EDGE_DASH || (right == EDGE_COLON && !comma)) break;
        if (right != EDGE_WORD && right != EDGE_COMMA && right != EDGE_SLASH && right != EDGE_STOP) return i;
        comma |= right == EDGE_COMMA;
    }
    /* Something must follow in the same line: a dash at a line's end is not a dateline's. */
    if (end + 4 >= s->end || wire_begins_line(s, end + 1) || shouted == 0 || end - i >= 8 ||
        wire_is_uncased(s, i))
        return i;
    if ((s->tokens[i].end - s->tokens[i].begin < 4 && end == i) || shouted > SHOUTED_MOST) return i;
    size_t last = end + 1;
    while (last > i && is_date(s, last - 1)) last--;
    *place = span(s, i, last);
    return end + 1;
}
