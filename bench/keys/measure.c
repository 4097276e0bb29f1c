#include "measure.h"

#include <string.h>

/* Marks those of the pairs that are candidates. */
static void met_mark(unsigned char *met, const overlap_list *all, const candidate_list *list,
                     size_t n_articles) {
    uint32_t *last = needed(mem_new(n_articles, sizeof *last)); /* article + 1 whose candidate it was last */
    const candidate *c = list->candidates, *end = c + list->n;
    for (size_t p = 0; p < all->n; p++) {
        uint32_t a = all->pairs[p].a;
        for (; c < end && c->article <= a; c++) last[c->other] = (uint32_t)c->article + 1;
        met[p] = last[all->pairs[p].b] == a + 1;
    }
    mem_free(last);
}

/* The bin of a share; a share that is the border of two is of the upper one whatever its last bit is. */
static size_t bin_of(double share) {
    size_t i = (size_t)(share * BINS + 1e-9);
    return i < BINS ? i : BINS - 1;
}

/* The bins that a pair belongs to; returns how many. */
static size_t bins_of(bin **bins, measured *m, const overlap *pair, uint32_t excerpt_run) {
    size_t n = 0;
    bins[n++] = &m->by_jaccard[bin_of(pair->jaccard)];
    if (pair->jaccard < .3) bins[n++] = &m->by_contained[bin_of(pair->contained)];
    if (pair->jaccard < .15 && pair->run >= excerpt_run) bins[n++] = m->passages;
    return n;
}

static void pair_count(measured *m, size_t k, const key_set *set, const overlap *pair, bool met) {
    bin *bins[3];
    size_t n = bins_of(bins, m, pair, set->params.excerpt_run);
    bool common = keys_common(set, pair->a, pair->b);
    for (size_t i = 0; i < n; i++) {
        bins[i]->pairs += k == 0;
        bins[i]->common[k] += common;
        bins[i]->met[k] += met;
    }
}

static void linked_count(measured *m, size_t k, const overlap_list *all, const unsigned char *met,
                         double reprint) {
    for (size_t p = 0; p < all->n;) {
        uint32_t a = all->pairs[p].a;
        bool repeats = false, linked = false;
        for (; p < all->n && all->pairs[p].a == a; p++) {
            if (all->pairs[p].jaccard < reprint) continue;
            repeats = true;
            linked |= met[p];
        }
        m->repeating += repeats && k == 0;
        m->linked[k] += linked;
    }
}

static void setting_measure(measured *m, size_t k, const key_set *set, const overlap_list *all) {
    meetings found;
    unsigned char *met = needed(mem_new(all->n + 1, 1));
    double articles = (double)m->n_articles;
    keys_meet(&found, set, m->n_articles);
    met_mark(met, all, &found.list, m->n_articles);
    for (size_t p = 0; p < all->n; p++) pair_count(m, k, set, &all->pairs[p], met[p]);
    linked_count(m, k, all, met, set->params.reprint_jaccard);
    m->costs[k] = (struct cost){(double)set->n / articles, (double)found.block_bytes / articles,
                                (double)found.list.n / articles};
    meetings_free(&found);
    mem_free(met);
}

static void within_drop(overlap_list *all, const archive *a) {
    size_t n = 0;
    for (size_t p = 0; p < all->n; p++) {
        uint64_t site = a->bodies[all->pairs[p].a]->site_hash;
        if (!site || site != a->bodies[all->pairs[p].b]->site_hash) all->pairs[n++] = all->pairs[p];
    }
    all->n = n;
}

void measure(measured *out, const char *path, const setting *settings, size_t n, bool within) {
    archive a;
    overlap_list all;
    key_set sets[SETTINGS_MOST];
    archive_open(&a, path);
    overlaps_find(&all, &a);
    if (!within) within_drop(&all, &a);
    keys_make(sets, settings, n, &a);
    *out = (measured){.n_articles = a.n, .n_settings = n, .n_passed = all.n_passed};
    memcpy(out->settings, settings, n * sizeof *settings);
    for (size_t k = 0; k < n; k++) setting_measure(out, k, &sets[k], &all);
    keys_free(sets, n);
    overlaps_free(&all);
    archive_close(&a);
}
