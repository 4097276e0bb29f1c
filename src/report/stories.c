/* The list of stories, column by column. */
#include <stdlib.h>
#include <string.h>

#include "report/parts.h"

enum { AGENCIES_MOST = 16 };

typedef struct listing {
    json_line *out;
    const model *m;
} listing;

static void name_put(json_line *out, const char *name) {
    json_put(out, out->bytes.n == 1 ? "\"" : ",\"");
    json_put(out, name);
    json_put(out, "\":[");
}

/* X(name, expression on `s`) */
#define COUNTS_MAP(X)                                                                                        \
    X("articles", s->n)                                                                                      \
    X("texts", s->texts)                                                                                     \
    X("sites", s->sites)                                                                                     \
    X("independent", s->independent)                                                                         \
    X("relations", s->relations)                                                                             \
    X("credited", s->credited)                                                                               \
    X("uncredited", s->uncredited)

static void counts_put(const listing *l) {
#define COLUMN_PUT(name, value)                                                                              \
    name_put(l->out, name);                                                                                  \
    for (size_t i = 0; i < l->m->n_stories; i++) {                                                           \
        const model_story *s = &l->m->stories[i];                                                            \
        json_put_next(l->out, i);                                                                            \
        json_put_number(l->out, value);                                                                      \
    }                                                                                                        \
    json_put(l->out, "]");
    COUNTS_MAP(COLUMN_PUT)
#undef COLUMN_PUT
}

static flong_status titles_put(const listing *l, report_source *source, flong_error *error) {
    name_put(l->out, "title");
    for (size_t i = 0; i < l->m->n_stories; i++) {
        source_strings strings;
        TRY(source->strings(source, &strings, l->m->stories[i].opening, error));
        json_put_next(l->out, i);
        json_put_cut(l->out, strings.title, TITLE_MOST);
    }
    json_put(l->out, "]");
    return FLONG_OK;
}

static void dates_put(const listing *l, const char *name, bool last) {
    name_put(l->out, name);
    for (size_t i = 0; i < l->m->n_stories; i++) {
        json_put_next(l->out, i);
        json_put_date(l->out, last ? l->m->stories[i].to : l->m->stories[i].from);
    }
    json_put(l->out, "]");
}

/* The agencies that most articles of a story name, those first; returns how many. */
static size_t agencies_find(const model *m, const model_story *s, uint32_t found[AGENCIES_MOST]) {
    uint32_t counts[AGENCIES_MOST];
    size_t n = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t agency = m->articles[m->members[s->first + i]].agency;
        size_t k = 0;
        if (agency == MODEL_NONE) continue;
        while (k < n && found[k] != agency) k++;
        if (k == AGENCIES_MOST) continue;
        if (k == n) found[k] = agency, counts[n++] = 0;
        counts[k]++;
        for (; k > 0 && counts[k] > counts[k - 1]; k--) {
            uint32_t up = found[k], count = counts[k];
            found[k] = found[k - 1], counts[k] = counts[k - 1];
            found[k - 1] = up, counts[k - 1] = count;
        }
    }
    return n;
}

static int by_number(const void *a, const void *b) {
    uint32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

/* The sites of a story, as they are written, each once, ascending; returns how many. */
static size_t sites_find(const model *m, const model_story *s, uint32_t *found) {
    size_t n = 0, kept = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t site = model_site(m, m->articles[m->members[s->first + i]].site);
        if (site != MODEL_NONE) found[n++] = site;
    }
    if (n) qsort(found, n, sizeof *found, by_number);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || found[i] != found[kept - 1]) found[kept++] = found[i];
    return kept;
}

static void list_put(json_line *out, const uint32_t *numbers, size_t n) {
    json_put(out, "[");
    for (size_t i = 0; i < n; i++) {
        json_put_next(out, i);
        json_put_number(out, numbers[i]);
    }
    json_put(out, "]");
}

/* `found` has room for the sites of every story. */
static void lists_put(const listing *l, uint32_t *found) {
    uint32_t agencies[AGENCIES_MOST];
    name_put(l->out, "agency");
    for (size_t i = 0; i < l->m->n_stories; i++) {
        size_t n = agencies_find(l->m, &l->m->stories[i], agencies);
        for (size_t k = 0; k < n; k++) agencies[k] = l->m->agency_to[agencies[k]];
        json_put_next(l->out, i);
        list_put(l->out, agencies, n);
    }
    json_put(l->out, "]");
    name_put(l->out, "site_list");
    for (size_t i = 0; i < l->m->n_stories; i++) {
        json_put_next(l->out, i);
        list_put(l->out, found, sites_find(l->m, &l->m->stories[i], found));
    }
    json_put(l->out, "]");
}

static void blocks_put(const listing *l, const char *name, const uint32_t *blocks, size_t n) {
    name_put(l->out, name);
    for (size_t i = 0; i < n; i++) {
        json_put_next(l->out, i);
        json_put_number(l->out, blocks[i]);
    }
    json_put(l->out, "]");
}

flong_status stories_put(json_line *out, const model *m, report_source *source, const uint32_t *blocks,
                         size_t n, flong_error *error) {
    listing l = {out, m};
    uint32_t *found = mem_new(m->n_stories ? m->stories[0].n : 0, sizeof *found);
    if (!found) return error_nomem(error);
    json_put(out, "{");
    flong_status status = titles_put(&l, source, error);
    if (status == FLONG_OK) {
        counts_put(&l);
        dates_put(&l, "first", false);
        dates_put(&l, "last", true);
        lists_put(&l, found);
        blocks_put(&l, "members_from", blocks, n);
        blocks_put(&l, "texts_from", blocks, n);
        json_put(out, "}");
        status = put_end(out, error);
    }
    mem_free(found);
    return status;
}
