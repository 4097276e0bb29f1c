/* Sites: what each tells first, and whose texts it carries. */
#include <stdlib.h>
#include <string.h>

#include "report/parts.h"

enum { OTHERS_MOST = 10 };

/* How many articles of one site repeat texts of another; numbers as they are written. */
typedef struct flow_row {
    uint32_t site, other;
    uint64_t n;
} flow_row;

/* Counts by site, as it is written. */
typedef struct sites {
    const model *m;
    uint64_t *stubs, *originals, *copies, *credited, *uncredited, *copied;
    flow_row *rows; /* one for each copy at first */
    size_t n_rows, rows_capacity;
} sites;

/* Whether an article carries text of what it repeats. */
static bool repeats_text(const model_article *a) {
    return a->of != MODEL_NONE &&
           (a->relation == FLONG_RELATION_IDENTICAL || a->relation == FLONG_RELATION_REPRINT ||
            a->relation == FLONG_RELATION_EXCERPT);
}

static bool copy_count(sites *s, const model_article *a, uint32_t site) {
    uint32_t from = model_site(s->m, s->m->articles[a->of].site);
    if (from == site) return true; /* a version */
    s->copies[site]++;
    s->credited[site] += a->credited == 1;
    s->uncredited[site] += a->credited == 0;
    if (from == MODEL_NONE) return true;
    s->copied[from]++;
    if (!ARRAY_GROW(s->rows, s->n_rows, s->rows_capacity)) return false;
    s->rows[s->n_rows++] = (flow_row){site, from, 1};
    return true;
}

static bool sites_count(sites *s) {
    const model *m = s->m;
    for (uint32_t i = 0; i < m->n; i++) {
        const model_article *a = &m->articles[i];
        uint32_t site = a->text_no == MODEL_NONE ? MODEL_NONE : model_site(m, a->site);
        if (site == MODEL_NONE) continue;
        if (a->relation == FLONG_RELATION_STUB)
            s->stubs[site]++;
        else if (model_group(m, i)->original == i)
            s->originals[site]++;
        if (repeats_text(a) && !copy_count(s, a, site)) return false;
    }
    return true;
}

static int by_site(const void *a, const void *b) {
    const flow_row *x = a, *y = b;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static int by_count(const void *a, const void *b) {
    const flow_row *x = a, *y = b;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

/* One row for each two sites. */
static void rows_unite(sites *s) {
    size_t n = 0;
    if (s->n_rows) qsort(s->rows, s->n_rows, sizeof *s->rows, by_site);
    for (size_t i = 0; i < s->n_rows; i++)
        if (n && by_site(&s->rows[n - 1], &s->rows[i]) == 0)
            s->rows[n - 1].n++;
        else
            s->rows[n++] = s->rows[i];
    s->n_rows = n;
}

/* The same rows from the other side. */
static void rows_turn(sites *s) {
    for (size_t i = 0; i < s->n_rows; i++) {
        uint32_t site = s->rows[i].site;
        s->rows[i].site = s->rows[i].other;
        s->rows[i].other = site;
    }
}

static void column_put(json_line *out, const char *name, const uint64_t *values, size_t n) {
    json_put(out, ",\"");
    json_put(out, name);
    json_put(out, "\":[");
    for (size_t i = 0; i < n; i++) {
        json_put_next(out, i);
        json_put_number(out, values[i]);
    }
    json_put(out, "]");
}

/* For each site those others that it has most rows with. */
static void flow_put(json_line *out, const char *name, sites *s) {
    if (s->n_rows) qsort(s->rows, s->n_rows, sizeof *s->rows, by_count);
    json_put(out, ",\"");
    json_put(out, name);
    json_put(out, "\":[");
    for (size_t i = 0, at = 0; i < s->m->sites.n; i++) {
        json_put(out, i ? ",[" : "[");
        for (size_t k = 0; at < s->n_rows && s->rows[at].site == i; at++, k++) {
            if (k >= OTHERS_MOST) continue;
            json_put(out, k ? ",[" : "[");
            json_put_number(out, s->rows[at].other);
            json_put(out, ",");
            json_put_number(out, s->rows[at].n);
            json_put(out, "]");
        }
        json_put(out, "]");
    }
    json_put(out, "]");
}

static void all_put(json_line *out, sites *s) {
    const model *m = s->m;
    json_put(out, "{\"name\":[");
    for (size_t i = 0; i < m->sites.n; i++) {
        json_put_next(out, i);
        json_put_cut(out, m->sites.names[m->site_order[i]], TITLE_MOST);
    }
    json_put(out, "],\"articles\":[");
    for (size_t i = 0; i < m->sites.n; i++) {
        json_put_next(out, i);
        json_put_number(out, m->site_articles[m->site_order[i]]);
    }
    json_put(out, "]");
    column_put(out, "stubs", s->stubs, m->sites.n);
    column_put(out, "originals", s->originals, m->sites.n);
    column_put(out, "copies", s->copies, m->sites.n);
    column_put(out, "credited", s->credited, m->sites.n);
    column_put(out, "uncredited", s->uncredited, m->sites.n);
    column_put(out, "copied", s->copied, m->sites.n);
    flow_put(out, "from", s);
    rows_turn(s);
    flow_put(out, "to", s);
    json_put(out, "}");
}

flong_status sites_put(json_line *out, const model *m, flong_error *error) {
    size_t n = m->sites.n;
    uint64_t *counts = mem_new(6 * n, sizeof *counts);
    if (!counts) return error_nomem(error);
    sites s = {.m = m,
               .stubs = counts,
               .originals = counts + n,
               .copies = counts + 2 * n,
               .credited = counts + 3 * n,
               .uncredited = counts + 4 * n,
               .copied = counts + 5 * n};
    bool counted = sites_count(&s);
    if (counted) {
        rows_unite(&s);
        all_put(out, &s);
    }
    mem_free(counts);
    mem_free(s.rows);
    return counted ? put_end(out, error) : error_nomem(error);
}
