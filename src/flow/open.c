#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "flow/budget.h"
#include "flow/view.h"
#include "text/domain.h"

bool index_gone(void *context, uint64_t no) {
    const flong_index *index = context;
    return no / 8 < index->removed.n && index->removed.p[no / 8] >> (no % 8) & 1;
}

flong_status index_mark_gone(flong_index *index, uint64_t no, flong_error *error) {
    size_t need = (size_t)(no / 8) + 1;
    if (need > index->removed.n) {
        if (!buffer_reserve(&index->removed, need - index->removed.n)) return error_nomem(error);
        memset(index->removed.p + index->removed.n, 0, need - index->removed.n);
        index->removed.n = need;
    }
    index->removed.p[no / 8] = (char)(index->removed.p[no / 8] | 1 << (no % 8));
    return FLONG_OK;
}

/* Of the records of a batch, which are at most BATCH_ARTICLES, at least the last one is not superseded. */
flong_status index_number_bound(flong_index *index, uint64_t *bound, flong_error *error) {
    uint64_t rows;
    store_counts counts;
    bool there;
    TRY(store_count(index->store, &counts, &there, error));
    TRY(store_query_number(index->store, &rows,
                           "SELECT (SELECT count(*) FROM article_row) + (SELECT count(*) FROM removed)",
                           error));
    *bound = (rows + (there ? counts.articles : 0) + 1) * BATCH_ARTICLES;
    return FLONG_OK;
}

/* Numbers below this are taken as they are: so many bits are 8 MiB. Counting the rows of a file for a bound would take
 * longer than everything else that opening it takes. */
static const uint64_t removed_trusted = UINT64_C(1) << 26;

/* Marks one of the numbers as gone; *bound is counted when one asks for it. */
static flong_status removed_mark(flong_index *index, uint64_t *bound, uint64_t no, flong_error *error) {
    if (no >= removed_trusted && *bound == removed_trusted) TRY(index_number_bound(index, bound, error));
    if (no >= removed_trusted && no >= *bound)
        return error_set(error, FLONG_DAMAGED, "%s: article number %" PRIu64 " is impossible",
                         store_path(index->store), no);
    return index_mark_gone(index, no, error);
}

static flong_status load_removed(flong_index *index, flong_error *error) {
    buffer numbers = {0};
    uint64_t bound = removed_trusted;
    index->removed.n = 0;
    flong_status status = article_removed(index->store, &numbers, error);
    for (size_t i = 0; status == FLONG_OK && i < numbers.n / sizeof(uint64_t); i++) {
        uint64_t no;
        memcpy(&no, numbers.p + i * sizeof no, sizeof no);
        status = removed_mark(index, &bound, no, error);
    }
    buffer_free(&numbers);
    return status;
}

/* Reads what was learned of terms. */
static flong_status load_rates(flong_index *index, flong_error *error) {
    buffer bytes = {0};
    rates_free(index->rates);
    index->rates = rates_new();
    if (!index->rates) return error_nomem(error);
    flong_status status = store_bytes(index->store, &bytes, "rates", error);
    bool loaded = status != FLONG_OK || bytes.n == 0 || rates_load(index->rates, bytes.p, bytes.n);
    buffer_free(&bytes);
    if (loaded) return status;
    if (rates_starved(index->rates)) return error_nomem(error);
    return error_set(error, FLONG_DAMAGED, "%s: what was learned of terms is damaged; make the index anew",
                     store_path(index->store));
}

flong_status index_load(flong_index *index, flong_error *error) {
    runs_close(index->runs);
    bodies_close(index->bodies);
    furniture_free(index->furniture);
    index->loaded = false;
    index->runs = NULL;
    index->bodies = NULL;
    index->furniture = furniture_new();
    if (!index->furniture) return error_nomem(error);
    texts_clear(index->texts);
    sketches_clear(index->sketches);
    grouping_clear(index->grouping);
    storying_clear(index->storying);
    TRY(load_rates(index, error));
    TRY(runs_open(&index->runs, index->store, error));
    runs_limit(index->runs, index->runs_budget);
    TRY(bodies_open(&index->bodies, index->store, error));
    TRY(store_number(index->store, &index->hot, "hot", 0, error));
    TRY(load_removed(index, error));
    index->loaded = true;
    return FLONG_OK;
}

/* Loads again what another process changed. */
static flong_status index_refresh(flong_index *index, flong_error *error) {
    uint64_t version;
    TRY(store_version(index->store, &version, error));
    if (version == index->version && index->loaded) return FLONG_OK;
    TRY(index_load(index, error));
    index->version = version;
    return FLONG_OK;
}

flong_status index_read_begin(flong_index *index, flong_error *error) {
    if (index->readers == 0) TRY(store_begin_reading(index->store, error));
    index->readers++;
    flong_status status = index->readers == 1 ? index_refresh(index, error) : FLONG_OK;
    if (status != FLONG_OK) index_read_end(index);
    return status;
}

void index_read_end(flong_index *index) {
    if (--index->readers == 0) store_rollback(index->store);
}

flong_status index_writable(const flong_index *index, flong_error *error) {
    if (store_is_writable(index->store)) return FLONG_OK;
    return error_set(error, FLONG_ARG, "%s: the index is open for reading only", store_path(index->store));
}

flong_status index_write_begin(flong_index *index, flong_error *error) {
    if (index->readers)
        return error_set(error, FLONG_ARG, "an index cannot be changed from within a call that reads it");
    TRY(store_begin(index->store, error));
    return index_refresh(index, error);
}

static flong_status index_first_load(flong_index *index, flong_error *error) {
    TRY(store_begin_reading(index->store, error));
    flong_status status = store_version(index->store, &index->version, error);
    if (status == FLONG_OK) status = index_load(index, error);
    store_rollback(index->store);
    return status;
}

flong_status flong_index_limit(flong_index *index, size_t memory, flong_error *error) {
    budget shares = budget_divide(memory, store_is_temporary(index->store));
    texts_limit(index->texts, shares.texts);
    sketches_limit(index->sketches, shares.sketches);
    index->runs_budget = shares.keys;
    if (index->runs) runs_limit(index->runs, shares.keys);
    return store_set_cache(index->store, shares.pages, error);
}

flong_status flong_index_open(flong_index **out, const char *path, unsigned flags, const flong_params *params,
                              flong_error *error) {
    flong_index *index = mem_new(1, sizeof *index);
    if (!index) return error_nomem(error);
    flong_status status = store_open(&index->store, path, flags, params, error);
    if (status == FLONG_OK) {
        index->texts = texts_new(index->store);
        index->grouping = grouping_new(index->store);
        index->sketches = sketches_new(index->store);
        index->storying = storying_new(index->store);
        index->lexicon = wire_lexicon_new();
        bool ready = index->texts && index->sketches && index->grouping && index->storying &&
                     index->lexicon &&
                     worker_init(&index->worker, store_params(index->store), index->lexicon);
        status = ready ? flong_index_limit(index, 0, error) : error_nomem(error);
        if (status == FLONG_OK) status = index_first_load(index, error);
    }
    if (status != FLONG_OK) {
        flong_index_close(index);
        return status;
    }
    *out = index;
    return FLONG_OK;
}

void flong_index_close(flong_index *index) {
    if (!index) return;
    runs_close(index->runs);
    bodies_close(index->bodies);
    furniture_free(index->furniture);
    texts_free(index->texts);
    sketches_free(index->sketches);
    rates_free(index->rates);
    grouping_free(index->grouping);
    storying_free(index->storying);
    buffer_free(&index->removed);
    worker_free(&index->worker);
    if (index->query) view_free(index->query);
    mem_free(index->query);
    wire_lexicon_free(index->lexicon);
    store_close(index->store);
    mem_free(index);
}

flong_status index_site(flong_index *index, furniture_site **out, flong_str site, bool create,
                        flong_error *error) {
    site = site_domain(site);
    *out = site.n ? furniture_find(index->furniture, site) : NULL;
    if (*out || site.n == 0) return FLONG_OK;
    buffer learned = {0};
    bool found, loaded = true;
    flong_status status = furniture_row_get(index->store, &learned, &found, site, error);
    if (status == FLONG_OK && (found || create)) {
        *out = furniture_add(index->furniture, site);
        if (!*out) status = error_nomem(error);
        if (*out && found) loaded = furniture_load(*out, learned.p, learned.n);
    }
    buffer_free(&learned);
    if (!loaded) index->loaded = false; /* what is there of the site must not be used */
    if (!loaded && furniture_starved(*out)) return error_nomem(error);
    if (!loaded)
        return error_set(error, FLONG_DAMAGED,
                         "%s: what was learned of site %.*s is damaged; make the index anew",
                         store_path(index->store), (int)(site.n < 200 ? site.n : 200), site.p);
    return status;
}

flong_status index_furniture_write(flong_index *index, flong_error *error) {
    buffer learned = {0};
    flong_status status = FLONG_OK;
    furniture_site *site;
    uint32_t least = store_params(index->store)->furniture_texts;
    while (status == FLONG_OK && (site = furniture_next_changed(index->furniture))) {
        learned.n = 0;
        status = furniture_save(site, &learned)
                     ? furniture_row_set(index->store, furniture_site_name(site),
                                         furniture_count(site, least), &learned, error)
                     : error_nomem(error);
    }
    buffer_free(&learned);
    return status;
}

uint64_t id_key(flong_str id) { return key_make(KEY_ID, hash_bytes(id.p, id.n, 3)); }

/* The articles whose id has a key, and that are not gone. */
typedef struct id_hits {
    flong_index *index;
    uint64_t *numbers;
    size_t n, capacity;
    bool out_of_memory;
} id_hits;

static void id_hit(void *context, size_t key, uint64_t no) {
    id_hits *hits = context;
    (void)key;
    if (index_gone(hits->index, no)) return;
    if (ARRAY_GROW(hits->numbers, hits->n, hits->capacity))
        hits->numbers[hits->n++] = no;
    else
        hits->out_of_memory = true;
}

flong_status index_lookup(flong_index *index, uint64_t *no, bool *found, flong_str id, flong_error *error) {
    id_hits hits = {.index = index};
    uint64_t key = id_key(id);
    flong_status status = runs_find(index->runs, &key, 1, id_hit, &hits, error);
    if (status == FLONG_OK && hits.out_of_memory) status = error_nomem(error);
    *found = false;
    for (size_t i = 0; i < hits.n && status == FLONG_OK && !*found; i++) {
        article_row row;
        status = article_get(index->store, &row, found, hits.numbers[i], error);
        *found = status == FLONG_OK && *found && str_equal(row.record.id, id);
        if (*found) *no = row.no;
    }
    mem_free(hits.numbers);
    return status;
}

flong_status index_lookup_needed(flong_index *index, uint64_t *no, flong_str id, flong_error *error) {
    bool found;
    TRY(index_lookup(index, no, &found, id, error));
    if (found) return FLONG_OK;
    return error_set(error, FLONG_NOT_FOUND,
                     "%s: no article with the id %.*s; ids are those of the input, or its urls",
                     store_path(index->store), (int)(id.n < 500 ? id.n : 500), id.p);
}
