/* From bytes to units: folding and tokens against their slow twin, titles, units, furniture. */
#include "support.h"

#include "base/hash.h"
#include "text/article.h"
#include "text/furniture.h"
#include "twin_text.h"

/* ---- folding against the twin -------------------------------------------------------------- */

typedef struct characters {
    uint32_t first, last;
} characters;

/* What news is written in, and the corners of Unicode where characters interact. */
static const characters kinds[] = {
    {0x20, 0x7E},       {0x61, 0x7A},       {0x41, 0x5A},       {0x30, 0x39},       {0x00, 0x20},
    {0xA0, 0xFF},       {0x100, 0x24F},     {0x300, 0x32F},     {0x330, 0x36F},     {0x370, 0x3FF},
    {0x400, 0x45F},     {0x531, 0x587},     {0x591, 0x5C7},     {0x5D0, 0x5EA},     {0x610, 0x66F},
    {0x670, 0x6D3},     {0x900, 0x97F},     {0x980, 0x9FF},     {0xB40, 0xBFF},     {0xE00, 0xE5B},
    {0xE80, 0xEDF},     {0xF00, 0xFBC},     {0x1000, 0x109F},   {0x1100, 0x11FF},   {0x1780, 0x17F9},
    {0x1E00, 0x1FFF},   {0x2000, 0x206F},   {0x2070, 0x218B},   {0x20D0, 0x20F0},   {0x2460, 0x24FF},
    {0x2E80, 0x2FD5},   {0x3000, 0x303F},   {0x3041, 0x30FF},   {0x3099, 0x309C},   {0x3105, 0x318E},
    {0x3200, 0x33FF},   {0x4E00, 0x4EFF},   {0xA000, 0xA0FF},   {0xA720, 0xA7BF},   {0xAC00, 0xACFF},
    {0xF900, 0xFA2D},   {0xFB00, 0xFB06},   {0xFB1D, 0xFB4F},   {0xFB50, 0xFDFF},   {0xFE00, 0xFE0F},
    {0xFE20, 0xFE6B},   {0xFE70, 0xFEFF},   {0xFF01, 0xFF5E},   {0xFF61, 0xFF9F},   {0xFFA0, 0xFFDC},
    {0x1D100, 0x1D1FF}, {0x1D400, 0x1D7FF}, {0x1F000, 0x1FAFF}, {0x20000, 0x200FF}, {0xE0001, 0xE01EF},
    {0x10400, 0x1044F}, {0x110B9, 0x110BB}, {0x11127, 0x11132}, {0x1E900, 0x1E95F}, {0x1, 0xD7FF},
    {0xE000, 0x10FFFF},
};

/* Single characters that have caught others out. */
static const uint32_t corners[] = {
    0xAD,   0x200B,  0x200C, 0x200D, 0x2060, 0xFEFF, 0x34F,   0x338,  0x3C2,  0x3C3,  0x130,  0x131,   0x49,
    0xDF,   0x1E9E,  0x1C4,  0x1C5,  0x345,  0x390,  0x3B0,   0x1FB7, 0x149,  0x1F0,  0x3099, 0x309A,  0x30AB,
    0xFF76, 0xFF9E,  0xFF9F, 0x1100, 0x1161, 0x11A8, 0xAC00,  0xAC01, 0xFFA1, 0xFFC2, 0x0E33, 0x0EB3,  0x0F73,
    0x344,  0x958,   0x2126, 0x212B, 0xFDFA, 0xFDFB, 0x2026,  0xBD,   0x2122, 0x2160, 0x3F4,  0x1D15E, 0x2ADC,
    0x3C,   0x3D,    0x3E,   0x27,   0x2019, 0x2D,   0x2010,  0x9BE,  0x9C7,  0x1B35, 0x1B3A, 0xD7B0,  0xD7CB,
    0x115F, 0x1160,  0x3164, 0x180B, 0x61C,  0x64B,  0x651,   0x622,  0x5BC,  0x5E9,  0xFB2C, 0x31F0,  0xFFFD,
    0x20E3, 0x1F1E6, 0x302E, 0x3007, 0x30FC, 0x3005, 0xE0100, 0x7F,   0x85,   0x2028, 0x1E0A, 0x323,   0x307};

static void character_add(text *t, uint32_t codepoint) {
    char bytes[4];
    if (codepoint >= 0xD800 && codepoint < 0xE000) codepoint = 'x';
    text_add(t, bytes, utf8_encode((int32_t)codepoint, bytes));
}

static void character_draw(text *t, rng *r, const characters *mostly) {
    uint64_t choice = rng_below(r, 100);
    if (choice < 1) {
        char byte = (char)rng_below(r, 256);
        text_add(t, &byte, 1);
    } else if (choice < 20) {
        character_add(t, corners[rng_below(r, sizeof corners / sizeof *corners)]);
    } else {
        const characters *kind = choice < 70 ? mostly : &kinds[rng_below(r, sizeof kinds / sizeof *kinds)];
        character_add(t, kind->first + (uint32_t)rng_below(r, kind->last - kind->first + 1));
    }
}

/* Where tokens and twin differ, shows the text as code points. */
static void assert_twin_agrees(tokenizer *reader, token_list *list, const text *t) {
    uint64_t *hashes;
    size_t n = twin_tokens(&hashes, t->p, t->n);
    list->n = 0;
    assert_true(tokenize(reader, list, t->p, t->n, 0));
    size_t same = 0;
    while (same < n && same < list->n && hashes[same] == list->tokens[same].hash) same++;
    free(hashes);
    if (same == n && same == list->n) return;
    text shown = {0};
    for (size_t at = 0, length; at < t->n && shown.n < 900; at += length)
        text_print(&shown, " %04X", (unsigned)utf8_decode(t->p + at, t->n - at, &length));
    fail_msg("%zu tokens, the twin has %zu; they part at %zu:%s", list->n, n, same, shown.p);
}

static void tokens_are_those_of_the_twin(void **state) {
    (void)state;
    rng r = {11};
    tokenizer reader = {0};
    token_list list = {0};
    text t = {0};
    for (size_t round = 0; round < rounds(40000); round++) {
        const characters *mostly = &kinds[rng_below(&r, sizeof kinds / sizeof *kinds)];
        t.n = 0;
        /* Fewer characters than one segment may have: behind 30 marks the twin would go on. */
        for (uint64_t n = 1 + rng_below(&r, 30); n > 0; n--) character_draw(&t, &r, mostly);
        assert_twin_agrees(&reader, &list, &t);
    }
    text_free(&t);
    mem_free(list.tokens);
    tokenizer_free(&reader);
}

/* Every character alone, after a letter, and before one. */
static void characters_are_those_of_the_twin(void **state) {
    (void)state;
    tokenizer reader = {0};
    token_list list = {0};
    text t = {0};
    uint32_t step = (uint32_t)(rounds(8) == 8 ? 1 : 7);
    for (uint32_t codepoint = 0; codepoint <= 0x10FFFF; codepoint += codepoint < 0x3400 ? 1 : step) {
        if (codepoint >= 0x30000 && codepoint < 0xE0000) continue; /* nothing is there yet */
        t.n = 0;
        text_add(&t, "e", 1);
        character_add(&t, codepoint);
        text_add(&t, "\xE3\x81\x8B", 3);
        character_add(&t, codepoint);
        text_add(&t, "\xE0\xB8\x81", 3);
        character_add(&t, codepoint);
        text_add(&t, " ", 1);
        character_add(&t, codepoint);
        text_add(&t, "z", 1);
        assert_twin_agrees(&reader, &list, &t);
    }
    text_free(&t);
    mem_free(list.tokens);
    tokenizer_free(&reader);
}

/* A letter under ten thousand marks, a word and a run of ideographs that do not end. */
static void long_runs_are_read_in_bounded_pieces(void **state) {
    (void)state;
    static const char *const pieces[] = {"\xCC\x81",     "word",         "\xE4\xB8\x80",
                                         "\xE0\xB8\x81", "\xE1\x85\xA1", "\xC2\xAD"};
    tokenizer reader = {0};
    token_list list = {0};
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        text t = {0};
        text_add(&t, "a", 1);
        for (int i = 0; i < 10000; i++) text_add(&t, pieces[p], strlen(pieces[p]));
        text_add(&t, " end", 4);
        list.n = 0;
        assert_true(tokenize(&reader, &list, t.p, t.n, 0));
        assert_int_equal(list.tokens[list.n - 1].hash, hash_bytes("end", 3, 0));
        assert_true(list.n <= 10002);
        text_free(&t);
    }
    mem_free(list.tokens);
    tokenizer_free(&reader);
}

/* ---- tokens, by hand ----------------------------------------------------------------------- */

/* Tokens as "folded@begin-end", with | before one behind a line end, / behind a sentence end, " in quotation
 * marks, & behind an at sign, # with a digit, ^ with a capital, + behind a single comma or full stop and _ behind a
 * single space. */
static const struct {
    const char *text, *tokens;
} tokens_known[] = {
    {"", ""},
    {" .,!? ", ""},
    {"The Mayor\xE2\x80\x99s caf\xC3\xA9", "|^the@0-3 ^_mayor@4-9 s@12-13 _caf\xC3\xA9@14-19"},
    {"cafe\xCC\x81 CAF\xC3\x89", "|caf\xC3\xA9@0-6 ^_caf\xC3\xA9@7-12"},
    {"co\xC2\xADop zero\xE2\x80\x8Bwidth", "|coop@0-6 _zerowidth@7-19"},
    {"Stra\xC3\x9F"
     "e \xEF\xAC\x81n",
     "|^strasse@0-7 _fin@8-12"},
    {"\xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3 \xCE\xBF\xCE\xB4\xCE\xBF\xCF\x82",
     "|^\xCE\xBF\xCE\xB4\xCE\xBF\xCF\x83@0-8 _\xCE\xBF\xCE\xB4\xCE\xBF\xCF\x83@9-17"},
    {"\xEF\xBC\xA1\xEF\xBC\xA2 \xEF\xBC\x91", "|^ab@0-6 _#1@7-10"},
    {"One. Two! \"Three?\" Four 3.5 example.com",
     "|^one@0-3 ^/two@5-8 ^/\"three@11-16 ^/four@19-23 _#3@24-25 "
     "+#5@26-27 _example@28-35 +com@36-39"},
    {"\xC2\xABun\xC2\xBB \xE2\x80\x9E"
     "zwei\xE2\x80\x9C \xE2\x80\x9Cthree\nfour",
     "|\"un@2-4 \"zwei@10-14 \"three@21-26 |four@27-31"},
    {"by @name", "|by@0-2 &name@4-8"},
    {"a\nb | c \xE2\x80\xA2 d", "|a@0-1 |b@2-3 |c@6-7 |d@12-13"},
    {"\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD", "|\xE6\x9D\xB1\xE4\xBA\xAC@0-6 \xE4\xBA\xAC\xE9\x83\xBD@3-9"},
    {"\xE6\x9D\xB1", "|\xE6\x9D\xB1@0-3"},
    {"\xE6\x9D\xB1\xE3\x80\x82\xE4\xBA\xAC", "|\xE6\x9D\xB1@0-3 /\xE4\xBA\xAC@6-9"},
    {"2024\xE5\xB9\xB4x", "|#2024@0-4 \xE5\xB9\xB4@4-7 x@7-8"},
    {"\xEF\xBD\xB6\xEF\xBE\x9E", "|\xE3\x82\xAC@0-6"},
    {"\xE1\x84\x80\xE1\x85\xA1 \xEA\xB0\x80", "|\xEA\xB0\x80@0-6 _\xEA\xB0\x80@7-10"},
    {"\xE0\xB8\x81\xE0\xB8\x82\xE0\xB8\x83", "|\xE0\xB8\x81\xE0\xB8\x82\xE0\xB8\x83@0-9"},
    {"bad\xFF"
     "byte",
     "|bad@0-3 byte@4-8"},
    {"\xC2\xBD", "|#1@0-2 #2@0-2"},
};

/* What is wanted of one token: cut off the front of the line, with its hash. */
static const char *token_wanted(const char *at, token *out) {
    *out = (token){0};
    static const char flags[] = "|/\"&#^+_";
    static const uint32_t values[] = {TOKEN_LINE,   TOKEN_SENTENCE, TOKEN_QUOTED, TOKEN_HANDLE,
                                      TOKEN_NUMBER, TOKEN_CAPITAL,  TOKEN_JOINED, TOKEN_SPACED};
    for (const char *flag; *at && (flag = strchr(flags, *at)); at++) out->before |= values[flag - flags];
    size_t n = strcspn(at, "@");
    unsigned begin, end;
    int used;
    out->hash = hash_bytes(at, n, 0);
    assert_int_equal(sscanf(at + n, "@%u-%u %n", &begin, &end, &used), 2);
    out->begin = begin, out->end = end;
    return at + n + used;
}

static bool token_equal(const token *x, const token *y) {
    return x->hash == y->hash && x->begin == y->begin && x->end == y->end && x->before == y->before;
}

static void tokens_have_their_places(void **state) {
    (void)state;
    tokenizer reader = {0};
    token_list list = {0};
    for (size_t i = 0; i < sizeof tokens_known / sizeof *tokens_known; i++) {
        const char *input = tokens_known[i].text, *at = tokens_known[i].tokens;
        list.n = 0;
        assert_true(tokenize(&reader, &list, input, strlen(input), 0));
        size_t n = 0;
        for (token wanted; *at; n++) {
            at = token_wanted(at, &wanted);
            if (n < list.n && token_equal(&wanted, &list.tokens[n])) continue;
            fail_msg("text %zu (\"%s\"), token %zu of %zu is not what it should be", i, input, n, list.n);
        }
        assert_int_equal(n, list.n);
    }
    mem_free(list.tokens);
    tokenizer_free(&reader);
}

/* Places of random texts: ascending, inside the text, and a word read again from its place is the same. */
static void places_lead_back_to_the_token(void **state) {
    (void)state;
    rng r = {12};
    tokenizer reader = {0};
    token_list list = {0}, again = {0};
    text t = {0};
    for (size_t round = 0; round < rounds(4000); round++) {
        const characters *mostly = &kinds[rng_below(&r, 20)];
        t.n = 0;
        for (uint64_t n = 1 + rng_below(&r, 30); n > 0; n--) character_draw(&t, &r, mostly);
        list.n = 0;
        assert_true(tokenize(&reader, &list, t.p, t.n, 100));
        for (size_t i = 0; i < list.n; i++) {
            const token *x = &list.tokens[i];
            assert_true(x->begin >= 100 && x->begin < x->end && x->end <= 100 + t.n);
            assert_true(i == 0 || x->begin >= x[-1].begin);
            assert_int_equal(x->before & TWIN_MARKS, twin_marks(t.p, x, i ? x - 1 : NULL, 100));
            again.n = 0;
            assert_true(tokenize(&reader, &again, t.p + x->begin - 100, x->end - x->begin, 0));
            bool found = false;
            for (size_t k = 0; k < again.n; k++) found = found || again.tokens[k].hash == x->hash;
            assert_true(found);
        }
    }
    text_free(&t);
    mem_free(list.tokens);
    mem_free(again.tokens);
    tokenizer_free(&reader);
}

static void classes_of_characters(void **state) {
    (void)state;
    static const struct {
        int32_t codepoint;
        fold_class class;
    } known[] = {{' ', FOLD_BREAK},         {'-', FOLD_BREAK},         {'a', FOLD_WORD},
                 {'7', FOLD_WORD},          {0x301, FOLD_MARK},        {0x64E, FOLD_MARK},
                 {0x915, FOLD_WORD},        {0x5D0, FOLD_WORD},        {0xAC00, FOLD_WORD},
                 {0x4E00, FOLD_IDEOGRAPH},  {0x3042, FOLD_IDEOGRAPH},  {0x30AB, FOLD_IDEOGRAPH},
                 {0x30FC, FOLD_IDEOGRAPH},  {0x3105, FOLD_IDEOGRAPH},  {0xA000, FOLD_IDEOGRAPH},
                 {0x20000, FOLD_IDEOGRAPH}, {0xE01, FOLD_CONTINUOUS},  {0xE81, FOLD_CONTINUOUS},
                 {0x1780, FOLD_CONTINUOUS}, {0x1000, FOLD_CONTINUOUS}, {0x1F600, FOLD_BREAK},
                 {0xFFFD, FOLD_BREAK},      {0x3002, FOLD_BREAK},      {0x30FB, FOLD_BREAK}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(fold_classify(known[i].codepoint), known[i].class);
}

/* ---- articles ------------------------------------------------------------------------------ */

typedef struct reading {
    tokenizer reader;
    article article;
} reading;

static void reading_free(reading *in) {
    tokenizer_free(&in->reader);
    article_free(&in->article);
}

static const article *read_article(reading *in, const char *title, const char *body) {
    assert_true(article_read(&in->reader, &in->article, str_of(title), str_of(body)));
    return &in->article;
}

/* Sizes of the units, as "2 5 7". */
static void assert_units(const article *a, const char *wanted) {
    text sizes = {0};
    size_t next = 0;
    for (size_t i = 0; i < a->n_units; i++) {
        text_print(&sizes, "%s%u", i ? " " : "", a->units[i].n);
        assert_int_equal(a->units[i].first, next);
        next += a->units[i].n;
    }
    assert_int_equal(next, a->tokens.n);
    assert_string_equal(sizes.p ? sizes.p : "", wanted);
    text_free(&sizes);
}

#define TEN    "one two three four five six seven eight nine ten"
#define TWENTY TEN " " TEN

static void units_are_lines_and_sentences_of_long_lines(void **state) {
    (void)state;
    reading in = {0};
    assert_units(read_article(&in, "", ""), "");
    assert_units(read_article(&in, "", " \n \n"), "");
    assert_units(read_article(&in, "", "a b\nc\n\nd e f"), "2 1 3");
    assert_units(read_article(&in, "a title", "a b"), "2 2");
    /* 25 tokens in a line are not cut, 26 are. */
    assert_units(read_article(&in, "", TWENTY ". five more are here now"), "25");
    assert_units(read_article(&in, "", TWENTY ". six more are here now also"), "20 6");
    /* No piece of fewer than four tokens: "Mr. Smith" ends no sentence. */
    assert_units(read_article(&in, "", TWENTY ". Mr. Smith said that it was so"), "20 7");
    assert_units(read_article(&in, "", TWENTY " six more. are here now"), "25");
    assert_units(read_article(&in, "", TWENTY " six more. are here now too"), "22 4");
    assert_units(read_article(&in, "", "Home | News | Sport today"), "1 1 2");
    /* A sentence of 26 tokens is cut behind those whose hash says so, into pieces of four and more. */
    assert_units(read_article(&in, "", TWENTY " six more are here now too"), "7 4 6 8 1");
    assert_units(read_article(&in, "", TWENTY " " TWENTY ". " TWENTY), "7 4 6 4 6 4 6 3 20");
    reading_free(&in);
}

static void titles_are_trimmed_and_dropped_when_repeated(void **state) {
    (void)state;
    reading in = {0};
    const article *a = read_article(&in, "A headline of six words here | News | The Site", TEN);
    assert_int_equal(a->n_title, 6);
    assert_int_equal(a->tokens.n, 16);
    assert_int_equal(a->tokens.tokens[5].hash, hash_bytes("here", 4, 0));
    assert_int_equal(a->tokens.tokens[6].hash, hash_bytes("one", 3, 0));
    a = read_article(&in, "The Site | A headline of six words here", TEN);
    assert_int_equal(a->n_title, 6);
    assert_int_equal(a->tokens.tokens[0].hash, hash_bytes("a", 1, 0));
    /* Where the text has it soon, the title's own is dropped; where it comes late, it is kept. */
    a = read_article(&in, "Four five six", TEN);
    assert_int_equal(a->n_title, 0);
    assert_int_equal(a->tokens.n, 10);
    a = read_article(&in, "eleven twelve", TWENTY " " TWENTY " " TWENTY " " TEN " eleven twelve");
    assert_int_equal(a->n_title, 2);
    a = read_article(&in, "only a title", "");
    assert_int_equal(a->n_title, 3);
    assert_int_equal(a->tokens.n, 3);
    /* Places count title, line end, text. */
    a = read_article(&in, "ab", "cd");
    assert_int_equal(a->tokens.tokens[1].begin, 3);
    reading_free(&in);
}

static void hashes_of_whole_and_kept(void **state) {
    (void)state;
    reading in = {0};
    uint64_t kept[32];
    uint32_t places[32];
    size_t n_title;
    uint64_t whole = article_whole_hash(read_article(&in, "some title", TEN), 5);
    assert_int_equal(whole, article_whole_hash(read_article(&in, "another",
                                                            "One, two; THREE four-five six seven "
                                                            "eight nine \xE2\x80\x9Cten\xE2\x80\x9D"),
                                               5));
    assert_int_not_equal(whole, article_whole_hash(read_article(&in, "some title", TEN " eleven"), 5));
    assert_int_equal(article_whole_hash(read_article(&in, TEN, ""), 5), whole);
    /* Of a brief text the title is a part. */
    uint64_t brief = article_whole_hash(read_article(&in, "some title", TEN), 12);
    assert_int_not_equal(brief, whole);
    assert_int_not_equal(brief, article_whole_hash(read_article(&in, "another", TEN), 12));
    read_article(&in, "some title", "a b\nc d e\nf");
    in.article.units[2].furniture = true;
    assert_int_equal(article_kept(&in.article, kept, &n_title), 5);
    assert_int_equal(n_title, 2);
    assert_int_equal(kept[4], hash_bytes("f", 1, 0));
    assert_int_equal(article_kept_places(&in.article, places), 5);
    assert_int_equal(places[4], 7);
    in.article.units[0].furniture = true;
    assert_int_equal(article_kept(&in.article, kept, &n_title), 3);
    assert_int_equal(n_title, 0);
    reading_free(&in);
}

/* ---- furniture ----------------------------------------------------------------------------- */

static const char menu[] = "Subscribe now to read all of our stories every day\nHome News\n";
static const char foot[] = "\nAll rights are reserved by the owner of this site";

enum { TEXTS = 4, LEAST = 5 };

typedef struct desk {
    reading in;
    furniture *all;
    furniture_site *site;
} desk;

static desk desk_new(void) {
    desk d = {.all = furniture_new()};
    assert_non_null(d.all);
    d.site = furniture_add(d.all, str_of("site.example"));
    assert_non_null(d.site);
    return d;
}

static void desk_free(desk *d) {
    reading_free(&d->in);
    furniture_free(d->all);
}

/* An article of the site: the menu, a body that its seed makes, the foot. */
static const article *desk_read(desk *d, uint64_t seed, unsigned n_sentences) {
    text t = {0};
    text_print(&t, "%s", menu);
    for (unsigned i = 0; i < n_sentences; i++) {
        text_sentence(&t, seed + 1000 * i, 0);
        text_add(&t, "\n", 1);
    }
    text_print(&t, "%s", foot);
    const article *a = read_article(&d->in, "", t.p);
    text_free(&t);
    return a;
}

static void desk_learn(desk *d, uint64_t seed, uint64_t url) {
    assert_true(furniture_learn(d->all, d->site, desk_read(d, seed, 6), url));
}

/* How many units of a new article are dropped. */
static size_t desk_dropped(desk *d, const furniture_site *site) {
    size_t n = 0;
    desk_read(d, 99999, 6);
    furniture_mark(site, &d->in.article, TEXTS);
    for (size_t i = 0; i < d->in.article.n_units; i++) n += d->in.article.units[i].furniture;
    return n;
}

static void furniture_is_what_recurs_in_distinct_texts(void **state) {
    (void)state;
    desk d = desk_new();
    for (uint64_t i = 1; i <= 3; i++) desk_learn(&d, i, i);
    assert_int_equal(desk_dropped(&d, d.site), 0);
    assert_int_equal(furniture_count(d.site, TEXTS), 0);
    desk_learn(&d, 4, 4);
    assert_int_equal(desk_dropped(&d, d.site), 3);
    assert_int_equal(furniture_count(d.site, TEXTS), 3);
    assert_int_equal(desk_dropped(&d, NULL), 0);
    desk_free(&d);
}

/* Units of the menu and the foot that stood in one other text of the site; none of an article of which all did. */
static void what_stood_in_another_text_is_seen(void **state) {
    (void)state;
    desk d = desk_new();
    size_t seen[3] = {0};
    for (uint64_t learned = 0; learned < 3; learned++) {
        desk_read(&d, 99999, 6);
        furniture_mark(d.site, &d.in.article, TEXTS);
        for (size_t i = 0; i < d.in.article.n_units; i++) seen[learned] += d.in.article.units[i].seen;
        desk_learn(&d, learned, learned + 1);
    }
    assert_int_equal(seen[0], 0);
    assert_int_equal(seen[1], 0);
    assert_int_equal(seen[2], 3);
    desk_free(&d);
}

/* What is one of the site's texts again, under another headline, is not held against it. */
static void a_text_that_comes_again_is_not_seen(void **state) {
    (void)state;
    desk d = desk_new();
    text t = {0};
    for (unsigned i = 0; i < 6; i++) text_sentence(&t, 40 + i, 0), text_add(&t, "\n", 1);
    const char *const titles[] = {"The weir at dawn", "Forty lorries wait all night"};
    for (uint64_t i = 0; i < 2; i++) {
        read_article(&d.in, titles[i], t.p);
        assert_true(furniture_learn(d.all, d.site, &d.in.article, i + 1));
    }
    furniture_mark(d.site, &d.in.article, TEXTS);
    for (size_t i = 0; i < d.in.article.n_units; i++) assert_false(d.in.article.units[i].seen);
    text_free(&t);
    desk_free(&d);
}

static void versions_of_one_text_do_not_count(void **state) {
    (void)state;
    desk d = desk_new();
    for (uint64_t i = 0; i < 10; i++) desk_learn(&d, 1, 100 + i); /* one text at ten addresses */
    assert_int_equal(desk_dropped(&d, d.site), 0);
    for (uint64_t i = 0; i < 10; i++) desk_learn(&d, 200 + i, 7); /* an address whose text changes */
    assert_int_equal(desk_dropped(&d, d.site), 0);
    for (uint64_t i = 0; i < 10; i++) /* the same, cut off more and more */
        assert_true(furniture_learn(d.all, d.site, desk_read(&d, 1, 6 - (unsigned)i / 4), 300 + i));
    assert_int_equal(desk_dropped(&d, d.site), 0);
    desk_free(&d);
}

/* Of a stub nothing is dropped in the end, so that copies of it on other sites are found. */
static void a_page_of_nothing_but_furniture_is_a_stub(void **state) {
    (void)state;
    desk d = desk_new();
    uint64_t kept[64];
    for (uint64_t i = 1; i <= 5; i++) desk_learn(&d, i, i);
    for (unsigned n_sentences = 0; n_sentences < 2; n_sentences++) {
        const article *a = desk_read(&d, 99999, n_sentences);
        furniture_mark(d.site, &d.in.article, TEXTS);
        article_settle(&d.in.article, LEAST);
        assert_int_equal(a->stub, n_sentences == 0);
        assert_int_equal(a->n_left, n_sentences ? a->units[2].n : 0);
        assert_int_equal(article_kept(a, kept, NULL), n_sentences ? a->n_left : a->tokens.n);
    }
    /* A short text without furniture is no stub. */
    read_article(&d.in, "", "two words");
    furniture_mark(d.site, &d.in.article, TEXTS);
    article_settle(&d.in.article, LEAST);
    assert_int_equal(d.in.article.n_left, 2);
    assert_false(d.in.article.stub);
    desk_free(&d);
}

static void furniture_is_forgotten(void **state) {
    (void)state;
    desk d = desk_new();
    for (uint64_t i = 1; i <= 4; i++) desk_learn(&d, i, i);
    assert_int_equal(furniture_count(d.site, TEXTS), 3);
    text body = {0};
    for (uint64_t i = 0; i < 2100; i++) {
        body.n = 0;
        for (unsigned k = 0; k < 6; k++) {
            text_sentence(&body, 5000000 + i * 10 + k, 0);
            text_add(&body, "\n", 1);
        }
        if (i == 1900) assert_int_equal(furniture_count(d.site, TEXTS), 3);
        assert_true(furniture_learn(d.all, d.site, read_article(&d.in, "", body.p), i + 10));
    }
    assert_int_equal(furniture_count(d.site, TEXTS), 0);
    text_free(&body);
    desk_free(&d);
}

/* Random texts of one site: some come again, so that counts matter. */
static void desk_learn_some(desk *d, furniture_site *site, rng *r) {
    uint64_t seed = rng_below(r, 50), url = rng_below(r, 80);
    assert_true(furniture_learn(d->all, site, desk_read(d, seed, 1 + (unsigned)rng_below(r, 9)), url));
}

static void saved_and_loaded_goes_on_as_saved(void **state) {
    (void)state;
    rng r = {77};
    for (int round = 0; round < 20; round++) {
        desk d = desk_new();
        buffer first = {0}, second = {0}, third = {0};
        for (uint64_t n = rng_below(&r, 150); n > 0; n--) desk_learn_some(&d, d.site, &r);
        assert_true(furniture_save(d.site, &first));
        furniture_site *loaded = furniture_add(d.all, str_of("loaded.example"));
        assert_true(furniture_load(loaded, first.p, first.n));
        rng same = r;
        for (int i = 0; i < 100; i++) desk_learn_some(&d, d.site, &r);
        for (int i = 0; i < 100; i++) desk_learn_some(&d, loaded, &same);
        assert_int_equal(furniture_count(loaded, TEXTS), furniture_count(d.site, TEXTS));
        assert_true(furniture_save(d.site, &second));
        assert_true(furniture_save(loaded, &third));
        assert_int_equal(second.n, third.n);
        assert_memory_equal(second.p, third.p, second.n);
        buffer_free(&first), buffer_free(&second), buffer_free(&third);
        desk_free(&d);
    }
}

static void damaged_furniture_is_refused(void **state) {
    (void)state;
    rng r = {78};
    desk d = desk_new();
    buffer saved = {0};
    for (int i = 0; i < 40; i++) desk_learn_some(&d, d.site, &r);
    assert_true(furniture_save(d.site, &saved));
    for (size_t n = 0; n < saved.n; n += 1 + saved.n / 500) {
        furniture *other = furniture_new();
        assert_false(furniture_load(furniture_add(other, str_of("x")), saved.p, n));
        furniture_free(other);
    }
    for (size_t round = 0; round < rounds(2000); round++) {
        char *damaged = malloc(saved.n);
        assert_non_null(damaged);
        memcpy(damaged, saved.p, saved.n);
        for (int i = 0; i < 3; i++) damaged[rng_below(&r, round % 2 ? 8 : saved.n)] = (char)rng_next(&r);
        furniture *other = furniture_new();
        furniture_site *site = furniture_add(other, str_of("x"));
        /* Where a number is another valid number nothing shows; what is loaded must be usable. */
        if (furniture_load(site, damaged, saved.n)) {
            desk_read(&d, 5, 3);
            assert_true(furniture_learn(other, site, &d.in.article, 1));
            furniture_mark(site, &d.in.article, TEXTS);
        }
        furniture_free(other);
        free(damaged);
    }
    buffer_free(&saved);
    desk_free(&d);
}

static void sites_are_apart_and_tell_what_changed(void **state) {
    (void)state;
    desk d = desk_new();
    assert_ptr_equal(furniture_find(d.all, str_of("site.example")), d.site);
    assert_null(furniture_find(d.all, str_of("other.example")));
    for (int i = 0; i < 500; i++) {
        char name[32];
        snprintf(name, sizeof name, "s%d.example", i);
        furniture_site *site = furniture_add(d.all, str_of(name));
        assert_non_null(site);
        assert_int_equal(furniture_site_name(site).n, strlen(name));
    }
    assert_ptr_equal(furniture_find(d.all, str_of("site.example")), d.site);
    assert_null(furniture_next_changed(d.all));
    desk_learn(&d, 1, 1);
    desk_learn(&d, 2, 2);
    assert_ptr_equal(furniture_next_changed(d.all), d.site);
    assert_null(furniture_next_changed(d.all));
    desk_free(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_those_of_the_twin),
        cmocka_unit_test(characters_are_those_of_the_twin),
        cmocka_unit_test(long_runs_are_read_in_bounded_pieces),
        cmocka_unit_test(tokens_have_their_places),
        cmocka_unit_test(places_lead_back_to_the_token),
        cmocka_unit_test(classes_of_characters),
        cmocka_unit_test(units_are_lines_and_sentences_of_long_lines),
        cmocka_unit_test(titles_are_trimmed_and_dropped_when_repeated),
        cmocka_unit_test(hashes_of_whole_and_kept),
        cmocka_unit_test(furniture_is_what_recurs_in_distinct_texts),
        cmocka_unit_test(versions_of_one_text_do_not_count),
        cmocka_unit_test(what_stood_in_another_text_is_seen),
        cmocka_unit_test(a_text_that_comes_again_is_not_seen),
        cmocka_unit_test(a_page_of_nothing_but_furniture_is_a_stub),
        cmocka_unit_test(furniture_is_forgotten),
        cmocka_unit_test(saved_and_loaded_goes_on_as_saved),
        cmocka_unit_test(damaged_furniture_is_refused),
        cmocka_unit_test(sites_are_apart_and_tell_what_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
