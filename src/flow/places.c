#include "flow/places.h"

#include "flow/articles.h"
#include "index/places.h"

static uint32_t parts(double share) {
    if (!(share >= 0)) share = 0;
    return (uint32_t)((share < 1 ? share : 1) * PLACE_PARTS + .5);
}

static place_row row_of(const flong_article *told, const place *at) {
    const flong_score *score = &told->score;
    bool repeats = at->of != NOTHING, overlap = repeats && at->score.relation <= FLONG_RELATION_EXCERPT;
    const double shares[] = {score->jaccard, score->a_in_b, score->b_in_a};
    place_row row = {.no = told->number,
                     .relation = score->relation,
                     .of = repeats ? at->of : PLACE_NONE,
                     .similarity = score->similarity > 0 ? parts(score->similarity) : PLACE_UNKNOWN,
                     .credited = told->credited};
    for (int i = 0; i < 3; i++) row.shares[i] = overlap ? parts(shares[i]) : PLACE_UNKNOWN;
    return row;
}

static flong_status place_write(void *context, const flong_article *told, const place *at,
                                flong_error *error) {
    store *file = context;
    flong_relation relation = told->score.relation;
    bool alone = relation == FLONG_RELATION_SINGLE || (relation == FLONG_RELATION_STUB && at->of == NOTHING);
    if (alone) return place_unset(file, told->number, error);
    const place_row row = row_of(told, at);
    return place_set(file, &row, error);
}

flong_status places_renew(flong_index *index, flong_error *error) {
    bool current;
    if (store_is_temporary(index->store)) return FLONG_OK;
    TRY(places_current(index->store, &current, error));
    if (current) return FLONG_OK;
    TRY(index_write_begin(index, error));
    TRY(places_unset_gone(index->store, error));
    TRY(articles_tell(index, place_write, index->store, error));
    TRY(places_note(index->store, true, error));
    return store_commit(index->store, error);
}
