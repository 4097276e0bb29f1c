#include "flow/relate.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"

/* A similarity just too low for an edge between stories (STORY_EDGE): what articles of one series get at most. */
static const double series_most = .249;

/* Two accounts of one event are of one day, mostly; what comes later is the next step, and shares the names. So the
 * similarity that a verdict takes rises with every day between two articles. And what one of two rewrites says in
 * its headline is among what tells most in the other: so much of the headline's longer words, at least. (Read by hand
 * in a month of news: of 100 pairs that only the first rule admits 91 were right and 5 arguable; of those that both
 * do, 80 of 83 and 3.) */
static const double rewrite_rise = .1, related_rise = .02, headline_told = .4;

/* Articles that a far key leads to: an event that is told again after months is rare. */
enum { FAR_LINKS = 32, KEYS_SHARED = 2 };

enum { TERMS_SHOWN = 8 };

bool relate_wanted(const article *a, const flong_params *params) {
    return params->stories && !a->stub && a->n_left >= params->min_tokens;
}

void relate_sketch(sketch *out, const term *terms, size_t n, const text_body *body, int64_t published,
                   const rates *learned) {
    out->mark = (series_mark){.site_hash = body->site_hash, .published = published, .title = body->title};
    story_sketch_make(&out->story, terms, n, learned);
}

/* Of a cosine, what counts as similarity. */
static double similarity_by(double cosine, const sketch *a, const sketch *b) {
    double similarity = story_fade(cosine, a->mark.published, b->mark.published);
    return similarity > series_most && series_apart(&a->mark, &b->mark) ? series_most : similarity;
}

double relate_similarity(const sketch *a, const sketch *b) {
    return similarity_by(story_cosine(&a->story, &b->story), a, b);
}

void relating_begin(relating *r, const sketch *own, size_t n) {
    r->own = own;
    story_lookup_make(&r->lookup, &own->story, n);
}

double relating_similarity(const relating *r, const sketch *other) {
    return similarity_by(story_lookup_cosine(&r->lookup, &other->story), r->own, other);
}

void relate_prefetch(const sketch *soon) {
    for (size_t at = 0; at < sizeof *soon; at += 64) __builtin_prefetch((const char *)soon + at);
}

/* Whether enough of a headline stands among the telling terms of another article. */
static bool headline_stands(const title_words *title, const story_sketch *story) {
    uint32_t told = 0;
    for (uint32_t i = 0, k = 0; i < title->n; i++) {
        while (k < story->n && story->hashes[k] < title->hashes[i]) k++;
        told += k < story->n && story->hashes[k] == title->hashes[i];
    }
    return told >= headline_told * title->n;
}

static bool is_rewrite(const sketch *a, const sketch *b, double similarity, double least) {
    bool one_site = a->mark.site_hash && a->mark.site_hash == b->mark.site_hash; /* no desk rewrites itself */
    return !one_site && similarity >= least && headline_stands(&a->mark.title, &b->story) &&
           headline_stands(&b->mark.title, &a->story);
}

flong_relation relate_verdict(const sketch *a, const sketch *b, double similarity,
                              const flong_params *params) {
    double days = (double)dates_gap(a->mark.published, b->mark.published) / 86400;
    if (days > params->window || series_apart(&a->mark, &b->mark)) return FLONG_RELATION_NONE;
    if (is_rewrite(a, b, similarity, params->rewrite_similarity + rewrite_rise * days))
        return FLONG_RELATION_REWRITE;
    bool related = similarity >= params->related_similarity + related_rise * days;
    return related ? FLONG_RELATION_RELATED : FLONG_RELATION_NONE;
}

flong_status relate_groups(flong_index *index, double *similarity, uint64_t text_a, uint64_t text_b,
                           flong_error *error) {
    const sketch *a, *b;
    TRY(sketches_get(index->sketches, &a, text_a, error));
    TRY(sketches_get(index->sketches, &b, text_b, error));
    *similarity = a && b ? relate_similarity(a, b) : -1;
    return FLONG_OK;
}

static flong_status group_ready(void *context, uint64_t text_no, flong_error *error) {
    flong_index *index = context;
    const sketch *made;
    return sketches_get(index->sketches, &made, text_no, error);
}

static void groups_compare(void *context, unsigned thread, double *similarity, uint64_t text_no,
                           const uint64_t *others, size_t n) {
    flong_index *index = context;
    relating r;
    const sketch *own = sketches_peek(index->sketches, text_no);
    const sketch *next = sketches_peek(index->sketches, others[0]);
    (void)thread;
    if (own) relating_begin(&r, own, n);
    for (size_t i = 0; i < n; i++) {
        const sketch *other = next;
        next = i + 1 < n ? sketches_peek(index->sketches, others[i + 1]) : NULL;
        if (next) relate_prefetch(next);
        similarity[i] = own && other ? relating_similarity(&r, other) : -1;
    }
}

storying_scores relate_scores(flong_index *index) {
    return (storying_scores){index, group_ready, groups_compare};
}

/* ---- meeting ----------------------------------------------------------------------------- */

bool story_keying_init(story_keying *k, arena *memory, size_t n) {
    *k = (story_keying){.own = arena_alloc(memory, n * STORY_KEYS_MOST, sizeof *k->own),
                        .asked = arena_alloc(memory, n * STORY_KEYS_MOST, sizeof *k->asked),
                        .far = arena_alloc(memory, n * STORY_FAR_KEYS, sizeof *k->far)};
    return k->own && k->asked && k->far;
}

static void keys_append(uint64_t *list, size_t *n, key_kind kind, const uint64_t *hashes, size_t n_hashes,
                        uint64_t place) {
    for (size_t i = 0; i < n_hashes; i++) list[(*n)++] = key_make(kind, hashes[i]) | place;
}

void story_keying_add(story_keying *k, uint64_t no, const story_key_set *keys) {
    if (k->n_own == 0) k->base = no;
    uint64_t place = no - k->base;
    keys_append(k->own, &k->n_own, KEY_STORY, keys->own, keys->n_own, place);
    keys_append(k->asked, &k->n_asked, KEY_STORY, keys->asked, keys->n_asked, place);
    keys_append(k->far, &k->n_far, KEY_FAR, keys->far, keys->n_far, place);
}

/* Sorts entries and lets go of those that are there twice. */
static bool keys_sort(uint64_t *entries, size_t *n, arena *memory) {
    uint64_t *scratch = arena_alloc(memory, *n, sizeof *scratch);
    if (!scratch) return false;
    sort_spread(entries, scratch, *n);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (i == 0 || entries[i] != entries[kept - 1]) entries[kept++] = entries[i];
    *n = kept;
    return true;
}

/* How many candidates from `at` on are of an article. */
static size_t article_count(const candidate_list *list, size_t at, uint64_t no) {
    size_t end = at;
    while (end < list->n && list->candidates[end].article == no) end++;
    return end - at;
}

/* Appends the others of n candidates. */
static size_t others_append(uint64_t *others, size_t n_others, const candidate *candidates, size_t n) {
    for (size_t i = 0; i < n; i++) others[n_others++] = candidates[i].other;
    return n_others;
}

/* Both lists in one, each pair once; how many keys were shared is left out. */
static bool lists_unite(candidate_list *out, const candidate_list *x, const candidate_list *y,
                        arena *memory) {
    size_t most = x->n + y->n, at_x = 0, at_y = 0;
    candidate *all = arena_alloc(memory, most, sizeof *all);
    uint64_t *others = arena_alloc(memory, most, sizeof *others), *scratch = arena_alloc(memory, most, 8);
    if (!all || !others || !scratch) return false;
    *out = (candidate_list){.candidates = all};
    while (at_x < x->n || at_y < y->n) {
        uint64_t no = at_x < x->n ? x->candidates[at_x].article : UINT64_MAX;
        if (at_y < y->n && y->candidates[at_y].article < no) no = y->candidates[at_y].article;
        size_t n_x = article_count(x, at_x, no), n_y = article_count(y, at_y, no);
        size_t n = others_append(others, 0, x->candidates + at_x, n_x);
        n = others_append(others, n, y->candidates + at_y, n_y);
        sort_u64(others, scratch, n, 0, 8);
        for (size_t i = 0; i < n; i++)
            if (i == 0 || others[i] != others[i - 1]) all[out->n++] = (candidate){no, others[i], 0};
        at_x += n_x;
        at_y += n_y;
    }
    return true;
}

flong_status story_keying_meet(story_keying *k, flong_index *index, arena *memory, candidate_list *out,
                               uint64_t *hot, flong_error *error) {
    const flong_params *params = store_params(index->store);
    meeting_rule near_rule = {params->story_links, KEYS_SHARED, params->max_candidates};
    meeting_rule far_rule = {FAR_LINKS, KEYS_SHARED, params->max_candidates};
    candidate_list near, far;
    if (!keys_sort(k->own, &k->n_own, memory) || !keys_sort(k->asked, &k->n_asked, memory) ||
        !keys_sort(k->far, &k->n_far, memory))
        return error_nomem(error);
    entry_list own = {k->own, k->n_own, k->base}, asked = {k->asked, k->n_asked, k->base},
               all_far = {k->far, k->n_far, k->base};
    TRY(candidates_find(&near, memory, index->runs, asked, own, near_rule, index_gone, index, error));
    TRY(candidates_find(&far, memory, index->runs, all_far, all_far, far_rule, index_gone, index, error));
    *hot += near.hot;
    return lists_unite(out, &near, &far, memory) ? FLONG_OK : error_nomem(error);
}

/* ---- what they share --------------------------------------------------------------------- */

/* Where a term of an article is written: its token, and those that are joined to it. */
static flong_str term_text(const article *a, const term *t, flong_str title, flong_str text) {
    const token *tokens = a->tokens.tokens;
    size_t first = t->token, last = first;
    if (tokens[first].before & TOKEN_NUMBER)
        while (last + 1 < a->tokens.n && tokens[last + 1].before & TOKEN_JOINED) last++;
    else if (tokens[first].hash != t->hash && last + 1 < a->tokens.n)
        last++; /* two words with capitals */
    size_t text_at = title.n + 1, begin = tokens[first].begin, end = tokens[last].end;
    if (begin < text_at) return (flong_str){title.p + begin, (end < title.n ? end : title.n) - begin};
    return (flong_str){text.p + begin - text_at, end - begin};
}

bool relate_terms(flong_str *out, arena *memory, const sketch *a, const sketch *b, const article *written,
                  const term *terms, size_t n, flong_str title, flong_str text) {
    story_term shared[TERMS_SHOWN];
    flong_str words[TERMS_SHOWN];
    size_t n_shared = story_shared(shared, TERMS_SHOWN, &a->story, &b->story), n_words = 0, bytes = 0;
    for (size_t i = 0; i < n_shared; i++) {
        const term *t = terms_find(terms, n, shared[i].hash);
        if (!t) continue;
        words[n_words] = term_text(written, t, title, text);
        bytes += words[n_words++].n + 1;
    }
    char *p = arena_alloc(memory, bytes, 1);
    if (!p) return false;
    *out = (flong_str){p, bytes ? bytes - 1 : 0};
    for (size_t i = 0; i < n_words; i++) {
        memcpy(p, words[i].p, words[i].n);
        p += words[i].n;
        if (i + 1 < n_words) *p++ = '\n';
    }
    return true;
}
