#include "twin_terms.h"

#include <stdlib.h>

#include "base/hash.h"

/* A token that counts. */
typedef struct place {
    const token *token;
    uint32_t at;
    bool begins;     /* a line, or what follows a cut */
    bool title_case; /* its line */
} place;

enum { WORD, NUMBER, PAIR };

typedef struct counted {
    term term;
    int class;
    double lead;
    size_t times, capitals, small;
} counted;

static bool has(const place *p, uint32_t mark) { return p->token->before & mark; }

/* Whether most words of the line that begins with the first of n places have capitals. */
static bool is_title_case(const place *places, size_t n) {
    size_t words = 0, capitals = 0;
    for (size_t i = 0; i < n && (i == 0 || !places[i].begins); i++) {
        words += !has(&places[i], TOKEN_NUMBER);
        capitals += !has(&places[i], TOKEN_NUMBER) && has(&places[i], TOKEN_CAPITAL);
    }
    return 2 * capitals > words;
}

static size_t places_find(place *out, const article *a) {
    size_t n = 0;
    for (size_t u = 0; u < a->n_units; u++)
        for (uint32_t i = 0; article_counts(a, &a->units[u]) && i < a->units[u].n; i++) {
            place p = {.at = a->units[u].first + i};
            p.token = &a->tokens.tokens[p.at];
            p.begins = n == 0 || out[n - 1].at + 1 != p.at || (p.token->before & TOKEN_LINE);
            out[n++] = p;
        }
    for (size_t i = 0; i < n; i++)
        out[i].title_case = out[i].begins ? is_title_case(out + i, n - i) : out[i - 1].title_case;
    return n;
}

static bool case_tells(const place *p) { return !p->title_case && !p->begins && !has(p, TOKEN_SENTENCE); }

static uint64_t joined(uint64_t first, uint64_t second, int class) {
    return hash_mix(hash_mix(first + (uint64_t) class) + second);
}

/* Counts a place of the term with this hash. */
static void count(counted *list, size_t *n, uint64_t hash, int class, const place *p, double lead) {
    size_t i = 0;
    while (i < *n && list[i].term.hash >> 32 != hash >> 32) i++;
    if (i == *n) list[(*n)++] = (counted){{hash, 0, p->at}, class, lead, 0, 0, 0};
    list[i].times++;
    list[i].capitals += case_tells(p) && has(p, TOKEN_CAPITAL);
    list[i].small += case_tells(p) && !has(p, TOKEN_CAPITAL);
}

static size_t all_count(counted *list, const place *places, size_t n) {
    size_t found = 0;
    double lead = terms_factors_default.lead;
    for (size_t i = 0, end; i < n; i = end) {
        uint64_t hash = places[i].token->hash;
        bool number = has(&places[i], TOKEN_NUMBER);
        for (end = i + 1; number && end < n && !places[end].begins && has(&places[end], TOKEN_JOINED) &&
                          has(&places[end], TOKEN_NUMBER);
             end++)
            hash = joined(hash, places[end].token->hash, NUMBER);
        count(list, &found, hash, number ? NUMBER : WORD, &places[i], lead);
        if (i + 1 < n && case_tells(&places[i + 1]) && has(&places[i], TOKEN_CAPITAL) &&
            has(&places[i + 1], TOKEN_CAPITAL) && has(&places[i + 1], TOKEN_SPACED))
            count(list, &found, joined(hash, places[i + 1].token->hash, PAIR), PAIR, &places[i], lead);
        if (lead > 1e-6) lead *= terms_factors_default.step;
    }
    return found;
}

static double factor_of(const counted *c) {
    if (c->class == NUMBER) return terms_factors_default.number;
    if (c->class == PAIR) return terms_factors_default.pair;
    return c->capitals > 0 && c->capitals >= c->small ? terms_factors_default.name : 1;
}

static int by_hash(const void *a, const void *b) {
    const term *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

size_t twin_terms(term **terms, const article *a) {
    place *places = malloc((a->tokens.n + 1) * sizeof *places);
    counted *list = malloc((2 * a->tokens.n + 1) * sizeof *list);
    *terms = malloc((2 * a->tokens.n + 1) * sizeof **terms);
    if (!places || !list || !*terms) abort();
    size_t n = all_count(list, places, places_find(places, a));
    for (size_t i = 0; i < n; i++) {
        double times = (double)list[i].times, most = terms_factors_default.repeats;
        double weight = times * most / (times + most - 1) * factor_of(&list[i]) * (float)(1 + list[i].lead);
        (*terms)[i] = list[i].term;
        (*terms)[i].weight = (float)weight;
    }
    qsort(*terms, n, sizeof **terms, by_hash);
    free(places);
    free(list);
    return n;
}
