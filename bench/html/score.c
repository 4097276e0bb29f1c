#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/corpus.h"
#include "html.h"

/* Tokens of a text, as a multiset: their hashes, sorted. */
typedef struct bag {
    uint64_t *hashes;
    size_t n, capacity;
} bag;

typedef struct score {
    char id[80];
    bag gold, read, left; /* left: without furniture */
} score;

typedef struct scores {
    score *list;
    size_t n, capacity;
} scores;

static void bag_add(bag *b, uint64_t hash) {
    corpus_need(ARRAY_GROW(b->hashes, b->n, b->capacity));
    b->hashes[b->n++] = hash;
}

static int ascending(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static size_t bag_common(const bag *x, const bag *y) {
    size_t i = 0, j = 0, n = 0;
    while (i < x->n && j < y->n) {
        uint64_t a = x->hashes[i], b = y->hashes[j];
        n += a == b;
        i += a <= b;
        j += b <= a;
    }
    return n;
}

static bool has_id(const score *s, flong_str id) {
    return strlen(s->id) == id.n && memcmp(s->id, id.p, id.n) == 0;
}

static score *find(const scores *all, flong_str id) {
    for (size_t i = 0; i < all->n; i++)
        if (has_id(&all->list[i], id)) return &all->list[i];
    return NULL;
}

/* Tokens of the text alone, those of units that are furniture left out of `left`. */
static void take(const article *a, bag *all, bag *left) {
    for (size_t u = 0; u < a->n_units; u++)
        for (size_t i = a->units[u].first; i < a->units[u].first + a->units[u].n; i++) {
            if (i < a->n_title) continue;
            bag_add(all, a->tokens.tokens[i].hash);
            if (left && !a->units[u].furniture) bag_add(left, a->tokens.tokens[i].hash);
        }
    qsort(all->hashes, all->n, sizeof *all->hashes, ascending);
    if (left) qsort(left->hashes, left->n, sizeof *left->hashes, ascending);
}

static void take_gold(void *context, const article *a, const flong_record *record, size_t i) {
    scores *all = context;
    (void)i;
    corpus_need(ARRAY_GROW(all->list, all->n, all->capacity));
    score *s = &all->list[all->n++];
    *s = (score){0};
    snprintf(s->id, sizeof s->id, "%.*s", (int)record->id.n, record->id.p);
    take(a, &s->gold, NULL);
}

static void take_page(void *context, const article *a, const flong_record *record, size_t i) {
    (void)i;
    score *s = find(context, record->id);
    if (s) take(a, &s->read, &s->left);
}

static double share(size_t part, size_t of) { return of ? (double)part / (double)of : 0; }

void pages_score(const char *gold, const char *pages, int each) {
    scores all = {0};
    corpus_read(gold, take_gold, &all);
    corpus_read(pages, take_page, &all);
    double recall = 0, precision = 0, after = 0, recall_after = 0;
    for (size_t i = 0; i < all.n; i++) {
        const score *s = &all.list[i];
        size_t common = bag_common(&s->gold, &s->read), kept = bag_common(&s->gold, &s->left);
        double r = share(common, s->gold.n), p = share(common, s->read.n);
        if (each)
            printf("%s  recall %.3f  precision %.3f  gold %zu  read %zu\n", s->id, r, p, s->gold.n,
                   s->read.n);
        recall += r;
        precision += p;
        recall_after += share(kept, s->gold.n);
        after += share(kept, s->left.n);
    }
    double n = all.n ? (double)all.n : 1;
    printf("%zu pages, means       recall  precision\n", all.n);
    printf("as they are read      %7.4f    %7.4f\n", recall / n, precision / n);
    printf("without furniture     %7.4f    %7.4f\n", recall_after / n, after / n);
    for (size_t i = 0; i < all.n; i++) {
        mem_free(all.list[i].gold.hashes);
        mem_free(all.list[i].read.hashes);
        mem_free(all.list[i].left.hashes);
    }
    mem_free(all.list);
}
