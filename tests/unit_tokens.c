/* Every variant of reading in blocks (text/blocks.c) against reading character by character, mark by mark. */
#include "support.h"

#include "base/hash.h"
#include "base/simd.h"
#include "text/tokens.h"

typedef struct reader {
    tokenizer tokens;
    token_list plain, fast;
} reader;

static void reader_free(reader *in) {
    tokenizer_free(&in->tokens);
    free(in->plain.tokens);
    free(in->fast.tokens);
    simd_limit(SIMD_AVX512);
}

static bool token_equal(const token *a, const token *b) {
    return a->hash == b->hash && a->begin == b->begin && a->end == b->end && a->before == b->before;
}

/* Reads a copy that ends where its memory does, so that sanitizers see what reads on. */
static void assert_levels_agree(reader *in, const char *bytes, size_t n) {
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    simd_limit(SIMD_PLAIN);
    in->plain.n = 0;
    assert_true(tokenize(&in->tokens, &in->plain, copy, n, 7));
    for (simd_level level = SIMD_BASE; level <= SIMD_AVX512; level++) {
        if (simd_limit(level) != level) continue;
        in->fast.n = 0;
        assert_true(tokenize(&in->tokens, &in->fast, copy, n, 7));
        size_t same = 0;
        while (same < in->plain.n && same < in->fast.n &&
               token_equal(&in->plain.tokens[same], &in->fast.tokens[same]))
            same++;
        if (same < in->plain.n || same < in->fast.n)
            fail_msg("level %d: token %zu of %zu and %zu differs in \"%.*s\"", (int)level, same, in->plain.n,
                     in->fast.n, (int)n, copy);
    }
    free(copy);
}

/* ---- random texts -------------------------------------------------------------------------- */

/* What texts are made of: everything that means something, and what it may stand beside. */
static const char *const pieces[] = {
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    ". ",
    ", ",
    ".",
    ",",
    "! ",
    "? ",
    "?",
    "...",
    ".)",
    ".\"",
    ".'",
    ".\n",
    ".\r\n",
    ".\t",
    "!\v",
    "?\f",
    "\n",
    "\r",
    "\v",
    "\f",
    "\t",
    "'",
    "'",
    "\"",
    "\"",
    " \"",
    "\" ",
    " '",
    "' ",
    "('",
    "(\"",
    ")",
    "(",
    "-",
    "--",
    "/",
    "//",
    ":",
    ": ",
    "://",
    "http://",
    " https://example.com/a_b?c=1 ",
    "@",
    "@name",
    "|",
    " | ",
    "{",
    "}",
    "<",
    ">",
    "=",
    "\\",
    "<a b=\"c\">",
    "_",
    "#",
    "$",
    "%",
    "&",
    "*",
    "+",
    ";",
    "[",
    "]",
    "^",
    "`",
    "~",
    "\x7f",
    "\x01",
    "s",
    "t",
    "I",
    "a",
    "A",
    "Z",
    "z",
    "0",
    "9",
    "the",
    "The",
    "don't",
    "O'Hara",
    "3.5",
    "180,000",
    "u.s.",
    "2017",
    "1st",
    "B2B",
    "example.com",
    "Monday",
    "international",
    "MULTINATIONALS",
    "electroencephalographically",
    "\xC2\xA0",
    "\xC2\xAB",
    "\xC2\xBB",
    "\xC2\x85",
    "\xC2\xAD",
    "\xC2\xB2",
    "\xC2\xBD",
    "\xC3\xA9",
    "\xC3\x89",
    "\xC3\x9F",
    "\xC4\xB0",
    "\xC4\xB1",
    "\xC5\xBD",
    "\xC5\xBE",
    "e\xCC\x81",
    "\xCC\x81",
    "\xCC\xB8",
    "\xD0\x90",
    "\xD0\xB1",
    "\xD0\xB2",
    "\xD0\x99",
    "\xD0\xB8\xCC\x86",
    "\xCE\xA3",
    "\xCF\x82",
    "\xD8\xA7",
    "\xD9\x84",
    "\xD9\x8E",
    "\xD8\x9F",
    "\xDB\x94",
    "\xD9\xA3",
    "\xE0\xA4\x95",
    "\xE0\xA4\xBE",
    "\xE0\xA5\x8D",
    "\xE0\xA5\xA4",
    "\xE0\xB8\x81",
    "\xE0\xB8\xB3",
    "\xE0\xB8\xB4",
    "\xE1\x84\x80",
    "\xE1\x85\xA1",
    "\xE2\x80\x8B",
    "\xE2\x80\x8D",
    "\xE2\x80\x93",
    "\xE2\x80\x94",
    "\xE2\x80\x98",
    "\xE2\x80\x99",
    "\xE2\x80\x99",
    "\xE2\x80\x9C",
    "\xE2\x80\x9D",
    " \xE2\x80\x9C",
    "\xE2\x80\x9D ",
    " \xE2\x80\x98",
    "\xE2\x80\x99 ",
    "\xE2\x80\x9E",
    "\xE2\x80\xA2",
    "\xE2\x80\xA6",
    "\xE2\x80\xA8",
    "\xE2\x80\xA9",
    "\xE2\x80\xBA",
    "\xE2\x84\xA2",
    "\xE3\x80\x81",
    "\xE3\x80\x82",
    "\xE3\x80\x8C",
    "\xE3\x80\x8D",
    "\xE3\x80\x8E",
    "\xE3\x80\x8F",
    "\xE3\x82\xAB",
    "\xE3\x82\x99",
    "\xE6\x96\xB0",
    "\xE9\x97\xBB",
    "\xE6\x96\xB0\xE9\x97\xBB",
    "\xEA\xB0\x80",
    "\xEF\xBC\x81",
    "\xEF\xBC\x9F",
    "\xEF\xBD\xA1",
    "\xEF\xBC\xA1",
    "\xEF\xBC\x91",
    "\xEF\xBB\xBF",
    "\xF0\x9F\x98\x80",
    "\xF0\xA0\x80\x80",
    "\xF0\x9D\x90\x80",
    "\x80",
    "\xBF",
    "\xC2",
    "\xE2\x80",
    "\xF0\x9F",
    "\xFF",
    "\xED\xA0\x80",
};

enum { PIECES = sizeof pieces / sizeof *pieces };

/* Mostly words of ASCII, mostly some few pieces, or anything. */
static void text_draw(text *t, rng *r) {
    uint64_t first = rng_below(r, PIECES), width = rng_chance(r, 50) ? 8 : PIECES;
    unsigned words = rng_chance(r, 70) ? 60 : 10;
    for (uint64_t n = rng_below(r, 120); n > 0; n--) {
        if (rng_chance(r, words)) {
            text_word(t, rng_below(r, 300));
            if (rng_chance(r, 80)) text_add(t, " ", 1);
        } else {
            const char *piece = pieces[(first + rng_below(r, width)) % PIECES];
            text_add(t, piece, strlen(piece));
        }
    }
}

static void random_texts_are_read_alike(void **state) {
    (void)state;
    reader in = {0};
    rng r = {11};
    text t = {0};
    for (size_t i = rounds(60000); i > 0; i--) {
        t.n = 0;
        text_draw(&t, &r);
        assert_levels_agree(&in, t.p ? t.p : "", t.n);
    }
    text_free(&t);
    reader_free(&in);
}

/* Each piece, and pairs of them, at every place of a block. */
static void every_place_of_a_block(void **state) {
    (void)state;
    reader in = {0};
    rng r = {12};
    char line[300];
    for (size_t round = rounds(400); round > 0; round--) {
        const char *one = pieces[rng_below(&r, PIECES)], *two = pieces[rng_below(&r, PIECES)];
        char fill = "ab .1\""[rng_below(&r, 6)];
        for (size_t at = 0; at < 140; at++) {
            memset(line, fill, sizeof line);
            for (size_t i = rng_below(&r, 9); i < sizeof line && fill != '1'; i += 9) line[i] = ' ';
            memcpy(line + at, one, strlen(one));
            memcpy(line + at + strlen(one), two, strlen(two));
            assert_levels_agree(&in, line, at + strlen(one) + strlen(two) + rng_below(&r, 70));
        }
    }
    reader_free(&in);
}

/* Every character between letters, and with a mark behind it. */
static void every_character(void **state) {
    (void)state;
    reader in = {0};
    text t = {0};
    uint32_t step = rounds(16) == 16 ? 1 : 61;
    for (uint32_t c = 0x80; c < 0x110000; c += step) {
        char bytes[4];
        size_t n = utf8_encode((int32_t)c, bytes);
        if (n == 0) continue;
        t.n = 0;
        text_print(&t, "a %.*sb %.*s, x%.*s y%.*s\xCC\x81 'q%.*sr' s", (int)n, bytes, (int)n, bytes, (int)n,
                   bytes, (int)n, bytes, (int)n, bytes);
        assert_levels_agree(&in, t.p, t.n);
    }
    text_free(&t);
    reader_free(&in);
}

static void a_limit_is_kept(void **state) {
    (void)state;
    assert_int_equal(simd_limit(SIMD_PLAIN), SIMD_PLAIN);
    assert_int_equal(simd_best(), SIMD_PLAIN);
    assert_true(simd_limit(SIMD_AVX512) >= simd_limit(SIMD_BASE));
    assert_true(simd_limit(SIMD_BASE) <= SIMD_BASE);
    simd_limit(SIMD_AVX512);
}

/* ---- hashes -------------------------------------------------------------------------------- */

static void short_hashes_are_xxh3(void **state) {
    (void)state;
    rng r = {13};
    for (size_t i = 0; i < 100000; i++) {
        char bytes[8 + 16 + 8];
        for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (char)rng_next(&r);
        size_t n = 1 + i % 16;
        assert_true(hash_short(bytes + 8, n) == hash_bytes(bytes + 8, n, 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts_are_read_alike),
        cmocka_unit_test(every_place_of_a_block),
        cmocka_unit_test(every_character),
        cmocka_unit_test(a_limit_is_kept),
        cmocka_unit_test(short_hashes_are_xxh3),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
