#include "text/tokens.h"

#include <string.h>

#include "base/hash.h"

/* Characters in an n-gram of unspaced scripts: two ideographs are about a word, six letters of a script
 * like Thai as well. */
enum { GRAM_IDEOGRAPH = 2, GRAM_CONTINUOUS = 6, GRAM_LONGEST = 6 };

/* ASCII: 0 breaks, otherwise the folded byte of a letter or digit. */
static const unsigned char ascii_folded[128] = {
#define ROW(c) c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7
    ['0'] = ROW('0'), '8', '9', ['A'] = ROW('a'), ROW('i'), ROW('q'), 'y', 'z', ['a'] = ROW('a'), ROW('i'),
    ROW('q'),         'y', 'z',
#undef ROW
};

/* Nothing begins one behind this place. */
static const uint32_t TEXT_BEGIN = UINT32_MAX - 1;

/* The token that is being read, and what stood before it. */
typedef struct reading {
    tokenizer *scratch;
    token_list *out;
    const char *text;
    size_t n_text;
    uint32_t base;
    fold_class run;                  /* FOLD_BREAK: between tokens */
    uint32_t begin, end;             /* of the word, or of the last character */
    uint32_t before;                 /* for the next token */
    uint32_t last_end;               /* of the token before; TEXT_BEGIN: there is none */
    bool address;                    /* within an address on the web */
    int32_t quote;                   /* the mark that opened a quotation; 0: none is open */
    bool nested;                     /* within it, a quotation in marks of the same kind */
    bool quoted;                     /* a quotation was opened or closed on this line */
    size_t line;                     /* the line's first token */
    size_t n_gram;                   /* characters of the run held, at most a gram */
    size_t gram_start[GRAM_LONGEST]; /* their places in scratch->folded, and in the text */
    uint32_t gram_begin[GRAM_LONGEST];
    bool gram_written; /* the run has given a token */
    bool out_of_memory;
} reading;

static bool has_digit(const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (bytes[i] >= '0' && bytes[i] <= '9') return true;
    return false;
}

/* Whether a capital letter stands at `at`; the character there has been looked up before. */
static bool is_capital(reading *r, uint32_t at) {
    unsigned char byte = (unsigned char)r->text[at];
    if (byte < 0x80) return byte >= 'A' && byte <= 'Z';
    size_t length;
    const fold_entry *entry =
        fold_lookup(&r->scratch->fold, utf8_decode(r->text + at, r->n_text - at, &length));
    return entry && entry->capital;
}

/* What the gap before a token that begins at `begin` says when it is a single byte. */
static uint32_t gap_of(const reading *r, uint32_t begin) {
    if (begin != r->last_end + 1) return 0;
    char gap = r->text[begin - 1];
    return gap == ' ' ? TOKEN_SPACED : gap == ',' || gap == '.' ? TOKEN_JOINED : 0;
}

static void token_write(reading *r, const char *bytes, size_t n, uint32_t begin, uint32_t end) {
    if (!ARRAY_GROW(r->out->tokens, r->out->n, r->out->capacity)) {
        r->out_of_memory = true;
        return;
    }
    uint32_t around = (r->quote ? TOKEN_QUOTED : 0) | (r->address ? TOKEN_ADDRESS : 0) |
                      (has_digit(bytes, n) ? TOKEN_NUMBER : 0) |
                      (r->run == FOLD_WORD && is_capital(r, begin) ? TOKEN_CAPITAL : 0) | gap_of(r, begin);
    r->out->tokens[r->out->n++] = (token){.hash = hash_bytes(bytes, n, 0),
                                          .begin = r->base + begin,
                                          .end = r->base + end,
                                          .before = r->before | around};
    r->before = 0;
    r->last_end = end;
}

static size_t gram_length(fold_class class) {
    return class == FOLD_IDEOGRAPH ? GRAM_IDEOGRAPH : GRAM_CONTINUOUS;
}

static void gram_write(reading *r) {
    const buffer *folded = &r->scratch->folded;
    token_write(r, folded->p + r->gram_start[0], folded->n - r->gram_start[0], r->gram_begin[0], r->end);
    r->gram_written = true;
}

static void run_end(reading *r) {
    if (r->run == FOLD_WORD)
        token_write(r, r->scratch->folded.p, r->scratch->folded.n, r->begin, r->end);
    else if (r->run != FOLD_BREAK && !r->gram_written)
        gram_write(r); /* a run shorter than a gram is one token */
    r->scratch->folded.n = 0;
    r->run = FOLD_BREAK;
}

static void gram_slide(reading *r) {
    for (size_t i = 1; i < r->n_gram; i++) {
        r->gram_start[i - 1] = r->gram_start[i];
        r->gram_begin[i - 1] = r->gram_begin[i];
    }
    r->n_gram--;
    /* Let go of the bytes before the gram now and then, so that the buffer stays small. */
    if (r->gram_start[0] > 4096) {
        buffer *folded = &r->scratch->folded;
        size_t gone = r->gram_start[0];
        memmove(folded->p, folded->p + gone, folded->n - gone);
        folded->n -= gone;
        for (size_t i = 0; i < r->n_gram; i++) r->gram_start[i] -= gone;
    }
}

/* Takes folded bytes of one class that stand for text[begin, end). */
static void character_take(reading *r, fold_class class, const char *bytes, size_t n, uint32_t begin,
                           uint32_t end) {
    if (class == FOLD_MARK) {
        if (r->run == FOLD_BREAK) return;
        class = r->run;
        if (class != FOLD_WORD && class != FOLD_CONTINUOUS) return;
    }
    if (class != r->run) {
        run_end(r);
        if (class == FOLD_BREAK) return;
        r->run = class;
        r->begin = begin;
        r->n_gram = 0;
        r->gram_written = false;
    }
    if (class == FOLD_BREAK) return;
    if (class != FOLD_WORD) {
        if (r->n_gram == gram_length(class)) gram_slide(r);
        r->gram_start[r->n_gram] = r->scratch->folded.n;
        r->gram_begin[r->n_gram++] = begin;
    }
    r->end = end;
    if (!buffer_append(&r->scratch->folded, bytes, n)) r->out_of_memory = true;
    if (class != FOLD_WORD && r->n_gram == gram_length(class)) gram_write(r);
}

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
    for (size_t i = r->line; !r->quoted && !r->quote && i < r->out->n; i++)
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

/* Notes what a break means for the division into lines, sentences and quotations. */
static void break_note(reading *r, int32_t codepoint, size_t after) {
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
        r->line = r->out->n;
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

/* Whether the character at `at`, if it is there, belongs to the segment of what stands before it. */
static bool attached_at(reading *r, size_t at) {
    if (at >= r->n_text || (unsigned char)r->text[at] < 0x80) return false;
    size_t length;
    int32_t codepoint = utf8_decode(r->text + at, r->n_text - at, &length);
    const fold_entry *entry = fold_lookup(&r->scratch->fold, codepoint);
    if (!entry) r->out_of_memory = true;
    return entry && entry->kind == FOLD_KIND_ATTACHED;
}

/* More marks than this on one character are noise; the segment is cut there (Unicode's Stream-Safe Text
 * Format cuts at 30 as well, UAX 15 section 13). */
enum { SEGMENT_CHARACTERS = 32, SEGMENT_FOLDED = SEGMENT_CHARACTERS * 18 };

/* Folds the character at `at` with all that is attached to it; returns where it ends. */
static size_t segment_take(reading *r, size_t at) {
    size_t length, end = at;
    int32_t first = utf8_decode(r->text + at, r->n_text - at, &length);
    end += length;
    for (int i = 1; i < SEGMENT_CHARACTERS && attached_at(r, end); i++) {
        utf8_decode(r->text + end, r->n_text - end, &length);
        end += length;
    }
    int32_t folded[SEGMENT_FOLDED];
    ptrdiff_t n = fold_segment(folded, SEGMENT_FOLDED, r->text + at, end - at);
    for (ptrdiff_t i = 0; i < n; i++) {
        char bytes[4];
        size_t n_bytes = utf8_encode(folded[i], bytes);
        character_take(r, fold_classify(folded[i]), bytes, n_bytes, (uint32_t)at, (uint32_t)end);
        if (r->run == FOLD_BREAK) break_note(r, folded[i], end);
    }
    if (n > 0 && r->run == FOLD_BREAK) break_note(r, first, end);
    return end;
}

/* Folds one character beyond ASCII; returns where it ends. */
static size_t character_read(reading *r, size_t at) {
    size_t length;
    int32_t codepoint = utf8_decode(r->text + at, r->n_text - at, &length);
    const fold_entry *entry = fold_lookup(&r->scratch->fold, codepoint);
    if (!entry) {
        r->out_of_memory = true;
        return r->n_text;
    }
    if (entry->kind != FOLD_KIND_SIMPLE || attached_at(r, at + length)) return segment_take(r, at);
    character_take(r, (fold_class)entry->class, entry->folded, entry->n, (uint32_t)at,
                   (uint32_t)(at + length));
    if (entry->class == FOLD_BREAK) break_note(r, codepoint, at + length);
    return at + length;
}

/* Folds one ASCII character, or the whole ASCII part of a word; returns where it ends. */
static size_t ascii_read(reading *r, size_t at) {
    char word[64];
    size_t n = 0;
    while (at + n < r->n_text && n < sizeof word && (unsigned char)r->text[at + n] < 0x80) {
        unsigned char folded = ascii_folded[(unsigned char)r->text[at + n]];
        if (!folded) break;
        word[n++] = (char)folded;
    }
    if (attached_at(r, at + n + (n == 0))) {
        if (n <= 1) return segment_take(r, at);
        n--; /* the last letter takes a mark */
    }
    if (n > 0) {
        character_take(r, FOLD_WORD, word, n, (uint32_t)at, (uint32_t)(at + n));
        return at + n;
    }
    run_end(r);
    break_note(r, r->text[at], at + 1);
    return at + 1;
}

bool tokenize(tokenizer *reader, token_list *out, const char *text, size_t n, uint32_t base) {
    reading r = {.scratch = reader,
                 .out = out,
                 .line = out->n,
                 .text = text,
                 .n_text = n,
                 .base = base,
                 .before = TOKEN_LINE,
                 .last_end = TEXT_BEGIN};
    reader->folded.n = 0;
    for (size_t at = 0; at < n && !r.out_of_memory;)
        at = (unsigned char)text[at] < 0x80 ? ascii_read(&r, at) : character_read(&r, at);
    run_end(&r);
    return !r.out_of_memory;
}

void tokenizer_free(tokenizer *reader) {
    folder_free(&reader->fold);
    buffer_free(&reader->folded);
    mem_free(reader->phrases);
    reader->phrases = NULL;
}
