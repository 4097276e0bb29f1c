#include "edit.h"

#include <stdlib.h>

const char *const edit_names[EDITS] = {
#define EDIT_NAME(name, text) text,
    EDIT_MAP(EDIT_NAME)
#undef EDIT_NAME
};

/* Of 100 copies 22 are verbatim, 30 are retouched, 18 cut, 20 edited and 10 reworked. */
void edit_plan_draw(edit_plan *plan, rng *r) {
    const uint32_t level = rng_below(r, 100);
    *plan = (edit_plan){.keep = 1000};
    if (level < 22) return;
    if (rng_chance(r, 600)) plan->edits |= EDIT_HEADLINE;
    if (rng_chance(r, 600)) plan->edits |= EDIT_DATELINE;
    if (rng_chance(r, 700)) plan->edits |= EDIT_MARKS;
    if (level < 52) {
        if (rng_chance(r, 400)) plan->words = 1 + rng_below(r, 10);
    } else if (level < 70) {
        plan->keep = rng_between(r, 300, 990);
        if (rng_chance(r, 300)) plan->words = 1 + rng_below(r, 20);
    } else if (level < 90) {
        if (rng_chance(r, 400)) plan->keep = rng_between(r, 500, 990);
        if (rng_chance(r, 500)) plan->drop = rng_between(r, 20, 200);
        if (rng_chance(r, 500)) plan->local = 1 + rng_below(r, 2);
        plan->words = rng_below(r, 60);
    } else {
        if (rng_chance(r, 500)) plan->keep = rng_between(r, 400, 990);
        if (rng_chance(r, 600)) plan->drop = rng_between(r, 50, 300);
        if (rng_chance(r, 500)) plan->local = 1 + rng_below(r, 3);
        plan->words = 60 + rng_below(r, 191);
    }
}

static void tokens_put_local(tokens *out, const facts *local, const grammar *g, rng *r) {
    grammar_body(g, out, local, rng_between(r, 20, 60), r);
}

/* Sentence by sentence: left out, or copied with some of its words changed. */
void edit_apply(tokens *out, const tokens *body, const edit_plan *plan, const facts *local, const grammar *g,
                rng *r) {
    const size_t end = body->n * plan->keep / 1000;
    uint32_t locals = plan->local;
    out->n = 0;
    for (size_t at = 0; at < body->n && (at < end || !at);) {
        const size_t start = out->n;
        const int dropped = at && rng_chance(r, plan->drop);
        token last;
        do {
            last = body->p[at++];
            if (!dropped)
                tokens_put(out,
                           plan->words && rng_chance(r, plan->words) ? grammar_replace(g, last, r) : last);
        } while (!(last & TOKEN_SENTENCE) && at < body->n);
        if (!(last & TOKEN_PARAGRAPH)) continue;
        if (out->n) out->p[out->n - 1] |= TOKEN_PARAGRAPH;
        if (locals && out->n > start && rng_chance(r, 250)) tokens_put_local(out, local, g, r), locals--;
    }
    out->p[out->n - 1] |= TOKEN_PARAGRAPH;
    while (locals--) tokens_put_local(out, local, g, r);
}

/* ---- how much is left -------------------------------------------------------------------- */

#define SHINGLE 5u

void shingle_set_free(shingle_set *s) {
    free(s->slots);
    free(s->stamps);
    *s = (shingle_set){0};
}

/* Empties the set and makes room for n. A slot holds a shingle of the original when its stamp is
 * the current one, and one that was met in the copy too when it is the next. */
static void shingle_set_start(shingle_set *s, size_t n) {
    s->stamp += 2;
    if (s->capacity >= 2 * n && s->stamp < UINT32_MAX - 2) return;
    if (!s->capacity) s->capacity = 1024;
    while (s->capacity < 2 * n) s->capacity *= 2;
    s->slots = array_resize(s->slots, s->capacity * sizeof *s->slots);
    s->stamps = array_resize(s->stamps, s->capacity * sizeof *s->stamps);
    memset(s->stamps, 0, s->capacity * sizeof *s->stamps);
    s->stamp = 2;
}

static int shingle_set_has(const shingle_set *s, size_t at) { return s->stamps[at] >= s->stamp; }

/* Slot of the hash: its own, or the free one where it belongs. */
static size_t shingle_slot(const shingle_set *s, uint64_t hash) {
    size_t at = hash & (s->capacity - 1);
    while (shingle_set_has(s, at) && s->slots[at] != hash) at = (at + 1) & (s->capacity - 1);
    return at;
}

static uint64_t shingle_hash(const token *t) {
    uint64_t h = 0;
    for (unsigned i = 0; i < SHINGLE; i++) h = (h ^ (t[i] & TOKEN_WORD)) * 0x9e3779b97f4a7c15u;
    return rng_mix(h);
}

uint32_t edit_kept(shingle_set *scratch, const tokens *original, const tokens *copy) {
    if (original->n < SHINGLE) return 0;
    shingle_set_start(scratch, original->n);
    uint32_t distinct = 0, kept = 0;
    for (size_t i = 0; i + SHINGLE <= original->n; i++) {
        const uint64_t h = shingle_hash(original->p + i);
        const size_t at = shingle_slot(scratch, h);
        distinct += !shingle_set_has(scratch, at);
        scratch->stamps[at] = scratch->stamp;
        scratch->slots[at] = h;
    }
    for (size_t i = 0; i + SHINGLE <= copy->n; i++) {
        const size_t at = shingle_slot(scratch, shingle_hash(copy->p + i));
        if (scratch->stamps[at] != scratch->stamp) continue;
        scratch->stamps[at]++;
        kept++;
    }
    return (uint32_t)(((uint64_t)kept * 10000 + distinct / 2) / distinct);
}
