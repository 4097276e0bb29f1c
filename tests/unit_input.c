/* The input reader: records out of lines, and what becomes of lines and files that are none. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>
#include <zstd.h>
#include <cmocka.h>

#include "base/memory.h"
#include "flong.h"

/* ---- a folder of files, and what was read of them -------------------------- */

static char folder[64];

static const char *in_folder(const char *name) {
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char *file_write(const char *name, const void *bytes, size_t n) {
    const char *path = in_folder(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return path;
}

static const char *text_write(const char *name, const char *text) {
    return file_write(name, text, strlen(text));
}

static int folder_make(void **state) {
    (void)state;
    strcpy(folder, "/tmp/unit_input.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* The records as one string, "id|url|site|title|text|published;" each. */
static struct {
    char records[8192], raw[4096], bad[4096];
    char last_bad[256];
    uint64_t bad_line;
    flong_input_stats stats;
    flong_status status;
    flong_error error;
} seen;

static void on_bad(void *context, const char *file, uint64_t line, const char *why) {
    assert_ptr_equal(context, &seen);
    assert_non_null(file);
    size_t at = strlen(seen.bad);
    snprintf(seen.bad + at, sizeof seen.bad - at, "%llu: %s;", (unsigned long long)line, why);
    snprintf(seen.last_bad, sizeof seen.last_bad, "%s", why);
    seen.bad_line = line;
}

static void append(char *to, size_t size, flong_str s) {
    size_t at = strlen(to);
    snprintf(to + at, size - at, "%.*s", (int)(s.n < 200 ? s.n : 200), s.n ? s.p : "");
}

static void record_note(const flong_record *r, flong_str raw) {
    char date[32] = ";";
    if (r->published != FLONG_NO_DATE) snprintf(date, sizeof date, "%lld;", (long long)r->published);
    const flong_str values[] = {r->id, r->url, r->site, r->title, r->text, {date, strlen(date)}};
    for (int i = 0; i < 6; i++) {
        append(seen.records, sizeof seen.records, values[i]);
        if (i < 5) append(seen.records, sizeof seen.records, (flong_str){"|", 1});
    }
    append(seen.raw, sizeof seen.raw, raw);
    append(seen.raw, sizeof seen.raw, (flong_str){"\n", 1});
}

static void read_with(const char *const *paths, size_t n, const flong_input_options *options) {
    memset(&seen, 0, sizeof seen);
    flong_input *input;
    seen.status = flong_input_open(&input, paths, n, options, &seen.error);
    if (seen.status != FLONG_OK) return;
    const flong_record *record = NULL;
    while ((seen.status = flong_input_next(input, &record, &seen.error)) == FLONG_OK && record)
        record_note(record, flong_input_raw(input));
    flong_input_get_stats(input, &seen.stats);
    flong_input_close(input);
}

static const flong_input_options telling = {.size = sizeof telling, .on_bad = on_bad, .bad_context = &seen};

static void read_file(const char *path) { read_with(&path, 1, &telling); }
static void read_text(const char *text) { read_file(text_write("in.jsonl", text)); }

static void assert_bad(const char *why, size_t records) {
    if (!strstr(seen.bad, why)) fail_msg("\"%s\" is not in \"%s\"", why, seen.bad);
    assert_int_equal(seen.status, FLONG_OK);
    assert_int_equal(seen.stats.bad, 1);
    assert_int_equal(seen.stats.records, records);
}

/* ---- fields ---------------------------------------------------------------- */

typedef struct row {
    const char *line, *record;
} row;

static const row rows[] = {
    {"{\"id\":\"1\",\"url\":\"http://www.CNN.com/x\",\"title\":\" T "
     "\",\"text\":\"x\",\"published\":\"2017-02-01\"}",
     "1|http://www.CNN.com/x|cnn.com|T|x|1485907200;"},
    /* names: ours first, then by priority, then in another spelling; empty values do not count */
    {"{\"id\":\"1\",\"content\":\"c\",\"maintext\":\"m\"}", "1||||m|;"},
    {"{\"_id\":\"2\",\"id\":\"1\",\"maintext\":\"m\",\"text\":\"x\"}", "1||||x|;"},
    {"{\"id\":\"1\",\"text\":\" \\u00a0\\n\",\"body\":\"b\"}", "1||||b|;"},
    {"{\"id\":\"1\",\"text\":null,\"body\":7,\"articleBody\":\"b\"}", "1||||b|;"},
    {"{\"ID\":\"1\",\"Title\":\"T\",\"TEXT\":\"x\",\"PubDate\":\"2017-02-01\"}", "1|||T|x|1485907200;"},
    {"{\"TEXT\":\"X\",\"text\":\"x\",\"id\":\"1\"}", "1||||x|;"},
    {"{\"doc_id\":\"1\",\"link\":\"http://a.b/"
     "\",\"headline\":\"h\",\"plaintext\":\"x\",\"date\":\"2017-02-01\"}",
     "1|http://a.b/|a.b|h|x|1485907200;"},
    {"{\"id\":\"1\",\"text\":\"x\",\"text\":\"y\"}", "1||||x|;"},
    /* ids */
    {"{\"id\":17,\"text\":\"x\"}", "17||||x|;"},
    {"{\"id\":-17,\"text\":\"x\"}", "-17||||x|;"},
    {"{\"id\":18446744073709551615,\"text\":\"x\"}", "18446744073709551615||||x|;"},
    {"{\"_id\":{\"$oid\":\"5f\"},\"text\":\"x\"}", "5f||||x|;"},
    {"{\"id\":1.5,\"url\":\"http://a.b/c\",\"text\":\"x\"}", "http://a.b/c|http://a.b/c|a.b||x|;"},
    {"{\"id\":\"\",\"text\":\"x\"}", "%s:1||||x|;"},
    /* sites */
    {"{\"id\":\"1\",\"site\":\"http://abcnews.go.com\",\"text\":\"x\"}", "1||abcnews.go.com||x|;"},
    {"{\"id\":\"1\",\"site\":\"www.CNN.com:80\",\"text\":\"x\"}", "1||cnn.com||x|;"},
    {"{\"id\":\"1\",\"site\":\" The Guardian \",\"text\":\"x\"}", "1||The Guardian||x|;"},
    {"{\"id\":\"1\",\"site\":\"Reuters\",\"url\":\"http://a.b\",\"text\":\"x\"}",
     "1|http://a.b|Reuters||x|;"},
    {"{\"id\":\"1\",\"site\":\"A.P.\",\"text\":\"x\"}", "1||A.P.||x|;"},
    {"{\"id\":\"1\",\"source\":{\"id\":null,\"name\":\"CNN\"},\"url\":\"https://u:p@www.a.b:8080/"
     "c?d=@e\",\"text\":\"x\"}",
     "1|https://u:p@www.a.b:8080/c?d=@e|a.b||x|;"},
    {"{\"id\":\"1\",\"url\":\"//a.b/c\",\"text\":\"x\"}", "1|//a.b/c|a.b||x|;"},
    {"{\"id\":\"1\",\"url\":\"www.a.de/c\",\"text\":\"x\"}", "1|www.a.de/c|a.de||x|;"},
    {"{\"id\":\"1\",\"url\":\"http://[2001:DB8::1]:80/\",\"text\":\"x\"}",
     "1|http://[2001:DB8::1]:80/|[2001:db8::1]||x|;"},
    {"{\"id\":\"1\",\"url\":\"file:///a.html\",\"text\":\"x\"}", "1|file:///a.html|||x|;"},
    {"{\"id\":\"1\",\"url\":\"http://\",\"text\":\"x\"}", "1|http://|||x|;"},
    /* texts */
    {"{\"id\":\"1\",\"content\":[\"a\",2,\"b\",null],\"body\":[\"c\",\"d\"]}", "1||||a\nb|;"},
    {"{\"id\":\"1\",\"body\":[\"c\",\"d\"],\"content\":[\"a\",\"b\"],\"text\":[\" \",\"\"]}", "1||||a\nb|;"},
    {"{\"id\":[\"1\"],\"title\":[\"T\"],\"text\":[{\"a\":1}]}", "1|||T||;"},
    {"{\"id\":\"1\",\"title\":\"only a title\"}", "1|||only a title||;"},
    {"{\"id\":\"1\",\"text\":\"a\\u0000b\"}", "1||||a b|;"},
    {"{\"id\":\"1\",\"text\":\"\\ud83d\\ude00\"}", "1||||\xF0\x9F\x98\x80|;"},
    /* dates */
    {"{\"id\":\"1\",\"text\":\"x\",\"timestamp\":1485907200}", "1||||x|1485907200;"},
    {"{\"id\":\"1\",\"text\":\"x\",\"timestamp\":1485907200000.0}", "1||||x|1485907200;"},
    {"{\"id\":\"1\",\"text\":\"x\",\"published\":{\"$date\":\"2017-02-01T00:00:00Z\"}}",
     "1||||x|1485907200;"},
    {"{\"id\":\"1\",\"text\":\"x\",\"published\":{\"$date\":{\"$numberLong\":\"1485907200000\"}}}",
     "1||||x|1485907200;"},
    {"{\"id\":\"1\",\"text\":\"x\",\"published\":\"soon\",\"date\":\"2017-02-01\"}", "1||||x|1485907200;"},
};

static void test_fields(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char expected[512];
        read_text(rows[i].line);
        if (strncmp(rows[i].record, "%s", 2) == 0)
            snprintf(expected, sizeof expected, "%s%s", in_folder("in.jsonl"), rows[i].record + 2);
        else
            snprintf(expected, sizeof expected, "%s", rows[i].record);
        assert_string_equal(seen.records, expected);
        assert_int_equal(seen.stats.bad + seen.stats.bad_dates, 0);
    }
}

static void assert_str(flong_str s, const char *expected) {
    assert_int_equal(s.n, strlen(expected));
    assert_memory_equal(s.n ? s.p : "", expected, s.n);
}

static void test_authors(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"\"author\":\" Ada Quill \",\"lang\":\" en \"", "Ada Quill", "en"},
        {"\"authors\":[\"Ada Quill\",7,\"Ben Rye\",null,\"\"],\"language\":\"de-AT\"", "Ada Quill, Ben Rye",
         "de-AT"},
        {"\"author\":{\"@type\":\"Person\",\"name\":\"Ada Quill\"},\"inLanguage\":\"fr\"", "Ada Quill", "fr"},
        {"\"author\":[{\"name\":\"Ada Quill\"},{\"url\":\"x\"},{\"name\":\"Ben\\u0000Rye\"}]",
         "Ada Quill, Ben Rye", ""},
        {"\"author\":[],\"byline\":[\"\"],\"creator\":{\"name\":3},\"by\":\"Desk\",\"lang\":5", "Desk", ""},
        {"\"Byline\":\"Desk\",\"authors\":[\"Ada Quill\"],\"language\":[\"en\"],\"locale\":\"en_GB\"",
         "Ada Quill", "en"},
        {"\"author\":\" \",\"lang\":\"\"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[512];
        snprintf(line, sizeof line, "{\"id\":\"1\",\"text\":\"x\",%s}", cases[i][0]);
        const char *path = text_write("in.jsonl", line);
        flong_input *input;
        const flong_record *record;
        assert_int_equal(flong_input_open(&input, &path, 1, &telling, NULL), FLONG_OK);
        assert_int_equal(flong_input_next(input, &record, NULL), FLONG_OK);
        assert_str(record->author, cases[i][1]);
        assert_str(record->lang, cases[i][2]);
        flong_input_close(input);
    }
}

static void test_bad_dates(void **state) {
    (void)state;
    read_text(
        "{\"id\":\"1\",\"text\":\"x\",\"date\":\"soon\"}\n{\"id\":\"2\",\"text\":\"x\",\"date\":\"\"}\n"
        "{\"id\":\"3\",\"text\":\"x\",\"published\":7e30}\n{\"id\":\"4\",\"text\":\"x\",\"date\":null}\n");
    assert_string_equal(seen.records, "1||||x|;2||||x|;3||||x|;4||||x|;");
    assert_int_equal(seen.stats.bad_dates, 2);
}

static void test_user_fields(void **state) {
    (void)state;
    const flong_field fields[] = {
        {"text", "article.body"}, {"text", "b.c"}, {"title", "t.u.v"}, {"id", "nr"}};
    flong_input_options options = telling;
    options.fields = fields;
    options.n_fields = 4;
    const char *path = text_write(
        "in.jsonl", "{\"nr\":1,\"text\":\"x\",\"article\":{\"body\":\"nested\"}}\n"
                    "{\"nr\":2,\"text\":\"x\",\"b.c\":\"literal\",\"b\":{\"c\":\"nested\"}}\n"
                    "{\"nr\":3,\"text\":\"x\",\"article\":\"none\",\"t\":{\"u\":{\"v\":\"T\"}}}\n"
                    "{\"id\":\"4\",\"text\":\"x\",\"NR\":9,\"article\":{\"body\":[\"p\",\"q\"]}}\n");
    read_with(&path, 1, &options);
    assert_string_equal(seen.records, "1||||nested|;2||||literal|;3|||T|x|;4||||p\nq|;");
    options.n_fields = 1;
    options.fields = &(flong_field){"texts", "body"};
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_ARG);
    assert_non_null(strstr(seen.error.text, "\"texts\""));
    options.fields = &(flong_field){"text", ""};
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_ARG);
}

/* ---- lines ----------------------------------------------------------------- */

#define A "{\"id\":\"a\",\"text\":\"x\"}"
#define B "{\"id\":\"b\",\"text\":\"y\"}"

static void test_lines(void **state) {
    (void)state;
    read_text("\xEF\xBB\xBF" A "\r\n\n \t\r\n" B);
    assert_string_equal(seen.records, "a||||x|;b||||y|;");
    assert_string_equal(seen.raw, A "\r\n" B "\n");
    assert_int_equal(seen.stats.bytes, seen.stats.bytes_total);
    assert_int_equal(seen.stats.text_bytes, seen.stats.bytes_total);
    read_text(A "\n\n\nno\n");
    assert_int_equal(seen.bad_line, 4);
    read_text("");
    assert_int_equal(seen.stats.records + seen.stats.bad, 0);
    read_text("\n\n");
    assert_int_equal(seen.stats.records + seen.stats.bad, 0);
    read_with(NULL, 0, NULL);
    assert_int_equal(seen.status, FLONG_OK);
}

static const row bad_lines[] = {
    {"no json", "no JSON object"},
    {"{\"id\":\"1\",\"text\":\"cut", "no JSON object"},
    {"{\"id\":\"1\",\"text\":\"x\"} {}", "no JSON object"},
    {"[1, 2]", "another kind"},
    {"\"text\"", "another kind"},
    {"{\"id\":\"1\"}", "no text: none of the keys text, maintext, content"},
    {"{\"id\":\"1\"}", "is there; name it with --field text=NAME"},
    {"{\"id\":\"1\",\"text\":\" \"}", "no text: it is empty"},
    {"{\"id\":\"1\",\"text\":\"\xFF\"}", "not UTF-8"},
    {"{\"id\":\"1\",\"text\":\"\\ud800\"}", "no JSON object"},
    {"{\"id\":\"1\",\"text\":\"\\udc00\"}", "no JSON object"},
    {"{\"id\":\"1\",\"text\":\"\\ud800\\u0041\"}", "no JSON object"},
    {"{\"id\":\"1\",\"text\":\"a\tb\"}", "no JSON object"},
};

static void test_bad_lines(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; i++) {
        char text[512];
        snprintf(text, sizeof text, A "\n%s\n" B, bad_lines[i].line);
        read_text(text);
        assert_bad(bad_lines[i].record, 2);
        assert_int_equal(seen.bad_line, 2);
    }
    static const char zero[] = A "\n{\"id\":\"1\",\"text\":\"a\0b\"}\n" B "\n";
    read_file(file_write("zero", zero, sizeof zero - 1));
    assert_bad("no JSON object", 2);
}

static void test_strict(void **state) {
    (void)state;
    flong_input_options options = telling;
    options.strict = 1;
    const char *path = text_write("in.jsonl", A "\nno\n" B "\n");
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_INPUT);
    char expected[128];
    snprintf(expected, sizeof expected, "%s:2: no JSON object", path);
    assert_memory_equal(seen.error.text, expected, strlen(expected));
    assert_string_equal(seen.records, "a||||x|;");
}

static void test_nesting(void **state) {
    (void)state;
    size_t n = 1000000;
    char *text = malloc(n + 64);
    memset(text, '[', n);
    strcpy(text + n, "\n" A "\n");
    read_file(text_write("deep", text));
    assert_bad("no JSON object", 1);
    memcpy(text, "{\"text\":", 8);
    read_file(text_write("deep", text));
    assert_bad("no JSON object", 1);
    free(text);
}

static void test_long_ids(void **state) {
    (void)state;
    for (int too_long = 0; too_long < 2; too_long++) {
        char text[6000];
        snprintf(text, sizeof text, "{\"id\":\"%0*d\",\"text\":\"x\"}\n" A, 4096 + too_long, 7);
        read_text(text);
        assert_int_equal(seen.stats.bad, too_long);
        assert_int_equal(seen.stats.records, 2 - too_long);
    }
    char text[6000];
    snprintf(text, sizeof text, "{\"url\":\"http://a.b/%05000d\",\"text\":\"x\"}", 7);
    read_text(text);
    assert_int_equal(seen.stats.records, 1);
    assert_non_null(strstr(seen.records, "in.jsonl:1|"));
}

/* Around the limit, as the line stands in the first block and behind it. */
static void test_max_line(void **state) {
    (void)state;
    flong_input_options options = telling;
    for (size_t most = 100; most <= 1000000; most *= 100)
        for (size_t over = 0; over < 2; over++) {
            char *text = malloc(2 * most + 100);
            int n = sprintf(text, A "\r\n{\"id\":\"1\",\"text\":\"");
            size_t line = most + over - (size_t)(n - (int)sizeof(A "\r\n") + 1) - 2;
            memset(text + n, 'x', line);
            strcpy(text + n + line, "\"}\r\n" B "\r\n");
            const char *path = text_write("in.jsonl", text);
            free(text);
            options.max_line = most;
            read_with(&path, 1, &options);
            assert_int_equal(seen.stats.records, 3 - over);
            assert_int_equal(seen.stats.bad, over);
            if (over) assert_int_equal(seen.bad_line, 2);
            if (over)
                assert_non_null(strstr(seen.bad, most == 100 ? "longer than 100 bytes" : "longer than "));
        }
    options.max_line = SIZE_MAX;
    const char *path = "-";
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_ARG);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const long MOST_MEMORY = LONG_MAX; /* the sanitizer's own is in the way */
#else
static const long MOST_MEMORY = 100 << 10; /* KiB: 64 MiB for the longest line, and some */
#endif

static void long_line_write(const char *path) {
    FILE *file = fopen(path, "wb");
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    fputs(A "\n{\"text\":\"", file);
    for (int i = 0; i < 200; i++) fwrite(block, 1, sizeof block, file);
    fputs("\"}\n" B "\n", file);
    fclose(file);
    _exit(0);
}

static void test_huge_line(void **state) {
    (void)state;
    const char *path = in_folder("fifo");
    assert_int_equal(mkfifo(path, 0600), 0);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    pid_t child = fork();
    if (child == 0) long_line_write(path);
    read_file(path);
    waitpid(child, NULL, 0);
    getrusage(RUSAGE_SELF, &after);
    assert_bad("longer than 64 MiB", 2);
    assert_int_equal(seen.bad_line, 2);
    assert_int_equal(seen.stats.bytes_total, 0);
    assert_true(seen.stats.bytes > 200 << 20);
    assert_true(after.ru_maxrss - before.ru_maxrss < MOST_MEMORY);
}

static void test_stdin(void **state) {
    (void)state;
    text_write("in.jsonl", A "\n" B "\n");
    int kept = dup(STDIN_FILENO);
    FILE *file = fopen(in_folder("in.jsonl"), "rb");
    dup2(fileno(file), STDIN_FILENO);
    read_file("-");
    assert_string_equal(seen.records, "a||||x|;b||||y|;");
    assert_true(seen.stats.bytes_total > 0);
    lseek(STDIN_FILENO, 0, SEEK_SET);
    const char *path = "-";
    read_with(&path, 1, NULL);
    assert_int_equal(seen.stats.records, 2);
    dup2(kept, STDIN_FILENO);
    close(kept);
    fclose(file);
}

/* ---- compressed files ------------------------------------------------------ */

static size_t gzip_pack(unsigned char *out, size_t size, const char *text, size_t n) {
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)text;
    z.avail_in = (unsigned)n;
    z.next_out = out;
    z.avail_out = (unsigned)size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t packed = z.total_out;
    deflateEnd(&z);
    return packed;
}

static size_t zstd_pack(unsigned char *out, size_t size, const char *text, size_t n) {
    size_t packed = ZSTD_compress(out, size, text, n, 3);
    assert_false(ZSTD_isError(packed));
    return packed;
}

typedef size_t pack_fn(unsigned char *out, size_t size, const char *text, size_t n);
static pack_fn *const packs[] = {gzip_pack, zstd_pack};
static const char *const pack_names[] = {"gzip", "zstd"};

/* 20,000 lines that do not pack to nothing. */
static char *many_lines(size_t *n) {
    char *text = malloc(20000 * 64);
    *n = 0;
    for (unsigned i = 0; i < 20000; i++)
        *n += (size_t)sprintf(text + *n, "{\"id\":%u,\"text\":\"%08x%08x\"}\n", i, i * 2654435761u,
                              i * 40503u * i);
    return text;
}

static void test_members(void **state) {
    (void)state;
    unsigned char bytes[1024];
    for (int i = 0; i < 2; i++) {
        size_t n = packs[i](bytes, sizeof bytes, A "\n{\"id\":\"b\",", strlen(A "\n{\"id\":\"b\","));
        n += packs[i](bytes + n, sizeof bytes - n, "", 0);
        n += packs[i](bytes + n, sizeof bytes - n, "\"text\":\"y\"}", 11);
        read_file(file_write("packed.jsonl", bytes, n));
        assert_string_equal(seen.records, "a||||x|;b||||y|;");
        assert_int_equal(seen.stats.bytes, n);
        assert_int_equal(seen.stats.bytes_total, n);
    }
    /* a skippable frame first, zeros behind gzip */
    memcpy(bytes, "\x50\x2A\x4D\x18\x03\0\0\0abc", 11);
    size_t n = 11 + zstd_pack(bytes + 11, sizeof bytes - 11, A, strlen(A));
    read_file(file_write("skip", bytes, n));
    assert_string_equal(seen.records, "a||||x|;");
    n = gzip_pack(bytes, sizeof bytes, A, strlen(A));
    memset(bytes + n, 0, 100);
    read_file(file_write("padded", bytes, n + 100));
    assert_string_equal(seen.records, "a||||x|;");
    assert_int_equal(seen.stats.bad, 0);
}

/* Two frames behind the dictionary that they were packed with, as web archives have it: plain, or packed itself. */
static void test_dictionary(void **state) {
    (void)state;
    const char dictionary[] =
        "{\"id\":\"a\",\"title\":\"words that all articles have, one after another\",\"text\":\"";
    const char line[] =
        "{\"id\":\"a\",\"title\":\"words that all articles have, one after another\",\"text\":\"x\"}\n";
    unsigned char bytes[1024] = "\x5D\x2A\x4D\x18";
    ZSTD_CCtx *cctx = ZSTD_createCCtx();
    for (int is_packed = 0; is_packed < 2; is_packed++) {
        size_t n = sizeof dictionary - 1;
        if (is_packed)
            n = ZSTD_compress(bytes + 8, 500, dictionary, n, 3);
        else
            memcpy(bytes + 8, dictionary, n);
        bytes[4] = (unsigned char)n;
        n += 8;
        for (int i = 0; i < 2; i++)
            n += ZSTD_compress_usingDict(cctx, bytes + n, sizeof bytes - n, line, sizeof line - 1, dictionary,
                                         sizeof dictionary - 1, 3);
        assert_in_range(n, 50, 50 + (sizeof dictionary) + 8);
        read_file(file_write("dictionary.zst", bytes, n));
        assert_int_equal(seen.stats.records, 2);
        assert_int_equal(seen.stats.bad, 0);
        read_file(file_write("short.zst", bytes, 30));
        assert_string_equal(seen.records, "");
        assert_int_equal(seen.stats.bad, 1);
    }
    memcpy(bytes + 4, "\xFF\xFF\xFF\x7F", 4);
    read_file(file_write("large.zst", bytes, 100));
    assert_non_null(strstr(seen.last_bad, "dictionary of more than 16 MiB"));
    ZSTD_freeCCtx(cctx);
}

static void test_many_packed(void **state) {
    (void)state;
    size_t n, size = 20000 * 64;
    char *text = many_lines(&n);
    unsigned char *bytes = malloc(size);
    for (int i = 0; i < 2; i++) {
        size_t packed = packs[i](bytes, size, text, n);
        read_file(file_write("many", bytes, packed));
        assert_int_equal(seen.stats.records, 20000);
        assert_int_equal(seen.stats.text_bytes, n);
        assert_int_equal(seen.stats.bad, 0);
    }
    free(text);
    free(bytes);
}

static void damaged_check(const char *path, const char *codec, uint64_t least, uint64_t most) {
    const char *paths[] = {path, text_write("next", A "\n")};
    char why[64];
    snprintf(why, sizeof why, "the %s data is damaged or cut short after ", codec);
    read_with(paths, 2, &telling);
    if (!strstr(seen.last_bad, why)) fail_msg("\"%s\" is not in \"%s\"", why, seen.last_bad);
    assert_in_range(seen.stats.records, least, most);
    if (seen.stats.bad == 1) assert_int_equal(seen.bad_line, seen.stats.records);
    flong_input_options strict = {.size = sizeof strict, .strict = 1};
    read_with(paths, 2, &strict);
    assert_int_equal(seen.status, FLONG_INPUT);
}

static void test_damaged(void **state) {
    (void)state;
    size_t n, size = 20000 * 64;
    char *text = many_lines(&n);
    unsigned char *bytes = malloc(size);
    for (int i = 0; i < 2; i++) {
        size_t packed = packs[i](bytes, size, text, n);
        damaged_check(file_write("cut", bytes, packed / 2), pack_names[i], 1000, 19000);
        damaged_check(file_write("cut", bytes, packed - 1), pack_names[i], 15000, 20001);
        damaged_check(file_write("cut", bytes, 5), pack_names[i], 1, 1);
        memset(bytes + packed / 2, 0xFF, 4000);
        damaged_check(file_write("corrupt", bytes, packed), pack_names[i], 1000, 19000);
    }
    size_t packed = gzip_pack(bytes, size, A "\n", strlen(A "\n"));
    memcpy(bytes + packed, "junk", 4);
    read_file(file_write("tail", bytes, packed + 4));
    assert_bad("followed by something else", 1);
    free(text);
    free(bytes);
}

/* A frame that says it needs 2 GiB at once. */
static void test_wide_window(void **state) {
    (void)state;
    static const unsigned char bytes[] = {0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00};
    read_file(file_write("wide", bytes, sizeof bytes));
    assert_bad("more than 128 MiB", 0);
}

/* ---- text files and folders -------------------------------------------------- */

static void test_text_file(void **state) {
    (void)state;
    char expected[256];
    const char *path = text_write("Page.TXT", "\xEF\xBB\xBF"
                                              "First \"line\"\n\tsecond \\ \x01");
    read_file(path);
    snprintf(expected, sizeof expected, "%s||||First \"line\"\n\tsecond \\ \x01|;", path);
    assert_string_equal(seen.records, expected);
    snprintf(expected, sizeof expected,
             "{\"id\":\"%s\",\"text\":\"First \\\"line\\\"\\n\\tsecond \\\\ \\u0001\"}\n", path);
    assert_string_equal(seen.raw, expected);
    unsigned char bytes[256];
    for (int i = 0; i < 2; i++) {
        size_t n = packs[i](bytes, sizeof bytes, "packed", 6);
        path = file_write(i ? "page.txt.zst" : "page.txt.gz", bytes, n);
        read_file(path);
        snprintf(expected, sizeof expected, "%s||||packed|;", path);
        assert_string_equal(seen.records, expected);
        read_file(file_write("cut.txt.gz", bytes, n - 1));
        assert_bad("damaged or cut short", 0);
        assert_int_equal(seen.bad_line, 0);
    }
}

static void test_bad_text_files(void **state) {
    (void)state;
    read_file(text_write("bad.txt", "caf\xE9"));
    assert_bad("0: not UTF-8; convert it, e.g. iconv -f latin1 -t utf-8", 0);
    read_file(text_write("bad.txt", " \n"));
    assert_bad("0: no text", 0);
    read_file(text_write("bad.txt", ""));
    assert_bad("0: no text", 0);
    read_file(file_write("bad.txt", "a\0b", 3));
    assert_bad("0: binary data", 0);
    read_file(file_write("bad.txt",
                         "\xFF\xFE"
                         "a\0",
                         4));
    assert_bad("0: UTF-16", 0);
    flong_input_options options = telling;
    options.max_line = 5;
    const char *path = text_write("long.txt", "12345");
    read_with(&path, 1, &options);
    assert_int_equal(seen.stats.records, 1);
    path = text_write("long.txt", "123456");
    read_with(&path, 1, &options);
    assert_bad("longer than 5 bytes", 0);
}

static void test_folder(void **state) {
    (void)state;
    const char *path = in_folder("folder");
    char expected[1024];
    assert_int_equal(mkdir(path, 0700), 0);
    text_write("folder/c.md", "c");
    read_file(path);
    assert_int_equal(seen.status, FLONG_INPUT);
    snprintf(expected, sizeof expected,
             "%s: no file of a known format in it; name the files one by one, e.g. %s/*, or their --format",
             path, path);
    assert_string_equal(seen.error.text, expected);
    text_write("folder/b.txt", "b");
    text_write("folder/B.txt", "B");
    text_write("folder/a.jsonl", A);
    text_write("folder/\xE9.txt", "e");
    text_write("folder/.hidden.txt", "h");
    mkdir(in_folder("folder/d.txt"), 0700);
    text_write("folder/d.txt/z.txt", "z");
    assert_int_equal(symlink("..", in_folder("folder/up")), 0);
    path = in_folder("folder/");
    read_file(path);
    snprintf(expected, sizeof expected,
             "%sB.txt||||B|;a||||x|;%sb.txt||||b|;%sd.txt/z.txt||||z|;%s%%E9.txt||||e|;", path, path, path,
             path);
    assert_string_equal(seen.records, expected);
    assert_int_equal(seen.stats.ignored, 3);
    assert_int_equal(seen.stats.bad, 0);
    flong_input_options options = telling;
    options.format = "txt";
    read_with(&path, 1, &options);
    assert_int_equal(seen.stats.records, 6);
    options.format = "tex";
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_ARG);
    assert_non_null(strstr(seen.error.text, "there is no format \"tex\"; the formats are jsonl, json, txt"));
}

/* What a pattern stands for, below the folder of the tests: names with ";" between them. */
static void assert_pattern(const char *pattern, const char *names) {
    const char *path = in_folder(pattern);
    char expected[1024] = "";
    read_file(path);
    assert_int_equal(seen.status, *names ? FLONG_OK : FLONG_IO);
    for (const char *end; (end = strchr(names, ';')); names = end + 1) {
        size_t at = strlen(expected);
        snprintf(expected + at, sizeof expected - at, "%s/%.*s||||x|;", folder, (int)(end - names), names);
    }
    assert_string_equal(seen.records, expected);
}

static void test_patterns(void **state) {
    (void)state;
    static const char *const folders[] = {"glob", "glob/2024", "glob/2024/05", "glob/2025", "glob/.git"};
    static const char *const files[] = {"glob/a.txt",      "glob/2024/b.txt", "glob/2024/05/c.txt",
                                        "glob/2025/d.txt", "glob/.git/e.txt", "glob/.h.txt",
                                        "glob/[x].txt"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) mkdir(in_folder(folders[i]), 0700);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) text_write(files[i], "x");
    assert_pattern("glob/*.txt", "glob/[x].txt;glob/a.txt;");
    assert_pattern("glob/*/?.txt", "glob/2024/b.txt;glob/2025/d.txt;");
    assert_pattern("glob/**/*.txt",
                   "glob/2024/05/c.txt;glob/2024/b.txt;glob/2025/d.txt;glob/[x].txt;glob/a.txt;");
    assert_pattern("glob/**/**/c*", "glob/2024/05/c.txt;");
    assert_pattern("gl[no]b/202[45]/b.txt", "glob/2024/b.txt;");
    assert_pattern("glob/2024*", "glob/2024/05/c.txt;glob/2024/b.txt;");
    assert_pattern("glob/[x].txt", "glob/[x].txt;"); /* there is a file of that name */
    assert_pattern("glob/*.gz", "");
    assert_pattern("nowhere/*", "");
}

/* ---- archives ------------------------------------------------------------------ */

typedef struct member {
    const char *name, *bytes;
} member;

/* Writes an archive as libarchive makes it; returns its size. */
static size_t archive_make(char *out, size_t size, bool zip, const member *members, size_t n) {
    size_t used = 0;
    struct archive *a = archive_write_new();
    assert_int_equal(zip ? archive_write_set_format_zip(a) : archive_write_set_format_ustar(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out, size, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_size(entry, (la_int64_t)strlen(members[i].bytes));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        archive_write_data(a, members[i].bytes, strlen(members[i].bytes));
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return used;
}

static const member members[] = {
    {"dir/a.jsonl", A "\nno\n"}, {"./p.txt", "plain"},
    {"dir/.h.txt", "hidden"},    {"x.bin", "unknown"},
    {"in.zip", "zip"},           {"e.json", "[" B "]"},
    {"bad.txt", "\xFF"},         {"empty.jsonl", ""},
    {"false.txt", "PK\3\4 zip"}, {"last.jsonl", "{\"text\":\"z\"}"},
};
enum { N_MEMBERS = sizeof members / sizeof *members };

static void test_archives(void **state) {
    (void)state;
    static char bytes[1 << 17];
    static unsigned char packed[1 << 17];
    char expected[512];
    for (int i = 0; i < 4; i++) {
        size_t n = archive_make(bytes, sizeof bytes, i & 1, members, N_MEMBERS);
        const char *path = file_write("archive", bytes, n);
        if (i & 2) {
            n = gzip_pack(packed, sizeof packed, bytes, n);
            path = file_write("archive", packed, n);
        }
        read_file(path);
        snprintf(expected, sizeof expected, "a||||x|;%s/p.txt||||plain|;b||||y|;%s/last.jsonl:1||||z|;", path,
                 path);
        assert_string_equal(seen.records, expected);
        assert_memory_equal(seen.bad, "2: no JSON object", 17);
        assert_non_null(
            strstr(seen.bad, "0: an archive inside of an archive; unpack the outer one first;0: not UTF-8"));
        assert_int_equal(seen.stats.bad, 4);
        assert_int_equal(seen.stats.ignored, 2);
        assert_int_equal(seen.stats.bytes, n);
        assert_int_equal(seen.stats.bytes_total, n);
        for (size_t cut = 1; cut < n; cut += 1 + n / 37) {
            read_file(file_write("cut", i & 2 ? (const char *)packed : bytes, cut));
            assert_int_equal(seen.status, FLONG_OK);
            assert_true(seen.stats.bad > 0 || seen.stats.records == 4);
        }
    }
}

/* What a header of tar has in its 257th byte stands in texts, too: the word in a title, and of course by design. */
static void test_like_archives(void **state) {
    (void)state;
    static const char *const behind[] = {"ustar", "ustar\\u0000", "ustar  "};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        char line[700];
        int n = snprintf(line, sizeof line, "{\"id\":\"a\",\"title\":\"%0*d%s\",\"text\":\"%0400d\"}\n",
                         257 - 19, 0, behind[i], 0);
        assert_memory_equal(line + 257, "ustar", 5);
        read_file(file_write("like", line, (size_t)n));
        assert_int_equal(seen.stats.records, 1);
        assert_int_equal(seen.stats.bad, 0);
    }
}

/* Compressed data of nothing but one byte, more than anybody would write. */
static void test_growth(void **state) {
    (void)state;
    static char zeros[1 << 20];
    unsigned char *bytes = malloc(1 << 20), *again = malloc(1 << 20);
    size_t n = gzip_pack(bytes, 1 << 20, zeros, sizeof zeros), all = 0;
    const char *path = in_folder("bomb");
    FILE *file = fopen(path, "wb");
    for (; all < 400; all++) fwrite(bytes, 1, n, file);
    fclose(file);
    flong_input_options options = telling;
    options.max_line = 1000;
    read_with(&path, 1, &options);
    assert_non_null(strstr(seen.bad, "grows to more than 500 times its size"));
    assert_true(seen.stats.text_bytes < 300u << 20);
    free(bytes), free(again);
}

/* The same from several threads, whatever is wrong with the files. */
static void test_threads(void **state) {
    (void)state;
    static char records[8192], bad[4096], raw[4096];
    size_t n;
    char *text = many_lines(&n);
    static char bytes[1 << 17];
    size_t packed = archive_make(bytes, sizeof bytes, true, members, N_MEMBERS);
    const char *paths[] = {text_write("many.jsonl", text), file_write("archive", bytes, packed),
                           in_folder("folder"), text_write("bad", "{\"text\":[\"a\",\"b\"]}\n\nno\n" B)};
    free(text);
    flong_input_options options = telling;
    for (unsigned threads = 0; threads < 5; threads++) {
        options.threads = threads;
        read_with(paths, 4, &options);
        assert_int_equal(seen.status, FLONG_OK);
        assert_true(seen.stats.records > 20000);
        if (threads == 0) memcpy(records, seen.records, sizeof records), memcpy(bad, seen.bad, sizeof bad);
        if (threads == 0) memcpy(raw, seen.raw, sizeof raw);
        assert_string_equal(records, seen.records);
        assert_string_equal(bad, seen.bad);
        assert_string_equal(raw, seen.raw);
        assert_int_equal(seen.stats.bytes, seen.stats.bytes_total);
        options.strict = 1;
        read_with(paths, 4, &options);
        assert_int_equal(seen.status, FLONG_INPUT);
        options.strict = 0;
    }
}

static void test_no_file(void **state) {
    (void)state;
    const char *paths[] = {text_write("in.jsonl", A), in_folder("nowhere")};
    read_with(paths, 2, NULL);
    assert_int_equal(seen.status, FLONG_IO);
    assert_non_null(strstr(seen.error.text, "nowhere: cannot be opened: No such file"));
    chmod(paths[0], 0);
    read_with(paths, 1, NULL);
    if (getuid()) assert_int_equal(seen.status, FLONG_IO);
    chmod(paths[0], 0600);
}

/* ---- files that are something else -------------------------------------------- */

static const row others[] = {
    {"PAR1\x15\x04", "a Parquet file"},
    {"<?xml version=\"1.0\"?>", "an XML file"},
    {"\xFF\xFE{", "UTF-16"},
    {"\xFE\xFF", "UTF-16"},
    {"PK\x03\x04", "the archive is damaged or cut short: "},
};

/* ---- JSON over lines ----------------------------------------------------------- */

#define P        "{\n  \"id\": \"p\",\r\n  \"a\": {\"b\": [1, {}]},\n  \"text\": \"x{\\\"}\\\\\"\n}"
#define P_RECORD "p||||x{\"}\\|;"

static const row elements[] = {
    {"[" A "]", "a||||x|;"},
    {"[\n" A ",\n" B "\n]\n", "a||||x|;b||||y|;"},
    {"[" A "," B "," P "]", "a||||x|;b||||y|;" P_RECORD},
    {P, P_RECORD},
    {P "\n" P, P_RECORD P_RECORD},
    {"\xEF\xBB\xBF [ " P ",\n  " A " ]", P_RECORD "a||||x|;"},
    {"[\n]", ""},
    {"[", ""},
};

static void test_elements(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        read_text(elements[i].line);
        assert_string_equal(seen.records, elements[i].record);
        assert_int_equal(seen.stats.bad, 0);
        assert_int_equal(seen.stats.text_bytes, strlen(elements[i].line));
    }
    read_text("[" P "]");
    assert_string_equal(seen.raw,
                        "{   \"id\": \"p\",    \"a\": {\"b\": [1, {}]},   \"text\": \"x{\\\"}\\\\\" }\n");
    read_text("[{\"text\":\"x\"},\n{\"text\":\"y\"}, {\"text\":\"z\"}]");
    char expected[512];
    const char *path = in_folder("in.jsonl");
    snprintf(expected, sizeof expected, "%s:1||||x|;%s:2||||y|;%s:3||||z|;", path, path, path);
    assert_string_equal(seen.records, expected);
}

static const struct {
    const char *text, *bad, *records;
} bad_elements[] = {
    {"[" A ",\n7,\n" B "]", "2: no JSON object: it is a value of another kind;", "a||||x|;b||||y|;"},
    {"[" A ",\n\"s\", null,\n" B "]",
     "2: no JSON object: it is a value of another kind;2: no JSON object: it is a value of another kind;",
     "a||||x|;b||||y|;"},
    {"[\n" A ",\n{\"id\": 1,\n \"text\": \"cut\n},\n" B "]",
     "3: no JSON object: a string does not end on its line;", "a||||x|;b||||y|;"},
    {"[\n  {\n  \"text\": \"cut\n,  \"a\": {\n   \"b\": 1\n  }\n  },\n  " B "]",
     "2: no JSON object: a string does not end on its line;", "b||||y|;"},
    {"[" A ",\n{\"id\": \"c\",", "2: no JSON object: the file ends before it does;", "a||||x|;"},
    {"[" A ",\n{\"id\": }," B "]", "2: no JSON object:", "a||||x|;b||||y|;"},
    {"[" A ",\n{\"id\": 1]," B "]", "2: no JSON object:", "a||||x|;b||||y|;"},
};

static void test_bad_elements(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_elements / sizeof *bad_elements; i++) {
        read_text(bad_elements[i].text);
        assert_memory_equal(seen.bad, bad_elements[i].bad, strlen(bad_elements[i].bad));
        assert_string_equal(seen.records, bad_elements[i].records);
    }
}

/* Objects around the limit and around the blocks in which files are read, with strings and backslashes across them. */
static void test_long_elements(void **state) {
    (void)state;
    flong_input_options options = telling;
    for (size_t n = 262100; n < 262180; n++) {
        char *text = malloc(3 * n + 200);
        int at = sprintf(text, "[" A ",{\"text\":\"");
        for (size_t i = 0; i < n; i++) text[at++] = i % 3 ? '\\' : i % 2 ? 'n' : '"';
        while (at % 2 == 0 || text[at - 1] == '\\') text[at++] = 'n';
        sprintf(text + at, "\",\"id\":\"c\"},\n" B "]");
        text[1 + (int)strlen(A) + 11] = 'x'; /* no quotation mark first */
        const char *path = text_write("in.json", text);
        free(text);
        options.max_line = n % 2 ? 0 : 200000;
        read_with(&path, 1, &options);
        assert_int_equal(seen.stats.records + seen.stats.bad, 3);
        if (n % 2 == 0) assert_string_equal(seen.bad, "1: longer than 200000 bytes;");
        if (n % 2 == 0) assert_string_equal(seen.records, "a||||x|;b||||y|;");
    }
}

static void test_other_files(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *paths[] = {text_write("other", others[i].line), text_write("next", A)};
        read_with(paths, 2, &telling);
        assert_bad(others[i].record, 1);
        assert_int_equal(seen.bad_line, 0);
    }
    const char *path = file_write("other",
                                  "\x7F"
                                  "ELF\0\0\0\n\n\n",
                                  10);
    read_file(path);
    assert_bad("binary data", 0);
    flong_input_options options = telling;
    options.strict = 1;
    read_with(&path, 1, &options);
    assert_int_equal(seen.status, FLONG_INPUT);
    assert_non_null(strstr(seen.error.text, "other: binary data"));
}

/* ---- the interface --------------------------------------------------------- */

static void test_source(void **state) {
    (void)state;
    const char *path = text_write("in.jsonl", A "\nno\n" B "\n");
    flong_input *input;
    assert_int_equal(flong_input_open(&input, &path, 1, NULL, NULL), FLONG_OK);
    flong_record record;
    assert_int_equal(flong_input_source(input, &record, NULL), 1);
    assert_memory_equal(record.id.p, "a", 1);
    assert_int_equal(flong_input_source(input, &record, NULL), 1);
    assert_int_equal(flong_input_source(input, &record, NULL), 0);
    assert_int_equal(flong_input_source(input, &record, NULL), 0);
    flong_input_close(input);
    flong_input_options options = {.size = sizeof options, .strict = 1};
    assert_int_equal(flong_input_open(&input, &path, 1, &options, NULL), FLONG_OK);
    assert_int_equal(flong_input_source(input, &record, NULL), 1);
    assert_int_equal(flong_input_source(input, &record, NULL), -1);
    flong_input_close(input);
    flong_input_close(NULL);
    options.size = 0;
    assert_int_equal(flong_input_open(&input, &path, 1, &options, NULL), FLONG_ARG);
}

/* Every allocation fails once. */
#define PAGE                                                                                                 \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<meta property=og:type "                              \
    "content=article><h1>A</h1><p>Text."
#define RECORD(type, of, n)                                                                                  \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: http://a.example/1\r\nContent-Type: " of            \
    "\r\nContent-Length: " n "\r\n\r\n"

/* The same for formats with readers of their own. */
static void test_no_memory_formats(void **state) {
    (void)state;
    char warc[1000];
    int n = snprintf(warc, sizeof warc,
                     RECORD("response", "application/http",
                            "%zu") "%s\r\n\r\n" RECORD("conversion", "text/plain", "1") "x\r\n\r\nrubbish",
                     strlen(PAGE), PAGE);
    const char *paths[] = {file_write("in.warc", warc, (size_t)n),
                           text_write("in.csv", "id,text\n1,\"x\ny\"\n2\n"),
                           text_write("in.rss", "<rss><item><id>i</id><title>A</title></item></rss>")};
    long countdown = 0;
    do {
        mem_fail_after(countdown++);
        read_with(paths, 3, &telling);
        mem_fail_after(-1);
        assert_true(seen.status == FLONG_NOMEM || seen.status == FLONG_OK);
        assert_true(countdown < 3000);
    } while (seen.status != FLONG_OK);
    assert_int_equal(seen.stats.records + seen.stats.not_articles, 4);
    assert_int_equal(seen.stats.bad, 2);
}

static void test_no_memory(void **state) {
    (void)state;
    unsigned char bytes[256];
    size_t n = gzip_pack(bytes, sizeof bytes, A "\n{\"text\":[\"a\",\"b\"]}",
                         strlen(A "\n{\"text\":[\"a\",\"b\"]}"));
    const char *paths[] = {file_write("in.gz", bytes, n), text_write("in.txt", "x"),
                           text_write("in.jsonl", A)};
    long countdown = 0;
    do {
        mem_fail_after(countdown++);
        read_with(paths, 3, &telling);
        mem_fail_after(-1);
        assert_true(seen.status == FLONG_NOMEM || seen.status == FLONG_OK);
        assert_true(countdown < 1000);
    } while (seen.status != FLONG_OK);
    assert_int_equal(seen.stats.records, 4);
    assert_true(countdown > 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_authors),
        cmocka_unit_test(test_bad_dates),
        cmocka_unit_test(test_user_fields),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_strict),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_long_ids),
        cmocka_unit_test(test_max_line),
        cmocka_unit_test(test_huge_line),
        cmocka_unit_test(test_stdin),
        cmocka_unit_test(test_no_memory_formats),
        cmocka_unit_test(test_dictionary),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_many_packed),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_wide_window),
        cmocka_unit_test(test_text_file),
        cmocka_unit_test(test_bad_text_files),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_archives),
        cmocka_unit_test(test_like_archives),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_source),
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_bad_elements),
        cmocka_unit_test(test_long_elements),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
