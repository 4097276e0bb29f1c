#include "text/agencies.h"

#include <string.h>

enum agency_id {
#define AGENCY(id, name) AGENCY_##id,
#define NAME(id, safety, spelling)
#define CUE(kind, words)
#include "text/agencies.def"
#undef AGENCY
#undef NAME
#undef CUE
    AGENCY_COUNT
};

static const agency agencies[AGENCY_COUNT] = {
#define AGENCY(id, name) {name},
#define NAME(id, safety, spelling)
#define CUE(kind, words)
#include "text/agencies.def"
#undef AGENCY
#undef NAME
#undef CUE
};

#define AGENCY_NONE   AGENCY_COUNT
#define AGENCY_AT(id) (AGENCY_##id == AGENCY_NONE ? NULL : &agencies[AGENCY_##id % AGENCY_COUNT])

static const wire_word words[] = {
#define AGENCY(id, name)
#define NAME(id, safety, spelling) {spelling, AGENCY_AT(id), WORD_AGENCY, WIRE_##safety},
#define CUE(kind, words)           {words, NULL, CUE_##kind, WIRE_SAFE},
#include "text/agencies.def"
#undef AGENCY
#undef NAME
#undef CUE
};

enum { N_WORDS = sizeof words / sizeof *words, WORD_TOKENS = 6, SLOTS = 2048, FILTER = 8192 };
_Static_assert(N_WORDS * 2 < SLOTS, "the hash table needs room");

/* The hashes of a row's tokens; rows with the same first token are chained, longer ones first. */
typedef struct sequence {
    uint64_t tokens[WORD_TOKENS];
    uint16_t n;
    uint16_t next; /* row + 1; 0: none */
} sequence;

struct wire_lexicon {
    uint64_t filter[FILTER / 64]; /* of what is searched for: a single token, or the first two of a row */
    uint64_t keys[SLOTS];
    uint16_t rows[SLOTS]; /* the first row of a chain + 1; 0: an empty slot */
    sequence sequences[N_WORDS];
};

static size_t slot_of(const wire_lexicon *x, uint64_t hash) {
    size_t slot = (size_t)(hash >> 20) % SLOTS;
    while (x->rows[slot] && x->keys[slot] != hash) slot = (slot + 1) % SLOTS;
    return slot;
}

/* Two tokens as one key of the filter: many a row begins with "the" or "new". */
static uint64_t pair_of(uint64_t first, uint64_t second) { return first + (second >> 13); }

static uint64_t may_begin(const wire_lexicon *x, uint64_t key) {
    return x->filter[key % FILTER / 64] >> key % 64 & 1;
}

static void row_link(wire_lexicon *x, uint16_t row) {
    uint64_t first = x->sequences[row].tokens[0];
    uint64_t start = x->sequences[row].n > 1 ? pair_of(first, x->sequences[row].tokens[1]) : first;
    if (words[row].kind <= CUE_ORIGIN) x->filter[start % FILTER / 64] |= UINT64_C(1) << start % 64;
    size_t slot = slot_of(x, first);
    x->keys[slot] = first;
    uint16_t *link = &x->rows[slot];
    while (*link && x->sequences[*link - 1].n >= x->sequences[row].n) link = &x->sequences[*link - 1].next;
    x->sequences[row].next = *link;
    *link = (uint16_t)(row + 1);
}

static bool rows_read(wire_lexicon *x, tokenizer *reader, token_list *list) {
    for (uint16_t row = 0; row < N_WORDS; row++) {
        list->n = 0;
        if (!tokenize(reader, list, words[row].text, strlen(words[row].text), 0)) return false;
        if (list->n == 0 || list->n > WORD_TOKENS) continue; /* the unit test says that there is none */
        for (size_t i = 0; i < list->n; i++) x->sequences[row].tokens[i] = list->tokens[i].hash;
        x->sequences[row].n = (uint16_t)list->n;
        row_link(x, row);
    }
    return true;
}

wire_lexicon *wire_lexicon_new(void) {
    wire_lexicon *x = mem_new(1, sizeof *x);
    tokenizer reader = {0};
    token_list list = {0};
    bool read = x && rows_read(x, &reader, &list);
    tokenizer_free(&reader);
    mem_free(list.tokens);
    if (read) return x;
    mem_free(x);
    return NULL;
}

void wire_lexicon_free(wire_lexicon *lexicon) { mem_free(lexicon); }

static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Whether the letters of a text are those of a spelling, case included; other bytes of ASCII do not count, so
 * that "AFP-Jiji" may be parted in any way. */
static bool case_equal(const char *spelling, const char *text, size_t n) {
    for (size_t i = 0;; spelling++) {
        while (i < n && !is_ascii_letter(text[i])) i++;
        while (*spelling && !is_ascii_letter(*spelling)) spelling++;
        if (i == n || !*spelling) return i == n && !*spelling;
        if (text[i++] != *spelling) return false;
    }
}

static bool case_fits(const wire_word *word, const char *body, const token *tokens, size_t n) {
    const char *text = body + tokens[0].begin;
    if (word->kind != WORD_AGENCY) return true;
    if (word->safety == WIRE_SAFE) return *text < 'a' || *text > 'z' || !word->agency;
    return case_equal(word->text, text, tokens[n - 1].end - tokens[0].begin);
}

size_t wire_lexicon_next(const wire_lexicon *x, const token *tokens, size_t i, size_t end, size_t n) {
    for (size_t pairs = end < n ? end : n - 1; i < pairs; i++)
        if (may_begin(x, tokens[i].hash) | may_begin(x, pair_of(tokens[i].hash, tokens[i + 1].hash)))
            return i;
    return i < end && may_begin(x, tokens[i].hash) ? i : end;
}

const wire_word *wire_lexicon_match(const wire_lexicon *x, const char *body, const token *tokens, size_t n,
                                    size_t *length) {
    uint64_t first = tokens[0].hash;
    for (uint16_t row = x->rows[slot_of(x, first)]; row; row = x->sequences[row - 1].next) {
        const sequence *s = &x->sequences[row - 1];
        size_t same = 1;
        while (same < s->n && same < n && tokens[same].hash == s->tokens[same]) same++;
        if (same < s->n || !case_fits(&words[row - 1], body, tokens, s->n)) continue;
        *length = s->n;
        return &words[row - 1];
    }
    return NULL;
}

flong_str agency_name(const agency *a) { return a ? (flong_str){a->name, strlen(a->name)} : (flong_str){0}; }

const agency *agency_named(const char *name, size_t n) {
    for (size_t i = 0; i < AGENCY_COUNT; i++) {
        size_t same = 0;
        const char *own = agencies[i].name;
        while (same < n && own[same] && (own[same] | 0x20) == (name[same] | 0x20)) same++;
        if (same == n && !own[same]) return &agencies[i];
    }
    return NULL;
}
