#include "flow/names.h"

#include <string.h>

#include "text/domain.h"

/* Articles held: the latest ones, as numbers ascend and copies come within days. */
enum { PLACES = 32768, NAME_BYTES = 96 };

/* A name as it is held. */
typedef struct held_name {
    uint64_t no_plus_1; /* 0: a free place */
    uint32_t n_id, n_site;
    uint32_t domain; /* where it begins within the site */
    const agency *by;
    char bytes[NAME_BYTES];
} held_name;

struct names {
    store *store;
    held_name *places; /* by the lower bits of the number */
    buffer longer;     /* a name too long to be held */
    domain_memo domains;
};

names *names_new(store *s) {
    names *n = mem_new(1, sizeof *n);
    if (!n) return NULL;
    *n = (names){.store = s, .places = mem_new(PLACES, sizeof *n->places)};
    if (n->places) return n;
    mem_free(n);
    return NULL;
}

void names_free(names *n) {
    if (!n) return;
    mem_free(n->places);
    buffer_free(&n->longer);
    mem_free(n);
}

static article_name name_of(const held_name *held, const char *bytes) {
    flong_str site = {bytes + held->n_id, held->n_site};
    return (article_name){.id = {bytes, held->n_id},
                          .site = site,
                          .domain = {site.p + held->domain, site.n - held->domain},
                          .by = held->by};
}

flong_status names_take(names *n, article_name *out, const article_row *row, flong_error *error) {
    flong_str id = row->record.id, site = row->record.site, by = row->wire.agency;
    if (id.n > UINT32_MAX || site.n > UINT32_MAX) return error_nomem(error);
    held_name made = {.no_plus_1 = row->no + 1,
                      .n_id = (uint32_t)id.n,
                      .n_site = (uint32_t)site.n,
                      .domain = site.n ? (uint32_t)(site_domain_held(&n->domains, site).p - site.p) : 0,
                      .by = agency_named(by.p, by.n)};
    held_name *place = &n->places[row->no % PLACES];
    bool holds = id.n + site.n <= NAME_BYTES;
    n->longer.n = 0;
    if (!holds && !buffer_reserve(&n->longer, id.n + site.n)) return error_nomem(error);
    char *bytes = holds ? place->bytes : n->longer.p;
    if (holds) *place = made;
    if (id.n) memcpy(bytes, id.p, id.n);
    if (site.n) memcpy(bytes + id.n, site.p, site.n);
    *out = name_of(&made, bytes);
    return FLONG_OK;
}

flong_status names_get(names *n, article_name *out, uint64_t no, flong_error *error) {
    const held_name *place = &n->places[no % PLACES];
    if (place->no_plus_1 == no + 1) {
        *out = name_of(place, place->bytes);
        return FLONG_OK;
    }
    article_row row;
    bool found;
    TRY(article_get(n->store, &row, &found, no, error));
    if (found) return names_take(n, out, &row, error);
    return error_set(error, FLONG_DAMAGED, "%s: article %llu is named and not there; make the index anew",
                     store_path(n->store), (unsigned long long)no);
}
