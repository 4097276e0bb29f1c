/* Feeds of all kinds, and broken ones. */
#include "notes.h"

#include "base/memory.h"
#include "input/rss.h"

/* Items as "line {...}\n", what is bad as "line: why\n". */
static notes seen;

static bool on_item(void *context, flong_str json, uint64_t line) {
    assert_ptr_equal(context, &seen);
    note(&seen, "%d %.*s\n", (int)line, (int)json.n, json.p);
    return true;
}

static bool on_bad(void *context, uint64_t line, const char *why) {
    assert_ptr_equal(context, &seen);
    note(&seen, "%d: %s\n", (int)line, why);
    return true;
}

/* Reads the file `step` bytes at a time. */
static flong_status read_items(const char *file, size_t n, size_t step, size_t max_item) {
    const rss_options options = {
        .max_item = max_item, .too_long = "too long", .item = on_item, .bad = on_bad};
    rss *self = rss_new(&options);
    flong_status status = self ? FLONG_OK : FLONG_NOMEM;
    seen.n = 0;
    seen.text[0] = 0;
    for (size_t at = 0; status == FLONG_OK && at <= n; at += step) {
        bool at_end = n - at <= step;
        status = rss_push(self, &seen, (flong_str){file + at, at_end ? n - at : step}, at_end, NULL);
        if (at_end) break;
    }
    rss_free(self);
    return status;
}

static const char *items_of_bytes(const char *file, size_t n) {
    static char whole[sizeof seen.text];
    assert_int_equal(read_items(file, n, n + 1, 1000), FLONG_OK);
    memcpy(whole, seen.text, seen.n + 1);
    for (size_t step = 1; step < 100; step = step * 3 + 1) {
        assert_int_equal(read_items(file, n, step, 1000), FLONG_OK);
        assert_string_equal(seen.text, whole);
    }
    return whole;
}

static const char *items(const char *file) { return items_of_bytes(file, strlen(file)); }

static void rss2(void **state) {
    (void)state;
    assert_string_equal(
        items(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n"
            "<channel><title>Courier</title><link>https://courier.example/</link><description>News</"
            "description>\n"
            "<language>en-gb</language><image><title>Logo</title><link>https://courier.example/l</link></"
            "image>\n"
            "<item><title>Fire &amp;amp; smoke</title><link> https://courier.example/1\n</link>\n"
            "<guid isPermaLink=\"false\">c-1</guid><pubDate>Thu, 02 May 2024 07:10:00 +0100</pubDate>\n"
            "<dc:creator>Ada Quill</dc:creator><dc:creator><![CDATA[Ben Ink]]></dc:creator>\n"
            "<description>&lt;p&gt;A fire.&lt;/p&gt;</description><media:title>Photo</media:title>\n"
            "<media:content url=\"x\"><media:description>A very long caption, longer than the text of the "
            "article is."
            "</media:description></media:content>\n"
            "<content:encoded><![CDATA[<p>A fire burned &amp; burned.</p>]]></content:encoded></item>\n"
            "<item><guid>https://courier.example/2</guid><author>desk@courier.example (The "
            "Desk)</author></item>\n"
            "</channel></rss>"),
        "6 {\"id\":\"c-1\",\"url\":\"https://courier.example/1\",\"published\":\"Thu, 02 May 2024 07:10:00 "
        "+0100\","
        "\"author\":\"Ada Quill, Ben Ink\",\"lang\":\"en-gb\",\"title_html\":\"Fire &amp; smoke\","
        "\"content_html\":\"<p>A fire burned &amp; burned.</p>\"}\n"
        "13 {\"id\":\"https://courier.example/2\",\"url\":\"https://courier.example/2\",\"author\":\"The "
        "Desk\","
        "\"lang\":\"en-gb\"}\n");
}

static void rdf(void **state) {
    (void)state;
    assert_string_equal(
        items("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
              "xmlns=\"http://purl.org/rss/1.0/\"\n"
              " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"u\"><title>t</title>\n"
              "<dc:language>fr</dc:language><items><rdf:Seq><rdf:li "
              "resource=\"a\"/></rdf:Seq></items></channel>\n"
              "<item rdf:about=\"https://a.example/1\"><title>Un</title><description>Texte</description>\n"
              "<dc:date>2024-05-02</dc:date></item></rdf:RDF>"),
        "4 "
        "{\"id\":\"https://a.example/1\",\"url\":\"https://a.example/"
        "1\",\"published\":\"2024-05-02\",\"lang\":\"fr\","
        "\"title_html\":\"Un\",\"content_html\":\"Texte\"}\n");
}

static void atom(void **state) {
    (void)state;
    assert_string_equal(
        items("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><title>Blatt</title><id>f</id>\n"
              "<entry xml:lang=\"de-AT\"><id>urn:1</id><title type=\"html\">A &lt;b&gt;b&lt;/b&gt;</title>\n"
              "<link rel=\"self\" href=\"https://a.example/s\"/><link "
              "href=\"https://a.example/1?a=1&amp;b=2\"/>\n"
              "<author><name>Eva</name><email>e@a.example</email></author><author><name>Max</name></author>\n"
              "<updated>2024-05-03T00:00:00Z</updated><published>2024-05-02T00:00:00Z</published>\n"
              "<source><title>Other</title><id>other</id></source><summary>Kurz</summary>\n"
              "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>1 &lt; 2 "
              "&amp;</p><br/>x</div></content>\n"
              "</entry><entry><id>urn:2</id><title type=\"text\">1 &lt; 2</title>\n"
              "<content type=\"text\">Zeile\nZeile &lt;3</content></entry></feed>"),
        "2 {\"id\":\"urn:1\",\"url\":\"https://a.example/1?a=1&b=2\",\"published\":\"2024-05-02T00:00:00Z\","
        "\"author\":\"Eva, Max\",\"lang\":\"de-AT\",\"title_html\":\"A <b>b</b>\","
        "\"content_html\":\"<div><p>1 &lt; 2 &amp;</p><br></br>x</div>\"}\n"
        "8 {\"id\":\"urn:2\",\"lang\":\"de\",\"title_html\":\"1 &lt; 2\",\"text\":\"Zeile\\nZeile <3\"}\n");
}

static void entities(void **state) {
    (void)state;
    /* Those of HTML are known, those of the document are not, so nothing expands. */
    assert_string_equal(items("<!DOCTYPE rss [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM "
                              "\"file:///etc/passwd\">]>\n"
                              "<rss><channel><item><title>a&nbsp;b &eacute; &euro; &b;&x;&nothing; &#8217; "
                              "&amp;</title></item></channel></rss>"),
                        "2 {\"title_html\":\"a\302\240b \303\251 \342\202\254  \342\200\231 &\"}\n");
}

static void charsets(void **state) {
    (void)state;
    assert_string_equal(
        items(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><item><title>caf\351</title></item></rss>"),
        "1 {\"title_html\":\"caf\303\251\"}\n");
    const char *bad = "<?xml vers encoding=\"ISO-8859-1\"?><rss><item><title>caf\351</title></item></rss>";
    assert_int_equal(read_items(bad, strlen(bad), 1000, 1000), FLONG_OK);
    assert_non_null(strstr(seen.text, "1: the item is not in the character set of the feed\n"));
    static const char utf16[] =
        "\xFF\xFE<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0<\0i\0d\0>\0\xE9\0<\0/\0i\0d\0>\0<\0/\0i\0t\0e\0m\0>\0"
        "<\0/\0r\0s\0s\0>\0";
    assert_string_equal(items_of_bytes(utf16, sizeof utf16 - 1), "1 {\"id\":\"\303\251\"}\n");
}

static void damaged(void **state) {
    (void)state;
    const char *found = items("<rss><channel>\n<item><title>A & B &amp; C</title></item>\n"
                              "<item><title>D &amp; E</title></item></channel></rss>");
    assert_non_null(strstr(found, "2: damaged XML: "));
    assert_non_null(strstr(found, "&amp;") ? NULL : "");
    assert_non_null(strstr(found, "3 {\"title_html\":\"D & E\"}\n"));
    found = items("<rss><channel>\n<item><title>A</title></item>\n<item><title>B</ti");
    assert_non_null(strstr(found, "2 {\"title_html\":\"A\"}\n3: damaged XML: "));
    assert_null(strstr(found, "\"B"));
    found = items("<rss><item><title>A</title></item></rss>\nrubbish");
    assert_non_null(strstr(found, "1 {\"title_html\":\"A\"}\n2: damaged XML: "));
    found = items("");
    assert_non_null(strstr(found, "1: damaged XML: "));
}

static void long_items(void **state) {
    (void)state;
    static char file[8000];
    snprintf(file, sizeof file, "<rss><item><title>%01100d</title></item><item><title>A</title></item></rss>",
             7);
    assert_string_equal(items(file), "1: too long\n1 {\"title_html\":\"A\"}\n");
    snprintf(file, sizeof file, "<rss><item><id>%0600d</id><title>%0600d</title></item></rss>", 7, 7);
    assert_string_equal(items(file), "1: too long\n");
    snprintf(file, sizeof file, "<rss><language>%01100d</language><item><id>1</id></item></rss>", 7);
    assert_string_equal(items(file), "1 {\"id\":\"1\"}\n");
}

static void beginnings(void **state) {
    (void)state;
    static const struct {
        const char *head;
        bool is_rss;
    } cases[] = {{"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", true},
                 {" \n<feed xmlns='http://www.w3.org/2005/Atom'>", true},
                 {"<rdf:RDF\n", true},
                 {"<rssfeed>", false},
                 {"<?xml version='1.0'?><nitf>", false},
                 {"{\"text\": \"<rss >\"}", false},
                 {"", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(rss_begins((flong_str){cases[i].head, strlen(cases[i].head)}), cases[i].is_rss);
}

static void no_memory(void **state) {
    (void)state;
    const char *file = "<rss><language>en</language><item><title>A</title><id>1</id></item></rss>";
    long allowed = 0;
    for (flong_status status = FLONG_NOMEM; status != FLONG_OK; allowed++) {
        mem_fail_after(allowed);
        status = read_items(file, strlen(file), 1000, 1000);
        mem_fail_after(-1);
        assert_true(status == FLONG_OK || status == FLONG_NOMEM);
    }
    assert_true(allowed > 4);
    assert_string_equal(seen.text, "1 {\"id\":\"1\",\"lang\":\"en\",\"title_html\":\"A\"}\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss2),       cmocka_unit_test(rdf),        cmocka_unit_test(atom),
        cmocka_unit_test(entities),   cmocka_unit_test(charsets),   cmocka_unit_test(damaged),
        cmocka_unit_test(long_items), cmocka_unit_test(beginnings), cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
