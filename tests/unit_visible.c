/* Text that is shown: nothing in it reaches the terminal as more than letters, and its width is known. */
#include "support.h"

#include "visible.h"

/* What is printed of a text, borrowed. */
static const char *shown(const char *bytes, size_t n, int columns) {
    static char out[4096];
    FILE *file = tmpfile();
    assert_non_null(file);
    if (columns < 0)
        visible_print(file, (flong_str){bytes, n});
    else
        visible_cell(file, (flong_str){bytes, n}, columns);
    rewind(file);
    out[fread(out, 1, sizeof out - 1, file)] = 0;
    fclose(file);
    return out;
}

#define SHOWN(text)         shown(text, sizeof text - 1, -1)
#define CELL(text, columns) shown(text, sizeof text - 1, columns)

static void controls_are_spelled_out(void **state) {
    (void)state;
    assert_string_equal(SHOWN(""), "");
    assert_string_equal(SHOWN("plain, Zwölf, 市议会, العربية"), "plain, Zwölf, 市议会, العربية");
    assert_string_equal(SHOWN("\033[31mred\033]0;title\a"), "^[[31mred^[]0;title^G");
    assert_string_equal(SHOWN("a\0b\177"), "a^@b^?");
    assert_string_equal(SHOWN("a\tb\r\nc"), "a b  c");
    assert_string_equal(SHOWN("\xC2\x9B"
                              "31m"),
                        "<U+009B>31m"); /* CSI as one character */
    assert_string_equal(SHOWN("\u202Egpj.exe\u2066\u2069"), "<U+202E>gpj.exe<U+2066><U+2069>");
    assert_string_equal(SHOWN("a\u2028b\u2029"), "a<U+2028>b<U+2029>");
    assert_string_equal(SHOWN("Donau\u00ADdampf\uFEFF\u200B!"), "Donaudampf!"); /* they have no width */
    assert_string_equal(SHOWN("می\u200Cخواهم"), "می\u200Cخواهم");
    assert_string_equal(SHOWN("\xFF"
                              "a\xC3"
                              "b\xED\xA0\x80\xC0\xAF"),
                        "<FF>a<C3>b<ED><A0><80><C0><AF>");
    assert_string_equal(SHOWN("cut \xE5\xB8"), "cut <E5><B8>");
}

static void marks_of_direction_are_left_out(void **state) {
    (void)state;
    assert_string_equal(SHOWN("a\u200Eb\u200Fc\u061Cd"), "abcd");
    assert_string_equal(SHOWN("\u202A\u202B\u202C\u202D"), "<U+202A><U+202B><U+202C><U+202D>");
    assert_string_equal(SHOWN("\u2067\u2068"), "<U+2067><U+2068>");
}

static void lines_stay_lines(void **state) {
    (void)state;
    FILE *file = tmpfile();
    assert_non_null(file);
    static const char given[] = "\na\tb\r\n\n\033[2J\xC2\n\x9B\u202E";
    visible_print_lines(file, (flong_str){given, sizeof given - 1});
    visible_print_lines(file, (flong_str){"", 0});
    rewind(file);
    char out[256];
    out[fread(out, 1, sizeof out - 1, file)] = 0;
    fclose(file);
    assert_string_equal(out, "\na b \n\n^[[2J<C2>\n<9B><U+202E>");
}

static void spelled_texts_fit_their_room(void **state) {
    (void)state;
    char out[VISIBLE_ROOM(3)];
    visible_spell(out, sizeof out, (flong_str){"\xFF\xFE\xFF", 3}); /* nothing takes more */
    assert_string_equal(out, "<FF><FE><FF>");
    visible_spell(out, sizeof out, (flong_str){"\u202E", 3});
    assert_string_equal(out, "<U+202E>");
    visible_spell(out, 6, (flong_str){"ab\xFFz", 4}); /* none is cut in two */
    assert_string_equal(out, "ab");
    visible_spell(out, 7, (flong_str){"ab\xFFz", 4});
    assert_string_equal(out, "ab<FF>");
    visible_spell(out, 1, (flong_str){"ab", 2});
    assert_string_equal(out, "");
    visible_spell(out, sizeof out, (flong_str){"", 0});
    assert_string_equal(out, "");
}

static void marks_are_not_stacked_without_end(void **state) {
    (void)state;
    text many = {0};
    text_print(&many, "e");
    for (int i = 0; i < 100; i++) text_print(&many, "\u0301");
    text_print(&many, "x\u0301");
    assert_string_equal(shown(many.p, many.n, -1), "e\u0301\u0301\u0301\u0301\u0301\u0301x\u0301");
    text_free(&many);
}

static void cells_are_as_wide_as_they_say(void **state) {
    (void)state;
    assert_string_equal(CELL("", 3), "   ");
    assert_string_equal(CELL("abc", 3), "abc");
    assert_string_equal(CELL("abc", 5), "abc  ");
    assert_string_equal(CELL("abcd", 3), "ab…");
    assert_string_equal(CELL("市议会", 6), "市议会");
    assert_string_equal(CELL("市议会", 5), "市议…");
    assert_string_equal(CELL("市议会", 4), "市… ");
    assert_string_equal(CELL("cafe\u0301s", 5), "cafe\u0301s");
    assert_string_equal(CELL("cafe\u0301s!", 5), "cafe\u0301…"); /* the accent stays with its letter */
    assert_string_equal(CELL("a\033b", 3), "a… ");
    assert_string_equal(CELL("abc", 1), "…");
    assert_string_equal(CELL("abc", 0), "");
    assert_int_equal(visible_columns((flong_str){"市a\u0301\033", 7}), 5);
}

/* Whether bytes are letters that a terminal only writes. */
static void assert_harmless(const char *p) {
    for (; *p; p++) {
        unsigned char c = (unsigned char)p[0], next = (unsigned char)p[1];
        assert_true(c >= 0x20 && c != 0x7F);
        assert_false(c == 0xC2 && next < 0xA0);
        if (c != 0xE2) continue;
        assert_false(next == 0x80 && (unsigned char)p[2] >= 0xA8 && (unsigned char)p[2] <= 0xAE);
        assert_false(next == 0x81 && (unsigned char)p[2] >= 0xA6 && (unsigned char)p[2] <= 0xA9);
    }
}

static void nothing_else_gets_through(void **state) {
    (void)state;
    rng r = {11};
    for (size_t i = 0; i < rounds(20000); i++) {
        char bytes[64];
        size_t n = rng_below(&r, sizeof bytes);
        for (size_t k = 0; k < n; k++) {
            static const char likely[] = "\033\xC2\x9B\xE2\x80\xAE\x81\xA6\xCC\x81\xE5\xB8\x82 a";
            bytes[k] = rng_chance(&r, 70) ? likely[rng_below(&r, sizeof likely)] : (char)rng_next(&r);
        }
        int columns = (int)rng_below(&r, 40);
        char spelled[VISIBLE_ROOM(sizeof bytes)];
        visible_spell(spelled, sizeof spelled, (flong_str){bytes, n});
        assert_string_equal(spelled, shown(bytes, n, -1));
        assert_harmless(spelled);
        const char *cell = shown(bytes, n, columns);
        assert_harmless(cell);
        assert_int_equal(visible_columns(str_of(cell)), columns);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_are_spelled_out),
        cmocka_unit_test(marks_of_direction_are_left_out),
        cmocka_unit_test(lines_stay_lines),
        cmocka_unit_test(spelled_texts_fit_their_room),
        cmocka_unit_test(marks_are_not_stacked_without_end),
        cmocka_unit_test(cells_are_as_wide_as_they_say),
        cmocka_unit_test(nothing_else_gets_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
