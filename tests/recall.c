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

#include "keys.h"
#include "overlap.h"

/* What became of each pair of articles, at place later * n + earlier. */
typedef struct outcome {
    size_t n;
    unsigned char *met; /* 1 candidate, 2 accepted pair of the index */
    flong_relation *accepted;
} outcome;

/* All articles as one batch. */
static void candidates_mark(outcome *o, archive *a) {
    key_set keys;
    meetings found;
    setting s = setting_of(store_params(a->index->store));
    keys_make(&keys, &s, 1, a);
    keys_meet(&found, &keys, a->n);
    for (size_t i = 0; i < found.list.n; i++)
        o->met[found.list.candidates[i].article * o->n + found.list.candidates[i].other] |= 1;
    printf("%zu articles, %.1f keys and %.1f candidates an article, %" PRIu64 " look-ups cut short\n", a->n,
           (double)keys.n / (double)a->n, (double)found.list.n / (double)a->n, found.list.hot);
    meetings_free(&found);
    keys_free(&keys, 1);
}

static flong_status pair_mark(void *context, const pair_row *pair, flong_error *error) {
    outcome *o = context;
    (void)error;
    if (pair->score.relation > FLONG_RELATION_EXCERPT) return FLONG_OK; /* stories have other keys */
    o->met[pair->b * o->n + pair->a] |= 2;
    o->accepted[pair->b * o->n + pair->a] = pair->score.relation;
    return FLONG_OK;
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

static void pair_compare(archive *a, const outcome *o, tally *t, size_t i, size_t j) {
    worker *w = &a->index->worker;
    flong_score score;
    unsigned char met = o->met[i * o->n + j];
    double jaccard = shingles_jaccard(&w->verifier.sharing, a->bodies[j]);
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
    t->found += worth && found && o->accepted[i * o->n + j] == score.relation;
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
    archive a;
    archive_open(&a, argv[1]);
    if (a.numbers[a.n - 1] != a.n - 1 || a.n > 20000)
        return 2; /* ids twice, or more than all pairs are good for */
    outcome o = {a.n, needed(mem_new(a.n * a.n, sizeof *o.met)),
                 needed(mem_new(a.n * a.n, sizeof *o.accepted))};
    candidates_mark(&o, &a);
    check(pair_each(a.index->store, pair_mark, &o, &error), &error);
    tally t = {.bands = {{".8 - 1", .8, atof(argv[2]), 0, 0},
                         {".5 - .8", .5, atof(argv[3]), 0, 0},
                         {".3 - .5", .3, atof(argv[4]), 0, 0},
                         {".15 - .3", .15, atof(argv[5]), 0, 0}}};
    for (size_t i = 0; i < a.n; i++) {
        if (!verify_against(&a.index->worker.verifier, a.bodies[i])) abort();
        for (size_t j = 0; j < i; j++) pair_compare(&a, &o, &t, i, j);
    }
    int status = tally_print(&t, atof(argv[6]));
    archive_close(&a);
    mem_free(o.met);
    mem_free(o.accepted);
    return status;
}
