/* An article read down to its terms, for tests. */
#ifndef FLONG_TESTS_READING_TERMS_H
#define FLONG_TESTS_READING_TERMS_H

#include "support.h"

#include "text/terms.h"

/* Zero-initialised, it is ready. */
typedef struct reading {
    tokenizer reader;
    article article;
    terms_reader terms;
} reading;

static inline void reading_free(reading *in) {
    tokenizer_free(&in->reader);
    article_free(&in->article);
    terms_reader_free(&in->terms);
}

static inline void terms_of(reading *in, const char *title, const char *body) {
    assert_true(article_read(&in->reader, &in->article, str_of(title), str_of(body)));
    assert_true(terms_read(&in->terms, &in->article));
}

#endif
