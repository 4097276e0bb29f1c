#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

enum {
    FOLD_OPTIONS = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
    DECOMPOSE_OPTIONS =
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
    FOLD_LONGEST = 64 /* code points that one character folds to, at most; U+FDFA has 18 */
};

typedef struct range {
    int32_t first, last;
    fold_class class;
} range;

/* Scripts written without spaces between words; all other letters are FOLD_WORD. Ascending. */
static const range unspaced[] = {
    {0x0E00, 0x0EFF, FOLD_CONTINUOUS},  /* Thai, Lao */
    {0x1000, 0x109F, FOLD_CONTINUOUS},  /* Myanmar */
    {0x1780, 0x17FF, FOLD_CONTINUOUS},  /* Khmer */
    {0x1950, 0x19FF, FOLD_CONTINUOUS},  /* Tai Le, New Tai Lue, Khmer symbols */
    {0x1A20, 0x1AAF, FOLD_CONTINUOUS},  /* Tai Tham */
    {0x2E80, 0x2FDF, FOLD_IDEOGRAPH},   /* radicals */
    {0x3005, 0x3007, FOLD_IDEOGRAPH},   /* iteration mark, closing mark, zero */
    {0x3021, 0x303C, FOLD_IDEOGRAPH},   /* Hangzhou numerals, repeat marks */
    {0x3040, 0x312F, FOLD_IDEOGRAPH},   /* Hiragana, Katakana, Bopomofo */
    {0x31A0, 0x31FF, FOLD_IDEOGRAPH},   /* Bopomofo and Katakana extensions */
    {0x3400, 0x4DBF, FOLD_IDEOGRAPH},   /* Han extension A */
    {0x4E00, 0xA4CF, FOLD_IDEOGRAPH},   /* Han, Yi */
    {0xA9E0, 0xA9FF, FOLD_CONTINUOUS},  /* Myanmar extension B */
    {0xAA60, 0xAADF, FOLD_CONTINUOUS},  /* Myanmar extension A, Tai Viet */
    {0xF900, 0xFAFF, FOLD_IDEOGRAPH},   /* Han compatibility */
    {0x1AFF0, 0x1B16F, FOLD_IDEOGRAPH}, /* Kana extensions */
    {0x20000, 0x3FFFF, FOLD_IDEOGRAPH}, /* Han extensions B and on */
};

static fold_class unspaced_class(int32_t codepoint) {
    if (codepoint < unspaced[0].first) return FOLD_WORD;
    for (size_t i = 0; i < sizeof unspaced / sizeof *unspaced; i++)
        if (codepoint <= unspaced[i].last)
            return codepoint >= unspaced[i].first ? unspaced[i].class : FOLD_WORD;
    return FOLD_WORD;
}

fold_class fold_classify(int32_t codepoint) {
    switch (utf8proc_category(codepoint)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return unspaced_class(codepoint);
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return FOLD_MARK;
    default:
        return FOLD_BREAK;
    }
}

int32_t utf8_decode(const char *p, size_t n, size_t *length) {
    utf8proc_int32_t codepoint;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &codepoint);
    if (bytes <= 0) {
        *length = 1;
        return 0xFFFD;
    }
    *length = (size_t)bytes;
    return codepoint;
}

size_t utf8_encode(int32_t codepoint, char *out) {
    return (size_t)utf8proc_encode_char(codepoint, (utf8proc_uint8_t *)out);
}

/* Decomposes into `out`; returns the number of code points or -1. */
static ptrdiff_t decompose(int32_t *out, size_t capacity, const char *text, size_t n, int options) {
    size_t total = 0;
    int boundary = 0;
    while (n > 0) {
        size_t length;
        int32_t codepoint = utf8_decode(text, n, &length);
        utf8proc_ssize_t made =
            utf8proc_decompose_char(codepoint, out + total, (utf8proc_ssize_t)(capacity - total),
                                    (utf8proc_option_t)options, &boundary);
        if (made < 0 || (size_t)made > capacity - total) return -1;
        total += (size_t)made;
        text += length;
        n -= length;
    }
    return (ptrdiff_t)total;
}

/* Canonical order: each run of marks sorted by combining class, stably (Unicode 3.11, D109). */
static void order_marks(int32_t *codepoints, size_t n) {
    for (size_t i = 1; i < n; i++) {
        int class = utf8proc_get_property(codepoints[i])->combining_class;
        if (class == 0) continue;
        int32_t moved = codepoints[i];
        size_t at = i;
        while (at > 0 && utf8proc_get_property(codepoints[at - 1])->combining_class > class) {
            codepoints[at] = codepoints[at - 1];
            at--;
        }
        codepoints[at] = moved;
    }
}

ptrdiff_t fold_segment(int32_t *out, size_t capacity, const char *text, size_t n) {
    ptrdiff_t count = decompose(out, capacity, text, n, DECOMPOSE_OPTIONS);
    if (count <= 0) return count;
    order_marks(out, (size_t)count);
    return utf8proc_normalize_utf32(out, count, (utf8proc_option_t)FOLD_OPTIONS);
}

/* Whether a character can change or be changed by what stands before it: a mark, a conjoining vowel or
 * final consonant of Hangul, or one that disappears. */
static bool is_attached(const int32_t *decomposed, ptrdiff_t n) {
    if (n <= 0) return true;
    const utf8proc_property_t *property = utf8proc_get_property(decomposed[0]);
    bool jamo = decomposed[0] >= 0x1160 && decomposed[0] <= 0x11FF;
    return jamo || property->combining_class != 0 || fold_classify(decomposed[0]) == FOLD_MARK;
}

static void entry_fill(fold_entry *entry, int32_t codepoint) {
    char source[4];
    size_t n_source = utf8_encode(codepoint, source);
    int32_t decomposed[FOLD_LONGEST], folded[FOLD_LONGEST];
    ptrdiff_t n = decompose(decomposed, FOLD_LONGEST, source, n_source, DECOMPOSE_OPTIONS);
    utf8proc_category_t category = utf8proc_category(codepoint);
    bool capital = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
    *entry = (fold_entry){.kind = FOLD_KIND_ATTACHED, .capital = capital};
    if (n_source == 0 || is_attached(decomposed, n)) return;
    n = fold_segment(folded, FOLD_LONGEST, source, n_source);
    entry->kind = FOLD_KIND_SEGMENT;
    fold_class class = fold_classify(folded[0]);
    /* In unspaced scripts each character is a unit of its own, so only single ones are simple. */
    if (n > 1 && class != FOLD_WORD && class != FOLD_BREAK) return;
    size_t bytes = 0;
    char encoded[4];
    for (ptrdiff_t i = 0; i < n; i++) {
        size_t length = utf8_encode(folded[i], encoded);
        fold_class other = fold_classify(folded[i]);
        bool same = other == class || (class == FOLD_WORD && other == FOLD_MARK);
        if (!same || bytes + length > sizeof entry->folded) return;
        memcpy(entry->folded + bytes, encoded, length);
        entry->digit |= *encoded >= '0' && *encoded <= '9';
        bytes += length;
    }
    entry->kind = FOLD_KIND_SIMPLE;
    entry->class = (uint8_t) class;
    entry->n = (uint8_t)bytes;
}

const fold_entry *fold_lookup(folder *table, int32_t codepoint) {
    fold_entry **page = &table->pages[codepoint >> 8];
    if (!*page && !(*page = mem_new(256, sizeof(fold_entry)))) return NULL;
    fold_entry *entry = *page + (codepoint & 0xFF);
    if (entry->kind == FOLD_KIND_UNKNOWN) entry_fill(entry, codepoint);
    return entry;
}

void folder_free(folder *table) {
    for (size_t i = 0; i < FOLD_PAGES; i++) mem_free(table->pages[i]);
    memset(table, 0, sizeof *table);
}
