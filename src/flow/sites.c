/* The sites of an index: how many articles each has, what they are to others, who copies whom. */
#include "base/intern.h"
#include "base/sort.h"
#include "flow/articles.h"

/* One article, by number: whose it is, and whose article it copies. */
typedef struct owned {
    uint32_t site; /* INTERN_NONE: none is known */
    uint32_t of;   /* article of another site that it copies, or NOTHING */
    bool credited;
} owned;

typedef struct site_listing {
    intern names;
    flong_site *sites; /* [0]: articles without a site; behind it those of `names`, in their order */
    size_t n, capacity;
    owned *articles;
    size_t n_articles, articles_capacity;
    uint64_t *texts; /* site and text group of each article */
    size_t n_texts, texts_capacity;
} site_listing;

/* Where a site of `names` stands in the list. */
static flong_site *site_at(const site_listing *l, uint32_t site) {
    return &l->sites[site == INTERN_NONE ? 0 : site + 1];
}

/* An entry for each site up to this one. */
static bool sites_reserve(site_listing *l, uint32_t site) {
    size_t needed = site == INTERN_NONE ? 1 : (size_t)site + 2;
    while (l->n < needed) {
        if (!ARRAY_GROW(l->sites, l->n, l->capacity)) return false;
        l->sites[l->n++] = (flong_site){.articles = 0};
    }
    return true;
}

/* Room for the article of a number. */
static bool articles_reserve(site_listing *l, uint64_t no) {
    while (l->n_articles <= no) {
        if (!ARRAY_GROW(l->articles, l->n_articles, l->articles_capacity)) return false;
        l->articles[l->n_articles++] = (owned){INTERN_NONE, NOTHING, false};
    }
    return true;
}

static flong_status article_count(void *context, article_walk *walk, const article_row *row, uint32_t at,
                                  int credited, flong_error *error) {
    site_listing *l = context;
    const place *p = &walk->results.places[at];
    article_name own;
    uint32_t site;
    TRY(names_get(walk->names, &own, row->no, error));
    if (!intern_take(&l->names, &site, own.domain) || !sites_reserve(l, site) ||
        !articles_reserve(l, row->no) || !ARRAY_GROW(l->texts, l->n_texts, l->texts_capacity))
        return error_nomem(error);
    flong_site *s = site_at(l, site);
    s->articles++;
    s->undated += row->record.published == FLONG_NO_DATE;
    s->copies += credited >= 0;
    s->relations[results_relation(&walk->results, at)]++;
    l->articles[row->no] = (owned){site, credited >= 0 ? p->of : NOTHING, credited > 0};
    l->texts[l->n_texts++] = (uint64_t)(s - l->sites) << 32 | p->text_no;
    return FLONG_OK;
}

/* Counts the copies that others have, once it is known whose each article is. */
static void copied_count(site_listing *l) {
    for (size_t i = 0; i < l->n_articles; i++) {
        const owned *copy = &l->articles[i];
        if (copy->of >= l->n_articles) continue; /* NOTHING, too */
        flong_site *source = site_at(l, l->articles[copy->of].site);
        source->copied++;
        source->credited += copy->credited;
    }
}

static bool texts_count(site_listing *l) {
    uint64_t *scratch = mem_new(l->n_texts + 1, sizeof *scratch);
    if (!scratch) return false;
    sort_u64(l->texts, scratch, l->n_texts, 0, 8);
    mem_free(scratch);
    for (size_t i = 0; i < l->n_texts; i++)
        l->sites[l->texts[i] >> 32].texts += i == 0 || l->texts[i] != l->texts[i - 1];
    return true;
}

/* Tells of the sites in the order of their articles; those without a site come last. */
static flong_status sites_tell(site_listing *l, flong_site_fn fn, void *context, flong_error *error) {
    uint64_t *counts = mem_new(l->names.n + 1, sizeof *counts);
    uint32_t *order = mem_new(l->names.n + 1, sizeof *order), *to = mem_new(l->names.n + 1, sizeof *to);
    bool ready = counts && order && to;
    for (size_t i = 0; i < l->names.n && ready; i++) counts[i] = l->sites[i + 1].articles;
    flong_status status = ready && intern_rank(&l->names, counts, order, to) ? FLONG_OK : error_nomem(error);
    for (size_t i = 0; i <= l->names.n && status == FLONG_OK; i++) {
        flong_site *s = site_at(l, i < l->names.n ? order[i] : INTERN_NONE);
        if (i < l->names.n) s->name = l->names.names[order[i]];
        if (s->articles && fn(context, s) != 0) status = error_set(error, FLONG_STOPPED, "stopped");
    }
    mem_free(counts), mem_free(order), mem_free(to);
    return status;
}

flong_status flong_index_sites(flong_index *index, flong_site_fn fn, void *context, flong_error *error) {
    site_listing l = {.n = 0};
    TRY(index_read_begin(index, error));
    flong_status status = sites_reserve(&l, INTERN_NONE)
                              ? articles_walk(index, NULL, article_count, &l, error)
                              : error_nomem(error);
    if (status == FLONG_OK) copied_count(&l);
    if (status == FLONG_OK && !texts_count(&l)) status = error_nomem(error);
    if (status == FLONG_OK) status = sites_tell(&l, fn, context, error);
    index_read_end(index);
    intern_free(&l.names);
    mem_free(l.sites), mem_free(l.articles), mem_free(l.texts);
    return status;
}
