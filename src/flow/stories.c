/* The stories of an index, one by one: who told them, when, and where. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "flow/results.h"
#include "text/agencies.h"
#include "text/domain.h"

/* One article, as far as its story is concerned. */
typedef struct teller {
    uint32_t story_no, no;
    uint64_t domain;      /* 0: no site is known */
    const agency *agency; /* NULL: names none */
} teller;

/* What is known of a story before its rows are read. */
typedef struct summary {
    size_t first, n;      /* its tellers */
    uint32_t no, opening; /* first text group; the article that told it first */
    int64_t from, to;
    uint64_t sites, independent;
} summary;

typedef struct listing {
    results results;
    flong_story_options asked;
    teller *tellers;
    size_t n_tellers, tellers_capacity;
    summary *summaries;
    size_t n_summaries, summaries_capacity;
    uint64_t site; /* asked for; 0: any */
    buffer id;
    domain_memo domains;
} listing;

static uint64_t domain_hash(domain_memo *memo, flong_str site) {
    flong_str domain = site_domain_held(memo, site);
    uint64_t hash = hash_bytes(domain.p, domain.n, 6);
    return domain.n == 0 ? 0 : hash ? hash : 1;
}

static flong_status teller_take(void *context, const article_row *row, flong_error *error) {
    listing *l = context;
    if (!ARRAY_GROW(l->tellers, l->n_tellers, l->tellers_capacity)) return error_nomem(error);
    l->tellers[l->n_tellers++] = (teller){.no = (uint32_t)row->no,
                                          .domain = domain_hash(&l->domains, row->record.site),
                                          .agency = agency_named(row->wire.agency.p, row->wire.agency.n)};
    return FLONG_OK;
}

static int by_number(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

/* How many different domains there are, an unknown one being different from all. Sorts them. */
static uint64_t domains_count(uint64_t *domains, size_t n) {
    uint64_t count = 0;
    qsort(domains, n, sizeof *domains, by_number);
    for (size_t i = 0; i < n; i++) count += i == 0 || domains[i] == 0 || domains[i] != domains[i - 1];
    return count;
}

/* Sites of a story, and sites of the originals of its text groups. */
static bool sites_count(listing *l, summary *s) {
    uint64_t *domains = mem_new(s->n, sizeof *domains);
    if (!domains) return false;
    const teller *tellers = l->tellers + s->first;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) domains[i] = tellers[i].domain;
    s->sites = domains_count(domains, s->n);
    for (size_t i = 0; i < s->n; i++) {
        const place *places = l->results.places;
        if (places[places[tellers[i].no].text_no].original == tellers[i].no) domains[n++] = tellers[i].domain;
    }
    s->independent = domains_count(domains, n);
    mem_free(domains);
    return true;
}

static void dates_find(const listing *l, summary *s) {
    s->from = s->to = FLONG_NO_DATE;
    for (size_t i = 0; i < s->n; i++) {
        int64_t at = l->results.places[l->tellers[s->first + i].no].published;
        if (at == FLONG_NO_DATE) continue;
        if (s->from == FLONG_NO_DATE || at < s->from) s->from = at;
        if (s->to == FLONG_NO_DATE || at > s->to) s->to = at;
    }
}

static bool is_asked(const listing *l, const summary *s) {
    bool on_site = l->site == 0, since = l->asked.since == FLONG_NO_DATE || s->to >= l->asked.since;
    for (size_t i = 0; i < s->n && !on_site; i++) on_site = l->tellers[s->first + i].domain == l->site;
    return on_site && since && s->n >= l->asked.min_size;
}

/* Puts the tellers of one story side by side, in order of arrival, as all of them are: by counting, as numbers of
 * stories are those of articles. */
static bool tellers_sort(listing *l) {
    const results *r = &l->results;
    uint32_t *ends = mem_new(r->n + 1, sizeof *ends);
    teller *sorted = mem_resize(NULL, l->n_tellers + 1, sizeof *sorted);
    bool done = ends && sorted;
    if (done) {
        for (size_t i = 0; i < l->n_tellers; i++) {
            l->tellers[i].story_no = results_story(r, l->tellers[i].no);
            ends[l->tellers[i].story_no + 1]++;
        }
        for (size_t i = 0; i < r->n; i++) ends[i + 1] += ends[i];
        for (size_t i = 0; i < l->n_tellers; i++) sorted[ends[l->tellers[i].story_no]++] = l->tellers[i];
        mem_free(l->tellers);
        l->tellers = sorted;
        sorted = NULL;
    }
    mem_free(sorted);
    mem_free(ends);
    return done;
}

static flong_status summaries_find(listing *l, flong_error *error) {
    if (!tellers_sort(l)) return error_nomem(error);
    for (size_t first = 0, end = 0; first < l->n_tellers; first = end) {
        uint32_t no = l->tellers[first].story_no;
        while (end < l->n_tellers && l->tellers[end].story_no == no) end++;
        summary s = {.first = first, .n = end - first, .no = no, .opening = l->results.places[no].first};
        dates_find(l, &s);
        if (!is_asked(l, &s)) continue;
        bool counted = l->asked.sort != FLONG_SORT_SITES || sites_count(l, &s);
        if (!counted || !ARRAY_GROW(l->summaries, l->n_summaries, l->summaries_capacity))
            return error_nomem(error);
        l->summaries[l->n_summaries++] = s;
    }
    return FLONG_OK;
}

/* ---- order ------------------------------------------------------------------------------- */

static int descending(uint64_t x, uint64_t y) { return x > y ? -1 : x < y; }

static int by_age(const summary *x, const summary *y) { return x->no < y->no ? -1 : x->no > y->no; }

static int by_size(const void *a, const void *b) {
    const summary *x = a, *y = b;
    int order = descending(x->n, y->n);
    return order ? order : by_age(x, y);
}

static int by_sites(const void *a, const void *b) {
    const summary *x = a, *y = b;
    int order = descending(x->sites, y->sites);
    return order ? order : by_size(a, b);
}

/* Those seen first last; undated ones last of all. */
static int by_date(const void *a, const void *b) {
    const summary *x = a, *y = b;
    if (x->from == y->from) return by_age(x, y);
    return x->from > y->from ? -1 : 1;
}

static void summaries_sort(listing *l) {
    static int (*const orders[])(const void *, const void *) = {by_size, by_date, by_sites};
    if (l->n_summaries) qsort(l->summaries, l->n_summaries, sizeof *l->summaries, orders[l->asked.sort]);
}

/* ---- telling ----------------------------------------------------------------------------- */

/* The names of the agencies in a story, each once, those of most articles first. */
enum { AGENCIES_SHOWN = 16 };

static size_t agencies_find(const listing *l, const summary *s, flong_str *names) {
    const agency *found[AGENCIES_SHOWN];
    uint64_t counts[AGENCIES_SHOWN];
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        const agency *a = l->tellers[s->first + i].agency;
        size_t k = 0;
        while (a && k < n && found[k] != a) k++;
        if (!a || k == AGENCIES_SHOWN) continue;
        if (k == n) found[n] = a, counts[n++] = 0;
        counts[k]++;
        for (; k > 0 && counts[k] > counts[k - 1]; k--) {
            const agency *up = found[k];
            uint64_t count = counts[k];
            found[k] = found[k - 1], counts[k] = counts[k - 1];
            found[k - 1] = up, counts[k - 1] = count;
        }
    }
    for (size_t i = 0; i < n; i++) names[i] = agency_name(found[i]);
    return n;
}

static flong_status story_tell(listing *l, summary *s, flong_story_fn fn, void *context, flong_error *error) {
    if (!sites_count(l, s)) return error_nomem(error);
    store *index = l->results.index->store;
    article_row row;
    story_row told;
    bool found;
    flong_str agencies[AGENCIES_SHOWN];
    TRY(article_get(index, &row, &found, s->no, error));
    l->id.n = 0;
    if (!found)
        return error_set(error, FLONG_DAMAGED, "%s: article %u is missing; make the index anew",
                         store_path(index), s->no);
    if (!buffer_append(&l->id, row.record.id.p, row.record.id.n)) return error_nomem(error);
    TRY(story_get(index, &told, &found, s->no, error));
    const place *group = &l->results.places[s->no];
    flong_story story = {.id = {l->id.p, l->id.n},
                         .first_seen = s->from,
                         .last_seen = s->to,
                         .articles = s->n,
                         .texts = group->tellings,
                         .sites = s->sites,
                         .independent = s->independent,
                         .weakest = found ? told.weakest : 1,
                         .agencies = agencies,
                         .n_agencies = agencies_find(l, s, agencies)};
    TRY(article_get(index, &row, &found, s->opening, error));
    if (found) story.title = row.record.title, story.first_site = row.record.site;
    return fn(context, &story) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

static flong_status stories_list(listing *l, flong_index *index, flong_story_fn fn, void *context,
                                 flong_error *error) {
    l->results.also = teller_take;
    l->results.also_context = l;
    TRY(results_groups(&l->results, index, error));
    TRY(summaries_find(l, error));
    summaries_sort(l);
    for (size_t i = 0; i < l->n_summaries; i++) TRY(story_tell(l, &l->summaries[i], fn, context, error));
    return FLONG_OK;
}

flong_status flong_index_stories(flong_index *index, const flong_story_options *options, flong_story_fn fn,
                                 void *context, flong_error *error) {
    listing l = {.asked = {.since = FLONG_NO_DATE, .min_size = 2}};
    if (options) memcpy(&l.asked, options, options->size < sizeof l.asked ? options->size : sizeof l.asked);
    if (l.asked.sort > FLONG_SORT_SITES)
        return error_set(error, FLONG_ARG, "stories are sorted by size, date or sites");
    l.site = domain_hash(&l.domains, l.asked.site);
    TRY(index_read_begin(index, error));
    flong_status status = stories_list(&l, index, fn, context, error);
    index_read_end(index);
    results_free(&l.results);
    mem_free(l.tellers);
    mem_free(l.summaries);
    buffer_free(&l.id);
    return status;
}
