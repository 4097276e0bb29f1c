#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const symbol_names[SYM_COUNT] = {
    "$s",   "$title", "$np",  "$where", "$cl", "$noun", "$verb", "$adj", "$who", "$last",
    "$org", "$town",  "$fig", "$day",   ",",   ".",     "--",    "<",    ">"};

/* "$x" is a symbol, "<" and ">" are quotation marks, everything else stands as it is. A verb of
 * the vocabulary is a past form. */
static const char *const sentence_rules[] = {
    "$np $verb $np $where .",
    "$np $verb $np $where , and $np $verb $np .",
    "$np $verb $np in $town after $np $verb $where .",
    "< $cl , > $who said $where .",
    "< $cl , > said $last , who $verb $np $where .",
    "< $cl . And $cl . >",
    "$last said on $day that $cl .",
    "$last said $cl , though $np $verb $where .",
    "in $town , $np $verb $np , while $np $verb $np $where .",
    "about $fig percent of $np $verb $np , according to $org .",
    "the $noun , which $verb $np in $town , $verb $where .",
    "$who , the $adj $noun of $org , $verb $np $where .",
    "$np had $verb $fig $noun $where , up from $fig a year earlier .",
    "but $np was $adj , and $np $verb $np .",
    "it was not clear whether $np $verb $np $where .",
    "since $day $np has $verb $np $where .",
    "more than $fig $noun $verb $np $where .",
    "$org put the $noun at $fig and the $adj $noun at $fig .",
    "$np -- $adj , $adj and $adj -- $verb $where .",
    "neither $np nor $np $verb $where , $last told $org .",
    "when $np $verb $np , $who $verb $where .",
    "at least $fig $adj $noun were $verb $where , and $fig others $verb .",
    "$org did not say how the $noun $verb $np .",
    "as $np $verb , so did $np $where .",
    "for $last , $np was $adj , and the $noun $verb $np .",
    "officials in $town $verb $np because $np $verb $where .",
};
static const char *const title_rules[] = {
    "$org $verb $adj $noun in $town",
    "$last $verb $noun after $adj $noun $verb $noun",
    "$adj $noun $verb $fig $noun in $town",
    "$who , the $noun that $verb $town",
    "$noun and $noun $verb $org over $adj $noun",
    "why $town $verb its $adj $noun",
    "$fig $noun $verb as $last $verb $noun",
    "$town $noun $verb $noun $where",
};
static const char *const phrase_rules[] = {
    "the $noun",
    "the $adj $noun",
    "the $noun",
    "a $adj $noun",
    "a $noun",
    "$org",
    "$last",
    "its $noun",
    "$adj $noun",
    "the $noun of the $noun",
    "$fig $adj $noun",
    "every $noun",
    "some $adj $noun",
    "no $noun",
    "their $noun",
    "the $noun and the $noun",
    "$who",
    "this $noun",
    "$noun from $town",
};
static const char *const where_rules[] = {
    "in $town",
    "on $day",
    "with $np",
    "after the $noun",
    "for $np",
    "near the $noun",
    "by $np",
    "from the $adj $noun",
    "without $adj $noun",
    "under $np",
    "during the $noun",
    "between $town and $town",
    "at the $noun of $org",
    "over $fig $noun",
    "against $np",
};
static const char *const clause_rules[] = {
    "$np $verb $np $where",
    "we have $verb the $adj $noun $where",
    "they $verb $np and $verb $np",
    "there is no $adj $noun $where",
    "this $noun is $adj and $np $verb it",
    "what we $verb was $adj , not $adj",
    "nobody $verb $np until $np $verb",
    "you can see $np from the $noun $where",
    "$np would have $verb $fig $noun",
};
static const char *const days[7] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};
static const char *const org_kinds[8] = {"Council",  "Institute", "Bank",  "Union",
                                         "Ministry", "Party",     "Court", "Agency"};

static uint32_t code_of(grammar *g, const char *p, size_t n) {
    for (uint32_t s = 0; s < SYM_COUNT; s++)
        if (strlen(symbol_names[s]) == n && !memcmp(symbol_names[s], p, n)) return s;
    if (*p == '$') {
        fprintf(stderr, "flong-generate: no symbol like that in the grammar: %s\n", p);
        exit(2);
    }
    return SYM_COUNT + vocabulary_literal(&g->words, p, n);
}

static void add_rules(grammar *g, symbol s, const char *const *texts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        rule *to = &g->rules[s][g->n_rules[s]++];
        for (const char *p = texts[i]; *p; p += *p == ' ') {
            const size_t length = strcspn(p, " ");
            to->code[to->n++] = code_of(g, p, length);
            p += length;
        }
    }
}

#define ADD_RULES(g, s, table) add_rules((g), (s), (table), sizeof(table) / sizeof *(table))

void grammar_init(grammar *g) {
    memset(g, 0, sizeof *g);
    vocabulary_init(&g->words);
    ADD_RULES(g, SYM_SENTENCE, sentence_rules);
    ADD_RULES(g, SYM_TITLE, title_rules);
    ADD_RULES(g, SYM_PHRASE, phrase_rules);
    ADD_RULES(g, SYM_WHERE, where_rules);
    ADD_RULES(g, SYM_CLAUSE, clause_rules);
    g->n_plain = g->words.n_literals;
    for (int i = 0; i < 7; i++) g->day[i] = vocabulary_literal(&g->words, days[i], strlen(days[i]));
    for (int i = 0; i < 8; i++)
        g->org_kind[i] = vocabulary_literal(&g->words, org_kinds[i], strlen(org_kinds[i]));
}

void grammar_free(grammar *g) { vocabulary_free(&g->words); }

/* ---- facts ------------------------------------------------------------------------------- */

/* Rare: the upper half of the ranks, where a word stands in few articles. */
static uint32_t rare_word(const grammar *g, word_class c, rng *r) {
    return g->words.base[c] + (1u << (CLASS_OCTAVES - 1)) + rng_below(r, 1u << (CLASS_OCTAVES - 1));
}

/* Of any size from 2 to some 60,000, like the figures of news. */
static uint32_t draw_figure(rng *r) { return 2 + rng_zipf(r, 16); }

void facts_draw(facts *f, const grammar *g, uint32_t topic, rng *r) {
    const uint32_t *base = g->words.base;
    f->topic = topic;
    for (int i = 0; i < CAST; i++) {
        f->first[i] = base[FIRST_NAME] + rng_below(r, FIRST_NAMES);
        f->last[i] = base[LAST_NAME] + rng_below(r, LAST_NAMES);
    }
    for (int i = 0; i < ORGS; i++) {
        f->org[i] = rare_word(g, NOUN, r);
        f->org_kind[i] = g->org_kind[rng_below(r, 8)];
    }
    for (int i = 0; i < TOWNS; i++) f->town[i] = base[PLACE] + rng_below(r, PLACES);
    for (int i = 0; i < FIGURES; i++) f->figure[i] = draw_figure(r);
    for (int c = NOUN; c <= ADJECTIVE; c++)
        for (int i = 0; i < KEYS; i++) f->key[c][i] = rare_word(g, (word_class)c, r);
}

void facts_move_on(facts *f, const grammar *g, rng *r) {
    for (int i = 0; i < FIGURES; i++)
        if (rng_chance(r, 700)) f->figure[i] = draw_figure(r);
    for (int c = NOUN; c <= ADJECTIVE; c++)
        for (int i = 0; i < KEYS; i++)
            if (rng_chance(r, 850)) f->key[c][i] = rare_word(g, (word_class)c, r);
}

/* ---- sentences --------------------------------------------------------------------------- */

typedef struct writer {
    const grammar *g;
    const facts *f;
    tokens *out;
    rng *r;
    token flags; /* for the next token */
} writer;

static void write_word(writer *w, token t) {
    tokens_put(w->out, t | w->flags);
    w->flags = 0;
}

static uint32_t topic_word(const writer *w, word_class c) {
    const uint32_t k = rng_zipf(w->r, 8);
    const uint64_t h = rng_mix(((uint64_t)w->f->topic << 32) + ((uint64_t)c << 16) + k);
    return w->g->words.base[c] + (uint32_t)(h & ((1u << CLASS_OCTAVES) - 1));
}

static uint32_t content_word(const writer *w, word_class c) {
    const uint32_t x = rng_below(w->r, 100);
    if (x < 40) return w->f->key[c][rng_zipf(w->r, 4) % KEYS];
    if (x < 72) return topic_word(w, c);
    return w->g->words.base[c] + rng_zipf(w->r, CLASS_OCTAVES);
}

static void write_terminal(writer *w, symbol s) {
    const facts *f = w->f;
    const uint32_t i = rng_below(w->r, 1000);
    switch (s) {
    case SYM_NOUN:
        write_word(w, content_word(w, NOUN));
        break;
    case SYM_VERB:
        write_word(w, content_word(w, VERB));
        break;
    case SYM_ADJECTIVE:
        write_word(w, content_word(w, ADJECTIVE));
        break;
    case SYM_PERSON:
        write_word(w, f->first[i % CAST]);
        write_word(w, f->last[i % CAST]);
        break;
    case SYM_LAST:
        write_word(w, f->last[i % CAST]);
        break;
    case SYM_ORG:
        write_word(w, w->g->rules[SYM_PHRASE][0].code[0] - SYM_COUNT); /* "the" */
        write_word(w, f->org[i % ORGS] | TOKEN_CAPITAL);
        write_word(w, f->org_kind[i % ORGS]);
        break;
    case SYM_TOWN:
        write_word(w, f->town[i % TOWNS]);
        break;
    case SYM_FIGURE:
        write_word(w, (i < 650 ? f->figure[i % FIGURES] : draw_figure(w->r)) | TOKEN_FIGURE);
        break;
    default:
        write_word(w, w->g->day[i % 7]);
        break; /* SYM_DAY */
    }
}

static mark mark_of(symbol s) { return s == SYM_COMMA ? MARK_COMMA : s == SYM_STOP ? MARK_STOP : MARK_DASH; }

/* No rule begins with a mark other than an opening quote, so that there is a last word. */
static void write_mark(writer *w, symbol s) {
    if (s == SYM_OPEN)
        w->flags |= TOKEN_OPEN;
    else
        w->out->p[w->out->n - 1] |= s == SYM_CLOSE ? TOKEN_CLOSE : (token)mark_of(s) << TOKEN_MARK;
}

/* The rules nest three deep at most: sentence, clause or place, phrase. */
static void write_symbol(writer *w, symbol s) {
    const rule *chosen = &w->g->rules[s][rng_below(w->r, w->g->n_rules[s])];
    for (uint32_t i = 0; i < chosen->n; i++) {
        const uint32_t code = chosen->code[i];
        if (code >= SYM_COUNT)
            write_word(w, code - SYM_COUNT);
        else if (code < SYM_RULED)
            write_symbol(w, (symbol)code);
        else if (code < SYM_COMMA)
            write_terminal(w, (symbol)code);
        else
            write_mark(w, (symbol)code);
    }
}

void grammar_sentence(const grammar *g, tokens *out, const facts *f, rng *r) {
    const size_t start = out->n;
    write_symbol(&(writer){g, f, out, r, 0}, SYM_SENTENCE);
    out->p[start] |= TOKEN_CAPITAL;
    out->p[out->n - 1] |= TOKEN_SENTENCE;
}

void grammar_clause(const grammar *g, tokens *out, const facts *f, rng *r) {
    write_symbol(&(writer){g, f, out, r, 0}, SYM_CLAUSE);
}

void grammar_title(const grammar *g, tokens *out, const facts *f, rng *r) {
    const size_t start = out->n;
    write_symbol(&(writer){g, f, out, r, 0}, SYM_TITLE);
    out->p[start] |= TOKEN_CAPITAL;
}

void grammar_body(const grammar *g, tokens *out, const facts *f, uint32_t words, rng *r) {
    const size_t end = out->n + words;
    while (out->n < end) {
        const uint32_t sentences = 1 + rng_below(r, 4);
        for (uint32_t i = 0; i < sentences && out->n < end; i++) grammar_sentence(g, out, f, r);
        out->p[out->n - 1] |= TOKEN_PARAGRAPH;
    }
}

token grammar_replace(const grammar *g, token t, rng *r) {
    if (t & TOKEN_FIGURE) return t;
    const word_class c = vocabulary_class(&g->words, t & TOKEN_ID);
    if (c == LITERAL) return (t & ~TOKEN_ID) | (g->words.base[LITERAL] + rng_below(r, g->n_plain));
    if (c >= FIRST_NAME) return t;
    return (t & ~TOKEN_ID) | (g->words.base[c] + rng_zipf(r, CLASS_OCTAVES));
}
