#include "flow/places.h"

#include "flow/articles.h"
#include "index/places.h"

static uint32_t parts(double share) {
    if (!(share >= 0)) share = 0;
    return (uint32_t)((share < 1 ? share : 1) * PLACE_PARTS + .5);
}

/* What an article that is not alone is to others. */
static place_row row_of(const place *at, uint64_t no, flong_relation relation, int credited) {
    bool repeats = at->of != NOTHING, overlap = repeats && at->score.relation <= FLONG_RELATION_EXCERPT;
    const double shares[] = {at->score.jaccard, at->score.a_in_b, at->score.b_in_a};
    place_row row = {.no = no,
                     .relation = relation,
                     .of = repeats ? at->of : PLACE_NONE,
                     .similarity =
                         repeats && at->score.similarity > 0 ? parts(at->score.similarity) : PLACE_UNKNOWN,
                     .credited = credited};
    for (int i = 0; i < 3; i++) row.shares[i] = overlap ? parts(shares[i]) : PLACE_UNKNOWN;
    return row;
}

static flong_status place_write(void *context, article_walk *walk, const article_row *row, int credited,
                                flong_error *error) {
    store *file = context;
    const place *at = &walk->results.places[row->no];
    flong_relation relation = results_relation(&walk->results, (uint32_t)row->no);
    bool alone = relation == FLONG_RELATION_SINGLE || (relation == FLONG_RELATION_STUB && at->of == NOTHING);
    if (alone) return place_unset(file, row->no, error);
    const place_row kept = row_of(at, row->no, relation, credited);
    return place_set(file, &kept, error);
}

flong_status places_renew(flong_index *index, flong_error *error) {
    bool current;
    if (store_is_temporary(index->store)) return FLONG_OK;
    TRY(places_current(index->store, &current, error));
    if (current) return FLONG_OK;
    TRY(index_write_begin(index, error));
    TRY(places_unset_gone(index->store, error));
    TRY(articles_walk(index, place_write, index->store, error));
    TRY(places_note(index->store, true, error));
    return store_commit(index->store, error);
}
