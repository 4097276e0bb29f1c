#include "page_reader.h"

#include <zlib.h>

/* ---- JSON ---------------------------------------------------------------------------------- */

typedef struct parser {
    char *at, *end;
} parser;

static value *value_parse(parser *p);

static void expect(parser *p, const char *word) {
    size_t n = strlen(word);
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, word, n) != 0) fail_msg("no %s at: %.40s", word, p->at);
    p->at += n;
}

static value *value_new(value_kind kind) {
    value *v = calloc(1, sizeof *v);
    assert_non_null(v);
    v->kind = kind;
    return v;
}

/* Unescapes in place: what is escaped is never shorter. */
static flong_str string_parse(parser *p) {
    expect(p, "\"");
    char *begin = p->at, *out = p->at;
    while (*p->at != '"') {
        assert_true(p->at < p->end && (unsigned char)*p->at >= 0x20);
        if (*p->at != '\\') {
            *out++ = *p->at++;
            continue;
        }
        unsigned code = 0;
        p->at++;
        switch (*p->at++) {
        case 'n':
            *out++ = '\n';
            break;
        case 'r':
            *out++ = '\r';
            break;
        case 't':
            *out++ = '\t';
            break;
        case 'u':
            assert_int_equal(sscanf(p->at, "%4x", &code), 1);
            assert_true(code < 0x20); /* nothing else is written so */
            *out++ = (char)code;
            p->at += 4;
            break;
        default:
            *out++ = p->at[-1];
        }
    }
    p->at++;
    return (flong_str){begin, (size_t)(out - begin)};
}

static value *list_parse(parser *p, value_kind kind, const char *end) {
    value *list = value_new(kind), **last = &list->first;
    p->at++;
    while (*p->at != *end) {
        flong_str name = {0};
        if (list->n) expect(p, ",");
        if (kind == VALUE_OBJECT) {
            name = string_parse(p);
            expect(p, ":");
        }
        *last = value_parse(p);
        (*last)->name = name;
        last = &(*last)->next;
        list->n++;
    }
    p->at++;
    return list;
}

static value *value_parse(parser *p) {
    value *v;
    char *end;
    assert_true(p->at < p->end);
    switch (*p->at) {
    case '{':
        return list_parse(p, VALUE_OBJECT, "}");
    case '[':
        return list_parse(p, VALUE_LIST, "]");
    case '"':
        v = value_new(VALUE_STRING);
        v->string = string_parse(p);
        return v;
    case 'n':
        expect(p, "null");
        return value_new(VALUE_NULL);
    case 't':
        expect(p, "true");
        v = value_new(VALUE_TRUTH);
        v->number = 1;
        return v;
    case 'f':
        expect(p, "false");
        return value_new(VALUE_TRUTH);
    default:
        v = value_new(VALUE_NUMBER);
        v->number = strtod(p->at, &end);
        assert_true(end > p->at && end <= p->end);
        p->at = end;
        return v;
    }
}

value *value_read(char *json, size_t n) {
    parser p = {json, json + n};
    value *v = value_parse(&p);
    assert_ptr_equal(p.at, p.end);
    return v;
}

void value_free(value *v) {
    while (v) {
        value *next = v->next;
        value_free(v->first);
        free(v);
        v = next;
    }
}

const value *member_of(const value *v, const char *name) {
    assert_non_null(v);
    assert_int_equal(v->kind, VALUE_OBJECT);
    for (const value *m = v->first; m; m = m->next)
        if (m->name.n == strlen(name) && memcmp(m->name.p, name, m->name.n) == 0) return m;
    fail_msg("there is no %s", name);
    return NULL;
}

const value *element_of(const value *v, size_t i) {
    assert_int_equal(v->kind, VALUE_LIST);
    assert_true(i < v->n);
    const value *e = v->first;
    while (i-- > 0) e = e->next;
    return e;
}

/* ---- blocks -------------------------------------------------------------------------------- */

static int digit_of(char c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    if (!at) fail_msg("%c is no letter of base64", c);
    return (int)(at - digits);
}

static void base64_read(text *out, const char *p, size_t n) {
    assert_int_equal(n % 4, 0);
    for (size_t i = 0; i < n; i += 4) {
        unsigned bits = 0, pads = 0;
        for (size_t k = 0; k < 4; k++) {
            bool pad = p[i + k] == '=';
            assert_true(!pad || (i + 4 == n && k > 1));
            pads += pad;
            bits = bits << 6 | (unsigned)(pad ? 0 : digit_of(p[i + k]));
        }
        const char bytes[3] = {(char)(bits >> 16), (char)(bits >> 8), (char)bits};
        text_add(out, bytes, 3 - pads);
    }
}

static void unpack(text *out, const text *packed, size_t size) {
    z_stream s = {.next_in = (Bytef *)packed->p, .avail_in = (unsigned)packed->n};
    out->p = malloc(size + 1);
    assert_non_null(out->p);
    s.next_out = (Bytef *)out->p;
    s.avail_out = (unsigned)size + 1;
    assert_int_equal(inflateInit2(&s, -15), Z_OK);
    assert_int_equal(inflate(&s, Z_FINISH), Z_STREAM_END);
    assert_int_equal(s.total_out, size);
    assert_int_equal(s.avail_in, 0);
    inflateEnd(&s);
    out->n = size;
    out->p[size] = 0;
}

void page_parse(page *out) {
    static const char mark[] = "\n<script type=\"application/flong\" id=\"";
    const char *at = out->html.p;
    while ((at = strstr(at, mark))) {
        text packed = {0};
        char *end;
        const char *id = at + strlen(mark), *id_end = strchr(id, '"');
        static const char raw[] = "\" data-raw=\"";
        assert_int_equal(strncmp(id_end, raw, strlen(raw)), 0);
        size_t size = strtoul(id_end + strlen(raw), &end, 10);
        assert_int_equal(strncmp(end, "\">", 2), 0);
        const char *begin = end + 2, *stop = strchr(begin, '<');
        assert_int_equal(strncmp(stop, "</script>", 9), 0);
        out->blocks = realloc(out->blocks, (out->n + 1) * sizeof *out->blocks);
        assert_non_null(out->blocks);
        struct page_block *b = &out->blocks[out->n++];
        *b = (struct page_block){.id = {id, (size_t)(id_end - id)}};
        base64_read(&packed, begin, (size_t)(stop - begin));
        unpack(&b->json, &packed, size);
        text_free(&packed);
        b->root = value_read(b->json.p, b->json.n);
        at = stop;
    }
}

int bytes_take(void *context, const char *bytes, size_t n) {
    text_add(context, bytes, n);
    return 0;
}

void page_take(page *out, flong_index *index, const flong_html_options *options) {
    flong_error error;
    *out = (page){0};
    assert_ok(flong_report_html(index, options, bytes_take, &out->html, &error), &error);
    page_parse(out);
}

void page_free(page *p) {
    for (size_t i = 0; i < p->n; i++) {
        text_free(&p->blocks[i].json);
        value_free(p->blocks[i].root);
    }
    free(p->blocks);
    text_free(&p->html);
}

const value *page_block(const page *p, const char *id) {
    for (size_t i = 0; i < p->n; i++)
        if (p->blocks[i].id.n == strlen(id) && memcmp(p->blocks[i].id.p, id, p->blocks[i].id.n) == 0)
            return p->blocks[i].root;
    return NULL;
}

const value *page_numbered(const page *p, const char *id, size_t number) {
    char name[40];
    snprintf(name, sizeof name, "%s-%zu", id, number);
    return page_block(p, name);
}

bool value_is(const value *v, flong_str s) {
    if (s.n == 0) return v->kind == VALUE_NULL || (v->kind == VALUE_STRING && v->string.n == 0);
    return v->kind == VALUE_STRING && v->string.n == s.n && memcmp(v->string.p, s.p, s.n) == 0;
}

double count_of(const page *p, const char *name) {
    return member_of(member_of(page_block(p, "overview"), "counts"), name)->number;
}

/* ---- what pages are made of ------------------------------------------------------------------ */

void some_news(records *all) {
    records_news(all, 3, 160);
    records_archive(all, 4, 0, 240, false);
    records_news(all, 5, 60);
}

flong_index *index_of(const records *all) {
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, all, 0, all->n, 1);
    return index;
}

void file_write(const char *path, const text *bytes) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->p, 1, bytes->n, file), bytes->n);
    assert_int_equal(fclose(file), 0);
}

void result_write(flong_index *index, flong_html_options *options) {
    flong_error error;
    text articles = {0}, pairs = {0};
    *options = (flong_html_options){.size = sizeof *options};
    options->result = folder_file("result.jsonl");
    options->pairs = folder_file("pairs.jsonl");
    assert_ok(flong_report_articles(index, bytes_take, &articles, &error), &error);
    assert_ok(flong_report_pairs(index, bytes_take, &pairs, &error), &error);
    text_add(&articles, "", 0), text_add(&pairs, "", 0);
    file_write(options->result, &articles);
    file_write(options->pairs, &pairs);
    text_free(&articles), text_free(&pairs);
}
