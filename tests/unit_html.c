/* Pages of HTML: lines, bodies, what pages state, kinds, character sets, hostile markup. */
#include "support.h"

#include <time.h>

#include "base/memory.h"
#include "input/charset.h"
#include "input/html.h"
#include "input/pagetext.h"

#define MILL                                                                                                 \
    "The mill at Tarnbridge burned on Thursday, and forty families were told to leave their homes until "    \
    "the smoke had cleared."
#define ROOF  "The fire chief said that the roof fell in before the first engines arrived at the canal."
#define EMPTY "The mill, built in 1874, had stood empty since its last owner moved the machines abroad."
#define MORE                                                                                                 \
    "It is not known how it began; the police ask for witnesses who were at the canal that night, and so "   \
    "does the insurer of the last owner, who says that she sold her shares in it years ago. The council "    \
    "will meet on Monday, and has asked the county for tents, blankets and a kitchen that can serve a "      \
    "hundred people twice a day for as long as the air is bad. Schools stay shut until then, the head of "   \
    "the education board said, but the library is open to everybody who needs a warm and quiet place."
#define BODY  "<p>" MILL "</p><p>" ROOF "</p><p>" EMPTY "</p>"
#define LINES MILL "\n" ROOF "\n" EMPTY

static html *reader;
static flong_error error;

static int setup(void **state) {
    (void)state;
    reader = html_new();
    return reader == NULL;
}

static int teardown(void **state) {
    (void)state;
    html_free(reader);
    return 0;
}

static void assert_str(flong_str got, const char *wanted) {
    if (got.n != strlen(wanted) || (got.n && memcmp(got.p, wanted, got.n) != 0))
        fail_msg("\"%.*s\", not \"%s\"", (int)got.n, got.p ? got.p : "", wanted);
}

static page read_page(const char *markup, const char *url) {
    page_hints hints = {.url = str_of(url), .captured = FLONG_NO_DATE};
    page out;
    assert_ok(html_read(reader, &out, str_of(markup), &hints, &error), &error);
    return out;
}

/* ---- lines ------------------------------------------------------------------------- */

typedef struct row {
    const char *markup, *wanted;
} row;

static const row fragments[] = {
    {"", ""},
    {"a", "a"},
    {"<p>a<p>b", "a\nb"},
    {"<p>a <b>b</b>c<i> d </i>e</p>", "a bc d e"},
    {"a<br>b<br/>c<hr>d", "a\nb\nc\nd"},
    {"  a \n\t b&nbsp;&nbsp;c  ", "a b c"},
    {"<ul><li>a<li>b <ul><li>c</ul></ul>d", "a\nb\nc\nd"},
    {"<table><tr><td>a<td>b<tr><th>c</th><th>d</th></tr></table>", "a b\nc d"},
    {"<table><tr><td>a<p>b<td>c</table>", "a\nb\nc"},
    {"<div>a<span>b</span><div>c</div>d</div>", "ab\nc\nd"},
    {"<pre>a\n  b\n \nc\n\n\nd\n</pre>e", "a b\nc\nd\ne"},
    {"a&amp;b &lt;c&gt; &eacute;&#8217;&#x201C;&#150;", "a&b <c> é’“–"},
    {"a<script>b</script>c<style>d</style><!-- e -->f", "acf"},
    {"a<template>b</template><noscript>c</noscript><textarea>d</textarea>e", "a\ne"},
    {"a<p hidden>b</p><p style='color:red; display: none'>c</p><i aria-hidden=true>d</i>", "a"},
    {"<div hidden id='S:1'>a</div>", "a"},
    {"<select><option>a</select><button>b</button><svg><text>c</text></svg>d", "d"},
    {"1 < 2 <3 << 4 <", "1 < 2 <3 << 4 <"},
    {"a<b", "a<b"},
    {"<!DOCTYPE html><?php x ?><![CDATA[y]]>a</>b</ c>", "ab"},
    {"<p title='a>b' class=\"c'd\">e</p>", "e"},
    {"<p title=\"never closed>a</p><p>b", "a\nb"},
    {"<SCRIPT>a</SCRIPT ><p>b</P>", "b"},
    {"<script>a", ""},
    {"a<svg>b", "a"},
    {"a\xE3\x80\x80", "a"},
};

static void test_lines(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
        flong_str out;
        assert_ok(html_text(reader, &out, str_of(fragments[i].markup), &error), &error);
        if (out.n != strlen(fragments[i].wanted) || (out.n && memcmp(out.p, fragments[i].wanted, out.n) != 0))
            fail_msg("%s: \"%.*s\", not \"%s\"", fragments[i].markup, (int)out.n, out.p, fragments[i].wanted);
    }
}

/* ---- bodies ------------------------------------------------------------------------ */

#define STATED(body)                                                                                         \
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" body "\"}</script>"

static const row bodies[] = {
    {"<nav><a href=/>Home</a></nav><article>" BODY "</article>", LINES},
    {"<div class=x>" BODY "</div><div class=related><p>" MILL " Again.</p></div>", LINES},
    {"<article>" BODY "<div class=comments><p>" MILL " I saw it!</p></div></article>", LINES},
    {"<article><figure><figcaption>" MILL "</figcaption></figure>" BODY "</article>", LINES},
    {"<article>" BODY
     "<aside><p>Sign up for our letter, which comes each morning to your door.</p></aside></article>",
     LINES},
    {"<form>" BODY "</form>", LINES},
    {"<article><p>" MILL "</p><h2>The roof</h2><p>" ROOF
     "</p><ul><li><a href=x>Read another one of our articles</a></ul><p>" EMPTY "</p></article>",
     MILL "\nThe roof\n" ROOF "\n" EMPTY},
    {"<article><p>" MILL
     "</p><blockquote class=twitter-tweet><p>What a sight that was from the bridge!</p></blockquote>"
     "<p>" ROOF "</p></article>",
     MILL "\n" ROOF},
    {"<article><p>No.</p><p>It burned down.</p>" BODY "<p>Nobody was hurt.</p></article>",
     "It burned down.\n" LINES "\nNobody was hurt."},
    {"<meta name=description content='A fire has destroyed the old mill at the canal'><h1>Mill "
     "burns</h1><h2>A fire "
     "has destroyed the old mill at the canal</h2><div class=story-body>" BODY "</div>",
     "A fire has destroyed the old mill at the canal\n" LINES},
    /* the statement says where the body is */
    {STATED(MILL " " ROOF " " EMPTY) "<div>" BODY "<p>Our reporter has lived in Tarnbridge for forty years, "
                                     "and writes about canals.</p></div>",
     LINES},
    /* a teaser of it is no body */
    {STATED(MILL " It is not known how the fire began, the police said in the evening, and asked for "
                 "witnesses who saw "
                 "lights at the mill on the night before.") "<div>" BODY "<p>" MORE "</p></div>",
     LINES "\n" MORE},
    /* a page that shows but a part */
    {STATED(MILL "\\n\\n" ROOF "\\n" EMPTY
                 " Nobody has said yet what shall be built in its place, and when.") "<div><p>" MILL
                                                                                     "</p></div>",
     LINES " Nobody has said yet what shall be built in its place, and when."},
    /* one article behind the other */
    {"<main><article><h1>First of them</h1>" BODY "</article><article><h1>Second of them</h1>" BODY
     "</article></main>",
     LINES},
    {"<div>" BODY "</div><script>var a = \"<p>" MILL "</p>\";</script>", LINES},
};

static void test_bodies(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        page out = read_page(bodies[i].markup, "https://courier.example/news/old-mill-burns-down");
        if (out.text.n != strlen(bodies[i].wanted) || memcmp(out.text.p, bodies[i].wanted, out.text.n) != 0)
            fail_msg("body %zu: \"%.*s\"", i, (int)out.text.n, out.text.p ? out.text.p : "");
        assert_int_equal(out.kind, PAGE_ARTICLE);
    }
}

/* ---- what a page states ------------------------------------------------------------ */

typedef struct stated {
    const char *markup;
    const char *url, *site, *title, *author, *lang;
    int64_t published;
} stated;

#define URL        "https://www.courier.example/news/mill"
#define HOST       "courier.example"
#define DAY        INT64_C(1714608000) /* 2024-05-02 */
#define NONE       FLONG_NO_DATE
#define LD(object) "<script type=\"application/ld+json\">" object "</script>"

static const stated statements[] = {
    {"", URL, HOST, "", "", "", NONE},
    {"<html lang=en_GB><title>Old mill burns down - The Courier</title>", URL, HOST, "Old mill burns down",
     "", "en-GB", NONE},
    {"<link rel=canonical href='https://m.post.example/a'>", "https://m.post.example/a", "m.post.example", "",
     "", "", NONE},
    {"<link rel=canonical href=/b>", "https://www.courier.example/b", HOST, "", "", "", NONE},
    {"<link rel=canonical href=//post.example/b>", "https://post.example/b", "post.example", "", "", "",
     NONE},
    {"<link rel=canonical href='https://www.courier.example/'>", URL, HOST, "", "", "", NONE},
    {"<meta property=og:url content='https://post.example/c'>", "https://post.example/c", "post.example", "",
     "", "", NONE},
    {"<meta property=og:site_name content='Courier'><meta property=og:title content='Mill burns | Courier'>",
     URL, HOST, "Mill burns", "", "", NONE},
    {"<title>The old mill burns | News | Courier</title><h1>Courier</h1><h1>The old mill <em>burns</em></h1>",
     URL, HOST, "The old mill burns", "", "", NONE},
    {"<meta property='og:title' content=\"Mill &#8216;burns&#8217;\"><h1>Mill ‘burns’</h1>", URL, HOST,
     "Mill ‘burns’", "", "", NONE},
    {"<meta property=article:published_time content='2024-05-02T00:00:00Z'><meta name=author content='By "
     "Ines Oduya'>",
     URL, HOST, "", "Ines Oduya", "", DAY},
    {"<meta property=article:author content='https://facebook.example/ines'><meta name=parsely-author "
     "content='Ines "
     "Oduya'><meta name=sailthru.date content='2024-05-02'>",
     URL, HOST, "", "Ines Oduya", "", DAY},
    {"<time datetime=2024-05-02>yesterday</time><a rel=author href=x>Ines  Oduya</a>", URL, HOST, "",
     "Ines Oduya", "", DAY},
    {"<span class=article-byline>By Walter Penhale</span><p>Published on May 2, 2024</p><p>" MILL "</p>", URL,
     HOST, "", "Walter Penhale", "", DAY},
    {LD("{\"@type\":\"NewsArticle\",\"headline\":\"Mill &amp; "
        "canal\",\"datePublished\":\"2024-05-02\",\"author\":{\"name\":"
        "\"Ines Oduya\"},\"inLanguage\":\"en\"}"),
     URL, HOST, "Mill & canal", "Ines Oduya", "en", DAY},
    {LD("[{\"@type\":\"WebPage\"},{\"@graph\":[{\"@type\":[\"Article\",\"Thing\"],\"headline\":\"Mill "
        "burns\",\"author\":[{"
        "\"name\":\"Ines Oduya\"},{\"name\":\"Walter "
        "Penhale\"}],\"datePublished\":\"2024-05-02T00:00:00+00:00\"}]}]"),
     URL, HOST, "Mill burns", "Ines Oduya, Walter Penhale", "", DAY},
    {LD("<!-- "
        "{\"@type\":\"http://schema.org/"
        "BlogPosting\",\"headline\":\"Mill\nburns\",\"datePublished\":\"1970-01-01\"}; -->"),
     URL, HOST, "Mill burns", "", "", NONE},
    {LD("{\"@type\":\"NewsArticle\",\"headline\":\"broken\""), URL, HOST, "", "", "", NONE},
    {LD("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"Another\"}]"
        "}"),
     URL, HOST, "", "", "", NONE},
};

static void test_statements(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        const stated *s = &statements[i];
        page out = read_page(s->markup, URL);
        print_message("%s\n", s->markup);
        assert_str(out.url, s->url);
        assert_str(out.site, s->site);
        assert_str(out.title, s->title);
        assert_str(out.author, s->author);
        assert_str(out.lang, s->lang);
        assert_int_equal(out.published, s->published);
    }
    page out = read_page("<p>x", "https://courier.example/2024/05/02/mill");
    assert_int_equal(out.published, DAY);
}

/* ---- kinds ------------------------------------------------------------------------- */

#define TEASER                                                                                               \
    "<div><h2><a href=/a>A headline of some length for you</a></h2><p>What this article tells its "          \
    "readers, in one sentence.</p></div>"
#define TEASERS TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER

static void assert_kind(const char *markup, const char *url, page_kind kind) {
    page out = read_page(markup, url);
    if (out.kind != kind) fail_msg("kind %d of %s, not %d: %s", out.kind, url, kind, markup);
    assert_int_equal(out.why == NULL, kind == PAGE_ARTICLE);
}

static void test_kinds(void **state) {
    (void)state;
    assert_kind("<article>" BODY "</article>", "https://courier.example/news/old-mill-burns-down",
                PAGE_ARTICLE);
    assert_kind("<meta property=og:type content=article><p>" MILL "</p>", "", PAGE_ARTICLE);
    assert_kind(LD("{\"@type\":\"NewsArticle\"}") "<p>Nobody was hurt when the mill burned, police said.</p>",
                "", PAGE_ARTICLE);
    assert_kind("<article>" BODY "</article>" TEASERS, "https://courier.example/old-mill-burns-down.html",
                PAGE_ARTICLE);
    assert_kind(BODY "<p>" MORE, "", PAGE_ARTICLE);
    assert_kind(TEASERS, "https://courier.example/", PAGE_LIST);
    assert_kind(TEASERS, "https://courier.example/tag/mills", PAGE_LIST);
    assert_kind(TEASERS, "https://courier.example/search?q=mill", PAGE_LIST);
    assert_kind(LD("{\"@type\":\"CollectionPage\"}") TEASERS, "https://courier.example/sport", PAGE_LIST);
    assert_kind("<title>404</title>" TEASERS, "https://courier.example/a-b-c-d-e", PAGE_OTHER);
    assert_kind("", "https://courier.example/a", PAGE_OTHER);
    assert_kind("<h1>Page not found</h1><p>Sorry.</p>", "https://courier.example/a-b-c-d-e", PAGE_OTHER);
    assert_kind("<form><label>Name</label><input></form>", "https://courier.example/login", PAGE_OTHER);
}

/* ---- character sets ---------------------------------------------------------------- */

typedef struct set {
    const char *bytes, *hint, *text, *name;
    unsigned replaced;
} set;

static const set sets[] = {
    {"caf\xC3\xA9", "", "café", "utf-8", 0},
    {"caf\xC3\xA9", "iso-8859-1", "café", "utf-8", 0}, /* what is valid is meant */
    {"\xEF\xBB\xBF"
     "a",
     "koi8-r", "a", "utf-8", 0},
    {"caf\xE9", "text/html; charset=ISO-8859-1", "café", "windows-1252", 0},
    {"\x93"
     "a\x94",
     "latin1", "“a”", "windows-1252", 0},
    {"<meta charset='koi8-r'>\xCD\xC9\xD2", "", "<meta charset='koi8-r'>мир", "koi8-r", 0},
    {"<meta http-equiv=Content-Type content='text/html;charset=windows-1251'>\xEC\xE8\xF0", "",
     "<meta http-equiv=Content-Type content='text/html;charset=windows-1251'>мир", "windows-1251", 0},
    {"\x89\xCE\x8E\x96", "Shift_JIS", "火事", "shift_jis", 0},
    {"\xBB\xF0\xD4\xD6", "gb2312", "火灾", "gbk", 0},
    {"\xC8\xAD\xC0\xE7", "text/html; charset=\"EUC-KR\"", "화재", "euc-kr", 0},
    {"a\xFF"
     "b",
     "utf-8",
     "a\xEF\xBF\xBD"
     "b",
     "utf-8", 1},
    {"a\xE2\x82", "utf-8", "a\xEF\xBF\xBD", "utf-8", 1},
    {"Le feu a d\xE9truit la vieille papeterie, et quarante familles ont d\xFB quitter leurs maisons cette "
     "nuit. Personne n'a \xE9t\xE9 bless\xE9.",
     "no-such-set",
     "Le feu a détruit la vieille papeterie, et quarante familles ont dû quitter leurs maisons cette nuit. "
     "Personne n'a été blessé.",
     "windows-1252", 0},
    {"", "", "", "utf-8", 0},
};

static void test_charsets(void **state) {
    (void)state;
    charset *self = charset_new();
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        charset_text out;
        assert_ok(
            charset_decode(self, &out, str_of(sets[i].bytes), str_of(sets[i].hint), CHARSET_HTML, &error),
            &error);
        assert_str(out.text, sets[i].text);
        assert_string_equal(out.name, sets[i].name);
        assert_int_equal(out.replaced, sets[i].replaced);
    }
    charset_text out;
    assert_ok(charset_decode(self, &out, (flong_str){"\xFF\xFEm\0i\0l\0l\0", 10}, str_of(""), CHARSET_PLAIN,
                             &error),
              &error);
    assert_str(out.text, "mill");
    assert_ok(
        charset_decode(self, &out, (flong_str){"\0m\0i\0l\0l\0!", 10}, str_of(""), CHARSET_PLAIN, &error),
        &error);
    assert_str(out.text, "mill!");
    /* Said to be UTF-8, and not: what it looks like. */
    static const char russian[] =
        "\xF1\xEE\xF0\xEE\xEA \xF1\xE5\xEC\xE5\xE9 \xE2\xFB\xED\xF3\xE6\xE4\xE5\xED\xFB \xEF\xEE\xEA"
        "\xE8\xED\xF3\xF2\xFC \xF1\xE2\xEE\xE8 \xE4\xEE\xEC\xE0 \xFD\xF2\xEE\xE9 \xED\xEE\xF7\xFC\xFE";
    assert_ok(charset_decode(self, &out, str_of(russian), str_of("utf-8"), CHARSET_PLAIN, &error), &error);
    assert_str(out.text, "сорок семей вынуждены покинуть свои дома этой ночью");
    charset_free(self);
}

/* ---- hostile markup ---------------------------------------------------------------- */

/* A megabyte of each takes a fraction of a second; what is not linear takes minutes. */
static const char *const floods[] = {"<",
                                     "<div>",
                                     "<b>",
                                     "</b>",
                                     "<p>",
                                     "<a b='>' ",
                                     "<a href=\"",
                                     "&",
                                     "&#x",
                                     "<!--",
                                     "<!",
                                     "<script>",
                                     "<svg>",
                                     "<table><tr><td>",
                                     "<li><ul>",
                                     "<body>",
                                     "<form>",
                                     "<h1>a</h1>",
                                     "<time>2</time>",
                                     "</p><p hidden>",
                                     "\xFF",
                                     "a ",
                                     "<title>a - ",
                                     "<pre>\n",
                                     "<article><h1>a</h1>",
                                     "<p class='ad nav menu'>x",
                                     "<script type=application/ld+json>[</script>",
                                     "<meta property=og:title content='a - b'>"};

static void test_floods(void **state) {
    (void)state;
    enum { BYTES = 1 << 20 };
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
        text flood = {0};
        text_print(&flood, "<i x");
        for (int n = 0; n < 2000 && i % 2; n++) text_print(&flood, "><i");
        while (flood.n < BYTES) text_add(&flood, floods[i], strlen(floods[i]));
        clock_t start = clock();
        page out;
        assert_ok(html_read(reader, &out, text_str(&flood), NULL, &error), &error);
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (took > 20) fail_msg("a megabyte of \"%s\" takes %.1f s", floods[i], took);
        text_free(&flood);
    }
    text deep = {0};
    for (int n = 0; n < 100; n++) text_print(&deep, "<div class=a>");
    text_print(&deep, BODY);
    for (int n = 0; n < 100000; n++) text_print(&deep, "<div><span>");
    page out;
    assert_ok(html_read(reader, &out, text_str(&deep), NULL, &error), &error);
    assert_str(out.text, LINES);
    text_free(&deep);
}

static void test_no_memory(void **state) {
    (void)state;
    static const char markup[] = "<meta charset=latin1><title>Mill burns | Courier</title>" LD(
        "{\"@type\":\"NewsArticle\",\"headline\":\"Mill\",\"author\":\"A\",\"articleBody\":\"" MILL " " ROOF
        " " EMPTY "\"}") "<link rel=canonical href=/a><meta name=description content='" MILL
                         "'><h1>Mill burns</h1>" BODY "\xE9";
    page_hints hints = {.url = str_of(URL), .captured = FLONG_NO_DATE};
    for (long n = 0;; n++) {
        mem_fail_after(n);
        html *self = html_new();
        page out;
        flong_status status = self ? html_read(self, &out, str_of(markup), &hints, NULL) : FLONG_NOMEM;
        mem_fail_after(-1);
        html_free(self);
        if (status == FLONG_OK) {
            assert_true(n > 10);
            break;
        }
        assert_int_equal(status, FLONG_NOMEM);
    }
}

/* ---- pages saved as text ----------------------------------------------------------- */

typedef struct saved {
    const char *text, *title, *author, *body;
    int64_t published;
} saved;

#define TITLE "Old mill burns down at Tarnbridge"

static const saved saves[] = {
    {"Skip to content\nEdit\n\n" TITLE "\n\nby Ines Oduya May 2, 2024 2 min read\nA caption\n\n" MILL "\n",
     TITLE, "Ines Oduya", "A caption\n\n" MILL, DAY},
    {TITLE "\nBy INES ODUYA\n2 May 2024\n" MILL, TITLE, "INES ODUYA", MILL, DAY},
    {TITLE "\nPublished: 2024-05-02\n" MILL, TITLE, "", MILL, DAY},
    {TITLE "\nMay 2, 2024 | 3 min read\nBy Ines Oduya and Walter Penhale\n\n" MILL, TITLE,
     "Ines Oduya and Walter Penhale", MILL, DAY},
    {TITLE "\nIt was empty since 2009, and nobody was hurt.\nBy Ines Oduya | Courier\n" MILL, TITLE,
     "Ines Oduya", MILL, NONE},
    {TITLE "\n\n" MILL "\n", TITLE, "", TITLE "\n\n" MILL "\n", NONE},
    /* none */
    {MILL "\n" ROOF, "", "", MILL "\n" ROOF, NONE},
    {MILL "\n\n" ROOF, "", "", MILL "\n\n" ROOF, NONE},
    {TITLE "\n" MILL, "", "", TITLE "\n" MILL, NONE},
    {TITLE "\nBy far the oldest mill of the county burned on Thursday.\n" MILL, "", "",
     TITLE "\nBy far the oldest mill of the county burned on Thursday.\n" MILL, NONE},
    {TITLE "\nBy Ines Oduya\n", "", "", TITLE "\nBy Ines Oduya\n", NONE},
    {MILL "\nThe mill burned on May 2, 2024.\n" ROOF, "", "", MILL "\nThe mill burned on May 2, 2024.\n" ROOF,
     NONE},
    {"", "", "", "", NONE},
};

static void test_saved_pages(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof saves / sizeof *saves; i++) {
        pagetext out;
        pagetext_read(&out, str_of(saves[i].text));
        print_message("%s\n", saves[i].text);
        assert_str(out.title, saves[i].title);
        assert_str(out.author, saves[i].author);
        assert_str(out.text, saves[i].body);
        assert_int_equal(out.published, saves[i].published);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_statements), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_charsets),   cmocka_unit_test(test_floods),
        cmocka_unit_test(test_no_memory),  cmocka_unit_test(test_saved_pages),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
