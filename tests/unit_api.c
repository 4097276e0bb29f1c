/* The public interface: comparing, sketching, and the life of an index in one process. */
#include "support.h"

#include <inttypes.h>
#include <math.h>
#include <unistd.h>

static flong_error error;

/* ---- comparing ----------------------------------------------------------------------------- */

static flong_score compare(const char *title_a, const char *a, const char *title_b, const char *b) {
    const flong_record x = {.title = str_of(title_a), .text = str_of(a)},
                       y = {.title = str_of(title_b), .text = str_of(b)};
    flong_score score;
    assert_ok(flong_compare(&score, &x, &y, NULL, &error), &error);
    return score;
}

static void two_texts_are_compared(void **state) {
    (void)state;
    text a = {0}, b = {0}, c = {0};
    text_sentences(&a, 1, 12);
    text_sentences(&b, 1, 9); /* cut from the end */
    text_sentences(&c, 99, 12);
    text_sentences(&c, 1, 4);
    flong_score s = compare("x", a.p, "y", a.p);
    assert_int_equal(s.relation, FLONG_RELATION_IDENTICAL);
    assert_true(s.jaccard == 1 && s.a_in_b == 1 && s.b_in_a == 1);
    s = compare("", a.p, "", b.p);
    assert_int_equal(s.relation, FLONG_RELATION_REPRINT);
    assert_true(s.b_in_a == 1 && s.a_in_b < 1 && fabs(s.jaccard - s.a_in_b) < 1e-12);
    s = compare("", a.p, "", c.p);
    assert_int_equal(s.relation, FLONG_RELATION_EXCERPT);
    assert_true(s.longest_run >= 25);
    text_free(&c);
    text_sentences(&c, 99, 12);
    s = compare("the same headline of nine words for both articles", a.p,
                "The same headline of nine words for both articles", c.p);
    assert_int_equal(s.relation, FLONG_RELATION_NONE);
    text_free(&a), text_free(&b), text_free(&c);
}

static void short_and_empty_texts_are_compared(void **state) {
    (void)state;
    flong_score s = compare("", "", "", "");
    assert_int_equal(s.relation, FLONG_RELATION_NONE); /* flong.h: all 0 when both are empty */
    assert_true(s.jaccard == 0 && s.a_in_b == 0 && s.b_in_a == 0);
    s = compare("", "", "", "one two three");
    assert_int_equal(s.relation, FLONG_RELATION_NONE);
    s = compare("", "one two three", "", "One, two: three!");
    assert_int_equal(s.relation, FLONG_RELATION_IDENTICAL);
    s = compare("", "one two three four five six seven", "", "one two three four five six seven eight");
    assert_int_equal(s.relation, FLONG_RELATION_NONE);
}

static void parameters_have_ranges(void **state) {
    (void)state;
    const flong_record x = {.text = str_of("a")};
    flong_score score = {.jaccard = 7};
    flong_params params;
#define ASSERT_RANGE(type, name, def, min, max, meaning)                                                     \
    flong_params_default(&params);                                                                           \
    assert_true(params.name == (type)(def));                                                                 \
    params.name = (type)(max) + (type)1;                                                                     \
    assert_status(flong_compare(&score, &x, &x, &params, &error), FLONG_ARG, &error);                        \
    assert_non_null(strstr(error.text, #name));                                                              \
    params.name = (type)(min) - (type)1;                                                                     \
    assert_status(flong_compare(&score, &x, &x, &params, &error), FLONG_ARG, &error);                        \
    assert_int_equal(flong_compare(&score, &x, &x, &params, NULL), FLONG_ARG);
    FLONG_PARAMS_MAP(ASSERT_RANGE)
    flong_params_default(&params);
    params.reprint_jaccard = (double)NAN;
    assert_status(flong_compare(&score, &x, &x, &params, &error), FLONG_ARG, &error);
    flong_params_default(&params);
    params.slots = params.band_rows = 16;
    assert_int_equal(flong_compare(&score, &x, &x, &params, NULL), FLONG_OK);
    score.jaccard = 7;
    params.size = 0;
    assert_status(flong_compare(&score, &x, &x, &params, &error), FLONG_ARG, &error);
    assert_true(score.jaccard == 7); /* outputs of a call that fails are unchanged */
}

/* A caller that was built with an older, shorter struct gives what it knows; the rest are defaults. */
static void older_structs_are_taken(void **state) {
    (void)state;
    struct {
        size_t size;
        uint32_t shingle;
        uint32_t after[40];
    } old;
    memset(&old, 0xFF, sizeof old);
    old.size = offsetof(flong_params, slots);
    old.shingle = 7;
    flong_index *index = NULL;
    assert_ok(
        flong_index_open(&index, NULL, FLONG_OPEN_WRITE, (const flong_params *)(const void *)&old, &error),
        &error);
    flong_info info = info_of(index);
    assert_int_equal(info.params.shingle, 7);
    assert_int_equal(info.params.slots, 128);
    records all = {0};
    records_archive(&all, 1, 0, 5, false);
    record_source source = {.all = &all, .end = all.n};
    flong_add_options options;
    memset(&options, 0xFF, sizeof options);
    options.size = offsetof(flong_add_options, progress);
    options.threads = 1;
    assert_ok(flong_index_add(index, record_source_next, &source, &options, &error), &error);
    flong_index_close(index);
    records_free(&all);
}

static void names_and_versions(void **state) {
    (void)state;
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", FLONG_VERSION_MAJOR, FLONG_VERSION_MINOR,
             FLONG_VERSION_PATCH);
    assert_string_equal(flong_version(), version);
    assert_non_null(strstr(flong_library_versions(), "SQLite 3."));
    assert_string_equal(flong_relation_name(FLONG_RELATION_REPRINT), "reprint");
    assert_non_null(flong_relation_name((flong_relation)99));
    assert_string_equal(flong_status_text(FLONG_OK), "success");
    assert_non_null(flong_status_text((flong_status)99));
    flong_index_close(NULL);
    flong_sketcher_free(NULL);
    flong_input_close(NULL);
}

/* ---- sketching ----------------------------------------------------------------------------- */

static void a_sketcher_is_used_again(void **state) {
    (void)state;
    flong_sketcher *sketcher;
    flong_sketch sketch, first;
    uint32_t signature[128];
    text a = {0}, b = {0};
    text_sentences(&a, 1, 10);
    text_sentences(&b, 2, 200);
    const flong_record x = {.title = str_of("a title"), .text = text_str(&a)}, y = {.text = text_str(&b)},
                       none = {0};
    assert_ok(flong_sketcher_new(&sketcher, NULL, &error), &error);
    assert_ok(flong_sketch_record(sketcher, &first, &x, &error), &error);
    assert_int_equal(first.n_bands, 32);
    memcpy(signature, first.signature, sizeof signature);
    assert_ok(flong_sketch_record(sketcher, &sketch, &y, &error), &error);
    assert_true(flong_signature_jaccard(signature, sketch.signature, 128) < .1);
    assert_ok(flong_sketch_record(sketcher, &sketch, &none, &error), &error);
    assert_int_equal(sketch.n_shingles + sketch.n_bands + sketch.n_passages + sketch.n_tokens, 0);
    assert_null(sketch.signature);
    assert_ok(flong_sketch_record(sketcher, &sketch, &x, &error), &error);
    assert_memory_equal(sketch.signature, signature, sizeof signature);
    assert_true(flong_signature_jaccard(signature, signature, 128) == 1);
    flong_sketcher_free(sketcher);
    text_free(&a), text_free(&b);
}

/* ---- adding -------------------------------------------------------------------------------- */

/* The same articles give the same, in one call or in many, with the handle kept or opened anew. */
static void the_split_of_the_input_does_not_matter(void **state) {
    (void)state;
    enum { N = 9000 };
    static const size_t splits[][8] = {
        {4096, 8192, N}, {1, 2, 4095, 4096, 4097, 8193, N}, {3000, 6000, N}, {100, 5000, 8999, N}};
    records all = {0};
    text whole = {0};
    records_archive(&all, 21, 0, N, true);
    index_print_whole(&whole, &all, 0);
    for (size_t i = 0; i < rounds(sizeof splits / sizeof *splits); i++) {
        const char *path = index_file("split");
        flong_index *index = i % 2 ? NULL : index_open(path, FLONG_OPEN_WRITE);
        text parts = {0};
        for (size_t k = 0, at = 0; at < N; at = splits[i][k++]) {
            if (i % 2) index = index_open(path, FLONG_OPEN_WRITE);
            index_add(index, &all, at, splits[i][k], 0);
            if (k % 3 == 1) assert_whole(index);
            if (i % 2) flong_index_close(index);
        }
        if (i % 2) index = index_open(path, FLONG_OPEN_READ);
        index_print(&parts, index);
        assert_same_text(&whole, &parts);
        assert_whole(index);
        flong_index_close(index);
        text_free(&parts);
    }
    text_free(&whole);
    records_free(&all);
}

static void a_temporary_index_takes_many_calls(void **state) {
    (void)state;
    records all = {0};
    text whole = {0}, parts = {0};
    records_archive(&all, 22, 0, 400, true);
    index_print_whole(&whole, &all, 1);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    for (size_t at = 0; at < all.n; at += 100) index_add(index, &all, at, at + 100, 1);
    index_print(&parts, index);
    assert_same_text(&whole, &parts);
    assert_whole(index);
    flong_index_close(index);
    text_free(&whole), text_free(&parts);
    records_free(&all);
}

static void adding_nothing_changes_nothing(void **state) {
    (void)state;
    records all = {0};
    text before = {0}, after = {0};
    records_archive(&all, 23, 0, 50, false);
    flong_index *index = index_open(index_file("nothing"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, 0, 1);
    assert_int_equal(info_of(index).articles, 0);
    index_add(index, &all, 0, 50, 1);
    index_print(&before, index);
    index_add(index, &all, 0, 0, 1);
    index_print(&after, index);
    assert_same_text(&before, &after);
    assert_whole(index);
    flong_index_close(index);
    text_free(&before), text_free(&after);
    records_free(&all);
}

/* A stop or a failing source leaves a prefix of the input, and a handle that works. */
typedef struct stopping {
    unsigned calls, stop_at;
    flong_progress last;
} stopping;

static int stop_later(void *context, const flong_progress *progress) {
    stopping *s = context;
    s->last = *progress;
    return ++s->calls == s->stop_at;
}

static void assert_prefix_goes_on(flong_index *index, const records *all, const text *whole) {
    text is = {0};
    uint64_t n = info_of(index).articles;
    assert_whole(index);
    index_add(index, all, (size_t)n, all->n, 1);
    index_print(&is, index);
    assert_same_text(whole, &is);
    assert_whole(index);
    text_free(&is);
}

static void stopped_and_failed_calls_leave_a_prefix(void **state) {
    (void)state;
    enum { N = 5000 };
    records all = {0};
    text whole = {0};
    records_archive(&all, 24, 0, N, false);
    index_print_whole(&whole, &all, 0);
    for (unsigned i = 0; i < 4; i++) {
        flong_index *index = index_open(i % 2 ? NULL : index_file("prefix"), FLONG_OPEN_WRITE);
        stopping s = {.stop_at = i < 2};
        record_source source = {.all = &all, .end = N, .fail_at = i < 2 ? 0 : 4500};
        const flong_add_options options = {
            .size = sizeof options, .progress = stop_later, .progress_context = &s};
        index_add(index, &all, 0, 300, 1);
        source.at = 300;
        flong_status wanted = i < 2 ? FLONG_STOPPED : FLONG_INPUT;
        assert_status(flong_index_add(index, record_source_next, &source, &options, &error), wanted, &error);
        assert_int_equal(info_of(index).articles, 4096);
        assert_int_equal(s.last.articles, 4096 - 300); /* of this call */
        assert_int_equal(info_of(index).text_groups, s.last.groups);
        assert_prefix_goes_on(index, &all, &whole);
        flong_index_close(index);
    }
    text_free(&whole);
    records_free(&all);
}

/* A source that fails at once takes back nothing of the open batch. */
static int source_fails(void *context, flong_record *out, flong_error *e) {
    (void)out;
    if (e) e->status = *(flong_status *)context, snprintf(e->text, sizeof e->text, "told to fail");
    return -1;
}

static void a_failing_source_leaves_the_open_batch(void **state) {
    (void)state;
    static const flong_status failures[] = {FLONG_INPUT, FLONG_STOPPED};
    records all = {0};
    text whole = {0};
    records_archive(&all, 25, 0, 300, false);
    index_print_whole(&whole, &all, 1);
    for (size_t i = 0; i < 2; i++) {
        flong_index *index = index_open(index_file("fails"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, 200, 1);
        flong_status failure = failures[i];
        assert_status(flong_index_add(index, source_fails, &failure, NULL, &error), failure, &error);
        assert_int_equal(info_of(index).articles, 200);
        assert_int_not_equal(info_of(index).keys, 0);
        assert_prefix_goes_on(index, &all, &whole);
        flong_index_close(index);
    }
    text_free(&whole);
    records_free(&all);
}

static void the_progress_of_a_call_is_its_own(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 26, 0, 200, false);
    flong_index *index = index_open(index_file("progress"), FLONG_OPEN_WRITE);
    stopping s = {0};
    const flong_add_options options = {
        .size = sizeof options, .threads = 1, .progress = stop_later, .progress_context = &s};
    uint64_t pairs = 0;
    for (size_t at = 0; at < 200; at += 50) {
        record_source source = {.all = &all, .at = at, .end = at + 50};
        assert_ok(flong_index_add(index, record_source_next, &source, &options, &error), &error);
        assert_int_equal(s.last.articles, 50);
        pairs += s.last.pairs;
    }
    flong_info info = info_of(index);
    assert_int_equal(info.pairs, pairs);
    assert_int_equal(info.text_groups, s.last.groups);
    flong_index_close(index);
    records_free(&all);
}

static void a_read_only_handle_changes_nothing(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 27, 0, 20, false);
    const char *path = index_file("readonly");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, 20, 1);
    flong_index_close(index);
    index = index_open(path, FLONG_OPEN_READ);
    record_source source = {.all = &all, .end = 20};
    size_t removed = 7;
    assert_status(flong_index_add(index, record_source_next, &source, NULL, &error), FLONG_ARG, &error);
    assert_status(flong_index_remove(index, &removed, &all.list[0].id, 1, &error), FLONG_ARG, &error);
    assert_int_equal(removed, 7);
    assert_int_equal(info_of(index).articles, 20);
    assert_whole(index);
    flong_index_close(index);
    records_free(&all);
}

/* ---- updates ------------------------------------------------------------------------------- */

/* Adds so many articles that what was added before stands in a closed batch. */
static void close_batch(flong_index *index, records *filling) {
    if (filling->n == 0) {
        text body = {0};
        for (size_t i = 0; i < 4200; i++) {
            char id[32];
            snprintf(id, sizeof id, "filling%zu", i);
            body.n = 0;
            text_sentences(&body, 900000 + 50 * i, 2);
            records_add(filling, id, "", "", body.p, FLONG_NO_DATE);
        }
        text_free(&body);
    }
    index_add(index, filling, 0, filling->n, 0);
}

/* However the new version of an article comes, the index is as if the old one had never been: but for the
 * furniture that it taught, so the records here have no site, and for how rare terms are. */
static void a_new_version_replaces_the_old_one(void **state) {
    (void)state;
    enum { N = 120, OLD = 3, LIKE = 10 };
    records all = {0}, rest = {0}, filling = {0};
    records_archive(&all, 31, 0, N, false);
    for (size_t i = 0; i < N; i++) all.list[i].site.n = all.list[i].url.n = 0;
    flong_record version = all.list[LIKE];
    version.id = all.list[OLD].id;
    records_copy(&all, &version);
    for (size_t i = 0; i <= N; i++)
        if (i != OLD) records_copy(&rest, &all.list[i]);
    for (int closed = 0; closed < 2; closed++) {
        text is = {0}, should = {0};
        flong_index *index = index_open(index_file("should"), FLONG_OPEN_WRITE);
        index_add(index, &rest, 0, N - 1, 1);
        if (closed) close_batch(index, &filling);
        index_add(index, &rest, N - 1, N, 1);
        index_print_texts(&should, index);
        flong_index_close(index);
        for (size_t calls = 1; calls <= 3; calls++) {
            index = index_open(index_file("update"), FLONG_OPEN_WRITE);
            for (size_t c = 1; c < calls; c++)
                index_add(index, &all, N * (c - 1) / (calls - 1), N * c / (calls - 1), 1);
            if (closed && calls == 1) index_add(index, &all, 0, N, 1);
            if (closed) close_batch(index, &filling);
            index_add(index, &all, closed || calls > 1 ? N : 0, N + 1, 1);
            is.n = 0;
            index_print_texts(&is, index);
            assert_same_text(&should, &is);
            assert_whole(index);
            assert_int_equal(info_of(index).removed, closed);
            flong_index_close(index);
        }
        text_free(&is), text_free(&should);
    }
    records_free(&all), records_free(&rest), records_free(&filling);
}

/* ---- removing ------------------------------------------------------------------------------ */

static size_t remove_ids(flong_index *index, const char *const *ids, size_t n) {
    flong_str strings[16];
    size_t removed = 999;
    for (size_t i = 0; i < n; i++) strings[i] = str_of(ids[i]);
    assert_ok(flong_index_remove(index, &removed, strings, n, &error), &error);
    return removed;
}

/* Two halves of a text, and the whole of it, which holds them together. */
static void bridge_add(flong_index *index) {
    records all = {0};
    text first = {0}, second = {0}, both = {0};
    text_sentences(&first, 1, 12);
    text_sentences(&second, 2, 12);
    text_add(&both, first.p, first.n);
    text_add(&both, second.p, second.n);
    records_add(&all, "first", "", "", first.p, 100);
    records_add(&all, "both", "", "", both.p, 200);
    records_add(&all, "second", "", "", second.p, 300);
    records_add(&all, "copy", "", "", second.p, 400);
    index_add(index, &all, 0, all.n, 1);
    text_free(&first), text_free(&second), text_free(&both);
    records_free(&all);
}

static void a_group_splits_where_its_bridge_goes(void **state) {
    (void)state;
    records filling = {0};
    for (int closed = 0; closed < 2; closed++) {
        char text_id[64];
        const char *const bridge[] = {"both", "unknown"};
        flong_index *index = index_open(index_file("bridge"), FLONG_OPEN_WRITE);
        bridge_add(index);
        if (closed) close_batch(index, &filling);
        index_text_id(text_id, index, "copy");
        assert_string_equal(text_id, "first");
        assert_int_equal(remove_ids(index, bridge, 2), 1);
        assert_whole(index);
        index_text_id(text_id, index, "both");
        assert_string_equal(text_id, "");
        index_text_id(text_id, index, "first");
        assert_string_equal(text_id, "first");
        index_text_id(text_id, index, "copy");
        assert_string_equal(text_id, "second");
        assert_int_equal(remove_ids(index, bridge, 2), 0);
        flong_index_close(index);
    }
    records_free(&filling);
}

static void any_member_can_go(void **state) {
    (void)state;
    static const char *const members[] = {"first", "both", "second", "copy"};
    records filling = {0};
    for (unsigned which = 1; which < 16; which++) {
        const char *ids[5];
        size_t n = 0;
        for (unsigned i = 0; i < 4; i++)
            if (which >> i & 1) ids[n++] = members[i];
        ids[n] = ids[0]; /* named twice, counted once */
        flong_index *index = index_open(index_file("member"), FLONG_OPEN_WRITE);
        bridge_add(index);
        if (which % 5 == 0) close_batch(index, &filling);
        uint64_t before = info_of(index).articles;
        assert_int_equal(remove_ids(index, ids, n + 1), n);
        assert_whole(index);
        assert_int_equal(info_of(index).articles, before - n);
        text is = {0};
        index_print(&is, index);
        for (size_t i = 0; i < n; i++) assert_null(is.p ? strstr(is.p, ids[i]) : NULL);
        text_free(&is);
        bridge_add(index); /* and come back */
        assert_whole(index);
        assert_int_equal(info_of(index).articles, before);
        flong_index_close(index);
    }
    records_free(&filling);
}

/* Of the open batch an article goes as if it had never come. */
static void removing_from_the_open_batch_leaves_no_trace(void **state) {
    (void)state;
    records all = {0}, rest = {0};
    text is = {0}, should = {0};
    records_archive(&all, 41, 0, 300, false);
    flong_index *index = index_open(index_file("open"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, 150, 1);
    index_add(index, &all, 150, 300, 1);
    for (size_t i = 0; i < all.n; i++) {
        if (i % 10) records_copy(&rest, &all.list[i]);
        if (i % 10 == 0) assert_ok(flong_index_remove(index, NULL, &all.list[i].id, 1, &error), &error);
    }
    index_print(&is, index);
    index_print_whole(&should, &rest, 1);
    assert_same_text(&should, &is);
    assert_whole(index);
    flong_index_close(index);
    text_free(&is), text_free(&should);
    records_free(&all), records_free(&rest);
}

static void an_id_in_closed_and_open_batch_counts_once(void **state) {
    (void)state;
    records filling = {0};
    flong_index *index = index_open(index_file("both"), FLONG_OPEN_WRITE);
    bridge_add(index);
    close_batch(index, &filling);
    bridge_add(index); /* the same ids again, in the open batch */
    uint64_t before = info_of(index).articles;
    const char *const ids[] = {"first"};
    assert_int_equal(remove_ids(index, ids, 1), 1);
    assert_int_equal(info_of(index).articles, before - 1);
    assert_whole(index);
    flong_index_close(index);
    records_free(&filling);
}

/* ---- matching ------------------------------------------------------------------------------ */

static int line_compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The lines of a text, sorted. */
static void lines_sort(text *t) {
    char *lines[2000];
    size_t n = 0;
    text sorted = {0};
    for (char *at = t->n ? strtok(t->p, "\n") : NULL; at && n < 2000; at = strtok(NULL, "\n"))
        lines[n++] = at;
    qsort(lines, n, sizeof *lines, line_compare);
    for (size_t i = 0; i < n; i++) text_print(&sorted, "%s\n", lines[i]);
    text_free(t);
    *t = sorted;
}

typedef struct matching {
    text lines;
    flong_str id;
    flong_score before;
    bool unsorted;
} matching;

static void score_print(text *out, flong_str other, const flong_score *s) {
    text_print(out, "%.*s %s %.12g %.12g %.12g %" PRIu32 "\n", (int)other.n, other.p,
               flong_relation_name(s->relation), s->jaccard, s->a_in_b, s->b_in_a, s->longest_run);
}

static int match_take(void *context, const flong_match *match) {
    matching *m = context;
    const flong_score *s = &match->score, *b = &m->before;
    if (m->lines.n > 0)
        m->unsorted = m->unsorted || s->relation < b->relation ||
                      (s->relation == b->relation && s->jaccard > b->jaccard);
    m->before = *s;
    score_print(&m->lines, match->record.id, s);
    return 0;
}

static int pair_take(void *context, const flong_pair *pair) {
    matching *m = context;
    bool is_a = pair->a.n == m->id.n && memcmp(pair->a.p, m->id.p, m->id.n) == 0;
    bool is_b = pair->b.n == m->id.n && memcmp(pair->b.p, m->id.p, m->id.n) == 0;
    flong_score s = pair->score;
    if (is_b) s.a_in_b = pair->score.b_in_a, s.b_in_a = pair->score.a_in_b;
    if (is_a || is_b) score_print(&m->lines, is_a ? pair->b : pair->a, &s);
    return 0;
}

/* What an article matches before it is added is what it is paired with when it is, and what it matches then. */
static void a_match_is_what_adding_would_pair(void **state) {
    (void)state;
    enum { KNOWN = 300, NEW = 50 };
    records all = {0};
    records_archive(&all, 51, 0, KNOWN + NEW, false);
    flong_index *index = index_open(index_file("match"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, KNOWN, 0);
    size_t n_matched = 0;
    for (size_t i = KNOWN; i < KNOWN + rounds(NEW); i++) {
        matching before = {0}, pairs = {.id = all.list[i].id}, after = {0};
        assert_ok(flong_index_match(index, &all.list[i], match_take, &before, &error), &error);
        assert_false(before.unsorted);
        index_add(index, &all, i, i + 1, 1);
        assert_ok(flong_index_pairs(index, pair_take, &pairs, &error), &error);
        assert_ok(flong_index_match(index, &all.list[i], match_take, &after, &error), &error);
        lines_sort(&before.lines), lines_sort(&pairs.lines), lines_sort(&after.lines);
        assert_same_text(&pairs.lines, &before.lines);
        assert_same_text(&pairs.lines, &after.lines);
        n_matched += before.lines.n > 0;
        text_free(&before.lines), text_free(&pairs.lines), text_free(&after.lines);
    }
    assert_true(n_matched > 0);
    flong_index_close(index);
    records_free(&all);
}

static int stop_at_once(void *context, const flong_match *match) {
    (void)match;
    ++*(int *)context;
    return 1;
}

static void a_match_can_be_stopped(void **state) {
    (void)state;
    int calls = 0;
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    bridge_add(index);
    text both = {0};
    text_sentences(&both, 1, 12);
    text_sentences(&both, 2, 12);
    const flong_record query = {.id = str_of("query"), .text = text_str(&both)},
                       none = {.id = str_of("none")};
    assert_status(flong_index_match(index, &query, stop_at_once, &calls, &error), FLONG_STOPPED, &error);
    assert_int_equal(calls, 1);
    assert_ok(flong_index_match(index, &none, stop_at_once, &calls, &error), &error);
    assert_int_equal(calls, 1);
    text_free(&both);
    flong_index_close(index);
}

/* ---- what to keep, reports ----------------------------------------------------------------- */

static int keep_take(void *context, uint64_t number, uint64_t kept) {
    text_print(context, "%" PRIu64 ">%" PRIu64 " ", number, kept);
    return 0;
}

static void one_of_each_group_is_kept(void **state) {
    (void)state;
    static const char *const wanted[] = {
        [FLONG_KEEP_EARLIEST] = "0>3 1>3 2>3 3>3 4>4 5>5 ",
        [FLONG_KEEP_LONGEST] = "0>2 1>2 2>2 3>2 4>4 5>5 ",
        [FLONG_KEEP_FIRST] = "0>0 1>0 2>0 3>0 4>4 5>5 ",
    };
    records all = {0};
    text a = {0}, longer = {0};
    text_sentences(&a, 1, 12);
    text_add(&longer, a.p, a.n);
    text_sentence(&longer, 5000, 0);
    records_add(&all, "undated", "", "", a.p, FLONG_NO_DATE);
    records_add(&all, "late", "", "", a.p, 900);
    records_add(&all, "longest", "", "", longer.p, 500);
    records_add(&all, "early", "", "", a.p, 100);
    records_add(&all, "empty", "", "", "", 50);
    records_add(&all, "empty too", "", "", "", 50);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 1);
    for (int rule = FLONG_KEEP_EARLIEST; rule <= FLONG_KEEP_FIRST; rule++) {
        text is = {0};
        assert_ok(flong_index_keep(index, (flong_keep)rule, keep_take, &is, &error), &error);
        assert_string_equal(is.p, wanted[rule]);
        text_free(&is);
    }
    flong_index_close(index);
    text_free(&a), text_free(&longer);
    records_free(&all);
}

static int bytes_take(void *context, const char *bytes, size_t n) {
    text_add(context, bytes, n);
    return 0;
}

static int bytes_refuse(void *context, const char *bytes, size_t n) {
    (void)context, (void)bytes, (void)n;
    return 1;
}

static void reports_are_lines_and_can_be_stopped(void **state) {
    (void)state;
    records all = {0};
    text articles = {0}, pairs = {0}, matches = {0}, why = {0};
    uint64_t n = 99;
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    bridge_add(index);
    const flong_record odd = {
        .id = str_of("odd \"id\"\n\\"), .title = str_of("\x01\x7F"), .text = str_of("x")};
    records_copy(&all, &odd);
    index_add(index, &all, 0, 1, 1);
    assert_ok(flong_report_articles(index, bytes_take, &articles, &error), &error);
    assert_ok(flong_report_pairs(index, bytes_take, &pairs, &error), &error);
    assert_non_null(strstr(articles.p, "\"id\": \"odd \\\"id\\\"\\n\\\\\""));
    assert_non_null(strstr(articles.p, "\"title\": \"\\u0001\x7F\""));
    size_t lines = 0;
    for (size_t i = 0; i < articles.n; i++) lines += articles.p[i] == '\n';
    assert_int_equal(lines, 5);
    const flong_record query = {.id = str_of("q"), .text = str_of("nothing like it")};
    assert_ok(flong_report_match(index, &n, &query, 1, bytes_take, &matches, &error), &error);
    assert_int_equal(n, 0);
    assert_string_equal(matches.p, "{\"id\": \"q\", \"match\": null}\n");
    assert_ok(flong_report_explain(index, str_of("first"), str_of("both"), bytes_take, &why, &error), &error);
    assert_true(why.n > 100);
    assert_status(flong_report_explain(index, str_of("first"), str_of("?"), bytes_take, &why, &error),
                  FLONG_NOT_FOUND, &error);
    assert_status(flong_report_articles(index, bytes_refuse, NULL, &error), FLONG_STOPPED, &error);
    assert_status(flong_report_pairs(index, bytes_refuse, NULL, &error), FLONG_STOPPED, &error);
    assert_status(flong_report_match(index, &n, &query, 1, bytes_refuse, NULL, &error), FLONG_STOPPED,
                  &error);
    assert_status(flong_report_explain(index, str_of("first"), str_of("both"), bytes_refuse, NULL, &error),
                  FLONG_STOPPED, &error);
    flong_index_close(index);
    text_free(&articles), text_free(&pairs), text_free(&matches), text_free(&why);
    records_free(&all);
}

/* A record without a site is of the site of its url (flong.h, flong_record). */
static void the_site_is_taken_from_the_url(void **state) {
    (void)state;
    records all = {0};
    text is = {0};
    const flong_record record = {
        .id = str_of("a"), .url = str_of("https://www.Example.org/x"), .text = str_of("words")};
    records_copy(&all, &record);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, 1, 1);
    index_print(&is, index);
    assert_non_null(strstr(is.p, "on example.org:"));
    flong_index_close(index);
    text_free(&is);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_texts_are_compared),
        cmocka_unit_test(short_and_empty_texts_are_compared),
        cmocka_unit_test(parameters_have_ranges),
        cmocka_unit_test(older_structs_are_taken),
        cmocka_unit_test(names_and_versions),
        cmocka_unit_test(a_sketcher_is_used_again),
        cmocka_unit_test(the_split_of_the_input_does_not_matter),
        cmocka_unit_test(a_temporary_index_takes_many_calls),
        cmocka_unit_test(adding_nothing_changes_nothing),
        cmocka_unit_test(stopped_and_failed_calls_leave_a_prefix),
        cmocka_unit_test(a_failing_source_leaves_the_open_batch),
        cmocka_unit_test(the_progress_of_a_call_is_its_own),
        cmocka_unit_test(a_read_only_handle_changes_nothing),
        cmocka_unit_test(a_new_version_replaces_the_old_one),
        cmocka_unit_test(a_group_splits_where_its_bridge_goes),
        cmocka_unit_test(any_member_can_go),
        cmocka_unit_test(removing_from_the_open_batch_leaves_no_trace),
        cmocka_unit_test(an_id_in_closed_and_open_batch_counts_once),
        cmocka_unit_test(a_match_is_what_adding_would_pair),
        cmocka_unit_test(a_match_can_be_stopped),
        cmocka_unit_test(one_of_each_group_is_kept),
        cmocka_unit_test(reports_are_lines_and_can_be_stopped),
        cmocka_unit_test(the_site_is_taken_from_the_url),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
