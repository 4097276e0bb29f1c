/* What kinds of files there are: one row of a table each. A format is two halves. `cut` goes through a file in order and
 * cuts it into items, which is cheap; `read` makes a record of one item, on any thread and without reading any file. */
#ifndef FLONG_INPUT_FORMAT_H
#define FLONG_INPUT_FORMAT_H

#include "input/block.h"
#include "input/stream.h"

/* A file that is being cut. Zero-initialised but for the first three it is at the file's beginning. */
typedef struct cutter {
    stream *from;
    size_t max_record;    /* bytes of an item */
    const char *too_long; /* why a longer one is not read */
    buffer rest;          /* what was read of the stream and belongs to items of the next block */
    uint64_t number;      /* of the item that was cut last, or of its line */
    uint64_t line;        /* formats use the rest as they like; */
    uint64_t text;        /* but count here what they read */
    int state;
    bool skipping, at_end; /* at_end: of the file */
    void *own;             /* of the format; freed by format.end */
} cutter;

/* The bytes that come next, in the block's bytes and not yet part of an item. *got is 0 at the end of the stream. */
flong_status cutter_read(cutter *self, block *into, size_t *got, flong_error *error);

/* What became of an item. */
typedef enum outcome_kind { OUTCOME_BAD, OUTCOME_NO_ARTICLE, OUTCOME_RECORD } outcome_kind;

typedef struct outcome {
    outcome_kind kind;
    const char *why; /* not a record; static, or borrowed until the reader reads again */
    flong_record
        record; /* borrowed like that. An empty id is made of the url or of the place, the site is taken from
                             what is there or from the url */
    bool has_bad_date;
} outcome;

/* What readers are made with. */
typedef struct reader_options {
    const flong_field *fields; /* the user's names of fields */
    size_t n_fields;
    size_t max_record; /* bytes of what an item unpacks to, at most */
    bool all_pages;    /* what is no article is a record, too */
} reader_options;

typedef struct format {
    const char *name;    /* for --format */
    const char *meaning; /* for help */
    const char *endings; /* of file names, with dots and a space behind each; "" */
    bool by_name;        /* a file with such an ending is not looked into */
    bool is_json;        /* an item is an object of JSON, which is written again as it stands */
    /* Whether the file is of this format, told by its first bytes, without a byte order mark and blanks before them; NULL:
     * they do not tell. */
    bool (*sniff)(flong_str head);

    /* NULL where there is nothing to begin, or end, but the cutter itself. */
    flong_status (*begin)(cutter *c, flong_error *error);
    void (*end)(cutter *c);
    /* Cuts until the block is full or the file at its end, which cutter.at_end says. Items that lie in `bytes` are where
     * they stand for good. FLONG_INPUT: the file is damaged from here on; the items before are good. */
    flong_status (*cut)(cutter *c, block *into, flong_error *error);

    /* Whatever `read` wants to keep from one item to the next. FLONG_NOMEM, or FLONG_ARG: there is no such field. */
    flong_status (*reader_new)(void **out, const reader_options *options, flong_error *error);
    void (*reader_free)(void *reader);
    /* Fails only with FLONG_NOMEM. */
    flong_status (*read)(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error);
} format;

extern const format formats[];
extern const size_t n_formats;

/* NULL: there is none of that name. */
const format *format_named(const char *name);

/* By the ending of a file's name, those of compression left out; NULL: it is not known. *is_archive: it is that of an
 * archive. */
const format *format_of_name(const char *name, bool *is_archive);

/* Whether the name, or that of a folder in it, begins with a dot: macOS leaves ._page.txt beside page.txt, and it is
 * binary. */
bool is_hidden_name(const char *name);

/* What to read a file as; or NULL and in *why (static) what it is instead and what to do about it. */
const format *format_choose(const char *name, flong_str head, const char **why);

/* ---- what the rows of the table are made of ---------------------------------------------------------------- */

/* lines.c: an item is a line that is not blank. */
flong_status lines_cut(cutter *c, block *into, flong_error *error);
/* whole.c: the file is the item. */
flong_status whole_cut(cutter *c, block *into, flong_error *error);
/* elements.c: an item is an object of a JSON array, or of several one after another. */
flong_status elements_begin(cutter *c, flong_error *error);
void elements_end(cutter *c);
flong_status elements_cut(cutter *c, block *into, flong_error *error);

/* sniff.c: such a file. */
bool sniff_elements(flong_str head);

/* jsonl.c: an item is an object of JSON. */
flong_status jsonl_new(void **out, const reader_options *options, flong_error *error);
void jsonl_free(void *reader);
flong_status jsonl_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error);

/* textfile.c: an item is the text of an article. */
flong_status textfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error);

/* tablefile.c: an item is a row of a table, as an object of JSON. */
bool tablefile_sniff(flong_str head);
flong_status tablefile_begin(cutter *c, flong_error *error);
void tablefile_end(cutter *c);
flong_status tablefile_cut(cutter *c, block *into, flong_error *error);

/* rssfile.c: an item is an item of a feed, as an object of JSON with the keys of rss.h. */
bool rssfile_sniff(flong_str head);
flong_status rssfile_begin(cutter *c, flong_error *error);
void rssfile_end(cutter *c);
flong_status rssfile_cut(cutter *c, block *into, flong_error *error);
flong_status rssfile_new(void **out, const reader_options *options, flong_error *error);
void rssfile_free(void *reader);
flong_status rssfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error);

/* warcfile.c: an item is the block of a WARC record. */
bool warcfile_sniff(flong_str head);
flong_status warcfile_begin(cutter *c, flong_error *error);
void warcfile_end(cutter *c);
flong_status warcfile_cut(cutter *c, block *into, flong_error *error);
flong_status warcfile_new(void **out, const reader_options *options, flong_error *error);
void warcfile_free(void *reader);
flong_status warcfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error);

/* htmlfile.c: an item is a page of HTML. */
bool html_sniff(flong_str head);
flong_status html_reader_new(void **out, const reader_options *options, flong_error *error);
void html_reader_free(void *reader);
flong_status html_reader_read(void *reader, outcome *out, const item *it, flong_str bytes,
                              flong_error *error);

#endif
