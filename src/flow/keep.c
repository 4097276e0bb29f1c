/* Which articles to keep, one of each that say the same: identical texts, texts, rewritten texts, or stories. */
#include "flow/results.h"

/* Articles in classes of which one each is kept. */
typedef struct keeping {
    results results;
    unsigned level, keep;
    bool drop_stubs;
    uint32_t
        *classes;   /* of each article one of its class, itself or an earlier one; the first stands for all */
    uint32_t *kept; /* at a class's first article: the one to keep, or NOTHING */
} keeping;

static uint32_t class_of(keeping *k, uint32_t no) {
    while (k->classes[no] != no) no = k->classes[no] = k->classes[k->classes[no]];
    return no;
}

static void classes_unite(keeping *k, uint32_t x, uint32_t y) {
    x = class_of(k, x), y = class_of(k, y);
    if (x < y)
        k->classes[y] = x;
    else
        k->classes[x] = y;
}

static flong_status pair_unite(void *context, const pair_row *pair, flong_error *error) {
    keeping *k = context;
    const results *r = &k->results;
    bool there = pair->a < r->n && pair->b < r->n && r->places[pair->a].text_no != NOTHING &&
                 r->places[pair->b].text_no != NOTHING;
    if (!there)
        return error_set(error, FLONG_DAMAGED,
                         "%s: a pair names an article that is not there; make the index anew",
                         store_path(r->index->store));
    uint32_t a = (uint32_t)pair->a, b = (uint32_t)pair->b;
    bool one_text = r->places[a].text_no == r->places[b].text_no;
    bool one_story = results_story(r, a) == results_story(r, b);
    flong_relation relation = pair->score.relation;
    if ((k->level == FLONG_LEVEL_IDENTICAL && relation == FLONG_RELATION_IDENTICAL && one_text) ||
        (k->level == FLONG_LEVEL_REWRITE && relation == FLONG_RELATION_REWRITE && one_story))
        classes_unite(k, a, b);
    return FLONG_OK;
}

/* Puts the articles in classes. */
static flong_status classes_find(keeping *k, flong_error *error) {
    const results *r = &k->results;
    k->classes = mem_new(r->n, sizeof *k->classes);
    k->kept = mem_new(r->n, sizeof *k->kept);
    if (!k->classes || !k->kept) return error_nomem(error);
    for (uint32_t i = 0; i < r->n; i++) {
        bool alone = k->level == FLONG_LEVEL_IDENTICAL || r->places[i].text_no == NOTHING;
        k->classes[i] = alone                           ? i
                        : k->level == FLONG_LEVEL_STORY ? results_story(r, i)
                                                        : r->places[i].text_no;
        k->kept[i] = NOTHING;
    }
    if (k->level != FLONG_LEVEL_IDENTICAL && k->level != FLONG_LEVEL_REWRITE) return FLONG_OK;
    return pair_each(r->index->store, pair_unite, k, error);
}

/* Whether x is to be kept rather than y, which arrived before it. */
static bool rather_keep(const keeping *k, uint32_t x, uint32_t y) {
    const results *r = &k->results;
    switch (k->keep) {
    case FLONG_KEEP_LONGEST:
        return r->places[x].tokens > r->places[y].tokens;
    case FLONG_KEEP_EARLIEST:
        return results_before(r, x, y);
    default:
        return false;
    }
}

static bool is_dropped(const keeping *k, uint32_t no) {
    const place *p = &k->results.places[no];
    return p->text_no == NOTHING || (p->stub && k->drop_stubs);
}

static void kept_find(keeping *k) {
    for (uint32_t i = 0; i < k->results.n; i++) {
        if (is_dropped(k, i)) continue;
        uint32_t *kept = &k->kept[class_of(k, i)];
        if (*kept == NOTHING || rather_keep(k, i, *kept)) *kept = i;
    }
}

static flong_status kept_tell(keeping *k, flong_keep_fn fn, void *context, flong_error *error) {
    for (uint32_t i = 0; i < k->results.n; i++) {
        if (k->results.places[i].text_no == NOTHING) continue;
        uint64_t kept = is_dropped(k, i) ? FLONG_KEPT_NONE : k->kept[class_of(k, i)];
        if (fn(context, i, kept) != 0) return error_set(error, FLONG_STOPPED, "stopped");
    }
    return FLONG_OK;
}

flong_status flong_index_keep(flong_index *index, unsigned rule, flong_keep_fn fn, void *context,
                              flong_error *error) {
    keeping k = {
        .level = rule & FLONG_LEVEL_STORY, .keep = rule & 3u, .drop_stubs = (rule & FLONG_DROP_STUBS) != 0};
    TRY(index_read_begin(index, error));
    flong_status status = results_groups(&k.results, index, error);
    if (status == FLONG_OK) status = classes_find(&k, error);
    if (status == FLONG_OK) {
        kept_find(&k);
        status = kept_tell(&k, fn, context, error);
    }
    index_read_end(index);
    results_free(&k.results);
    mem_free(k.classes);
    mem_free(k.kept);
    return status;
}
