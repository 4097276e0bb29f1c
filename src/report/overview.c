/* The whole in numbers: counts, and the values of the plots. */
#include <stdlib.h>
#include <string.h>

#include "report/parts.h"

enum { BINS = 25, RELATIONS = FLONG_RELATION_STUB + 1 };

/* Upper ends of the bins of time between a telling and its copy, in hours; the last bin has none. */
static const uint32_t lag_ends[] = {1,  2,  3,  4,   6,   8,   12,  18,  24,   36,
                                    48, 72, 96, 120, 144, 168, 336, 720, 2160, 8760};
enum { LAGS = sizeof lag_ends / sizeof *lag_ends };

typedef struct overview {
    const model *m;
    uint64_t relations[RELATIONS]; /* of articles */
    uint64_t pair_relations[RELATIONS], pairs;
    uint64_t text_groups, grouped, credited, uncredited, undated;
    int64_t first, last;
    uint64_t lags[LAGS + 1], alike[BINS], rewrites[BINS], related[BINS];
    uint32_t *sizes; /* sorted sizes of text groups of two or more */
    int64_t *days;   /* two times the day, and 1 more for copies; sorted */
    size_t n_days;
    int64_t step; /* days in a row of that plot */
} overview;

/* ---- gathering --------------------------------------------------------------------------- */

static size_t bin_of(double share) {
    unsigned parts = share > 0 ? (unsigned)((share < 1 ? share : 1) * 10000 + .5) : 0; /* as it is written */
    return parts < 10000 ? (size_t)parts * BINS / 10000 : BINS - 1;
}

static flong_status pair_count(void *context, const source_pair *pair, flong_error *error) {
    overview *o = context;
    const flong_score *score = &pair->score;
    (void)error;
    o->pairs++;
    if ((unsigned)score->relation < RELATIONS) o->pair_relations[score->relation]++;
    if (score->relation == FLONG_RELATION_REWRITE)
        o->rewrites[bin_of(score->similarity)]++;
    else if (score->relation == FLONG_RELATION_RELATED)
        o->related[bin_of(score->similarity)]++;
    else
        o->alike[bin_of(score->jaccard)]++;
    return FLONG_OK;
}

static int64_t day_of(int64_t seconds) { return seconds / 86400 - (seconds % 86400 < 0); }

static void lag_count(overview *o, int64_t from, int64_t to) {
    size_t bin = 0;
    uint64_t hours = ((uint64_t)to - (uint64_t)from + 3599) / 3600;
    while (bin < LAGS && hours > lag_ends[bin]) bin++;
    o->lags[bin]++;
}

static void article_count(overview *o, uint32_t no) {
    const model_article *a = &o->m->articles[no];
    uint32_t original = model_group(o->m, no)->original;
    if (a->relation < RELATIONS) o->relations[a->relation]++;
    o->credited += a->credited == 1;
    o->uncredited += a->credited == 0;
    if (a->published == FLONG_NO_DATE) {
        o->undated++;
        return;
    }
    if (o->first == FLONG_NO_DATE || a->published < o->first) o->first = a->published;
    if (o->last == FLONG_NO_DATE || a->published > o->last) o->last = a->published;
    if (a->relation == FLONG_RELATION_STUB) return;
    o->days[o->n_days++] = 2 * day_of(a->published) + (original != no);
    if (original != no)
        lag_count(o, o->m->articles[original].published, a->published); /* that has a date, too */
}

static int by_size(const void *a, const void *b) {
    uint32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

static int by_day(const void *a, const void *b) {
    int64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

/* Where the row of `step` days begins that one of overview.days is in, as it is there. */
static int64_t row_begin(int64_t day, int64_t step) {
    int64_t into = day % (2 * step);
    return day - (into < 0 ? into + 2 * step : into);
}

/* As many days to a row as it takes for some rows at most: 1, a week, four weeks, and so on. */
static void step_find(overview *o) {
    enum { ROWS_MOST = 2000 };
    size_t rows = ROWS_MOST + 1;
    for (o->step = 1; rows > ROWS_MOST; o->step *= o->step == 1 ? 7 : 4) {
        rows = 0;
        for (size_t i = 0; i < o->n_days; i++)
            rows += i == 0 || row_begin(o->days[i], o->step) != row_begin(o->days[i - 1], o->step);
        if (rows <= ROWS_MOST) return;
    }
}

static flong_status overview_gather(overview *o, report_source *source, flong_error *error) {
    const model *m = o->m;
    o->first = o->last = FLONG_NO_DATE;
    o->sizes = mem_new(m->live, sizeof *o->sizes);
    o->days = mem_new(m->live, sizeof *o->days);
    if (!o->sizes || !o->days) return error_nomem(error);
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->articles[i].text_no == MODEL_NONE) continue;
        article_count(o, i);
        if (m->articles[i].size < 2) continue;
        o->sizes[o->text_groups++] = m->articles[i].size;
        o->grouped += m->articles[i].size;
    }
    if (o->text_groups) qsort(o->sizes, o->text_groups, sizeof *o->sizes, by_size);
    if (o->n_days) qsort(o->days, o->n_days, sizeof *o->days, by_day);
    step_find(o);
    return source->pairs(source, pair_count, o, error);
}

/* ---- writing ----------------------------------------------------------------------------- */

static void count_put(json_line *out, const char *name, uint64_t value) {
    json_put(out, out->bytes.n && out->bytes.p[out->bytes.n - 1] == '{' ? "\"" : ",\"");
    json_put(out, name);
    json_put(out, "\":");
    json_put_number(out, value);
}

static void counts_put(json_line *out, const overview *o, const source_facts *facts) {
    json_put(out, "\"counts\":{");
    count_put(out, "articles", o->m->live);
    count_put(out, "sites", o->m->sites.n);
    count_put(out, "text_groups", o->text_groups);
    count_put(out, "grouped", o->grouped);
    count_put(out, "stories", o->m->n_told);
    count_put(out, "stubs", o->relations[FLONG_RELATION_STUB]);
    if (facts->pairs_known)
        count_put(out, "pairs", o->pairs);
    else
        json_put(out, ",\"pairs\":null");
    for (int i = FLONG_RELATION_IDENTICAL; i <= FLONG_RELATION_SINGLE; i++)
        count_put(out, flong_relation_name((flong_relation)i), o->relations[i]);
    count_put(out, "credited", o->credited);
    count_put(out, "uncredited", o->uncredited);
    count_put(out, "undated", o->undated);
    if (facts->counted) {
        count_put(out, "hot_keys", facts->hot_keys);
        count_put(out, "bridges", facts->bridges);
    } else {
        json_put(out, ",\"hot_keys\":null,\"bridges\":null");
    }
    json_put(out, "},\"pair_relations\":{");
    for (int i = FLONG_RELATION_IDENTICAL; i <= FLONG_RELATION_RELATED; i++)
        count_put(out, flong_relation_name((flong_relation)i), o->pair_relations[i]);
    json_put(out, "}");
}

/* A whole number, or a share. */
static void param_put(json_line *out, const char *name, double value) {
    json_put(out, out->bytes.n && out->bytes.p[out->bytes.n - 1] == '{' ? "\"" : ",\"");
    json_put(out, name);
    json_put(out, "\":");
    if (value == (double)(uint32_t)value)
        json_put_number(out, (uint32_t)value);
    else
        json_put_share(out, value);
}

static void params_put(json_line *out, const flong_params *params) {
    json_put(out, "\"params\":{");
#define PARAM_PUT(type, name, def, min, max, meaning)                                                        \
    if (params) param_put(out, #name, (double)params->name);
    FLONG_PARAMS_MAP(PARAM_PUT)
#undef PARAM_PUT
    json_put(out, "}");
}

static void agencies_put(json_line *out, const model *m) {
    json_put(out, "\"agencies\":[");
    for (size_t i = 0; i < m->agencies.n; i++) {
        json_put(out, i ? ",[" : "[");
        json_put_text(out, m->agencies.names[m->agency_order[i]]);
        json_put(out, ",");
        json_put_number(out, m->agency_articles[m->agency_order[i]]);
        json_put(out, "]");
    }
    json_put(out, "]");
}

static void sizes_put(json_line *out, const overview *o) {
    json_put(out, "\"sizes\":[");
    for (size_t i = 0, next = 0; i < o->text_groups; i = next) {
        while (next < o->text_groups && o->sizes[next] == o->sizes[i]) next++;
        json_put(out, i ? ",[" : "[");
        json_put_number(out, o->sizes[i]);
        json_put(out, ",");
        json_put_number(out, next - i);
        json_put(out, "]");
    }
    json_put(out, "]");
}

static void days_put(json_line *out, const overview *o) {
    json_put(out, "\"step\":");
    json_put_integer(out, o->step);
    json_put(out, ",\"days\":[");
    for (size_t i = 0; i < o->n_days;) {
        int64_t first = row_begin(o->days[i], o->step);
        uint64_t counts[2] = {0, 0};
        json_put(out, i ? ",[" : "[");
        json_put_integer(out, first / 2);
        for (; i < o->n_days && row_begin(o->days[i], o->step) == first; i++) counts[o->days[i] & 1]++;
        json_put(out, ",");
        json_put_number(out, counts[0]);
        json_put(out, ",");
        json_put_number(out, counts[1]);
        json_put(out, "]");
    }
    json_put(out, "]");
}

static void lags_put(json_line *out, const overview *o) {
    json_put(out, "\"lags\":[");
    for (size_t i = 0; i <= LAGS; i++) {
        json_put(out, i ? ",[" : "[");
        if (i < LAGS)
            json_put_number(out, lag_ends[i]);
        else
            json_put(out, "null");
        json_put(out, ",");
        json_put_number(out, o->lags[i]);
        json_put(out, "]");
    }
    json_put(out, "]");
}

/* One row a bin: where it begins, and n counts. */
static void bins_put(json_line *out, const char *name, const uint64_t *const counts[], size_t n) {
    json_put(out, "\"");
    json_put(out, name);
    json_put(out, "\":[");
    for (size_t i = 0; i < BINS; i++) {
        json_put(out, i ? ",[" : "[");
        json_put_share(out, (double)i / BINS);
        for (size_t k = 0; k < n; k++) {
            json_put(out, ",");
            json_put_number(out, counts[k][i]);
        }
        json_put(out, "]");
    }
    json_put(out, "]");
}

static void plots_put(json_line *out, const overview *o) {
    const uint64_t *const alike[] = {o->alike}, *const told[] = {o->rewrites, o->related};
    json_put(out, "\"plots\":{");
    sizes_put(out, o);
    json_put(out, ",");
    days_put(out, o);
    json_put(out, ",");
    lags_put(out, o);
    json_put(out, ",");
    bins_put(out, "similarity", alike, 1);
    json_put(out, ",");
    bins_put(out, "rewrites", told, 2);
    json_put(out, "}");
}

static void all_put(json_line *out, const overview *o, const source_facts *facts, flong_str name) {
    json_put(out, "{\"flong\":\"");
    json_put(out, flong_version());
    json_put(out, "\",\"source\":");
    json_put_cut(out, name, TITLE_MOST);
    json_put(out, ",");
    params_put(out, facts->params);
    json_put(out, ",");
    counts_put(out, o, facts);
    json_put(out, ",\"furniture\":");
    json_put_share(out, o->m->tokens > 0 ? o->m->furniture / o->m->tokens : 0);
    json_put(out, ",\"first\":");
    json_put_date(out, o->first);
    json_put(out, ",\"last\":");
    json_put_date(out, o->last);
    json_put(out, ",");
    agencies_put(out, o->m);
    json_put(out, ",");
    plots_put(out, o);
    json_put(out, "}");
}

flong_status overview_put(json_line *out, const model *m, report_source *source, flong_str name,
                          flong_error *error) {
    overview o = {.m = m};
    source_facts facts;
    flong_status status = source->facts(source, &facts, error);
    if (status == FLONG_OK) status = overview_gather(&o, source, error);
    if (status == FLONG_OK) {
        all_put(out, &o, &facts, name);
        status = put_end(out, error);
    }
    mem_free(o.sizes);
    mem_free(o.days);
    return status;
}
