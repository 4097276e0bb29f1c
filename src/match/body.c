/* Behind the sets of a body stand, each n of 32 bits: the shingles; where the first of each MARK_TOKENS tokens begins;
 * the repeats; far tokens, with place, begin and length, each 3. And, of 8 bits: of each token how far it begins behind
 * the one before, FAR when it is among the far ones; its length. */
#include "match/body.h"

#include <string.h>

#include "text/aside.h"

enum { MARK_TOKENS = 32, FAR = 255 };

typedef struct far_token {
    uint32_t place, begin, length;
} far_token;

/* Where the parts of a body are. */
typedef struct body_parts {
    uint32_t *shingles, *marks, *repeats;
    far_token *far;
    unsigned char *steps, *lengths;
    size_t size; /* of all */
} body_parts;

static size_t marks_of(size_t n_tokens) { return (n_tokens + MARK_TOKENS - 1) / MARK_TOKENS; }

/* The bytes of tokens stand before the far ones: these are counted only when all else is there. */
static body_parts parts_of(const text_body *body) {
    size_t bytes = (2 * (size_t)body->n_tokens + 3) / 4 * 4;
    uint32_t *shingles = (uint32_t *)(uintptr_t)text_body_shingles(body);
    body_parts p = {.shingles = shingles, .marks = shingles + body->n_places};
    p.repeats = p.marks + marks_of(body->n_tokens);
    p.steps = (unsigned char *)(p.repeats + 2 * (size_t)body->n_repeats);
    p.lengths = p.steps + body->n_tokens;
    p.far = (far_token *)(void *)(p.steps + bytes);
    p.size = (size_t)((const char *)(p.far + body->n_far) - (const char *)body);
    return p;
}

size_t text_body_size(const text_body *body) { return parts_of(body).size; }
const uint32_t *text_body_repeats(const text_body *body) { return parts_of(body).repeats; }

/* ---- places of tokens -------------------------------------------------------------------- */

static const far_token *far_find(const text_body *body, const body_parts *p, size_t place) {
    size_t low = 0, high = body->n_far;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->far[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return &p->far[low];
}

text_place text_body_place(const text_body *body, size_t i) {
    if (i < body->n_title) return (text_place){.begin = TEXT_NOWHERE};
    body_parts p = parts_of(body);
    uint32_t steps = 0;
    size_t at = i;
    while (at % MARK_TOKENS != 0 && p.steps[at] != FAR) steps += p.steps[at--];
    uint32_t begin = at % MARK_TOKENS == 0 ? p.marks[at / MARK_TOKENS] : far_find(body, &p, at)->begin;
    uint32_t length = p.steps[i] == FAR ? far_find(body, &p, i)->length : p.lengths[i];
    return (text_place){.begin = begin + steps, .length = (uint16_t)length};
}

/* Writes where the tokens [first, end) stand, the one before which begins at `before`; counts the far ones. */
static void steps_write(text_body *body, const body_parts *p, const text_place *restrict tokens, size_t first,
                        size_t end, uint32_t before) {
    unsigned char *restrict steps = p->steps, *restrict lengths = p->lengths;
    for (size_t i = first; i < end; i++) {
        uint32_t begin = tokens[i].begin, length = tokens[i].length, step = begin - before;
        steps[i] = (unsigned char)step;
        lengths[i] = (unsigned char)length;
        before = begin;
        if (step < FAR && length < FAR) continue;
        steps[i] = FAR;
        p->far[body->n_far++] = (far_token){(uint32_t)i, begin, length};
    }
}

/* Writes where all tokens stand. */
static void places_write(text_body *body, const text_place *tokens) {
    body_parts p = parts_of(body);
    size_t n = body->n_tokens, first = body->n_title < n ? body->n_title : n;
    memset(p.steps, 0, first);
    memset(p.lengths, 0, first);
    for (size_t m = 0; m < marks_of(n); m++)
        p.marks[m] = m * MARK_TOKENS < first ? 0 : tokens[m * MARK_TOKENS].begin;
    steps_write(body, &p, tokens, first, n, 0);
}

/* ---- marks ------------------------------------------------------------------------------- */

static const uint32_t set_marks[] = {[BODY_FORM] = TOKEN_NOTICE | TOKEN_MENU,
                                     [BODY_ASIDE] = TOKEN_ASIDE,
                                     [BODY_VOICED] = TOKEN_ASIDE | TOKEN_VOICE,
                                     [BODY_UNSURE] = TOKEN_UNSURE};

void text_body_mark(text_body *body, size_t i, uint32_t aside) {
    for (size_t set = 0; set <= BODY_UNSURE; set++) {
        uint64_t *word = &body->data[set * text_body_words(body) + i / 64], bit = UINT64_C(1) << (i % 64);
        *word = aside & set_marks[set] ? *word | bit : *word & ~bit;
    }
}

/* Asides are stretches: most tokens have the marks of the one before. */
static void marks_write(text_body *body, const text_place *tokens) {
    size_t words = text_body_words(body), end;
    for (size_t i = 0; i < body->n_tokens; i = end) {
        uint32_t aside = tokens[i].aside;
        for (end = i + 1; end < body->n_tokens && tokens[end].aside == aside;) end++;
        for (size_t set = 0; set <= BODY_UNSURE && aside; set++)
            if (aside & set_marks[set]) bits_add_range(body->data + set * words, i, end);
    }
}

/* ---- shingles ---------------------------------------------------------------------------- */

/* Room for n objects in a buffer whose contents need not be kept. */
static void *room(buffer *b, size_t n, size_t size) {
    if (b->capacity / size < n) {
        mem_free(b->p);
        b->p = mem_resize(NULL, n + n / 2, size);
        b->capacity = b->p ? (n + n / 2) * size : 0;
    }
    return b->p;
}

/* A table at most a quarter full, so that most shingles meet an empty slot at once. */
static size_t slots_for(size_t n) {
    size_t slots = 64;
    while (slots < 4 * n) slots *= 2;
    return slots;
}

/* Finds the shingles that stand more than once; the place behind each of them but the last is noted in nexts. */
static void repeats_find(text_body *body, uint32_t *restrict slots, size_t n_slots,
                         uint32_t *restrict nexts) {
    const uint32_t *shingles = text_body_shingles(body);
    uint64_t *again = body->data + BODY_AGAIN * text_body_words(body),
             *repeated = body->data + BODY_REPEATED * text_body_words(body);
    uint32_t n = body->n_places, n_title = body->n_title < n ? body->n_title : n;
    memset(slots, 0, n_slots * sizeof *slots);
    for (uint32_t i = 0; i < n; i++) {
        size_t slot = shingles[i] & (n_slots - 1);
        while (slots[slot] && shingles[slots[slot] - 1] != shingles[i]) slot = (slot + 1) & (n_slots - 1);
        uint32_t before = slots[slot];
        slots[slot] = i + 1;
        nexts[i] = NO_REPEAT;
        if (!before) continue;
        nexts[before - 1] = i;
        bits_add(repeated, before - 1);
        bits_add(repeated, i);
        bits_add(again, i);
    }
    body->n_repeats = bits_count_range(repeated, 0, n);
    body->n_distinct = n - bits_count_range(again, 0, n);
    body->n_title_distinct = n_title - bits_count_range(again, 0, n_title);
}

/* Whether a chain of repeats has more than PLACES_MOST places. */
static bool is_crowded(const uint32_t *nexts, uint32_t at) {
    uint32_t n = 1;
    while (n <= PLACES_MOST && (at = nexts[at]) != NO_REPEAT) n++;
    return n > PLACES_MOST;
}

/* Writes the repeats. From places to their number: `numbers` is where the slots were. */
static void repeats_write(text_body *body, uint32_t *numbers, const uint32_t *nexts) {
    const uint64_t *again = text_body_set(body, BODY_AGAIN), *repeated = text_body_set(body, BODY_REPEATED);
    uint32_t *repeats = parts_of(body).repeats, *behind = repeats + body->n_repeats, n = 0;
    for (size_t at = 0; (at = bits_next(repeated, at, body->n_places)) < body->n_places; at++) {
        numbers[at] = n;
        repeats[n++] = (uint32_t)at;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t next = nexts[repeats[i]];
        behind[i] = next == NO_REPEAT ? NO_REPEAT : numbers[next];
        if (!bits_has(again, repeats[i]) && is_crowded(nexts, repeats[i])) body->crowded = true;
    }
}

/* ---- making ------------------------------------------------------------------------------ */

void body_maker_free(body_maker *m) {
    buffer_free(&m->slots);
    buffer_free(&m->nexts);
    buffer_free(&m->draft);
}

/* Bytes of a body with all tokens far and all shingles repeated. */
static size_t size_most(size_t n, size_t n_tokens) {
    return sizeof(text_body) + BODY_SETS * bits_words(n_tokens) * sizeof(uint64_t) +
           3 * n * sizeof(uint32_t) + marks_of(n_tokens) * sizeof(uint32_t) +
           n_tokens * (2 + sizeof(far_token)) + 4;
}

text_body *text_body_new(body_maker *m, const uint64_t *shingles, size_t n, size_t n_title,
                         const text_place *tokens, size_t n_tokens) {
    size_t n_slots = slots_for(n);
    uint32_t *slots = room(&m->slots, n_slots, sizeof *slots), *nexts = room(&m->nexts, n + 1, sizeof *nexts);
    text_body *draft = room(&m->draft, size_most(n, n_tokens), 1);
    if (!slots || !nexts || !draft) return NULL;
    *draft =
        (text_body){.n_tokens = (uint32_t)n_tokens, .n_places = (uint32_t)n, .n_title = (uint32_t)n_title};
    memset(draft->data, 0, BODY_SETS * text_body_words(draft) * sizeof *draft->data);
    uint32_t *hashes = parts_of(draft).shingles;
    for (size_t i = 0; i < n; i++) hashes[i] = (uint32_t)(shingles[i] >> 32);
    repeats_find(draft, slots, n_slots, nexts);
    repeats_write(draft, slots, nexts);
    marks_write(draft, tokens);
    places_write(draft, tokens);
    size_t size = text_body_size(draft);
    text_body *body = mem_resize(NULL, 1, size);
    if (body) memcpy(body, draft, size);
    return body;
}
