/* What was dropped as furniture from the articles of a site. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "flow/view.h"
#include "text/domain.h"

typedef struct dropped_line {
    uint64_t hash; /* of the unit; 0: a free place */
    uint64_t times;
    size_t begin, n; /* of its text in the collection's bytes */
} dropped_line;

typedef struct collection {
    flong_index *index;
    flong_str domain;
    article_view view;
    dropped_line *lines; /* open addressing */
    size_t n, n_places;
    buffer text, numbers; /* numbers: of the domain's articles */
} collection;

static dropped_line *line_place(dropped_line *lines, size_t n_places, uint64_t hash) {
    size_t at = hash & (n_places - 1);
    while (lines[at].hash && lines[at].hash != hash) at = (at + 1) & (n_places - 1);
    return &lines[at];
}

static bool lines_widen(collection *c) {
    size_t n_places = c->n_places ? c->n_places * 2 : 256;
    dropped_line *lines = mem_new(n_places, sizeof *lines);
    if (!lines) return false;
    for (size_t i = 0; i < c->n_places; i++)
        if (c->lines[i].hash) *line_place(lines, n_places, c->lines[i].hash) = c->lines[i];
    mem_free(c->lines);
    c->lines = lines;
    c->n_places = n_places;
    return true;
}

static bool unit_collect(collection *c, const unit *u) {
    if (c->n * 2 >= c->n_places && !lines_widen(c)) return false;
    uint64_t hash = u->hash ? u->hash : 1;
    dropped_line *line = line_place(c->lines, c->n_places, hash);
    if (!line->hash) {
        flong_str text = view_unit(&c->view, u);
        *line = (dropped_line){.hash = hash, .begin = c->text.n, .n = text.n};
        if (!buffer_append(&c->text, text.p, text.n)) return false;
        c->n++;
    }
    line->times++;
    return true;
}

static flong_status number_collect(void *context, const article_row *row, flong_error *error) {
    collection *c = context;
    if (!str_equal(site_domain(row->record.site), c->domain)) return FLONG_OK;
    return buffer_append(&c->numbers, &row->no, sizeof row->no) ? FLONG_OK : error_nomem(error);
}

static flong_status lines_collect(collection *c, flong_error *error) {
    TRY(article_each(c->index->store, 0, number_collect, c, error));
    for (size_t i = 0; i < c->numbers.n / sizeof(uint64_t); i++) {
        uint64_t no;
        memcpy(&no, c->numbers.p + i * sizeof no, sizeof no);
        TRY(view_load(&c->view, c->index, no, error));
        for (size_t u = 0; u < c->view.article.n_units; u++)
            if (c->view.article.units[u].furniture && !unit_collect(c, &c->view.article.units[u]))
                return error_nomem(error);
    }
    return FLONG_OK;
}

static int line_compare(const void *a, const void *b) {
    const dropped_line *x = a, *y = b;
    if (x->times != y->times) return x->times > y->times ? -1 : 1;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static flong_status lines_tell(collection *c, flong_furniture_fn fn, void *context, flong_error *error) {
    size_t n = 0;
    for (size_t i = 0; i < c->n_places; i++)
        if (c->lines[i].hash) c->lines[n++] = c->lines[i];
    if (n) qsort(c->lines, n, sizeof *c->lines, line_compare);
    for (size_t i = 0; i < n; i++) {
        flong_furniture line = {{c->text.p + c->lines[i].begin, c->lines[i].n}, c->lines[i].times};
        if (fn(context, &line) != 0) return error_set(error, FLONG_STOPPED, "stopped");
    }
    return FLONG_OK;
}

flong_status flong_index_furniture(flong_index *index, flong_str site, flong_furniture_fn fn, void *context,
                                   flong_error *error) {
    collection c = {.index = index, .domain = site_domain(site)};
    TRY(index_read_begin(index, error));
    flong_status status = lines_collect(&c, error);
    if (status == FLONG_OK) status = lines_tell(&c, fn, context, error);
    index_read_end(index);
    view_free(&c.view);
    mem_free(c.lines);
    buffer_free(&c.text);
    buffer_free(&c.numbers);
    return status;
}
