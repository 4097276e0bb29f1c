#include "recall.h"

#include <stdio.h>
#include <string.h>

#include "../corpus/corpus.h"
#include "base/sort.h"

/* Pairs further apart are not looked for. A key leads to so many of the latest articles that have it, a far key to fewer;
 * so many keys of one kind that two articles share make them meet. */
static const int64_t WINDOW = 7 * 86400;
enum { BUCKET = 200, FAR_BUCKET = 32, SHARED = 2 };
static const double LEVELS[] = {.30, .45, .60};
enum { N_LEVELS = sizeof LEVELS / sizeof *LEVELS };

/* What two articles are to each other beside their similarity. */
enum { TWO_SITES, ONE_SITE, ONE_SERIES, N_KINDS };

/* Entries of the index so far, in a list for each hash of a key; the latest first. */
typedef struct entry {
    uint64_t key;
    uint32_t article, next; /* 0: none */
} entry;

typedef struct meeting {
    entry *entries;
    size_t n, capacity;
    uint32_t *heads;
    uint8_t *near, *far; /* keys that the article which is being asked for shares with each */
    size_t candidates, keys, full;
    size_t all[N_KINDS][N_LEVELS], found[N_KINDS][N_LEVELS];
} meeting;

enum { HEADS = 1 << 22 };

static void key_add(meeting *m, uint64_t key, size_t i) {
    uint32_t *head = &m->heads[key % HEADS];
    corpus_need(ARRAY_GROW(m->entries, m->n, m->capacity));
    m->entries[m->n] = (entry){key, (uint32_t)i, *head};
    *head = (uint32_t)m->n++;
}

static void key_probe(meeting *m, uint64_t key, uint8_t *shared, size_t most) {
    size_t met = 0;
    for (uint32_t at = m->heads[key % HEADS]; at && met < most; at = m->entries[at].next)
        if (m->entries[at].key == key) {
            shared[m->entries[at].article]++;
            met++;
        }
    m->full += met == most;
}

static void keys_probe(meeting *m, const story_article *one, size_t i) {
    uint64_t keys[STORY_KEYS_MOST];
    memset(m->near, 0, i);
    memset(m->far, 0, i);
    for (size_t n = story_keys(keys, &one->sketch, one->published, true), k = 0; k < n; k++)
        key_probe(m, keys[k], m->near, BUCKET);
    for (size_t n = story_far_keys(keys, &one->sketch), k = 0; k < n; k++)
        key_probe(m, keys[k], m->far, one->published == FLONG_NO_DATE ? BUCKET : FAR_BUCKET);
}

static void keys_add(meeting *m, const story_article *one, size_t i) {
    uint64_t keys[STORY_KEYS_MOST];
    size_t before = m->n;
    for (size_t n = story_keys(keys, &one->sketch, one->published, false), k = 0; k < n; k++)
        key_add(m, keys[k], i);
    for (size_t n = story_far_keys(keys, &one->sketch), k = 0; k < n; k++) key_add(m, keys[k], i);
    m->keys += m->n - before;
}

static bool far_apart(const story_article *a, const story_article *b) {
    return a->published != FLONG_NO_DATE && b->published != FLONG_NO_DATE &&
           (a->published - b->published > WINDOW || b->published - a->published > WINDOW);
}

static int kind_of(const series_mark *a, const series_mark *b) {
    if (a->site_hash == 0 || a->site_hash != b->site_hash) return TWO_SITES;
    return series_apart(a, b) ? ONE_SERIES : ONE_SITE;
}

static void article_meet(meeting *m, const story_set *set, size_t i) {
    const story_article *one = &set->p[i];
    keys_probe(m, one, i);
    for (size_t j = 0; j < i; j++) {
        const story_article *other = &set->p[j];
        bool met = m->near[j] >= SHARED || m->far[j] >= SHARED;
        m->candidates += met;
        if (far_apart(one, other)) continue;
        double similarity = story_similarity(&one->sketch, one->published, &other->sketch, other->published);
        int kind = similarity < LEVELS[0] ? 0 : kind_of(&one->mark, &other->mark);
        for (size_t l = 0; l < N_LEVELS && similarity >= LEVELS[l]; l++)
            m->all[kind][l]++, m->found[kind][l] += met;
    }
    keys_add(m, one, i);
}

void recall_print(const story_set *set) {
    static const char *const names[] = {"of two sites", "of one site",
                                        "of one series (not told as one story)"};
    meeting m = {.heads = mem_new(HEADS, sizeof *m.heads),
                 .near = mem_new(set->n, 1),
                 .far = mem_new(set->n, 1),
                 .n = 1};
    corpus_need(m.heads && m.near && m.far && (m.entries = mem_new(1, sizeof *m.entries)));
    m.capacity = 1;
    for (size_t i = 0; i < set->n; i++) article_meet(&m, set, i);
    double n = (double)set->n;
    printf(
        "%zu articles: %.1f keys, %.1f candidates an article; %.2f of the keys that it looks for are full\n",
        set->n, (double)m.keys / n, (double)m.candidates / n, (double)m.full / n);
    for (int kind = 0; kind < N_KINDS; kind++)
        for (size_t l = 0; l < N_LEVELS; l++)
            printf("  pairs %s, similarity >= %.2f: %zu, of which %.4f meet\n", names[kind], LEVELS[l],
                   m.all[kind][l], m.all[kind][l] ? (double)m.found[kind][l] / (double)m.all[kind][l] : 0.);
    mem_free(m.entries);
    mem_free(m.heads);
    mem_free(m.near);
    mem_free(m.far);
}
