/* The articles of an index as they are told to the caller. */
#include <string.h>

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/results.h"
#include "flow/view.h"

typedef struct telling {
    results results;
    flong_article_fn fn;
    void *context;
    buffer ids; /* of the text group and of the article repeated */
    article_view copy;
} telling;

/* Reads the row of an article and appends its id to t->ids. */
static flong_status id_append(telling *t, article_row *row, uint64_t no, flong_error *error) {
    bool found;
    TRY(article_get(t->results.index->store, row, &found, no, error));
    if (!found) return error_set(error, FLONG_DAMAGED, "article %llu is not there", (unsigned long long)no);
    return buffer_append(&t->ids, row->record.id.p, row->record.id.n) ? FLONG_OK : error_nomem(error);
}

/* Whether a copy of `of` names its source. The text is read only where the rows do not tell. */
static flong_status credited_find(telling *t, int *out, const article_row *copy, uint64_t of,
                                  flong_error *error) {
    article_row source;
    *out = -1;
    if (t->results.places[copy->no].score.relation > FLONG_RELATION_EXCERPT) return FLONG_OK;
    t->ids.n = 0;
    TRY(id_append(t, &source, of, error));
    bool version = pair_is_version(copy->record.site, source.record.site);
    bool same = copy->wire.agency.n > 0 && str_equal(copy->wire.agency, source.wire.agency);
    *out = version ? -1 : same;
    if (version || same) return FLONG_OK;
    TRY(view_load(&t->copy, t->results.index, copy->no, error));
    t->ids.n = 0;
    TRY(id_append(t, &source, of, error)); /* reading the copy took the row's memory */
    *out = view_credits(&t->copy, &source.wire, source.record.site);
    return FLONG_OK;
}

static flong_status article_tell(void *context, const article_row *row, flong_error *error) {
    telling *t = context;
    const place *p = &t->results.places[row->no];
    article_row other;
    int credited = -1;
    if (p->of != NOTHING) TRY(credited_find(t, &credited, row, p->of, error));
    t->ids.n = 0;
    TRY(id_append(t, &other, p->text_no, error));
    size_t n_text_id = t->ids.n;
    TRY(id_append(t, &other, results_story(&t->results, (uint32_t)row->no), error));
    size_t n_ids = t->ids.n;
    if (p->of != NOTHING) TRY(id_append(t, &other, p->of, error));
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
    return t->fn(t->context, &told) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_articles(flong_index *index, flong_article_fn fn, void *context,
                                  flong_error *error) {
    telling t = {.fn = fn, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = results_find(&t.results, index, error);
    if (status == FLONG_OK) status = article_each(index->store, 0, article_tell, &t, error);
    index_read_end(index);
    results_free(&t.results);
    buffer_free(&t.ids);
    view_free(&t.copy);
    return status;
}
