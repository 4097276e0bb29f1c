#include "sketch/story.h"

#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/hash.h"
#include "base/sort.h"
#include "base/varint.h"

/* Similarity falls with the time between two articles: slowly, as some stories go on for long, and by a half only
 * after years. */
static const double DATE_WINDOW = 7 * 86400., DATE_DECAY = .05;

/* Keys with a time meet within a slot of so many seconds and its neighbours. UNDATED is the slot of articles without a
 * date, FAR that of far keys. */
static const int64_t SLOT_SECONDS = 7 * 86400;
static const int64_t UNDATED = INT64_MAX, FAR = INT64_MAX - 1;

/* ---- making ------------------------------------------------------------------------------ */

/* A term's weight over its hash turned round, as one number: of two the heavier is greater, and of two with the same
 * weight the one with the lesser hash. */
static uint64_t rank_of(uint32_t weight, uint32_t hash) { return (uint64_t)weight << 32 | ~hash; }
static uint32_t rank_hash(uint64_t rank) { return ~(uint32_t)rank; }
static uint32_t rank_weight(uint64_t rank) { return (uint32_t)(rank >> 32); }

/* So many terms are weighed at once and added to the heaviest so far; of RANKS_MOST ranks only the greatest stay. */
enum { RANKS_ADDED = 128, RANKS_MOST = 512 };

/* A float above 0 as a number in the same order, and back. */
static uint32_t float_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static float bits_float(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The k-th greatest of n different ranks, k < n counted from 0; they are moved about. Without branches within, as what
 * is greater cannot be foretold (Hoare 1961; Lomuto's partition). */
static uint64_t rank_select(uint64_t *ranks, size_t n, size_t k) {
    for (size_t first = 0, end = n;;) {
        size_t middle = first + (end - first) / 2, greater = first;
        uint64_t pivot = ranks[middle];
        ranks[middle] = ranks[end - 1];
        for (size_t i = first; i < end - 1; i++) {
            uint64_t moved = ranks[i];
            ranks[i] = ranks[greater];
            ranks[greater] = moved;
            greater += moved > pivot;
        }
        ranks[end - 1] = ranks[greater];
        ranks[greater] = pivot;
        if (greater == k) return pivot;
        if (greater > k)
            end = greater;
        else
            first = greater + 1;
    }
}

/* Leaves the STORY_TERMS greatest of n ranks, in the order in which they are; returns how many there are. */
static size_t ranks_thin(uint64_t *ranks, size_t n) {
    uint64_t moved[RANKS_MOST];
    if (n <= STORY_TERMS) return n;
    memcpy(moved, ranks, n * sizeof *ranks);
    uint64_t least = rank_select(moved, n, STORY_TERMS - 1);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t rank = ranks[i];
        ranks[kept] = rank;
        kept += rank >= least;
    }
    return kept;
}

/* Collects the ranks of the heaviest terms, by the hash of these; returns how many there are. */
static size_t heaviest_find(uint64_t *ranks, const term *terms, size_t n, const rates *own) {
    float idfs[RANKS_ADDED];
    size_t kept = 0;
    bool familiar = rates_familiar(terms, n);
    for (size_t first = 0; first < n; first += RANKS_ADDED) {
        size_t more = n - first < RANKS_ADDED ? n - first : RANKS_ADDED;
        if (kept + more > RANKS_MOST) kept = ranks_thin(ranks, kept);
        rates_idfs(idfs, own, terms + first, more, familiar);
        for (size_t i = 0; i < more; i++) {
            float weight = terms[first + i].weight * idfs[i];
            ranks[kept] = rank_of(float_bits(weight), (uint32_t)(terms[first + i].hash >> 32));
            kept += weight > 0;
        }
    }
    return ranks_thin(ranks, kept);
}

static void sketch_clear(story_sketch *out) {
    *out = (story_sketch){0};
    memset(out->hashes, 0xFF, sizeof out->hashes);
}

void story_sketch_make(story_sketch *out, const term *terms, size_t n, const rates *r) {
    uint64_t kept[RANKS_MOST + 1];
    size_t n_kept = heaviest_find(kept, terms, n, r);
    double square = 0;
    for (size_t i = 0; i < n_kept; i++) {
        double weight = bits_float(rank_weight(kept[i]));
        square += weight * weight;
    }
    double scale = n_kept ? STORY_UNIT / sqrt(square) : 0;
    sketch_clear(out);
    for (size_t i = 0; i < n_kept; i++) {
        uint16_t weight = (uint16_t)(bits_float(rank_weight(kept[i])) * scale + .5);
        if (weight == 0) continue;
        out->hashes[out->n] = rank_hash(kept[i]);
        out->weights[out->n++] = weight;
    }
}

/* ---- comparing --------------------------------------------------------------------------- */

#ifdef __SSE2__

static __m128i load(const void *p) { return _mm_loadu_si128(p); }

static __m128i load_weights(const uint16_t *p) {
    return _mm_unpacklo_epi16(_mm_loadl_epi64((const __m128i *)(const void *)p), _mm_setzero_si128());
}

/* The weights in b, turned by `turn`, of terms that have the hashes in a. */
#define SHARED_WEIGHTS(turn)                                                                                 \
    _mm_and_si128(_mm_cmpeq_epi32(hash_a, _mm_shuffle_epi32(hash_b, turn)), _mm_shuffle_epi32(weight_b, turn))

/* Compares each four terms of a with four of b, and goes on where the four end first. Which that is cannot be foretold:
 * so without branches, and with the ends of the next ones loaded ahead. */
static uint32_t dot_product(const story_sketch *a, const story_sketch *b) {
    __m128i sums = _mm_setzero_si128();
    uint32_t end_a = a->hashes[3], end_b = b->hashes[3];
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint32_t next_a = a->hashes[i + 7], next_b = b->hashes[j + 7];
        uint32_t step_a = end_a <= end_b, step_b = end_b <= end_a;
        __m128i hash_a = load(a->hashes + i), hash_b = load(b->hashes + j);
        __m128i weight_a = load_weights(a->weights + i), weight_b = load_weights(b->weights + j);
        __m128i shared = _mm_or_si128(_mm_or_si128(SHARED_WEIGHTS(0xE4), SHARED_WEIGHTS(0x39)),
                                      _mm_or_si128(SHARED_WEIGHTS(0x4E), SHARED_WEIGHTS(0x93)));
        sums = _mm_add_epi32(sums, _mm_madd_epi16(weight_a, shared));
        end_a ^= (end_a ^ next_a) & (0 - step_a);
        end_b ^= (end_b ^ next_b) & (0 - step_b);
        i += step_a * 4;
        j += step_b * 4;
    }
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0x4E));
    return (uint32_t)_mm_cvtsi128_si32(_mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0xB1)));
}

#else

static uint32_t dot_product(const story_sketch *a, const story_sketch *b) {
    uint32_t sum = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint32_t x = a->hashes[i], y = b->hashes[j];
        sum += x == y ? (uint32_t)a->weights[i] * b->weights[j] : 0;
        i += x <= y;
        j += y <= x;
    }
    return sum;
}

#endif

double story_cosine_of(uint32_t sum) {
    double cosine = sum / ((double)STORY_UNIT * STORY_UNIT);
    return cosine < 1 ? cosine : 1;
}

double story_cosine(const story_sketch *a, const story_sketch *b) {
    return story_cosine_of(dot_product(a, b));
}

double story_fade(double cosine, int64_t date_a, int64_t date_b) {
    if (date_a == FLONG_NO_DATE || date_b == FLONG_NO_DATE || date_a == date_b) return cosine;
    return cosine / (1 + DATE_DECAY * log1p(fabs((double)date_a - (double)date_b) / DATE_WINDOW));
}

double story_similarity(const story_sketch *a, int64_t date_a, const story_sketch *b, int64_t date_b) {
    return story_fade(story_cosine(a, b), date_a, date_b);
}

/* Puts a term among the n greatest, of which there is room for `most`; returns how many there are then. */
static size_t shared_insert(story_term *out, size_t n, size_t most, story_term one) {
    size_t at = n;
    while (at > 0 && out[at - 1].share < one.share) at--;
    if (at == most) return n;
    n += n < most;
    memmove(out + at + 1, out + at, (n - 1 - at) * sizeof *out);
    out[at] = one;
    return n;
}

size_t story_shared(story_term *out, size_t n, const story_sketch *a, const story_sketch *b) {
    size_t found = 0;
    double all = dot_product(a, b);
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        uint32_t x = a->hashes[i], y = b->hashes[j];
        if (x == y)
            found = shared_insert(out, found, n, (story_term){x, a->weights[i] * b->weights[j] / all});
        i += x <= y;
        j += y <= x;
    }
    return found;
}

/* ---- keys -------------------------------------------------------------------------------- */

/* Writes the `most` heaviest terms' ranks, the heaviest first; returns how many there are. */
static size_t keys_choose(uint64_t *ranks, size_t most, const story_sketch *sketch) {
    size_t n = 0;
    for (size_t i = 0; i < sketch->n; i++) {
        uint64_t rank = rank_of(sketch->weights[i], sketch->hashes[i]);
        if (n == most && rank < ranks[n - 1]) continue;
        n += n < most;
        size_t at = n - 1;
        for (; at > 0 && ranks[at - 1] < rank; at--) ranks[at] = ranks[at - 1];
        ranks[at] = rank;
    }
    return n;
}

static uint64_t key_of(uint64_t rank, int64_t slot) {
    return hash_mix(hash_mix(rank_hash(rank)) + (uint64_t)slot);
}

static int64_t slot_of(int64_t published) {
    return published / SLOT_SECONDS - (published % SLOT_SECONDS < 0);
}

/* The keys with a time of those ranks. */
static size_t timed_keys(uint64_t *out, const uint64_t *ranks, size_t n_ranks, int64_t published,
                         bool probing) {
    bool dated = published != FLONG_NO_DATE;
    int64_t slot = dated ? slot_of(published) : UNDATED;
    size_t n = 0;
    for (size_t i = 0; i < n_ranks && (dated || !probing); i++) {
        out[n++] = key_of(ranks[i], slot);
        if (!probing) continue;
        out[n++] = key_of(ranks[i], slot - 1);
        out[n++] = key_of(ranks[i], slot + 1);
        out[n++] = key_of(ranks[i], UNDATED);
    }
    return n;
}

size_t story_keys(uint64_t *out, const story_sketch *sketch, int64_t published, bool probing) {
    uint64_t ranks[STORY_KEYS];
    return timed_keys(out, ranks, keys_choose(ranks, STORY_KEYS, sketch), published, probing);
}

static size_t far_keys(uint64_t *out, const uint64_t *ranks, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = key_of(ranks[i], FAR);
    return n;
}

size_t story_far_keys(uint64_t *out, const story_sketch *sketch) {
    uint64_t ranks[STORY_FAR_KEYS];
    return far_keys(out, ranks, keys_choose(ranks, STORY_FAR_KEYS, sketch));
}

void story_keys_make(story_key_set *out, const story_sketch *sketch, int64_t published) {
    uint64_t ranks[STORY_KEYS]; /* the far keys are those of the first of them */
    size_t n = keys_choose(ranks, STORY_KEYS, sketch);
    out->n_own = timed_keys(out->own, ranks, n, published, false);
    out->n_asked = timed_keys(out->asked, ranks, n, published, true);
    out->n_far = far_keys(out->far, ranks, n < STORY_FAR_KEYS ? n : STORY_FAR_KEYS);
}

/* ---- as bytes ---------------------------------------------------------------------------- */

/* Layout: number of terms; for each the step from the hash before, and its weight. */
bool story_pack(const story_sketch *sketch, buffer *out) {
    bool ok = varint_append(out, sketch->n);
    for (uint32_t i = 0; ok && i < sketch->n; i++)
        ok = varint_append(out, sketch->hashes[i] - (i ? sketch->hashes[i - 1] : 0)) &&
             varint_append(out, sketch->weights[i]);
    return ok;
}

/* Whether the vector has the length STORY_UNIT but for rounding. */
static bool is_unit(uint64_t square, uint32_t n) {
    return n == 0 || fabs(sqrt((double)square) - STORY_UNIT) <= .5 * STORY_TERMS;
}

bool story_unpack(story_sketch *out, const void *bytes, size_t n) {
    byte_reader in = byte_reader_of(bytes, n);
    uint64_t n_terms = varint_get(&in), hash = 0, square = 0;
    sketch_clear(out);
    if (n_terms > STORY_TERMS) return false;
    for (; out->n < n_terms; out->n++) {
        uint64_t step = varint_get(&in), weight = varint_get(&in);
        if (in.failed || (out->n > 0 && step == 0) || step > UINT32_MAX - hash || weight == 0 ||
            weight > STORY_UNIT)
            return false;
        hash += step;
        square += weight * weight;
        out->hashes[out->n] = (uint32_t)hash;
        out->weights[out->n] = (uint16_t)weight;
    }
    return !in.failed && in.p == in.end && is_unit(square, out->n);
}
