/* The slow twin of the whole: all pairs of an archive on their exact shingle sets, without an index; and how
 * many of them the keys bring together.
 *
 *   recall ARCHIVE.jsonl LEAST_8 LEAST_5 LEAST_3 LEAST_15 LEAST_ACCEPTED
 *
 * Prints recall of the candidates by band of exact Jaccard similarity, and of the accepted pairs. Status 1 when
 * one is below its floor, or an accepted pair is not what the exact sets say. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/index.h"
#include "index/candidates.h"

static void check(flong_status status, const flong_error *error) {
    if (status == FLONG_OK) return;
    fprintf(stderr, "recall: %s\n", error->text);
    exit(2);
}

static void *needed(void *memory) {
    if (!memory) abort();
    return memory;
}

typedef struct archive {
    flong_index *index;
    size_t n;
    const text_body **bodies;
    uint64_t **keys;
    size_t *n_keys;
    unsigned char *met;       /* n * n: 1 candidate, 2 accepted pair of the index */
    flong_relation *accepted; /* n * n */
} archive;

static flong_index *archive_index(const char *path) {
    flong_error error;
    flong_index *index;
    flong_input *input;
    check(flong_input_open(&input, &path, 1, NULL, &error), &error);
    check(flong_index_open(&index, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(flong_index_add(index, flong_input_source, input, NULL, &error), &error);
    flong_input_close(input);
    return index;
}

/* Reads an article as the index keeps it, furniture marked, and makes its keys again. */
static void article_take(archive *a, uint64_t no) {
    flong_error error;
    worker *w = &a->index->worker;
    packed_body packed;
    article_row row;
    bool found;
    flong_str text;
    shingled counts;
    check(texts_get(a->index->texts, &a->bodies[no], a->index->bodies, w, no, &error), &error);
    check(body_get(a->index->store, &packed, &w->memory, no, &error), &error);
    check(article_get(a->index->store, &row, &found, no, &error), &error);
    if (!found || !worker_reread(w, &w->article, NULL, &text, a->index->bodies, &packed, row.record.title) ||
        !worker_shingle(w, &counts, &w->article) ||
        !worker_keys(w, &a->keys[no], &a->n_keys[no], &w->article, a->bodies[no], counts))
        abort();
}

static bool nothing_gone(void *context, uint64_t no) {
    (void)context, (void)no;
    return false;
}

/* All articles as one batch. */
static void candidates_mark(archive *a) {
    flong_error error;
    arena memory = {0};
    store *s;
    runs *none;
    candidate_list list;
    size_t total = 0, n = 0;
    for (size_t i = 0; i < a->n; i++) total += a->n_keys[i];
    keyed *entries = needed(malloc(total * sizeof *entries)),
          *scratch = needed(malloc(total * sizeof *scratch));
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < a->n_keys[i]; k++) entries[n++] = (keyed){a->keys[i][k], i};
    sort_keyed(entries, scratch, n);
    check(store_open(&s, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(runs_open(&none, s, &error), &error);
    check(candidates_find(&list, &memory, none, entries, n, store_params(s), nothing_gone, NULL, &error),
          &error);
    for (size_t i = 0; i < list.n; i++)
        a->met[list.candidates[i].article * a->n + list.candidates[i].other] |= 1;
    printf("%zu articles, %.1f keys and %.1f candidates an article, %" PRIu64 " look-ups cut short\n", a->n,
           (double)total / (double)a->n, (double)list.n / (double)a->n, list.hot);
    runs_close(none);
    store_close(s);
    arena_free(&memory);
    free(entries);
    free(scratch);
}

static flong_status pair_mark(void *context, const pair_row *pair, flong_error *error) {
    archive *a = context;
    (void)error;
    a->met[pair->b * a->n + pair->a] |= 2;
    a->accepted[pair->b * a->n + pair->a] = pair->score.relation;
    return FLONG_OK;
}

/* Jaccard similarity of the distinct shingles, title and all. */
static double exact_jaccard(const text_body *x, const text_body *y) {
    size_t i = 0, j = 0, both = 0;
    while (i < x->n_places && j < y->n_places) {
        uint64_t hash_x = x->places[i] >> 32, hash_y = y->places[j] >> 32;
        both += hash_x == hash_y;
        if (hash_x <= hash_y)
            while (i < x->n_places && x->places[i] >> 32 == hash_x) i++;
        if (hash_y <= hash_x)
            while (j < y->n_places && y->places[j] >> 32 == hash_y) j++;
    }
    size_t any = (size_t)x->n_distinct + y->n_distinct - both;
    return any ? (double)both / (double)any : 0;
}

typedef struct band {
    const char *name;
    double least, floor;
    uint64_t pairs, met;
} band;

enum { BANDS = 4 };

typedef struct tally {
    band bands[BANDS];
    uint64_t worth, found,
        wrong; /* pairs that the exact sets accept; of them in the index; others in the index */
} tally;

static void pair_compare(archive *a, tally *t, size_t i, size_t j) {
    worker *w = &a->index->worker;
    flong_score score;
    unsigned char met = a->met[i * a->n + j];
    double jaccard = exact_jaccard(a->bodies[i], a->bodies[j]);
    if (a->bodies[i]->n_tokens < w->params->min_tokens || a->bodies[j]->n_tokens < w->params->min_tokens)
        jaccard = 0;
    for (int k = 0; k < BANDS; k++) {
        if (jaccard < t->bands[k].least) continue;
        t->bands[k].pairs++;
        t->bands[k].met += met & 1;
        break;
    }
    if (jaccard == 0 && !met) return;
    if (!verify_pair(&w->verifier, &score, a->bodies[j], w->params)) abort();
    bool worth = score.relation != FLONG_RELATION_NONE, found = met & 2;
    t->worth += worth;
    t->found += worth && found && a->accepted[i * a->n + j] == score.relation;
    t->wrong += found && (!worth || !(met & 1));
}

static int tally_print(const tally *t, double least_accepted) {
    int status = 0;
    for (int k = 0; k < BANDS; k++) {
        const band *b = &t->bands[k];
        double recall = b->pairs ? (double)b->met / (double)b->pairs : 1;
        bool low = recall < b->floor;
        printf("  J %-8s %6" PRIu64 " pairs, candidates %.4f (floor %.4f)%s\n", b->name, b->pairs, recall,
               b->floor, low ? " TOO LOW" : "");
        if (low) status = 1;
    }
    double accepted = t->worth ? (double)t->found / (double)t->worth : 1;
    printf("  accepted by the exact sets %" PRIu64
           ", of them in the index %.4f (floor %.4f)%s; wrong in the index %" PRIu64 "\n",
           t->worth, accepted, least_accepted, accepted < least_accepted ? " TOO LOW" : "", t->wrong);
    return t->wrong || accepted < least_accepted ? 1 : status;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fputs("usage: recall ARCHIVE.jsonl LEAST_8 LEAST_5 LEAST_3 LEAST_15 LEAST_ACCEPTED\n", stderr);
        return 2;
    }
    flong_error error;
    flong_info info;
    archive a = {.index = archive_index(argv[1])};
    check(flong_index_info(a.index, &info, &error), &error);
    a.n = (size_t)(info.articles + info.removed);
    if (info.removed || a.n > 20000) return 2; /* ids twice, or more than all pairs are good for */
    a.bodies = needed(calloc(a.n, sizeof *a.bodies));
    a.keys = needed(calloc(a.n, sizeof *a.keys));
    a.n_keys = needed(calloc(a.n, sizeof *a.n_keys));
    a.met = needed(calloc(a.n * a.n, 1));
    a.accepted = needed(calloc(a.n * a.n, sizeof *a.accepted));
    for (uint64_t no = 0; no < a.n; no++) article_take(&a, no);
    candidates_mark(&a);
    check(pair_each(a.index->store, pair_mark, &a, &error), &error);
    tally t = {.bands = {{".8 - 1", .8, atof(argv[2]), 0, 0},
                         {".5 - .8", .5, atof(argv[3]), 0, 0},
                         {".3 - .5", .3, atof(argv[4]), 0, 0},
                         {".15 - .3", .15, atof(argv[5]), 0, 0}}};
    for (size_t i = 0; i < a.n; i++) {
        if (!verify_against(&a.index->worker.verifier, a.bodies[i])) abort();
        for (size_t j = 0; j < i; j++) pair_compare(&a, &t, i, j);
    }
    int status = tally_print(&t, atof(argv[6]));
    flong_index_close(a.index);
    free(a.bodies), free(a.keys), free(a.n_keys), free(a.met), free(a.accepted);
    return status;
}
