/* An article as flong reads it: the tokens of title and text, divided into units. A unit is a line, or a
 * sentence of a long line (scrapers lose line ends), or a piece of a long sentence, cut where a token's hash
 * says so: a menu that stands before a sentence without a line end falls into the same pieces on every page.
 * Furniture is learned and dropped by units; wire credits (wire.h) are units of their own. */
#ifndef FLONG_TEXT_ARTICLE_H
#define FLONG_TEXT_ARTICLE_H

#include "flong.h"
#include "text/title.h"

typedef struct unit {
    uint64_t hash;     /* of its tokens */
    uint32_t first, n; /* its tokens */
    bool furniture;    /* takes no part in sketches and scores */
    bool seen;         /* stood in another text of the site: takes part, and is no evidence of an excerpt */
    bool credit;       /* nor does this: it says where the article comes from */
} unit;

/* Places of tokens count in the title, a line end and the text written one behind the other. */
typedef struct article {
    token_list tokens;
    size_t n_title; /* tokens of the title; they come first; none when the text has them again */
    title_words title;
    bool notice;  /* the title is a notice: "Page not found" */
    bool notices; /* some token is of a notice */
    unit *units;
    size_t n_units, units_capacity;
    bool stub; /* furniture leaves nothing of the text: all of it counts then, see article_settle */
    uint32_t n_furniture, n_left; /* tokens that are furniture; those that are neither furniture nor credit */
} article;

/* Whether a unit takes part in sketches and scores. */
static inline bool article_counts(const article *a, const unit *u) {
    return a->stub || !(u->furniture || u->credit);
}

void article_free(article *a);

/* Reads an article into *out, whose memory is used again. Of a title with bars in it only the longest
 * part counts ("Headline | Section | Site"), and none of it when the text begins with it. False when
 * there is no memory. */
bool article_read(tokenizer *reader, article *out, flong_str title, flong_str text);

/* Counts, after furniture was marked, the tokens by their marks, and says whether the article is a stub: its title is
 * a notice to the reader; or something is furniture, or a notice, and fewer than min_tokens tokens of the text are left
 * beside. All of a stub counts from here on, so that copies of it on other sites are found; verification keeps it apart
 * from other stubs of its site that are not identical. */
void article_settle(article *a, uint32_t min_tokens);

/* Divides a unit before the token `at` within it; the marks are those of the whole. False when there is no memory. */
bool article_split(article *a, size_t u, uint32_t at);

/* Hashes of the tokens that count, in reading order; returns how many, and in *n_title (may be
 * NULL) how many of them are the title's. `out` has room for all tokens. */
size_t article_kept(const article *a, uint64_t *out, size_t *n_title);

/* Hash of all tokens of the text, furniture included; and of the title, too, where the text has fewer than
 * min_tokens: one line says little, and many news in brief have but an agency's name. */
uint64_t article_whole_hash(const article *a, uint32_t min_tokens);

/* The same as places in a->tokens. */
size_t article_kept_places(const article *a, uint32_t *out);

/* Hash of a sequence of n tokens, as text identity. */
uint64_t token_sequence_hash(const uint64_t *tokens, size_t n);

#endif
