#include "text/terms.h"

#include <string.h>

#include "base/hash.h"
#include "base/sort.h"

/* The step is exp(-1 / 200): within 200 terms the lead falls to 1/e of what it was. Repeats saturate as in BM25 with
 * k = 1 (Robertson and Walker 1994). */
const terms_factors terms_factors_default = {
    .name = 1.5, .number = 1.5, .pair = .6, .lead = 1, .step = 0.99501247919268232, .repeats = 2};

/* A lead of less is as good as none; and far from the numbers that processors are slow with. */
static const double LEAD_LEAST = 1e-6;

enum { CASE_SILENT, CASE_CAPITAL, CASE_SMALL }; /* what the case of a word says of its being a name */

typedef enum term_class { TERM_WORD, TERM_NUMBER, TERM_PAIR } term_class;

/* A place where a term stands. */
typedef struct occurrence {
    uint64_t hash;
    uint32_t token;
    float lead; /* the factor of its place */
    uint8_t class, letter_case;
} occurrence;

struct terms_scratch {
    const terms_factors *factors;
    uint32_t *places; /* of tokens that count */
    occurrence *occurrences;
    size_t n;
    uint64_t *keys, *sorting; /* upper halves of hashes over numbers of occurrences */
    size_t capacity;          /* tokens for which there is room */
};

static bool array_renew(void *array_pointer, size_t n, size_t size) {
    void *array;
    memcpy(&array, array_pointer, sizeof array);
    mem_free(array);
    array = mem_resize(NULL, n, size);
    memcpy(array_pointer, &array, sizeof array);
    return array;
}

/* Room for n tokens: a token gives two occurrences at most, one of them in a pair. */
static bool terms_reserve(terms_reader *r, size_t n) {
    if (!r->scratch && !(r->scratch = mem_new(1, sizeof *r->scratch))) return false;
    struct terms_scratch *s = r->scratch;
    if (n <= s->capacity) return true;
    size_t capacity = n + n / 2;
    s->capacity = 0;
    if (!array_renew(&s->places, capacity, sizeof *s->places) ||
        !array_renew(&s->occurrences, 2 * capacity, sizeof *s->occurrences) ||
        !array_renew(&s->keys, 2 * capacity, sizeof *s->keys) ||
        !array_renew(&s->sorting, 2 * capacity, sizeof *s->sorting) ||
        !array_renew(&r->terms, 2 * capacity, sizeof *r->terms))
        return false;
    s->capacity = capacity;
    return true;
}

/* ---- occurrences ------------------------------------------------------------------------- */

/* The places of a line, from its first token that counts to its last one. */
typedef struct line {
    const token *tokens;
    const uint32_t *places;
    size_t first, end;
    bool title_case; /* most of its words are written with capitals: these say nothing */
} line;

/* Whether the token stands right behind the one that counts before it. */
static bool goes_on(const line *l, size_t i) { return i > 0 && l->places[i] == l->places[i - 1] + 1; }

static bool has(const line *l, size_t i, uint32_t flag) {
    return (l->tokens[l->places[i]].before & flag) != 0;
}

/* Where furniture was cut out, a line may begin as well. */
static bool begins_line(const line *l, size_t i) { return has(l, i, TOKEN_LINE) || !goes_on(l, i); }

static void line_find(line *l, size_t first, size_t n) {
    size_t words = 0, capitals = 0;
    l->first = l->end = first;
    do {
        if (has(l, l->end, TOKEN_NUMBER)) continue;
        words++;
        capitals += has(l, l->end, TOKEN_CAPITAL);
    } while (++l->end < n && !begins_line(l, l->end));
    l->title_case = 2 * capitals > words;
}

/* Whether the case of a token says something: many begin a sentence with a capital. */
static bool case_tells(const line *l, size_t i) {
    return !l->title_case && !begins_line(l, i) && !has(l, i, TOKEN_SENTENCE);
}

static uint64_t hash_joined(uint64_t first, uint64_t second, term_class class) {
    return hash_mix(hash_mix(first + class) + second);
}

/* Takes the word or number at place i, with all numbers that are joined to it; returns how many tokens that are. */
static size_t single_read(const line *l, size_t i, occurrence *out) {
    size_t end = i + 1;
    out->hash = l->tokens[l->places[i]].hash;
    out->class = has(l, i, TOKEN_NUMBER) ? TERM_NUMBER : TERM_WORD;
    if (case_tells(l, i)) out->letter_case = has(l, i, TOKEN_CAPITAL) ? CASE_CAPITAL : CASE_SMALL;
    if (out->class != TERM_NUMBER) return 1;
    for (; end < l->end && has(l, end, TOKEN_JOINED) && has(l, end, TOKEN_NUMBER); end++)
        out->hash = hash_joined(out->hash, l->tokens[l->places[end]].hash, TERM_NUMBER);
    return end - i;
}

/* Whether the tokens at i and behind it are a pair. */
static bool is_pair(const line *l, size_t i) {
    return i + 1 < l->end && has(l, i, TOKEN_CAPITAL) && has(l, i + 1, TOKEN_CAPITAL) &&
           has(l, i + 1, TOKEN_SPACED) && case_tells(l, i + 1);
}

static void line_read(struct terms_scratch *s, const line *l, double *lead) {
    for (size_t i = l->first, n; i < l->end; i += n) {
        occurrence o = {.token = l->places[i], .lead = (float)(1 + *lead)};
        n = single_read(l, i, &o);
        s->occurrences[s->n++] = o;
        if (is_pair(l, i)) {
            o.hash = hash_joined(o.hash, l->tokens[l->places[i + 1]].hash, TERM_PAIR);
            o.class = TERM_PAIR;
            s->occurrences[s->n++] = o;
        }
        if (*lead > LEAD_LEAST) *lead *= s->factors->step;
    }
}

static void occurrences_read(struct terms_scratch *s, const article *a) {
    size_t n = article_kept_places(a, s->places);
    double lead = s->factors->lead;
    line l = {.tokens = a->tokens.tokens, .places = s->places};
    s->n = 0;
    for (size_t i = 0; i < n; i = l.end) {
        line_find(&l, i, n);
        line_read(s, &l, &lead);
    }
}

/* ---- terms ------------------------------------------------------------------------------- */

static double class_factor(const terms_factors *f, term_class class, size_t capitals, size_t small) {
    if (class == TERM_NUMBER) return f->number;
    if (class == TERM_PAIR) return f->pair;
    return capitals > 0 && capitals >= small ? f->name : 1;
}

/* The term of n occurrences, whose keys are in reading order. */
static term term_of(const struct terms_scratch *s, const uint64_t *keys, size_t n) {
    const occurrence *first = &s->occurrences[(uint32_t)keys[0]];
    size_t counts[3] = {0};
    for (size_t i = 0; i < n; i++) counts[s->occurrences[(uint32_t)keys[i]].letter_case]++;
    double times = (double)n, most = s->factors->repeats, repeats = times * most / (times + most - 1);
    double factor = class_factor(s->factors, first->class, counts[CASE_CAPITAL], counts[CASE_SMALL]);
    return (term){
        .hash = first->hash, .weight = (float)(repeats * factor * first->lead), .token = first->token};
}

bool terms_read(terms_reader *r, const article *a) {
    r->n = 0;
    if (!terms_reserve(r, a->tokens.n)) return false;
    struct terms_scratch *s = r->scratch;
    s->factors = r->factors ? r->factors : &terms_factors_default;
    occurrences_read(s, a);
    for (size_t i = 0; i < s->n; i++)
        s->keys[i] = (s->occurrences[i].hash & ~(uint64_t)UINT32_MAX) | (uint32_t)i;
    sort_hashes(s->keys, s->sorting, s->n, 4);
    for (size_t i = 0, end; i < s->n; i = end) {
        for (end = i + 1; end < s->n && s->keys[end] >> 32 == s->keys[i] >> 32;) end++;
        r->terms[r->n++] = term_of(s, s->keys + i, end - i);
    }
    return true;
}

const term *terms_find(const term *terms, size_t n, uint32_t upper) {
    size_t first = 0;
    for (size_t end = n; first < end;) {
        size_t middle = first + (end - first) / 2;
        if (terms[middle].hash >> 32 < upper)
            first = middle + 1;
        else
            end = middle;
    }
    return first < n && terms[first].hash >> 32 == upper ? &terms[first] : NULL;
}

void terms_reader_free(terms_reader *r) {
    if (r->scratch) {
        mem_free(r->scratch->occurrences);
        mem_free(r->scratch->places);
        mem_free(r->scratch->keys);
        mem_free(r->scratch->sorting);
    }
    mem_free(r->scratch);
    mem_free(r->terms);
    *r = (terms_reader){0};
}
