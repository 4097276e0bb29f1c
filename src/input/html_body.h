/* Which lines of a page are the body of its article. */
#ifndef FLONG_INPUT_HTML_BODY_H
#define FLONG_INPUT_HTML_BODY_H

#include "input/html_tree.h"

/* Scratch, used for one page after another. Zero-initialised, it is ready. */
typedef struct html_body {
    uint8_t *chosen; /* of each line of the tree: it belongs to the body */
    size_t chosen_capacity;
    uint8_t *out; /* of each node: it is none of the body's, nor are those inside of it */
    size_t out_capacity;
    int64_t *sums; /* of the lines before each line, and in all */
    size_t sums_capacity;
    uint32_t root; /* the node that holds the body */
} html_body;

void html_body_free(html_body *self);

/* Chooses. False when there is no memory. */
bool html_body_find(html_body *self, const html_tree *tree);

#endif
