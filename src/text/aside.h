/* Asides: what stands in a text and was not written for it. Quotations in marks are known from the tokenizer;
 * here are posts that are shown within an article, menus and tables, and notices to the reader (subscriptions,
 * cookies, copyright, forms). Two texts that share no more than these have nothing of one another. Nothing is
 * dropped for being an aside. */
#ifndef FLONG_TEXT_ASIDE_H
#define FLONG_TEXT_ASIDE_H

#include "text/article.h"

enum { TOKEN_ASIDE = TOKEN_QUOTED | TOKEN_NOTICE | TOKEN_MENU };

/* Makes the tokenizer's table of phrases, which all else here needs. False when there is no memory. */
bool asides_ready(tokenizer *reader);

/* Marks what is an aside. */
void asides_mark(const tokenizer *reader, token *tokens, size_t n);

/* Whether the n tokens are a phrase of notices and nothing else, as a title may be. */
bool asides_notice(const tokenizer *reader, const token *tokens, size_t n);

/* Phrases of notices, laid out for searching; made for a tokenizer by asides_ready. */
typedef struct notice_phrases notice_phrases;

#endif
