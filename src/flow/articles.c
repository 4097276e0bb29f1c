/* The articles of an index as they are told to the caller. */
#include <string.h>

#include "base/str.h"
#include "flow/articles.h"
#include "flow/names.h"
#include "flow/view.h"

typedef struct telling {
    results results;
    article_place_fn fn;
    void *context;
    names *names;
    buffer ids; /* of the text group and of the article repeated */
    article_view copy;
} telling;

/* Appends the id of an article to t->ids. */
static flong_status id_append(telling *t, uint64_t no, flong_error *error) {
    article_name name;
    TRY(names_get(t->names, &name, no, error));
    return buffer_append(&t->ids, name.id.p, name.id.n) ? FLONG_OK : error_nomem(error);
}

/* Whether a copy of `of` names its source. The text is read only where the rows do not tell. */
static flong_status credited_find(telling *t, int *out, const article_row *copy, flong_str domain,
                                  uint64_t of, flong_error *error) {
    flong_index *index = t->results.index;
    article_name source;
    *out = -1;
    if (t->results.places[copy->no].score.relation > FLONG_RELATION_EXCERPT) return FLONG_OK;
    TRY(names_get(t->names, &source, of, error));
    if (domain.n && str_equal(domain, source.domain)) return FLONG_OK; /* a version */
    TRY(view_credits_quickly(&t->copy, out, index, copy, source.by, source.site, error));
    if (*out >= 0) return FLONG_OK;
    TRY(view_load(&t->copy, index, copy->no, error));
    *out = view_credits(&t->copy, source.by, source.site);
    return FLONG_OK;
}

static flong_status article_tell(void *context, const article_row *row, flong_error *error) {
    telling *t = context;
    const place *p = &t->results.places[row->no];
    int credited = -1;
    article_name own;
    TRY(names_take(t->names, &own, row, error));
    flong_str domain = {row->record.site.p + (own.domain.p - own.site.p), own.domain.n};
    if (p->of != NOTHING) TRY(credited_find(t, &credited, row, domain, p->of, error));
    t->ids.n = 0;
    TRY(id_append(t, p->text_no, error));
    size_t n_text_id = t->ids.n;
    TRY(id_append(t, results_story(&t->results, (uint32_t)row->no), error));
    size_t n_ids = t->ids.n;
    if (p->of != NOTHING) TRY(id_append(t, p->of, error));
    flong_article told = {
        .number = row->no,
        .record = row->record,
        .text_id = {t->ids.p, n_text_id},
        .story_id = {t->ids.p + n_text_id, n_ids - n_text_id},
        .of = {t->ids.p + n_ids, t->ids.n - n_ids},
        .wire = row->wire,
        .credited = credited,
        .furniture = row->all_tokens ? row->furniture / (double)row->all_tokens : 0,
        .members = t->results.places[p->text_no].size,
        .weakest = (double)t->results.places[p->text_no].weakest,
    };
    if (p->of != NOTHING) told.score = p->score;
    told.score.relation = results_relation(&t->results, (uint32_t)row->no);
    return t->fn(t->context, &told, p, error);
}

flong_status articles_tell(flong_index *index, article_place_fn fn, void *context, flong_error *error) {
    telling t = {.fn = fn, .context = context, .names = names_new(index->store)};
    flong_status status = t.names ? results_find(&t.results, index, error) : error_nomem(error);
    if (status == FLONG_OK) status = article_each(index->store, 0, article_tell, &t, error);
    results_free(&t.results);
    names_free(t.names);
    buffer_free(&t.ids);
    view_free(&t.copy);
    return status;
}

typedef struct listing {
    flong_article_fn fn;
    void *context;
} listing;

static flong_status article_list(void *context, const flong_article *told, const place *at,
                                 flong_error *error) {
    const listing *l = context;
    (void)at;
    return l->fn(l->context, told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_articles(flong_index *index, flong_article_fn fn, void *context,
                                  flong_error *error) {
    listing l = {fn, context};
    TRY(index_read_begin(index, error));
    flong_status status = articles_tell(index, article_list, &l, error);
    index_read_end(index);
    return status;
}
