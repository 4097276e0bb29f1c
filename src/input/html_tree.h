/* A parsed page in arrays: its block elements, the lines of text in them, and marked places of the text. Made
 * by libxml2's SAX parser, which keeps no tree of its own. */
#ifndef FLONG_INPUT_HTML_TREE_H
#define FLONG_INPUT_HTML_TREE_H

#include "base/error.h"
#include "base/memory.h"
#include "input/html_meta.h"

/* A block element. Those inside of it follow it; its lines lie side by side. */
typedef struct html_node {
    uint32_t parent; /* the first one, which stands for the page, is its own */
    uint32_t marks;  /* MARK_... of its class, id and role; TREE_... */
    uint32_t line, line_end;
    uint32_t kind; /* the same for blocks of one element and class */
    uint16_t does; /* TAG_... */
    uint8_t tag;
} html_node;

/* What other attributes say of a node; above the MARK_... bits. */
enum {
    TREE_IS_BODY = 1 << 16,       /* itemprop="articleBody" and its like */
    TREE_IS_ARTICLE = 1 << 17,    /* itemtype of an article */
    TREE_IS_NAVIGATION = 1 << 18, /* role */
};

/* A line of text, blanks collapsed. */
typedef struct html_line {
    uint32_t node;     /* the innermost block */
    uint32_t begin, n; /* bytes of the text */
    uint32_t linked;   /* of them inside of links */
} html_line;

/* Text that an element around it names, as "class=byline" does. */
typedef enum place_kind {
    PLACE_TITLE,
    PLACE_H1,
    PLACE_HEADLINE,
    PLACE_AUTHOR,
    PLACE_BYLINE,
    PLACE_DATE
} place_kind;

typedef struct html_place {
    uint8_t kind;
    uint32_t begin, end; /* bytes of the text */
    uint32_t line;       /* the first that begins in or behind it */
} html_place;

enum { TREE_DEPTH = 2048, TREE_PLACES = 64, TREE_MOST_NODES = 1 << 20 };

/* An element that is open. */
typedef struct tree_open {
    uint32_t node; /* that it made, or TREE_NONE */
    bool is_link, is_unseen, is_pre;
    uint8_t place; /* index + 1, 0: none */
} tree_open;

#define TREE_NONE UINT32_MAX

/* Zero-initialised, it is ready. */
typedef struct html_tree {
    html_node *nodes;
    size_t n_nodes, nodes_capacity;
    html_line *lines;
    size_t n_lines, lines_capacity;
    buffer text; /* of the lines, a line end behind each */
    html_place places[TREE_PLACES];
    size_t n_places;
    html_meta meta;
    /* while it is made */
    tree_open open[TREE_DEPTH];
    size_t depth;
    uint32_t node, links, unseen, pres;
    uint32_t line_begin, linked;
    bool blank; /* before the next word */
    bool feed;  /* the same within <pre>, where a blank line ends a paragraph and a line end alone does not */
    bool failed;
} html_tree;

void html_tree_free(html_tree *self);

/* Reads markup as html_clean leaves it. What is nested too deep, or costs too much, ends it; what was read until
 * then stands. Fails only with FLONG_NOMEM. */
flong_status html_tree_read(html_tree *self, flong_str markup, flong_error *error);

static inline flong_str html_line_text(const html_tree *tree, const html_line *line) {
    return (flong_str){tree->text.p + line->begin, line->n};
}

#endif
