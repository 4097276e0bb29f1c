/* The articles of an index with what they are to others, for those who tell it. */
#ifndef FLONG_FLOW_ARTICLES_H
#define FLONG_FLOW_ARTICLES_H

#include "flow/results.h"

/* Told of each article: as the caller of flong_index_articles is, and what it was made of. Another return than FLONG_OK
 * stops and is returned. */
typedef flong_status (*article_place_fn)(void *context, const flong_article *article, const place *at,
                                         flong_error *error);

/* All articles in order of arrival, within reading or a change. */
flong_status articles_tell(flong_index *index, article_place_fn fn, void *context, flong_error *error);

#endif
