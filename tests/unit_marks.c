/* Marks: which characters of a text are furniture, credit or aside. All texts are invented. */
#include "support.h"

#include "text/aside.h"
#include "text/marks.h"

static tokenizer reader;
static article one;
static mark_list found;

static int teardown(void **state) {
    (void)state;
    tokenizer_free(&reader);
    article_free(&one);
    mem_free(found.marks);
    return 0;
}

/* Whether the bytes of a unit hold a word. */
static bool unit_has(const text *whole, const unit *u, const char *word) {
    const token *t = &one.tokens.tokens[u->first];
    text part = {0};
    text_add(&part, whole->p + t->begin, t[u->n - 1].end - t->begin);
    bool has = strstr(part.p, word);
    text_free(&part);
    return has;
}

/* The text with its marks as "~[furniture]", "@[credit]" and "?[aside]", borrowed. Units with the word FURN are
 * furniture, those with CRED credit. */
static const char *shown(const char *title, const char *body, unsigned kinds) {
    static text out;
    text whole = {0};
    size_t at = 0, mark = 0;
    text_print(&whole, "%s\n%s", title, body);
    assert_true(article_read(&reader, &one, str_of(title), str_of(body)));
    for (size_t i = 0; i < one.n_units; i++) {
        one.units[i].furniture = unit_has(&whole, &one.units[i], "FURN");
        one.units[i].credit = unit_has(&whole, &one.units[i], "CRED");
    }
    assert_true(marks_find(&found, &one, strlen(title), str_of(body), kinds));
    out.n = 0;
    text_add(&out, "", 0);
    for (const char *p = body;; p++) {
        bool begins = ((unsigned char)*p & 0xC0) != 0x80;
        if (begins && mark < found.n && found.marks[mark].end == at) {
            text_print(&out, "]");
            mark++;
        }
        if (!*p) break;
        if (begins && mark < found.n && found.marks[mark].begin == at)
            text_print(&out, "%c[", "~@?"[found.marks[mark].kind]);
        text_add(&out, p, 1);
        at += ((unsigned char)p[1] & 0xC0) != 0x80;
    }
    assert_int_equal(mark, found.n);
    text_free(&whole);
    return out.n ? out.p : "";
}

static void lines_are_marked_with_their_punctuation(void **state) {
    (void)state;
    static const struct {
        const char *body, *want;
    } examples[] = {
        {"", ""},
        {" \n... -- !\n", " \n... -- !\n"},
        {"The weir holds.\nFURN more »\nIt held.", "The weir holds.\n~[FURN more »]\nIt held."},
        {"FURN more »", "~[FURN more »]"},
        {"  «FURN menu»  \n\n", "  ~[«FURN menu»]  \n\n"},
        {"  • FURN one\n  • FURN two\nThe weir holds!", "  ~[• FURN one\n  • FURN two]\nThe weir holds!"},
        {"The weir holds … \n\n(CRED by Ann)\nFURN more",
         "The weir holds … \n\n@[(CRED by Ann)]\n~[FURN more]"},
        {"Zwölf Brücken über die Tärn.\nFURN — für später …\nÜber allem.",
         "Zwölf Brücken über die Tärn.\n~[FURN — für später …]\nÜber allem."},
        {"The bridge.\n---\nFURN more", "The bridge.\n~[---\nFURN more]"},
        {"市议会周一投票。\nFURN关注我们\n他说", "市议会周一投票。\n~[FURN关注我们]\n他说"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_string_equal(shown("", examples[i].body, MARKS_LEFT_OUT), examples[i].want);
}

#define LONG                                                                                                 \
    "the council of the harbour town voted on the bridge after a long evening of talk and cold soup while "  \
    "the ferryman looked on"

static void sentences_are_marked_within_a_line(void **state) {
    (void)state;
    assert_string_equal(shown("",
                              "At night " LONG ". (CRED by Ann Example and others.) So it goes, " LONG ".",
                              MARKS_LEFT_OUT),
                        "At night " LONG ". @[(CRED by Ann Example and others.)] So it goes, " LONG ".");
    assert_string_equal(
        shown("", "TARNBRIDGE (CRED and more names) - Snow fell, " LONG ". On it goes.", MARKS_LEFT_OUT),
        "@[TARNBRIDGE (CRED and more names) -] Snow fell, " LONG ". On it goes.");
}

static void titles_are_not_marked(void **state) {
    (void)state;
    assert_string_equal(shown("FURN in the title", "The weir holds.\nFURN more", MARKS_LEFT_OUT),
                        "The weir holds.\n~[FURN more]");
    assert_string_equal(
        shown("FURN in the title | Tärn Courier", "FURN in the title\nThe weir holds.", MARKS_LEFT_OUT),
        "~[FURN in the title]\nThe weir holds.");
    assert_string_equal(shown("FURN only", "", MARKS_LEFT_OUT), "");
}

static void kinds_are_chosen(void **state) {
    (void)state;
    const char *body = "The clerk said \"the poplars stay as they are\" on Monday.\nFURN more\nCRED by Ann";
    assert_string_equal(
        shown("", body, MARKS_ALL),
        "The clerk said ?[\"the poplars stay as they are\"] on Monday.\n~[FURN more]\n@[CRED by Ann]");
    assert_string_equal(
        shown("", body, 1 << FLONG_MARK_CREDIT),
        "The clerk said \"the poplars stay as they are\" on Monday.\nFURN more\n@[CRED by Ann]");
    assert_string_equal(shown("", body, 0), body);
}

/* ---- random texts -------------------------------------------------------------------------- */

static void body_make(text *out, rng *r) {
    static const char *const gaps[] = {" ",   "\n",  ". ", "\n\n", " - ", "\r\n• ",
                                       " \"", "\" ", " (", ") ",   "。",  "\t"};
    static const char *const words[] = {"Tarn",  "weir",  "über", "市议会周一投票", "สวัสดีชาวโลก",
                                        "1,204", "@tarn", "𝒲eir", "الجسر"};
    for (size_t i = 0, n = rng_below(r, 120); i < n; i++) {
        text_print(out, "%s", words[rng_below(r, sizeof words / sizeof *words)]);
        text_print(out, "%s", gaps[rng_below(r, sizeof gaps / sizeof *gaps)]);
    }
}

/* Characters that begin before a byte. */
static uint64_t characters_to(const text *t, size_t byte) {
    uint64_t n = 0;
    for (size_t i = 0; i < byte; i++) n += ((unsigned char)t->p[i] & 0xC0) != 0x80;
    return n;
}

static const flong_mark *mark_at(uint64_t character) {
    for (size_t i = 0; i < found.n; i++)
        if (found.marks[i].begin <= character && character < found.marks[i].end) return &found.marks[i];
    return NULL;
}

/* Every token lies in a mark of its kind, or in none; marks follow one another, and none begins or ends in a space. */
static void marks_check(const text *body, size_t n_title) {
    uint64_t behind = 0;
    for (size_t i = 0; i < found.n; i++) {
        assert_true(found.marks[i].begin >= behind && found.marks[i].begin < found.marks[i].end);
        behind = found.marks[i].end;
    }
    assert_true(behind <= characters_to(body, body->n));
    uint64_t before =
        0; /* where the last token ended: grams overlap, and the part they share is the former's */
    for (size_t u = 0; u < one.n_units; u++)
        for (uint32_t k = 0; k < one.units[u].n; k++) {
            const unit *in = &one.units[u];
            const token *t = &one.tokens.tokens[in->first + k];
            if (in->first < one.n_title) continue;
            bool aside = in->seen || t->before & TOKEN_UNSURE;
            int want = in->furniture ? 0 : in->credit ? 1 : aside ? 2 : -1;
            uint64_t begin = characters_to(body, t->begin - n_title - 1),
                     end = characters_to(body, t->end - n_title - 1);
            for (uint64_t c = begin > before ? begin : before; c < end; c++) {
                const flong_mark *m = mark_at(c);
                assert_int_equal(m ? (int)m->kind : -1, want);
            }
            before = end;
        }
}

static void every_token_is_marked_as_its_unit_is(void **state) {
    (void)state;
    rng r = {7};
    for (size_t i = 0; i < rounds(2000); i++) {
        text title = {0}, body = {0};
        text_add(&title, "", 0);
        text_add(&body, "", 0);
        if (rng_chance(&r, 50)) body_make(&title, &r);
        body_make(&body, &r);
        assert_true(article_read(&reader, &one, text_str(&title), text_str(&body)));
        for (size_t u = 0; u < one.n_units; u++) {
            one.units[u].furniture = rng_chance(&r, 30);
            one.units[u].credit = rng_chance(&r, 30);
            one.units[u].seen = rng_chance(&r, 30);
        }
        assert_true(marks_find(&found, &one, title.n, text_str(&body), MARKS_ALL));
        marks_check(&body, title.n);
        text_free(&title);
        text_free(&body);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_marked_with_their_punctuation),
        cmocka_unit_test(sentences_are_marked_within_a_line),
        cmocka_unit_test(titles_are_not_marked),
        cmocka_unit_test(kinds_are_chosen),
        cmocka_unit_test(every_token_is_marked_as_its_unit_is),
    };
    return cmocka_run_group_tests(tests, NULL, teardown);
}
