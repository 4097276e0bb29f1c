/* What goes wrong in earnest: a kill at any instant, no memory. The index stays whole and goes on. */
#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

static flong_error error;

static void files_remove(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char side[300];
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
}

static uint64_t articles_of(flong_index *index) {
    flong_info info;
    assert_ok(flong_index_info(index, &info, &error), &error);
    return info.articles;
}

static uint64_t stories_of(flong_index *index) {
    flong_info info;
    assert_ok(flong_index_info(index, &info, &error), &error);
    return info.stories;
}

/* ---- killed -------------------------------------------------------------------------------- */

/* Adds everything in calls of random length; for a child process, which never returns. */
static void add_until_killed(const char *path, const records *all, uint64_t seed) {
    rng r = {seed};
    flong_index *index = NULL;
    if (flong_index_open(&index, path, FLONG_OPEN_WRITE, NULL, NULL) != FLONG_OK) _exit(1);
    for (size_t at = 0; at < all->n;) {
        record_source source = {.all = all, .at = at, .end = at + 1 + rng_below(&r, 2500)};
        if (source.end > all->n) source.end = all->n;
        at = source.end;
        if (flong_index_add(index, record_source_next, &source, NULL, NULL) != FLONG_OK) _exit(1);
    }
    flong_index_close(index);
    _exit(0);
}

static void a_killed_writer_leaves_a_prefix(void **state) {
    (void)state;
    enum { N = 6000 };
    records all = {0};
    text whole = {0};
    rng r = {101};
    unsigned killed = 0;
    records_archive(&all, 61, 0, N / 2, false);
    records_news(&all, 61, N / 2);
    index_print_whole(&whole, &all, 0);
    for (size_t round = 0; round < rounds(10); round++) {
        const char *path = folder_file("killed");
        files_remove(path);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) add_until_killed(path, &all, round);
        usleep((useconds_t)rng_below(&r, 1200000));
        kill(child, SIGKILL);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        killed += WIFSIGNALED(status);
        flong_index *index = index_open(path, FLONG_OPEN_WRITE);
        assert_ok(flong_index_check(index, &error), &error);
        uint64_t n = articles_of(index);
        index_add(index, &all, (size_t)n, N, 0);
        text is = {0};
        index_print(&is, index);
        assert_same_text(&whole, &is);
        assert_ok(flong_index_check(index, &error), &error);
        flong_index_close(index);
        text_free(&is);
    }
    assert_true(killed > 0);
    text_free(&whole);
    records_free(&all);
}

/* ---- no memory ----------------------------------------------------------------------------- */

/* Every allocation of the library fails from the n-th on, for n as far as anything fails. Calls `step` after
 * each; returns how many failed. */
typedef flong_status (*call_fn)(void *context);

static size_t fail_everywhere(call_fn call, void *context) {
    size_t failed = 0;
    for (long n = 0;; n += 1 + n / 40) {
        error = (flong_error){0};
        mem_fail_after(n);
        flong_status status = call(context);
        mem_fail_after(-1);
        if (status == FLONG_OK) return failed;
        if (status != FLONG_NOMEM || error.status != status)
            fail_msg("allocation %ld: status %d, error %d: %s", n, (int)status, (int)error.status,
                     error.text);
        failed++;
    }
}

typedef struct two_records {
    flong_record a, b;
    flong_score score;
} two_records;

static flong_status call_compare(void *context) {
    two_records *two = context;
    return flong_compare(&two->score, &two->a, &two->b, NULL, &error);
}

static flong_status call_sketch(void *context) {
    two_records *two = context;
    flong_sketcher *sketcher;
    flong_sketch sketch;
    flong_status status = flong_sketcher_new(&sketcher, NULL, &error);
    if (status != FLONG_OK) return status;
    status = flong_sketch_record(sketcher, &sketch, &two->a, &error);
    flong_sketcher_free(sketcher);
    return status;
}

static void comparing_without_memory_fails_cleanly(void **state) {
    (void)state;
    text a = {0}, b = {0};
    text_sentences(&a, 1, 40);
    text_sentences(&b, 1, 60);
    for (unsigned i = 0; i < 10; i++) text_sentence_han(&b, i);
    two_records two = {{.text = text_str(&a)}, {.text = text_str(&b)}, {.jaccard = 7}};
    assert_true(fail_everywhere(call_compare, &two) > 5);
    assert_int_equal(two.score.relation, FLONG_RELATION_REPRINT);
    assert_true(fail_everywhere(call_sketch, &two) > 5);
    text_free(&a), text_free(&b);
}

typedef struct filling {
    const char *path;
    const records *all;
    flong_index *index;
} filling;

static flong_status call_open_and_add(void *context) {
    filling *f = context;
    files_remove(f->path);
    flong_status status = flong_index_open(&f->index, f->path, FLONG_OPEN_WRITE, NULL, &error);
    if (status != FLONG_OK) return status;
    record_source source = {.all = f->all, .end = f->all->n};
    const flong_add_options options = {.size = sizeof options, .threads = 1};
    status = flong_index_add(f->index, record_source_next, &source, &options, &error);
    if (status != FLONG_OK) flong_index_close(f->index);
    return status;
}

static flong_status call_add_the_rest(void *context) {
    filling *f = context;
    record_source source = {.all = f->all, .at = (size_t)articles_of(f->index), .end = f->all->n};
    const flong_add_options options = {.size = sizeof options, .threads = 1};
    return flong_index_add(f->index, record_source_next, &source, &options, &error);
}

static flong_status call_remove(void *context) {
    filling *f = context;
    flong_str ids[8];
    for (size_t i = 0; i < 8; i++) ids[i] = f->all->list[i * 17].id; /* some that stories begin with */
    return flong_index_remove(f->index, NULL, ids, 8, &error);
}

static int pass_over(void *context, const flong_match *match) {
    (void)context, (void)match;
    return 0;
}

static flong_status call_match(void *context) {
    filling *f = context;
    flong_record query = f->all->list[20], again = f->all->list[f->all->n - 1];
    query.id = again.id = str_of("query");
    flong_status status = flong_index_match(f->index, &query, pass_over, NULL, &error);
    return status == FLONG_OK ? flong_index_match(f->index, &again, pass_over, NULL, &error) : status;
}

static int bytes_pass(void *context, const char *bytes, size_t n) {
    (void)context, (void)bytes, (void)n;
    return 0;
}

static int keep_pass(void *context, uint64_t number, uint64_t kept) {
    (void)context, (void)number, (void)kept;
    return 0;
}

static int reading_pass(void *context, const flong_reading *reading) {
    (void)context, (void)reading;
    return 0;
}

static flong_status call_show(void *context) {
    filling *f = context;
    flong_record query = f->all->list[20];
    query.id = str_of("query");
    const flong_mark mark = {0, 3, FLONG_MARK_CREDIT};
    const flong_reading reading = {.record = query, .marks = &mark, .n_marks = 1};
    flong_status status = flong_index_texts(f->index, NULL, 0, reading_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_index_read(f->index, &query, reading_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_report_reading(&reading, bytes_pass, NULL, &error);
    return status;
}

static int site_pass(void *context, const flong_site *site) {
    (void)context, (void)site;
    return 0;
}

static flong_status call_report(void *context) {
    filling *f = context;
    const flong_record *all = f->all->list;
    flong_status status = flong_report_articles(f->index, bytes_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_report_pairs(f->index, bytes_pass, NULL, &error);
    if (status == FLONG_OK)
        status = flong_report_match(f->index, NULL, &all[20], 1, bytes_pass, NULL, &error);
    if (status == FLONG_OK)
        status = flong_report_explain(f->index, all[20].id, all[30].id, bytes_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_report_stories(f->index, NULL, bytes_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_index_sites(f->index, site_pass, NULL, &error);
    if (status == FLONG_OK) status = flong_index_keep(f->index, FLONG_LEVEL_REWRITE, keep_pass, NULL, &error);
    return status;
}

/* The handle is used on after every failure, and the file is whole. */
static flong_status add_and_check(void *context) {
    filling *f = context;
    flong_status status = call_add_the_rest(f);
    mem_fail_after(-1);
    flong_error kept = error;
    assert_ok(flong_index_check(f->index, &error), &error);
    error = kept;
    return status;
}

static void an_index_without_memory_fails_cleanly(void **state) {
    (void)state;
    records all = {0};
    text whole = {0}, is = {0};
    records_archive(&all, 62, 0, 90, true);
    records_news(&all, 63, 60);
    filling f = {.path = folder_file("memory"), .all = &all};
    assert_true(fail_everywhere(call_open_and_add, &f) > 50);
    index_print_whole(&whole, &all, 1);
    index_print(&is, f.index);
    assert_same_text(&whole, &is);
    flong_index_close(f.index);

    files_remove(f.path);
    f.index = index_open(f.path, FLONG_OPEN_WRITE);
    index_add(f.index, &all, 0, 40, 1);
    assert_true(fail_everywhere(add_and_check, &f) > 50);
    assert_true(stories_of(f.index) > 3);
    assert_true(fail_everywhere(call_match, &f) > 5);
    assert_true(fail_everywhere(call_report, &f) > 5);
    assert_true(fail_everywhere(call_show, &f) > 5);
    assert_true(fail_everywhere(call_remove, &f) > 20);
    assert_ok(flong_index_check(f.index, &error), &error);
    flong_index_close(f.index);
    text_free(&whole), text_free(&is);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_writer_leaves_a_prefix),
        cmocka_unit_test(comparing_without_memory_fails_cleanly),
        cmocka_unit_test(an_index_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
