/* Asides: what stands in a text and was not written for it. Quotations in marks are known from the tokenizer;
 * here are posts that are shown within an article, menus and tables, and notices to the reader (subscriptions,
 * cookies, copyright, forms). Two texts that share no more than these have nothing of one another. Nothing is
 * dropped for being an aside. */
#ifndef FLONG_TEXT_ASIDE_H
#define FLONG_TEXT_ASIDE_H

#include "text/article.h"

enum { TOKEN_ASIDE = TOKEN_QUOTED | TOKEN_NOTICE | TOKEN_MENU };

/* Marks what is an aside. False when there is no memory. */
bool asides_mark(tokenizer *reader, token *tokens, size_t n);

/* Phrases of notices, laid out for searching; made for a tokenizer when first needed. */
typedef struct notice_phrases notice_phrases;

#endif
