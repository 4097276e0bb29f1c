/* The SQLite file and what stands in it: blocks, runs and candidates against brute force, texts, the log that
 * takes an open batch back, and what is refused. */
#include "support.h"

#include <inttypes.h>
#include <unistd.h>

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

/* Sorted entries; few distinct keys in some rounds, keys up to the highest in others. */
static size_t entries_draw(keyed *entries, rng *r, size_t most, uint64_t first, uint64_t last) {
    static keyed scratch[1 << 16];
    size_t n = 1 + rng_below(r, most), kept = 0;
    uint64_t keys = rng_chance(r, 50) ? UINT64_MAX : 1 + rng_below(r, 40);
    for (size_t i = 0; i < n; i++)
        entries[i] = (keyed){rng_next(r) % keys, first + rng_below(r, last - first + 1)};
    if (rng_chance(r, 20)) entries[0].key = UINT64_MAX;
    for (size_t i = 0; i < n; i++) entries[i] = (keyed){entries[i].value, entries[i].key};
    sort_keyed(entries, scratch, n); /* by article, then by key, which is stable */
    for (size_t i = 0; i < n; i++) entries[i] = (keyed){entries[i].value, entries[i].key};
    sort_keyed(entries, scratch, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || entries[i].key != entries[kept - 1].key ||
            entries[i].value != entries[kept - 1].value)
            entries[kept++] = entries[i];
    return kept;
}

static void blocks_come_back(void **state) {
    (void)state;
    rng r = {81};
    keyed entries[BLOCK_ENTRIES], decoded[BLOCK_ENTRIES];
    for (size_t round = 0; round < rounds(2000); round++) {
        buffer bytes = {0};
        uint64_t first = rng_below(&r, UINT64_C(1) << 40), last = first + rng_below(&r, 1 << (round % 20));
        size_t n = entries_draw(entries, &r, BLOCK_ENTRIES, first, last);
        assert_true(block_encode(&bytes, entries, n, first));
        assert_int_equal(block_decode(decoded, bytes.p, bytes.n, entries[0].key, first, last), n);
        assert_memory_equal(decoded, entries, n * sizeof *entries);
        assert_int_equal(block_decode(decoded, bytes.p, bytes.n - 1, entries[0].key, first, last), 0);
        if (last > first)
            assert_true(block_decode(decoded, bytes.p, bytes.n, entries[0].key, first, last - 1) <= n);
        buffer_free(&bytes);
    }
}

/* Whatever the bytes are: no entry beyond the bounds, keys in order. */
static void damaged_blocks_stay_in_bounds(void **state) {
    (void)state;
    rng r = {82};
    keyed decoded[BLOCK_ENTRIES];
    size_t refused = 0;
    for (size_t round = 0; round < rounds(20000); round++) {
        unsigned char bytes[200];
        size_t size = rng_below(&r, sizeof bytes + 1);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (unsigned char)(round % 2 ? rng_next(&r) : rng_below(&r, 4));
        uint64_t first = 1000, last = 1000 + rng_below(&r, 200), key = rng_next(&r) >> (round % 60);
        size_t n = block_decode(decoded, bytes, size, key, first, last);
        refused += n == 0;
        for (size_t i = 0; i < n; i++) {
            assert_true(decoded[i].key >= (i ? decoded[i - 1].key : key));
            assert_true(decoded[i].value >= first && decoded[i].value <= last);
        }
    }
    assert_true(refused > 100);
    unsigned char many[BLOCK_ENTRIES * 2 + 2] = {0};
    assert_int_equal(block_decode(decoded, many, BLOCK_ENTRIES * 2, 7, 0, 9), BLOCK_ENTRIES);
    assert_int_equal(block_decode(decoded, many, sizeof many, 7, 0, 9), 0);
}

/* ---- runs against a list ------------------------------------------------------------------- */

/* All entries that were added, and which articles are gone. */
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

/* Looks for random keys, some of which are there, and compares with the list. */
static void runs_compare(runs *r, const listing *all, rng *random) {
    static uint64_t keys[600], scratch[600];
    size_t n = rng_below(random, 600), n_keys = 0;
    for (size_t i = 0; i < n; i++) {
        keys[i] =
            all->n && rng_chance(random, 60) ? all->entries[rng_below(random, all->n)].key : rng_next(random);
        if (rng_chance(random, 10)) keys[i] += rng_below(random, 3) - 1;
    }
    sort_u64(keys, scratch, n, 0, 8);
    for (size_t i = 0; i < n; i++)
        if (n_keys == 0 || keys[i] != keys[n_keys - 1]) keys[n_keys++] = keys[i];
    found f = {0};
    assert_ok(runs_find(r, keys, n_keys, found_take, &f, &error), &error);
    /* In the list the articles of a key come in order, and so they must from the runs. Those that are gone may
     * still come, as long as no merge left them out. */
    size_t *at = calloc(n_keys + 1, sizeof *at);
    assert_non_null(at);
    for (size_t i = 0; i < f.n; i++) {
        size_t k = f.hits[i].key, *next = &at[k];
        while (*next < all->n &&
               (all->entries[*next].key != keys[k] ||
                (all->gone[all->entries[*next].value] && all->entries[*next].value != f.hits[i].value)))
            ++*next;
        assert_true(*next < all->n);
        assert_int_equal(all->entries[*next].value, f.hits[i].value);
        ++*next;
    }
    for (size_t k = 0; k < n_keys; k++)
        for (size_t i = at[k]; i < all->n; i++)
            assert_true(all->entries[i].key != keys[k] || all->gone[all->entries[i].value]);
    free(at);
    mem_free(f.hits);
}

static void listing_add(listing *all, const keyed *entries, size_t n) {
    for (size_t i = 0; i < n; i++) {
        assert_true(ARRAY_GROW(all->entries, all->n, all->capacity));
        all->entries[all->n++] = entries[i];
    }
}

static void runs_find_what_was_added(void **state) {
    (void)state;
    static keyed entries[1 << 14];
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
            size_t n = entries_draw(entries, &r, rng_chance(&r, 20) ? 12000 : 2000, next, last);
            assert_ok(runs_add(all, entries, n, next, last, &error), &error);
            listing_add(&list, entries, n);
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
    enum { N = 5 * BLOCK_ENTRIES };
    static keyed entries[N];
    store *s = store_new(NULL);
    runs *all = NULL;
    listing list = {0};
    rng r = {84};
    assert_ok(runs_open(&all, s, &error), &error);
    for (uint64_t i = 0; i < N; i++) entries[i] = (keyed){i < 900 ? i : i < N - 700 ? 5000 : 6000 + i, i};
    assert_ok(runs_add(all, entries, N, 0, N - 1, &error), &error);
    assert_ok(runs_add(all, entries, 0, N, N, &error), &error);
    listing_add(&list, entries, N);
    for (int i = 0; i < 200; i++) runs_compare(all, &list, &r);
    const uint64_t keys[] = {4999, 5000, 5001};
    found f = {0};
    assert_ok(runs_find(all, keys, 3, found_take, &f, &error), &error);
    assert_int_equal(f.n, N - 900 - 700);
    mem_free(f.hits);
    mem_free(list.entries);
    runs_close(all);
    store_close(s);
}

static void damaged_runs_are_told(void **state) {
    (void)state;
    static const char *const damages[] = {
        "UPDATE block SET body = x'80' WHERE id = (SELECT max(id) FROM block)",
        "UPDATE block SET body = body || x'00' WHERE id = (SELECT min(id) FROM block)",
        "DELETE FROM block WHERE id = (SELECT max(id) FROM block)",
        "UPDATE run SET entries = entries + 1",
        "UPDATE run SET fences = x'0102'",
        "UPDATE run SET fences = substr(fences, 9) || substr(fences, 1, 8)",
        "UPDATE run SET last_no = first_no - 1",
        "UPDATE run SET last_no = first_no",
    };
    static keyed entries[4000];
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        rng r = {85};
        store *s = store_new(NULL);
        runs *all = NULL;
        size_t n = 0;
        while (n < 2 * BLOCK_ENTRIES) n = entries_draw(entries, &r, 4000, 10, 300);
        assert_ok(runs_open(&all, s, &error), &error);
        assert_ok(runs_add(all, entries, n, 10, 300, &error), &error);
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

/* Entries in order of key, then article. */
typedef struct entry_list {
    keyed entries[1 << 14];
    size_t n;
} entry_list;

/* What one article meets: for each key that it asks for the earlier live articles that own it; of more than
 * rule->links of them the first half and the last half. Those that it meets by rule->shared keys or more count. */
static size_t twin_candidates(candidate *out, uint64_t *hot, const entry_list *asked, const entry_list *own,
                              uint64_t no, const bool *gone, const meeting_rule *rule) {
    static uint64_t earlier[1 << 16];
    size_t count = 0, kept = 0, half = rule->links / 2;
    for (size_t i = 0; i < asked->n; i++) {
        if (asked->entries[i].value != no) continue;
        size_t n_earlier = 0;
        for (size_t k = 0; k < own->n; k++)
            if (own->entries[k].key == asked->entries[i].key && own->entries[k].value < no &&
                !gone[own->entries[k].value])
                earlier[n_earlier++] = own->entries[k].value;
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
static void archive_draw(entry_list *out, rng *r) {
    static keyed scratch[1 << 14];
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
            out->entries[out->n++] = (keyed){key, no};
        }
    }
    sort_keyed(out->entries, scratch, out->n);
}

/* The entries of articles [first, end). */
static keyed_list batch_of(keyed *out, const entry_list *all, uint64_t first, uint64_t end) {
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->entries[i].value >= first && all->entries[i].value < end) out[n++] = all->entries[i];
    return (keyed_list){out, n};
}

/* An archive that arrives in batches, and how its articles meet. */
typedef struct meeting_test {
    const entry_list *asked, *own;
    meeting_rule rule;
    bool gone[ARTICLES];
    uint64_t hot, twin_hot;
} meeting_test;

/* Takes articles [first, end) as a batch: finds their candidates and adds their keys. */
static void batch_compare(runs *r, meeting_test *t, uint64_t first, uint64_t end) {
    static keyed asked_entries[1 << 14], own_entries[1 << 14];
    static candidate wanted[CANDIDATES_MOST];
    listing list = {0};
    memcpy(list.gone, t->gone, sizeof t->gone);
    size_t at = 0;
    arena memory = {0};
    candidate_list found_list = {0};
    keyed_list asked = batch_of(asked_entries, t->asked, first, end),
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
    assert_ok(runs_add(r, own.entries, own.n, first, end - 1, &error), &error);
    assert_ok(runs_settle(r, nothing_gone, NULL, &error), &error);
}

/* However the articles are cut into batches, each meets the same others; with the same keys to find and to be found
 * by, or with others. */
static void candidates_are_those_of_the_definition(void **state) {
    (void)state;
    static entry_list own, asked;
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
        keyed entries[] = {{other, 5}, {other + 1, 6}};
        runs *all = NULL;
        assert_ok(runs_open(&all, s, &error), &error);
        assert_ok(runs_add(all, entries, 2, 5, 6, &error), &error);
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
        "DROP TABLE article",
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
        assert_int_equal(query(s, "SELECT count(*) FROM article"), 0);
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
