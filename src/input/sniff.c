#include "input/sniff.h"

#include <string.h>

#include "input/format.h"
#include "input/site.h"

typedef struct magic {
    const char *bytes;
    size_t n;
    const char *why;
} magic;

#define MAGIC(bytes, why)                                                                                    \
    { bytes, sizeof(bytes) - 1, why }
#define TO_JSON   "; convert it to JSON lines"
#define UNPACK    "; flong reads gzip, zstd, xz, bzip2, tar and zip, unpack it first"
#define UTF8_ONLY "; convert it, e.g. iconv -f utf-16 -t utf-8"

static const magic binaries[] = {
    MAGIC("\xFF\xFE", "UTF-16 text" UTF8_ONLY),
    MAGIC("\xFE\xFF", "UTF-16 text" UTF8_ONLY),
    MAGIC("\x04\x22\x4D\x18", "lz4 data" UNPACK),
    MAGIC("7z\xBC\xAF\x27\x1C", "a 7z file" UNPACK),
    MAGIC("PAR1",
          "a Parquet file" TO_JSON ", e.g. duckdb -c \"COPY (FROM 'FILE') TO 'out.jsonl' (FORMAT json)\""),
    MAGIC("ARROW1", "an Arrow file" TO_JSON),
    MAGIC("Obj\x01", "an Avro file" TO_JSON),
    MAGIC("%PDF-", "a PDF file; extract its text first"),
    MAGIC("\x89PNG", "an image, not text"),
    MAGIC("GIF8", "an image, not text"),
    MAGIC("\xFF\xD8\xFF", "an image, not text"),
    MAGIC("{\\rtf", "an RTF file; extract its text first"),
    MAGIC("\xD0\xCF\x11\xE0", "an Office document; extract its text first"),
};

static const magic texts[] = {
    MAGIC("<?xml", "an XML file" TO_JSON),
};

static bool begins(flong_str text, const magic *m) {
    if (text.n < m->n) return false;
    for (size_t i = 0; i < m->n; i++) {
        char c = text.p[i];
        if (c != m->bytes[i] && !(c >= 'A' && c <= 'Z' && c + 32 == m->bytes[i])) return false;
    }
    return true;
}

static const char *find_magic(flong_str head, const magic *table, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (begins(head, &table[i])) return table[i].why;
    return NULL;
}
#define FIND_MAGIC(head, table) find_magic(head, table, sizeof(table) / sizeof *(table))

/* Where SQLite keeps whose database it is, and what an index has there (STORE_APPLICATION_ID). */
enum { APPLICATION_AT = 68 };
static const char application_index[] = {'f', 'l', 'o', 'n'};

const char *sniff_database(flong_str head) {
    static const char header[] = "SQLite format 3"; /* with the NUL behind it */
    if (head.n < sizeof header || memcmp(head.p, header, sizeof header) != 0) return NULL;
    bool is_index = head.n >= APPLICATION_AT + sizeof application_index &&
                    memcmp(head.p + APPLICATION_AT, application_index, sizeof application_index) == 0;
    return is_index ? "an index that flong made, not articles; `flong text --index` shows what it holds"
                    : "an SQLite database, not articles";
}

const char *sniff_binary(flong_str head) {
    const char *why = sniff_database(head);
    return why ? why : FIND_MAGIC(head, binaries);
}

/* The first line, from the character behind `from` on, without the blanks around it. */
static flong_str first_line(flong_str head, size_t from) {
    const char *end = memchr(head.p, '\n', head.n);
    size_t n = end ? (size_t)(end - head.p) : head.n;
    return text_trim((flong_str){head.p + from, n - from});
}

/* "[" and then an object, another list or the end of the line; anything else in brackets is one bad line of JSON lines.
 * Or an object that goes on behind its first line, as it is printed for people. */
bool sniff_elements(flong_str head) {
    if (head.n == 0 || (head.p[0] != '[' && head.p[0] != '{')) return false;
    flong_str line = first_line(head, 1);
    if (head.p[0] == '[') return line.n == 0 || line.p[0] == '{';
    if (!memchr(head.p, '\n', head.n)) return false;
    return line.n == 0 || strchr("{[,", line.p[line.n - 1]);
}

const char *sniff_other(flong_str head) {
    flong_str body = text_trim(head);
    const char *why = FIND_MAGIC(body, texts);
    if (why || body.n == 0) return why;
    if (body.p[0] != '{' && memchr(head.p, 0, head.n)) return "binary data" TO_JSON;
    return NULL;
}
