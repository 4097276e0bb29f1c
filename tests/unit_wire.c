/* Wire credits: who is named, what is left out of the sketch, what is not a credit, and that nothing in a text can
 * make the search go wrong. All texts are invented. */
#include "support.h"

#include "text/wire.h"

static wire_lexicon *lexicon;
static tokenizer reader;
static article one;

static int setup(void **state) {
    (void)state;
    lexicon = wire_lexicon_new();
    return lexicon ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    wire_lexicon_free(lexicon);
    tokenizer_free(&reader);
    article_free(&one);
    return 0;
}

static const char filler[] =
    "\nThe council of the harbour town voted on the new bridge after a long evening of talk and cold soup. "
    "Nobody was quite content, the clerk said later, but the bridge would stand where the ferry had been. "
    "The old ferryman looked at the plans for a while and asked who was going to carry the goats.\n"
    "A second vote on the toll was put off until the spring, when the river is low and tempers are as well. "
    "Until then the boat goes twice a day, on Sundays once, and never when the bell rings for the dead. "
    "The builders come from the valley and have promised to leave the poplars as they are, all nine of them. "
    "Money is there for the two piers, not yet for the road, and the road is what the farmers want most. "
    "They will be heard next month. So will the fishermen, who want neither and say so to whoever will "
    "listen. "
    "The mayor thanked both and closed the meeting at ten with a small hammer that her brother had carved.\n";

static text body;

static wire_credit find(const char *title, const char *head, const char *middle, const char *tail) {
    wire_credit out;
    body.n = 0;
    text_print(&body, "%s\n%s%s%s", title, head, middle, tail);
    size_t n_title = strlen(title);
    assert_true(article_read(&reader, &one, (flong_str){body.p, n_title},
                             (flong_str){body.p + n_title + 1, body.n - n_title - 1}));
    assert_true(wire_find(&out, &one, text_str(&body), lexicon));
    return out;
}

typedef struct example {
    const char *text;
    const char *agency; /* "": none */
    const char *kind, *place;
} example;

static void example_check(const example *e, bool head) {
    wire_credit c =
        head ? find("Bridge", e->text, filler, "") : find("Bridge", "Prices rose again", filler, e->text);
    const char *name = c.agency ? c.agency->name : "";
    if (strcmp(name, e->agency) != 0)
        fail_msg("\"%s\": agency \"%s\", wanted \"%s\"", e->text, name, e->agency);
    if (strcmp(wire_credit_kind_name(c.kind), e->kind) != 0)
        fail_msg("\"%s\": %s, wanted %s", e->text, wire_credit_kind_name(c.kind), e->kind);
    if (c.place.n != strlen(e->place) || (c.place.n && memcmp(c.place.p, e->place, c.place.n) != 0))
        fail_msg("\"%s\": place \"%.*s\", wanted \"%s\"", e->text, (int)c.place.n, c.place.p, e->place);
    size_t before = 0;
    for (size_t u = 0; u < one.n_units; u++) {
        assert_int_equal(one.units[u].first, before);
        assert_true(one.units[u].n > 0);
        before += one.units[u].n;
    }
    assert_int_equal(before, one.tokens.n);
}

/* ---- what is a credit ---------------------------------------------------------------------- */

static const example heads[] = {
    {"KYIV, Jan. 3 (Reuters) - Snow fell on the hills.", "Reuters", "dateline", "KYIV"},
    {"By Ann Example\nPORT EXAMPLE, Maine (AP) — Snow fell on the hills.", "Associated Press", "dateline",
     "PORT EXAMPLE, Maine"},
    {"(Reuters) - Snow fell on the hills.", "Reuters", "dateline", ""},
    {"OSLO/ROME, March 12 (Thomson Reuters Foundation) - Snow fell.", "Reuters", "dateline", "OSLO/ROME"},
    {"Feb. 22 (UPI) -- Snow fell on the hills.", "United Press International", "dateline", ""},
    {"New Delhi, Feb 3 (PTI) Snow fell.", "", "none", ""}, /* no dash, no capitals: may be a caption */
    {"New Delhi [India], Feb 3 (ANI): Snow fell.", "ANI", "dateline", "New Delhi [India]"},
    {"BEIJING, Jan. 3 (Xinhua) -- Snow fell.", "Xinhua", "dateline", "BEIJING"},
    {"Berlin (dpa) - Auf den Hügeln fiel Schnee.", "dpa", "dateline", "Berlin"},
    {"Wien (APA) – Auf den Hügeln fiel Schnee.", "APA", "dateline", "Wien"},
    {"Madrid, 3 ene (EFE).- Nevó en las colinas.", "EFE", "dateline", "Madrid"},
    {"(ANSA) - ROMA, 3 GEN - Neve sulle colline.", "ANSA", "dateline", "ROMA"},
    {"Lahore (Pakistan) (AFP) - Snow fell on the hills.", "AFP", "dateline", "Lahore (Pakistan)"},
    {"PORT-AU-PRINCE (AFP) - Il a neigé sur les collines.", "AFP", "dateline", "PORT-AU-PRINCE"},
    {"МОСКВА, 5 января. /ТАСС/. На холмах выпал снег.", "TASS", "dateline", "МОСКВА"},
    {"КИЕВ, 3 янв - РИА Новости. На холмах выпал снег.", "RIA Novosti", "dateline", "КИЕВ"},
    {"КИЇВ. 3 січня. УНН. На пагорбах випав сніг.", "UNN", "dateline", "КИЇВ"},
    {"新华社北京1月3日电（记者 张某）山上下雪了。", "Xinhua", "dateline", "北京"},
    {"中新网1月3日电 山上下雪了。", "China News Service", "dateline", ""},
    {"（中央社記者王某台北3日電）山上下雪了。", "Central News Agency", "dateline", ""},
    {"[서울=뉴시스] 언덕에 눈이 내렸다.", "Newsis", "dateline", "서울"},
    {"(서울=연합뉴스) 언덕에 눈이 내렸다.", "Yonhap", "dateline", "서울"},
    {"【東京共同】丘に雪が降った。", "Kyodo", "dateline", "東京"},
    {"القاهرة - رويترز: سقط الثلج على التلال", "Reuters", "dateline", "القاهرة"},
    {"باريس (أ ف ب) - سقط الثلج على التلال", "AFP", "dateline", "باريس"},
    {"By The Associated Press\nSnow fell on the hills.", "Associated Press", "byline", ""},
    {"By Ann Example, Associated Press\nSnow fell on the hills.", "Associated Press", "byline", ""},
    {"By: AFP | Example City | Published: February 4, 2017 8:23 am Snow fell.", "AFP", "byline", ""},
    {"by Staff writers with AAP\nSnow fell on the hills.", "Australian Associated Press", "byline", ""},
    {"Reuters\nSnow fell on the hills.", "Reuters", "line", ""},
    {"(AP)\nSnow fell on the hills.", "Associated Press", "line", ""},
    {"Xinhua | Updated: 2017-09-15 17:52\nSnow fell on the hills.", "Xinhua", "line", ""},
    {"world Updated: Feb 04, 2017 18:03 IST PTI, Example Snow fell on the hills.", "Press Trust of India",
     "line", ""},
    {"Snow on hills Associated Press 3 hrs ago By ANN EXAMPLE Snow fell on the hills.", "Associated Press",
     "line", ""},
    {"Reuters in Havana Saturday 11 February 2017\nSnow fell on the hills.", "Reuters", "line", ""},
    {"来源：新华社\n山上下雪了。", "Xinhua", "source", ""},
    {"BEIJING -- Snow fell on the hills and on the plain.", "", "none", "BEIJING"},
    {"KUALA LUMPUR: Snow fell on the hills and on the plain.", "", "none", "KUALA LUMPUR"},
};

static const example tails[] = {
    {"(Reporting by Ann Example; Editing by Bo Example)\n- Reuters", "Reuters", "line", ""},
    {"\"It was cold,\" she said. - AFP/ab", "AFP", "line", ""},
    {"It was cold, she said.—Bernama", "Bernama", "line", ""},
    {"It was cold. (PTI)", "Press Trust of India", "line", ""},
    {"ab/cd (AFP, dpa)", "AFP", "line", ""},
    {"AP - AFP", "Associated Press", "line", ""},
    {"REUTER", "Reuters", "line", ""},
    {"The Canadian Press", "Canadian Press", "line", ""},
    {"PA", "PA Media", "line", ""},
    {"© 2017 AFP", "AFP", "copyright", ""},
    {"© The Canadian Press, 2017", "Canadian Press", "copyright", ""},
    {"Copyright 2017 The Associated Press. All rights reserved. This material may not be published, sung or "
     "danced.",
     "Associated Press", "copyright", ""},
    {"Source: Xinhua", "Xinhua", "source", ""},
    {"المصدر : وات", "TAP", "source", ""},
    {"The Associated Press contributed to this report.", "Associated Press", "contribution", ""},
    {"AP writers Ann Example in Rome and Bo Example in Oslo contributed to this report.", "Associated Press",
     "contribution", ""},
    {"With files from Ann Example and Reuters", "Reuters", "contribution", ""},
    {"(With PTI inputs)", "Press Trust of India", "contribution", ""},
    {"-- with AP", "Associated Press", "contribution", ""},
    {"This article was originally published on The Conversation. Read the original article.",
     "The Conversation", "origin", ""},
    {"Read the original article on Reuters . Copyright 2017.", "Reuters", "origin", ""},
    {"Additional reporting by agencies", "", "contribution", ""},
};

static void test_heads(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) example_check(&heads[i], true);
}

static void test_tails(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) example_check(&tails[i], false);
}

/* ---- what is none --------------------------------------------------------------------------- */

static const example not_heads[] = {
    {"Snow fell on the hills, Reuters reported on Friday.", "", "none", ""},
    {"Snow fell on the hills, a shepherd told AFP.", "", "none", ""},
    {"A child in the snow. (AP Photo/Ann Example)\nSnow fell on the hills.", "", "none", ""},
    {"A child in the snow. (Ann Example/Reuters)\nSnow fell on the hills.", "", "none", ""},
    {"A child in the snow. (AFP)\nSnow fell on the hills.", "", "none", ""},
    {"REUTERS/Ann Example\nSnow fell on the hills.", "", "none", ""},
    {"Image copyright AFP Image caption A child in the snow", "", "none", ""},
    {"A child in the snow. © Ann Example / Reuters Snow fell on the hills.", "", "none", ""},
    {"A child in the snow. Photo: AP\nSnow fell on the hills.", "", "none", ""},
    {"A child in the snow. © AFP 2016/ Ann Example Snow fell on the hills.", "", "none", ""},
    {"AAP's Ann Example won the seat on the hills.", "", "none", ""},
    {"MANILA, Philippines — The Armed Forces of the Philippines (AFP) will walk through the snow.", "",
     "none", "MANILA, Philippines"},
    {"By the time PA trains ran again, snow had fallen.", "", "none", ""},
    {"See www.reuters.com and @AFP for snow.", "", "none", ""},
    {"据新华社报道，山上下雪了。", "", "none", ""},
    {"By Ann Example The Alpine Association of Postmen (AAP) is warning of snow.", "", "none", ""},
    {"UPDATE: Snow fell on the hills and on the plain.", "", "none", ""},
};

static const example not_tails[] = {
    {"\"It was cold,\" he told Reuters.", "", "none", ""},
    {"That is what the Associated Press said.", "", "none", ""},
    {"A map of the hills (AP)", "", "none", ""},
    {"The hills in winter ©Ann Example (AFP)", "", "none", ""},
    {"The map was first published by The New York Times in March.", "", "none", ""},
    {"First published in 1970, the book is still read, Reuters said.", "", "none", ""},
    {"The wind has contributed to the cold.", "", "none", ""},
};

static void test_no_credits(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof not_heads / sizeof *not_heads; i++) example_check(&not_heads[i], true);
    for (size_t i = 0; i < sizeof not_tails / sizeof *not_tails; i++) example_check(&not_tails[i], false);
    find("Bridge", "Prices rose again", filler, "The wind has contributed to the cold.");
    for (size_t u = 0; u < one.n_units; u++) assert_false(one.units[u].credit);
}

/* ---- what is left out ------------------------------------------------------------------------ */

/* The kept tokens of a wrapped text are those of the bare one. */
static void assert_same_kept(const char *head, const char *tail) {
    static uint64_t bare[4096], kept[4096];
    find("", "Snow fell on the hills of the north.", filler, "Nobody minded");
    size_t n_bare = article_kept(&one, bare, NULL);
    assert_int_equal(n_bare, one.tokens.n);
    text wrapped = {0};
    text_print(&wrapped, "%sSnow fell on the hills of the north.", head);
    find("", wrapped.p, filler, tail);
    size_t n_kept = article_kept(&one, kept, NULL);
    if (n_kept != n_bare || memcmp(bare, kept, n_bare * sizeof *bare) != 0)
        fail_msg("\"%s\" and \"%s\" leave %zu tokens, not %zu", head, tail, n_kept, n_bare);
    text_free(&wrapped);
}

static void test_left_out(void **state) {
    (void)state;
    assert_same_kept("KYIV, Jan. 3 (Reuters) - ", "Nobody minded");
    assert_same_kept("By Ann Example\nOFER, West Bank (AP) — ",
                     "Nobody minded\n(Reporting by Bo Example; Editing by Cy Example)");
    assert_same_kept("By The Associated Press\n",
                     "Nobody minded\nCopyright 2017 The Associated Press. All rights reserved.");
    assert_same_kept("BERLIN — ", "Nobody minded\nThe Associated Press contributed to this report.");
    assert_same_kept("Reuters\n", "Nobody minded\nThis story was originally published by the Example Times.");
    assert_same_kept("", "Nobody minded\n© 2017 AFP");
    assert_same_kept("", "Nobody minded\nSource: Xinhua");
}

/* ---- naming one source ---------------------------------------------------------------------- */

static bool names(const char *tail, const char *agency_name, const char *host) {
    find("Bridge", "Snow fell on the hills.", filler, tail);
    const agency *by = agency_named(agency_name, strlen(agency_name));
    return wire_names(&one, text_str(&body), lexicon, by, str_of(host));
}

static void test_names(void **state) {
    (void)state;
    assert_true(names("Originally published by the Kyiv Example.", "", "kyivexample.com"));
    assert_true(names("Source: KyivExample", "", "www.kyivexample.co.uk"));
    assert_true(names("This article first appeared on kyivexample.com", "", "kyivexample.com"));
    assert_true(names("Originally published by the Kyiv Example.", "", "kyiv-example.com"));
    assert_true(names("(Reuters)", "reuters", ""));
    assert_true(names("AP/Reuters", "Reuters", "example.com"));
    assert_false(names("He told the Kyiv Example that it was cold.", "", "kyivexample.com"));
    assert_false(names("It was cold, he told Reuters.", "Reuters", "reuters.com"));
    assert_false(names("(AFP)", "Reuters", "kyivexample.com"));
    assert_false(names("(AFP)", "No Such Agency", ""));
    assert_null(agency_named("", 0));
    assert_string_equal(agency_named("ASSOCIATED PRESS", 16)->name, "Associated Press");
}

/* ---- whatever comes ------------------------------------------------------------------------- */

static bool is_inside(flong_str part) {
    return part.n == 0 || (part.p >= body.p && part.n <= body.n && part.p + part.n <= body.p + body.n);
}

static const char *const pieces[] = {
    "Reuters",
    "AP",
    "The Associated Press",
    "AFP",
    "(",
    ")",
    " - ",
    " — ",
    "/",
    "©",
    "2017",
    "By ",
    "Source: ",
    "\n",
    "contributed",
    "to this report",
    "With files from ",
    "KYIV",
    ", ",
    "Jan. ",
    "3",
    "新华社",
    "北京",
    "日电",
    "（",
    "）",
    "[",
    "]",
    "【",
    "】",
    "ТАСС",
    "МОСКВА",
    "وات",
    "أ ف ب",
    "Copyright",
    "All rights reserved",
    "originally published",
    "by ",
    "on ",
    "This article",
    ". ",
    ".",
    "|",
    "•",
    "=",
    "연합뉴스",
    "서울",
    "snow",
    "Photo: ",
    "via ",
    "Updated ",
    "IST ",
    "'s",
    "@",
    "\xC3",
    "\xE2\x80",
    "\xFF",
    "\xE3\x80\x80",
    "\t",
    "-",
    "_",
    "The Conversation",
    "Kyiv",
    "Example",
};

static void test_random(void **state) {
    (void)state;
    rng r = {77};
    for (size_t round = rounds(20000); round-- > 0;) {
        text parts[3] = {{0}};
        for (size_t p = 0; p < 3; p++) {
            text_add(&parts[p], "", 0);
            for (uint64_t n = rng_below(&r, p ? 40 : 4); n-- > 0;) {
                const char *piece = pieces[rng_below(&r, sizeof pieces / sizeof *pieces)];
                text_add(&parts[p], piece, strlen(piece));
                if (rng_chance(&r, 40)) text_add(&parts[p], " ", 1);
            }
            text_add(&parts[p], "", 1);
            parts[p].n--;
        }
        wire_credit c = find(parts[0].p, parts[1].p, rng_chance(&r, 30) ? filler : "", parts[2].p);
        assert_true(is_inside(c.credit) && is_inside(c.place));
        assert_true(!c.agency || c.credit.n > 0);
        size_t tokens = 0;
        for (size_t u = 0; u < one.n_units; u++) {
            assert_true(one.units[u].n > 0 && one.units[u].first == tokens);
            tokens += one.units[u].n;
        }
        assert_int_equal(tokens, one.tokens.n);
        wire_names(&one, text_str(&body), lexicon, agency_named("Reuters", 7), str_of("kyivexample.com"));
        for (size_t p = 0; p < 3; p++) text_free(&parts[p]);
    }
}

static void test_memory(void **state) {
    (void)state;
    for (long after = 0; after < 3; after++) {
        mem_fail_after(after);
        assert_null(wire_lexicon_new());
        mem_fail_after(-1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),    cmocka_unit_test(test_tails), cmocka_unit_test(test_no_credits),
        cmocka_unit_test(test_left_out), cmocka_unit_test(test_names), cmocka_unit_test(test_random),
        cmocka_unit_test(test_memory),
    };
    int failed = cmocka_run_group_tests(tests, setup, teardown);
    text_free(&body);
    return failed;
}
