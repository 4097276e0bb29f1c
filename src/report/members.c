/* The articles of stories, with what each has to do with the others. */
#include <string.h>

#include "report/parts.h"

/* What is being written. */
typedef struct telling {
    json_line *out;
    const model *m;
    report_source *source;
    uint32_t story;
    bool any; /* a pair stands there already */
} telling;

/* A share, or null where it is not known. */
static void share_put(json_line *out, bool known, uint16_t parts) {
    if (known)
        json_put_share(out, parts / 10000.);
    else
        json_put(out, "null");
}

static bool has_overlap(flong_relation relation) {
    return relation != FLONG_RELATION_REWRITE && relation != FLONG_RELATION_RELATED;
}

static void number_put(json_line *out, uint32_t number) {
    if (number == MODEL_NONE)
        json_put(out, "null");
    else
        json_put_number(out, number);
}

static void text_put(json_line *out, flong_str text) {
    if (text.n)
        json_put_text(out, text);
    else
        json_put(out, "null");
}

/* ---- articles ---------------------------------------------------------------------------- */

static void wire_put(json_line *out, const flong_wire *wire) {
    json_put(out, ",\"wire\":");
    if (wire->credit.n + wire->place.n == 0) {
        json_put(out, "null");
        return;
    }
    json_put(out, "{\"agency\":");
    text_put(out, wire->agency);
    json_put(out, ",\"credit\":");
    text_put(out, wire->credit);
    json_put(out, ",\"place\":");
    text_put(out, wire->place);
    json_put(out, "}");
}

static void scores_put(json_line *out, const model_article *a) {
    bool overlap = a->of != MODEL_NONE && has_overlap((flong_relation)a->relation);
    json_put(out, ",\"jaccard\":");
    share_put(out, overlap, a->jaccard);
    json_put(out, ",\"contained\":");
    share_put(out, overlap, a->contained);
    json_put(out, ",\"contains\":");
    share_put(out, overlap, a->contains);
    json_put(out, ",\"similarity\":");
    share_put(out, a->similarity > 0, a->similarity);
}

static flong_status article_put(const telling *t, uint32_t no, flong_error *error) {
    json_line *out = t->out;
    const model_article *a = &t->m->articles[no];
    source_strings strings;
    TRY(t->source->strings(t->source, &strings, no, error));
    json_put(out, "{\"id\":");
    json_put_text(out, strings.id);
    json_put(out, ",\"url\":");
    text_put(out, strings.url);
    json_put(out, ",\"site\":");
    number_put(out, model_site(t->m, a->site));
    json_put(out, ",\"title\":");
    json_put_cut(out, strings.title, TITLE_MOST);
    wire_put(out, &strings.wire);
    json_put(out, ",\"published\":");
    json_put_date(out, a->published);
    json_put(out, ",\"relation\":");
    json_put_number(out, a->relation);
    json_put(out, ",\"of\":");
    number_put(out, a->of == MODEL_NONE ? MODEL_NONE : model_place(t->m, t->story, a->of));
    scores_put(out, a);
    json_put(out, a->credited < 0 ? ",\"credited\":null"
                  : a->credited   ? ",\"credited\":true"
                                  : ",\"credited\":false");
    json_put(out, ",\"furniture\":");
    share_put(out, true, a->furniture);
    json_put(out, "}");
    return FLONG_OK;
}

/* The texts of a story: its members stand by text group. */
static flong_status texts_put(const telling *t, const model_story *s, flong_error *error) {
    const uint32_t *members = t->m->members + s->first;
    for (uint32_t i = 0; i < s->n; i++) {
        const model_article *a = &t->m->articles[members[i]];
        bool begins = i == 0 || t->m->articles[members[i - 1]].text_no != a->text_no;
        if (begins) {
            const model_article *group = &t->m->articles[a->text_no];
            source_strings strings;
            TRY(t->source->strings(t->source, &strings, a->text_no, error));
            json_put(t->out, i ? "]},{\"id\":" : "{\"id\":");
            json_put_text(t->out, strings.id);
            json_put(t->out, ",\"weakest\":");
            share_put(t->out, group->size > 1, group->weakest);
            json_put(t->out, ",\"articles\":[");
        } else {
            json_put(t->out, ",");
        }
        TRY(article_put(t, members[i], error));
    }
    json_put(t->out, "]}");
    return FLONG_OK;
}

/* ---- pairs ------------------------------------------------------------------------------- */

static uint16_t parts(double share) {
    return (uint16_t)((share > 0 ? share < 1 ? share : 1 : 0) * 10000 + .5);
}

static void terms_put(json_line *out, flong_str terms) {
    json_put(out, ",[");
    for (size_t from = 0; from < terms.n;) {
        const char *end = memchr(terms.p + from, '\n', terms.n - from);
        size_t n = end ? (size_t)(end - terms.p) - from : terms.n - from;
        json_put_next(out, from);
        json_put_cut(out, (flong_str){terms.p + from, n}, TITLE_MOST);
        from += n + 1;
    }
    json_put(out, "]");
}

static void spans_put(json_line *out, const flong_span *spans, size_t n) {
    json_put(out, ",[");
    for (size_t i = 0; i < n; i++) {
        const uint64_t ends[] = {spans[i].a_begin, spans[i].a_end, spans[i].b_begin, spans[i].b_end};
        json_put(out, i ? ",[" : "[");
        for (size_t k = 0; k < 4; k++) {
            json_put_next(out, k);
            json_put_number(out, ends[k]);
        }
        json_put(out, "]");
    }
    json_put(out, "]");
}

static bool is_guest(const telling *t, uint32_t place) { return place >= t->m->stories[t->story].n; }

static flong_status pair_put(void *context, const source_pair *pair, flong_error *error) {
    telling *t = context;
    json_line *out = t->out;
    const flong_score *score = &pair->score;
    const double overlap[] = {score->jaccard, score->a_in_b, score->b_in_a};
    (void)error;
    if (pair->a >= t->m->n || pair->b >= t->m->n) return FLONG_OK;
    uint32_t a = model_place(t->m, t->story, pair->a), b = model_place(t->m, t->story, pair->b);
    if (a == MODEL_NONE || b == MODEL_NONE || (is_guest(t, a) && is_guest(t, b))) return FLONG_OK;
    json_put(out, t->any ? ",[" : "[");
    t->any = true;
    json_put_number(out, a);
    json_put(out, ",");
    json_put_number(out, b);
    json_put(out, ",");
    json_put_number(out, (uint64_t)score->relation);
    for (int i = 0; i < 3; i++) {
        json_put(out, ",");
        share_put(out, has_overlap(score->relation), parts(overlap[i]));
    }
    json_put(out, ",");
    json_put_number(out, score->longest_run);
    json_put(out, ",");
    share_put(out, score->similarity > 0, parts(score->similarity));
    terms_put(out, pair->terms);
    spans_put(out, pair->spans, pair->n_spans);
    uint32_t site = t->m->articles[pair->a].site;
    json_put(out, site != MODEL_NONE && site == t->m->articles[pair->b].site ? ",1]" : ",0]");
    return FLONG_OK;
}

static flong_status story_put(telling *t, flong_error *error) {
    const model_story *s = &t->m->stories[t->story];
    const uint32_t *guests = t->m->guests + s->first_guest;
    json_put(t->out, "{\"texts\":[");
    TRY(texts_put(t, s, error));
    json_put(t->out, "],\"guests\":[");
    for (uint32_t i = 0; i < s->n_guests; i++) {
        json_put_next(t->out, i);
        TRY(article_put(t, guests[i], error));
    }
    json_put(t->out, "],\"pairs\":[");
    t->any = false;
    for (uint32_t i = 0; i < s->n; i++)
        TRY(t->source->pairs_of(t->source, t->m->members[s->first + i], pair_put, t, error));
    for (uint32_t i = 0; i < s->n_guests; i++)
        TRY(t->source->pairs_of(t->source, guests[i], pair_put, t, error));
    json_put(t->out, "]}");
    return FLONG_OK;
}

flong_status members_put(json_line *out, const model *m, report_source *source, uint32_t first, uint32_t end,
                         flong_error *error) {
    telling t = {.out = out, .m = m, .source = source};
    json_put(out, "{\"stories\":[");
    for (t.story = first; t.story < end; t.story++) {
        if (t.story > first) json_put(out, ",");
        TRY(story_put(&t, error));
    }
    json_put(out, "]}");
    return put_end(out, error);
}
