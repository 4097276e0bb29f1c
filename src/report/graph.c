/* Who repeats whom, as a graph for programs that draw and measure graphs: GraphML, or the language of Graphviz. A node is
 * an article, its name "n" and its number; an edge leads from an article to the one that it repeats. Text may be anything:
 * what is not UTF-8, and characters that XML knows no way to write, become U+FFFD. */
#include <stdio.h>
#include <string.h>

#include "flow/index.h"
#include "index/tables.h"

enum { COLUMNS_MOST = 16 };

typedef struct graph {
    bool dot;
    bool edges; /* and not nodes */
    flong_write_fn write;
    void *context;
    buffer out;
    bool failed; /* no memory */
    size_t n_names;
    char names[COLUMNS_MOST][16]; /* of the columns of the table that is read; empty before its first row */
} graph;

static void put(graph *g, const char *text, size_t n) {
    if (!buffer_append(&g->out, text, n)) g->failed = true;
}
static void put_text(graph *g, const char *text) { put(g, text, strlen(text)); }

/* ---- text from outside ------------------------------------------------------------------- */

/* The length of the UTF-8 character at p, which XML can hold; 0: it is none. */
static size_t character_length(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) return p[0] >= 0x20 || p[0] == '\t' || p[0] == '\n' || p[0] == '\r';
    size_t length = p[0] >= 0xC2 && p[0] < 0xE0   ? 2
                    : p[0] >= 0xE0 && p[0] < 0xF0 ? 3
                    : p[0] >= 0xF0 && p[0] < 0xF5 ? 4
                                                  : 0;
    if (length == 0 || length > n) return 0;
    uint32_t c = p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool sound =
        c >= least[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    return sound ? length : 0;
}

/* What stands for a character of one byte; NULL: itself. */
static const char *escaped(const graph *g, char c) {
    if (g->dot)
        return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' || c == '\r' || c == '\t' ? " " : NULL;
    return c == '&'    ? "&amp;"
           : c == '<'  ? "&lt;"
           : c == '>'  ? "&gt;"
           : c == '"'  ? "&quot;"
           : c == '\r' ? "&#13;"
                       : NULL;
}

static void put_outside(graph *g, flong_str text) {
    for (size_t i = 0; i < text.n;) {
        size_t length = character_length((const unsigned char *)text.p + i, text.n - i);
        const char *other = length == 0 ? "\xEF\xBF\xBD" : length == 1 ? escaped(g, text.p[i]) : NULL;
        if (other)
            put_text(g, other);
        else
            put(g, text.p + i, length);
        i += length ? length : 1;
    }
}

/* ---- nodes and edges --------------------------------------------------------------------- */

/* A value that is known: <data key="site">...</data>, or site="...". Graphviz shows what is called a label. */
static void put_attribute(graph *g, const char *name, flong_str value, bool first) {
    if (value.n == 0) return;
    if (g->dot)
        put_text(g, first ? "" : ", ");
    else
        put_text(g, "<data key=\"");
    put_text(g, g->dot && strcmp(name, "title") == 0 ? "label" : name);
    put_text(g, g->dot ? "=\"" : "\">");
    put_outside(g, value);
    put_text(g, g->dot ? "\"" : "</data>");
}

/* Columns are attributes, but for the numbers in front: of the node, or of the nodes that an edge joins. */
static void row_put(graph *g, const table_row *row) {
    size_t ends = g->edges ? 2 : 1;
    bool first = true;
    put_text(g, g->dot ? "  " : g->edges ? "<edge " : "<node ");
    for (size_t i = 0; i < ends; i++) {
        if (g->dot)
            put_text(g, i ? " -> n" : "n");
        else
            put_text(g, i ? "\" target=\"n" : g->edges ? "source=\"n" : "id=\"n");
        put_outside(g, row->values[i]);
    }
    put_text(g, g->dot ? " [" : "\">");
    for (size_t i = ends; i < g->n_names; i++) {
        put_attribute(g, g->names[i], row->values[i], first);
        first = first && row->values[i].n == 0;
    }
    put_text(g, g->dot ? "];\n" : g->edges ? "</edge>\n" : "</node>\n");
}

static flong_status flush(graph *g, flong_error *error) {
    if (g->failed) return error_nomem(error);
    int stopped = g->write(g->context, g->out.p, g->out.n);
    g->out.n = 0;
    return stopped ? error_set(error, FLONG_STOPPED, "stopped") : FLONG_OK;
}

static flong_status row_take(void *context, const table_row *row, flong_error *error) {
    graph *g = context;
    if (g->n_names == 0) { /* the names come first */
        g->n_names = row->n < COLUMNS_MOST ? row->n : COLUMNS_MOST;
        for (size_t i = 0; i < g->n_names; i++)
            snprintf(g->names[i], sizeof g->names[i], "%.*s", (int)row->values[i].n, row->values[i].p);
        return FLONG_OK;
    }
    row_put(g, row);
    return flush(g, error);
}

static flong_status table_put(graph *g, flong_index *index, table_name name, flong_error *error) {
    g->edges = name == TABLE_EDGES;
    g->n_names = 0;
    return table_each(index->store, name, row_take, g, error);
}

static const char graphml_head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                   "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
#define KEY(of, name, type)                                                                                  \
    "<key id=\"" name "\" for=\"" of "\" attr.name=\"" name "\" attr.type=\"" type "\"/>\n"
    KEY("node", "id", "string") KEY("node", "site", "string") KEY("node", "title", "string") /* */
    KEY("node", "published", "string") KEY("edge", "relation", "string") KEY("edge", "jaccard", "double")
        KEY("edge", "contained", "double") KEY("edge", "contains", "double")
            KEY("edge", "similarity", "double")
                KEY("edge", "credited", "int") "<graph id=\"reprints\" edgedefault=\"directed\">\n";
static const char dot_head[] = "digraph reprints {\n";

static flong_status graph_put(graph *g, flong_index *index, flong_error *error) {
    put_text(g, g->dot ? dot_head : graphml_head);
    TRY(flush(g, error));
    TRY(table_put(g, index, TABLE_NODES, error));
    TRY(table_put(g, index, TABLE_EDGES, error));
    put_text(g, g->dot ? "}\n" : "</graph>\n</graphml>\n");
    return flush(g, error);
}

flong_status flong_report_graph(flong_index *index, int graphviz, flong_write_fn write, void *context,
                                flong_error *error) {
    graph g = {.dot = graphviz != 0, .write = write, .context = context};
    TRY(index_read_begin(index, error));
    flong_status status = graph_put(&g, index, error);
    index_read_end(index);
    buffer_free(&g.out);
    return status;
}
