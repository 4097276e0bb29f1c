#include "chart.h"

/* ---- measures of the picture, in pixels -------------------------------------------------- */

enum {
    WIDTH = 920,
    PANEL_WIDTH = 300,
    PANEL_HEIGHT = 190,
    LEFT = 56,        /* of the first panel */
    PANEL_STEP = 372, /* from one panel to the next */
    TOP = 56,         /* of the first row's panels */
    ROW_STEP = 292,   /* from one row to the next */
    ROW_BELOW = 50,   /* for the axis under the last one */
    LABEL_STEP = 18,  /* between labels, at least */
    SAMPLE = 20,      /* of a line, before its label */
    PAIRS_LEAST = 5,  /* a bin of fewer pairs is not drawn: its share says little */
    LINES = CHART_SETTINGS + 1
};

/* Colours of Okabe and Ito (2008), which stay apart for colour-blind readers; on dark paper their lighter ones.
 * The picture brings its own paper, so that it can be read wherever it stands. */
static const char style[] =
    "text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }\n"
    ".title { font-weight: 600 }\n"
    ".tick { fill: #59636e; font-size: 12px }\n"
    ".paper { fill: #ffffff }\n"
    ".grid { stroke: #d8dee4 }\n"
    "polyline { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round }\n"
    ".l0 { stroke: #0072b2 } text.l0 { stroke: none; fill: #0072b2 }\n"
    ".l1 { stroke: #d55e00 } text.l1 { stroke: none; fill: #c25400 }\n"
    "polyline.l2 { stroke: #bcc3cb; stroke-width: 8 }\n"
    "polyline.l3 { stroke: #1f2328; stroke-dasharray: 1 5 }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "text { fill: #f0f6fc } .tick { fill: #9198a1 } .paper { fill: #0d1117 } .grid { stroke: #2f353d }\n"
    ".l0 { stroke: #56b4e9 } text.l0 { fill: #56b4e9 } .l1 { stroke: #e69f00 } text.l1 { fill: #e69f00 }\n"
    "polyline.l2 { stroke: #555d67 } polyline.l3 { stroke: #f0f6fc }\n"
    "}\n";

/* ---- one line ---------------------------------------------------------------------------- */

/* A panel: where it is, and what it shows. */
typedef struct panel {
    double x, y; /* upper left corner */
    const measured *archive;
    const bin *bins;
} panel;

static bool is_drawn(const bin *b) { return b->pairs >= PAIRS_LEAST; }

/* The last line is the third setting after the limits on look-ups. */
static double recall_of(const bin *b, int line) {
    uint32_t found = line < CHART_SETTINGS ? b->common[line] : b->met[CHART_BOTH];
    return (double)found / (double)b->pairs;
}

static double y_of(const panel *p, double recall) { return p->y + PANEL_HEIGHT * (1 - recall); }

static void line_write(FILE *to, const panel *p, int line) {
    fprintf(to, "<polyline class=\"l%d\" points=\"", line);
    for (int i = 1; i < BINS; i++) /* pairs in the first bin were looked for by containment only */
        if (is_drawn(&p->bins[i]))
            fprintf(to, "%.1f,%.1f ", p->x + PANEL_WIDTH * (i + .5) / BINS,
                    y_of(p, recall_of(&p->bins[i], line)));
    fprintf(to, "\"/>\n");
}

/* ---- labels at the ends of the lines ----------------------------------------------------- */

typedef struct label {
    int line;
    double y;
} label;

/* From the top down, no two closer than LABEL_STEP. */
static void labels_place(label *labels) {
    for (int i = 1; i < LINES; i++) {
        label moved = labels[i];
        int at = i;
        for (; at > 0 && labels[at - 1].y > moved.y; at--) labels[at] = labels[at - 1];
        labels[at] = moved;
    }
    for (int i = 1; i < LINES; i++)
        if (labels[i].y < labels[i - 1].y + LABEL_STEP) labels[i].y = labels[i - 1].y + LABEL_STEP;
}

static void label_write(FILE *to, const panel *p, label l) {
    static const char *const names[] = {"bands %s", "passage keys %s", "both (the default)",
                                        "both, as looked up"};
    char text[64];
    snprintf(text, sizeof text, names[l.line],
             l.line < CHART_BOTH ? setting_print(p->archive->settings[l.line]).text : "");
    double x = p->x + PANEL_WIDTH + 16;
    fprintf(to, "<polyline class=\"l%d\" points=\"%.1f,%.1f %.1f,%.1f\"/>\n", l.line, x, l.y, x + SAMPLE,
            l.y);
    fprintf(to, "<text class=\"l%d\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", l.line, x + SAMPLE + 8, l.y + 4,
            text);
}

static void labels_write(FILE *to, const panel *p) {
    label labels[LINES];
    int last = BINS - 1;
    while (last > 0 && !is_drawn(&p->bins[last])) last--;
    for (int i = 0; i < LINES; i++)
        labels[i] = (label){i, y_of(p, is_drawn(&p->bins[last]) ? recall_of(&p->bins[last], i) : 0)};
    labels_place(labels);
    for (int i = 0; i < LINES; i++) label_write(to, p, labels[i]);
}

/* ---- panels ------------------------------------------------------------------------------ */

static void axes_write(FILE *to, const panel *p, const char *name) {
    for (int i = 0; i <= 5; i++) {
        double share = i / 5.0, x = p->x + PANEL_WIDTH * share, y = y_of(p, share);
        fprintf(to, "<path class=\"grid\" d=\"M%.1f %.1fh%d\"/>\n", p->x, y, PANEL_WIDTH);
        fprintf(to, "<text class=\"tick\" text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n", p->x - 8,
                y + 4, share);
        fprintf(to, "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n", x,
                p->y + PANEL_HEIGHT + 18, share);
    }
    fprintf(to, "<text text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", p->x + PANEL_WIDTH / 2.0,
            p->y + PANEL_HEIGHT + 38, name);
}

static void panel_write(FILE *to, const panel *p, const char *name) {
    static const int order[] = {CHART_BOTH, CHART_BANDS, CHART_PASSAGES,
                                CHART_SETTINGS}; /* the broad one below */
    axes_write(to, p, name);
    for (int i = 0; i < LINES; i++) line_write(to, p, order[i]);
}

static void row_write(FILE *to, const measured *m, size_t row) {
    double y = TOP + (double)row * ROW_STEP;
    panel jaccard = {LEFT, y, m, m->by_jaccard}, contained = {LEFT + PANEL_STEP, y, m, m->by_contained};
    fprintf(to, "<text class=\"title\" x=\"%d\" y=\"%.1f\">%s, %zu articles</text>\n", LEFT, y - 32, m->name,
            m->n_articles);
    fprintf(to,
            "<text class=\"tick\" x=\"%d\" y=\"%.1f\">share of the pairs that have a key in common</text>\n",
            LEFT, y - 13);
    panel_write(to, &jaccard, "Jaccard similarity of the pair");
    panel_write(to, &contained, "containment, pairs of Jaccard under .3");
    labels_write(to, &contained);
}

void chart_write(FILE *to, const measured *archives, size_t n) {
    double height = TOP + (double)n * ROW_STEP - (ROW_STEP - PANEL_HEIGHT) + ROW_BELOW;
    fprintf(
        to,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\">\n",
        WIDTH, height, WIDTH, height);
    fprintf(to, "<title>Recall of bands, of passage keys, and of both</title>\n<style>\n%s</style>\n", style);
    fprintf(to, "<rect class=\"paper\" width=\"%d\" height=\"%.0f\"/>\n", WIDTH, height);
    for (size_t i = 0; i < n; i++) row_write(to, &archives[i], i);
    fprintf(to, "</svg>\n");
}
