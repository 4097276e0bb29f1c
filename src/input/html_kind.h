/* Whether a page is an article, a list of articles, or something else. */
#ifndef FLONG_INPUT_HTML_KIND_H
#define FLONG_INPUT_HTML_KIND_H

#include "input/html.h"
#include "input/html_body.h"

/* Of a page whose other fields are filled. *why says why it is no article (static), or is NULL. */
page_kind html_kind(const char **why, const page *p, const html_tree *tree, const html_body *body);

#endif
