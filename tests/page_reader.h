/* A page of flong report, taken apart: its blocks as values. Whatever is wrong with one stops the test. */
#ifndef FLONG_TESTS_PAGE_READER_H
#define FLONG_TESTS_PAGE_READER_H

#include "support.h"

typedef enum value_kind {
    VALUE_NULL,
    VALUE_TRUTH,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_LIST,
    VALUE_OBJECT
} value_kind;

/* A JSON value. Members of an object have names. */
typedef struct value value;
struct value {
    value_kind kind;
    double number; /* 1 or 0 of a truth value */
    flong_str string, name;
    value *first, *next; /* of a list or an object; beside it */
    size_t n;
};

typedef struct page {
    text html;
    struct page_block {
        flong_str id;
        text json; /* unpacked */
        value *root;
    } * blocks;
    size_t n;
} page;

/* The value of JSON text, which is written to; freed with value_free. */
value *value_read(char *json, size_t n);
void value_free(value *v);

/* What flong_report_html writes of an index (or options->result), taken apart. */
void page_take(page *out, flong_index *index, const flong_html_options *options);
/* The blocks of a page that stands in out->html. */
void page_parse(page *out);
void page_free(page *p);

/* The value of a block, NULL where there is none: of "members", 3 the block members-3. */
const value *page_block(const page *p, const char *id);
const value *page_numbered(const page *p, const char *id, size_t number);

/* A member of an object, an element of a list; they must be there. */
const value *member_of(const value *v, const char *name);
const value *element_of(const value *v, size_t i);

/* Whether a value is a string; an empty one may be null. */
bool value_is(const value *v, flong_str s);

/* A number of overview.counts. */
double count_of(const page *p, const char *name);

/* A flong_write_fn whose context is a text. */
int bytes_take(void *context, const char *bytes, size_t n);

/* News of some days, with furniture, copies, excerpts, stubs and undated articles; an index of it. */
void some_news(records *all);
flong_index *index_of(const records *all);

/* Writes the files that flong cluster writes, and names them. */
void file_write(const char *path, const text *bytes);
void result_write(flong_index *index, flong_html_options *options);

#endif
