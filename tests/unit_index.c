/* The SQLite file and what stands in it: blocks, runs and candidates against brute force, texts, the log that
 * takes an open batch back, and what is refused. */
#include "support.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/sort.h"
#include "index/block.h"
#include "index/bodies.h"
#include "index/candidates.h"
#include "index/rows.h"
#include "index/runs.h"
#include "index/sqlite.h"
#include "index/undo.h"

static flong_error error;

static store *store_new(const char *path) {
    store *s = NULL;
    assert_ok(store_open(&s, path, FLONG_OPEN_WRITE, NULL, &error), &error);
    return s;
}

static void run_sql(store *s, const char *sql) { assert_ok(store_execute(s, sql, &error), &error); }

static uint64_t query(store *s, const char *sql) {
    uint64_t value;
    assert_ok(store_query_number(s, &value, sql, &error), &error);
    return value;
}

/* ---- blocks -------------------------------------------------------------------------------- */

enum { PLACE_MASK = KEY_PLACES - 1 };

static uint64_t key_low(uint64_t number) { return number << KEY_PLACE_BITS; }

/* Sorted entries, each once; few distinct keys in some rounds, keys up to the highest in others. */
static size_t entries_draw(uint64_t *entries, rng *r, size_t most, uint64_t places) {
    static uint64_t scratch[1 << 16];
    size_t n = 1 + rng_below(r, most), kept = 0;
    uint64_t keys = rng_chance(r, 50) ? UINT64_C(1) << 40 : 1 + rng_below(r, 40);
    for (size_t i = 0; i < n; i++) entries[i] = key_low(rng_next(r) % keys) | rng_below(r, places);
    if (rng_chance(r, 20)) entries[0] = key_low(UINT64_MAX);
    sort_u64(entries, scratch, n, 0, 8);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || entries[i] != entries[kept - 1]) entries[kept++] = entries[i];
    return kept;
}

/* A block that is open and held, as in an index. */
typedef struct block_at {
    block block;
    uint64_t *memory;
} block_at;

static bool block_at_open(block_at *at, const buffer *bytes, size_t n, uint64_t key, unsigned place_bits) {
    if (!block_open(&at->block, bytes->p, n, key, place_bits)) return false;
    at->memory = malloc(block_held_size(&at->block, n));
    assert_non_null(at->memory);
    block_hold(&at->block, bytes->p, n, at->memory);
    return true;
}

/* What block_find says of a key, against looking at all entries. */
static void block_compare(const block *b, const uint64_t *entries, size_t n, uint64_t key) {
    uint32_t begin = 0, end, first = 0, last;
    while (first < n && entry_key(entries[first]) < key) first++;
    for (last = first; last < n && entry_key(entries[last]) == key; last++) {
    }
    end = block_find(b, key, &begin);
    assert_int_equal(end - begin, last - first);
    if (first < last) assert_int_equal(begin, first);
    if (first < last && key >= entry_key(entries[0])) assert_false(block_has_not(b, key));
    for (; begin < end; begin++) assert_int_equal(block_place(b, begin), entry_place(entries[begin]));
}

static void blocks_come_back(void **state) {
    (void)state;
    rng r = {81};
    static uint64_t entries[BLOCK_ENTRIES], decoded[BLOCK_ENTRIES];
    for (size_t round = 0; round < rounds(1000); round++) {
        buffer bytes = {0};
        uint64_t places = 1 + rng_below(&r, UINT64_C(1) << (round % 25));
        unsigned place_bits = block_place_bits(places - 1);
        size_t n = entries_draw(entries, &r, BLOCK_ENTRIES, places);
        block_at at;
        assert_true(block_encode(&bytes, entries, n, place_bits));
        assert_true(block_at_open(&at, &bytes, bytes.n, entry_key(entries[0]), place_bits));
        assert_int_equal(at.block.n, n);
        assert_true(block_decode(decoded, &at.block));
        assert_memory_equal(decoded, entries, n * sizeof *entries);
        for (int i = 0; i < 200; i++)
            block_compare(&at.block, entries, n,
                          entry_key(entries[rng_below(&r, n)]) + key_low(rng_below(&r, 3)) -
                              key_low((uint64_t)i % 2));
        free(at.memory);
        assert_false(block_open(&at.block, bytes.p, bytes.n - 1, entry_key(entries[0]), place_bits));
        assert_false(block_open(&at.block, bytes.p, 0, entry_key(entries[0]), place_bits));
        buffer_free(&bytes);
    }
}

/* Whatever the bytes are: nothing beyond the bounds is read, nor entries told that are not there. */
static void damaged_blocks_stay_in_bounds(void **state) {
    (void)state;
    rng r = {82};
    static uint64_t entries[BLOCK_ENTRIES], decoded[BLOCK_ENTRIES];
    size_t refused = 0, opened = 0;
    for (size_t round = 0; round < rounds(20000); round++) {
        buffer bytes = {0};
        uint64_t places = 1 + rng_below(&r, 300), key;
        unsigned place_bits = block_place_bits(places - 1);
        size_t n = entries_draw(entries, &r, round % 50 ? 60 : 2000, places);
        assert_true(block_encode(&bytes, entries, n, place_bits));
        for (uint64_t i = rng_below(&r, 4); i > 0; i--)
            bytes.p[rng_below(&r, rng_chance(&r, 30) ? 8 : bytes.n)] = (char)rng_next(&r);
        key = rng_chance(&r, 10) ? rng_next(&r) & ~(uint64_t)PLACE_MASK : entry_key(entries[0]);
        size_t size = rng_chance(&r, 10) ? rng_below(&r, bytes.n + 1) : bytes.n;
        block_at at;
        if (block_at_open(&at, &bytes, size, key, place_bits)) {
            bool sound = block_decode(decoded, &at.block);
            for (uint32_t i = 0; sound && i < at.block.n; i++)
                assert_true(decoded[i] >= (i ? decoded[i - 1] : key));
            for (int i = 0; i < 20; i++) {
                uint64_t wanted = key + key_low(rng_below(&r, at.block.span + 3));
                uint32_t begin, end = block_find(&at.block, wanted, &begin);
                assert_true(begin <= end && end <= at.block.n);
                for (; begin < end; begin++) block_place(&at.block, begin);
            }
            opened++;
            free(at.memory);
        } else {
            refused++;
        }
        buffer_free(&bytes);
    }
    assert_true(refused > 100 && opened > 100);
}

/* ---- runs against a list ------------------------------------------------------------------- */

/* All entries that were added, in order, and which articles are gone. */
typedef struct listing {
    keyed *entries;
    size_t n, capacity;
    bool gone[1 << 13];
} listing;

static bool listing_gone(void *context, uint64_t no) { return ((const listing *)context)->gone[no]; }

static bool nothing_gone(void *context, uint64_t no) {
    (void)context, (void)no;
    return false;
}

typedef struct found {
    keyed *hits; /* place of the key, article */
    size_t n, capacity;
} found;

static void found_take(void *context, size_t place, uint64_t no) {
    found *f = context;
    assert_true(ARRAY_GROW(f->hits, f->n, f->capacity));
    f->hits[f->n++] = (keyed){place, no};
}

/* All entries of a key must come, in order. Those that are gone may still come, as long as no merge left them out. */
static void found_compare_all(const found *f, const listing *all, const uint64_t *keys, size_t n_keys) {
    size_t *at = calloc(n_keys + 1, sizeof *at);
    assert_non_null(at);
    for (size_t i = 0; i < f->n; i++) {
        size_t k = f->hits[i].key, *next = &at[k];
        while (*next < all->n &&
               (all->entries[*next].key != keys[k] ||
                (all->gone[all->entries[*next].value] && all->entries[*next].value != f->hits[i].value)))
            ++*next;
        assert_true(*next < all->n);
        assert_int_equal(all->entries[*next].value, f->hits[i].value);
        ++*next;
    }
    for (size_t k = 0; k < n_keys; k++)
        for (size_t i = at[k]; i < all->n; i++)
            assert_true(all->entries[i].key != keys[k] || all->gone[all->entries[i].value]);
    free(at);
}

/* Of those of a key that are not gone the first and the last must come, in order, and more than these where there are
 * more. */
static void found_compare_ends(const found *f, const listing *all, uint64_t key, size_t place,
                               uint32_t half) {
    static uint64_t wanted[1 << 16], come[1 << 16];
    size_t n_wanted = 0, n_come = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->entries[i].key == key && !all->gone[all->entries[i].value])
            wanted[n_wanted++] = all->entries[i].value;
    for (size_t i = 0; i < f->n; i++)
        if (f->hits[i].key == place) come[n_come++] = f->hits[i].value;
    assert_true(n_come <= n_wanted);
    if (n_wanted <= 2 * half) assert_int_equal(n_come, n_wanted);
    assert_int_equal(n_come > 2 * half, n_wanted > 2 * half);
    for (size_t i = 0; i < n_come && i < half; i++) {
        assert_int_equal(come[i], wanted[i]);
        assert_int_equal(come[n_come - 1 - i], wanted[n_wanted - 1 - i]);
    }
}

/* Looks for random keys, some of which are there, and compares with the list. */
static void runs_compare(runs *r, listing *all, rng *random) {
    static uint64_t keys[600], scratch[600];
    size_t n = rng_below(random, 600), n_keys = 0;
    for (size_t i = 0; i < n; i++) {
        keys[i] = all->n && rng_chance(random, 60) ? all->entries[rng_below(random, all->n)].key
                                                   : key_low(rng_next(random));
        if (rng_chance(random, 10)) keys[i] += key_low(rng_below(random, 3)) - key_low(1);
    }
    sort_u64(keys, scratch, n, 0, 8);
    for (size_t i = 0; i < n; i++)
        if (n_keys == 0 || keys[i] != keys[n_keys - 1]) keys[n_keys++] = keys[i];
    found f = {0}, ends_found = {0};
    assert_ok(runs_find(r, keys, n_keys, found_take, &f, &error), &error);
    found_compare_all(&f, all, keys, n_keys);
    const runs_ends ends = {1 + (uint32_t)rng_below(random, 6), listing_gone, all};
    assert_ok(runs_find_ends(r, keys, n_keys, &ends, found_take, &ends_found, &error), &error);
    for (size_t i = 0; i < 20 && n_keys; i++) {
        size_t place = rng_below(random, n_keys);
        found_compare_ends(&ends_found, all, keys[place], place, ends.half);
    }
    mem_free(f.hits);
    mem_free(ends_found.hits);
}

static void listing_add(listing *all, entry_list list) {
    for (size_t i = 0; i < list.n; i++) {
        assert_true(ARRAY_GROW(all->entries, all->n, all->capacity));
        all->entries[all->n++] =
            (keyed){entry_key(list.entries[i]), list.base + entry_place(list.entries[i])};
    }
}

static void runs_find_what_was_added(void **state) {
    (void)state;
    static uint64_t entries[1 << 14];
    rng r = {83};
    for (int round = 0; round < 3; round++) {
        store *s = store_new(NULL);
        runs *all = NULL;
        listing list = {0};
        uint64_t next = 0, kept = 0;
        assert_ok(runs_open(&all, s, &error), &error);
        runs_compare(all, &list, &r);
        for (size_t batch = 0; batch < rounds(80); batch++) {
            uint64_t last = next + rng_below(&r, 50);
            size_t n = entries_draw(entries, &r, rng_chance(&r, 20) ? 12000 : 2000, last - next + 1);
            entry_list added = {entries, n, next};
            assert_ok(runs_add(all, added, last, &error), &error);
            listing_add(&list, added);
            if (rng_chance(&r, 20)) list.gone[rng_below(&r, last + 1)] = true;
            assert_ok(runs_settle(all, listing_gone, &list, &error), &error);
            next = last + 1;
            assert_true(runs_get_stats(all).runs < 8 * 4);
            if (batch % 5 == 0) runs_compare(all, &list, &r);
            if (batch % 9 == 0) assert_ok(runs_reload(all, &error), &error);
        }
        runs_compare(all, &list, &r);
        assert_ok(runs_check(all, &error), &error);
        for (size_t i = 0; i < list.n; i++) kept += !list.gone[list.entries[i].value];
        assert_in_range(runs_get_stats(all).entries, kept, list.n);
        if (rounds(80) == 80)
            assert_true(runs_get_stats(all).entries < list.n); /* merges left the gone out */
        mem_free(list.entries);
        runs_close(all);
        store_close(s);
    }
}

/* One key in more blocks than one, among others; and runs of no entries. */
static void keys_over_many_blocks_are_found(void **state) {
    (void)state;
    enum { N = 8000 };
    static uint64_t entries[N];
    store *s = store_new(NULL);
    runs *all = NULL;
    listing list = {0};
    rng r = {84};
    assert_ok(runs_open(&all, s, &error), &error);
    for (uint64_t i = 0; i < N; i++) entries[i] = key_low(i < 900 ? i : i < N - 700 ? 5000 : 6000 + i) | i;
    entry_list added = {entries, N, 0}, none = {entries, 0, N};
    assert_ok(runs_add(all, added, N - 1, &error), &error);
    assert_ok(runs_add(all, none, N, &error), &error);
    assert_true(query(s, "SELECT count(*) FROM block") > 1);
    listing_add(&list, added);
    for (int i = 0; i < 200; i++) runs_compare(all, &list, &r);
    const uint64_t keys[] = {key_low(4999), key_low(5000), key_low(5001)};
    found f = {0};
    assert_ok(runs_find(all, keys, 3, found_take, &f, &error), &error);
    assert_int_equal(f.n, N - 900 - 700);
    mem_free(f.hits);
    mem_free(list.entries);
    runs_close(all);
    store_close(s);
}

/* Articles so far apart that their runs cannot be merged. */
static void far_runs_stay_apart(void **state) {
    (void)state;
    store *s = store_new(NULL);
    runs *all = NULL;
    const uint64_t entries[] = {key_low(7), key_low(9) | (KEY_PLACES - 1)}, key = key_low(9);
    found f = {0};
    assert_ok(runs_open(&all, s, &error), &error);
    for (uint64_t i = 0; i < 9; i++) {
        entry_list added = {entries, 2, i << KEY_PLACE_BITS};
        assert_ok(runs_add(all, added, added.base + KEY_PLACES - 1, &error), &error);
        assert_ok(runs_settle(all, nothing_gone, NULL, &error), &error);
    }
    assert_int_equal(runs_get_stats(all).runs, 9);
    assert_ok(runs_find(all, &key, 1, found_take, &f, &error), &error);
    assert_int_equal(f.n, 9);
    for (uint64_t i = 0; i < 9; i++) assert_int_equal(f.hits[i].value, ((i + 1) << KEY_PLACE_BITS) - 1);
    entry_list wide = {entries, 2, 0};
    assert_int_equal(runs_add(all, wide, KEY_PLACES, &error), FLONG_ARG);
    mem_free(f.hits);
    runs_close(all);
    store_close(s);
}

static void damaged_runs_are_told(void **state) {
    (void)state;
    static const char *const damages[] = {
        "UPDATE block SET body = x'80' WHERE id = (SELECT max(id) FROM block)",
        "UPDATE block SET body = x'' WHERE id = (SELECT max(id) FROM block)",
        "UPDATE block SET body = body || x'00' WHERE id = (SELECT min(id) FROM block)",
        "DELETE FROM block WHERE id = (SELECT max(id) FROM block)",
        "UPDATE run SET entries = entries + 1",
        "UPDATE run SET fences = x'0102'",
        "UPDATE run SET fences = substr(fences, 6) || substr(fences, 1, 5)",
        "UPDATE run SET fences = x'0000000001' || substr(fences, 6)",
        "UPDATE run SET last_no = first_no - 1",
        "UPDATE run SET last_no = first_no",
        "UPDATE run SET last_no = last_no - 40",
        "UPDATE run SET last_no = last_no + 20000000",
    };
    static uint64_t entries[8000];
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        rng r = {85};
        store *s = store_new(NULL);
        runs *all = NULL;
        size_t n = 0;
        while (n < 6000) n = entries_draw(entries, &r, 8000, 291);
        assert_ok(runs_open(&all, s, &error), &error);
        entry_list added = {entries, n, 10};
        assert_ok(runs_add(all, added, 300, &error), &error);
        assert_ok(runs_check(all, &error), &error);
        run_sql(s, damages[i]);
        error.status = FLONG_OK;
        flong_status status = runs_reload(all, &error);
        if (status == FLONG_OK) status = runs_check(all, &error);
        if (status != FLONG_DAMAGED || error.status != FLONG_DAMAGED) fail_msg("not told: %s", damages[i]);
        runs_close(all);
        store_close(s);
    }
}

/* ---- candidates against the definition ----------------------------------------------------- */

static int candidate_order(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->article != y->article) return x->article < y->article ? -1 : 1;
    if (x->shared != y->shared) return x->shared > y->shared ? -1 : 1;
    return x->other < y->other ? -1 : 1;
}

static void candidate_count(candidate *out, size_t *n, uint64_t no, uint64_t other) {
    for (size_t i = 0; i < *n; i++)
        if (out[i].other == other) {
            out[i].shared++;
            return;
        }
    out[(*n)++] = (candidate){no, other, 1};
}

/* Entries of all articles in order of key, then article. */
typedef struct archive_keys {
    uint64_t entries[1 << 14];
    size_t n;
} archive_keys;

/* What one article meets: for each key that it asks for the earlier live articles that own it; of more than
 * rule->links of them the first half and the last half. Those that it meets by rule->shared keys or more count. */
static size_t twin_candidates(candidate *out, uint64_t *hot, const archive_keys *asked,
                              const archive_keys *own, uint64_t no, const bool *gone,
                              const meeting_rule *rule) {
    static uint64_t earlier[1 << 16];
    size_t count = 0, kept = 0, half = rule->links / 2;
    for (size_t i = 0; i < asked->n; i++) {
        if (entry_place(asked->entries[i]) != no) continue;
        size_t n_earlier = 0;
        for (size_t k = 0; k < own->n; k++)
            if (entry_key(own->entries[k]) == entry_key(asked->entries[i]) &&
                own->entries[k] < asked->entries[i] && !gone[entry_place(own->entries[k])])
                earlier[n_earlier++] = entry_place(own->entries[k]);
        bool cut = n_earlier > 2 * half;
        *hot += cut;
        for (size_t k = 0; k < n_earlier; k++)
            if (!cut || k < half || k >= n_earlier - half) candidate_count(out, &count, no, earlier[k]);
    }
    qsort(out, count, sizeof *out, candidate_order);
    while (kept < count && kept < rule->most && out[kept].shared >= rule->shared) kept++;
    return kept;
}

enum { ARTICLES = 300, CANDIDATES_MOST = 1 << 16 };

/* Keys of articles 0 to ARTICLES - 1. */
static void archive_draw(archive_keys *out, rng *r) {
    static uint64_t scratch[1 << 14];
    out->n = 0;
    for (uint64_t no = 0; no < ARTICLES; no++) {
        uint64_t used[24];
        size_t n_keys = rng_below(r, 24), n_used = 0;
        for (size_t k = 0; k < n_keys; k++) {
            uint64_t key = rng_below(r, 8) * rng_below(r, 40); /* some hot, most rare */
            bool again = false;
            for (size_t u = 0; u < n_used; u++) again = again || used[u] == key;
            if (again) continue;
            used[n_used++] = key;
            out->entries[out->n++] = key_low(key) | no;
        }
    }
    sort_spread(out->entries, scratch, out->n);
}

/* The entries of articles [first, end). */
static entry_list batch_of(uint64_t *out, const archive_keys *all, uint64_t first, uint64_t end) {
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (entry_place(all->entries[i]) >= first && entry_place(all->entries[i]) < end)
            out[n++] = all->entries[i] - first;
    return (entry_list){out, n, first};
}

/* An archive that arrives in batches, and how its articles meet. */
typedef struct meeting_test {
    const archive_keys *asked, *own;
    meeting_rule rule;
    bool gone[ARTICLES];
    uint64_t hot, twin_hot;
} meeting_test;

/* Takes articles [first, end) as a batch: finds their candidates and adds their keys. */
static void batch_compare(runs *r, meeting_test *t, uint64_t first, uint64_t end) {
    static uint64_t asked_entries[1 << 14], own_entries[1 << 14];
    static candidate wanted[CANDIDATES_MOST];
    listing list = {0};
    memcpy(list.gone, t->gone, sizeof t->gone);
    size_t at = 0;
    arena memory = {0};
    candidate_list found_list = {0};
    entry_list asked = batch_of(asked_entries, t->asked, first, end),
               own = batch_of(own_entries, t->own, first, end);
    assert_ok(candidates_find(&found_list, &memory, r, asked, own, t->rule, listing_gone, &list, &error),
              &error);
    t->hot += found_list.hot;
    for (uint64_t no = first; no < end; no++) {
        size_t n_wanted = twin_candidates(wanted, &t->twin_hot, t->asked, t->own, no, t->gone, &t->rule);
        assert_true(at + n_wanted <= found_list.n);
        for (size_t i = 0; i < n_wanted; i++) {
            const candidate *c = &found_list.candidates[at++];
            if (c->article != no || c->other != wanted[i].other || c->shared != wanted[i].shared)
                fail_msg("article %" PRIu64 " meets %" PRIu64 " by %u keys, should meet %" PRIu64 " by %u",
                         c->article, c->other, c->shared, wanted[i].other, wanted[i].shared);
        }
    }
    assert_int_equal(at, found_list.n);
    arena_free(&memory);
    assert_ok(runs_add(r, own, end - 1, &error), &error);
    assert_ok(runs_settle(r, nothing_gone, NULL, &error), &error);
}

/* However the articles are cut into batches, each meets the same others; with the same keys to find and to be found
 * by, or with others. */
static void candidates_are_those_of_the_definition(void **state) {
    (void)state;
    static archive_keys own, asked;
    rng r = {86};
    for (size_t round = 0; round < rounds(24); round++) {
        meeting_test t = {.own = &own, .asked = round % 2 ? &asked : &own};
        t.rule = (meeting_rule){.links = 2 + (uint32_t)rng_below(&r, 20),
                                .shared = 1 + (uint32_t)round % 3,
                                .most = round % 3 ? 96 : 1 + (uint32_t)rng_below(&r, 10)};
        archive_draw(&own, &r);
        archive_draw(&asked, &r);
        store *s = store_new(NULL);
        runs *all = NULL;
        assert_ok(runs_open(&all, s, &error), &error);
        for (uint64_t first = 0, end; first < ARTICLES; first = end) {
            end = first + 1 + rng_below(&r, round % 4 < 2 ? 3 : 120);
            if (end > ARTICLES) end = ARTICLES;
            batch_compare(all, &t, first, end);
            /* Articles go only when they are in the runs. */
            if (round % 8 > 3) t.gone[rng_below(&r, end)] = true;
        }
        assert_int_equal(t.hot, t.twin_hot);
        assert_true(t.hot > 0);
        runs_close(all);
        store_close(s);
    }
}

/* ---- undo ---------------------------------------------------------------------------------- */

/* Everything in the file but the log itself. */
static void store_dump(text *out, store *s) {
    static const char *const tables[] = {"meta",       "article", "body",      "dictionary",   "pair",
                                         "text_group", "event",   "furniture", "story",        "telling",
                                         "run",        "block",   "removed",   "sqlite_schema"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64];
        sqlite3_stmt *rows;
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        if (strcmp(tables[i], "removed") == 0)
            snprintf(sql, sizeof sql, "SELECT no FROM removed ORDER BY no");
        assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &rows, NULL), SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            text_print(out, "%s", tables[i]);
            for (int c = 0; c < sqlite3_column_count(rows); c++) {
                int type = sqlite3_column_type(rows, c);
                text_print(out, "|%d", type);
                if (type == SQLITE_FLOAT)
                    text_print(out, " %.17g", sqlite3_column_double(rows, c));
                else if (type != SQLITE_NULL) {
                    const unsigned char *bytes = sqlite3_column_blob(rows, c);
                    for (int k = 0; k < sqlite3_column_bytes(rows, c); k++) text_print(out, "%02x", bytes[k]);
                }
            }
            text_add(out, "\n", 1);
        }
        sqlite3_finalize(rows);
    }
}

static void random_string(char *out, size_t most, rng *r) {
    static const char *const pieces[] = {"'", "''",       "\"",  "%s", "\n", "\\",
                                         "x", "\xC3\xA9", ";--", "||", "\t"};
    size_t n = 0;
    out[0] = 0;
    for (uint64_t k = rng_below(r, 8); k > 0 && n + 4 < most; k--) {
        const char *piece = pieces[rng_below(r, sizeof pieces / sizeof *pieces)];
        strcat(out, piece);
        n += strlen(piece);
    }
}

/* One random change to one table, by the functions that make it in earnest. */
static void random_change(store *s, rng *r) {
    uint64_t no = rng_below(r, 30), other = rng_below(r, 30);
    char strings[4][64], sql[256];
    unsigned char bytes[20];
    for (int i = 0; i < 4; i++) random_string(strings[i], sizeof strings[i], r);
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)rng_next(r);
    flong_error ignored; /* rows that are there already stay as they are */
    switch (rng_below(r, 15)) {
    case 0: {
        article_row row = {.no = no,
                           .record = {.id = str_of(strings[0]),
                                      .url = str_of(strings[1]),
                                      .site = str_of(strings[2]),
                                      .title = str_of(strings[3]),
                                      .published = rng_chance(r, 50) ? FLONG_NO_DATE : (int64_t)rng_next(r)},
                           .text_no = other,
                           .tokens = 5};
        article_add(s, &row, &ignored);
        break;
    }
    case 1:
        article_regroup(s, no, other, &ignored);
        break;
    case 2:
        article_place(s, no, other, &ignored);
        break;
    case 3:
        article_delete(s, no, &ignored);
        break;
    case 4: {
        pair_row row = {.a = no,
                        .b = other,
                        .score = {FLONG_RELATION_REPRINT, 1. / 3, (double)rng_next(r) / 1e19, 1e-9, 7},
                        .spans = bytes,
                        .n_spans_bytes = rng_below(r, 20)};
        pair_add(s, &row, &ignored);
        break;
    }
    case 5: {
        group_row row = {no, 3, (double)rng_next(r) / 1.8e19, 2, {1, UINT64_C(1) << 39}};
        group_set(s, &row, &ignored);
        break;
    }
    case 6:
        group_delete(s, no, &ignored);
        break;
    case 7:
        event_add(s, "merge", no, other, no, &ignored);
        break;
    case 8: {
        buffer learned = {(char *)bytes, sizeof bytes, 0};
        furniture_row_set(s, str_of(no % 2 ? "a'site" : "b.site"), other, &learned, &ignored);
        break;
    }
    case 9: {
        packed_body packed = {bytes, rng_below(r, 20), 3, bytes, rng_below(r, 3), no % 2};
        body_add(s, no, &packed, &ignored);
        break;
    }
    case 10:
        store_set_number(s, no % 2 ? "arrivals" : "hot", other, &ignored);
        break;
    case 11:
        snprintf(sql, sizeof sql, "INSERT OR IGNORE INTO dictionary VALUES (%d, x'00FF27')", (int)no);
        run_sql(s, sql);
        break;
    case 12: {
        story_row row = {no, other, (double)rng_next(r) / 1.8e19};
        story_set(s, &row, &ignored);
        telling_set(s, other, no, &ignored);
        break;
    }
    case 13:
        story_delete(s, no, &ignored);
        telling_delete(s, other, &ignored);
        break;
    default: {
        const uint64_t entries[] = {key_low(other), key_low(other + 1) | 1};
        runs *all = NULL;
        assert_ok(runs_open(&all, s, &error), &error);
        assert_ok(runs_add(all, (entry_list){entries, 2, 5}, 6, &error), &error);
        if (runs_get_stats(all).runs >= 8) assert_ok(runs_settle(all, nothing_gone, NULL, &error), &error);
        runs_close(all);
    }
    }
}

static void the_log_takes_everything_back(void **state) {
    (void)state;
    rng r = {87};
    for (size_t round = 0; round < rounds(40); round++) {
        unlink(folder_file("undo"));
        store *s = store_new(folder_file("undo"));
        text before = {0}, between = {0}, after = {0};
        for (int i = 0; i < 60; i++) random_change(s, &r);
        store_dump(&before, s);
        assert_ok(store_begin(s, &error), &error);
        assert_ok(undo_record(s, &error), &error);
        for (uint64_t i = rng_below(&r, 200); i > 0; i--) random_change(s, &r);
        assert_ok(undo_pause(s, &error), &error);
        assert_ok(store_commit(s, &error), &error);
        store_dump(&between, s);
        store_close(s); /* the log is for the next process, too */
        s = store_new(folder_file("undo"));
        assert_ok(store_begin(s, &error), &error);
        assert_ok(undo_apply(s, &error), &error);
        assert_ok(store_commit(s, &error), &error);
        store_dump(&after, s);
        assert_same_text(&before, &after);
        assert_int_equal(query(s, "SELECT count(*) FROM undo"), 0);
        text_free(&before), text_free(&between), text_free(&after);
        store_close(s);
    }
}

/* The library takes any bytes as a title, and SQLite's quote() stops at a NUL. */
static void the_log_keeps_nul_bytes(void **state) {
    (void)state;
    unlink(folder_file("nul"));
    store *s = store_new(folder_file("nul"));
    text before = {0}, after = {0};
    article_row row = {.no = 1, .record = {.id = str_of("a"), .title = {"x\0y", 3}}, .text_no = 1};
    assert_ok(article_add(s, &row, &error), &error);
    store_dump(&before, s);
    assert_ok(undo_record(s, &error), &error);
    assert_ok(article_place(s, 1, 0, &error), &error);
    assert_ok(undo_pause(s, &error), &error);
    assert_ok(undo_apply(s, &error), &error);
    store_dump(&after, s);
    assert_same_text(&before, &after);
    text_free(&before), text_free(&after);
    store_close(s);
}

/* A log that comes from anywhere may change rows, and do nothing else. */
static void a_hostile_log_is_refused(void **state) {
    (void)state;
    static const char *const hostile[] = {
        "DROP TABLE article_row",
        "ATTACH DATABASE '/tmp/flong-hostile' AS x",
        "PRAGMA user_version = 9",
        "CREATE TABLE x (y)",
        "INSERT INTO removed SELECT length(readfile('/etc/passwd'))",
        "COMMIT",
        "SELECT load_extension('x')",
        "not SQL at all",
        "INSERT INTO undo SELECT max(seq) + 1, sql FROM undo", /* would never end */
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        unlink(folder_file("hostile"));
        store *s = store_new(folder_file("hostile"));
        char *sql = sqlite3_mprintf("INSERT INTO undo (sql) VALUES (%Q)", hostile[i]);
        run_sql(s, sql);
        sqlite3_free(sql);
        assert_ok(store_begin(s, &error), &error);
        error.status = FLONG_OK;
        if (undo_apply(s, &error) == FLONG_OK || error.status == FLONG_OK)
            fail_msg("not refused: %s", hostile[i]);
        store_rollback(s);
        assert_int_equal(query(s, "SELECT count(*) FROM article_row"), 0);
        store_close(s);
    }
}

/* ---- opening ------------------------------------------------------------------------------- */

static void file_write(const char *path, const void *bytes, size_t n) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void sqlite_write(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void assert_refused(const char *path, flong_status wanted, const flong_params *params,
                           const char *word) {
    for (unsigned flags = FLONG_OPEN_READ; flags <= FLONG_OPEN_WRITE; flags++) {
        store *s = NULL;
        error.text[0] = 0;
        assert_status(store_open(&s, path, flags, params, &error), wanted, &error);
        assert_null(s);
        assert_non_null(strstr(error.text, word));
        assert_null(strchr(error.text, '\n'));
    }
}

static void strange_files_are_refused_and_left_alone(void **state) {
    (void)state;
    const char *path = folder_file("strange");
    char junk[5000];
    memset(junk, 'j', sizeof junk);
    file_write(path, junk, sizeof junk);
    assert_refused(path, FLONG_NOT_INDEX, NULL, "strange");
    sqlite_write(folder_file("other"), "CREATE TABLE x (y); INSERT INTO x VALUES (1)");
    assert_refused(folder_file("other"), FLONG_NOT_INDEX, NULL, "not a flong index");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(folder_file("other"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "SELECT y FROM x", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    sqlite_write(folder_file("own"), "PRAGMA application_id = 77");
    assert_refused(folder_file("own"), FLONG_NOT_INDEX, NULL, "not a flong index");

    store *s = NULL;
    assert_status(store_open(&s, folder_file("none"), FLONG_OPEN_READ, NULL, &error), FLONG_IO, &error);
    assert_status(store_open(&s, folder_file("no/folder"), FLONG_OPEN_WRITE, NULL, &error), FLONG_IO, &error);
    assert_status(store_open(&s, NULL, FLONG_OPEN_READ, NULL, &error), FLONG_ARG, &error);
    file_write(folder_file("empty"), "", 0);
    assert_status(store_open(&s, folder_file("empty"), FLONG_OPEN_READ, NULL, &error), FLONG_NOT_INDEX,
                  &error);
    assert_null(s);
    s = store_new(folder_file("empty"));
    store_close(s);
}

static void other_versions_and_parameters_are_refused(void **state) {
    (void)state;
    const char *path = folder_file("version");
    flong_params params;
    flong_params_default(&params);
    params.shingle = 4;
    store *s = NULL;
    assert_ok(store_open(&s, path, FLONG_OPEN_WRITE, &params, &error), &error);
    store_close(s);
    assert_ok(store_open(&s, path, FLONG_OPEN_READ, NULL, &error), &error);
    assert_int_equal(store_params(s)->shingle, 4);
    store_close(s);
    assert_ok(store_open(&s, path, FLONG_OPEN_READ, &params, &error), &error);
    store_close(s);
    params.shingle = 5;
    assert_refused(path, FLONG_MISMATCH, &params, "shingle");
    assert_non_null(strstr(error.text, "4"));
    assert_non_null(strstr(error.text, "5"));
    sqlite_write(path, "UPDATE meta SET value = 1e9 WHERE name = 'param.slots'");
    assert_refused(path, FLONG_DAMAGED, NULL, "slots");
    sqlite_write(path, "DELETE FROM meta WHERE name = 'param.slots'");
    assert_refused(path, FLONG_DAMAGED, NULL, "slots");
    sqlite_write(path, "PRAGMA user_version = 1000");
    assert_refused(path, FLONG_MISMATCH, NULL, "1000");
}

/* ---- texts --------------------------------------------------------------------------------- */

static void texts_come_back(void **state) {
    (void)state;
    enum { N = 100 };
    rng r = {91};
    records all = {0};
    records_archive(&all, 5, 0, N, false);
    for (int kept = 0; kept < 2; kept++) {
        store *s = store_new(kept ? folder_file("texts") : NULL);
        bodies *b = NULL;
        body_packer packer = {0};
        arena memory = {0};
        flong_str texts[N], back;
        for (size_t i = 0; i < N; i++) texts[i] = all.list[i].text;
        assert_ok(bodies_open(&b, s, &error), &error);
        assert_ok(bodies_train(b, texts, N, &error), &error);
        assert_int_equal(query(s, "SELECT count(*) FROM dictionary"), kept);
        for (size_t i = 0; i < N; i++) {
            packed_body packed;
            assert_true(body_pack(b, &packer, &packed, &memory, texts[i]));
            packed.dropped = "\1\2", packed.n_dropped = i % 3;
            assert_ok(body_add(s, i, &packed, &error), &error);
        }
        bodies_close(b);
        assert_ok(bodies_open(&b, s, &error), &error);
        for (size_t i = 0; i < N; i++) {
            packed_body packed;
            assert_ok(body_get(s, &packed, &memory, i, &error), &error);
            assert_int_equal(packed.n_dropped, i % 3);
            assert_true(body_unpack(b, &packer, &back, &memory, &packed));
            assert_int_equal(back.n, texts[i].n);
            if (back.n) assert_memory_equal(back.p, texts[i].p, back.n);
            if (packed.n_text == 0) continue;
            /* Damage is told, or gives some text; never more than was noted. */
            char *bytes = arena_copy(&memory, packed.text, packed.n_text);
            bytes[rng_below(&r, packed.n_text)] ^= (char)(1 + rng_below(&r, 255));
            packed.text = bytes;
            if (body_unpack(b, &packer, &back, &memory, &packed)) assert_int_equal(back.n, texts[i].n);
            packed.n_text--;
            assert_false(body_unpack(b, &packer, &back, &memory, &packed));
            packed.size = UINT64_MAX;
            assert_false(body_unpack(b, &packer, &back, &memory, &packed));
        }
        packed_body packed;
        assert_status(body_get(s, &packed, &memory, N, &error), FLONG_DAMAGED, &error);
        body_packer_free(&packer);
        arena_free(&memory);
        bodies_close(b);
        store_close(s);
    }
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_come_back),
        cmocka_unit_test(damaged_blocks_stay_in_bounds),
        cmocka_unit_test(runs_find_what_was_added),
        cmocka_unit_test(keys_over_many_blocks_are_found),
        cmocka_unit_test(far_runs_stay_apart),
        cmocka_unit_test(damaged_runs_are_told),
        cmocka_unit_test(candidates_are_those_of_the_definition),
        cmocka_unit_test(the_log_takes_everything_back),
        cmocka_unit_test(the_log_keeps_nul_bytes),
        cmocka_unit_test(a_hostile_log_is_refused),
        cmocka_unit_test(strange_files_are_refused_and_left_alone),
        cmocka_unit_test(other_versions_and_parameters_are_refused),
        cmocka_unit_test(texts_come_back),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
