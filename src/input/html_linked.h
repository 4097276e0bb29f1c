/* What a page says of its article in JSON-LD, in the words of schema.org. */
#ifndef FLONG_INPUT_HTML_LINKED_H
#define FLONG_INPUT_HTML_LINKED_H

#include "input/html_meta.h"
#include "input/json.h"

/* Scratch: a parser and the script that is read. Zero-initialised but for the parser it is ready. */
typedef struct html_linked {
    json *json;
    buffer script, names, body;
} html_linked;

void html_linked_free(html_linked *self);

/* Offers what is in a JSON-LD script. One that is no JSON says nothing. False when there is no memory. */
bool html_linked_read(html_linked *self, html_meta *meta, flong_str script);

#endif
