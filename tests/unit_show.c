/* Articles with their texts, as an index tells them: what is marked, of what it holds and of what it does not. */
#include "support.h"

#include <inttypes.h>

static flong_error error;

/* ---- telling ------------------------------------------------------------------------------- */

static void reading_write(text *out, const flong_reading *r) {
    text_print(out, "%.*s %" PRIu64 " %" PRIu64 " %" PRIu64 " %d [%.*s|%.*s|%.*s]", (int)r->record.id.n,
               r->record.id.p, r->tokens, r->furniture, r->kept, r->stub, (int)r->wire.agency.n,
               r->wire.agency.p, (int)r->wire.credit.n, r->wire.credit.p, (int)r->wire.place.n,
               r->wire.place.p);
    for (size_t i = 0; i < r->n_marks; i++)
        text_print(out, " %d:%" PRIu64 "-%" PRIu64, (int)r->marks[i].kind, r->marks[i].begin,
                   r->marks[i].end);
    text_print(out, "\n%.*s\n", (int)r->record.text.n, r->record.text.p);
}

static int reading_print(void *context, const flong_reading *r) {
    reading_write(context, r);
    return 0;
}

static void str_same(flong_str a, flong_str b) {
    assert_int_equal(a.n, b.n);
    if (a.n) assert_memory_equal(a.p, b.p, a.n);
}

/* Compares what is told with the records, one after the other. */
typedef struct comparing {
    const records *all;
    size_t n;
} comparing;

static int reading_compare(void *context, const flong_reading *r) {
    comparing *c = context;
    const flong_record *want = &c->all->list[c->n++];
    str_same(r->record.id, want->id), str_same(r->record.title, want->title);
    str_same(r->record.text, want->text), str_same(r->record.url, want->url);
    str_same(r->record.author, want->author), str_same(r->record.lang, want->lang);
    assert_true(r->record.published == want->published);
    assert_true(r->furniture + r->kept <= r->tokens);
    return 0;
}

static void texts_come_back_as_they_were_given(void **state) {
    (void)state;
    records all = {0};
    records_archive(&all, 31, 0, 150, false);
    const flong_record signed_one = {.id = str_of("signed"),
                                     .url = str_of("https://tarn.example/1"),
                                     .site = str_of("tarn.example"),
                                     .title = str_of("Weir"),
                                     .text = str_of("The weir holds.\r\n\n  It held\tbefore.\n"),
                                     .published = FLONG_NO_DATE,
                                     .author = str_of("Ann Example, Bo Example"),
                                     .lang = str_of("en")};
    records_copy(&all, &signed_one);
    const char *path = index_file("given");
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    comparing c = {.all = &all};
    assert_ok(flong_index_texts(index, NULL, 0, reading_compare, &c, &error), &error);
    assert_int_equal(c.n, all.n);
    flong_index_close(index);
    assert_ok(flong_index_regroup(path, NULL, NULL, &error), &error);
    index = index_open(path, FLONG_OPEN_READ);
    c.n = 0;
    assert_ok(flong_index_texts(index, NULL, 0, reading_compare, &c, &error), &error);
    assert_int_equal(c.n, all.n);
    flong_index_close(index);
    records_free(&all);
}

/* ---- what is marked ------------------------------------------------------------------------ */

#define FORM "Get the letter of the weir every Friday morning"

/* Ten texts of a site that end in the same line, and one of another site that has it, too. */
static const char *const places[] = {"TARNBRIDGE", "LOWMOOR", "SKARHOLM", "KYIV",   "PORTO", "BASEL",
                                     "LINDAU",     "GRAZ",    "TURKU",    "BERGEN", "OSLO"};

static void weirs_make(records *all) {
    for (unsigned i = 0; i <= 10; i++) {
        text title = {0}, body = {0};
        char id[16];
        snprintf(id, sizeof id, "weir-%u", i);
        text_sentence(&title, 700 + i, 0);
        text_print(&body, "%s, May 3 (Reuters) - ", places[i]);
        text_sentences(&body, 900 + i, 6);
        text_print(&body, "\n" FORM);
        records_add(all, id, i < 10 ? "weir.example" : "other.example", title.p, body.p, FLONG_NO_DATE);
        text_free(&title), text_free(&body);
    }
}

static const flong_mark *mark_of(const flong_reading *r, flong_mark_kind kind) {
    for (size_t i = 0; i < r->n_marks; i++)
        if (r->marks[i].kind == kind) return &r->marks[i];
    return NULL;
}

static int weir_check(void *context, const flong_reading *r) {
    size_t *n = context;
    const flong_mark *form = mark_of(r, FLONG_MARK_FURNITURE), *credit = mark_of(r, FLONG_MARK_CREDIT);
    const char *place = places[(*n)++];
    bool own = *n <= 10; /* the texts are ASCII: characters are bytes */
    assert_true((form != NULL) == own);
    if (own) assert_int_equal(form->begin, r->record.text.n - strlen(FORM));
    if (own) assert_int_equal(form->end, r->record.text.n);
    assert_int_equal(r->furniture, own ? 9 : 0);
    assert_non_null(credit);
    assert_int_equal(credit->begin, 0);
    assert_int_equal(credit->end, strlen(place) + strlen(", May 3 (Reuters) -"));
    assert_int_equal(r->tokens - r->furniture - r->kept, 4);
    str_same(r->wire.agency, str_of("Reuters"));
    str_same(r->wire.place, str_of(place));
    return 0;
}

static void furniture_and_credits_are_marked(void **state) {
    (void)state;
    records all = {0};
    size_t n = 0;
    weirs_make(&all);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    assert_ok(flong_index_texts(index, NULL, 0, weir_check, &n, &error), &error);
    assert_int_equal(n, 11);
    flong_index_close(index);
    records_free(&all);
}

/* A record that the index holds is read as it was; one that it does not hold with what is known of its site. */
static void records_are_read_as_the_index_would(void **state) {
    (void)state;
    records all = {0};
    weirs_make(&all);
    records_archive(&all, 33, 0, 150, false);
    flong_index *index = index_open(index_file("read"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    text stored = {0}, read = {0};
    for (size_t i = 0; i < all.n; i++) {
        assert_ok(flong_index_texts(index, &all.list[i].id, 1, reading_print, &stored, &error), &error);
        assert_ok(flong_index_read(index, &all.list[i], reading_print, &read, &error), &error);
    }
    assert_same_text(&stored, &read);
    size_t n = 0;
    for (size_t i = 0; i <= 10; i++) {
        flong_record other = all.list[i];
        other.id = str_of("other");
        other.site = i < 10 ? str_of("www.weir.example") : other.site;
        assert_ok(flong_index_read(index, &other, weir_check, &n, &error), &error);
    }
    flong_record changed = all.list[0];
    text body = {0};
    text_print(&body, "Once more. %.*s", (int)changed.text.n, changed.text.p);
    changed.text = text_str(&body);
    read.n = 0;
    assert_ok(flong_index_read(index, &changed, reading_print, &read, &error), &error);
    text_add(&read, "", 1);
    assert_non_null(strstr(read.p, "Once more."));
    text_free(&stored), text_free(&read), text_free(&body);
    flong_index_close(index);
    records_free(&all);
}

/* ---- order, errors, callbacks -------------------------------------------------------------- */

static int stop_at_second(void *context, const flong_reading *r) {
    (void)r;
    return ++*(size_t *)context == 2;
}

/* Reads another article, and the first one again, whenever it is told of one. */
typedef struct asker {
    flong_index *index;
    const records *all;
    text lines, others;
} asker;

static int reading_ask(void *context, const flong_reading *r) {
    asker *a = context;
    flong_record other = a->all->list[3];
    other.id = str_of("other");
    assert_ok(flong_index_texts(a->index, &a->all->list[5].id, 1, reading_print, &a->others, &error), &error);
    assert_ok(flong_index_read(a->index, &other, reading_print, &a->others, &error), &error);
    reading_write(&a->lines, r); /* what it was told is as it was */
    return 0;
}

static void articles_come_in_the_order_asked_for(void **state) {
    (void)state;
    records all = {0};
    text lines = {0};
    size_t n = 0;
    weirs_make(&all);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    const flong_str ids[] = {all.list[7].id, all.list[2].id, all.list[7].id, str_of("nobody"),
                             all.list[1].id};
    assert_status(flong_index_texts(index, ids, 5, reading_print, &lines, &error), FLONG_NOT_FOUND, &error);
    assert_non_null(strstr(error.text, "nobody"));
    text_add(&lines, "", 1);
    const char *first = strstr(lines.p, "weir-7 "), *second = strstr(lines.p, "weir-2 ");
    assert_true(first && second && first < second && strstr(second, "weir-7 "));
    assert_null(strstr(lines.p, "weir-1 "));
    assert_status(flong_index_texts(index, NULL, 0, stop_at_second, &n, &error), FLONG_STOPPED, &error);
    assert_int_equal(n, 2);
    n = 1;
    assert_status(flong_index_read(index, &all.list[0], stop_at_second, &n, &error), FLONG_STOPPED, &error);
    text_free(&lines);
    flong_index_close(index);
    records_free(&all);
}

static void a_callback_may_use_the_index(void **state) {
    (void)state;
    records all = {0};
    text alone = {0};
    weirs_make(&all);
    flong_index *index = index_open(index_file("callback"), FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    asker a = {.index = index, .all = &all};
    assert_ok(flong_index_texts(index, NULL, 0, reading_print, &alone, &error), &error);
    assert_ok(flong_index_texts(index, NULL, 0, reading_ask, &a, &error), &error);
    assert_same_text(&alone, &a.lines);
    a.lines.n = alone.n = 0;
    assert_ok(flong_index_read(index, &all.list[4], reading_print, &alone, &error), &error);
    assert_ok(flong_index_read(index, &all.list[4], reading_ask, &a, &error), &error);
    assert_same_text(&alone, &a.lines);
    text_free(&alone), text_free(&a.lines), text_free(&a.others);
    flong_index_close(index);
    records_free(&all);
}

/* ---- the report ---------------------------------------------------------------------------- */

static int bytes_take(void *context, const char *bytes, size_t n) {
    text_add(context, bytes, n);
    return 0;
}

static int bytes_refuse(void *context, const char *bytes, size_t n) {
    (void)context, (void)bytes, (void)n;
    return 1;
}

static void the_report_is_one_line_of_json(void **state) {
    (void)state;
    const flong_mark marks[] = {
        {0, 4, FLONG_MARK_CREDIT}, {5, 9, FLONG_MARK_FURNITURE}, {12, 13, FLONG_MARK_ASIDE}};
    const flong_reading reading = {.record = {.id = str_of("a"),
                                              .title = str_of("A \"weir\""),
                                              .text = str_of("(AP)\nmore\nx y"),
                                              .published = 0,
                                              .author = str_of("Ann")},
                                   .wire = {.agency = str_of("AP"), .credit = str_of("(AP)")},
                                   .tokens = 8,
                                   .furniture = 2,
                                   .kept = 5,
                                   .marks = marks,
                                   .n_marks = 3};
    text line = {0};
    assert_ok(flong_report_reading(&reading, bytes_take, &line, &error), &error);
    text_add(&line, "", 1);
    assert_string_equal(
        line.p,
        "{\"id\": \"a\", \"title\": \"A \\\"weir\\\"\", \"published\": \"1970-01-01T00:00:00Z\", \"site\": "
        "null, "
        "\"url\": null, \"author\": \"Ann\", \"lang\": null, \"wire\": {\"agency\": \"AP\", \"credit\": "
        "\"(AP)\", "
        "\"place\": null}, \"tokens\": 8, \"kept\": 5, \"furniture\": 0.25, \"stub\": false, \"text\": "
        "\"(AP)\\nmore\\nx y\", \"marks\": [[0, 4, \"credit\"], [5, 9, \"furniture\"], [12, 13, "
        "\"aside\"]]}\n");
    text_free(&line);
    assert_status(flong_report_reading(&reading, bytes_refuse, NULL, &error), FLONG_STOPPED, &error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_back_as_they_were_given),
        cmocka_unit_test(furniture_and_credits_are_marked),
        cmocka_unit_test(records_are_read_as_the_index_would),
        cmocka_unit_test(articles_come_in_the_order_asked_for),
        cmocka_unit_test(a_callback_may_use_the_index),
        cmocka_unit_test(the_report_is_one_line_of_json),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
