/* How articles come into an index: within how much memory. */
#include "support.h"

#include "flow/budget.h"

static flong_error error;

/* ---- memory -------------------------------------------------------------------------------- */

static void a_budget_is_divided_whole(void **state) {
    (void)state;
    static const size_t given[] = {1, 7, 8, 1 << 20, ((size_t)1 << 30) + 5};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        budget b = budget_divide(given[i]);
        assert_int_equal(b.texts + b.sketches + b.pages + b.keys, given[i]);
    }
    budget usual = budget_divide(0);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_is_divided_whole),
        cmocka_unit_test(little_memory_gives_the_same),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
