#include "input/html_body.h"

#include <string.h>

#include "input/html_tags.h"

/* The body is the block whose lines are worth most: a line of prose is worth its length, and a line of links or a few
 * words costs something (Finn and others, Fact or Fiction, 2001, with blocks in the place of any range of words).
 * Before that, blocks are ruled out that by their element or their name are something else. */

void html_body_free(html_body *self) {
    mem_free(self->chosen);
    mem_free(self->out);
    mem_free(self->sums);
}

static bool reserve(html_body *self, const html_tree *tree) {
    return array_grow(&self->chosen, tree->n_lines, &self->chosen_capacity, 1) &&
           array_grow(&self->out, tree->n_nodes, &self->out_capacity, 1) &&
           array_grow(&self->sums, tree->n_lines, &self->sums_capacity, sizeof *self->sums);
}

/* ---- what a line is ------------------------------------------------------ */

static bool ends_sentence(flong_str line) {
    static const char *const ends[] = {".", "!",  "?",  "\"", "”",  "’", "»", ":",
                                       "…", "。", "！", "？", "」", "؟", "।", ")"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (line.n >= n && memcmp(line.p + line.n - n, ends[i], n) == 0) return true;
    }
    return false;
}

static bool is_linked(const html_line *line) { return line->linked * 2 > line->n; }

/* Prose: long enough for a sentence, and not only a link. */
static bool is_prose(const html_tree *tree, const html_line *line) {
    const html_node *node = &tree->nodes[line->node];
    if (is_linked(line) || node->does & (TAG_HEADING | TAG_CAPTION)) return false;
    return line->n >= 140 || (line->n >= 40 && ends_sentence(html_line_text(tree, line)));
}

static int64_t line_worth(const html_tree *tree, const html_line *line) {
    if (is_prose(tree, line)) return (int64_t)line->n - line->linked;
    return is_linked(line) ? -40 : -10;
}

/* ---- blocks that are something else -------------------------------------- */

enum {
    MARKS_OUT = MARK_MENU | MARK_RELATED | MARK_COMMENTS | MARK_SHARE | MARK_SIGNUP | MARK_ADVERT |
                MARK_SIDE | MARK_TAGS | MARK_BIO | TREE_IS_NAVIGATION
};

static int64_t node_sum(const html_body *self, const html_node *node) {
    return self->sums[node->line_end] - self->sums[node->line];
}

static bool is_suspect(const html_node *node) {
    if (node->marks & (TREE_IS_BODY | TREE_IS_ARTICLE)) return false;
    if (node->does & TAG_MENU || node->tag == TAG_FORM) return true;
    return node->marks & MARKS_OUT;
}

/* A block is ruled out by its name unless it holds much of the page's prose. */
static void rule_out(html_body *self, const html_tree *tree) {
    int64_t all = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        self->sums[i] = all;
        if (is_prose(tree, &tree->lines[i])) all += tree->lines[i].n;
    }
    self->sums[tree->n_lines] = all;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        const html_node *node = &tree->nodes[i];
        bool is_out = node->tag == TAG_TITLE || (is_suspect(node) && node_sum(self, node) * 3 < all);
        self->out[i] = i ? self->out[node->parent] || is_out : false;
    }
}

/* ---- the body ------------------------------------------------------------ */

static void root_find(html_body *self, const html_tree *tree) {
    int64_t sum = 0, best = INT64_MIN;
    for (size_t i = 0; i < tree->n_lines; i++) {
        self->sums[i] = sum;
        if (!self->out[tree->lines[i].node]) sum += line_worth(tree, &tree->lines[i]);
    }
    self->sums[tree->n_lines] = sum;
    self->root = 0;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        if (self->out[i] || node_sum(self, &tree->nodes[i]) < best) continue;
        best = node_sum(self, &tree->nodes[i]);
        self->root = (uint32_t)i;
    }
}

static bool is_kept(const html_body *self, const html_tree *tree, size_t i) {
    const html_line *line = &tree->lines[i];
    return !self->out[line->node] && (is_prose(tree, line) || !is_linked(line));
}

static void choose(html_body *self, const html_tree *tree) {
    const html_node *root = &tree->nodes[self->root];
    size_t first = root->line, end = root->line_end;
    memset(self->chosen, 0, tree->n_lines);
    while (first < end && (self->out[tree->lines[first].node] || !is_prose(tree, &tree->lines[first])))
        first++;
    while (end > first && (self->out[tree->lines[end - 1].node] || !is_prose(tree, &tree->lines[end - 1])))
        end--;
    for (size_t i = first; i < end; i++) self->chosen[i] = is_kept(self, tree, i);
}

bool html_body_find(html_body *self, const html_tree *tree) {
    if (!reserve(self, tree)) return false;
    rule_out(self, tree);
    root_find(self, tree);
    choose(self, tree);
    return true;
}
