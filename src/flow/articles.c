/* The articles of an index as they are told to the caller. */
#include "flow/articles.h"

#include "base/str.h"

/* ---- walking ----------------------------------------------------------------------------- */

/* Whether a copy of `of`, a number, names its source. The text is read only where the rows do not tell. */
static flong_status credited_find(article_walk *w, int *out, const article_row *copy, flong_str domain,
                                  uint64_t of, flong_error *error) {
    flong_index *index = w->results.index;
    article_name source;
    *out = -1;
    TRY(names_get(w->names, &source, of, error));
    if (domain.n && str_equal(domain, source.domain)) return FLONG_OK; /* a version */
    TRY(view_credits_quickly(&w->copy, out, index, copy, source.by, source.site, error));
    if (*out >= 0) return FLONG_OK;
    TRY(view_load(&w->copy, index, copy->no, error));
    *out = view_credits(&w->copy, source.by, source.site);
    return FLONG_OK;
}

typedef struct walking {
    article_walk walk;
    article_walk_fn fn;
    void *context;
} walking;

/* Walks to the article that has this place. */
static flong_status place_walk_to(walking *g, uint32_t at, const article_row *row, flong_error *error) {
    const results *r = &g->walk.results;
    const place *p = &r->places[at];
    int credited = -1;
    article_name own;
    TRY(names_take(g->walk.names, &own, row, error));
    flong_str domain = {row->record.site.p + (own.domain.p - own.site.p), own.domain.n};
    if (p->of != NOTHING && p->score.relation <= FLONG_RELATION_EXCERPT)
        TRY(credited_find(&g->walk, &credited, row, domain, results_number(r, p->of), error));
    return g->fn(g->context, &g->walk, row, at, credited, error);
}

static flong_status article_walk_to(void *context, const article_row *row, flong_error *error) {
    return place_walk_to(context, (uint32_t)row->no, row, error);
}

/* Each row is read by a statement that those who are told do not use. */
static flong_status some_walk(walking *g, const results_scope *scope, flong_error *error) {
    article_row row;
    bool found;
    for (uint32_t i = 0; i < scope->n; i++) {
        if (!scope->asked[i]) continue;
        TRY(article_next(g->walk.results.index->store, &row, &found, scope->numbers[i], error));
        if (found) TRY(place_walk_to(g, i, &row, error));
    }
    return FLONG_OK;
}

static flong_status walking_run(walking *g, flong_index *index, const results_scope *scope,
                                flong_error *error) {
    if (!g->walk.names) return error_nomem(error);
    if (scope) {
        TRY(results_find_some(&g->walk.results, index, scope, error));
        return some_walk(g, scope, error);
    }
    TRY(results_find(&g->walk.results, index, error));
    return article_each(index->store, 0, article_walk_to, g, error);
}

flong_status articles_walk(flong_index *index, const results_scope *scope, article_walk_fn fn, void *context,
                           flong_error *error) {
    walking g = {.walk = {.names = names_new(index->store)}, .fn = fn, .context = context};
    flong_status status = walking_run(&g, index, scope, error);
    results_free(&g.walk.results);
    names_free(g.walk.names);
    view_free(&g.walk.copy);
    return status;
}

/* ---- telling ----------------------------------------------------------------------------- */

typedef struct telling {
    flong_article_fn fn;
    void *context;
    buffer ids; /* of the text group, the story and the article repeated */
} telling;

/* Appends the id of an article to t->ids. */
static flong_status id_append(telling *t, article_walk *walk, uint64_t no, flong_error *error) {
    article_name name;
    TRY(names_get(walk->names, &name, no, error));
    return buffer_append(&t->ids, name.id.p, name.id.n) ? FLONG_OK : error_nomem(error);
}

static flong_status article_tell(void *context, article_walk *walk, const article_row *row, uint32_t at,
                                 int credited, flong_error *error) {
    telling *t = context;
    const results *r = &walk->results;
    const place *p = &r->places[at];
    t->ids.n = 0;
    TRY(id_append(t, walk, results_number(r, p->text_no), error));
    size_t n_text_id = t->ids.n;
    TRY(id_append(t, walk, results_number(r, results_story(r, at)), error));
    size_t n_ids = t->ids.n;
    if (p->of != NOTHING) TRY(id_append(t, walk, results_number(r, p->of), error));
    flong_article told = {
        .number = row->no,
        .record = row->record,
        .text_id = {t->ids.p, n_text_id},
        .story_id = {t->ids.p + n_text_id, n_ids - n_text_id},
        .of = {t->ids.p + n_ids, t->ids.n - n_ids},
        .wire = row->wire,
        .credited = credited,
        .furniture = row->all_tokens ? row->furniture / (double)row->all_tokens : 0,
        .members = r->places[p->text_no].size,
        .weakest = (double)r->places[p->text_no].weakest,
    };
    if (p->of != NOTHING) told.score = p->score;
    told.score.relation = results_relation(r, at);
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_articles(flong_index *index, flong_article_fn fn, void *context,
                                  flong_error *error) {
    telling t = {.fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = articles_walk(index, NULL, article_tell, &t, error);
    index_read_end(index);
    buffer_free(&t.ids);
    return status;
}
