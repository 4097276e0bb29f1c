/* The name of an input: the same for what gives the same records, another one where anything differs. */
#include "support.h"

#include <unistd.h>

static flong_error error;

typedef struct input_name {
    char text[FLONG_INPUT_NAME];
} input_name;

static void file_make(const char *path, size_t n, size_t changed) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < n; i++) fputc(i == changed ? 'x' : 'a' + (int)(i % 7), file);
    assert_int_equal(fclose(file), 0);
}

static input_name name_of(const char *const *paths, size_t n, const flong_input_options *options) {
    flong_input *input = NULL;
    input_name name;
    assert_ok(flong_input_open(&input, paths, n, options, &error), &error);
    assert_ok(flong_input_name(input, name.text, &error), &error);
    assert_int_equal(strlen(name.text), FLONG_INPUT_NAME - 1);
    flong_input_close(input);
    return name;
}

static void assert_other(input_name a, input_name b) { assert_string_not_equal(a.text, b.text); }

static void the_name_is_of_what_is_read(void **state) {
    (void)state;
    enum { N = 300000 };
    const char *ab[] = {folder_file("a"), folder_file("b")}, *ba[] = {ab[1], ab[0]};
    file_make(ab[0], N, N), file_make(ab[1], 10, 10);
    input_name first = name_of(ab, 2, NULL);
    assert_string_equal(first.text, name_of(ab, 2, NULL).text);
    assert_other(first, name_of(ba, 2, NULL));
    assert_other(first, name_of(ab, 1, NULL));
    static const size_t changes[] = {0, 65535, N - 65536, N - 1};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        file_make(ab[0], N, changes[i]);
        assert_other(first, name_of(ab, 2, NULL));
    }
    file_make(ab[0], N + 7, N + 7);
    assert_other(first, name_of(ab, 2, NULL));
    file_make(ab[0], N, N);
    assert_string_equal(first.text, name_of(ab, 2, NULL).text);
    file_make(ab[1], 0, 0);
    assert_other(first, name_of(ab, 2, NULL));
}

static void the_name_is_of_how_it_is_read(void **state) {
    (void)state;
    const char *paths[] = {folder_file("how")};
    file_make(paths[0], 10, 10);
    const flong_field body = {"text", "body"}, lead = {"text", "lead"};
    flong_input_options options = {.size = sizeof options};
    input_name plain = name_of(paths, 1, &options);
    assert_string_equal(plain.text, name_of(paths, 1, NULL).text);
    options.strict = 1; /* fails or changes nothing */
    assert_string_equal(plain.text, name_of(paths, 1, &options).text);
    options.max_line = 4096;
    assert_other(plain, name_of(paths, 1, &options));
    options.max_line = 0, options.n_fields = 1, options.fields = &body;
    input_name mapped = name_of(paths, 1, &options);
    assert_other(plain, mapped);
    options.fields = &lead;
    assert_other(mapped, name_of(paths, 1, &options));
}

static void what_cannot_be_read_again_has_no_name(void **state) {
    (void)state;
    const char *standard_input[] = {"-"}, *gone[] = {folder_file("gone")};
    input_name name = {"unchanged"};
    flong_input *input = NULL;
    assert_ok(flong_input_open(&input, standard_input, 1, NULL, &error), &error);
    assert_status(flong_input_name(input, name.text, &error), FLONG_ARG, &error);
    flong_input_close(input);
    file_make(gone[0], 10, 10);
    assert_ok(flong_input_open(&input, gone, 1, NULL, &error), &error);
    unlink(gone[0]);
    assert_status(flong_input_name(input, name.text, &error), FLONG_IO, &error);
    flong_input_close(input);
    assert_string_equal(name.text, "unchanged");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_is_of_what_is_read),
        cmocka_unit_test(the_name_is_of_how_it_is_read),
        cmocka_unit_test(what_cannot_be_read_again_has_no_name),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
