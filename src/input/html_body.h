/* Which lines of a page are the body of its article. */
#ifndef FLONG_INPUT_HTML_BODY_H
#define FLONG_INPUT_HTML_BODY_H

#include "input/html_agree.h"
#include "input/html_tree.h"

/* Scratch, used for one page after another. Zero-initialised, it is ready. */
typedef struct html_body {
    uint8_t *lines; /* BODY_LINE_... of each line of the tree */
    size_t lines_capacity;
    uint8_t *nodes; /* BODY_NODE_... */
    size_t nodes_capacity;
    int64_t *sums; /* of the lines before each line, and in all */
    size_t sums_capacity;
    uint32_t *held; /* bytes of prose that a node holds, see BODY_NODE_HOLDS */
    size_t held_capacity;
    uint64_t *seen; /* a table of the hashes of lines, and how often each is there in the lowest 2 bits */
    size_t seen_capacity;
    html_agree agree;
    uint32_t root;  /* the node that holds the body */
    bool by_stated; /* chosen by the articleBody that the page states */
    bool is_teaser; /* the page shows but the beginning of its articleBody, or a part of it */
} html_body;

enum {
    BODY_LINE_CHOSEN = 1, /* belongs to the body */
    BODY_LINE_PROSE = 2,
    BODY_LINE_STATED = 4, /* stands in the articleBody */
    BODY_NODE_OUT = 1,    /* is none of the body's, nor are those inside of it */
    BODY_NODE_HOLDS = 2,  /* has lines of prose that are the body's, besides, or in paragraphs of its own */
};

void html_body_free(html_body *self);

/* Chooses. False when there is no memory. */
bool html_body_find(html_body *self, const html_tree *tree);

#endif
