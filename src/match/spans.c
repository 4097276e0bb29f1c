#include "match/spans.h"

#include <stdlib.h>
#include <string.h>

#include "base/varint.h"

enum {
    GAP = 12,       /* tokens between two seeds of a chain, in either text, at most */
    LOOK_BACK = 48, /* seeds before one that are tried as its predecessor, as in minimap2's chaining */
    CUTS = 3        /* seeds that two seams make of one run, at most */
};

typedef struct chain_link {
    int64_t score;
    uint32_t before; /* seed + 1; 0: the chain begins here */
    uint32_t reach;  /* where the seed, or one before it, ends in a, whichever goes farthest */
    bool used;
} chain_link;

void chainer_free(chainer *c) {
    mem_free(c->seeds);
    mem_free(c->links);
    *c = (chainer){0};
}

static bool chainer_reserve(chainer *c, size_t n) {
    if (n <= c->capacity) return true;
    mem_free(c->seeds);
    mem_free(c->links);
    c->seeds = mem_resize(NULL, n, sizeof *c->seeds);
    c->links = mem_resize(NULL, n, sizeof *c->links);
    c->capacity = c->seeds && c->links ? n : 0;
    return c->capacity;
}

/* Below so many seeds insertion is faster, and they are mostly in order. */
enum { SORT_FEW = 64 };

static int seed_compare(const void *a, const void *b) {
    const span *x = a, *y = b;
    if (x->a_begin != y->a_begin) return x->a_begin < y->a_begin ? -1 : 1;
    return x->b_begin < y->b_begin ? -1 : x->b_begin > y->b_begin;
}

static void seeds_sort(span *seeds, size_t n) {
    if (n > SORT_FEW) {
        qsort(seeds, n, sizeof *seeds, seed_compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        span moved = seeds[i];
        size_t at = i;
        for (; at > 0 && seed_compare(&seeds[at - 1], &moved) > 0; at--) seeds[at] = seeds[at - 1];
        seeds[at] = moved;
    }
}

/* Places of a run of n tokens at which it goes over the seam of one text only, ascending; returns how many. */
static size_t cuts_find(uint32_t cuts[CUTS], uint32_t in_a, uint32_t in_b, uint32_t n, seams at) {
    uint32_t to_a = at.a > in_a ? at.a - in_a : 0, to_b = at.b > in_b ? at.b - in_b : 0;
    uint32_t first = to_a < to_b ? to_a : to_b, second = to_a < to_b ? to_b : to_a;
    size_t n_cuts = 0;
    if (first != second && first > 0 && first < n) cuts[n_cuts++] = first;
    if (first != second && second < n) cuts[n_cuts++] = second;
    cuts[n_cuts++] = n;
    return n_cuts;
}

/* The runs, cut at the seams. */
static size_t seeds_make(span *seeds, const shared_run *runs, size_t n, uint32_t w, seams at_seams) {
    size_t n_seeds = 0;
    for (size_t r = 0; r < n; r++) {
        uint32_t in_a = runs[r].a, in_b = runs[r].b, cuts[CUTS], from = 0;
        size_t n_cuts = cuts_find(cuts, in_a, in_b, runs[r].n + w - 1, at_seams);
        for (size_t i = 0; i < n_cuts; from = cuts[i++])
            seeds[n_seeds++] =
                (span){in_a + from, in_a + cuts[i], in_b + from, in_b + cuts[i], cuts[i] - from};
    }
    seeds_sort(seeds, n_seeds);
    return n_seeds;
}

/* Whether one text goes on from seed x to seed y over its seam and the other does not. */
static bool seam_between(const span *x, const span *y, seams at) {
    return (x->a_end <= at.a && y->a_end > at.a) != (x->b_end <= at.b && y->b_end > at.b);
}

/* Tokens that seed y adds to a chain that ends with x, or a negative number where they do not chain. Seeds may
 * overlap by a few tokens, where a repeated word stands at an edit. */
static int64_t link_gain(const span *x, const span *y, seams at) {
    int64_t gap_a = (int64_t)y->a_begin - x->a_end, gap_b = (int64_t)y->b_begin - x->b_end;
    if (gap_a > GAP || gap_b > GAP || y->a_end <= x->a_end || y->b_end <= x->b_end ||
        y->b_begin <= x->b_begin || seam_between(x, y, at))
        return -1;
    int64_t overlap = gap_a < gap_b ? -gap_a : -gap_b;
    int64_t shift = gap_a > gap_b ? gap_a - gap_b : gap_b - gap_a;
    return (int64_t)y->matched - (overlap > 0 ? overlap : 0) - shift / 2;
}

/* Links a seed to the one before it with which its chain is best, the first one of equals; no seed before one whose
 * reach is too far off is asked. */
static void seed_link(const span *seeds, chain_link *links, size_t i, seams at) {
    size_t least = i > LOOK_BACK ? i - LOOK_BACK : 0;
    links[i] = (chain_link){.score = seeds[i].matched, .reach = seeds[i].a_end};
    if (i > 0 && links[i - 1].reach > seeds[i].a_end) links[i].reach = links[i - 1].reach;
    for (size_t j = i; j > least && (int64_t)seeds[i].a_begin - links[j - 1].reach <= GAP; j--) {
        int64_t gain = link_gain(&seeds[j - 1], &seeds[i], at), score = links[j - 1].score + gain;
        if (gain <= 0 || score <= seeds[i].matched || score < links[i].score) continue;
        links[i].score = score;
        links[i].before = (uint32_t)j;
    }
}

static void seeds_link(const span *seeds, chain_link *links, size_t n, seams at) {
    for (size_t i = 0; i < n; i++) seed_link(seeds, links, i, at);
}

/* The span of the chain that ends with seed `last`, as far back as its seeds are not used yet; marks them. */
static span chain_take(const span *seeds, chain_link *links, size_t last, seams at_seams) {
    span whole = seeds[last];
    for (size_t at = last;;) {
        links[at].used = true;
        if (links[at].before == 0 || links[links[at].before - 1].used) return whole;
        const span *before = &seeds[links[at].before - 1];
        int64_t gain = link_gain(before, &seeds[at], at_seams);
        whole.matched = (uint32_t)(whole.matched - seeds[at].matched + (uint32_t)gain + before->matched);
        whole.a_begin = before->a_begin;
        if (before->b_begin < whole.b_begin) whole.b_begin = before->b_begin;
        at = links[at].before - 1;
    }
}

/* The seed that ends the best chain of those not used; n when there is none. */
static size_t chain_best(const chain_link *links, size_t n) {
    size_t best = n;
    for (size_t i = 0; i < n; i++)
        if (!links[i].used && (best == n || links[i].score > links[best].score)) best = i;
    return best;
}

/* Whether a span lies over none of those chosen. */
static bool span_clear(const span *chosen, size_t n, const span *s) {
    for (size_t i = 0; i < n; i++)
        if (s->a_begin < chosen[i].a_end && chosen[i].a_begin < s->a_end) return false;
    return true;
}

bool spans_find(chainer *c, span *out, size_t most, size_t *n_out, const shared_run *runs, size_t n,
                uint32_t w, seams at) {
    *n_out = 0;
    if (n == 0) return true;
    if (!chainer_reserve(c, n * CUTS)) return false;
    size_t n_seeds = seeds_make(c->seeds, runs, n, w, at);
    seeds_link(c->seeds, c->links, n_seeds, at);
    /* Spans that lie over longer ones are passed by; so many tries find what matters. */
    for (size_t tries = 0; tries < 4 * most && *n_out < most; tries++) {
        size_t last = chain_best(c->links, n_seeds);
        if (last == n_seeds) break;
        span s = chain_take(c->seeds, c->links, last, at);
        if (span_clear(out, *n_out, &s)) out[(*n_out)++] = s;
    }
    return true;
}

span span_flip(span s) { return (span){s.b_begin, s.b_end, s.a_begin, s.a_end, s.matched}; }

size_t spans_pack(unsigned char *out, const span *spans, size_t n, bool flip) {
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) {
        span s = flip ? span_flip(spans[i]) : spans[i];
        const uint32_t numbers[] = {s.a_begin, s.a_end - s.a_begin, s.b_begin, s.b_end - s.b_begin,
                                    s.matched};
        for (int k = 0; k < 5; k++) bytes += varint_put(out + bytes, numbers[k]);
    }
    return bytes;
}

size_t spans_unpack(span *out, size_t most, const void *bytes, size_t n) {
    byte_reader in = byte_reader_of(bytes, n);
    size_t count = 0;
    while (in.p < in.end && count < most) {
        uint64_t numbers[5];
        for (int k = 0; k < 5; k++) numbers[k] = varint_get(&in);
        uint64_t a_end = numbers[0] + numbers[1], b_end = numbers[2] + numbers[3];
        if (in.failed || numbers[0] > a_end || numbers[2] > b_end || a_end > UINT32_MAX || b_end > UINT32_MAX)
            return 0;
        out[count++] = (span){(uint32_t)numbers[0], (uint32_t)a_end, (uint32_t)numbers[2], (uint32_t)b_end,
                              (uint32_t)numbers[4]};
    }
    return count;
}
