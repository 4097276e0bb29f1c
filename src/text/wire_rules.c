#include <string.h>

#include "text/wire_rules.h"

/* ---- groups -------------------------------------------------------------------------------- */

static bool is_name(const hit *h) { return !h->word || h->word->kind == WORD_AGENCY; }

/* Whether nothing but separators stands between the tokens before `left` and `right`. */
static bool is_joined(const wire_scan *s, size_t left_end, size_t right) {
    size_t at = s->tokens[left_end - 1].end, end = s->tokens[right].begin;
    if (end < at || end - at > 5) return false;
    while (at < end) {
        size_t length;
        int32_t c = utf8_decode(s->body + at, end - at, &length);
        if (c == 0 || c > 0x2015 || (c > 0x7F && c < 0x2010) || (c < 0x80 && !strchr(" ,/&-+", c)))
            return false;
        at += length;
    }
    return true;
}

static size_t group_next(const wire_scan *s, size_t h) {
    size_t end = s->hits[h].end, next = h + 1;
    if (next < s->n_hits && s->hits[next].word && s->hits[next].word->kind == CUE_AND &&
        s->hits[next].first == end && is_joined(s, end, end))
        end++, next++;
    return next < s->n_hits && s->hits[next].first == end && is_name(&s->hits[next]) && is_joined(s, end, end)
               ? next
               : 0;
}

wire_group wire_group_at(const wire_scan *s, size_t h) {
    wire_group g = {.hit = h,
                    .hit_end = h + 1,
                    .first = s->hits[h].first,
                    .end = s->hits[h].end,
                    .word = s->hits[h].word};
    for (size_t next; (next = group_next(s, g.hit_end - 1));) {
        g.hit_end = next + 1;
        g.end = s->hits[next].end;
        if (g.word && !g.word->agency && s->hits[next].word) g.word = s->hits[next].word;
    }
    g.safety = g.word ? g.word->safety : WIRE_SAFE;
    g.lead = g.first;
    if (g.first > s->first && !(s->tokens[g.first].before & TOKEN_LINE) &&
        wire_kind_at(s, g.first - 1) == CUE_THE)
        g.lead--;
    g.left = wire_left(s, s->tokens[g.lead].begin, &g.left_mark);
    g.right = wire_right(s, s->tokens[g.end - 1].end, &g.right_mark);
    g.head = g.first < s->head_end;
    g.tail = g.first >= s->tail_first;
    return g;
}

/* ---- questions ----------------------------------------------------------------------------- */

/* A credit at the end of a text is followed by little. */
enum { LAST_BYTES = 400 };

static bool is_date_like(const wire_scan *s, size_t i) {
    int kind = i < s->end ? wire_kind_at(s, i) : -1;
    return kind == CUE_DATE || kind == CUE_STAMP || (i < s->end && wire_is_number(s, i));
}

/* Whether token i is the end of a date or a time: "2017", "17:52", "IST", "February". */
static bool ends_stamp(const wire_scan *s, size_t i) {
    if (!wire_is_number(s, i)) return is_date_like(s, i);
    return s->tokens[i].end - s->tokens[i].begin == 4 || (i > s->first && wire_gap_has(s, i - 1, ":"));
}

static bool goes_on_small(const wire_scan *s, const wire_group *g) {
    return g->right == EDGE_WORD && g->end < s->end && !wire_is_capital(s, g->end) &&
           !is_date_like(s, g->end);
}

/* A cue of this kind among the `reach` tokens before `end`, in the same line: its token, or `end`. */
static size_t cue_before(const wire_scan *s, size_t end, size_t reach, wire_kind kind) {
    for (size_t i = end; i > s->first && end - i < reach; i--) {
        if (wire_begins_line(s, i)) break;
        if (wire_kind_at(s, i - 1) == (int)kind) return i - 1;
    }
    return end;
}

static size_t cue_after(const wire_scan *s, size_t i, size_t reach, wire_kind kind) {
    for (size_t n = 0; n < reach && i + n < s->end; n++) {
        if (n > 0 && wire_begins_line(s, i + n)) break;
        if (wire_kind_at(s, i + n) == (int)kind) return i + n;
    }
    return s->end;
}

static bool is_short(const wire_scan *s, size_t i) { return s->tokens[i].end - s->tokens[i].begin <= 4; }

/* The group's own line ends with it, but for a full stop. */
static bool ends_line(const wire_scan *s, const wire_group *g) {
    size_t mark;
    return g->right == EDGE_LINE || (g->right == EDGE_STOP && g->safety != WIRE_SHY &&
                                     wire_right(s, g->right_mark, &mark) == EDGE_LINE);
}

static size_t bytes_left(const wire_scan *s, const wire_group *g) {
    return s->text_end - s->tokens[g->end - 1].end;
}

static wire_verdict verdict(wire_credit_kind kind, size_t first, size_t end) {
    return (wire_verdict){.kind = kind, .first = first, .end = end};
}
static const wire_verdict none = {.kind = WIRE_NONE};

/* ---- pictures ------------------------------------------------------------------------------ */

/* "(c) Somebody / Reuters", where no year stands behind the sign. */
static bool sign_before(const wire_scan *s, size_t i) {
    for (size_t n = 0; n < 8 && i > s->first && !wire_begins_line(s, i); n++, i--) {
        size_t mark;
        if (wire_left(s, s->tokens[i - 1].begin, &mark) == EDGE_COPYRIGHT)
            return !wire_is_number(s, i - 1) && wire_kind_at(s, i - 1) != CUE_COPYRIGHT &&
                   wire_kind_at(s, i - 1) != CUE_THE;
    }
    return false;
}

static bool photo_cue_before(const wire_scan *s, const wire_group *g) {
    for (size_t i = g->lead, n = 0; n < 12 && i > s->first; n++, i--) {
        if (s->tokens[i].before & (TOKEN_LINE | TOKEN_SENTENCE) || wire_gap_has(s, i - 1, ")")) return false;
        size_t mark;
        if (wire_kind_at(s, i - 1) != CUE_PHOTO) continue;
        /* "a photo of him" may stand in any headline */
        return i == g->lead || wire_is_capital(s, i - 1) ||
               wire_right(s, s->tokens[i - 1].end, &mark) == EDGE_COLON;
    }
    return false;
}

/* "Somebody/AP" is a picture's; "ABC/AP" as a line is not, nor "/TASS/". */
static bool is_slashed(const wire_scan *s, const wire_group *g) {
    if (g->left != EDGE_SLASH || g->right == EDGE_SLASH) return false;
    return !(wire_begins_line(s, g->lead - 1) && wire_is_shouted(s, g->lead - 1) && g->tail);
}

static bool is_photo(const wire_scan *s, const wire_group *g) {
    if (g->end < s->end && g->right != EDGE_LINE && wire_kind_at(s, g->end) == CUE_PHOTO &&
        g->right != EDGE_PAREN && g->right != EDGE_STOP)
        return true;
    if (g->lead == s->first) return false;
    return photo_cue_before(s, g) || sign_before(s, g->lead) || is_slashed(s, g);
}

/* ---- head ---------------------------------------------------------------------------------- */

static edge edge_behind(const wire_scan *s, size_t mark) {
    size_t next, dash;
    edge behind = wire_right(s, mark, &next);
    if (behind != EDGE_STOP) return behind;
    return wire_right(s, next, &dash) == EDGE_DASH ? EDGE_DASH : EDGE_STOP; /* "(EFE).- " */
}

/* "KYIV, Jan. 3 (Reuters) -", and "(ANSA) - ROMA, 3 GEN -". */
static wire_verdict judge_dateline(const wire_scan *s, const wire_group *g) {
    if (g->left != EDGE_PAREN || g->right != EDGE_PAREN) return none;
    edge behind = edge_behind(s, g->right_mark);
    bool dash = behind == EDGE_DASH || behind == EDGE_COLON;
    wire_verdict v = verdict(WIRE_DATELINE, g->first, g->end);
    size_t first = g->first;
    bool found = wire_dateline_before(s, g->lead, &first, &v.place);
    if (found && v.place.n && !dash && (behind == EDGE_LINE || !wire_is_shouted(s, first))) return none;
    if (found) v.first = first;
    if (!v.place.n && g->end < s->end && !wire_begins_line(s, g->end))
        v.end = wire_dateline_at(s, g->end, &v.place);
    if (!dash && !v.place.n) return none;
    if (g->safety == WIRE_SHY && !found && !wire_begins_line(s, g->lead)) return none;
    return v;
}

/* "МОСКВА, 5 января /ТАСС/.", "Paris - AFP", "КИЕВ. 3 января. УНН." */
static wire_verdict judge_dateline_bare(const wire_scan *s, const wire_group *g) {
    bool slashes = g->left == EDGE_SLASH && g->right == EDGE_SLASH;
    bool dash = g->left == EDGE_DASH && (g->right == EDGE_STOP || g->right == EDGE_DASH ||
                                         g->right == EDGE_COLON || g->right == EDGE_LINE);
    bool stops = g->left == EDGE_STOP && (g->right == EDGE_STOP || g->right == EDGE_DASH);
    if (!slashes && !dash && !stops) return none;
    wire_verdict v = verdict(WIRE_DATELINE, g->first, g->end);
    size_t first, mark;
    edge behind = wire_right(s, g->right_mark, &mark);
    if (slashes && behind != EDGE_STOP && behind != EDGE_DASH && behind != EDGE_LINE) return none;
    if (!wire_dateline_before(s, g->lead, &first, &v.place) || !v.place.n) return none;
    if (!wire_begins_line(s, first) ||
        (stops && !wire_is_shouted(s, first) && !wire_is_number(s, g->lead - 1) &&
         wire_kind_at(s, g->lead - 1) != CUE_DATE))
        return none;
    v.first = first;
    return v;
}

/* "[서울=뉴시스]", "【東京共同】", "【1月3日 AFP】": a bracket that begins a line. */
static wire_verdict judge_bracket(const wire_scan *s, const wire_group *g) {
    size_t first = wire_line_first(s, g->first), mark;
    if (g->right != EDGE_PAREN || g->first - first > 10 ||
        wire_left(s, s->tokens[first].begin, &mark) != EDGE_PAREN)
        return none;
    if (!wire_is_uncased(s, g->first) && s->body[mark] == '(') return none;
    if (edge_behind(s, g->right_mark) == EDGE_LINE && g->first > first) return none;
    wire_verdict v = verdict(WIRE_DATELINE, first, g->end);
    size_t last = first;
    while (last < g->first && !is_date_like(s, last) && s->tokens[last].end <= s->tokens[g->first].begin)
        last++;
    if (last > first)
        v.place =
            (flong_str){s->body + s->tokens[first].begin, s->tokens[last - 1].end - s->tokens[first].begin};
    return v;
}

/* The bracket that opens right behind token i, "（记者 ...）": the token behind it, or i + 1. */
static size_t bracket_end(const wire_scan *s, size_t i) {
    size_t end = i + 1, mark;
    if (end >= s->end || wire_left(s, s->tokens[end].begin, &mark) != EDGE_PAREN) return end;
    for (size_t n = 0; n < 24 && end < s->end; n++, end++)
        if (wire_right(s, s->tokens[end].end, &mark) == EDGE_PAREN) return end + 1;
    return i + 1;
}

/* "新华社北京1月3日电（记者 ...）", "（中央社記者...台北3日電）" */
static wire_verdict judge_han(const wire_scan *s, const wire_group *g) {
    if (!wire_is_uncased(s, g->first) || g->left == EDGE_WORD || g->left == EDGE_COMMA ||
        g->left == EDGE_COLON)
        return none;
    size_t wired = cue_after(s, g->end, 28, CUE_WIRED);
    if (wired == s->end) return none;
    wire_verdict v = verdict(WIRE_DATELINE, g->first, bracket_end(s, wired));
    size_t from = s->tokens[g->end - 1].end, digit = g->end;
    while (digit < wired && !wire_is_number(s, digit)) digit++;
    size_t to = s->tokens[digit].begin > from ? s->tokens[digit].begin : from;
    bool reporter =
        to - from >= 6 && (memcmp(s->body + from, "记者", 6) == 0 || memcmp(s->body + from, "記者", 6) == 0);
    if (digit < wired && from < to && to - from <= 24 && !reporter)
        v.place = (flong_str){s->body + from, to - from};
    return v;
}

static bool byline_takes(const wire_scan *s, size_t i) {
    int kind = wire_kind_at(s, i);
    if (wire_gap_has(s, i, "\"?!;") || kind == CUE_PHOTO || kind == CUE_STAMP) return false;
    return kind == CUE_AND || kind == CUE_LINK || kind == CUE_WITH || kind == CUE_THE ||
           (wire_is_capital(s, i) && kind != CUE_DATE);
}

/* "By The Associated Press", "By Ann Example, Associated Press | Updated" */
static wire_verdict judge_byline(const wire_scan *s, const wire_group *g) {
    size_t by = cue_before(s, g->lead, 16, CUE_BY);
    if (by == g->lead || g->right == EDGE_SLASH ||
        (goes_on_small(s, g) && wire_kind_at(s, g->end) != CUE_AND))
        return none;
    if (g->left == EDGE_PAREN && edge_behind(s, g->right_mark) == EDGE_WORD && g->end < s->end &&
        !wire_is_capital(s, g->end))
        return none;
    if (g->left == EDGE_SLASH && (g->lead - by > 5 || s->body[s->tokens[g->lead].begin - 1] == '/'))
        return none;
    if (!wire_is_capital(s, by) && !wire_begins_line(s, by) &&
        !(wire_is_number(s, by - 1) && ends_stamp(s, by - 1)) &&
        (by + 1 < g->lead || g->right == EDGE_LINE || g->end >= s->end ||
         (!is_date_like(s, g->end) && wire_kind_at(s, g->end) != CUE_SOURCE)))
        return none;
    for (size_t i = by + 1; i < g->lead; i++)
        if (!byline_takes(s, i)) return none;
    if (g->safety == WIRE_SHY && !(by + 1 == g->lead && (g->right != EDGE_WORD || is_date_like(s, g->end))))
        return none;
    return verdict(WIRE_BYLINE, by, g->end);
}

/* The date that follows a name may have a place before it: "AFP /San Example Filed on", "PTI, Delhi Published". */
static bool stamp_follows(const wire_scan *s, size_t i) {
    for (size_t n = 0; n < 4 && i < s->end && !wire_begins_line(s, i); n++, i++) {
        if (wire_kind_at(s, i) == CUE_STAMP) return wire_is_capital(s, i);
        if (!wire_is_capital(s, i)) return false;
    }
    return false;
}

/* "Reuters in Havana Saturday 11 February" at the beginning of a line. */
static bool date_follows(const wire_scan *s, const wire_group *g) {
    if (!wire_begins_line(s, g->lead) || g->end >= s->end || wire_kind_at(s, g->end) != CUE_LINK)
        return false;
    for (size_t i = g->end + 1; i < g->end + 5 && i < s->end && !wire_begins_line(s, i); i++)
        if (is_date_like(s, i)) return true;
    return false;
}

/* "Xinhua | Updated: 2017-09-15", "14:31 IST PTI, Delhi", "Associated Press 48 mins ago" */
static wire_verdict judge_stamp(const wire_scan *s, const wire_group *g) {
    if (g->safety == WIRE_SHY || g->left == EDGE_COPYRIGHT || g->left == EDGE_COLON) return none;
    if (goes_on_small(s, g)) return date_follows(s, g) ? verdict(WIRE_LINE, g->lead, g->end) : none;
    size_t mark;
    bool before = false, after = false;
    if (g->lead > s->first && ends_stamp(s, g->lead - 1)) {
        bool time = wire_kind_at(s, g->lead - 1) == CUE_STAMP ||
                    (g->lead - 1 > s->first && wire_gap_has(s, g->lead - 2, ":"));
        before = ((g->left == EDGE_WORD || g->left == EDGE_BAR) && g->right != EDGE_LINE &&
                  g->right != EDGE_SLASH) ||
                 (g->left == EDGE_PAREN && time && wire_left(s, g->left_mark, &mark) == EDGE_WORD);
    }
    if (g->end < s->end && g->right != EDGE_LINE && g->right != EDGE_PAREN) {
        bool two = is_date_like(s, g->end) && is_date_like(s, g->end + 1);
        bool time = two && wire_is_number(s, g->end) && wire_is_number(s, g->end + 1);
        if (time && g->right == EDGE_WORD && g->left != EDGE_COMMA && g->left != EDGE_BAR)
            two = is_date_like(s, g->end + 2); /* "1:37" alone is the length of a video */
        bool one = ends_stamp(s, g->end) || (wire_is_number(s, g->end) && two);
        after = (one && g->left != EDGE_WORD) || (two && g->safety == WIRE_SAFE) ||
                (two && is_date_like(s, g->end + 2)) || stamp_follows(s, g->end);
    }
    return before || after ? verdict(WIRE_LINE, g->lead, g->end) : none;
}

/* "(Somebody / Agency) Associated Press", "Ann Example Associated Press" at the end of the line above the text. */
static wire_verdict judge_line_end(const wire_scan *s, const wire_group *g) {
    if (g->right != EDGE_LINE || g->safety != WIRE_SAFE) return none;
    size_t first = g->lead, mark = g->left_mark;
    edge left = g->left;
    for (size_t n = 0; n < 5 && (left == EDGE_WORD || (left == EDGE_STOP && s->body[mark] == '.')); n++) {
        if (first == s->first || !wire_is_capital(s, first - 1)) return none;
        left = wire_left(s, s->tokens[--first].begin, &mark);
    }
    bool bracket =
        left == EDGE_STOP && s->body[mark] == ')' && wire_kind_at(s, first - (first > s->first)) != CUE_PHOTO;
    return bracket || (left == EDGE_LINE && first + 1 < g->lead) ? verdict(WIRE_BYLINE, first, g->end) : none;
}

/* ---- both ends ----------------------------------------------------------------------------- */

/* "Reuters", "(AFP)", "- Reuters" as a line; in the tail a date may follow. */
static wire_verdict judge_line(const wire_scan *s, const wire_group *g) {
    size_t first = wire_line_first(s, g->lead), mark;
    if (!g->head && bytes_left(s, g) > LAST_BYTES) return none;
    bool slashed = g->tail && first + 1 == g->lead && g->left == EDGE_SLASH && wire_is_shouted(s, first);
    if (first != g->lead && !slashed) return none;
    bool paren =
        g->left == EDGE_PAREN && g->right == EDGE_PAREN && wire_right(s, g->right_mark, &mark) == EDGE_LINE;
    bool stamped = g->tail && g->right == EDGE_WORD && is_date_like(s, g->end);
    if (!paren && !stamped && !ends_line(s, g) && g->right != EDGE_BAR) return none;
    /* "AP" above "This file photo shows ..." */
    if (g->head && !g->tail && cue_after(s, g->end, 24, CUE_PHOTO) < wire_sentence_end(s, g->end))
        return none;
    return verdict(WIRE_LINE, first, g->end);
}

/* "... he said. (AFP)", "... he said. - Reuters/CNA/xy", "ab/cd (AFP, dpa)" */
static wire_verdict judge_end(const wire_scan *s, const wire_group *g) {
    size_t mark;
    if (bytes_left(s, g) > LAST_BYTES || goes_on_small(s, g)) return none;
    edge before = wire_left(s, g->left_mark, &mark);
    if (before == EDGE_STOP && s->body[mark] == ')' && g->left == EDGE_PAREN)
        return none; /* behind a picture's credit */
    if (before == EDGE_GLUE && s->body[mark] == '.') before = EDGE_STOP;
    bool last = g->left == EDGE_DASH && wire_line_end(s, g->end - 1) == s->end;
    bool initials =
        g->lead - wire_line_first(s, g->lead) <= 3 && g->lead > s->first && !wire_is_capital(s, g->lead - 1);
    if (before != EDGE_STOP && before != EDGE_LINE && !initials && !last) return none;
    if (g->left == EDGE_DASH && (ends_line(s, g) || g->right == EDGE_SLASH || g->right == EDGE_BAR))
        return verdict(WIRE_LINE, g->lead, g->right == EDGE_SLASH ? wire_line_end(s, g->end - 1) : g->end);
    if (g->left != EDGE_PAREN || g->right != EDGE_PAREN) return none;
    /* "(New York Times)" says who reported it */
    if (g->safety == WIRE_SHY && g->end - g->first > 1 && g->hit_end - g->hit == 1 &&
        !wire_is_uncased(s, g->first))
        return none;
    edge behind = wire_right(s, g->right_mark, &mark);
    if (behind != EDGE_LINE && behind != EDGE_STOP && behind != EDGE_BAR && !is_date_like(s, g->end) &&
        g->end < s->end)
        return none;
    return verdict(WIRE_LINE, initials ? wire_line_first(s, g->lead) : g->lead, g->end);
}

static wire_verdict judge_source(const wire_scan *s, const wire_group *g) {
    size_t cue = cue_before(s, g->lead, 2, CUE_SOURCE), mark;
    if (cue == g->lead || g->lead - cue > 1 || goes_on_small(s, g)) return none;
    bool bracket = g->left == EDGE_PAREN && wire_is_uncased(s, cue); /* "المصدر (وات)" */
    if (wire_right(s, s->tokens[cue].end, &mark) != EDGE_COLON && !bracket) return none;
    /* Behind a sentence or in brackets it is the source of the picture above, but at the end of the text. */
    edge left = wire_left(s, s->tokens[cue].begin, &mark);
    bool apart = left == EDGE_LINE || left == EDGE_BAR || (left == EDGE_WORD && g->head);
    bool last = bytes_left(s, g) == 0;
    return apart || (last && left != EDGE_COMMA) ? verdict(WIRE_SOURCE, cue, g->end) : none;
}

/* What may follow in a notice's sentence. */
enum { NOTICE_TOKENS = 12 };

/* "(c) 2017 The Canadian Press", "Copyright Thomson Reuters, 2017": in the head with a year. */
static wire_verdict judge_copyright(const wire_scan *s, const wire_group *g) {
    size_t first = g->lead;
    bool year = g->end < s->end && g->right != EDGE_LINE && wire_is_number(s, g->end),
         sign = g->left == EDGE_COPYRIGHT;
    for (size_t n = 0, mark; n < 5 && !sign && first > s->first && !wire_begins_line(s, first); n++) {
        first--;
        int kind = wire_kind_at(s, first);
        sign = kind == CUE_COPYRIGHT || wire_left(s, s->tokens[first].begin, &mark) == EDGE_COPYRIGHT;
        if (wire_is_number(s, first))
            year = true;
        else if (kind != CUE_COPYRIGHT && kind != CUE_BY && kind != CUE_THE &&
                 s->tokens[first].end - s->tokens[first].begin > 2)
            break;
    }
    if (!sign || (!year && (!g->tail || bytes_left(s, g) > LAST_BYTES))) return none;
    if (first > s->first && wire_kind_at(s, first - 1) == CUE_COPYRIGHT) first--;
    size_t end = g->end + (g->end < s->end && wire_is_number(s, g->end)),
           last = wire_sentence_end(s, g->end - 1), mark;
    if (wire_right(s, s->tokens[end - 1].end, &mark) == EDGE_SLASH)
        return none; /* "(c) AFP 2016 / Somebody" */
    return verdict(WIRE_COPYRIGHT, first, last - g->end <= NOTICE_TOKENS && last > end ? last : end);
}

/* "With" and what little may stand before the cue. */
static size_t inputs_first(const wire_scan *s, size_t cue) {
    size_t first = wire_sentence_first(s, cue);
    return cue - first <= 4 ? first : cue;
}

/* "files from", "inputs by", "a file from" */
static bool is_linked(const wire_scan *s, size_t i, size_t lead) {
    int kind = wire_kind_at(s, i);
    return i == lead || kind == CUE_LINK || kind == CUE_BY || kind == CUE_THE || kind == CUE_PHOTO ||
           kind == CUE_INPUT;
}

/* "With files from AFP", "(With PTI inputs)", "-- with AP", "Additional reporting by Reuters" */
static wire_verdict judge_inputs(const wire_scan *s, const wire_group *g) {
    size_t from = g->lead, mark;
    if (g->right == EDGE_WORD && wire_kind_at(s, g->end) == CUE_INPUT)
        return verdict(WIRE_CONTRIBUTION, inputs_first(s, g->lead), g->end + 1);
    for (size_t n = 0; n < 16 && from > s->first && !wire_begins_line(s, from); n++) {
        int kind = wire_kind_at(s, --from);
        bool with = kind == CUE_WITH && from + 1 == g->lead;
        edge left = wire_left(s, s->tokens[from].begin, &mark);
        if (kind == CUE_REPORTING || (kind == CUE_INPUT && is_linked(s, from + 1, g->lead)))
            return verdict(WIRE_CONTRIBUTION, inputs_first(s, from), g->end);
        if (with && g->tail && (left == EDGE_LINE || left == EDGE_PAREN || left == EDGE_DASH) &&
            g->right != EDGE_WORD)
            return verdict(WIRE_CONTRIBUTION, from, g->end);
        if (!wire_is_capital(s, from) && kind != CUE_LINK && kind != CUE_AND && kind != CUE_BY &&
            !is_short(s, from))
            break;
    }
    return none;
}

/* "The Associated Press contributed to this report.", "AP writers ... also contributed." */
static wire_verdict judge_contributed(const wire_scan *s, const wire_group *g) {
    size_t cue = cue_after(s, g->end, 48, CUE_CONTRIBUTED);
    if (cue == s->end) return none;
    bool writers = g->right == EDGE_WORD && wire_kind_at(s, g->end) == CUE_LINK;
    bool alone = cue - g->end <= 2 && g->left != EDGE_WORD;
    bool listed = g->left == EDGE_STOP || g->left == EDGE_LINE || g->left == EDGE_DASH ||
                  g->left == EDGE_BAR || g->left == EDGE_PAREN ||
                  wire_kind_at(s, g->lead - (g->lead > s->first)) == CUE_AND || g->left == EDGE_COMMA;
    if (!writers && !alone && !listed) return none;
    size_t first = wire_sentence_first(s, cue);
    return verdict(WIRE_CONTRIBUTION, first < g->lead ? first : g->lead, wire_sentence_end(s, cue));
}

/* "This article was originally published on The Conversation." */
static wire_verdict judge_origin(const wire_scan *s, const wire_group *g) {
    size_t cue = cue_before(s, g->lead, 8, CUE_ORIGIN), first = wire_sentence_first(s, g->lead);
    if (cue == g->lead || cue < first) return none;
    if (!wire_speaks_of_piece(s, first, cue)) return none;
    for (size_t i = cue; i < g->lead; i++)
        if (wire_is_capital(s, i) && i > cue + 1) return none;
    return verdict(WIRE_ORIGIN, wire_sentence_first(s, cue), wire_sentence_end(s, g->end - 1));
}

/* "The Example's Ann Example" */
static bool has_possessive(const wire_scan *s, const wire_group *g) {
    size_t end = s->tokens[g->end - 1].end;
    return end < s->n_body && (s->body[end] == '\'' || s->body[end] == (char)0xE2);
}

typedef wire_verdict (*rule)(const wire_scan *s, const wire_group *g);

wire_verdict wire_judge(const wire_scan *s, const wire_group *g) {
    static const rule at_head[] = {judge_dateline, judge_bracket, judge_han, judge_dateline_bare};
    static const rule at_both[] = {judge_copyright, judge_source, judge_origin, judge_line};
    static const rule at_tail[] = {judge_contributed, judge_end};
    wire_verdict v = none;
    if (g->left == EDGE_GLUE) return none;
    if (g->right == EDGE_GLUE) return g->tail && has_possessive(s, g) ? judge_contributed(s, g) : none;
    for (size_t i = 0; g->head && i < sizeof at_head / sizeof *at_head; i++)
        if ((v = at_head[i](s, g)).kind) return v;
    bool by = g->head && (v = judge_byline(s, g)).kind;
    if (by) return v;
    if (is_photo(s, g)) return none;
    for (size_t i = 0; i < sizeof at_both / sizeof *at_both; i++)
        if ((v = at_both[i](s, g)).kind) return v;
    if (g->head && ((v = judge_stamp(s, g)).kind || (v = judge_line_end(s, g)).kind)) return v;
    for (size_t i = 0; g->tail && i < sizeof at_tail / sizeof *at_tail; i++)
        if ((v = at_tail[i](s, g)).kind) return v;
    return judge_inputs(s, g);
}
