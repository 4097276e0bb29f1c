#include "twin_match.h"

#include <stdlib.h>
#include <string.h>

uint32_t twin_longest_run(const twin_article *a, const twin_article *b) {
    uint32_t *row = calloc(b->n + 1, sizeof *row), longest = 0;
    if (!row) abort();
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = b->n; j-- > 0;) {
            row[j + 1] = a->tokens[i] == b->tokens[j] ? row[j] + 1 : 0;
            if (row[j + 1] > longest) longest = row[j + 1];
        }
    free(row);
    return longest;
}

/* Whether the w tokens from place i on stand in x before place `end` as well. */
static bool shingle_stands(const twin_article *x, size_t end, const uint64_t *shingle, size_t w) {
    for (size_t i = 0; i < end && i + w <= x->n; i++)
        if (memcmp(x->tokens + i, shingle, w * sizeof *shingle) == 0) return true;
    return false;
}

/* Counts the distinct shingles of x that y has too; and those that count for x: all but the ones that begin in
 * the title and that y has not. */
static void shingles_count(size_t *shared, size_t *counted, const twin_article *x, const twin_article *y,
                           size_t w) {
    *shared = *counted = 0;
    for (size_t i = 0; i + w <= x->n; i++) {
        if (shingle_stands(x, i, x->tokens + i, w)) continue;
        bool in_both = shingle_stands(y, y->n, x->tokens + i, w);
        *shared += in_both;
        *counted += in_both || i >= x->n_title;
    }
}

static bool texts_equal(const twin_article *a, const twin_article *b) {
    size_t n = a->n - a->n_title;
    return n == b->n - b->n_title &&
           memcmp(a->tokens + a->n_title, b->tokens + b->n_title, n * sizeof *a->tokens) == 0;
}

flong_score twin_verify(const twin_article *a, const twin_article *b, const flong_params *params) {
    flong_score score = {0};
    if (texts_equal(a, b))
        return (flong_score){FLONG_RELATION_IDENTICAL, 1, 1, 1, (uint32_t)(a->n < b->n ? a->n : b->n), 0};
    if (a->n < params->min_tokens || b->n < params->min_tokens) return score;
    size_t shared, n_a, n_b;
    shingles_count(&shared, &n_a, a, b, params->shingle);
    shingles_count(&shared, &n_b, b, a, params->shingle);
    if (shared == 0) return score;
    score.jaccard = (double)shared / (double)(n_a + n_b - shared);
    score.a_in_b = (double)shared / (double)n_a;
    score.b_in_a = (double)shared / (double)n_b;
    double contained = score.a_in_b > score.b_in_a ? score.a_in_b : score.b_in_a;
    bool reprint = score.jaccard >= params->reprint_jaccard ||
                   (contained >= params->reprint_contained && shared + params->shingle > params->excerpt_run);
    /* Runs are looked for where they can tell something: two runs with an edit between them lose the shingles
     * over it. */
    if (reprint || shared + 2 * (params->shingle - 1) >= params->excerpt_run)
        score.longest_run = twin_longest_run(a, b);
    if (reprint) score.relation = FLONG_RELATION_REPRINT;
    return score;
}
