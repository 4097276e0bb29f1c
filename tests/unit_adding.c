/* How articles come into an index: within how much memory, and in calls that go on where others stopped. */
#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "flow/budget.h"

static flong_error error;

/* ---- memory -------------------------------------------------------------------------------- */

static void a_budget_is_divided_whole(void **state) {
    (void)state;
    static const size_t given[] = {1, 7, 8, 1 << 20, ((size_t)1 << 30) + 5};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        budget b = budget_divide(given[i], false), temporary = budget_divide(given[i], true);
        size_t held = temporary.texts + temporary.sketches + temporary.pages + temporary.keys;
        assert_int_equal(b.texts + b.sketches + b.pages + b.keys, given[i]);
        assert_true(held <= given[i] && held >= given[i] / 8 * 7); /* the rest is for what grows */
    }
    budget usual = budget_divide(0, false);
    size_t whole = usual.texts + usual.sketches + usual.pages + usual.keys;
    assert_true(whole >= (size_t)256 << 20 && whole <= (size_t)2 << 30);
}

/* All batches but the last have to read again what a later one compares. */
static void little_memory_gives_the_same(void **state) {
    (void)state;
    records all = {0};
    text whole = {0}, tight = {0}, again = {0};
    records_archive(&all, 31, 0, 6000, true);
    records_news(&all, 31, 4000);
    index_print_whole(&whole, &all, 0);

    const flong_add_options options = {.size = sizeof options, .memory = 1};
    flong_index *index = index_open(index_file("tight"), FLONG_OPEN_WRITE);
    record_source source = {.all = &all, .end = all.n};
    assert_ok(flong_index_add(index, record_source_next, &source, &options, &error), &error);
    index_print(&tight, index);
    assert_same_text(&whole, &tight);
    assert_whole(index);
    assert_ok(flong_index_limit(index, (size_t)64 << 20, &error), &error);
    index_print(&again, index);
    assert_same_text(&whole, &again);
    flong_index_close(index);
    text_free(&whole), text_free(&tight), text_free(&again);
    records_free(&all);
}

/* ---- going on ------------------------------------------------------------------------------ */

static flong_status add_named(flong_index *index, const records *all, size_t end, const char *name) {
    const flong_add_options options = {.size = sizeof options, .source_name = str_of(name)};
    record_source source = {.all = all, .end = end};
    return flong_index_add(index, record_source_next, &source, &options, &error);
}

/* Adds everything from the beginning; for a child process, which never returns. */
static void add_all_or_die(const char *path, const records *all) {
    flong_index *index = NULL;
    if (flong_index_open(&index, path, FLONG_OPEN_WRITE, NULL, NULL) != FLONG_OK) _exit(1);
    if (add_named(index, all, all->n, "all") != FLONG_OK) _exit(1);
    flong_index_close(index);
    _exit(0);
}

/* Whether a child that adds everything was killed before it was done. */
static bool is_killed_within(const char *path, const records *all, useconds_t pause) {
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) add_all_or_die(path, all);
    usleep(pause);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static void a_call_goes_on_after_a_kill(void **state) {
    (void)state;
    enum { N = 9000 };
    records all = {0};
    text whole = {0};
    rng r = {7};
    unsigned killed = 0;
    records_archive(&all, 41, 0, N / 2, true); /* with ids that come again */
    records_news(&all, 41, N / 2);
    index_print_whole(&whole, &all, 0);
    for (size_t round = 0; round < rounds(4); round++) {
        const char *path = index_file("going");
        /* The pauses grow, so that it comes to an end on any machine. */
        for (useconds_t most = 400000; is_killed_within(path, &all, (useconds_t)rng_below(&r, most));
             most += 400000)
            killed++;
        flong_index *index = index_open(path, FLONG_OPEN_WRITE);
        text is = {0}, again = {0};
        index_print(&is, index);
        assert_same_text(&whole, &is);
        assert_ok(add_named(index, &all, N, "all"), &error); /* nothing is left to add */
        index_print(&again, index);
        assert_same_text(&whole, &again);
        assert_whole(index);
        flong_index_close(index);
        text_free(&is), text_free(&again);
    }
    assert_true(killed > 0);
    text_free(&whole);
    records_free(&all);
}

static void only_what_is_of_the_source_is_passed_over(void **state) {
    (void)state;
    records all = {0};
    text whole = {0}, is = {0};
    records_archive(&all, 42, 0, 300, true);
    index_print_whole(&whole, &all, 0);
    flong_index *index = index_open(index_file("source"), FLONG_OPEN_WRITE);
    assert_ok(add_named(index, &all, 0, "other"), &error); /* leaves nothing behind */
    assert_ok(add_named(index, &all, 100, "all"), &error);
    assert_status(add_named(index, &all, 300, "other"), FLONG_MISMATCH, &error);
    assert_status(add_named(index, &all, 99, "all"), FLONG_INPUT, &error);
    assert_ok(add_named(index, &all, 200, "all"), &error);
    assert_ok(add_named(index, &all, 300, "all"), &error);
    index_print(&is, index);
    assert_same_text(&whole, &is);

    assert_ok(flong_index_remove(index, NULL, &all.list[5].id, 1, &error), &error);
    assert_status(add_named(index, &all, 300, "all"), FLONG_MISMATCH, &error);
    flong_index_close(index);

    index = index_open(index_file("source"), FLONG_OPEN_WRITE);
    assert_ok(add_named(index, &all, 100, "all"), &error);
    index_add(index, &all, 100, 101, 1);
    assert_status(add_named(index, &all, 300, "all"), FLONG_MISMATCH, &error);
    assert_whole(index);
    flong_index_close(index);
    text_free(&whole), text_free(&is);
    records_free(&all);
}

/* Adds a record to an index from within the source of another call's records. */
typedef struct rival {
    record_source source;
    const records *all;
    const char *path;
} rival;

static int rival_next(void *context, flong_record *out, flong_error *e) {
    return record_source_next(&((rival *)context)->source, out, e);
}

/* Told between batches, when the file is free. */
static int rival_add(void *context, const flong_progress *progress) {
    rival *self = context;
    (void)progress;
    flong_index *index = index_open(self->path, FLONG_OPEN_WRITE);
    index_add(index, self->all, 0, 1, 1);
    flong_index_close(index);
    return 0;
}

static void a_rival_is_noticed(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 43, 0, 5000, false);
    rival both = {.source = {.all = &all, .end = all.n}, .all = &all, .path = index_file("rival")};
    const flong_add_options options = {.size = sizeof options,
                                       .progress = rival_add,
                                       .progress_context = &both,
                                       .source_name = str_of("all")};
    flong_index *index = index_open(both.path, FLONG_OPEN_WRITE);
    assert_status(flong_index_add(index, rival_next, &both, &options, &error), FLONG_BUSY, &error);
    assert_whole(index);
    flong_index_close(index);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_is_divided_whole),
        cmocka_unit_test(little_memory_gives_the_same),
        cmocka_unit_test(a_call_goes_on_after_a_kill),
        cmocka_unit_test(only_what_is_of_the_source_is_passed_over),
        cmocka_unit_test(a_rival_is_noticed),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
