/* Tables as text: what people's programs write, and what they should not. */
#include "notes.h"

#include "base/memory.h"
#include "input/table.h"

static flong_str str(const char *text) { return (flong_str){text, strlen(text)}; }

/* Rows as "line {...}\n", what is bad as "line: why\n". */
static notes seen;

/* Reads the file in windows that grow by `step` bytes; false: out of memory. */
static bool read_rows(flong_str file, size_t step, size_t max_row) {
    table *self = table_new(max_row, "too long");
    table_found found = self ? TABLE_MORE : TABLE_NOMEM;
    seen.n = 0;
    seen.text[0] = 0;
    for (size_t start = 0, end = 0; found != TABLE_END && found != TABLE_NOMEM;) {
        size_t used;
        char *window = malloc(end - start + 1); /* of the right size, so that reading beyond it is seen */
        assert_non_null(window);
        memcpy(window, file.p + start, end - start);
        found = table_next(self, &used, (flong_str){window, end - start}, end == file.n);
        free(window);
        assert_true(used <= end - start);
        start += used;
        int line = (int)table_line(self);
        if (found == TABLE_ROW) note(&seen, "%d %.*s\n", line, (int)table_row(self).n, table_row(self).p);
        if (found == TABLE_BAD) note(&seen, "%d: %s\n", line, table_why(self));
        if (found == TABLE_END) assert_int_equal(start, file.n);
        if (found != TABLE_MORE) continue;
        assert_true(end < file.n && end - start < max_row + TABLE_ROOM);
        end = step > file.n - end ? file.n : end + step;
    }
    table_free(self);
    return found == TABLE_END;
}

/* The same must be found whatever the windows are. */
static const char *rows_of(const char *file, size_t max_row) {
    static char whole[sizeof seen.text];
    assert_true(read_rows(str(file), SIZE_MAX, max_row));
    memcpy(whole, seen.text, seen.n + 1);
    for (size_t step = 1; step < 6; step++) {
        assert_true(read_rows(str(file), step, max_row));
        assert_string_equal(seen.text, whole);
    }
    return whole;
}

static void plain(void **state) {
    (void)state;
    assert_string_equal(rows_of("id,text\n1,Hello\n2,\"World\"\n", 100),
                        "2 {\"id\":\"1\",\"text\":\"Hello\"}\n3 {\"id\":\"2\",\"text\":\"World\"}\n");
    assert_string_equal(rows_of("id,text\r\n1,Hello\r\n\r\n  \r\n2,World", 100),
                        "2 {\"id\":\"1\",\"text\":\"Hello\"}\n5 {\"id\":\"2\",\"text\":\"World\"}\n");
    assert_string_equal(rows_of("id,text\r1,Hello\r2,World\r", 100),
                        "2 {\"id\":\"1\",\"text\":\"Hello\"}\n3 {\"id\":\"2\",\"text\":\"World\"}\n");
    assert_string_equal(rows_of("\xEF\xBB\xBFtext\nHello\n", 100), "2 {\"text\":\"Hello\"}\n");
    assert_string_equal(rows_of("\xEF\xBB\xBFsep=;\r\nid;text\r\n1;Hello, you\r\n", 100),
                        "3 {\"id\":\"1\",\"text\":\"Hello, you\"}\n");
    assert_string_equal(rows_of("", 100), "");
    assert_string_equal(rows_of("id,text\n", 100), "");
    assert_string_equal(rows_of("id,text", 100), "");
    assert_string_equal(rows_of("\n\n", 100), "");
}

static void quoted(void **state) {
    (void)state;
    assert_string_equal(
        rows_of("id,text\n1,\"He said \"\"go\"\", and\nwent.\n\nThen, he came.\"\n2,x\n", 100),
        "2 {\"id\":\"1\",\"text\":\"He said \\\"go\\\", and\\nwent.\\n\\nThen, he came.\"}\n"
        "6 {\"id\":\"2\",\"text\":\"x\"}\n");
    assert_string_equal(rows_of("\"the\nid\",\"te,xt\"\r\n1,\"a\r\nb\" \r\n", 100),
                        "3 {\"the\\nid\":\"1\",\"te,xt\":\"a\\r\\nb\"}\n");
    /* Marks within a field are characters. */
    assert_string_equal(
        rows_of("id,text\n1,a 5\" pipe\n2,\"He said \"go\" and\"\n", 100),
        "2 {\"id\":\"1\",\"text\":\"a 5\\\" pipe\"}\n3 {\"id\":\"2\",\"text\":\"He said \\\"go\\\" and\"}\n");
    assert_string_equal(rows_of("id,text\n1,\"\\ \t\x01\"\n", 100),
                        "2 {\"id\":\"1\",\"text\":\"\\\\ \\t\\u0001\"}\n");
}

static void empty(void **state) {
    (void)state;
    /* Empty fields, nameless columns, nothing but separators. */
    assert_string_equal(rows_of("id,,text\n0,7,Hello\n1,,\n,,\n", 100),
                        "2 {\"id\":\"0\",\"text\":\"Hello\"}\n3 {\"id\":\"1\"}\n4 {}\n");
}

static void separators(void **state) {
    (void)state;
    assert_int_equal(table_separator(str("a,b,c\nx;y;z;w")), ',');
    assert_int_equal(table_separator(str("a\tb,c\td")), '\t');
    assert_int_equal(table_separator(str("a;b")), ';');
    assert_int_equal(table_separator(str("a|b|\"c,d,e,f\"")), '|');
    assert_int_equal(table_separator(str("a,b;c")), ',');
    assert_int_equal(table_separator(str("alone")), 0);
    assert_string_equal(rows_of("id\ttext\n1\ta, b; c\n", 100), "2 {\"id\":\"1\",\"text\":\"a, b; c\"}\n");
    assert_string_equal(rows_of("text\na, b; c\n", 100), "2 {\"text\":\"a, b; c\"}\n");
}

static void ragged_rows(void **state) {
    (void)state;
    assert_string_equal(rows_of("id,text\n1,a\n2\n3,b,c\n4,d\n", 100),
                        "2 {\"id\":\"1\",\"text\":\"a\"}\n3: the row has 1 fields, the first one has 2\n"
                        "4: the row has 3 fields, the first one has 2\n5 {\"id\":\"4\",\"text\":\"d\"}\n");
    assert_string_equal(rows_of("id,text\n1,\"a\nb\",c\n4,d\n", 100),
                        "2: the row has 3 fields, the first one has 2\n4 {\"id\":\"4\",\"text\":\"d\"}\n");
}

static void unclosed_quotes(void **state) {
    (void)state;
    /* A mark that opens a field by mistake; nothing closes it. */
    assert_string_equal(rows_of("id,text\n1,\"Go\n2,b\n3,c\n", 100),
                        "2 {\"id\":\"1\",\"text\":\"\\\"Go\"}\n3 {\"id\":\"2\",\"text\":\"b\"}\n4 "
                        "{\"id\":\"3\",\"text\":\"c\"}\n");
    assert_string_equal(
        rows_of("id,text\n1,\"Go, on\n2,b\n", 100),
        "2: a quotation mark that opens a field of the row is not closed\n3 {\"id\":\"2\",\"text\":\"b\"}\n");
    /* The next one closes it, and the fields do not add up. */
    assert_string_equal(
        rows_of("id,text,x\n1,\"Go,\n2,b,\n3,\"c\",d,e\n4,e,f\n", 100),
        "2: the row has 4 fields, the first one has 3\n5 {\"id\":\"4\",\"text\":\"e\",\"x\":\"f\"}\n");
    assert_string_equal(rows_of("id,\"text\n1,a\n", 100),
                        "1: a quotation mark that opens a field of the row is not closed\n");
}

static void long_rows(void **state) {
    (void)state;
    assert_string_equal(
        rows_of("id,text\n1,0123456789\n2,01234567890\n3,c\n", 12),
        "2 {\"id\":\"1\",\"text\":\"0123456789\"}\n3 {\"id\":\"2\",\"text\":\"01234567890\"}\n"
        "4 {\"id\":\"3\",\"text\":\"c\"}\n");
    assert_string_equal(
        rows_of("id,text\n1,0123456789\n2,012345678901234\n3,c\n", 12),
        "2 {\"id\":\"1\",\"text\":\"0123456789\"}\n3: too long\n4 {\"id\":\"3\",\"text\":\"c\"}\n");
    assert_string_equal(
        rows_of("id,text\n1,\"01\n23\n45\n67\n89\"\n3,c\n", 12),
        "2 {\"id\":\"1\",\"text\":\"\\\"01\"}\n3: the row has 1 fields, the first one has 2\n"
        "4: the row has 1 fields, the first one has 2\n5: the row has 1 fields, the first one has 2\n"
        "6: the row has 1 fields, the first one has 2\n7 {\"id\":\"3\",\"text\":\"c\"}\n");
    assert_string_equal(rows_of("id,text,and,a,header,that,is,long\n1,a\n", 12), "1: too long\n");
    assert_string_equal(rows_of("id,text\n2,0123456789012345", 12), "2: too long\n");
}

static void no_memory(void **state) {
    (void)state;
    flong_str file = str("id,text\n1,\"a\nb\"\n2,\"c\n3,d,\n");
    long allowed = 0;
    for (bool is_read = false; !is_read; allowed++) {
        mem_fail_after(allowed);
        is_read = read_rows(file, SIZE_MAX, 100);
        mem_fail_after(-1);
    }
    assert_true(allowed > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),      cmocka_unit_test(quoted),      cmocka_unit_test(empty),
        cmocka_unit_test(separators), cmocka_unit_test(ragged_rows), cmocka_unit_test(unclosed_quotes),
        cmocka_unit_test(long_rows),  cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
