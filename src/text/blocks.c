/* Reading a text 64 bytes at a time, as bit masks of its bytes (masks.h): words are found by the masks' edges, what
 * stands before them by additions that carry from a mark through the gap to the word behind it. Characters beyond
 * ASCII are looked up and patched into the masks where they fold alone and to as many bytes; all others, and addresses
 * on the web, are left to characters_read, from the break before them to the next one behind. */
#include <string.h>

#include "base/hash.h"
#include "text/masks.h"
#include "text/reading.h"
#if SIMD_X86
#include "base/hash_wide.h"
#include "text/masks_x86.h"
#elif SIMD_ARM
#include "text/masks_arm.h"
#endif

#if SIMD_X86 || SIMD_ARM

/* Of a block all bytes but the last take part; that one says what follows. */
enum { BLOCK_MOST = BLOCK - 1 };

/* Where the text begins in scratch->lower: hash_short reads before it. */
enum { LOWER_BEGIN = 8 };

typedef void (*masks_of)(masks *m, char *folded, const char *text);

#define INLINE static inline __attribute__((always_inline))

/* A block of the text. */
typedef struct block {
    masks m;
    size_t at; /* its first byte in the text */
    size_t
        n; /* bytes of it that are read; then a word begins, or a break, which are read with what follows */
    bool careful; /* what follows is for characters_read */
} block;

/* The lowest n < 64 bits. */
INLINE uint64_t low_bits(size_t n) { return (UINT64_C(1) << n) - 1; }
INLINE size_t lowest(uint64_t bits) { return (size_t)__builtin_ctzll(bits); }
INLINE size_t count(uint64_t bits) { return (size_t)__builtin_popcountll(bits); }

/* Where the word begins that ends before place i of the block, if one does; otherwise i. */
INLINE size_t word_first(uint64_t word, size_t i) {
    uint64_t gaps = ~word & low_bits(i);
    return gaps ? BLOCK - (size_t)__builtin_clzll(gaps) : 0;
}

/* The bits below the lowest one of them. */
INLINE uint64_t below(uint64_t bits) { return (bits & (0 - bits)) - 1; }

/* Single marks within words are nothing else. */
INLINE bool is_apostrophe(int32_t codepoint) { return codepoint == 0x2018 || codepoint == 0x2019; }

/* Ends the block before place i, or before the word that goes on there. */
INLINE void block_cut(block *b, size_t i, bool careful) {
    b->n = word_first(b->m.word, i);
    b->careful = careful || b->n == 0;
}

/* Ends it before the character that ends before place i: something is attached to it. */
static void block_cut_attached(const reading *r, block *b, size_t i) {
    if (i > 0) i--;
    while (i > 0 && ((unsigned char)r->text[b->at + i] & 0xC0) == 0x80) i--;
    block_cut(b, i, true);
}

/* Looks up the characters beyond ASCII. */
static void block_resolve(reading *r, block *b, char *folded) {
    masks *m = &b->m;
    uint64_t high = m->high, near_word = m->word | m->high;
    while ((high & low_bits(b->n)) && !r->out_of_memory) {
        size_t i = lowest(high), length;
        int32_t codepoint = utf8_read(r->text + b->at + i, r->n_text - b->at - i, &length);
        high &= ~(low_bits(length) << i);
        const fold_entry *entry = fold_find(&r->scratch->fold, codepoint);
        if (!entry) {
            r->out_of_memory = true;
        } else if (entry->kind == FOLD_KIND_ATTACHED) {
            block_cut_attached(r, b, i);
        } else if (i + length > b->n) {
            block_cut(b, i, false); /* it is in the next block as well */
        } else if (entry->kind == FOLD_KIND_SIMPLE && entry->class == FOLD_BREAK) {
            uint64_t in_word = near_word << 1 & near_word >> length;
            if (break_means(codepoint) && !(is_apostrophe(codepoint) && in_word >> i & 1))
                m->other |= UINT64_C(1) << i;
        } else if (entry->kind == FOLD_KIND_SIMPLE && entry->class == FOLD_WORD && entry->n == length) {
            memcpy(folded + i, entry->folded, length);
            m->word |= low_bits(length) << i;
            m->upper |= (uint64_t)entry->capital << i;
            m->digit |= (uint64_t)entry->digit << i;
        } else {
            block_cut(b, i, true);
        }
    }
}

/* "://" begins an address. */
static void block_find_address(const reading *r, block *b) {
    for (uint64_t colon = b->m.colon & low_bits(b->n); colon; colon &= colon - 1) {
        size_t i = lowest(colon), behind = b->at + i + 1;
        if (r->n_text - behind < 2 || r->text[behind] != '/' || r->text[behind + 1] != '/') continue;
        b->n = i;
        b->careful = true;
        return;
    }
}

/* Sees to it that the block ends where nothing that begins in it goes on. */
INLINE void block_end(reading *r, block *b) {
    masks *m = &b->m;
    if (b->careful || b->n < BLOCK_MOST || b->at + b->n >= r->n_text) return;
    uint64_t goes_on = (m->word | m->high) >> b->n & 1;
    if (!goes_on) return;
    if (m->word >> (b->n - 1) & 1)
        block_cut(b, b->n, false);
    else if (attached_at(r, b->at + b->n))
        block_cut_attached(r, b, b->n);
}

/* Marks what an addition of `marks` to the gaps carries to: the words behind them. */
INLINE uint64_t carried(uint64_t gaps, uint64_t marks) { return (gaps + (marks & gaps)) & ~gaps; }

/* Notes quotation marks, line ends and what else is rare. `begins` has the first bytes of the tokens from `first` on. */
INLINE void block_note(reading *r, const block *b, uint64_t marks, uint64_t begins, size_t first) {
    token *tokens = r->out->tokens;
    size_t quoted = first; /* tokens before this one are marked where they are quoted */
    for (; marks; marks &= marks - 1) {
        size_t i = lowest(marks), at = b->at + i, length = 1;
        int32_t codepoint = (unsigned char)r->text[at];
        if (codepoint >= 0x80) codepoint = utf8_read(r->text + at, r->n_text - at, &length);
        r->next = first + count(begins & low_bits(i));
        for (; r->quote && quoted < r->next; quoted++) tokens[quoted].before |= TOKEN_QUOTED;
        quoted = r->next;
        break_note(r, codepoint, at + length);
        if (r->next == r->out->n) continue;
        tokens[r->next].before |= r->before;
        r->before = 0;
    }
    for (; r->quote && quoted < r->out->n; quoted++) tokens[quoted].before |= TOKEN_QUOTED;
    r->next = r->out->n;
}

/* Appends the block's tokens, without their hashes. */
INLINE bool block_take(reading *r, const block *b) {
    const masks *m = &b->m;
    uint64_t part = low_bits(b->n), word = m->word & part, gaps = part & ~word;
    uint64_t begins = word & ~(word << 1), lasts = word & ~(word >> 1), single_gap = begins & lasts << 2;
    uint64_t stops = m->stop & m->close >> 1 & part, ends = carried(gaps, stops);
    size_t first = r->out->n, n = count(begins);
    token_list *out = r->out;
    if (!ARRAY_GROW(out->tokens, first + BLOCK, out->capacity)) return false;
    token *t = out->tokens + first;
    uint32_t at = r->base + (uint32_t)b->at;
    uint64_t spaced = single_gap & m->space << 1;
    for (uint64_t bits = begins, last = lasts; bits; bits &= bits - 1, last &= last - 1, t++) {
        size_t i = lowest(bits);
        t->begin = at + (uint32_t)i;
        t->end = at + (uint32_t)lowest(last) + 1;
        t->before =
            (uint32_t)(m->upper >> i & 1) * TOKEN_CAPITAL | (uint32_t)(spaced >> i & 1) * TOKEN_SPACED;
    }
    t = out->tokens + first;
    out->n += n;
    if (n > 0) {
        t->before |= r->before | gap_before(r, t->begin - r->base);
        r->before = 0;
        r->last_end = out->tokens[out->n - 1].end - r->base;
    }
    for (uint64_t bits = single_gap & m->comma << 1; bits; bits &= bits - 1)
        t[count(begins & below(bits))].before |= TOKEN_JOINED;
    for (uint64_t bits = (word + (m->digit & word)) & ~word; bits; bits &= bits - 1)
        t[count(begins & below(bits)) - 1].before |= TOKEN_NUMBER;
    for (uint64_t bits = ends & word; bits; bits &= bits - 1)
        t[count(begins & below(bits))].before |= TOKEN_SENTENCE;
    uint64_t near_word = m->word | m->high;
    uint64_t marks = (m->other | (m->single & ~(near_word << 1 & near_word >> 1))) & part;
    r->next = out->n;
    if (marks || r->quote) block_note(r, b, marks, begins, first);
    if (ends >> b->n & 1) r->before |= TOKEN_SENTENCE;
    return true;
}

INLINE uint64_t token_hash(const token *t, const char *lower, uint32_t base) {
    const char *p = lower + (t->begin - base);
    size_t n = t->end - t->begin;
    return n <= 16 ? hash_short(p, n) : hash_bytes(p, n, 0);
}

/* Hashes n tokens that were found in blocks; place `base` is the first byte of the folded text. */
typedef void (*hashes_of)(token *t, size_t n, const char *lower, uint32_t base);

INLINE void tokens_hash(token *t, size_t n, const char *lower, uint32_t base) {
    for (size_t i = 0; i < n; i++) t[i].hash = token_hash(&t[i], lower, base);
}

#if SIMD_X86
enum { WIDE = 8 };

/* Without optimisation the gathers are macros that convert 0xFF to a char. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"

/* Eight at a time. */
SIMD_TARGET(AVX512)
static inline void tokens_hash_avx512(token *t, size_t n, const char *lower, uint32_t base) {
    const __m512i low = _mm512_set1_epi64(UINT32_MAX), first = _mm512_set1_epi64(base),
                  steps = _mm512_mullo_epi64(_mm512_set1_epi64(sizeof(token)),
                                             _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    _Static_assert(offsetof(token, end) == offsetof(token, begin) + 4, "begin and end are read as one");
    for (; n >= WIDE; t += WIDE, n -= WIDE) {
        __m512i places = _mm512_i64gather_epi64(steps, (const void *)&t->begin, 1);
        __m512i begin = _mm512_sub_epi64(_mm512_and_si512(places, low), first);
        __m512i end = _mm512_sub_epi64(_mm512_srli_epi64(places, 32), first);
        __m512i length = _mm512_sub_epi64(end, begin);
        __m512i hashes = hash_short_wide(_mm512_i64gather_epi64(begin, (const void *)lower, 1),
                                         _mm512_i64gather_epi64(end, (const void *)(lower - 8), 1), length);
        uint64_t out[WIDE];
        _mm512_storeu_si512(out, hashes);
        for (size_t i = 0; i < WIDE; i++) t[i].hash = out[i];
        unsigned longer = _mm512_cmpgt_epu64_mask(length, _mm512_set1_epi64(16));
        for (; longer; longer &= longer - 1) {
            token *one = &t[lowest(longer)];
            one->hash = token_hash(one, lower, base);
        }
    }
    tokens_hash(t, n, lower, base);
}
#pragma GCC diagnostic pop
#endif

/* Those from `first` on. */
INLINE void text_hash(reading *r, hashes_of hash, size_t first) {
    const char *lower = r->scratch->lower.p + LOWER_BEGIN;
    if (first < r->out->n) hash(r->out->tokens + first, r->out->n - first, lower, r->base);
}

INLINE bool text_read(reading *r, masks_of masks_read, hashes_of hash) {
    size_t hashed = r->out->n;
    char tail[BLOCK];
    r->scratch->lower.n = 0;
    if (!buffer_reserve(&r->scratch->lower, LOWER_BEGIN + r->n_text + BLOCK)) return false;
    for (size_t at = 0; at < r->n_text && !r->out_of_memory;) {
        char *folded = r->scratch->lower.p + LOWER_BEGIN + at;
        block b = {.at = at, .n = r->n_text - at};
        if (b.n < BLOCK) {
            memset(tail, 0, sizeof tail);
            memcpy(tail, r->text + at, b.n);
            masks_read(&b.m, folded, tail);
            b.m.close |= UINT64_C(1) << b.n; /* the end of the text ends a sentence */
        } else {
            masks_read(&b.m, folded, r->text + at);
        }
        if (b.n > BLOCK_MOST) b.n = BLOCK_MOST;
        if (b.m.high) block_resolve(r, &b, folded);
        if (b.m.colon) block_find_address(r, &b);
        block_end(r, &b);
        if (!block_take(r, &b)) return false;
        at += b.n;
        if (!b.careful || at >= r->n_text) continue;
        text_hash(r, hash, hashed);
        at = characters_read(r, at);
        hashed = r->out->n;
    }
    text_hash(r, hash, hashed);
    return !r->out_of_memory;
}

#if SIMD_X86
SIMD_TARGET(AVX512) static bool text_read_avx512(reading *r) {
    return text_read(r, masks_avx512, tokens_hash_avx512);
}
SIMD_TARGET(AVX2) static bool text_read_avx2(reading *r) { return text_read(r, masks_avx2, tokens_hash); }
#endif
static bool text_read_base(reading *r) { return text_read(r, masks_base, tokens_hash); }

bool text_blocks_read(reading *r) {
#if SIMD_X86
    if (simd_best() == SIMD_AVX512) return text_read_avx512(r);
    if (simd_best() == SIMD_AVX2) return text_read_avx2(r);
#endif
    return text_read_base(r);
}

#else
bool text_blocks_read(reading *r) { return text_characters_read(r); }
#endif
