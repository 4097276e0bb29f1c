#include "sketch/rates.h"

#include <math.h>

#include "base/sort.h"
#include "base/varint.h"
#include "sketch/background.h"

/* An article is familiar when every so many of its terms are common in the background. Measured: .64 or more in English
 * articles, .39 or more in Chinese and Arabic ones (one in twenty has less); .00 to .17 in Spanish, German, French, Dutch,
 * Japanese, Russian and Persian ones. It is measured in an article's first terms, which are as good as any, being in
 * order of their hashes. */
static const float COMMON_RATE = .005f;
static const double FAMILIAR_SHARE = .25;
enum { FAMILIAR_SAMPLE = 128 };

/* The background speaks as if so many articles had come before the corpus' own: the more, the longer it has its say.
 * Own counts of familiar articles are heard from OWN_ARTICLES on (in labelled sets of 160 to 531 articles they cost
 * .01 to .04 of the mean ARI, as an event is up to 4 % of these). */
static const float PRIOR_FAMILIAR = 4000, PRIOR_OTHER = 1000;
enum { OWN_ARTICLES = 1024 };

/* Every term counts as if so many of all articles had it besides: a term of a handful of articles is hardly less rare
 * than one that was never seen. The table leaves out what is as rare as that. */
static const float FLOOR = 8.f / 40000;

/* Places for terms. When PLACES_FULL are taken, the rarest terms are forgotten until half of these are left. */
enum { PLACES_FIRST = 1 << 10, PLACES_MOST = 1 << 17, PLACES_FULL = PLACES_MOST / 4 * 3 };

/* Places are fetched for so many terms ahead of their use. */
enum { AHEAD = 64 };

typedef struct counted {
    uint32_t key;   /* of a term, see key_of */
    uint32_t count; /* articles that have it; 0: a free place */
} counted;

struct rates {
    counted *places; /* open addressing */
    size_t n, n_places;
    uint32_t articles[2]; /* other ones, familiar ones */
    bool changed, starved;
};

rates *rates_new(void) { return mem_new(1, sizeof(rates)); }

void rates_free(rates *r) {
    if (r) mem_free(r->places);
    mem_free(r);
}

/* ---- own counts -------------------------------------------------------------------------- */

static counted *place_find(counted *places, size_t n_places, uint32_t key) {
    size_t at = key & (n_places - 1);
    while (places[at].count && places[at].key != key) at = (at + 1) & (n_places - 1);
    return &places[at];
}

/* Moves the terms with a count above `floor` to a table of another size. */
static bool places_move(rates *r, size_t n_places, uint32_t floor) {
    counted *places = mem_new(n_places, sizeof *places);
    if (!places) return false;
    r->n = 0;
    for (size_t i = 0; i < r->n_places; i++) {
        if (r->places[i].count <= floor) continue;
        *place_find(places, n_places, r->places[i].key) = r->places[i];
        r->n++;
    }
    mem_free(r->places);
    r->places = places;
    r->n_places = n_places;
    return true;
}

/* The least count such that no more than half as many terms as there may be are above it. */
static uint32_t floor_find(const rates *r) {
    uint32_t floor = 0;
    for (size_t above = r->n; above > PLACES_FULL / 2;) {
        above = 0;
        floor++;
        for (size_t i = 0; i < r->n_places; i++) above += r->places[i].count > floor;
    }
    return floor;
}

static bool places_make_room(rates *r) {
    if (r->n * 4 < r->n_places * 3) return true;
    if (r->n_places == PLACES_MOST) return places_move(r, PLACES_MOST, floor_find(r));
    return places_move(r, r->n_places ? r->n_places * 2 : PLACES_FIRST, 0);
}

static bool term_count(rates *r, uint32_t key, uint32_t times) {
    if (!places_make_room(r)) return false;
    counted *place = place_find(r->places, r->n_places, key);
    if (!place->count) r->n++;
    *place = (counted){key, times < UINT32_MAX - place->count ? place->count + times : UINT32_MAX};
    return true;
}

/* Familiar articles and others are counted apart, in one table. */
static uint32_t key_of(uint64_t hash, bool familiar) {
    return (uint32_t)(hash >> 32) ^ (familiar ? 0 : 0x9E3779B9u);
}

/* Lets the processor load the places of terms while it does other things. */
static void places_fetch(const rates *r, const term *terms, size_t n, bool familiar) {
    for (size_t i = 0; i < n && r->places; i++)
        __builtin_prefetch(&r->places[key_of(terms[i].hash, familiar) & (r->n_places - 1)]);
}

bool rates_learn(rates *r, const term *terms, size_t n) {
    bool familiar = rates_familiar(terms, n);
    if (n == 0 || r->articles[familiar] == UINT32_MAX) return true;
    r->articles[familiar]++;
    r->changed = true;
    for (size_t i = 0; i < n; i++) {
        if (i % AHEAD == 0) places_fetch(r, terms + i, n - i < AHEAD ? n - i : AHEAD, familiar);
        if (!term_count(r, key_of(terms[i].hash, familiar), 1)) return false;
    }
    return true;
}

/* ---- rarity ------------------------------------------------------------------------------ */

bool rates_familiar(const term *terms, size_t n) {
    size_t common = 0;
    if (n > FAMILIAR_SAMPLE) n = FAMILIAR_SAMPLE;
    for (size_t i = 0; i < n; i++) common += background_rate(terms[i].hash) >= COMMON_RATE;
    return (double)common >= FAMILIAR_SHARE * (double)n;
}

/* Whether own counts are heard. */
static bool counts_tell(const rates *r, bool familiar) {
    return r && r->articles[familiar] >= (familiar ? OWN_ARTICLES : 1);
}

/* The rarity of a term by its rate in the background, and by the articles that have it of all own ones. */
static inline float idf_of(float rate, float count, float articles, bool familiar) {
    float prior = familiar ? PRIOR_FAMILIAR : PRIOR_OTHER, all = prior + articles, floor = FLOOR * all;
    float idf = logf((all + floor) / (rate * prior + count + floor));
    return idf > 0 ? idf : 0; /* counts that were loaded may be false */
}

float rates_idf(const rates *r, uint64_t hash, bool familiar) {
    float articles = 0, count = 0;
    if (counts_tell(r, familiar)) {
        articles = (float)r->articles[familiar];
        count = (float)place_find(r->places, r->n_places, key_of(hash, familiar))->count;
    }
    return idf_of(background_rate(hash), count, articles, familiar);
}

/* At most AHEAD terms. */
static void idfs_find(float *out, const rates *r, const term *terms, size_t n, bool familiar) {
    float counts[AHEAD] = {0}, articles = 0;
    bool told = counts_tell(r, familiar);
    if (told) places_fetch(r, terms, n, familiar);
    for (size_t i = 0; i < n; i++) out[i] = background_rate(terms[i].hash);
    if (told) {
        articles = (float)r->articles[familiar];
        for (size_t i = 0; i < n; i++)
            counts[i] = (float)place_find(r->places, r->n_places, key_of(terms[i].hash, familiar))->count;
    }
    for (size_t i = 0; i < n; i++) out[i] = idf_of(out[i], counts[i], articles, familiar);
}

void rates_idfs(float *out, const rates *r, const term *terms, size_t n, bool familiar) {
    for (size_t i = 0; i < n; i += AHEAD)
        idfs_find(out + i, r, terms + i, n - i < AHEAD ? n - i : AHEAD, familiar);
}

/* ---- as bytes ---------------------------------------------------------------------------- */

bool rates_changed(const rates *r) { return r->changed; }
bool rates_starved(const rates *r) { return r->starved; }

static bool counts_append(buffer *out, const uint64_t *sorted, size_t n) {
    uint64_t last = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = sorted[i] >> 32;
        if (!varint_append(out, key - last) || !varint_append(out, (uint32_t)sorted[i])) return false;
        last = key;
    }
    return true;
}

/* Layout: version of the background, other and familiar articles, terms; by key, ascending, the terms: step from the key
 * before, count. */
bool rates_save(rates *r, buffer *out) {
    uint64_t *sorted = mem_new(2 * r->n, sizeof *sorted);
    if (!sorted) return false;
    size_t n = 0;
    for (size_t i = 0; i < r->n_places; i++)
        if (r->places[i].count) sorted[n++] = (uint64_t)r->places[i].key << 32 | r->places[i].count;
    sort_u64(sorted, sorted + n, n, 4, 8);
    bool ok = fixed_append(out, background_version(), 4) && varint_append(out, r->articles[0]) &&
              varint_append(out, r->articles[1]) && varint_append(out, n) && counts_append(out, sorted, n);
    mem_free(sorted);
    if (ok) r->changed = false;
    return ok;
}

/* The places that a table has when so many terms came to it one by one: moving none later makes loading three times
 * as fast. */
static size_t places_for(uint64_t n_terms) {
    size_t n_places = PLACES_FIRST; /* n_terms <= PLACES_FULL */
    while (n_terms > 0 && (n_terms - 1) * 4 >= n_places * 3) n_places *= 2;
    return n_places;
}

bool rates_load(rates *r, const void *bytes, size_t n) {
    byte_reader in = byte_reader_of(bytes, n);
    bool same = fixed_get(&in, 4) == background_version();
    uint64_t others = varint_get(&in), familiar = varint_get(&in), n_terms = varint_get(&in), key = 0;
    if (!same || others > UINT32_MAX || familiar > UINT32_MAX || n_terms > PLACES_FULL) return false;
    if (n_terms == 0 && others + familiar > 0) return false;
    r->articles[0] = (uint32_t)others;
    r->articles[1] = (uint32_t)familiar;
    r->starved = n_terms > 0 && !places_move(r, places_for(n_terms), 0);
    if (r->starved) return false;
    for (uint64_t i = 0; i < n_terms; i++) {
        uint64_t step = varint_get(&in), count = varint_get(&in);
        if (in.failed || (i > 0 && step == 0) || step > UINT32_MAX - key || count == 0 ||
            count > others + familiar)
            return false;
        key += step;
        r->starved = !term_count(r, (uint32_t)key, (uint32_t)count);
        if (r->starved) return false;
    }
    return !in.failed && in.p == in.end;
}
