#include "input/html_body.h"

#include <string.h>

#include "base/hash.h"
#include "input/html_tags.h"

/* The body is the block whose lines are worth most: a line of prose is worth its length, and a line of links or a few
 * words costs something (Finn and others, Fact or Fiction, 2001, with blocks in the place of any range of words).
 * Before that, blocks are ruled out that by their element or their name are something else. Where the page states its
 * articleBody, the lines that stand in it show where the body is. */

void html_body_free(html_body *self) {
    mem_free(self->lines);
    mem_free(self->nodes);
    mem_free(self->sums);
    mem_free(self->held);
    mem_free(self->seen);
    html_agree_free(&self->agree);
}

static bool reserve(html_body *self, const html_tree *tree) {
    return array_grow(&self->lines, tree->n_lines, &self->lines_capacity, 1) &&
           array_grow(&self->held, tree->n_nodes, &self->held_capacity, sizeof *self->held) &&
           array_grow(&self->nodes, tree->n_nodes, &self->nodes_capacity, 1) &&
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

/* Scripts and data that have got into the text: many signs that prose has few of. */
static bool is_code(flong_str line) {
    size_t signs = 0;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        signs +=
            c == '{' || c == '}' || c == '\\' || c == '=' || c == '<' || c == '>' || c == '_' || c == ';';
        signs += c == '"' && i + 1 < line.n && (line.p[i + 1] == ':' || line.p[i + 1] == ',');
    }
    return signs * 30 > line.n;
}

/* Prose: long enough for a sentence, and not only a link. */
static bool is_prose(const html_tree *tree, const html_line *line) {
    const html_node *node = &tree->nodes[line->node];
    if (is_linked(line) || node->does & (TAG_HEADING | TAG_CAPTION) || line->n < 40) return false;
    flong_str text = html_line_text(tree, line);
    return (line->n >= 140 || ends_sentence(text)) && !is_code(text);
}

static void lines_read(html_body *self, const html_tree *tree) {
    for (size_t i = 0; i < tree->n_lines; i++)
        self->lines[i] = is_prose(tree, &tree->lines[i]) ? BODY_LINE_PROSE : 0;
}

static int64_t line_worth(const html_body *self, const html_line *line, size_t i) {
    if (self->lines[i] & BODY_LINE_PROSE) return (int64_t)line->n - line->linked;
    return is_linked(line) ? -40 : -10;
}

static bool has(const html_body *self, size_t line, int flags) { return self->lines[line] & flags; }
static bool is_out(const html_body *self, const html_line *line) {
    return self->nodes[line->node] & BODY_NODE_OUT;
}

/* ---- blocks that are something else -------------------------------------- */

enum {
    MARKS_OUT = MARK_MENU | MARK_RELATED | MARK_COMMENTS | MARK_SHARE | MARK_SIGNUP | MARK_ADVERT |
                MARK_SIDE | MARK_TAGS | MARK_BIO | MARK_CAPTION | MARK_EMBED | MARK_HIDDEN |
                TREE_IS_NAVIGATION
};

static int64_t node_sum(const html_body *self, const html_node *node) {
    return self->sums[node->line_end] - self->sums[node->line];
}

/* Why a node is no part of the body: marks, and OUT_... for what its element says. */
enum { OUT_ELEMENT = 1 << 20, OUT_FIGURE = 1 << 21, OUT_TITLE = 1 << 22 };

/* What is out however much of it there is, as long as there is something else. */
enum { ALWAYS_OUT = OUT_FIGURE | OUT_TITLE | MARK_HIDDEN | MARK_EMBED | MARK_COMMENTS };

static uint32_t reasons(const html_node *node) {
    if (node->tag == TAG_TITLE) return OUT_TITLE;
    if (node->marks & (TREE_IS_BODY | TREE_IS_ARTICLE)) return 0;
    if (node->tag == TAG_BODY || node->tag == TAG_HTML || node->tag == TAG_MAIN) return 0;
    uint32_t why = node->marks & MARKS_OUT;
    if (node->does & TAG_MENU || node->tag == TAG_FORM) why |= OUT_ELEMENT;
    if (node->does & TAG_CAPTION || node->tag == TAG_FIGURE) why |= OUT_FIGURE;
    return why;
}

/* Prose by lines, as sums. Returns all of it. */
static int64_t prose_sum(html_body *self, const html_tree *tree) {
    int64_t all = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        self->sums[i] = all;
        if (has(self, i, BODY_LINE_PROSE)) all += tree->lines[i].n;
    }
    return self->sums[tree->n_lines] = all;
}

/* What by its name is the text of an article, or has much of it inside: BODY_NODE_HOLDS. */
static void texts_mark(html_body *self, const html_tree *tree, int64_t all) {
    memset(self->nodes, 0, tree->n_nodes);
    memset(self->held, 0, tree->n_nodes * sizeof *self->held);
    for (size_t i = tree->n_nodes; i-- > 1;) {
        const html_node *node = &tree->nodes[i];
        if (node->marks & (MARK_TEXT | TREE_IS_BODY)) self->held[i] = (uint32_t)node_sum(self, node);
        if ((int64_t)self->held[i] * 10 > all) self->nodes[i] = BODY_NODE_HOLDS;
        self->held[node->parent] += self->held[i];
    }
}

/* Rules out by the reasons that are used; those that would take most of the page are not. Returns them. */
static uint32_t rule_out_by(html_body *self, const html_tree *tree, uint32_t used, int64_t all) {
    int64_t taken[32] = {0};
    uint32_t too_many = 0;
    self->nodes[0] &= (uint8_t)~BODY_NODE_OUT;
    for (size_t i = 1; i < tree->n_nodes; i++) {
        const html_node *node = &tree->nodes[i];
        uint32_t why = reasons(node) & used;
        int64_t sum = node_sum(self, node);
        if (!(why & ALWAYS_OUT) && (self->nodes[i] & BODY_NODE_HOLDS || sum * 3 > all)) why = 0;
        bool is_inside = self->nodes[node->parent] & BODY_NODE_OUT;
        self->nodes[i] &= (uint8_t)~BODY_NODE_OUT;
        if (why || is_inside) self->nodes[i] |= BODY_NODE_OUT;
        for (uint32_t bit = 0; why && !is_inside && bit < 32; bit++) taken[bit] += why >> bit & 1 ? sum : 0;
    }
    for (uint32_t bit = 0; bit < 32; bit++)
        if (taken[bit] * 10 > all * ((UINT32_C(1) << bit) & ALWAYS_OUT ? 9 : 5))
            too_many |= UINT32_C(1) << bit;
    return too_many;
}

static void rule_out(html_body *self, const html_tree *tree) {
    int64_t all = prose_sum(self, tree);
    texts_mark(self, tree, all);
    uint32_t used = UINT32_MAX;
    for (uint32_t refused; (refused = rule_out_by(self, tree, used, all) & used);) used &= ~refused;
    for (size_t i = 0; i < tree->n_nodes; i++) self->nodes[i] &= BODY_NODE_OUT;
}

/* ---- what holds lines ---------------------------------------------------- */

/* The block around a line that is no paragraph, heading, list or quotation by itself. */
static uint32_t holder(const html_tree *tree, const html_line *line) {
    uint32_t at = line->node;
    for (; at; at = tree->nodes[at].parent) {
        const html_node *node = &tree->nodes[at];
        bool is_inner = node->does & TAG_HEADING || node->tag == TAG_P || node->tag == TAG_LI ||
                        node->tag == TAG_UL || node->tag == TAG_BLOCKQUOTE || node->tag == TAG_PRE;
        if (!is_inner) break;
    }
    return at;
}

static bool is_held(const html_body *self, const html_tree *tree, const html_line *line) {
    return self->nodes[holder(tree, line)] & BODY_NODE_HOLDS;
}

/* ---- by what the page states --------------------------------------------- */

enum { STATED_LEAST = 200, TEASER_MOST = 600 };

/* Marks the lines that stand in the articleBody. Returns the bytes of those that are prose. */
static size_t stated_mark(html_body *self, const html_tree *tree) {
    size_t found = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        const html_line *line = &tree->lines[i];
        if (is_out(self, line) || html_agree_share(&self->agree, html_line_text(tree, line)) < .75) continue;
        self->lines[i] |= BODY_LINE_STATED;
        if (!has(self, i, BODY_LINE_PROSE)) continue;
        found += line->n;
        self->nodes[holder(tree, line)] |= BODY_NODE_HOLDS;
    }
    return found;
}

/* Bytes of prose beside that which is stated: where they are many, it is a teaser. */
static size_t stated_beside(const html_body *self, const html_tree *tree) {
    size_t beside = 0;
    for (size_t i = 0; i < tree->n_lines; i++) {
        const html_line *line = &tree->lines[i];
        if (has(self, i, BODY_LINE_STATED) || !has(self, i, BODY_LINE_PROSE) || is_out(self, line)) continue;
        if (is_held(self, tree, line)) beside += line->n;
    }
    return beside;
}

static void stated_choose(html_body *self, const html_tree *tree) {
    size_t first = 0, end = tree->n_lines;
    while (first < end && !(has(self, first, BODY_LINE_STATED) && has(self, first, BODY_LINE_PROSE))) first++;
    while (end > first && !has(self, end - 1, BODY_LINE_STATED)) end--;
    for (size_t i = first; i < end; i++) {
        const html_line *line = &tree->lines[i];
        bool kept = has(self, i, BODY_LINE_STATED) || (!is_linked(line) && is_held(self, tree, line));
        if (kept && !is_out(self, line)) self->lines[i] |= BODY_LINE_CHOSEN;
    }
}

static size_t prose_left(const html_body *self, const html_tree *tree) {
    size_t left = 0;
    for (size_t i = 0; i < tree->n_lines; i++)
        if (has(self, i, BODY_LINE_PROSE) && !is_out(self, &tree->lines[i])) left += tree->lines[i].n;
    return left;
}

/* The body by its statement; false: there is none, or it is not what the page shows. */
static bool stated_find(html_body *self, const html_tree *tree, bool *failed) {
    flong_str stated = tree->meta.best[META_BODY];
    if (stated.n < STATED_LEAST) return false;
    *failed = !html_agree_set(&self->agree, stated);
    if (*failed) return false;
    if (stated.n < TEASER_MOST && prose_left(self, tree) > stated.n * 3) return false;
    size_t found = stated_mark(self, tree);
    self->is_teaser = found > 0 && found * 2 < stated.n;
    if (found * 10 < stated.n * 6 || stated_beside(self, tree) * 3 > found) return false;
    stated_choose(self, tree);
    return true;
}

/* ---- by its worth -------------------------------------------------------- */

enum {
    NAMED_WORTH = 300, /* what a name is worth: a few lines */
    EDGE_LEAST = 500,  /* bytes that make a block more than a notice */
    SHORT_LEAST = 12,
    REPEATED_LEAST = 20,
    DESCRIPTION_LEAST = 30,
    DESCRIPTION_LINES = 40, /* so far before the body it may stand */
};

static bool has_headline(const html_tree *tree, size_t node) {
    for (size_t i = node + 1; i < tree->n_nodes && tree->nodes[i].parent >= node; i++)
        if (tree->nodes[i].tag == TAG_H1) return true;
    return false;
}

/* Of several articles, each with its headline, that a page has one behind the other, the first. */
static void root_narrow(html_body *self, const html_tree *tree) {
    const html_node *root = &tree->nodes[self->root];
    int64_t all = node_sum(self, root);
    size_t first = 0, found = 0;
    for (size_t i = self->root + 1; i < tree->n_nodes && tree->nodes[i].parent >= self->root; i++) {
        const html_node *node = &tree->nodes[i];
        bool is_inner = found && node->line < tree->nodes[first].line_end;
        if (node->tag != TAG_ARTICLE || is_inner || node_sum(self, node) * 5 < all || !has_headline(tree, i))
            continue;
        if (found++ == 0) first = i;
    }
    if (found > 1) self->root = (uint32_t)first;
}

static void root_find(html_body *self, const html_tree *tree) {
    int64_t sum = 0, best = INT64_MIN;
    for (size_t i = 0; i < tree->n_lines; i++) {
        self->sums[i] = sum;
        if (!is_out(self, &tree->lines[i])) sum += line_worth(self, &tree->lines[i], i);
    }
    self->sums[tree->n_lines] = sum;
    self->root = 0;
    for (size_t i = 0; i < tree->n_nodes; i++) {
        int64_t worth = node_sum(self, &tree->nodes[i]);
        if (worth > 0 && tree->nodes[i].marks & (MARK_TEXT | TREE_IS_BODY))
            worth = worth * 3 / 2 + NAMED_WORTH;
        if (self->nodes[i] & BODY_NODE_OUT || worth < best) continue;
        best = worth;
        self->root = (uint32_t)i;
    }
}

static bool is_prose_kept(const html_body *self, const html_tree *tree, size_t i) {
    return has(self, i, BODY_LINE_PROSE) && !is_out(self, &tree->lines[i]);
}

/* Sums up what the nodes hold within the root; returns the one that holds most, and *all of it. */
static uint32_t holders_mark(html_body *self, const html_tree *tree, uint64_t *all) {
    const html_node *root = &tree->nodes[self->root];
    uint32_t most = self->root;
    memset(self->held, 0, tree->n_nodes * sizeof *self->held);
    *all = 0;
    for (size_t i = root->line; i < root->line_end; i++) {
        if (!is_prose_kept(self, tree, i)) continue;
        uint32_t at = holder(tree, &tree->lines[i]);
        self->nodes[at] |= BODY_NODE_HOLDS;
        self->held[at] += tree->lines[i].n;
        *all += tree->lines[i].n;
        if (self->held[at] > self->held[most]) most = at;
    }
    return most;
}

/* What one kind of node holds: paragraphs may each have a block around them. */
static uint64_t held_by_kind(const html_body *self, const html_tree *tree, uint32_t kind) {
    uint64_t held = 0;
    const html_node *root = &tree->nodes[self->root];
    for (size_t i = self->root; i < tree->n_nodes && tree->nodes[i].line <= root->line_end; i++)
        if (tree->nodes[i].kind == kind) held += self->held[i];
    return held;
}

/* A line that begins or ends the body: prose, and where one kind of node holds most of it not in another one with
 * little: that is an introduction of the author, a notice, a teaser. */
static bool is_edge(const html_body *self, const html_tree *tree, size_t i, uint32_t kind, uint64_t least) {
    if (!is_prose_kept(self, tree, i)) return false;
    uint32_t at = holder(tree, &tree->lines[i]);
    return tree->nodes[at].kind == kind || self->held[at] >= least ||
           tree->nodes[at].marks & (MARK_TEXT | TREE_IS_BODY);
}

/* A heading may be a link, e.g. in a list of places. */
static bool is_kept(const html_body *self, const html_tree *tree, size_t i) {
    const html_line *line = &tree->lines[i];
    if (is_out(self, line)) return false;
    if (has(self, i, BODY_LINE_PROSE) || !is_linked(line)) return true;
    return tree->nodes[line->node].does & TAG_HEADING && is_held(self, tree, line);
}

/* A paragraph of a short sentence in the same block as the first or last one of the body. */
static bool is_short(const html_body *self, const html_tree *tree, size_t i, uint32_t in) {
    const html_line *line = &tree->lines[i];
    if (is_out(self, line) || is_linked(line) || tree->nodes[line->node].tag != TAG_P) return false;
    return line->n >= SHORT_LEAST && ends_sentence(html_line_text(tree, line)) && holder(tree, line) == in;
}

/* The place of a line in the table of `size` places, a power of 2; new ones get it with a count of 0. */
static uint64_t *seen_place(html_body *self, const html_tree *tree, const html_line *line, size_t size) {
    uint64_t hash = (hash_bytes(tree->text.p + line->begin, line->n, 0) | 4) & ~UINT64_C(3);
    size_t at = hash >> 32 & (size - 1);
    while (self->seen[at] && (self->seen[at] & ~UINT64_C(3)) != hash) at = (at + 1) & (size - 1);
    if (!self->seen[at]) self->seen[at] = hash;
    return &self->seen[at];
}

static bool may_repeat(const html_body *self, const html_tree *tree, size_t i) {
    return has(self, i, BODY_LINE_CHOSEN) && tree->lines[i].n >= REPEATED_LEAST;
}

/* Drops lines that stand in the body three times and more, but for the first: notices in the place of what is not
 * loaded. The count goes from 1 to 3, and back to 0 behind the line that is kept. */
static bool repeated_drop(html_body *self, const html_tree *tree) {
    size_t chosen = 0, size = 16;
    for (size_t i = 0; i < tree->n_lines; i++) chosen += has(self, i, BODY_LINE_CHOSEN);
    while (size < chosen * 2) size *= 2;
    if (!array_grow(&self->seen, size, &self->seen_capacity, sizeof *self->seen)) return false;
    memset(self->seen, 0, size * sizeof *self->seen);
    for (size_t i = 0; i < tree->n_lines; i++) {
        uint64_t *place = may_repeat(self, tree, i) ? seen_place(self, tree, &tree->lines[i], size) : NULL;
        if (place && (*place & 3) < 3) ++*place;
    }
    for (size_t i = 0; i < tree->n_lines; i++) {
        uint64_t *place = may_repeat(self, tree, i) ? seen_place(self, tree, &tree->lines[i], size) : NULL;
        if (place && (*place & 3) == 0) self->lines[i] &= (uint8_t)~BODY_LINE_CHOSEN;
        if (place && (*place & 3) == 3) *place &= ~UINT64_C(3);
    }
    return true;
}

static void choose(html_body *self, const html_tree *tree) {
    uint64_t all;
    uint32_t kind = tree->nodes[holders_mark(self, tree, &all)].kind;
    const html_node *root = &tree->nodes[self->root];
    uint64_t held = held_by_kind(self, tree, kind);
    uint64_t least = held * 2 < all ? 0 : held / 8 < EDGE_LEAST ? held / 8 : EDGE_LEAST;
    size_t first = root->line, end = root->line_end;
    while (first < end && !is_edge(self, tree, first, kind, least)) first++;
    while (end > first && !is_edge(self, tree, end - 1, kind, least)) end--;
    if (first == end) return;
    uint32_t first_in = holder(tree, &tree->lines[first]), last_in = holder(tree, &tree->lines[end - 1]);
    while (first > root->line && is_short(self, tree, first - 1, first_in)) first--;
    while (end < root->line_end && is_short(self, tree, end, last_in)) end++;
    for (size_t i = first; i < end; i++)
        if (is_kept(self, tree, i)) self->lines[i] |= BODY_LINE_CHOSEN;
}

/* The lines before the body that are the description which the page's head gives. */
static void standfirst_choose(html_body *self, const html_tree *tree, bool *failed) {
    flong_str description = tree->meta.best[META_DESCRIPTION];
    size_t end = 0, found = 0;
    while (end < tree->n_lines && !has(self, end, BODY_LINE_CHOSEN)) end++;
    if (description.n < DESCRIPTION_LEAST || end == tree->n_lines) return;
    *failed = !html_agree_set(&self->agree, description);
    for (size_t i = end; !*failed && i-- > 0 && end - i <= DESCRIPTION_LINES;) {
        const html_line *line = &tree->lines[i];
        if (line->n < DESCRIPTION_LEAST || tree->nodes[line->node].tag == TAG_TITLE) continue;
        if (html_agree_share(&self->agree, html_line_text(tree, line)) < .9) continue;
        if (found++ == 0) self->lines[i] |= BODY_LINE_CHOSEN;
    }
}

bool html_body_find(html_body *self, const html_tree *tree) {
    bool failed = false;
    self->is_teaser = false;
    if (!reserve(self, tree)) return false;
    lines_read(self, tree);
    rule_out(self, tree);
    self->by_stated = stated_find(self, tree, &failed);
    if (!self->by_stated && !failed) {
        root_find(self, tree);
        root_narrow(self, tree);
        choose(self, tree);
    }
    if (!failed) failed = !repeated_drop(self, tree);
    if (!failed) standfirst_choose(self, tree, &failed);
    return !failed;
}
