/* Asides: notices, menus, code and posts are told from what was written for the article. */
#include "support.h"

#include "text/aside.h"

typedef struct reading {
    tokenizer reader;
    article article;
} reading;

static const article *read_text(reading *in, const char *words) {
    assert_true(article_read(&in->reader, &in->article, (flong_str){0}, str_of(words)));
    return &in->article;
}

static void reading_free(reading *in) {
    tokenizer_free(&in->reader);
    article_free(&in->article);
}

static size_t marked(const article *a, uint32_t marks) {
    size_t n = 0;
    for (size_t i = 0; i < a->tokens.n; i++) n += (a->tokens.tokens[i].before & marks) != 0;
    return n;
}

#define NEWS                                                                                                 \
    "The council of Tarnbridge voted on Monday to mend the bridge over the weir before the winter, and to "  \
    "close it to lorries until then. The mayor said that nobody had expected the vote to be so clear. "      \
    "Shopkeepers on the east bank fear for their trade, and want a ferry while the work goes on."

static void news_is_no_aside(void **state) {
    (void)state;
    static const char *const texts[] = {
        NEWS,
        "Of all the bells in Lowmoor town\nThe oldest one was taken down\nAnd sold to pay the ringers' wine\n"
        "Before the year of forty-nine.",
        "市议会周一投票决定在冬天之前修好那座桥，并且在此之前禁止货车通行。市长说没有人预料到结果会如此清楚"
        "。",
        "قرر المجلس يوم الاثنين إصلاح الجسر قبل الشتاء ومنع الشاحنات من عبوره حتى ذلك الحين.",
        "Рада в понеділок вирішила полагодити міст до зими і до того часу закрити його для вантажівок.",
        "The firm asks more of those who subscribe, and its cookie jars sell better than its privacy "
        "screens.",
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(marked(read_text(&in, texts[i]), TOKEN_ASIDE), 0);
    reading_free(&in);
}

/* Each sentence with one of the phrases is a notice, the others of its line are not. */
static void notices_are_told_by_their_phrases(void **state) {
    (void)state;
    static const char *const notices[] = {
        "Please enter your email to get the weir letter every Friday.",
        "This page uses cookies, as others do.",
        "Copyright Tarnbridge Courier. ALL RIGHTS RESERVED.",
        "You have read ten free articles in May.",
        "Diese Seite ist geschützt, alle Rechte vorbehalten.",
        "Tous droits réservés par le Courrier de la Tarn.",
        "Всі тексти належать газеті, усі права захищені.",
        "本站内容由编辑部提供，未经授权不得使用。",
        "جميع الحقوق محفوظة للصحيفة",
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        const article *a = read_text(&in, notices[i]);
        assert_int_equal(marked(a, TOKEN_NOTICE), a->tokens.n - (i == 2 ? 3 : 0));
    }
    size_t n = read_text(&in, NEWS)->tokens.n;
    const article *a = read_text(&in, NEWS " Sign in to read on and to comment.");
    assert_int_equal(a->tokens.n, n + 8);
    assert_int_equal(marked(a, TOKEN_NOTICE), 8);
    assert_int_equal(marked(a, TOKEN_NOTICE) + marked(a, TOKEN_MENU), 8);
    reading_free(&in);
}

/* What stands between two notices that are near is of them; what stands between distant ones is not. */
static void forms_are_one_notice(void **state) {
    (void)state;
    reading in = {0};
    const article *a =
        read_text(&in, "Leave a reply\nWe read every one of them, in good time.\nYour email address");
    assert_int_equal(marked(a, TOKEN_NOTICE), a->tokens.n);
    size_t n = read_text(&in, NEWS)->tokens.n;
    a = read_text(&in, "Sign in here.\n" NEWS "\nAll rights reserved.");
    assert_int_equal(marked(a, TOKEN_ASIDE), a->tokens.n - n);
    reading_free(&in);
}

static void menus_are_runs_of_short_lines(void **state) {
    (void)state;
    reading in = {0};
    const article *a = read_text(&in, "Home\nNews\nSport and games\nWeather in Tarnbridge\n" NEWS);
    assert_int_equal(marked(a, TOKEN_MENU), 8);
    a = read_text(&in, "Home\nNews\nSport and games\n" NEWS); /* three lines may be headings */
    assert_int_equal(marked(a, TOKEN_MENU), 0);
    a = read_text(&in, "He ran.\nShe hid.\nNobody saw them.\nIt rained.\nThen they met.\n" NEWS);
    assert_int_equal(marked(a, TOKEN_MENU), 0);
    reading_free(&in);
}

static void code_is_a_menu(void **state) {
    (void)state;
    reading in = {0};
    size_t n = read_text(&in, NEWS)->tokens.n;
    const article *a =
        read_text(&in, "(function(w,d){w.layer=[];var f=d.getElementsByTagName('script');f={a:w};})\n" NEWS);
    assert_int_equal(marked(a, TOKEN_MENU), a->tokens.n - n);
    a = read_text(
        &in,
        "The vote was 12 = 12, so the mayor decided, and <no more> was said of it in the hall that day.");
    assert_int_equal(marked(a, TOKEN_MENU), 0);
    reading_free(&in);
}

/* A post is quoted, also when an address stands between its words and its signature. */
static void posts_are_quotations(void **state) {
    (void)state;
    reading in = {0};
    const article *a =
        read_text(&in, "The bridge was never so empty\n— Ines Oduya (@ines) May 2, 2024\n" NEWS);
    assert_int_equal(marked(a, TOKEN_QUOTED), 12);
    a = read_text(
        &in, "The bridge was never so empty https://t.example/x1\n— Ines Oduya (@ines) May 2, 2024\n" NEWS);
    assert_int_equal(marked(a, TOKEN_QUOTED), 16);
    /* line ends lost: a year behind the handle, or the address of the picture, ends the post */
    size_t n = read_text(&in, NEWS)->tokens.n;
    a = read_text(&in, "The bridge was never so empty — Ines Oduya (@ines) May 2, 2024 " NEWS);
    assert_int_equal(marked(a, TOKEN_QUOTED), 12);
    a = read_text(&in, "The bridge was never so empty pic.twitter.com/x1 " NEWS);
    assert_int_equal(marked(a, TOKEN_QUOTED), 9);
    a = read_text(&in, NEWS " — Ines Oduya (@ines) May 2, 2024 " NEWS); /* not more than a post can have */
    assert_int_equal(a->tokens.n, 2 * n + 6);
    assert_int_equal(marked(a, TOKEN_QUOTED), 36 + 4);
    reading_free(&in);
}

/* Single marks quote where they stand about words; within words, and where none closes, they are apostrophes. */
static void single_marks_quote(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t quoted;
    } known[] = {
        {"She said: 'The bridge isn't safe at all.' Nobody answered.", 7},
        {"She said: \xE2\x80\x98The bridge isn\xE2\x80\x99t safe at all.\xE2\x80\x99 Nobody answered.", 7},
        {"The ringers' wine isn't paid for, and the boys' school knows.", 0},
        {"In '74 the mill stood empty.", 0},
        {"\"Nobody 'ever' said so,\" she said.", 4},
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(marked(read_text(&in, known[i].text), TOKEN_QUOTED), known[i].quoted);
    reading_free(&in);
}

/* Where one double mark opens and another closes, a third within them quotes within the quotation; a mark that opens
 * behind one that was not closed is the next paragraph's. */
static void double_marks_quote(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t quoted;
    } known[] = {
        {"\"The so-called \"ferry\" will never sail,\" she said.", 7},
        {"\xE2\x80\x9CThe so-called \xE2\x80\x9C"
         "ferry\xE2\x80\x9D will never sail,\xE2\x80\x9D she said.",
         7},
        {"\"The ferry sails. \"It will sail daily,\" she said.", 7},
        {"\"The ferry sails. \"It will sail,\" she said, \"daily.\"", 7},
        {"\xE2\x80\x9CThe ferry sails.\nIt will sail daily.\xE2\x80\x9D she said", 7},
        {"She said so.\nIt will sail daily.\xE2\x80\x9D Nobody answered.", 4},
        {"The gauge stood at 12\" in May. Nobody answered.", 0},
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(marked(read_text(&in, known[i].text), TOKEN_QUOTED), known[i].quoted);
    reading_free(&in);
}

/* Sentences in the first or second person, outside quotation marks, and what stands between two of them. */
static void voices_are_told_by_their_person(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t voiced;
    } known[] = {
        {"We will mend the bridge. The ferry sails daily.", 5},
        {"The US will mend it, World War veterans say.", 0},
        {"\"We will mend it,\" the mayor said.", 0},
        {"The lock keeper shall open the sluice at noon. It rained.", 9},
        {"I came late. The bridge was shut. You know it was.", 11},
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(marked(read_text(&in, known[i].text), TOKEN_VOICE), known[i].voiced);
    const article *a = read_text(&in, "I came late. " NEWS " " NEWS " You know it was."); /* too far apart */
    assert_int_equal(marked(a, TOKEN_VOICE), 7);
    reading_free(&in);
}

/* A date with a year, and the credit of a picture, of which the caption stands on its line or the one before. */
static void captions_are_told_by_dates_and_credits(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t voiced;
    } known[] = {
        {"Lorries wait at the weir on February 3, 2017 in Tarnbridge. The vote is due.", 11},
        {"Lorries wait at the weir on 3 February 2017. The vote is due.", 9},
        {"Lorries wait at the weir since February. The vote is due.", 0},
        {"The vote is due.\nLorries wait at the weir.\nGetty Images\nThe vote is due.", 7},
        {"The vote is due.\nLorries wait. (Photo by Ines Oduya). The vote is due.", 6},
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(marked(read_text(&in, known[i].text), TOKEN_VOICE), known[i].voiced);
    size_t n = read_text(&in, NEWS)->tokens.n; /* what stands behind the end of an agency's text */
    const article *a = read_text(&in, NEWS " (Reporting by Ines Oduya; Editing by Tom Lock)\nMill burns.");
    assert_int_equal(a->tokens.n, n + 10);
    assert_int_equal(marked(a, TOKEN_VOICE), 6);
    reading_free(&in);
}

static void counts_are_a_menu(void **state) {
    (void)state;
    reading in = {0};
    assert_int_equal(marked(read_text(&in, "The stops 1 of 4 2 of 4 3 of 4 4 of 4 and no more"), TOKEN_MENU),
                     12);
    assert_int_equal(marked(read_text(&in, "It cost 12, then 14, and in the year 2016 just 9."), TOKEN_MENU),
                     0);
    reading_free(&in);
}

/* A page of notices alone is a stub, on the first sight of it. */
static void pages_of_notices_are_stubs(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool stub;
    } pages[] = {
        {"To read the full story, sign in or subscribe now. Already a subscriber?", true},
        {"The weir at dawn. Follow us on all channels. All rights reserved.", true},
        {NEWS " All rights reserved.", false},
        {"The weir at dawn, in a picture by Ines Oduya.", false}, /* short, but no notice */
        {"Home\nNews\nSport and games\nWeather in Tarnbridge\nJobs", false},
    };
    reading in = {0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_text(&in, pages[i].text);
        article_settle(&in.article, 12);
        assert_int_equal(in.article.n_left, in.article.tokens.n);
        assert_int_equal(in.article.stub, pages[i].stub);
    }
    /* whatever its text says, a page with such a title is one */
    assert_true(article_read(&in.reader, &in.article, str_of("Subscribe to read"), str_of(NEWS)));
    article_settle(&in.article, 12);
    assert_true(in.article.stub);
    assert_true(article_read(&in.reader, &in.article, str_of("Privacy policy of a council angers many"),
                             str_of(NEWS)));
    article_settle(&in.article, 12);
    assert_false(in.article.stub);
    reading_free(&in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(news_is_no_aside),     cmocka_unit_test(notices_are_told_by_their_phrases),
        cmocka_unit_test(forms_are_one_notice), cmocka_unit_test(menus_are_runs_of_short_lines),
        cmocka_unit_test(code_is_a_menu),       cmocka_unit_test(posts_are_quotations),
        cmocka_unit_test(single_marks_quote),   cmocka_unit_test(pages_of_notices_are_stubs),
        cmocka_unit_test(double_marks_quote),   cmocka_unit_test(voices_are_told_by_their_person),
        cmocka_unit_test(counts_are_a_menu),    cmocka_unit_test(captions_are_told_by_dates_and_credits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
