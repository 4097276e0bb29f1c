#include "match/group.h"

#include "match/verify.h"

/* A member this similar to a representative stands for nothing new. */
static const double representative_unlike = .9;

text_group text_group_of(uint64_t article) {
    return (text_group){
        .first = article, .size = 1, .n_representatives = 1, .representatives = {article}, .weakest = 1};
}

bool group_admits(double *mean, bool *unlike, const text_group *group, uint64_t article, group_score_fn score,
                  void *context) {
    double sum = 0;
    *unlike = true;
    for (uint32_t i = 0; i < group->n_representatives; i++) {
        flong_score s;
        if (!score(context, &s, article, group->representatives[i])) return false;
        sum += score_contained(&s);
        if (s.jaccard >= representative_unlike) *unlike = false;
    }
    *mean = sum / group->n_representatives;
    return true;
}

bool group_bridge(double *mean, const text_group *a, const text_group *b, group_score_fn score,
                  void *context) {
    double sum = 0;
    for (uint32_t i = 0; i < a->n_representatives; i++) {
        double row;
        bool unlike;
        if (!group_admits(&row, &unlike, b, a->representatives[i], score, context)) return false;
        sum += row;
    }
    *mean = sum / a->n_representatives;
    return true;
}

void group_join(text_group *group, uint64_t article, double mean, bool unlike) {
    group->size++;
    if (mean < group->weakest) group->weakest = mean;
    if (unlike && group->n_representatives < GROUP_REPRESENTATIVES)
        group->representatives[group->n_representatives++] = article;
}

void group_merge(text_group *a, const text_group *b, double mean) {
    text_group merged = *a;
    merged.size += b->size;
    if (b->weakest < merged.weakest) merged.weakest = b->weakest;
    if (mean < merged.weakest) merged.weakest = mean;
    uint32_t i = 0, j = 0, n = 0;
    while (n < GROUP_REPRESENTATIVES && (i < a->n_representatives || j < b->n_representatives)) {
        bool take_a = j == b->n_representatives ||
                      (i < a->n_representatives && a->representatives[i] < b->representatives[j]);
        merged.representatives[n++] = take_a ? a->representatives[i++] : b->representatives[j++];
    }
    merged.n_representatives = n;
    *a = merged;
}
