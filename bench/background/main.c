/* flong-background: counts terms in news and writes them as the table that is compiled into flong. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../corpus/corpus.h"
#include "base/hash.h"
#include "base/sort.h"
#include "sketch/background.h"
#include "text/terms.h"

static const char usage[] =
    "usage: flong-background LEAST FILE... [LEAST FILE...]... > src/sketch/background_table.h\n"
    "\n"
    "Counts in how many articles each term stands, and writes the table of how rare terms are.\n"
    "LEAST is the number of articles that a term must stand in to be kept; it begins a new\n"
    "language, and the files behind it are of that language. A term of several languages is as\n"
    "frequent as in the one where it is most frequent.\n";

/* Levels of rarity are LEVEL_STEP apart on the scale of ln(articles / articles with the term). */
static const double LEVEL_STEP = .6;
/* A term and its rate in the language where it is most frequent. */
typedef struct rated {
    uint64_t hash;
    double rate;
} rated;

typedef struct counting {
    terms_reader reader;
    uint64_t *hashes; /* of the terms of all articles of a language */
    size_t n, capacity, articles;
    rated *rated; /* of all languages; a term stands here once for each that has it */
    size_t n_rated, rated_capacity;
    uint64_t buckets[BACKGROUND_BUCKETS];
    size_t kept, lost;
} counting;

static void terms_count(void *context, const article *a, const flong_record *record, size_t i) {
    (void)record, (void)i;
    counting *c = context;
    corpus_need(terms_read(&c->reader, a));
    for (size_t t = 0; t < c->reader.n; t++) {
        corpus_need(ARRAY_GROW(c->hashes, c->n, c->capacity));
        c->hashes[c->n++] = c->reader.terms[t].hash;
    }
}

static void language_end(counting *c, size_t least) {
    uint64_t *scratch = mem_new(c->n, sizeof *scratch);
    corpus_need(scratch);
    sort_u64(c->hashes, scratch, c->n, 0, 8);
    mem_free(scratch);
    for (size_t i = 0, end; i < c->n; i = end) {
        for (end = i + 1; end < c->n && c->hashes[end] == c->hashes[i];) end++;
        if (end - i < least) continue;
        corpus_need(ARRAY_GROW(c->rated, c->n_rated, c->rated_capacity));
        c->rated[c->n_rated++] = (rated){c->hashes[i], (double)(end - i) / (double)c->articles};
    }
    c->n = c->articles = 0;
}

static int by_hash_then_rate(const void *a, const void *b) {
    const rated *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->rate > y->rate ? -1 : x->rate < y->rate;
}

static int by_rate(const void *a, const void *b) {
    const rated *x = a, *y = b;
    if (x->rate > y->rate || x->rate < y->rate) return x->rate > y->rate ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Keeps each term once, at its highest rate, and sorts the most frequent ones to the front. */
static void languages_join(counting *c) {
    size_t n = 0;
    qsort(c->rated, c->n_rated, sizeof *c->rated, by_hash_then_rate);
    for (size_t i = 0; i < c->n_rated; i++)
        if (n == 0 || c->rated[i].hash != c->rated[n - 1].hash) c->rated[n++] = c->rated[i];
    c->n_rated = n;
    qsort(c->rated, n, sizeof *c->rated, by_rate);
}

static unsigned slots_taken(uint64_t bucket) {
    unsigned n = 0;
    for (; bucket; bucket >>= 16) n++;
    return n;
}

static bool has_print(uint64_t bucket, uint32_t print) {
    for (; bucket; bucket >>= 16)
        if ((bucket >> 4 & 0xFFF) == print) return true;
    return false;
}

static uint32_t level_of(double rate) {
    double level = round(-log(rate) / LEVEL_STEP) + 1;
    return level < BACKGROUND_LEVELS - 1 ? (uint32_t)level : BACKGROUND_LEVELS - 1;
}

/* Puts a term into the emptier of its buckets. It is lost when both are full, or when a more frequent one passes for
 * it. The rarest come last. */
static void table_take(counting *c, const rated *r) {
    uint64_t *first = &c->buckets[background_first(r->hash)],
             *second = &c->buckets[background_second(r->hash)];
    uint32_t print = background_print(r->hash);
    uint64_t *to = slots_taken(*second) < slots_taken(*first) ? second : first;
    unsigned at = slots_taken(*to);
    if (at == BACKGROUND_SLOTS || has_print(*first, print) || has_print(*second, print)) {
        c->lost++;
        return;
    }
    *to |= (uint64_t)(print << 4 | level_of(r->rate)) << (16 * at);
    c->kept++;
}

/* Level 0 is of no term. */
static double level_rate(uint32_t level) { return level ? exp(-LEVEL_STEP * (level - 1)) : 0; }

static void table_print(const counting *c, int argc, char **argv) {
    printf("/* How rare terms are in news; see background.h. Hashed terms only. Made by\n *\n *     "
           "flong-background");
    for (int i = 1; i < argc; i++) {
        const char *name = strrchr(argv[i], '/');
        printf(" %s", name ? name + 1 : argv[i]);
    }
    printf(" > src/sketch/background_table.h\n *\n * %zu terms; %zu more found no room. */\n", c->kept,
           c->lost);
    printf("#ifndef FLONG_SKETCH_BACKGROUND_TABLE_H\n#define FLONG_SKETCH_BACKGROUND_TABLE_H\n\n#include "
           "<stdint.h>\n\n");
    printf("/* clang-format off */\n#define BACKGROUND_VERSION 0x%08" PRIX32 "u\n\n",
           (uint32_t)hash_bytes(c->buckets, sizeof c->buckets, 0));
    printf(
        "/* Share of articles that have a term of the level. */\nstatic const float background_rates[] = {");
    for (uint32_t i = 0; i < BACKGROUND_LEVELS; i++)
        printf("%s%.9ff,", i % 8 ? " " : "\n    ", level_rate(i));
    printf("\n};\n\nstatic const uint64_t background_buckets[] = {");
    for (size_t i = 0; i < BACKGROUND_BUCKETS; i++)
        printf("%s0x%" PRIx64 ",", i % 5 ? "" : "\n", c->buckets[i]);
    printf("\n};\n/* clang-format on */\n\n#endif\n");
}

int main(int argc, char **argv) {
    static counting c;
    size_t least = 0;
    for (int i = 1; i < argc; i++) {
        char *end;
        size_t number = strtoul(argv[i], &end, 10);
        if (*end == 0) {
            if (c.articles) language_end(&c, least);
            least = number;
        } else if (least) {
            c.articles += corpus_read(argv[i], terms_count, &c);
        }
    }
    if (!c.articles) {
        fputs(usage, stderr);
        return 2;
    }
    language_end(&c, least);
    languages_join(&c);
    for (size_t i = 0; i < c.n_rated; i++) table_take(&c, &c.rated[i]);
    table_print(&c, argc, argv);
    return 0;
}
