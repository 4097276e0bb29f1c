#include "recall.h"

#include <stdio.h>
#include <string.h>

#include "../corpus/corpus.h"
#include "base/sort.h"

/* Pairs further apart are not looked for; a key leads to so many of the latest articles that have it; so many keys
 * that two articles share make them meet. */
static const int64_t WINDOW = 7 * 86400;
enum { BUCKET = 200, SHARED = 2 };
static const double LEVELS[] = {.30, .45, .60};
enum { N_LEVELS = sizeof LEVELS / sizeof *LEVELS };

/* Entries of the index so far, in a list for each hash of a key; the latest first. */
typedef struct entry {
    uint64_t key;
    uint32_t article, next; /* 0: none */
} entry;

typedef struct meeting {
    entry *entries;
    size_t n, capacity;
    uint32_t *heads;
    uint8_t *shared; /* of the article being asked for: keys shared with each */
    size_t found[N_LEVELS], all[N_LEVELS], candidates, keys, full;
} meeting;

enum { HEADS = 1 << 22 };

static void keys_add(meeting *m, const story_article *one, size_t i) {
    uint64_t keys[STORY_KEYS_MOST];
    size_t n = story_keys(keys, &one->sketch, one->published, false);
    m->keys += n;
    for (size_t k = 0; k < n; k++) {
        uint32_t *head = &m->heads[keys[k] % HEADS];
        corpus_need(ARRAY_GROW(m->entries, m->n, m->capacity));
        m->entries[m->n] = (entry){keys[k], (uint32_t)i, *head};
        *head = (uint32_t)m->n++;
    }
}

static void keys_probe(meeting *m, const story_article *one) {
    uint64_t keys[STORY_KEYS_MOST];
    size_t n = story_keys(keys, &one->sketch, one->published, true);
    for (size_t k = 0; k < n; k++) {
        size_t met = 0;
        uint32_t at = m->heads[keys[k] % HEADS];
        for (; at && met < BUCKET; at = m->entries[at].next)
            if (m->entries[at].key == keys[k]) {
                m->shared[m->entries[at].article]++;
                met++;
            }
        m->full += met == BUCKET;
    }
}

static void article_meet(meeting *m, const story_set *set, size_t i) {
    const story_article *one = &set->p[i];
    memset(m->shared, 0, i);
    keys_probe(m, one);
    for (size_t j = 0; j < i; j++) {
        const story_article *other = &set->p[j];
        bool met = m->shared[j] >= SHARED;
        m->candidates += met;
        if (one->published != FLONG_NO_DATE && other->published != FLONG_NO_DATE &&
            (one->published - other->published > WINDOW || other->published - one->published > WINDOW))
            continue;
        double similarity = story_similarity(&one->sketch, one->published, &other->sketch, other->published);
        for (size_t l = 0; l < N_LEVELS && similarity >= LEVELS[l]; l++) m->all[l]++, m->found[l] += met;
    }
    keys_add(m, one, i);
}

void recall_print(const story_set *set) {
    meeting m = {.heads = mem_new(HEADS, sizeof *m.heads), .shared = mem_new(set->n, 1), .n = 1};
    corpus_need(m.heads && m.shared && (m.entries = mem_new(16, sizeof *m.entries)));
    m.capacity = 16;
    for (size_t i = 0; i < set->n; i++) article_meet(&m, set, i);
    double n = (double)set->n;
    printf("%zu articles: %.1f keys, %.1f candidates an article; %.2f full buckets an article\n", set->n,
           (double)m.keys / n, (double)m.candidates / n, (double)m.full / n);
    for (size_t l = 0; l < N_LEVELS; l++)
        printf("  similarity >= %.2f: %zu pairs, of which %.4f meet\n", LEVELS[l], m.all[l],
               m.all[l] ? (double)m.found[l] / (double)m.all[l] : 0.);
    mem_free(m.entries);
    mem_free(m.heads);
    mem_free(m.shared);
}
