/* What the tests share: random numbers, invented texts and records, folders, and indexes as text that can be
 * compared. Includes cmocka and what it needs, so that a test includes this first. */
#ifndef FLONG_TESTS_SUPPORT_H
#define FLONG_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "flong.h"

/* Stops the test unless a call gave FLONG_OK; says what the error was. */
#define assert_ok(call, error)                                                                               \
    do {                                                                                                     \
        if ((call) != FLONG_OK) fail_msg("%s: %s", #call, (error)->text);                                    \
    } while (0)

/* Stops the test unless a call failed with this status, both returned and in the error. */
#define assert_status(call, wanted, error)                                                                   \
    do {                                                                                                     \
        (error)->status = FLONG_OK;                                                                          \
        int status_ = (int)(call);                                                                           \
        if (status_ != (int)(wanted) || (error)->status != (wanted))                                         \
            fail_msg("%s: gave %d, its error %d (%s), wanted %d", #call, status_, (int)(error)->status,      \
                     (error)->text, (int)(wanted));                                                          \
        assert_true((wanted) == FLONG_STOPPED || strlen((error)->text) > 10);                                \
    } while (0)

/* ---- random numbers: SplitMix64, the same on every machine --------------------------------- */

typedef struct rng {
    uint64_t state;
} rng;

uint64_t rng_next(rng *r);
/* From 0 to n - 1; n > 0. */
uint64_t rng_below(rng *r, uint64_t n);
bool rng_chance(rng *r, unsigned percent);

/* ---- text ---------------------------------------------------------------------------------- */

/* A growing string, NUL-terminated when it is not empty. Not from the library's allocator, which tests make
 * fail. Zero-initialised, it is empty. */
typedef struct text {
    char *p;
    size_t n, capacity;
} text;

void text_add(text *t, const char *bytes, size_t n);
void text_print(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_free(text *t);
flong_str text_str(const text *t);
flong_str str_of(const char *string);

/* The k-th word of an invented language, and a sentence of about 12 such words that its seed makes; variant v
 * > 0 has one word changed. */
void text_word(text *t, uint64_t k);
void text_sentence(text *t, uint64_t seed, unsigned variant);
/* A paragraph of n sentences. */
void text_sentences(text *t, uint64_t seed, unsigned n);
/* The same in Han characters, without spaces. */
void text_sentence_han(text *t, uint64_t seed);

/* ---- records ------------------------------------------------------------------------------- */

/* Records that own their strings. Zero-initialised, there are none. */
typedef struct records {
    flong_record *list;
    size_t n, capacity;
} records;

void records_free(records *all);
/* NULL strings are fields that are not there. */
void records_add(records *all, const char *id, const char *site, const char *title, const char *body,
                 int64_t published);
void records_copy(records *all, const flong_record *record);

/* Adds n records as a scraper might bring them, of 12 sites with furniture: originals, reprints with edits,
 * excerpts, exact copies, stubs, short and empty ones, some in Han, and with `updates` some with the id of an
 * earlier one. The first is named after `first`. */
void records_archive(records *all, uint64_t seed, size_t first, size_t n, bool updates);

/* Title and text of an event, as a teller has them: the event's names and numbers among common words. title may be
 * NULL. */
void text_telling(text *title, text *body, uint64_t event, uint64_t teller);
/* Adds such an article, of the site of that teller. */
void records_tell(records *all, const char *id, uint64_t event, uint64_t teller, int64_t published);
/* Adds n articles on events: tellings of different sites, and copies of an agency's. An id is eEVENT-NUMBER. */
void records_news(records *all, uint64_t seed, size_t n);

/* Hands out records [at, end); a flong_source_fn. With fail_at it fails there. */
typedef struct record_source {
    const records *all;
    size_t at, end, fail_at;
} record_source;
int record_source_next(void *context, flong_record *out, flong_error *error);

/* Adds records [first, end) to an index with so many threads; stops the test when that fails. */
void index_add(flong_index *index, const records *all, size_t first, size_t end, unsigned threads);

/* ---- indexes ------------------------------------------------------------------------------- */

flong_index *index_open(const char *path, unsigned flags);

/* All that an index says of its articles, pairs and stories but the articles' numbers, one line each. */
void index_print(text *out, flong_index *index);
/* The same without what is told of stories: they depend on how rare terms are, and so on articles that are gone. */
void index_print_texts(text *out, flong_index *index);
/* The text_id or story_id of an article; empty where there is no such article. `out` has room for 64 bytes. */
void index_text_id(char *out, flong_index *index, const char *id);
void index_story_id(char *out, flong_index *index, const char *id);
/* Stops the test at the first line in which two such texts differ. */
void assert_same_text(const text *a, const text *b);

/* The index that comes of all records in one call, as text. */
void index_print_whole(text *out, const records *all, unsigned threads);

/* ---- folders ------------------------------------------------------------------------------- */

/* A folder for one test program: cmocka group fixtures, and the path of a file in it (borrowed until the
 * eighth call after it). */
int folder_make(void **state);
int folder_remove(void **state);
const char *folder_file(const char *name);

/* How often to go round a random test: n, or a share of it under a sanitizer or valgrind (FLONG_TEST_QUICK). */
size_t rounds(size_t n);

/* The path of an index in the test's folder, where nothing is. */
const char *index_file(const char *name);

flong_info info_of(flong_index *index);
void assert_whole(flong_index *index); /* flong_index_check finds no fault */

#endif
