/* The articles of an index with all that follows for them, for those who report them by number. */
#ifndef FLONG_FLOW_ARTICLES_H
#define FLONG_FLOW_ARTICLES_H

#include "flow/names.h"
#include "flow/results.h"
#include "flow/view.h"

/* Articles that are being walked through. */
typedef struct article_walk {
    results results;
    names *names;
    article_view copy; /* read where its row does not tell whether it names its source */
} article_walk;

/* Told of an article, its place being walk->results.places[at]; credited as in flong_article. A return other than
 * FLONG_OK stops and is returned. */
typedef flong_status (*article_walk_fn)(void *context, article_walk *walk, const article_row *row,
                                        uint32_t at, int credited, flong_error *error);

/* All articles in order of arrival, or those that a scope asks for, within reading or a change. scope may be NULL. */
flong_status articles_walk(flong_index *index, const results_scope *scope, article_walk_fn fn, void *context,
                           flong_error *error);

#endif
