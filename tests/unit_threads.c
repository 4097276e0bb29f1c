/* Many threads, many handles, many processes: the results do not depend on them. Also run under TSan. */
#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/parallel.h"

static flong_error error;

static void pairs_are_the_same_for_any_number_of_threads(void **state) {
    (void)state;
    static const unsigned threads[] = {2, 3, 4, 16, 0};
    records all = {0};
    text one = {0};
    records_archive(&all, 71, 0, rounds(4000), true);
    records_news(&all, 71, rounds(2000));
    index_print_whole(&one, &all, 1);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        text many = {0};
        index_print_whole(&many, &all, threads[i]);
        assert_same_text(&one, &many);
        text_free(&many);
    }
    text_free(&one);
    records_free(&all);
}

/* ---- the pool ------------------------------------------------------------------------------ */

typedef struct tally {
    unsigned done[1000], threads;
} tally;

static void tally_work(void *context, size_t item, unsigned worker) {
    tally *t = context;
    t->done[item]++;
    if (worker >= t->threads) abort();
}

static void a_pool_does_each_item_once(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 9; threads += 4) {
        static tally t;
        pool *p = pool_new(threads);
        assert_non_null(p);
        t.threads = pool_size(p);
        for (size_t n = 0; n <= 1000; n += 1 + n / 3) {
            memset(t.done, 0, sizeof t.done);
            pool_run(p, n, tally_work, &t);
            for (size_t i = 0; i < 1000; i++) assert_int_equal(t.done[i], i < n);
        }
        pool_free(p);
    }
    assert_true(pool_threads(0) >= 1);
    assert_int_equal(pool_threads(3), 3);
    pool_free(NULL);
}

/* ---- handles of one process ---------------------------------------------------------------- */

typedef struct task {
    pthread_t thread;
    const records *all;
    text out;
} task;

/* Different handles in different threads: nothing is shared. */
static void *task_run(void *context) {
    task *t = context;
    flong_sketcher *sketcher = NULL;
    flong_sketch sketch;
    flong_score score;
    flong_index *index = NULL;
    if (flong_index_open(&index, NULL, FLONG_OPEN_WRITE, NULL, NULL) != FLONG_OK) return NULL;
    record_source source = {.all = t->all, .end = t->all->n};
    const flong_add_options options = {.size = sizeof options, .threads = 2};
    if (flong_index_add(index, record_source_next, &source, &options, NULL) != FLONG_OK) return NULL;
    index_print(&t->out, index);
    flong_index_close(index);
    if (flong_sketcher_new(&sketcher, NULL, NULL) != FLONG_OK) return NULL;
    for (size_t i = 0; i + 1 < t->all->n; i += 10) {
        if (flong_sketch_record(sketcher, &sketch, &t->all->list[i], NULL) != FLONG_OK) return NULL;
        if (flong_compare(&score, &t->all->list[i], &t->all->list[i + 1], NULL, NULL) != FLONG_OK)
            return NULL;
    }
    flong_sketcher_free(sketcher);
    return t;
}

static void handles_of_different_threads_are_apart(void **state) {
    (void)state;
    records all = {0};
    task tasks[4] = {0};
    records_archive(&all, 72, 0, 300, false);
    records_news(&all, 72, 100);
    for (int i = 0; i < 4; i++) {
        tasks[i].all = &all;
        assert_int_equal(pthread_create(&tasks[i].thread, NULL, task_run, &tasks[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *done;
        assert_int_equal(pthread_join(tasks[i].thread, &done), 0);
        assert_non_null(done);
        assert_same_text(&tasks[0].out, &tasks[i].out);
    }
    for (int i = 0; i < 4; i++) text_free(&tasks[i].out);
    records_free(&all);
}

/* ---- handles on one file ------------------------------------------------------------------- */

static const char *file_fresh(const char *name) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    const char *path = folder_file(name);
    for (size_t i = 0; i < 3; i++) {
        char side[300];
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
    return path;
}

static int match_count(void *context, const flong_match *match) {
    (void)match;
    ++*(int *)context;
    return 0;
}

static int matches_of(flong_index *index, const flong_record *record) {
    int n = 0;
    flong_record query = *record;
    query.id = str_of("query");
    assert_ok(flong_index_match(index, &query, match_count, &n, &error), &error);
    return n;
}

/* A reader that stays open sees what a writer adds, or what was there before; it never fails. */
static void an_open_reader_survives_the_writer(void **state) {
    (void)state;
    enum { N = 9000, STEP = 1500 };
    records all = {0};
    records_archive(&all, 73, 0, N, false);
    const char *path = file_fresh("reader");
    flong_index *writer = index_open(path, FLONG_OPEN_WRITE);
    index_add(writer, &all, 0, 10, 0);
    flong_index *reader = index_open(path, FLONG_OPEN_READ);
    for (size_t at = 10; at + STEP < N; at += STEP) {
        text seen = {0};
        index_add(writer, &all, at, at + STEP, 0);
        for (size_t i = 0; i < 20; i++) matches_of(reader, &all.list[i * at / 20]);
        index_print(&seen, reader);
        assert_ok(flong_index_check(reader, &error), &error);
        text_free(&seen);
    }
    flong_index_close(reader);
    flong_index_close(writer);
    records_free(&all);
}

/* Two handles that write in turn are as good as one. */
static void two_writers_take_turns(void **state) {
    (void)state;
    static const size_t steps[][6] = {
        {100, 200, 300, 400, 500, 0}, {10, 4106, 4200, 4300, 0, 0}, {0, 4096, 5000, 0, 0, 0}};
    for (size_t round = 0; round < 3; round++) {
        records all = {0};
        text one = {0}, two = {0};
        size_t end = 0;
        for (size_t i = 0; i < 6; i++) end = steps[round][i] > end ? steps[round][i] : end;
        records_archive(&all, 74, 0, end, true);
        index_print_whole(&one, &all, 0);
        const char *path = file_fresh("turns");
        flong_index *handles[2] = {index_open(path, FLONG_OPEN_WRITE), index_open(path, FLONG_OPEN_WRITE)};
        for (size_t i = 0, at = 0; at < end; at = steps[round][i++]) {
            if (steps[round][i] > at) index_add(handles[i % 2], &all, at, steps[round][i], 0);
            matches_of(handles[(i + 1) % 2], &all.list[0]);
        }
        index_print(&two, handles[1]);
        assert_same_text(&one, &two);
        assert_ok(flong_index_check(handles[0], &error), &error);
        assert_ok(flong_index_check(handles[1], &error), &error);
        flong_index_close(handles[0]);
        flong_index_close(handles[1]);
        text_free(&one), text_free(&two);
        records_free(&all);
    }
}

/* ---- processes on one file ----------------------------------------------------------------- */

static int article_pass(void *context, const flong_article *article) {
    (void)article;
    ++*(size_t *)context;
    return 0;
}

static int pair_pass(void *context, const flong_pair *pair) {
    (void)context, (void)pair;
    return 0;
}

/* Reads whatever there is until it is killed; tells through a pipe what failed. */
static void read_until_killed(const char *path, const records *all, int tell) {
    for (size_t round = 0;; round++) {
        flong_index *index = NULL;
        flong_error e = {0};
        flong_status status = flong_index_open(&index, path, FLONG_OPEN_READ, NULL, &e);
        for (int i = 0; i < 5 && status == FLONG_OK; i++) {
            size_t n = 0;
            int matches = 0;
            status = flong_index_articles(index, article_pass, &n, &e);
            if (status == FLONG_OK) status = flong_index_pairs(index, pair_pass, NULL, &e);
            if (status == FLONG_OK)
                status = flong_index_match(index, &all->list[(round * 5 + (size_t)i) % all->n], match_count,
                                           &matches, &e);
        }
        if (status == FLONG_OK && round % 8 == 0) status = flong_index_check(index, &e);
        flong_index_close(index);
        if (status != FLONG_OK) {
            ssize_t written = write(tell, e.text, strlen(e.text));
            _exit(written > 0 ? 1 : 2);
        }
    }
}

static void another_process_reads_while_one_writes(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 75, 0, rounds(9000), true);
    const char *path = file_fresh("processes");
    flong_index *writer = index_open(path, FLONG_OPEN_WRITE);
    index_add(writer, &all, 0, 100, 1);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) read_until_killed(path, &all, ends[1]);
    close(ends[1]);
    for (size_t at = 100; at < all.n; at += 400)
        index_add(writer, &all, at, at + 400 < all.n ? at + 400 : all.n, 1);
    kill(child, SIGKILL);
    char told[1024] = "";
    ssize_t n = read(ends[0], told, sizeof told - 1);
    waitpid(child, NULL, 0);
    close(ends[0]);
    if (n > 0) fail_msg("the reader failed: %s", told);
    assert_ok(flong_index_check(writer, &error), &error);
    flong_index_close(writer);
    records_free(&all);
}

/* Two processes that write: one waits for the other or is told that it is busy; nothing is lost. */
static void another_process_writes_at_the_same_time(void **state) {
    (void)state;
    records mine = {0}, theirs = {0};
    records_archive(&mine, 76, 0, 600, false);
    records_archive(&theirs, 77, 50000, 600, false);
    const char *path = file_fresh("writers");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        flong_index *other = NULL;
        if (flong_index_open(&other, path, FLONG_OPEN_WRITE, NULL, NULL) != FLONG_OK) _exit(3);
        for (size_t at = 0; at < theirs.n; at += 100) {
            record_source source = {.all = &theirs, .at = at, .end = at + 100};
            const flong_add_options options = {.size = sizeof options, .threads = 1};
            if (flong_index_add(other, record_source_next, &source, &options, NULL) != FLONG_OK) _exit(4);
        }
        flong_index_close(other);
        _exit(0);
    }
    for (size_t at = 0; at < mine.n; at += 100) index_add(index, &mine, at, at + 100, 1);
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    flong_info info;
    assert_ok(flong_index_info(index, &info, &error), &error);
    assert_int_equal(info.articles, mine.n + theirs.n);
    assert_ok(flong_index_check(index, &error), &error);
    flong_index_close(index);
    records_free(&mine), records_free(&theirs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_the_same_for_any_number_of_threads),
        cmocka_unit_test(a_pool_does_each_item_once),
        cmocka_unit_test(handles_of_different_threads_are_apart),
        cmocka_unit_test(an_open_reader_survives_the_writer),
        cmocka_unit_test(two_writers_take_turns),
        cmocka_unit_test(another_process_reads_while_one_writes),
        cmocka_unit_test(another_process_writes_at_the_same_time),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
