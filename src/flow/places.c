#include "flow/places.h"

#include "flow/articles.h"
#include "index/places.h"

static uint32_t parts(double share) {
    if (!(share >= 0)) share = 0;
    return (uint32_t)((share < 1 ? share : 1) * PLACE_PARTS + .5);
}

/* What an article that is not alone is to others. */
static place_row row_of(const results *r, uint32_t at, uint64_t no, int credited) {
    const place *p = &r->places[at];
    bool repeats = p->of != NOTHING, overlap = repeats && p->score.relation <= FLONG_RELATION_EXCERPT;
    const double shares[] = {p->score.jaccard, p->score.a_in_b, p->score.b_in_a};
    place_row row = {.no = no,
                     .relation = results_relation(r, at),
                     .of = repeats ? results_number(r, p->of) : PLACE_NONE,
                     .similarity =
                         repeats && p->score.similarity > 0 ? parts(p->score.similarity) : PLACE_UNKNOWN,
                     .credited = credited};
    for (int i = 0; i < 3; i++) row.shares[i] = overlap ? parts(shares[i]) : PLACE_UNKNOWN;
    return row;
}

static flong_status place_write(void *context, article_walk *walk, const article_row *row, uint32_t at,
                                int credited, flong_error *error) {
    store *file = context;
    const results *r = &walk->results;
    flong_relation relation = results_relation(r, at);
    bool alone =
        relation == FLONG_RELATION_SINGLE || (relation == FLONG_RELATION_STUB && r->places[at].of == NOTHING);
    if (alone) return place_unset(file, row->no, error);
    const place_row kept = row_of(r, at, row->no, credited);
    return place_set(file, &kept, error);
}

static flong_status some_write(flong_index *index, buffer *numbers, buffer *asked, flong_error *error) {
    bool all;
    TRY(places_scope(index->store, numbers, asked, &all, error));
    const results_scope scope = {(const uint64_t *)(const void *)numbers->p,
                                 (const bool *)(const void *)asked->p, numbers->n / sizeof(uint64_t)};
    TRY(articles_walk(index, all ? NULL : &scope, place_write, index->store, error));
    TRY(places_note(index->store, all, error));
    return store_commit(index->store, error);
}

flong_status places_renew(flong_index *index, flong_error *error) {
    bool current;
    if (store_is_temporary(index->store)) return FLONG_OK;
    TRY(places_current(index->store, &current, error));
    if (current) return FLONG_OK;
    TRY(index_write_begin(index, error));
    buffer numbers = {0}, asked = {0};
    flong_status status = some_write(index, &numbers, &asked, error);
    buffer_free(&numbers);
    buffer_free(&asked);
    return status;
}
