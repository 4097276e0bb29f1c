#include "match/own.h"

static uint32_t title_end(const text_body *body) {
    return body->n_title < body->n_places ? body->n_title : body->n_places;
}

own_words own_find(const text_body *body, const uint64_t *shared, body_set asides) {
    const uint64_t *set = text_body_set(body, asides);
    uint32_t title = title_end(body), in_text = body->n_places - title;
    uint32_t in_title = bits_count_without(shared, set, 0, title);
    return (own_words){.all = in_text - bits_count_range(set, title, body->n_places) + in_title,
                       .shared = in_title + bits_count_without(shared, set, title, body->n_places)};
}

/* ---- own in both ------------------------------------------------------------------------- */

/* At how many of its places the shingle of a place is own words. */
static uint32_t own_places(const text_body *body, uint32_t place, const uint64_t *set) {
    if (!bits_has(text_body_set(body, BODY_REPEATED), place)) return !bits_has(set, place);
    const uint32_t *places = text_body_repeats(body), *behind = places + body->n_repeats;
    uint32_t low = 0, high = body->n_repeats, n = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (places[middle] < place)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t at = low; at != NO_REPEAT; at = behind[at]) n += !bits_has(set, places[at]);
    return n;
}

/* A side of a comparison, as sets of its places. */
typedef struct side {
    const text_body *body;
    const uint64_t *asides, *again, *repeated;
} side;

static side side_of(const text_body *body, body_set asides) {
    return (side){body, text_body_set(body, asides), text_body_set(body, BODY_AGAIN),
                  text_body_set(body, BODY_REPEATED)};
}

static uint64_t side_from(const side *s, const uint64_t *set, uint32_t at) {
    return bits_from(set, at, s->body->n_tokens);
}

/* The same for up to 64 places from places of both on. A shingle that one of them repeats is counted where it stands
 * first in both: there runs meet it once. */
static uint32_t own_in_part(const side *x, const side *y, uint32_t in_x, uint32_t in_y, uint64_t within) {
    uint64_t repeated = side_from(x, x->repeated, in_x) | side_from(y, y->repeated, in_y);
    uint64_t asides = side_from(x, x->asides, in_x) | side_from(y, y->asides, in_y);
    uint32_t n = bits_count(within & ~repeated & ~asides);
    uint64_t first = within & repeated & ~side_from(x, x->again, in_x) & ~side_from(y, y->again, in_y);
    for (; first; first &= first - 1) {
        uint32_t at = bits_lowest(first);
        if (own_places(y->body, in_y + at, y->asides) > 0) n += own_places(x->body, in_x + at, x->asides);
    }
    return n;
}

uint32_t own_in_both(const sharing *s, const text_body *b, bool of_a, body_set asides) {
    side x = side_of(of_a ? s->a : b, asides), y = side_of(of_a ? b : s->a, asides);
    uint32_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t in_x = of_a ? s->found[i].a : s->found[i].b, in_y = of_a ? s->found[i].b : s->found[i].a;
        for (uint32_t at = 0; at < s->found[i].n; at += 64)
            n += own_in_part(&x, &y, in_x + at, in_y + at, bits_within(0, 0, s->found[i].n - at));
    }
    return n;
}

/* ---- stretches --------------------------------------------------------------------------- */

uint32_t own_lead_end(const text_body *body, uint32_t n, body_set asides) {
    const uint64_t *set = text_body_set(body, asides);
    uint32_t own = 0, end = body->n_title;
    while (end < body->n_places && own < n) own += !bits_has(set, end++);
    if (own == n) return end;
    return body->n_title + n < body->n_places ? body->n_title + n : body->n_places;
}

uint32_t own_stretch(const text_body *body, uint32_t begin, uint32_t end, body_set asides) {
    const uint64_t *set = text_body_set(body, asides);
    size_t longest = 0;
    if (end > body->n_tokens) end = body->n_tokens;
    for (size_t at = begin, aside; at < end; at = aside + 1) {
        aside = bits_next(set, at, end);
        if (aside - at > longest) longest = aside - at;
    }
    return (uint32_t)longest;
}
