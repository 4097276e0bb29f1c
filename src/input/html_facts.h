/* What a page states of its article: from its head and JSON-LD, and where these are silent from what it shows. */
#ifndef FLONG_INPUT_HTML_FACTS_H
#define FLONG_INPUT_HTML_FACTS_H

#include "input/html.h"
#include "input/html_body.h"
#include "input/site.h"

/* Scratch, used for one page after another. Zero-initialised, it is ready. */
typedef struct html_facts {
    buffer url, title, author, spare;
    char site[SITE_HOST_MAX], lang[36];
} html_facts;

void html_facts_free(html_facts *self);

/* Fills url, site, title, author, lang and published. False when there is no memory. */
bool html_facts_find(html_facts *self, page *out, const html_tree *tree, const html_body *body,
                     const page_hints *hints);

#endif
