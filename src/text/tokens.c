#include "text/tokens.h"

#include <string.h>

#include "base/hash.h"
#include "base/simd.h"
#include "text/reading.h"

/* ASCII: 0 breaks, otherwise the folded byte of a letter or digit. */
static const unsigned char ascii_folded[128] = {
#define ROW(c) c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7
    ['0'] = ROW('0'), '8', '9', ['A'] = ROW('a'), ROW('i'), ROW('q'), 'y', 'z', ['a'] = ROW('a'), ROW('i'),
    ROW('q'),         'y', 'z',
#undef ROW
};

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
    const fold_entry *entry = fold_find(&r->scratch->fold, utf8_read(r->text + at, r->n_text - at, &length));
    return entry && entry->capital;
}

static void token_write(reading *r, const char *bytes, size_t n, uint32_t begin, uint32_t end) {
    if (!ARRAY_GROW(r->out->tokens, r->out->n, r->out->capacity)) {
        r->out_of_memory = true;
        return;
    }
    uint32_t around = (r->quote ? TOKEN_QUOTED : 0) | (r->address ? TOKEN_ADDRESS : 0) |
                      (has_digit(bytes, n) ? TOKEN_NUMBER : 0) |
                      (r->run == FOLD_WORD && is_capital(r, begin) ? TOKEN_CAPITAL : 0) |
                      gap_before(r, begin);
    r->out->tokens[r->out->n++] = (token){.hash = hash_bytes(bytes, n, 0),
                                          .begin = r->base + begin,
                                          .end = r->base + end,
                                          .before = r->before | around};
    r->before = 0;
    r->last_end = end;
    r->next = r->out->n;
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

bool attached_at(reading *r, size_t at) {
    if (at >= r->n_text || (unsigned char)r->text[at] < 0x80) return false;
    size_t length;
    int32_t codepoint = utf8_read(r->text + at, r->n_text - at, &length);
    const fold_entry *entry = fold_find(&r->scratch->fold, codepoint);
    if (!entry) r->out_of_memory = true;
    return entry && entry->kind == FOLD_KIND_ATTACHED;
}

/* More marks than this on one character are noise; the segment is cut there (Unicode's Stream-Safe Text
 * Format cuts at 30 as well, UAX 15 section 13). */
enum { SEGMENT_CHARACTERS = 32, SEGMENT_FOLDED = SEGMENT_CHARACTERS * 18 };

/* Folds the character at `at` with all that is attached to it; returns where it ends. */
static size_t segment_take(reading *r, size_t at) {
    size_t length, end = at;
    int32_t first = utf8_read(r->text + at, r->n_text - at, &length);
    end += length;
    for (int i = 1; i < SEGMENT_CHARACTERS && attached_at(r, end); i++) {
        utf8_read(r->text + end, r->n_text - end, &length);
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
    int32_t codepoint = utf8_read(r->text + at, r->n_text - at, &length);
    const fold_entry *entry = fold_find(&r->scratch->fold, codepoint);
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

/* Most ideographs fold to themselves and have so many bytes, the first of them in this range. */
enum { IDEOGRAPH_BYTES = 3, IDEOGRAPH_FIRST = 0xE3, IDEOGRAPH_LAST = 0xE9 };

static bool may_be_ideograph(const reading *r, size_t at) {
    unsigned char byte = (unsigned char)r->text[at];
    return byte >= IDEOGRAPH_FIRST && byte <= IDEOGRAPH_LAST;
}

static bool ideograph_at(reading *r, size_t at) {
    if (at + IDEOGRAPH_BYTES > r->n_text || !may_be_ideograph(r, at)) return false;
    size_t length;
    int32_t codepoint = utf8_read(r->text + at, r->n_text - at, &length);
    const fold_entry *entry = fold_find(&r->scratch->fold, codepoint);
    return entry && entry->kind == FOLD_KIND_SIMPLE && entry->class == FOLD_IDEOGRAPH &&
           entry->n == IDEOGRAPH_BYTES && memcmp(entry->folded, r->text + at, IDEOGRAPH_BYTES) == 0;
}

/* Leaves a run of ideographs whose last one begins at `at` as character_take would. */
static void ideographs_end(reading *r, size_t at) {
    size_t before = at - IDEOGRAPH_BYTES;
    r->end = (uint32_t)(at + IDEOGRAPH_BYTES);
    r->gram_written = true;
    r->n_gram = GRAM_IDEOGRAPH;
    r->gram_start[0] = 0;
    r->gram_start[1] = IDEOGRAPH_BYTES;
    r->gram_begin[0] = (uint32_t)before;
    r->gram_begin[1] = (uint32_t)at;
    if (!buffer_append(&r->scratch->folded, r->text + before, 2 * IDEOGRAPH_BYTES)) r->out_of_memory = true;
}

/* Reads the pairs of a run that begins at `at` from the text itself, as far as its ideographs fold to themselves; what
 * has something attached is none of them. Returns where it ends; `at` where there are not two. */
static size_t ideographs_read(reading *r, size_t at) {
    size_t first = at;
    for (bool next = ideograph_at(r, at) && ideograph_at(r, at + IDEOGRAPH_BYTES);
         next && !r->out_of_memory;) {
        size_t end = at + 2 * IDEOGRAPH_BYTES;
        next = ideograph_at(r, end);
        if (!next && attached_at(r, end)) break;
        if (at == first) {
            run_end(r);
            r->run = FOLD_IDEOGRAPH;
            r->begin = (uint32_t)at;
        }
        token_write(r, r->text + at, 2 * IDEOGRAPH_BYTES, (uint32_t)at, (uint32_t)end);
        at += IDEOGRAPH_BYTES;
    }
    if (at == first) return at;
    ideographs_end(r, at);
    return at + IDEOGRAPH_BYTES;
}

static size_t character_or_run_read(reading *r, size_t at) {
    if ((unsigned char)r->text[at] < 0x80) return ascii_read(r, at);
    size_t end =
        r->by_runs && r->run != FOLD_IDEOGRAPH && may_be_ideograph(r, at) ? ideographs_read(r, at) : at;
    return end > at ? end : character_read(r, at);
}

/* Where an ideograph follows, blocks would come back at once. */
size_t characters_read(reading *r, size_t at) {
    do at = character_or_run_read(r, at);
    while (at < r->n_text && !r->out_of_memory &&
           (r->run != FOLD_BREAK || r->address || may_be_ideograph(r, at)));
    if (at >= r->n_text) run_end(r);
    return at;
}

bool text_characters_read(reading *r) {
    for (size_t at = 0; at < r->n_text && !r->out_of_memory;) at = characters_read(r, at);
    return !r->out_of_memory;
}

bool tokenize(tokenizer *reader, token_list *out, const char *text, size_t n, uint32_t base) {
    reading r = {.scratch = reader,
                 .out = out,
                 .line = out->n,
                 .next = out->n,
                 .text = text,
                 .n_text = n,
                 .base = base,
                 .before = TOKEN_LINE,
                 .last_end = TEXT_BEGIN};
    reader->folded.n = 0;
    if (simd_best() == SIMD_PLAIN) return text_characters_read(&r);
    r.by_runs = true;
    return text_blocks_read(&r);
}

void tokenizer_free(tokenizer *reader) {
    folder_free(&reader->fold);
    buffer_free(&reader->folded);
    buffer_free(&reader->lower);
    buffer_free(&reader->places);
    mem_free(reader->phrases);
    reader->phrases = NULL;
}
