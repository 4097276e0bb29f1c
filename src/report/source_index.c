/* An index as the source of a page. */
#include <string.h>

#include "base/str.h"
#include "flow/articles.h"
#include "flow/pairs.h"
#include "report/source.h"
#include "text/marks.h"

/* What a thread reads texts with. */
typedef struct reader {
    article_view view;
    mark_list marks;
} reader;

typedef struct index_source {
    report_source calls;
    flong_index *index;
    reader *readers;
    unsigned threads;
} index_source;

static index_source *own(report_source *self) { return (index_source *)(void *)self; }

static flong_status facts_get(report_source *self, source_facts *out, flong_error *error) {
    flong_index *index = own(self)->index;
    *out = (source_facts){
        .params = store_params(index->store), .pairs_known = true, .counted = true, .hot_keys = index->hot};
    return store_query_number(index->store, &out->bridges,
                              "SELECT count(*) FROM event_row WHERE kind = 'bridge'", error);
}

/* ---- articles ---------------------------------------------------------------------------- */

typedef struct article_telling {
    source_article_fn fn;
    void *context;
} article_telling;

static flong_status article_tell(void *context, article_walk *walk, const article_row *row, uint32_t at,
                                 int credited, flong_error *error) {
    const article_telling *t = context;
    const results *r = &walk->results;
    const place *p = &r->places[at];
    source_article told = {.no = (uint32_t)row->no,
                           .text_no = p->text_no,
                           .story_no = results_story(r, at),
                           .of = p->of == NOTHING ? SOURCE_NONE : p->of,
                           .published = row->record.published,
                           .site = row->record.site,
                           .agency = row->wire.agency,
                           .credited = credited,
                           .furniture = row->all_tokens ? row->furniture / (double)row->all_tokens : 0,
                           .tokens = row->all_tokens,
                           .weakest = (double)r->places[p->text_no].weakest};
    if (p->of != NOTHING) told.score = p->score;
    told.score.relation = results_relation(r, at);
    return t->fn(t->context, &told, error);
}

static flong_status articles_get(report_source *self, source_article_fn fn, void *context,
                                 flong_error *error) {
    article_telling t = {fn, context};
    return articles_walk(own(self)->index, NULL, article_tell, &t, error);
}

static flong_status strings_get(report_source *self, source_strings *out, uint32_t no, flong_error *error) {
    store *s = own(self)->index->store;
    article_row row;
    bool found;
    TRY(article_get(s, &row, &found, no, error));
    if (!found)
        return error_set(error, FLONG_DAMAGED, "%s: article %u is missing; make the index anew",
                         store_path(s), no);
    *out = (source_strings){row.record.id, row.record.url, row.record.title, row.wire};
    return FLONG_OK;
}

/* ---- pairs ------------------------------------------------------------------------------- */

typedef struct pair_telling {
    source_pair_fn fn;
    void *context;
    bool whole; /* with spans and terms */
} pair_telling;

static flong_status pair_tell(void *context, const pair_row *row, flong_error *error) {
    const pair_telling *t = context;
    span spans[SPANS_MOST];
    flong_span shown[SPANS_MOST];
    source_pair told = {.a = (uint32_t)row->a, .b = (uint32_t)row->b, .score = row->score};
    if (t->whole) {
        told.terms = row->terms;
        told.spans = shown;
        told.n_spans =
            spans_show(shown, spans, spans_unpack(spans, SPANS_MOST, row->spans, row->n_spans_bytes));
    }
    return t->fn(t->context, &told, error);
}

static flong_status pairs_get(report_source *self, source_pair_fn fn, void *context, flong_error *error) {
    pair_telling t = {fn, context, false};
    return pair_each(own(self)->index->store, pair_tell, &t, error);
}

static flong_status pairs_of_get(report_source *self, uint32_t b, source_pair_fn fn, void *context,
                                 flong_error *error) {
    pair_telling t = {fn, context, true};
    return pair_each_earlier(own(self)->index->store, b, pair_tell, &t, error);
}

/* ---- texts ------------------------------------------------------------------------------- */

/* What is stored of a text. */
typedef struct fetched_text {
    packed_body packed;
    flong_str title;
} fetched_text;

static flong_status text_fetch(report_source *self, void **out, arena *memory, uint32_t no,
                               flong_error *error) {
    store *s = own(self)->index->store;
    fetched_text *fetched = arena_alloc(memory, 1, sizeof *fetched);
    whole_body whole;
    if (!fetched) return error_nomem(error);
    TRY(body_whole(s, &whole, no, error));
    *fetched = (fetched_text){.packed = whole.packed};
    bool copied = str_copy(memory, &fetched->title, whole.title);
    fetched->packed.text = arena_copy(memory, whole.packed.text, whole.packed.n_text);
    fetched->packed.dropped = arena_copy(memory, whole.packed.dropped, whole.packed.n_dropped);
    body_whole_end(s);
    if (!copied || !fetched->packed.text || !fetched->packed.dropped) return error_nomem(error);
    *out = fetched;
    return FLONG_OK;
}

static flong_status text_read(report_source *self, source_text *out, const void *fetched, uint32_t no,
                              unsigned thread, flong_error *error) {
    index_source *s = own(self);
    reader *r = &s->readers[thread];
    const fetched_text *text = fetched;
    *out = (source_text){0};
    if (!view_reread(&r->view, s->index, &text->packed, text->title))
        return worker_failure(&r->view.worker, store_path(s->index->store), no, error);
    if (!view_marks(&r->view, &r->marks, MARKS_LEFT_OUT)) return error_nomem(error);
    *out = (source_text){r->view.text, r->marks.marks, r->marks.n};
    return FLONG_OK;
}

/* ---- opening ----------------------------------------------------------------------------- */

flong_status source_of_index(report_source **out, flong_index *index, unsigned threads, flong_error *error) {
    index_source *s = mem_new(1, sizeof *s);
    reader *readers = mem_new(threads, sizeof *readers);
    if (!s || !readers) {
        mem_free(s);
        mem_free(readers);
        return error_nomem(error);
    }
    *s = (index_source){
        .calls = {facts_get, articles_get, pairs_get, strings_get, pairs_of_get, text_fetch, text_read},
        .index = index,
        .readers = readers,
        .threads = threads};
    *out = &s->calls;
    return FLONG_OK;
}

void source_of_index_close(report_source *self) {
    if (!self) return;
    index_source *s = own(self);
    for (unsigned i = 0; i < s->threads; i++) {
        view_free(&s->readers[i].view);
        mem_free(s->readers[i].marks.marks);
    }
    mem_free(s->readers);
    mem_free(s);
}
