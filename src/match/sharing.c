#include "match/sharing.h"

#include <string.h>

void sharing_free(sharing *s) {
    mem_free(s->found);
    buffer_free(&s->memory_a);
    buffer_free(&s->memory_b);
    *s = (sharing){0};
}

/* Room for n words whose contents need not be kept. */
static uint64_t *room(buffer *b, size_t n) {
    if (b->capacity / sizeof(uint64_t) < n) {
        mem_free(b->p);
        b->p = mem_resize(NULL, n + n / 2, sizeof(uint64_t));
        b->capacity = b->p ? (n + n / 2) * sizeof(uint64_t) : 0;
    }
    return (uint64_t *)(void *)b->p;
}

/* ---- the one text ------------------------------------------------------------------------ */

static size_t power_of_two(size_t n, size_t least) {
    while (least < n) least *= 2;
    return least;
}

/* 32 bits a shingle, or more: of those that are not there one in 32 passes, or fewer. */
enum { FILTER_LEAST = 64, FILTER_MOST = 1 << 24 };

static size_t filter_words(const text_body *a) {
    size_t words = power_of_two(a->n_distinct, FILTER_LEAST);
    return words < FILTER_MOST ? words : FILTER_MOST;
}

static bool memory_take(sharing *s, const text_body *a) {
    size_t n_filter = filter_words(a), words = text_body_words(a);
    s->n_slots = power_of_two(2 * (size_t)a->n_distinct, 64);
    s->filter_shift = 32 - bits_lowest(n_filter);
    size_t cleared = 2 * words + (n_filter + s->n_slots) / 2;
    s->shared_a = room(&s->memory_a, cleared + a->n_places / 2 + 1);
    if (!s->shared_a) return false;
    memset(s->shared_a, 0, cleared * sizeof *s->shared_a);
    s->dead_a = s->shared_a + words;
    s->filter = (uint32_t *)(void *)(s->dead_a + words);
    s->slots = s->filter + n_filter;
    s->nexts = s->slots + s->n_slots;
    return true;
}

/* The first place from `at` on whose shingle the filter lets through; n when none is. Most of what is compared falls
 * through here. */
static uint32_t filter_pass(const uint32_t *filter, unsigned shift, const uint32_t *shingles, uint32_t at,
                            uint32_t n) {
    while (at < n && !(filter[shingles[at] >> shift] >> (shingles[at] % 32) & 1)) at++;
    return at;
}

static void slots_fill(sharing *s, const text_body *a) {
    const uint32_t *shingles = text_body_shingles(a);
    const uint64_t *again = text_body_set(a, BODY_AGAIN);
    for (uint32_t i = 0; i < a->n_places; i++) {
        if (bits_has(again, i)) continue;
        size_t slot = shingles[i] & (s->n_slots - 1);
        while (s->slots[slot]) slot = (slot + 1) & (s->n_slots - 1);
        s->slots[slot] = i + 1;
        s->filter[shingles[i] >> s->filter_shift] |= UINT32_C(1) << (shingles[i] % 32);
    }
}

/* Finds the places that are not to be looked at; `nexts` (may be NULL) leads over the others. */
static void dead_find(uint64_t *dead, uint32_t *nexts, const text_body *body) {
    const uint32_t *places = text_body_repeats(body), *behind = places + body->n_repeats;
    for (uint32_t i = 0; i < body->n_repeats; i++) {
        if (bits_has(text_body_set(body, BODY_AGAIN), places[i])) continue;
        uint32_t rank = 1;
        for (uint32_t at = i, next; at != NO_REPEAT; at = next, rank++) {
            next = behind[at];
            if (rank > PLACES_MOST) bits_add(dead, places[at]);
            if (nexts) nexts[places[at]] = next != NO_REPEAT && rank < PLACES_MOST ? places[next] : NO_REPEAT;
        }
    }
}

bool sharing_against(sharing *s, const text_body *a) {
    s->a = NULL;
    s->n = s->n_shared = 0;
    if (!memory_take(s, a)) return false;
    slots_fill(s, a);
    dead_find(s->dead_a, s->nexts, a);
    s->a = a;
    return true;
}

/* ---- the other ones ---------------------------------------------------------------------- */

/* Whether both have one shingle at these places. */
static inline bool matches(const sharing *s, const text_body *b, uint32_t in_a, uint32_t in_b) {
    return text_body_shingles(s->a)[in_a] == text_body_shingles(b)[in_b] &&
           !(s->crowded && (bits_has(s->dead_a, in_a) || bits_has(s->dead_b, in_b)));
}

static uint64_t two_at(const uint32_t *shingles) {
    uint64_t two;
    memcpy(&two, shingles, sizeof two);
    return two;
}

/* How many shingles follow one another in both from these places on. */
static uint32_t run_length(const sharing *s, const text_body *b, uint32_t in_a, uint32_t in_b) {
    uint32_t left_a = s->a->n_places - in_a, left_b = b->n_places - in_b, n = 0;
    uint32_t most = left_a < left_b ? left_a : left_b;
    const uint32_t *x = text_body_shingles(s->a) + in_a, *y = text_body_shingles(b) + in_b;
    if (s->crowded) {
        while (n < most && matches(s, b, in_a + n, in_b + n)) n++;
        return n;
    }
    for (; n + 4 <= most; n += 4)
        if ((two_at(x + n) ^ two_at(y + n)) | (two_at(x + n + 2) ^ two_at(y + n + 2))) break;
    while (n < most && x[n] == y[n]) n++;
    return n;
}

/* A run over places of b that are passed by: there the other text has the same shingle, and has it once. */
typedef struct cover {
    uint32_t end, in_a, in_b; /* of b; where the run began */
} cover;

/* Notes the runs that begin at a place of b, whose shingle stands first at a place of a. */
static bool runs_begin(sharing *s, cover *over, const text_body *b, uint32_t in_a, uint32_t in_b) {
    const uint64_t *repeated = text_body_set(s->a, BODY_REPEATED);
    if (s->crowded && bits_has(s->dead_b, in_b)) return true;
    for (uint32_t p = in_a; p != NO_REPEAT; p = bits_has(repeated, p) ? s->nexts[p] : NO_REPEAT) {
        if (p > 0 && in_b > 0 && matches(s, b, p - 1, in_b - 1)) continue; /* it began before */
        shared_run found = {p, in_b, run_length(s, b, p, in_b)};
        if (s->n == s->capacity && !ARRAY_GROW(s->found, s->n, s->capacity)) return false;
        s->found[s->n++] = found;
        bits_add_range(s->shared_a, p, p + found.n);
        bits_add_range(s->shared_b, in_b, in_b + found.n);
        if (in_b + found.n > over->end) *over = (cover){in_b + found.n, p, in_b};
    }
    return true;
}

/* The next place of b to look at, from `at` on. */
static uint32_t cover_pass(const sharing *s, const cover *over, uint32_t at) {
    if (at >= over->end) return at;
    size_t in_a = over->in_a + (at - over->in_b), end = over->in_a + (over->end - over->in_b);
    return over->end - (uint32_t)(end - bits_next(text_body_set(s->a, BODY_REPEATED), in_a, end));
}

/* The place + 1 of a's first shingle that is this one; 0 when it has none. */
static uint32_t place_find(const sharing *s, uint32_t shingle) {
    const uint32_t *shingles = text_body_shingles(s->a);
    size_t slot = shingle & (s->n_slots - 1);
    while (s->slots[slot] && shingles[s->slots[slot] - 1] != shingle) slot = (slot + 1) & (s->n_slots - 1);
    return s->slots[slot];
}

/* Places that were not looked at are shared where the first one of their shingle is. */
static void shared_complete(uint64_t *shared, const text_body *body) {
    const uint32_t *places = text_body_repeats(body), *behind = places + body->n_repeats;
    for (uint32_t i = 0; i < body->n_repeats && body->crowded; i++)
        if (!bits_has(text_body_set(body, BODY_AGAIN), places[i]) && bits_has(shared, places[i]))
            for (uint32_t at = behind[i]; at != NO_REPEAT; at = behind[at]) bits_add(shared, places[at]);
}

static bool comparison_begin(sharing *s, const text_body *b) {
    size_t words = text_body_words(b);
    s->shared_b = room(&s->memory_b, 2 * words + 1);
    if (!s->shared_b) return false;
    s->dead_b = s->shared_b + words;
    s->n = 0;
    s->crowded = s->a->crowded || b->crowded;
    memset(s->shared_a, 0, text_body_words(s->a) * sizeof *s->shared_a);
    memset(s->shared_b, 0, 2 * words * sizeof *s->shared_b);
    if (b->crowded) dead_find(s->dead_b, NULL, b);
    return true;
}

/* Goes through b once. Where it runs together with a it is passed over, but for shingles that a has elsewhere, too; so
 * that two copies cost hardly more than comparing their memory, and of two strangers most shingles fall through
 * the filter. */
bool sharing_find(sharing *s, const text_body *b) {
    if (!comparison_begin(s, b)) return false;
    const uint32_t *shingles = text_body_shingles(b);
    cover over = {0};
    for (uint32_t at = 0;;) {
        at = filter_pass(s->filter, s->filter_shift, shingles, at, b->n_places);
        if (at == b->n_places) break;
        uint32_t place = place_find(s, shingles[at]);
        if (place > 0 && !runs_begin(s, &over, b, place - 1, at)) return false;
        at = cover_pass(s, &over, at + 1);
    }
    s->n_shared = bits_count_without(s->shared_b, text_body_set(b, BODY_AGAIN), 0, b->n_places);
    shared_complete(s->shared_a, s->a);
    shared_complete(s->shared_b, b);
    return true;
}
