#include "text/furniture.h"

#include <string.h>

#include "base/hash.h"
#include "base/sort.h"
#include "base/varint.h"

enum {
    UNIT_LABELS = 3,    /* texts remembered per unit */
    UNIT_KEY_BYTES = 6, /* of a unit's hash are kept */
    SEEN_TEXTS = 2,     /* distinct texts that make a unit seen */
    LONG_UNIT = 8,      /* tokens from which a unit says which text it is from */
    PRINT_HASHES = 16,  /* smallest hashes of an article's long units: its fingerprint */
    PRINTS = 64,        /* fingerprints remembered per site */
    SINGLES = 64,       /* texts for which units that stand in one text only are remembered */
    DECAY = 2000,       /* texts of a site after which a unit not seen again is forgotten */
};

typedef struct seen_unit {
    uint64_t key;                 /* UNIT_KEY_BYTES of the unit's hash; not 0 */
    uint32_t labels[UNIT_LABELS]; /* of the texts it stood in; 0: none */
    uint32_t texts;               /* distinct texts it stood in */
    uint32_t last;                /* texts of the site when it was seen last */
} seen_unit;

typedef struct fingerprint {
    uint64_t url_hash;
    uint32_t label, n;
    uint32_t hashes[PRINT_HASHES]; /* ascending */
    title_words title;
} fingerprint;

/* Where a unit is, and enough of its key to pass by others without a look at them. */
typedef struct unit_slot {
    uint32_t tag, unit; /* its place in the list + 1; 0: a free slot */
} unit_slot;

/* What tells most fingerprints from others at a glance. */
typedef struct print_key {
    uint64_t url_hash;
    uint64_t words[2]; /* of the title, one bit each; all of them where it has none */
} print_key;

struct furniture_site {
    furniture_site *next_changed;
    char *name;
    size_t n_name;
    seen_unit *units; /* as they came: most are new, and go to the end */
    size_t n_units, capacity;
    unit_slot *slots; /* open addressing by the keys; twice the capacity, a power of two */
    size_t n_slots;
    uint32_t n_texts; /* that came so far */
    uint32_t next_print, n_prints;
    bool changed, starved;
    print_key keys[PRINTS]; /* of the prints */
    fingerprint prints[PRINTS];
};

struct furniture {
    furniture_site **places; /* open addressing */
    size_t n, n_places;
    furniture_site *changed; /* a list */
};

/* ---- sites ------------------------------------------------------------------------------- */

furniture *furniture_new(void) { return mem_new(1, sizeof(furniture)); }

static void site_free(furniture_site *site) {
    if (!site) return;
    mem_free(site->name);
    mem_free(site->units);
    mem_free(site->slots);
    mem_free(site);
}

void furniture_free(furniture *all) {
    if (!all) return;
    for (size_t i = 0; i < all->n_places; i++) site_free(all->places[i]);
    mem_free(all->places);
    mem_free(all);
}

static furniture_site **site_place(furniture_site **places, size_t n_places, const char *name, size_t n) {
    size_t at = hash_bytes(name, n, 0) & (n_places - 1);
    while (places[at] && !(places[at]->n_name == n && memcmp(places[at]->name, name, n) == 0))
        at = (at + 1) & (n_places - 1);
    return &places[at];
}

furniture_site *furniture_find(const furniture *all, flong_str site) {
    return all->n_places ? *site_place(all->places, all->n_places, site.p, site.n) : NULL;
}

static bool sites_widen(furniture *all) {
    size_t n_places = all->n_places ? all->n_places * 2 : 64;
    furniture_site **places = mem_new(n_places, sizeof *places);
    if (!places) return false;
    for (size_t i = 0; i < all->n_places; i++)
        if (all->places[i])
            *site_place(places, n_places, all->places[i]->name, all->places[i]->n_name) = all->places[i];
    mem_free(all->places);
    all->places = places;
    all->n_places = n_places;
    return true;
}

furniture_site *furniture_add(furniture *all, flong_str name) {
    if (all->n * 2 >= all->n_places && !sites_widen(all)) return NULL;
    furniture_site *site = mem_new(1, sizeof *site);
    if (!site || !(site->name = mem_new(name.n + 1, 1))) {
        site_free(site);
        return NULL;
    }
    memcpy(site->name, name.p, name.n);
    site->n_name = name.n;
    *site_place(all->places, all->n_places, name.p, name.n) = site;
    all->n++;
    return site;
}

flong_str furniture_site_name(const furniture_site *site) { return (flong_str){site->name, site->n_name}; }

/* ---- which text an article carries ------------------------------------------------------- */

/* Puts a hash into the fingerprint if it is among the smallest. */
static void fingerprint_take(fingerprint *print, uint32_t hash) {
    uint32_t at = print->n;
    while (at > 0 && print->hashes[at - 1] > hash) at--;
    if (at == PRINT_HASHES || (at > 0 && print->hashes[at - 1] == hash)) return;
    uint32_t moved = (print->n < PRINT_HASHES ? print->n++ : PRINT_HASHES - 1) - at;
    memmove(print->hashes + at + 1, print->hashes + at, moved * sizeof *print->hashes);
    print->hashes[at] = hash;
}

static void fingerprint_make(fingerprint *print, const article *a, uint64_t url_hash) {
    *print = (fingerprint){.url_hash = url_hash, .title = a->title};
    for (size_t i = 0; i < a->n_units; i++)
        if (a->units[i].n >= LONG_UNIT) fingerprint_take(print, (uint32_t)(a->units[i].hash >> 32));
}

/* Whether two fingerprints are of one text: one url, or alike titles and a bottom-k estimate (Broder 1997) of the
 * Jaccard similarity of their long units of one half. */
static bool fingerprint_same(const fingerprint *a, const fingerprint *b) {
    if (a->url_hash && a->url_hash == b->url_hash) return true;
    if (!titles_alike(&a->title, &b->title)) return false;
    uint32_t i = 0, j = 0, both = 0, any = 0;
    while (any < PRINT_HASHES && (i < a->n || j < b->n)) {
        any++;
        if (j == b->n || (i < a->n && a->hashes[i] < b->hashes[j]))
            i++;
        else if (i == a->n || b->hashes[j] < a->hashes[i])
            j++;
        else
            i++, j++, both++;
    }
    return both * 2 >= any && both > 0;
}

static print_key print_key_of(const fingerprint *print) {
    print_key key = {.url_hash = print->url_hash};
    if (print->title.n == 0) key.words[0] = key.words[1] = UINT64_MAX;
    for (uint32_t i = 0; i < print->title.n; i++) {
        uint32_t word = print->title.hashes[i];
        key.words[word >> 6 & 1] |= UINT64_C(1) << word % 64;
    }
    return key;
}

/* Whether fingerprints may be of one text; they are not where neither their urls nor words of their titles meet. */
static bool print_key_meets(const print_key *a, const print_key *b) {
    return (a->words[0] & b->words[0]) | (a->words[1] & b->words[1]) || a->url_hash == b->url_hash;
}

/* The label of the text with a fingerprint, if the site had it before; otherwise 0. */
static uint32_t site_label_known(const furniture_site *site, const fingerprint *print) {
    print_key key = print_key_of(print);
    for (uint32_t i = 0; i < site->n_prints; i++)
        if (print_key_meets(&site->keys[i], &key) && fingerprint_same(&site->prints[i], print))
            return site->prints[i].label;
    return 0;
}

/* The label of a new text. The same article gives the same label however often it comes. */
static uint32_t label_make(const fingerprint *print) {
    uint64_t hash =
        print->url_hash ? print->url_hash : hash_bytes(print->hashes, print->n * sizeof *print->hashes, 0);
    uint32_t label = (uint32_t)(hash_mix(hash) >> 32);
    return label ? label : 1;
}

/* The label of the text that the article carries; 0 when it has no long unit to tell by. */
static uint32_t site_label(furniture_site *site, const article *a, uint64_t url_hash) {
    fingerprint print;
    fingerprint_make(&print, a, url_hash);
    uint32_t known = site_label_known(site, &print);
    if (known || print.n == 0) return known;
    print.label = label_make(&print);
    if (site->n_texts < UINT32_MAX) site->n_texts++;
    site->prints[site->next_print] = print;
    site->keys[site->next_print] = print_key_of(&print);
    site->next_print = (site->next_print + 1) % PRINTS;
    if (site->n_prints < PRINTS) site->n_prints++;
    return print.label;
}

/* ---- units ------------------------------------------------------------------------------- */

static uint64_t unit_key(const unit *u) {
    uint64_t key = u->hash >> (64 - 8 * UNIT_KEY_BYTES);
    return key ? key : 1;
}

static uint32_t unit_tag(uint64_t key) { return (uint32_t)(key >> (8 * UNIT_KEY_BYTES - 32)); }

/* The slot of a key, or the free one that it would take; there are slots. */
static unit_slot *unit_slot_of(const furniture_site *site, uint64_t key) {
    size_t at = key & (site->n_slots - 1);
    for (unit_slot *slot; (slot = &site->slots[at])->unit; at = (at + 1) & (site->n_slots - 1))
        if (slot->tag == unit_tag(key) && site->units[slot->unit - 1].key == key) return slot;
    return &site->slots[at];
}

/* The unit of a key, or NULL. */
static seen_unit *unit_find(const furniture_site *site, uint64_t key) {
    if (site->n_slots == 0) return NULL;
    uint32_t place = unit_slot_of(site, key)->unit;
    return place ? &site->units[place - 1] : NULL;
}

/* Whether a unit is still remembered after `n_texts` texts of its site. */
static bool unit_remembered(const seen_unit *seen, uint32_t n_texts) {
    return n_texts - seen->last < (seen->texts < 2 ? SINGLES : DECAY);
}

/* Room for units of a site: places of slots have 32 bits. */
enum { UNITS_LEAST = 32, UNITS_MOST = 1 << 30 };

/* Lets go of what is forgotten, and makes the slots anew. */
static void units_compact(furniture_site *site) {
    size_t n = 0;
    for (size_t i = 0; i < site->n_units; i++)
        if (unit_remembered(&site->units[i], site->n_texts)) site->units[n++] = site->units[i];
    site->n_units = n;
    memset(site->slots, 0, site->n_slots * sizeof *site->slots);
    for (size_t i = 0; i < n; i++) {
        uint64_t key = site->units[i].key;
        *unit_slot_of(site, key) = (unit_slot){unit_tag(key), (uint32_t)i + 1};
    }
}

/* Gives it room for so many units, a power of two, and more than it has. The slots are to be made anew. */
static bool units_reserve(furniture_site *site, size_t capacity) {
    size_t n_slots = capacity * 2;
    unit_slot *slots = capacity < UNITS_MOST ? mem_new(n_slots, sizeof *slots) : NULL;
    seen_unit *units = slots ? mem_resize(site->units, capacity, sizeof *units) : NULL;
    if (!units) {
        mem_free(slots);
        return false;
    }
    mem_free(site->slots);
    site->slots = slots;
    site->n_slots = n_slots;
    site->units = units;
    site->capacity = capacity;
    return true;
}

/* Room for one more; where a quarter of the units can go, there is enough for a while. */
static bool units_make_room(furniture_site *site) {
    if (site->n_units < site->capacity) return true;
    size_t kept = 0;
    for (size_t i = 0; i < site->n_units; i++) kept += unit_remembered(&site->units[i], site->n_texts);
    size_t wider = site->capacity ? site->capacity * 2 : UNITS_LEAST;
    if (kept * 4 >= site->capacity * 3 && !units_reserve(site, wider)) return false;
    units_compact(site);
    return true;
}

/* The unit of a key, a new one where there is none; NULL when there is no memory. */
static seen_unit *unit_take(furniture_site *site, uint64_t key) {
    if (!units_make_room(site)) return NULL;
    unit_slot *slot = unit_slot_of(site, key);
    if (slot->unit) return &site->units[slot->unit - 1];
    *slot = (unit_slot){unit_tag(key), (uint32_t)site->n_units + 1};
    site->units[site->n_units] = (seen_unit){.key = key};
    return &site->units[site->n_units++];
}

static bool unit_has(const seen_unit *seen, uint32_t label) {
    for (int i = 0; i < UNIT_LABELS; i++)
        if (seen->labels[i] == label) return true;
    return false;
}

static void unit_count(seen_unit *seen, uint32_t label, uint32_t n_texts) {
    seen->last = n_texts;
    if (unit_has(seen, label)) return;
    seen->labels[seen->texts % UNIT_LABELS] = label;
    if (seen->texts < UINT32_MAX) seen->texts++;
}

/* The slots of an article's units are all over the table: asked for before they are needed, they come together. */
static void slots_fetch(const furniture_site *site, const article *a) {
    for (size_t i = 0; i < a->n_units && site->n_slots; i++)
        __builtin_prefetch(&site->slots[unit_key(&a->units[i]) & (site->n_slots - 1)]);
}

bool furniture_learn(furniture *all, furniture_site *site, const article *a, uint64_t url_hash) {
    slots_fetch(site, a);
    uint32_t label = site_label(site, a, url_hash);
    if (label == 0) return true;
    for (size_t i = 0; i < a->n_units; i++) {
        seen_unit *seen = unit_take(site, unit_key(&a->units[i]));
        if (!seen) return false;
        if (!unit_remembered(seen, site->n_texts)) *seen = (seen_unit){.key = seen->key};
        unit_count(seen, label, site->n_texts);
    }
    if (!site->changed) {
        site->changed = true;
        site->next_changed = all->changed;
        all->changed = site;
    }
    return true;
}

static bool unit_recurs(const furniture_site *site, const seen_unit *seen, uint32_t texts) {
    return seen->texts >= texts && unit_remembered(seen, site->n_texts);
}

/* Where four fifths of an article stood in another text, it is that one again under another headline, and its units are
 * no promotions. */
static void seen_settle(article *a) {
    size_t seen = 0, all = 0;
    for (size_t i = 0; i < a->n_units; i++) {
        const unit *u = &a->units[i];
        if (u->furniture || u->first < a->n_title) continue;
        all += u->n;
        if (u->seen) seen += u->n;
    }
    for (size_t i = 0; i < a->n_units; i++) a->units[i].seen &= seen * 5 < all * 4;
}

/* Marks units as if the text with this label were counted, too; 0: no further text. */
static void units_mark(const furniture_site *site, article *a, uint32_t label, uint32_t texts) {
    for (size_t i = 0; i < a->n_units; i++) {
        unit *u = &a->units[i];
        u->furniture = u->seen = false;
        const seen_unit *seen = site ? unit_find(site, unit_key(u)) : NULL;
        if (!seen) continue;
        bool one_more = label && !unit_has(seen, label);
        u->furniture = unit_recurs(site, seen, texts - one_more);
        u->seen = unit_recurs(site, seen, SEEN_TEXTS - one_more);
    }
    seen_settle(a);
}

void furniture_mark(const furniture_site *site, article *a, uint32_t texts) { units_mark(site, a, 0, texts); }

void furniture_mark_query(const furniture_site *site, article *a, uint64_t url_hash, uint32_t texts) {
    uint32_t label = 0;
    if (site) {
        fingerprint print;
        fingerprint_make(&print, a, url_hash);
        label = site_label_known(site, &print);
        if (!label && print.n) label = label_make(&print);
    }
    units_mark(site, a, label, texts);
}

uint64_t furniture_count(const furniture_site *site, uint32_t texts) {
    uint64_t n = 0;
    for (size_t i = 0; i < site->n_units; i++) n += unit_recurs(site, &site->units[i], texts);
    return n;
}

furniture_site *furniture_next_changed(furniture *all) {
    furniture_site *site = all->changed;
    if (!site) return NULL;
    all->changed = site->next_changed;
    site->changed = false;
    return site;
}

/* ---- as bytes ---------------------------------------------------------------------------- */

static bool print_save(const fingerprint *print, buffer *out) {
    bool ok = fixed_append(out, print->url_hash, 8) && fixed_append(out, print->label, 4) &&
              varint_append(out, print->n);
    for (uint32_t i = 0; ok && i < print->n; i++) ok = fixed_append(out, print->hashes[i], 4);
    ok = ok && varint_append(out, print->title.n);
    for (uint32_t i = 0; ok && i < print->title.n; i++) ok = fixed_append(out, print->title.hashes[i], 4);
    return ok;
}

static bool unit_save(const seen_unit *seen, buffer *out) {
    bool ok = fixed_append(out, seen->key, UNIT_KEY_BYTES) && varint_append(out, seen->texts);
    ok = ok && varint_append(out, seen->last);
    for (uint32_t i = 0; ok && i < UNIT_LABELS && i < seen->texts; i++)
        ok = fixed_append(out, seen->labels[i], 4);
    return ok;
}

/* The units by ascending key. */
static bool units_save(const furniture_site *site, buffer *out) {
    keyed *places = mem_new(2 * site->n_units, sizeof *places);
    if (!places) return false;
    size_t n = 0;
    for (; n < site->n_units; n++) places[n] = (keyed){site->units[n].key, n};
    sort_keyed(places, places + n, n);
    bool ok = varint_append(out, n);
    for (size_t i = 0; ok && i < n; i++) ok = unit_save(&site->units[places[i].value], out);
    mem_free(places);
    return ok;
}

/* Layout: texts, next print, prints, the prints; units, the units by ascending key. */
bool furniture_save(furniture_site *site, buffer *out) {
    if (site->n_slots) units_compact(site);
    bool ok = varint_append(out, site->n_texts) && varint_append(out, site->next_print) &&
              varint_append(out, site->n_prints);
    for (uint32_t i = 0; ok && i < site->n_prints; i++) ok = print_save(&site->prints[i], out);
    return ok && units_save(site, out);
}

bool furniture_starved(const furniture_site *site) { return site->starved; }

static bool print_load(fingerprint *print, byte_reader *in) {
    print->url_hash = fixed_get(in, 8);
    print->label = (uint32_t)fixed_get(in, 4);
    print->n = (uint32_t)varint_get(in);
    if (print->n > PRINT_HASHES) return false;
    for (uint32_t i = 0; i < print->n; i++) print->hashes[i] = (uint32_t)fixed_get(in, 4);
    print->title.n = (uint32_t)varint_get(in);
    if (print->title.n > TITLE_WORDS) return false;
    for (uint32_t i = 0; i < print->title.n; i++) print->title.hashes[i] = (uint32_t)fixed_get(in, 4);
    return !in->failed;
}

/* Room for so many units. */
static size_t capacity_for(uint64_t n_units) {
    size_t capacity = UNITS_LEAST;
    while (capacity < n_units) capacity *= 2;
    return capacity;
}

static bool unit_load(furniture_site *site, byte_reader *in) {
    seen_unit seen = {.key = fixed_get(in, UNIT_KEY_BYTES)};
    seen.texts = (uint32_t)varint_get(in);
    seen.last = (uint32_t)varint_get(in);
    for (uint32_t i = 0; i < UNIT_LABELS && i < seen.texts; i++) seen.labels[i] = (uint32_t)fixed_get(in, 4);
    if (in->failed || seen.last > site->n_texts || seen.key == 0) return false;
    seen_unit *place = unit_take(site, seen.key);
    site->starved = !place;
    if (site->starved) return false;
    *place = seen;
    return true;
}

bool furniture_load(furniture_site *site, const void *bytes, size_t n) {
    byte_reader in = byte_reader_of(bytes, n);
    site->n_texts = (uint32_t)varint_get(&in);
    site->next_print = (uint32_t)varint_get(&in);
    site->n_prints = (uint32_t)varint_get(&in);
    if (site->next_print >= PRINTS || site->n_prints > PRINTS) return false;
    for (uint32_t i = 0; i < site->n_prints; i++) {
        if (!print_load(&site->prints[i], &in)) return false;
        site->keys[i] = print_key_of(&site->prints[i]);
    }
    uint64_t n_units = varint_get(&in);
    if (in.failed || n_units > (size_t)(in.end - in.p) / (UNIT_KEY_BYTES + 2)) return false;
    site->starved = n_units > 0 && !units_reserve(site, capacity_for(n_units));
    if (site->starved) return false;
    for (uint64_t i = 0; i < n_units && !in.failed; i++)
        if (!unit_load(site, &in)) return false;
    return !in.failed && in.p == in.end;
}
