/* A temporary index against one in tables: the same rows come back from both, whatever is committed, fails or is taken
 * back. And the files that a temporary index keeps: full, short, damaged, and without memory. */
#include "support.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "index/bodies.h"
#include "index/bulk.h"
#include "index/rows.h"
#include "index/sqlite.h"
#include "index/undo.h"

static flong_error error;

/* ---- two stores ---------------------------------------------------------------------------- */

enum { KINDS = 2, ARTICLES_MOST = 300 };

typedef struct twins {
    store *stores[KINDS]; /* in tables; temporary */
    char path[64];
    uint64_t next;            /* number of the next article */
    uint64_t open;            /* first number of the open batch, or `next` */
    bool gone[ARTICLES_MOST]; /* or never there */
    rng random;
} twins;

static void twins_open(twins *t, uint64_t seed) {
    *t = (twins){.random = {seed}};
    snprintf(t->path, sizeof t->path, "/tmp/flong-twins-%d.db", (int)getpid());
    unlink(t->path);
    assert_ok(store_open(&t->stores[0], t->path, FLONG_OPEN_WRITE, NULL, &error), &error);
    assert_ok(store_open(&t->stores[1], NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
}

static void twins_close(twins *t) {
    for (int i = 0; i < KINDS; i++) store_close(t->stores[i]);
    unlink(t->path);
}

#define BOTH(t, call)                                                                                        \
    for (int kind_ = 0; kind_ < KINDS; kind_++) {                                                            \
        store *s = (t)->stores[kind_];                                                                       \
        assert_ok(call, &error);                                                                             \
    }

static uint64_t some_article(twins *t) { return rng_below(&t->random, (size_t)t->next); }

/* ---- writing ------------------------------------------------------------------------------- */

static flong_str text_draw(twins *t, char *out, size_t most) {
    size_t n = rng_below(&t->random, most);
    for (size_t i = 0; i < n; i++) out[i] = (char)('a' + rng_below(&t->random, 26));
    return (flong_str){n ? out : NULL, n};
}

static void pair_make(twins *t, uint64_t a, uint64_t b) {
    char terms[40], spans[40];
    pair_row row = {.a = a,
                    .b = b,
                    .score = {.relation = (flong_relation)(1 + rng_below(&t->random, 5)),
                              .jaccard = (double)rng_below(&t->random, 100) / 99,
                              .a_in_b = 1. / 3,
                              .longest_run = (uint32_t)rng_below(&t->random, 1000)},
                    .terms = text_draw(t, terms, sizeof terms),
                    .spans = spans};
    row.n_spans_bytes = text_draw(t, spans, sizeof spans).n;
    pair_row told = {.a = a, .b = b, .score = {.similarity = .25}, .terms = row.terms};
    bool tell = rng_chance(&t->random, 30);
    BOTH(t, pair_add(s, &row, &error));
    if (tell) BOTH(t, pair_similarity_set(s, &told, &error));
}

static void article_make(twins *t) {
    static char id[30], site[10], title[300], body_text[5000], place[20], bytes[100], author[30], lang[3];
    uint64_t no = t->next++;
    if (rng_chance(&t->random, 5)) return; /* superseded */
    t->gone[no] = false;
    article_row row = {.no = no,
                       .record = {.id = {id, (size_t)snprintf(id, sizeof id, "id-%d", (int)no)},
                                  .site = text_draw(t, site, 3),
                                  .title = text_draw(t, title, sizeof title),
                                  .published = rng_chance(&t->random, 20) ? FLONG_NO_DATE : (int64_t)no * 60},
                       .text_no = no,
                       .tokens = (uint32_t)rng_below(&t->random, 1000),
                       .stub = rng_chance(&t->random, 20),
                       .wire = {.place = text_draw(t, place, sizeof place)}};
    row.record.author = text_draw(t, author, sizeof author);
    row.record.lang = text_draw(t, lang, sizeof lang);
    bool found;
    uint64_t group = some_article(t);
    if (rng_chance(&t->random, 50)) {
        assert_ok(article_text_no(t->stores[0], &group, &found, group, &error), &error);
        if (found && group < no) row.text_no = group;
    }
    packed_body body = {.dropped = bytes};
    flong_str words = text_draw(t, body_text, sizeof body_text);
    body.text = words.n ? words.p : "";
    body.n_text = body.size = words.n;
    body.n_dropped = text_draw(t, bytes, sizeof bytes).n;
    sketch_row sketch = {no, row.record.published, body_text, words.n < 50 ? words.n : 50};
    bool sketched = rng_chance(&t->random, 50);
    BOTH(t, body_add(s, no, &body, &error));
    BOTH(t, article_add(s, &row, &error));
    if (sketched) BOTH(t, sketch_add(s, &sketch, &error));
    for (uint64_t a = rng_below(&t->random, 20); a < no; a += 1 + rng_below(&t->random, 40))
        if (!t->gone[a]) pair_make(t, a, no);
}

/* What a batch does to older articles. */
static void group_merge_some(twins *t) {
    uint64_t groups[2];
    bool found[2];
    for (int i = 0; i < 2; i++)
        assert_ok(article_text_no(t->stores[0], &groups[i], &found[i], some_article(t), &error), &error);
    if (!found[0] || !found[1] || groups[0] == groups[1]) return;
    uint64_t older = groups[0] < groups[1] ? groups[0] : groups[1], younger = groups[0] ^ groups[1] ^ older;
    BOTH(t, article_regroup(s, younger, older, &error));
}

/* Removes an article and puts those of its text group into a new one each, or two together. */
static void article_remove_some(twins *t) {
    uint64_t no = some_article(t), text_no;
    bool found;
    assert_ok(article_text_no(t->stores[0], &text_no, &found, no, &error), &error);
    if (!found) return;
    t->gone[no] = true;
    BOTH(t, article_delete(s, no, &error));
    buffer members = {0};
    assert_ok(article_members(t->stores[0], &members, text_no, &error), &error);
    const uint64_t *numbers = (const uint64_t *)(const void *)members.p;
    uint64_t now = 0;
    for (size_t i = 0; i < members.n / sizeof *numbers; i++) {
        if (i == 0 || rng_chance(&t->random, 50)) now = numbers[i];
        BOTH(t, article_place(s, numbers[i], now, &error));
    }
    buffer_free(&members);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void dump_text(buffer *out, flong_str shown) {
    char n[32];
    assert_true(buffer_append(out, n, (size_t)snprintf(n, sizeof n, " %zu:", shown.n)));
    assert_true(buffer_append(out, shown.p, shown.n));
}

static void dump_number(buffer *out, double value) {
    char n[64];
    assert_true(buffer_append(out, n, (size_t)snprintf(n, sizeof n, " %.17g", value)));
}

static flong_status row_dump(void *context, const article_row *row, flong_error *e) {
    buffer *out = context;
    (void)e;
    const double numbers[] = {(double)row->no, (double)row->text_no, row->tokens, row->stub,
                              (double)row->record.published};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) dump_number(out, numbers[i]);
    dump_text(out, row->record.id);
    dump_text(out, row->record.site);
    dump_text(out, row->record.title);
    dump_text(out, row->wire.place);
    dump_text(out, row->record.author);
    dump_text(out, row->record.lang);
    return FLONG_OK;
}

static flong_status pair_dump(void *context, const pair_row *row, flong_error *e) {
    buffer *out = context;
    (void)e;
    const double numbers[] = {(double)row->a,         (double)row->b,       row->score.relation,
                              row->score.jaccard,     row->score.a_in_b,    row->score.b_in_a,
                              row->score.longest_run, row->score.similarity};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) dump_number(out, numbers[i]);
    dump_text(out, row->terms);
    dump_text(out, (flong_str){row->spans, row->n_spans_bytes});
    return FLONG_OK;
}

static flong_status site_dump(void *context, flong_str site, uint64_t stubs, flong_error *e) {
    (void)e;
    dump_text(context, site);
    dump_number(context, (double)stubs);
    return FLONG_OK;
}

static void article_dump(store *s, buffer *out, uint64_t no) {
    article_row row;
    sketch_row sketch;
    packed_body body;
    whole_body whole;
    arena memory = {0};
    bool found;
    uint64_t text_no, later;
    assert_ok(article_get(s, &row, &found, no, &error), &error);
    dump_number(out, found);
    if (found) row_dump(out, &row, NULL);
    assert_ok(article_text_no(s, &text_no, &found, no, &error), &error);
    dump_number(out, found ? (double)text_no : -1);
    assert_ok(article_next(s, &row, &found, no, &error), &error);
    dump_number(out, found ? (double)row.no : -1);
    flong_status status = body_get(s, &body, &memory, no, &error);
    dump_number(out, status);
    if (status == FLONG_OK) dump_text(out, (flong_str){body.text, body.n_text});
    if (status == FLONG_OK) dump_text(out, (flong_str){body.dropped, body.n_dropped});
    status = body_whole(s, &whole, no, &error);
    dump_number(out, status);
    if (status == FLONG_OK) dump_text(out, whole.title);
    if (status == FLONG_OK) dump_text(out, (flong_str){whole.packed.text, whole.packed.n_text});
    body_whole_end(s);
    assert_ok(sketch_get(s, &sketch, &found, no, &error), &error);
    dump_number(out, found ? (double)sketch.published : -1);
    if (found) dump_text(out, (flong_str){sketch.terms, sketch.n_terms_bytes});
    assert_ok(article_members(s, out, no, &error), &error);
    assert_ok(pair_each_of(s, no, pair_dump, out, &error), &error);
    assert_ok(pair_count_from(s, &later, no, &error), &error);
    dump_number(out, (double)later);
    arena_free(&memory);
}

static void twins_compare(twins *t) {
    buffer dumps[KINDS] = {{0}};
    for (int i = 0; i < KINDS; i++) {
        store *s = t->stores[i];
        assert_ok(article_each(s, 0, row_dump, &dumps[i], &error), &error);
        assert_ok(pair_each(s, pair_dump, &dumps[i], &error), &error);
        assert_ok(stub_sites_each(s, site_dump, &dumps[i], &error), &error);
        for (uint64_t no = 0; no < t->next + 2; no++) article_dump(s, &dumps[i], no);
    }
    assert_int_equal(dumps[0].n, dumps[1].n);
    assert_memory_equal(dumps[0].p, dumps[1].p, dumps[0].n);
    for (int i = 0; i < KINDS; i++) buffer_free(&dumps[i]);
}

/* ---- batches ------------------------------------------------------------------------------- */

static void batch_make(twins *t, bool record, bool remove) {
    if (remove)
        for (size_t i = rng_below(&t->random, 4); i-- > 0 && t->next;) article_remove_some(t);
    t->open = t->next;
    if (record) BOTH(t, undo_record(s, &error));
    for (size_t i = 1 + rng_below(&t->random, 12); i-- > 0 && t->next < ARTICLES_MOST;) article_make(t);
    for (size_t i = rng_below(&t->random, 3); i-- > 0;) group_merge_some(t);
    if (record) BOTH(t, undo_pause(s, &error));
    if (!record) t->open = t->next;
}

/* One transaction: takes back the open batch, makes one, and commits it or fails. */
static void change_make(twins *t) {
    twins before = *t;
    bool fails = rng_chance(&t->random, 25), half = rng_chance(&t->random, 20);
    BOTH(t, store_begin(s, &error));
    if (t->open < t->next) {
        BOTH(t, undo_apply(s, &error));
        for (uint64_t no = t->open; no < t->next; no++) t->gone[no] = true;
        t->next = t->open;
        if (rng_chance(&t->random, 30)) twins_compare(t);
    }
    if (!half) batch_make(t, rng_chance(&t->random, 60), true);
    if (rng_chance(&t->random, 30)) twins_compare(t);
    if (!fails) {
        BOTH(t, store_commit(s, &error));
        return;
    }
    for (int i = 0; i < KINDS; i++) {
        store_rollback(t->stores[i]);
        assert_ok(undo_pause(t->stores[i], &error), &error);
    }
    rng random = t->random;
    *t = before;
    t->random = random;
}

static void both_kinds_tell_the_same(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        twins t;
        twins_open(&t, seed);
        memset(t.gone, true, sizeof t.gone);
        for (int i = 0; i < 30 && t.next < ARTICLES_MOST; i++) {
            change_make(&t);
            twins_compare(&t);
        }
        twins_close(&t);
    }
}

/* ---- blocks -------------------------------------------------------------------------------- */

static void slots_are_used_again(void **state) {
    (void)state;
    enum { BLOCKS = 400 };
    static uint64_t places[BLOCKS];
    static char bytes[BULK_BLOCK_BYTES];
    bulk *k = bulk_new();
    uint64_t place;
    assert_non_null(k);
    bulk_begin(k);
    for (int i = 0; i < BLOCKS; i++) {
        memset(bytes, i, sizeof bytes);
        assert_ok(bulk_block_add(k, &places[i], bytes, 100 + (size_t)i, &error), &error);
    }
    bulk_commit(k);
    bulk_begin(k);
    for (int i = 0; i < BLOCKS; i += 2) assert_ok(bulk_block_delete(k, places[i], &error), &error);
    assert_ok(bulk_block_add(k, &place, bytes, 8, &error), &error);
    assert_true(place > places[BLOCKS - 1]); /* those that are freed are kept until the commit */
    bulk_rollback(k);
    for (int i = 0; i < BLOCKS; i++) {
        memset(bytes, i, sizeof bytes);
        const void *got = bulk_block_get(k, places[i], 100 + (size_t)i, &error);
        assert_non_null(got);
        assert_memory_equal(got, bytes, 100 + (size_t)i);
    }
    bulk_begin(k);
    for (int i = 0; i < BLOCKS; i += 2) assert_ok(bulk_block_delete(k, places[i], &error), &error);
    bulk_commit(k);
    bulk_begin(k);
    memset(bytes, 0x5A, sizeof bytes);
    for (int i = 0; i < BLOCKS / 2 + 1; i++) {
        assert_ok(bulk_block_add(k, &place, bytes, sizeof bytes, &error), &error);
        const void *got = bulk_block_get(k, place, sizeof bytes, &error);
        assert_non_null(got);
        assert_memory_equal(got, bytes, sizeof bytes);
    }
    assert_true(place <= places[BLOCKS - 1] + BULK_BLOCK_BYTES); /* the slot that was rolled back, at most */
    const void *kept = bulk_block_get(k, places[1], 101, &error);
    assert_non_null(kept);
    assert_int_equal(*(const char *)kept, 1);
    assert_int_equal(bulk_block_add(k, &place, bytes, sizeof bytes + 1, &error), FLONG_ARG);
    bulk_free(k);
}

/* ---- files --------------------------------------------------------------------------------- */

/* Puts so many bytes in pieces of 1,000. */
static flong_status pieces_put(scratch_file *f, size_t n) {
    for (size_t i = 0; i < n / 1000; i++) {
        char *room = scratch_room(f, 1000, &error);
        if (!room) return error.status;
        memset(room, (int)(i % 251), 1000);
        assert_int_equal(scratch_put(f, 1000), i * 1000);
    }
    return FLONG_OK;
}

static void bytes_come_back(void **state) {
    (void)state;
    scratch_file *f = scratch_new();
    scratch_window w = {0};
    rng random = {7};
    assert_non_null(f);
    assert_ok(pieces_put(f, 5000000), &error);
    for (int i = 0; i < 3000; i++) {
        uint64_t at = rng_below(&random, 4999000);
        const unsigned char *got = scratch_get(f, &w, at, 1000, rng_below(&random, 100000), &error);
        assert_non_null(got);
        assert_int_equal(got[0], at / 1000 % 251);
        assert_int_equal(got[999], (at + 999) / 1000 % 251);
    }
    assert_ok(scratch_replace(f, 1000 * 1000, "changed", 7, &error), &error);
    assert_ok(scratch_replace(f, 4999 * 1000, "changed", 7, &error), &error);
    w.bytes.n = 0;
    assert_memory_equal(scratch_get(f, &w, 1000 * 1000, 7, 0, &error), "changed", 7);
    w.bytes.n = 0;
    assert_memory_equal(scratch_get(f, &w, 4999 * 1000, 7, 0, &error), "changed", 7);
    assert_null(scratch_get(f, &w, 4999 * 1000, 1001, 0, &error));
    assert_int_equal(error.status, FLONG_DAMAGED);
    assert_null(scratch_get(f, &w, UINT64_MAX, 1, 0, &error));
    assert_null(scratch_get(f, &w, 1, SIZE_MAX, 0, &error));
    mem_fail_after(0);
    assert_null(scratch_room(f, 50000000, &error));
    mem_fail_after(-1);
    assert_int_equal(error.status, FLONG_NOMEM);
    scratch_window_free(&w);
    scratch_close(f);
}

static void full_disks_are_told(void **state) {
    (void)state;
    struct rlimit before, small;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 3500000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    scratch_file *f = scratch_new();
    assert_int_equal(pieces_put(f, 10000000), FLONG_IO);
    assert_non_null(strstr(error.text, "cannot write the temporary index"));
    assert_non_null(strstr(error.text, "TMPDIR"));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    scratch_close(f);
    char *folder = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
    setenv("TMPDIR", "/nowhere/at/all", 1);
    f = scratch_new();
    assert_int_equal(pieces_put(f, 500000), FLONG_OK); /* needs no file yet */
    scratch_close(f);
    f = scratch_new();
    assert_int_equal(pieces_put(f, 5000000), FLONG_IO);
    assert_non_null(strstr(error.text, "/nowhere/at/all: cannot make a file of the temporary index"));
    scratch_close(f);
    if (folder)
        setenv("TMPDIR", folder, 1);
    else
        unsetenv("TMPDIR");
    free(folder);
}

/* A change in which an allocation fails, whichever it is, is taken back as a whole. */
static void lack_of_memory_changes_nothing(void **state) {
    (void)state;
    packed_body body = {.text = "text", .n_text = 4, .size = 4, .dropped = "d", .n_dropped = 1};
    article_row first = {.record = {.id = {"a", 1}}},
                second = {.no = 5000, .text_no = 5000, .record.id = {"b", 1}};
    pair_row pair = {.a = 0, .b = 5000, .score = {.relation = FLONG_RELATION_REPRINT}, .terms = {"t", 1}};
    for (long n = 0;; n++) {
        bulk *k = bulk_new();
        assert_non_null(k);
        bulk_begin(k);
        assert_ok(bulk_article_add(k, &first, &error), &error);
        assert_ok(bulk_settle(k, &error), &error);
        bulk_commit(k);
        bulk_begin(k);
        bulk_undo_record(k);
        mem_fail_after(n);
        flong_status status = bulk_body_add(k, 5000, &body, &error);
        if (status == FLONG_OK) status = bulk_article_add(k, &second, &error);
        if (status == FLONG_OK) status = bulk_sketch_add(k, &(sketch_row){5000, 1, "s", 1}, &error);
        if (status == FLONG_OK) status = bulk_pair_add(k, &pair, &error);
        if (status == FLONG_OK) status = bulk_pair_similarity_set(k, &pair, &error);
        if (status == FLONG_OK) status = bulk_article_place(k, 0, 0, &error);
        if (status == FLONG_OK) status = bulk_settle(k, &error);
        mem_fail_after(-1);
        if (status != FLONG_OK) assert_int_equal(status, FLONG_NOMEM);
        bulk_undo_pause(k);
        bulk_rollback(k);
        store_counts counts;
        assert_ok(bulk_count(k, &counts, &error), &error);
        assert_int_equal(counts.articles, 1);
        assert_int_equal(counts.pairs, 0);
        bulk_free(k);
        if (status == FLONG_OK) break;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_kinds_tell_the_same),
        cmocka_unit_test(slots_are_used_again),
        cmocka_unit_test(bytes_come_back),
        cmocka_unit_test(full_disks_are_told),
        cmocka_unit_test(lack_of_memory_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
