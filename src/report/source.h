/* Where the page's articles come from: an index, or what an earlier run wrote of one. Articles are meant by their
 * numbers, which ascend in order of arrival. */
#ifndef FLONG_REPORT_SOURCE_H
#define FLONG_REPORT_SOURCE_H

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "flong.h"

enum { SOURCE_NONE = UINT32_MAX };

/* One article. Strings are borrowed during the call. */
typedef struct source_article {
    uint32_t no;
    uint32_t text_no;  /* first article of its text group: itself or an earlier one */
    uint32_t story_no; /* first article of its story: that of its text group or an earlier one */
    uint32_t of;       /* what it repeats, which may come later; SOURCE_NONE: nothing */
    flong_score score; /* as in flong_article */
    int64_t published;
    flong_str site, agency;
    int credited;
    double furniture;
    uint32_t tokens; /* in all; 0: not known */
    double weakest;
} source_article;
typedef flong_status (*source_article_fn)(void *context, const source_article *article, flong_error *error);

/* What an article says of itself. Borrowed until more is asked. */
typedef struct source_strings {
    flong_str id, url, title;
    flong_wire wire;
} source_strings;

/* An accepted pair, as in flong_pair; terms and spans only where those of one article are asked for. */
typedef struct source_pair {
    uint32_t a, b;
    flong_score score;
    flong_str terms;
    const flong_span *spans;
    size_t n_spans;
} source_pair;
typedef flong_status (*source_pair_fn)(void *context, const source_pair *pair, flong_error *error);

/* What is known of the whole. */
typedef struct source_facts {
    const flong_params *params; /* NULL: not known */
    bool pairs_known;           /* false: they are only guessed from what each article repeats */
    bool counted;               /* whether the next two are known */
    uint64_t hot_keys, bridges;
} source_facts;

/* A text as it is read by one of several threads; p is NULL where it is not kept. */
typedef struct source_text {
    flong_str text;
    const flong_mark *marks;
    size_t n_marks;
} source_text;

typedef struct report_source report_source;
struct report_source {
    flong_status (*facts)(report_source *self, source_facts *out, flong_error *error);
    /* All articles, ascending; all pairs, in any order. */
    flong_status (*articles)(report_source *self, source_article_fn fn, void *context, flong_error *error);
    flong_status (*pairs)(report_source *self, source_pair_fn fn, void *context, flong_error *error);
    flong_status (*strings)(report_source *self, source_strings *out, uint32_t no, flong_error *error);
    /* The pairs of an article with earlier ones, by these. */
    flong_status (*pairs_of)(report_source *self, uint32_t b, source_pair_fn fn, void *context,
                             flong_error *error);
    /* Texts, in two steps, NULL where there are none: what is stored of one is fetched into the arena by one thread, and
     * read by any, whose own memory it then stays in until that thread reads the next. */
    flong_status (*text_fetch)(report_source *self, void **out, arena *memory, uint32_t no,
                               flong_error *error);
    flong_status (*text_read)(report_source *self, source_text *out, const void *fetched, uint32_t no,
                              unsigned thread, flong_error *error);
};

/* The articles of an index, while that is read (index_read_begin), for so many threads. */
flong_status source_of_index(report_source **out, flong_index *index, unsigned threads, flong_error *error);
void source_of_index_close(report_source *self);

/* The articles of options->result, with what else of them the options give. To be closed even where it fails. */
flong_status source_of_result(report_source **out, const flong_html_options *options, flong_error *error);
void source_of_result_close(report_source *self);

#endif
