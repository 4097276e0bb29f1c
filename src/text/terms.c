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

/* A name is a word by most of its occurrences. */
typedef enum term_class { TERM_WORD, TERM_NUMBER, TERM_PAIR, TERM_NAME } term_class;

/* A place where a term stands. */
typedef struct occurrence {
    uint64_t hash;
    uint32_t token;
    float lead; /* the factor of its place */
    uint8_t class, letter_case;
} occurrence;

/* What was counted of a term. Three counts are one number: all occurrences, those with CASE_CAPITAL, and those with
 * CASE_SMALL. */
typedef struct counted {
    uint64_t counts;
    uint32_t first; /* occurrence */
} counted;

enum { COUNT_BITS = 21, COUNT_MOST = (1 << COUNT_BITS) - 1 };

/* What an occurrence adds, by its letter_case. */
static const uint64_t count_one[] = {1, 1 | UINT64_C(1) << COUNT_BITS, 1 | UINT64_C(1) << 2 * COUNT_BITS};

/* Terms are counted in a table with slots by the upper bits of their hashes: to go through the slots is to go through
 * the terms in order, but for the few whose slot was taken. Where more than PROBES_MOST in a row are, hashes were chosen
 * for it: such an article is sorted instead. */
enum { SLOT_BITS_LEAST = 6, SLOTS_A_TOKEN = 2, PROBES_MOST = 64 };

/* What so many repeats weigh is kept. */
enum { REPEATS_KNOWN = 64 };

struct terms_scratch {
    const terms_factors *factors;
    double class_factors[TERM_NAME + 1];
    double repeats[REPEATS_KNOWN], repeats_limit; /* by their number; the factor that they are of */
    occurrence *occurrences;
    size_t n;
    counted *counted; /* in reading order; the first one is none */
    uint64_t *slots;  /* upper halves of hashes over places in `counted`; between articles all 0: free */
    uint64_t *taken;  /* a bit of each slot */
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

static unsigned slot_bits(size_t n_tokens) {
    unsigned bits = SLOT_BITS_LEAST;
    while ((size_t)1 << bits < SLOTS_A_TOKEN * n_tokens) bits++;
    return bits;
}

static size_t slots_of(unsigned bits) { return ((size_t)1 << bits) + PROBES_MOST; }

static void slots_clear(struct terms_scratch *s, size_t n) {
    memset(s->slots, 0, n * sizeof *s->slots);
    memset(s->taken, 0, n / 64 * sizeof *s->taken);
}

/* Room for n tokens: a token gives two occurrences at most, one of them in a pair. */
static bool terms_reserve(terms_reader *r, size_t n) {
    if (!r->scratch && !(r->scratch = mem_new(1, sizeof *r->scratch))) return false;
    struct terms_scratch *s = r->scratch;
    if (n <= s->capacity) return true;
    size_t capacity = n + n / 2, slots = slots_of(slot_bits(capacity));
    s->capacity = 0;
    if (!array_renew(&s->occurrences, 2 * capacity, sizeof *s->occurrences) ||
        !array_renew(&s->counted, 2 * capacity + 2, sizeof *s->counted) ||
        !array_renew(&s->slots, slots, sizeof *s->slots) ||
        !array_renew(&s->taken, slots / 64, sizeof *s->taken) ||
        !array_renew(&s->keys, 2 * capacity, sizeof *s->keys) ||
        !array_renew(&s->sorting, 2 * capacity, sizeof *s->sorting) ||
        !array_renew(&r->terms, 2 * capacity, sizeof *r->terms))
        return false;
    slots_clear(s, slots);
    s->capacity = capacity;
    return true;
}

/* ---- occurrences ------------------------------------------------------------------------- */

/* A line, or what is left of one where furniture was cut out. */
typedef struct line {
    const token *tokens;
    uint32_t first, end;
    bool title_case; /* most of its words are written with capitals: these say nothing */
} line;

/* The line that begins with the token `first` and ends before `end` at the latest. */
static line line_find(const token *tokens, uint32_t first, uint32_t end) {
    uint32_t words = 0, capitals = 0, i = first;
    do {
        uint32_t word = !(tokens[i].before & TOKEN_NUMBER);
        words += word;
        capitals += tokens[i].before & TOKEN_CAPITAL ? word : 0;
    } while (++i < end && !(tokens[i].before & TOKEN_LINE));
    return (line){tokens, first, i, 2 * capitals > words};
}

static uint64_t hash_joined(uint64_t first, uint64_t second, term_class class) {
    return hash_mix(hash_mix(first + class) + second);
}

/* What the case of a token says: nothing at the beginning of a line or sentence, where many have a capital. */
static inline uint8_t case_of(const line *l, uint32_t i) {
    uint32_t before = l->tokens[i].before;
    bool tells = !l->title_case & (i != l->first) & !(before & TOKEN_SENTENCE);
    return (uint8_t)((before & TOKEN_CAPITAL ? CASE_CAPITAL : CASE_SMALL) * tells);
}

/* Whether the tokens at i and behind it are a pair. That both have a capital is asked at once, as neither can be
 * foretold. */
static inline bool is_pair(const line *l, uint32_t i) {
    const uint32_t wanted = TOKEN_CAPITAL | TOKEN_SPACED;
    uint32_t second = i + 1 < l->end ? l->tokens[i + 1].before : 0;
    uint32_t both = second & (l->tokens[i].before | ~(uint32_t)TOKEN_CAPITAL);
    return (both & (wanted | TOKEN_SENTENCE)) == wanted && !l->title_case;
}

/* The hash of the number at token i and all that are joined to it; *end is where they end. */
static uint64_t number_join(const line *l, uint32_t i, uint32_t *end) {
    const uint32_t wanted = TOKEN_JOINED | TOKEN_NUMBER;
    uint64_t hash = l->tokens[i].hash;
    for (*end = i + 1; *end < l->end && (l->tokens[*end].before & wanted) == wanted; ++*end)
        hash = hash_joined(hash, l->tokens[*end].hash, TERM_NUMBER);
    return hash;
}

static void line_read(struct terms_scratch *s, const line *l, double *lead) {
    double ahead = *lead, step = s->factors->step;
    occurrence *out = s->occurrences + s->n;
    for (uint32_t i = l->first, end; i < l->end; i = end) {
        uint64_t hash = l->tokens[i].hash;
        uint8_t class = TERM_WORD, letter_case = case_of(l, i);
        float here = (float)(1 + ahead);
        end = i + 1;
        if (l->tokens[i].before & TOKEN_NUMBER) {
            hash = number_join(l, i, &end);
            class = TERM_NUMBER;
        }
        *out++ = (occurrence){hash, i, here, class, letter_case};
        if (is_pair(l, i)) {
            hash = hash_joined(hash, l->tokens[i + 1].hash, TERM_PAIR);
            *out++ = (occurrence){hash, i, here, TERM_PAIR, letter_case};
        }
        if (ahead > LEAD_LEAST) ahead *= step;
    }
    *lead = ahead;
    s->n = (size_t)(out - s->occurrences);
}

/* Reads the tokens [first, end), which stand side by side. */
static void stretch_read(struct terms_scratch *s, const token *tokens, uint32_t first, uint32_t end,
                         double *lead) {
    while (first < end) {
        line l = line_find(tokens, first, end);
        line_read(s, &l, lead);
        first = l.end;
    }
}

static void occurrences_read(struct terms_scratch *s, const article *a) {
    double lead = s->factors->lead;
    uint32_t first = 0, end = 0;
    s->n = 0;
    for (size_t u = 0; u < a->n_units; u++) {
        const unit *kept = &a->units[u];
        if (!article_counts(a, kept)) continue;
        if (kept->first != end) {
            stretch_read(s, a->tokens.tokens, first, end, &lead);
            first = kept->first;
        }
        end = kept->first + kept->n;
    }
    stretch_read(s, a->tokens.tokens, first, end, &lead);
}

/* ---- terms ------------------------------------------------------------------------------- */

static double repeats_weight(double most, double times) { return times * most / (times + most - 1); }

static void factors_take(struct terms_scratch *s, const terms_factors *f) {
    s->factors = f;
    s->class_factors[TERM_WORD] = 1;
    s->class_factors[TERM_NUMBER] = f->number;
    s->class_factors[TERM_PAIR] = f->pair;
    s->class_factors[TERM_NAME] = f->name;
    if (s->repeats_limit == f->repeats) return;
    s->repeats_limit = f->repeats;
    for (size_t times = 1; times < REPEATS_KNOWN; times++)
        s->repeats[times] = repeats_weight(s->repeats_limit, (double)times);
}

/* The term of so many occurrences. */
static term term_of(const struct terms_scratch *s, const occurrence *first, size_t times, size_t capitals,
                    size_t small) {
    double repeats =
        times < REPEATS_KNOWN ? s->repeats[times] : repeats_weight(s->repeats_limit, (double)times);
    uint32_t name = (first->class == TERM_WORD) & (capitals > 0) & (capitals >= small);
    double factor = s->class_factors[first->class + name * TERM_NAME];
    return (term){
        .hash = first->hash, .weight = (float)(repeats * factor * first->lead), .token = first->token};
}

/* 1 for a number that is not 0: by bits, of which no compiler makes a branch. */
static inline uint64_t any_bit(uint64_t x) { return (x | (0 - x)) >> 63; }

/* Whether a slot is another term's. */
static inline uint64_t is_others(uint64_t slot, uint64_t hash) {
    return any_bit(slot) & any_bit((slot ^ hash) >> 32);
}

/* Counts the occurrences of each term; false where too many slots in a row are taken. Whether an occurrence is the first
 * one cannot be foretold: so it is written down as if it were. */
static bool occurrences_count(struct terms_scratch *s, unsigned bits) {
    const occurrence *occurrences = s->occurrences;
    counted *list = s->counted;
    uint64_t *slots = s->slots, *taken = s->taken, n = 1;
    for (uint32_t i = 0, n_occurrences = (uint32_t)s->n; i < n_occurrences; i++) {
        uint64_t hash = occurrences[i].hash;
        size_t slot = hash >> (64 - bits), last = slot + PROBES_MOST;
        while (is_others(slots[slot], hash))
            if (++slot == last) return false;
        uint64_t there = slots[slot], new = 1 - any_bit(there);
        list[n] = (counted){0, i};
        there += ((hash >> 32 << 32) | n) & (0 - new);
        n += new;
        slots[slot] = there;
        taken[slot / 64] |= new << slot % 64;
        list[(uint32_t)there].counts += count_one[occurrences[i].letter_case];
    }
    return true;
}

/* Puts a term among n that are in order; nearly always it is the last. */
static void term_insert(term *terms, size_t n, term one) {
    for (; n > 0 && terms[n - 1].hash > one.hash; n--) terms[n] = terms[n - 1];
    terms[n] = one;
}

/* Takes the terms out of the table, which is empty then. */
static size_t terms_take(struct terms_scratch *s, term *out, size_t n_slots) {
    size_t n = 0;
    for (size_t w = 0; w < n_slots / 64; w++) {
        for (uint64_t left = s->taken[w]; left; left &= left - 1) {
            uint64_t *slot = &s->slots[w * 64 + (unsigned)__builtin_ctzll(left)];
            const counted *c = &s->counted[(uint32_t)*slot];
            *slot = 0;
            term_insert(out, n++,
                        term_of(s, &s->occurrences[c->first], c->counts & COUNT_MOST,
                                c->counts >> COUNT_BITS & COUNT_MOST, c->counts >> 2 * COUNT_BITS));
        }
        s->taken[w] = 0;
    }
    return n;
}

/* The term of n occurrences, whose keys are in reading order. */
static term term_of_keys(const struct terms_scratch *s, const uint64_t *keys, size_t n) {
    size_t counts[3] = {0};
    for (size_t i = 0; i < n; i++) counts[s->occurrences[(uint32_t)keys[i]].letter_case]++;
    return term_of(s, &s->occurrences[(uint32_t)keys[0]], n, counts[CASE_CAPITAL], counts[CASE_SMALL]);
}

/* The terms of an article that is not for the table. */
static size_t terms_sort(struct terms_scratch *s, term *out) {
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        s->keys[i] = (s->occurrences[i].hash & ~(uint64_t)UINT32_MAX) | (uint32_t)i;
    sort_u64(s->keys, s->sorting, s->n, 4, 8);
    for (size_t i = 0, end; i < s->n; i = end) {
        for (end = i + 1; end < s->n && s->keys[end] >> 32 == s->keys[i] >> 32;) end++;
        out[n++] = term_of_keys(s, s->keys + i, end - i);
    }
    return n;
}

bool terms_read(terms_reader *r, const article *a) {
    r->n = 0;
    if (a->tokens.n == 0) return true;
    if (!terms_reserve(r, a->tokens.n)) return false;
    struct terms_scratch *s = r->scratch;
    unsigned bits = slot_bits(a->tokens.n);
    factors_take(s, r->factors ? r->factors : &terms_factors_default);
    occurrences_read(s, a);
    if (s->n <= COUNT_MOST && occurrences_count(s, bits)) {
        r->n = terms_take(s, r->terms, slots_of(bits));
    } else {
        slots_clear(s, slots_of(bits));
        r->n = terms_sort(s, r->terms);
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
        mem_free(r->scratch->counted);
        mem_free(r->scratch->slots);
        mem_free(r->scratch->taken);
        mem_free(r->scratch->keys);
        mem_free(r->scratch->sorting);
    }
    mem_free(r->scratch);
    mem_free(r->terms);
    *r = (terms_reader){0};
}
