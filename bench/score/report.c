#include "report.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double share(uint64_t part, uint64_t whole) { return whole ? (double)part / (double)whole : 1; }
static unsigned long long ull(uint64_t x) { return x; }

/* Articles that the result has, with their groups in two arrays. */
typedef struct labels {
    uint64_t *gold, *got;
    size_t n;
} labels;

static labels labels_of(const articles *a, int story) {
    labels l = {memory_resize(NULL, a->n * sizeof(uint64_t)), memory_resize(NULL, a->n * sizeof(uint64_t)),
                0};
    for (uint32_t i = 0; i < a->n; i++) {
        const article *x = &a->p[i];
        if (!x->got_text) continue;
        l.gold[l.n] = story ? x->story : x->text;
        l.got[l.n++] = story ? x->got_story : x->got_text;
    }
    if (!l.n) {
        fprintf(stderr, "flong-score: the two files have no article in common\n");
        exit(2);
    }
    return l;
}

static void labels_free(labels *l) {
    free(l->gold);
    free(l->got);
}

static void print_figures(const char *what, const figures *f) {
    printf("%-12s precision %.4f  recall %.4f  F1 %.4f  ARI %.4f  B-cubed %.4f  (%llu groups, truth %llu)\n",
           what, f->precision, f->recall, f->f1, f->ari, f->b_cubed, ull(f->groups), ull(f->gold_groups));
}

/* ---- groups ------------------------------------------------------------------------------ */

/* Copies that share a text group with what they were made from, by how much of it they kept. */
static void print_copies(const articles *a) {
    static const struct {
        float least;
        const char *name;
    } bands[] = {{.9999f, "all"},  {.8f, ".8 - 1"},    {.5f, ".5 - .8"},
                 {.3f, ".3 - .5"}, {.15f, ".15 - .3"}, {0, "under .15"}};
    uint64_t n[6] = {0}, found[6] = {0};
    for (uint32_t i = 0; i < a->n; i++) {
        const article *x = &a->p[i];
        if (x->kept < 0 || x->of == NOWHERE || !x->got_text) continue;
        size_t band = 0;
        while (x->kept < bands[band].least) band++;
        n[band]++;
        found[band] += x->got_text == a->p[x->of].got_text;
    }
    printf("copies in the group of their original, by the share of its 5-word shingles that they kept:\n");
    for (size_t i = 0; i < 6; i++)
        if (n[i])
            printf("  %-10s %6.2f %%  (%llu of %llu)\n", bands[i].name, 100 * share(found[i], n[i]),
                   ull(found[i]), ull(n[i]));
}

/* A stub belongs with those that are the same byte for byte, and with nothing else. l: sizes of the groups, by
 * article that the result has. */
static void count_stubs(report *r, const articles *a, const labels *l) {
    size_t at = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        const article *x = &a->p[i];
        if (!x->got_text) continue;
        const int more = l->got[at] > l->gold[at];
        at++;
        if (strcmp(a->kinds[x->kind], "stub")) continue;
        r->stubs++;
        r->stubs_grouped += (uint64_t)more;
    }
}

static void count_rewrites(report *r, const articles *a) {
    for (uint32_t i = 0; i < a->n; i++) {
        const article *x = &a->p[i];
        if (!x->got_text || x->of == NOWHERE || strcmp(a->kinds[x->kind], "rewrite")) continue;
        r->rewrites++;
        r->rewrites_found += x->got_story == a->p[x->of].got_story;
    }
}

void report_groups(report *r, const articles *a) {
    labels l = labels_of(a, 0);
    r->articles = l.n;
    r->missing = a->n - l.n;
    r->text = figures_of(l.gold, l.got, l.n);
    count_stubs(r, a, &l);
    labels_free(&l);
    l = labels_of(a, 1);
    r->story = figures_of(l.gold, l.got, l.n);
    labels_free(&l);
    count_rewrites(r, a);
    printf("articles %llu, missing from the result %llu, unknown to the truth %llu\n", ull(r->articles),
           ull(r->missing), ull(a->unknown));
    print_figures("text groups:", &r->text);
    print_figures("stories:", &r->story);
    print_copies(a);
    printf("rewrites in the story of their source: %llu of %llu (%.2f %%)\n", ull(r->rewrites_found),
           ull(r->rewrites), 100 * share(r->rewrites_found, r->rewrites));
    printf("stubs wrongly grouped: %llu of %llu\n", ull(r->stubs_grouped), ull(r->stubs));
}

void report_gold(report *r, const articles *a) {
    labels l = labels_of(a, 0);
    r->articles = l.n;
    r->missing = a->n - l.n;
    r->text = figures_of(l.gold, l.got, l.n);
    labels_free(&l);
    const figures *f = &r->text;
    printf(
        "docs %llu missing %llu pairP %.4f pairR %.4f pairF1 %.4f ARI %.4f B3 %.4f groups %llu gold %llu\n",
        ull(r->articles), ull(r->missing), f->precision, f->recall, f->f1, f->ari, f->b_cubed, ull(f->groups),
        ull(f->gold_groups));
}

/* ---- pairs ------------------------------------------------------------------------------- */

/* The text that an excerpt was taken from; 0 for others. */
static uint64_t source_text(const articles *a, const article *x) {
    return x->of != NOWHERE && !strcmp(a->kinds[x->kind], "excerpt") ? a->p[x->of].text : 0;
}

/* Whether x shows a teaser of a text that is long enough for an excerpt. Two articles that show teasers of one
 * third text have nothing of one another. */
static int shows(const article *x, uint64_t text) {
    for (uint32_t i = 0; i < x->n_shown; i++)
        if (x->shown[i] == text) return 1;
    return 0;
}

/* One text, one story, an excerpt and its source, two excerpts of one source, a teaser and its text, or an excerpt
 * and a teaser of one text. */
static int is_true_pair(const articles *a, const article *x, const article *y) {
    const uint64_t from_x = source_text(a, x), from_y = source_text(a, y);
    return x->text == y->text || x->story == y->story || from_x == y->text || from_y == x->text ||
           (from_x && from_x == from_y) || shows(x, y->text) || shows(y, x->text) ||
           (from_x && shows(y, from_x)) || (from_y && shows(x, from_y));
}

static void mark_excerpts(const articles *a, article *x, article *y) {
    if (source_text(a, x) == y->text) x->found = 1;
    if (source_text(a, y) == x->text) y->found = 1;
}

typedef uint64_t kind_counts[KINDS_MAX][KINDS_MAX];

static void count_pair(report *r, articles *a, article *x, article *y, const char *relation,
                       kind_counts *wrong) {
    const int loose = !strcmp(relation, "rewrite") || !strcmp(relation, "related");
    r->pairs++;
    if (!loose) mark_excerpts(a, x, y);
    if (is_true_pair(a, x, y)) return;
    if (loose && x->thread && x->thread == y->thread) {
        r->near_pairs++;
        return;
    }
    r->false_pairs++;
    (*wrong)[x->kind < y->kind ? x->kind : y->kind][x->kind < y->kind ? y->kind : x->kind]++;
}

/* The commonest combinations first, eight at most. */
static void print_wrong(const articles *a, kind_counts *wrong) {
    for (int line = 0; line < 8; line++) {
        uint64_t *most = &(*wrong)[0][0];
        for (size_t i = 0; i < KINDS_MAX * KINDS_MAX; i++)
            if ((&(*wrong)[0][0])[i] > *most) most = &(*wrong)[0][0] + i;
        if (!*most) return;
        const size_t at = (size_t)(most - &(*wrong)[0][0]);
        printf("  %s and %s: %llu\n", a->kinds[at / KINDS_MAX], a->kinds[at % KINDS_MAX], ull(*most));
        *most = 0;
    }
}

static void count_excerpts(report *r, const articles *a) {
    for (uint32_t i = 0; i < a->n; i++) {
        r->excerpts += a->p[i].got_text && source_text(a, &a->p[i]);
        r->excerpts_found += a->p[i].found;
    }
}

void report_pairs(report *r, articles *a, const char *path) {
    static const char *const names[] = {"a", "b", "relation"};
    static kind_counts wrong;
    json_reader *in = json_open(path, names, 3);
    while (json_next(in)) {
        const uint32_t x = articles_find(a, json_need(in, 0)), y = articles_find(a, json_need(in, 1));
        if (x == NOWHERE || y == NOWHERE) json_fail(in, "the truth has no article with this id");
        count_pair(r, a, &a->p[x], &a->p[y], json_text(in, 2), &wrong);
    }
    count_excerpts(r, a);
    printf("excerpts paired with their source: %llu of %llu (%.2f %%)\n", ull(r->excerpts_found),
           ull(r->excerpts), 100 * share(r->excerpts_found, r->excerpts));
    printf("pairs: %llu, of them false: %llu (%.3f %%)\n", ull(r->pairs), ull(r->false_pairs),
           100 * (r->pairs ? share(r->false_pairs, r->pairs) : 0));
    print_wrong(a, &wrong);
    if (r->near_pairs)
        printf("rewrites or related pairs within one running topic: %llu\n", ull(r->near_pairs));
}
