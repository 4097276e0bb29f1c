/* Asides: what stands in a text and was not written for it. Quotations in marks are known from the tokenizer;
 * here are posts that are shown within an article, menus and tables, and notices to the reader (subscriptions,
 * cookies, copyright, forms). Two texts that share no more than these have nothing of one another. Nothing is
 * dropped for being an aside.
 *
 * Two marks are weaker: they say only that a passage which two articles share is no excerpt. News speaks in the third
 * person and says "on Friday". Voices are sentences with "I", "we" or "you" outside quotation marks: a speech or a post
 * given without marks, a site that speaks to its reader; those with "shall": laws; captions, known by the credit of
 * their picture or by a date with a year; and what stands behind the end of an agency's text. And what a site has in
 * two texts (furniture.h) may be a promotion or a summary, though too rare for furniture. */
#ifndef FLONG_TEXT_ASIDE_H
#define FLONG_TEXT_ASIDE_H

#include "text/article.h"
#include "text/outline.h"

enum {
    TOKEN_ASIDE = TOKEN_QUOTED | TOKEN_NOTICE | TOKEN_MENU,
    TOKEN_UNSURE = TOKEN_ASIDE | TOKEN_VOICE | TOKEN_SEEN /* no evidence of an excerpt */
};

/* Makes the tokenizer's table of phrases, which all else here needs. False when there is no memory. */
bool asides_ready(tokenizer *reader);

/* Marks what is an aside among n tokens, whose outline this is. Returns whether there is a notice to the reader. */
bool asides_mark(const tokenizer *reader, const outline *o, token *tokens, size_t n);

/* Whether the n tokens are a phrase of notices and nothing else, as a title may be. */
bool asides_notice(const tokenizer *reader, const token *tokens, size_t n);

#endif
