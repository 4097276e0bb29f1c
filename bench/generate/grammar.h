/* Sentences: a small grammar whose words come from the facts of a story, from its topic, and from
 * the vocabulary at large. */
#ifndef GENERATE_GRAMMAR_H
#define GENERATE_GRAMMAR_H

#include "words.h"

#define TOPICS  3000u
#define CAST    8 /* people of a story */
#define ORGS    3
#define TOWNS   3
#define FIGURES 10
#define KEYS    12 /* rare nouns that a story is about */

/* What a story is about, as word numbers. Two accounts of one story share it. */
typedef struct facts {
    uint32_t topic;
    uint32_t first[CAST], last[CAST];
    uint32_t org[ORGS], org_kind[ORGS];
    uint32_t town[TOWNS];
    uint32_t figure[FIGURES];
    uint32_t key[ADJECTIVE + 1][KEYS];
} facts;

typedef enum symbol {
    SYM_SENTENCE,
    SYM_TITLE,
    SYM_PHRASE,
    SYM_WHERE,
    SYM_CLAUSE, /* have rules */
    SYM_NOUN,
    SYM_VERB,
    SYM_ADJECTIVE,
    SYM_PERSON,
    SYM_LAST,
    SYM_ORG,
    SYM_TOWN,
    SYM_FIGURE,
    SYM_DAY,
    SYM_COMMA,
    SYM_STOP,
    SYM_DASH,
    SYM_OPEN,
    SYM_CLOSE,
    SYM_COUNT
} symbol;
#define SYM_RULED (SYM_CLAUSE + 1)

/* One rule: codes below SYM_COUNT are symbols, others word numbers + SYM_COUNT. */
typedef struct rule {
    uint32_t code[31];
    uint32_t n;
} rule;

typedef struct grammar {
    vocabulary words;
    rule rules[SYM_RULED][32];
    uint32_t n_rules[SYM_RULED];
    uint32_t day[7], org_kind[8];
    uint32_t n_plain; /* literals before the days: those that may replace one another */
} grammar;

void grammar_init(grammar *g);
void grammar_free(grammar *g);

void facts_draw(facts *f, const grammar *g, uint32_t topic, rng *r);
/* The facts of a later event with the same people: other figures and key words, mostly. */
void facts_move_on(facts *f, const grammar *g, rng *r);

void grammar_sentence(const grammar *g, tokens *out, const facts *f, rng *r);
/* A clause without a stop, for quotations. */
void grammar_clause(const grammar *g, tokens *out, const facts *f, rng *r);
void grammar_title(const grammar *g, tokens *out, const facts *f, rng *r);
/* Paragraphs with `words` words or a few more. */
void grammar_body(const grammar *g, tokens *out, const facts *f, uint32_t words, rng *r);

/* Another word of the same class with the same marks; names and figures stay as they are. */
token grammar_replace(const grammar *g, token t, rng *r);

#endif
