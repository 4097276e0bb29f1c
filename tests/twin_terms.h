/* The slow twin of text/terms.h: the tokens that count one by one, each term looked for among all before it. */
#ifndef FLONG_TESTS_TWIN_TERMS_H
#define FLONG_TESTS_TWIN_TERMS_H

#include "text/terms.h"

/* The terms of an article by the default factors, by hash, ascending, in *terms (to be freed with free); returns how many
 * there are. */
size_t twin_terms(term **terms, const article *a);

#endif
