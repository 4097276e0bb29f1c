#include "index/block.h"

#include <string.h>

#include "base/varint.h"

/* Keys of a bucket, about: few enough to look at all of them. */
enum { BUCKET_KEYS = 8 };

/* ---- packed numbers ---------------------------------------------------------------------- */

/* Eight bytes, little-endian; compilers make one load of it. */
static inline uint64_t bytes_get(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static inline void bytes_put(unsigned char *p, uint64_t value) {
    for (int i = 0; i < 8; i++) p[i] = (unsigned char)(value >> (8 * i));
}

/* Number i of those packed with `bits` <= 56 each. */
static inline uint64_t packed_get(const unsigned char *p, size_t i, unsigned bits) {
    size_t at = i * bits;
    return bytes_get(p + at / 8) >> (at % 8) & ((UINT64_C(1) << bits) - 1);
}

/* Where bits are written one behind the other; bytes behind are overwritten with zeroes. */
typedef struct bit_writer {
    unsigned char *p;
    uint64_t pending; /* bits that are no whole byte yet */
    unsigned n;
} bit_writer;

static inline void bits_put(bit_writer *w, uint64_t value, unsigned bits) {
    w->pending |= value << w->n;
    w->n += bits;
    bytes_put(w->p, w->pending);
    w->p += w->n / 8;
    w->pending = w->n / 8 < 8 ? w->pending >> (w->n / 8 * 8) : 0;
    w->n %= 8;
}

static unsigned char *bits_end(const bit_writer *w) { return w->p + (w->n > 0); }

static size_t packed_bytes(size_t n, unsigned bits) { return (n * bits + 7) / 8; }

static inline uint32_t bucket_start(const block *b, uint64_t bucket) {
    return (uint32_t)b->buckets[2 * bucket] | (uint32_t)b->buckets[2 * bucket + 1] << 8;
}

/* How many keys come before the end of a bucket. */
static inline uint32_t bucket_end(const block *b, uint64_t bucket) {
    return bucket + 1 < b->n_buckets ? bucket_start(b, bucket + 1) : b->n_keys;
}

unsigned block_place_bits(uint64_t most) {
    unsigned bits = 0;
    while (bits < KEY_PLACE_BITS && most >> bits) bits++;
    return bits;
}

/* ---- writing ----------------------------------------------------------------------------- */

static uint32_t keys_count(const uint64_t *entries, size_t n) {
    uint32_t n_keys = 1;
    for (size_t i = 1; i < n; i++) n_keys += entry_key(entries[i]) != entry_key(entries[i - 1]);
    return n_keys;
}

static unsigned char *lows_put(unsigned char *p, const uint64_t *entries, size_t n, const block *b) {
    uint64_t mask = (UINT64_C(1) << b->low_bits) - 1, bucket = 0;
    unsigned char *start = p;
    bit_writer lows = {.p = p + (size_t)2 * b->n_buckets};
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && entry_key(entries[i]) == entry_key(entries[i - 1])) continue;
        uint64_t distance = (entries[i] >> KEY_PLACE_BITS) - b->first;
        for (; bucket <= distance >> b->low_bits; bucket++, start += 2)
            start[0] = (unsigned char)count, start[1] = (unsigned char)(count >> 8);
        bits_put(&lows, distance & mask, b->low_bits);
        count++;
    }
    return bits_end(&lows);
}

static unsigned char *firsts_put(unsigned char *p, const uint64_t *entries, size_t n) {
    bit_writer firsts = {.p = p};
    for (size_t i = 0; i < n; i++)
        bits_put(&firsts, i == 0 || entry_key(entries[i]) != entry_key(entries[i - 1]), 1);
    return bits_end(&firsts);
}

static unsigned char *places_put(unsigned char *p, const uint64_t *entries, size_t n, unsigned place_bits) {
    bit_writer places = {.p = p};
    for (size_t i = 0; i < n; i++) bits_put(&places, entry_place(entries[i]), place_bits);
    return bits_end(&places);
}

bool block_encode(buffer *out, const uint64_t *entries, size_t n, unsigned place_bits) {
    block b = {.first = entries[0] >> KEY_PLACE_BITS,
               .span = (entries[n - 1] >> KEY_PLACE_BITS) - (entries[0] >> KEY_PLACE_BITS),
               .n_keys = keys_count(entries, n)};
    while (b.span >> b.low_bits > b.n_keys / BUCKET_KEYS) b.low_bits++;
    b.n_buckets = (uint32_t)(b.span >> b.low_bits) + 1;
    size_t most = (size_t)5 * VARINT_MAX + (size_t)2 * b.n_buckets + packed_bytes(b.n_keys, b.low_bits) +
                  packed_bytes(n, 1) + packed_bytes(n, place_bits) + BLOCK_PADDING;
    if (!buffer_reserve(out, most)) return false;
    unsigned char *p = (unsigned char *)out->p + out->n;
    const uint64_t head[] = {n, b.n_keys, b.low_bits, b.span};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) p += varint_put(p, head[i]);
    p = lows_put(p, entries, n, &b);
    p = firsts_put(p, entries, n);
    p = places_put(p, entries, n, place_bits);
    memset(p, 0, BLOCK_PADDING);
    out->n = (size_t)((char *)p - out->p);
    return true;
}

/* ---- reading ----------------------------------------------------------------------------- */

static bool head_is_sound(const block *b, uint64_t n, uint64_t n_keys, uint64_t low_bits) {
    return n >= 1 && n <= BLOCK_ENTRIES && n_keys >= 1 && n_keys <= n && low_bits <= 64 - KEY_PLACE_BITS &&
           b->first + b->span < UINT64_C(1) << (64 - KEY_PLACE_BITS) &&
           b->span >> low_bits <= n_keys / BUCKET_KEYS;
}

/* Whether the buckets hold all keys in order, and each key has a first entry. */
static bool columns_are_sound(const block *b) {
    uint32_t before = bucket_start(b, 0), firsts = 0;
    if (before != 0 || !(b->firsts[0] & 1)) return false;
    for (uint32_t i = 1; i < b->n_buckets; i++) {
        uint32_t start = bucket_start(b, i);
        if (start < before || start > b->n_keys) return false;
        before = start;
    }
    for (uint32_t i = 0; i < b->n; i += 8) {
        unsigned byte = b->firsts[i / 8];
        if (b->n - i < 8) byte &= (1U << (b->n - i)) - 1;
        firsts += (uint32_t)__builtin_popcount(byte);
    }
    return firsts == b->n_keys;
}

bool block_open(block *b, const void *bytes, size_t n, uint64_t key, unsigned place_bits) {
    byte_reader in = byte_reader_of(bytes, n);
    uint64_t entries = varint_get(&in), n_keys = varint_get(&in), low_bits = varint_get(&in),
             span = varint_get(&in);
    *b = (block){.first = key >> KEY_PLACE_BITS, .span = span};
    if (in.failed || span >> (64 - KEY_PLACE_BITS) || !head_is_sound(b, entries, n_keys, low_bits))
        return false;
    b->n = (uint32_t)entries;
    b->n_keys = (uint32_t)n_keys;
    b->low_bits = (uint8_t)low_bits;
    b->place_bits = (uint8_t)place_bits;
    b->mask_shift = (uint8_t)(low_bits > 6 ? low_bits - 6 : 0);
    b->n_buckets = (uint32_t)(span >> low_bits) + 1;
    b->buckets = in.p;
    b->lows = b->buckets + (size_t)2 * b->n_buckets;
    b->firsts = b->lows + packed_bytes(b->n_keys, b->low_bits);
    b->places = b->firsts + packed_bytes(b->n, 1);
    size_t size = (size_t)2 * b->n_buckets + packed_bytes(b->n_keys, b->low_bits) + packed_bytes(b->n, 1) +
                  packed_bytes(b->n, place_bits);
    return size == (size_t)(in.end - in.p) && columns_are_sound(b);
}

static size_t ranks_count(const block *b) { return (size_t)b->n / 64 + 1; }

size_t block_held_size(const block *b, size_t n) {
    return b->n_buckets * sizeof *b->masks + ranks_count(b) * sizeof *b->ranks + n + BLOCK_PADDING;
}

static void masks_make(uint64_t *masks, const block *b) {
    for (uint32_t bucket = 0, key = 0; bucket < b->n_buckets; bucket++) {
        masks[bucket] = 0;
        for (uint32_t end = bucket_end(b, bucket); key < end; key++)
            masks[bucket] |= UINT64_C(1) << (packed_get(b->lows, key, b->low_bits) >> b->mask_shift);
    }
}

/* The bits of 64 entries that say whether they are the first of their keys; `word` is not the last but for padding. */
static uint64_t firsts_word(const block *b, uint32_t word) {
    uint64_t bits = bytes_get(b->firsts + (size_t)8 * word);
    uint32_t left = b->n - 64 * word;
    return left < 64 ? bits & ((UINT64_C(1) << left) - 1) : bits;
}

void block_hold(block *b, const void *bytes, size_t n, uint64_t *memory) {
    const unsigned char *from = bytes, **columns[] = {&b->buckets, &b->lows, &b->firsts, &b->places};
    uint16_t *ranks = (uint16_t *)(memory + b->n_buckets);
    unsigned char *copy = (unsigned char *)(ranks + ranks_count(b));
    memcpy(copy, bytes, n);
    memset(copy + n, 0, BLOCK_PADDING);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) *columns[i] = copy + (*columns[i] - from);
    masks_make(memory, b);
    ranks[0] = 0;
    for (uint32_t i = 0; i + 1 < ranks_count(b); i++)
        ranks[i + 1] = (uint16_t)(ranks[i] + __builtin_popcountll(firsts_word(b, i)));
    b->masks = memory;
    b->ranks = ranks;
}

/* The entry at which key number `key` begins. */
static uint32_t entry_of_key(const block *b, uint32_t key) {
    uint32_t word = 0, end = (uint32_t)ranks_count(b);
    while (word + 1 < end) {
        uint32_t middle = word + (end - word) / 2;
        *(b->ranks[middle] <= key ? &word : &end) = middle;
    }
    uint64_t bits = firsts_word(b, word);
    for (key -= b->ranks[word]; key > 0; key--) bits &= bits - 1;
    return 64 * word + (uint32_t)__builtin_ctzll(bits);
}

/* The first entry from `at` on that is not of the key of the one before. */
static uint32_t entry_end(const block *b, uint32_t at) {
    for (uint32_t word = at / 64, skip = at % 64; 64 * word < b->n; word++, skip = 0) {
        uint64_t bits = firsts_word(b, word) >> skip;
        if (bits) return 64 * word + skip + (uint32_t)__builtin_ctzll(bits);
    }
    return b->n;
}

uint32_t block_find(const block *b, uint64_t key, uint32_t *begin) {
    uint64_t number = key >> KEY_PLACE_BITS, distance = number - b->first;
    if (number < b->first || distance > b->span) return *begin = 0;
    uint64_t bucket = distance >> b->low_bits, low = distance & ((UINT64_C(1) << b->low_bits) - 1);
    uint32_t at = bucket_start(b, bucket), end = bucket_end(b, bucket);
    while (end - at > 2 * BUCKET_KEYS) { /* keys that are not evenly spread */
        uint32_t middle = at + (end - at) / 2;
        *(packed_get(b->lows, middle, b->low_bits) <= low ? &at : &end) = middle;
    }
    uint32_t found = UINT32_MAX;
    for (; at < end; at++) found = packed_get(b->lows, at, b->low_bits) == low ? at : found;
    if (found == UINT32_MAX) return *begin = 0;
    *begin = entry_of_key(b, found);
    return entry_end(b, *begin + 1);
}

uint64_t block_place(const block *b, uint32_t entry) { return packed_get(b->places, entry, b->place_bits); }

bool block_decode(uint64_t *out, const block *b) {
    uint64_t key = 0, bucket = 0;
    uint32_t count = 0, bucket_ends = bucket_end(b, 0);
    for (uint32_t i = 0; i < b->n; i++) {
        if (b->firsts[i / 8] >> (i % 8) & 1) {
            while (count >= bucket_ends && bucket + 1 < b->n_buckets) bucket_ends = bucket_end(b, ++bucket);
            key = (b->first + (bucket << b->low_bits) + packed_get(b->lows, count++, b->low_bits))
                  << KEY_PLACE_BITS;
        }
        out[i] = key | packed_get(b->places, i, b->place_bits);
        if (i > 0 && out[i] < out[i - 1]) return false;
    }
    return out[0] >> KEY_PLACE_BITS == b->first && out[b->n - 1] >> KEY_PLACE_BITS == b->first + b->span;
}
