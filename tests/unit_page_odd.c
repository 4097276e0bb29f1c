/* Pages of what is left out, empty, hostile or damaged, and of what fails. */
#include "page_reader.h"

#include "base/memory.h"

static flong_error error;

/* ---- what is left out ---------------------------------------------------------------------- */

static void texts_are_left_out(void **state) {
    (void)state;
    records all = {0};
    page p;
    some_news(&all);
    flong_index *index = index_of(&all);
    flong_html_options options = {.size = sizeof options, .no_text = 1};
    page_take(&p, index, &options);
    const value *texts = page_block(&p, "texts");
    double stories = (double)member_of(page_block(&p, "stories"), "title")->n;
    assert_null(page_numbered(&p, "texts", 0));
    assert_int_equal(member_of(texts, "stories")->number, 0);
    assert_int_equal(member_of(texts, "left_out")->number, stories);
    assert_true(value_is(member_of(texts, "why"), str_of("asked")));
    size_t without = p.html.n;
    page_free(&p);
    page_take(&p, index, NULL);
    size_t with = p.html.n;
    page_free(&p);
    options.no_text = 0;
    size_t last = 0;
    for (size_t k = 0; k <= 8; k++) { /* texts fill a page as far as it goes */
        options.max_size = without + (with - without) * k / 8;
        page_take(&p, index, &options);
        texts = page_block(&p, "texts");
        size_t kept = (size_t)member_of(texts, "stories")->number;
        assert_true(kept >= last && p.html.n <= options.max_size + 300);
        assert_int_equal(kept + (size_t)member_of(texts, "left_out")->number, stories);
        assert_true(kept == stories || value_is(member_of(texts, "why"), str_of("size")));
        last = kept;
        page_free(&p);
    }
    assert_int_equal(last, stories);
    flong_index_close(index);
    records_free(&all);
}

static void nothing_is_a_page_too(void **state) {
    (void)state;
    page p;
    records all = {0};
    flong_html_options options;
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    page_take(&p, index, NULL);
    assert_int_equal(count_of(&p, "articles"), 0);
    assert_int_equal(member_of(page_block(&p, "stories"), "title")->n, 0);
    assert_int_equal(member_of(page_block(&p, "overview"), "first")->kind, VALUE_NULL);
    page_free(&p);
    result_write(index, &options);
    page_take(&p, NULL, &options);
    assert_int_equal(count_of(&p, "articles"), 0);
    page_free(&p);
    records_add(&all, "one", NULL, NULL, "", FLONG_NO_DATE);
    index_add(index, &all, 0, 1, 1);
    page_take(&p, index, NULL);
    assert_int_equal(count_of(&p, "articles"), 1);
    page_free(&p);
    flong_index_close(index);
    records_free(&all);
}

/* ---- hostile ------------------------------------------------------------------------------- */

static const char evil[] = "</script><script>alert(1)</script><!--\"'&amp;\\u0041\x01\x7f\xE2\x80\xAE";

/* Whatever the articles say, the page has the elements that it has without them. */
static void articles_cannot_break_out(void **state) {
    (void)state;
    records all = {0};
    page p;
    text body = {0}, title = {0};
    for (int i = 0; i < 400; i++) text_print(&title, "%s", evil);
    text_sentences(&body, 7, 12);
    text_print(&body, "%s", evil);
    records_add(&all, evil, evil, title.p, body.p, 1700000000);
    records_add(&all, "b</script>", "b.example", evil, body.p, 1700000100);
    flong_index *index = index_of(&all);
    flong_html_options options = {.size = sizeof options, .name = str_of(evil)};
    page_take(&p, index, &options);
    assert_null(strstr(p.html.p, "<script>alert"));
    page_free(&p);
    options.name = str_of("</title><b>&\"\n");
    page_take(&p, index, &options);
    assert_non_null(strstr(p.html.p, "<title>&lt;/title&gt;&lt;b&gt;&amp;&quot; - flong report</title>"));
    const value *s = element_of(member_of(page_numbered(&p, "members", 0), "stories"), 0);
    const value *t = element_of(member_of(s, "texts"), 0), *a = element_of(member_of(t, "articles"), 0);
    const value *cut = member_of(a, "title");
    assert_true(value_is(member_of(a, "id"), str_of(evil)));
    assert_in_range(cut->string.n, 1001,
                    1003); /* 1,000 bytes at most and "...", not in the middle of a character */
    assert_memory_equal(cut->string.p, title.p, 990);
    assert_memory_equal(cut->string.p + cut->string.n - 3, "\xE2\x80\xA6", 3);
    const value *words = element_of(member_of(page_numbered(&p, "texts", 0), "stories"), 0);
    assert_true(value_is(member_of(element_of(words, 0), "text"), text_str(&body)));
    page_free(&p);
    text_free(&body), text_free(&title);
    flong_index_close(index);
    records_free(&all);
}

static flong_status result_try(const char *articles, const char *pairs) {
    text a = {0}, b = {0}, html = {0};
    flong_html_options options = {.size = sizeof options, .result = folder_file("bad.jsonl")};
    text_add(&a, articles, strlen(articles)), text_add(&b, pairs, strlen(pairs));
    file_write(options.result, &a);
    options.pairs = folder_file("bad-pairs.jsonl");
    file_write(options.pairs, &b);
    flong_status status = flong_report_html(NULL, &options, bytes_take, &html, &error);
    text_free(&a), text_free(&b), text_free(&html);
    return status;
}

#define LINE(id, text, story, relation, of)                                                                  \
    "{\"id\": \"" id "\", \"text_id\": \"" text "\", \"story_id\": \"" story "\", \"relation\": \"" relation \
    "\", \"of\": " of "}\n"

static void bad_results_are_refused(void **state) {
    (void)state;
    static const char good[] =
        LINE("a", "a", "a", "original", "null") LINE("b", "a", "a", "reprint", "\"a\"");
    assert_int_equal(result_try(good, ""), FLONG_OK);
    /* Ids that name nothing, or name what comes later, are no reason to fall. */
    assert_int_equal(
        result_try(LINE("a", "z", "y", "reprint", "\"b\"") LINE("b", "y", "a", "excerpt", "\"b\""), ""),
        FLONG_OK);
    assert_int_equal(
        result_try(LINE("a", "a", "a", "original", "null") LINE("b", "a", "z", "reprint", "\"q\""), ""),
        FLONG_OK);
    assert_status(result_try("no JSON\n", ""), FLONG_INPUT, &error);
    assert_status(result_try("[1]\n", ""), FLONG_INPUT, &error);
    assert_status(result_try("{\"id\": \"a\"}\n", ""), FLONG_INPUT, &error);
    assert_status(result_try("{\"id\": \"a\", \"text\": \"an article, not a result\"}\n", ""), FLONG_INPUT,
                  &error);
    assert_status(result_try(LINE("a", "a", "a", "cousin", "null"), ""), FLONG_INPUT, &error);
    assert_status(result_try(LINE("a", "a", "a", "none", "null"), ""), FLONG_INPUT, &error);
    assert_status(result_try(LINE("a", "a", "a", "single", "null") LINE("a", "a", "a", "single", "null"), ""),
                  FLONG_INPUT, &error);
    assert_status(result_try(good, "{\"a\": \"a\", \"b\": \"z\", \"relation\": \"reprint\"}\n"), FLONG_INPUT,
                  &error);
    assert_status(result_try(good, "{\"a\": \"a\", \"b\": \"b\", \"relation\": \"single\"}\n"), FLONG_INPUT,
                  &error);
    assert_status(result_try(good, "{\"a\": \"a\", \"b\": \"b\"\n"), FLONG_INPUT, &error);
    assert_status(result_try("\x1f\x8b\x08\x00", ""), FLONG_INPUT, &error);
    flong_html_options options = {.size = sizeof options, .result = folder_file("not-there")};
    assert_status(flong_report_html(NULL, &options, bytes_take, NULL, &error), FLONG_IO, &error);
    options.result = NULL;
    assert_status(flong_report_html(NULL, &options, bytes_take, NULL, &error), FLONG_ARG, &error);
}

/* ---- failures ------------------------------------------------------------------------------ */

static int bytes_count(void *context, const char *bytes, size_t n) {
    size_t *left = context;
    (void)bytes;
    if (n > *left) return 1;
    *left -= n;
    return 0;
}

static void writing_can_stop(void **state) {
    (void)state;
    records all = {0};
    page p;
    some_news(&all);
    flong_index *index = index_of(&all);
    page_take(&p, index, NULL);
    for (size_t k = 0; k < 16; k++) {
        size_t left = p.html.n * k / 16;
        assert_status(flong_report_html(index, NULL, bytes_count, &left, &error), FLONG_STOPPED, &error);
    }
    assert_whole(index); /* and can be used again */
    page_free(&p);
    flong_index_close(index);
    records_free(&all);
}

/* Every allocation fails once: no page, a clear error, nothing lost. */
static void memory_runs_out(void **state) {
    (void)state;
    records all = {0};
    flong_html_options of_result;
    records_news(&all, 3, 24);
    flong_index *index = index_of(&all);
    result_write(index, &of_result);
    for (int from_result = 0; from_result < 2; from_result++) {
        flong_html_options options = from_result ? of_result : (flong_html_options){.size = sizeof options};
        options.threads = 1;
        flong_status status = FLONG_NOMEM;
        for (long n = 0; status != FLONG_OK; n += n < 200 ? 1 : 7) {
            size_t left = SIZE_MAX;
            record_source source = {.all = &all, .end = all.n};
            options.articles = from_result ? record_source_next : NULL;
            options.articles_context = &source;
            mem_fail_after(n);
            status = flong_report_html(from_result ? NULL : index, &options, bytes_count, &left, &error);
            mem_fail_after(-1);
            assert_true(status == FLONG_OK || status == FLONG_NOMEM);
            assert_true(n < 100000);
        }
    }
    flong_index_close(index);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_left_out),        cmocka_unit_test(nothing_is_a_page_too),
        cmocka_unit_test(articles_cannot_break_out), cmocka_unit_test(bad_results_are_refused),
        cmocka_unit_test(writing_can_stop),          cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
