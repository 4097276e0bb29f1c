/* Articles with their texts, as flong reads them: of an index, or as an index would. */
#include "base/str.h"
#include "flow/view.h"
#include "input/site.h"

/* Who is told. */
typedef struct showing {
    flong_reading_fn fn;
    void *context;
} showing;

/* Tells of the article in the view; its memory takes what is not in the record. */
static flong_status view_tell(article_view *v, const flong_record *record, const showing *s,
                              flong_error *error) {
    if (!marks_find(&v->marks, &v->article, v->title.n, v->text, MARKS_ALL)) return error_nomem(error);
    const article *a = &v->article;
    flong_reading reading = {.record = *record,
                             .wire = {.credit = v->credit.credit, .place = v->credit.place},
                             .tokens = a->tokens.n,
                             .furniture = a->n_furniture,
                             .kept = a->n_left,
                             .stub = a->stub,
                             .marks = v->marks.marks,
                             .n_marks = v->marks.n};
    if (v->credit.agency) reading.wire.agency = agency_name(v->credit.agency);
    reading.record.title = v->title;
    reading.record.text = v->text;
    return s->fn(s->context, &reading) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

/* A copy of what an article's row says, as the callback may use the index. */
static bool record_copy(arena *memory, flong_record *out, const flong_record *row) {
    *out = (flong_record){.published = row->published};
    return str_copy(memory, &out->id, row->id) && str_copy(memory, &out->url, row->url) &&
           str_copy(memory, &out->site, row->site) && str_copy(memory, &out->author, row->author) &&
           str_copy(memory, &out->lang, row->lang);
}

static flong_status number_show(article_view *v, flong_index *index, uint64_t no, const showing *s,
                                flong_error *error) {
    article_row row;
    bool found;
    flong_record record;
    TRY(view_load(v, index, no, error));
    TRY(article_get(index->store, &row, &found, no, error)); /* it was there a moment ago */
    if (!record_copy(&v->worker.memory, &record, &row.record)) return error_nomem(error);
    return view_tell(v, &record, s, error);
}

static flong_status ids_show(article_view *v, flong_index *index, const flong_str *ids, size_t n,
                             const showing *s, flong_error *error) {
    for (size_t i = 0; i < n; i++) {
        uint64_t no;
        TRY(index_lookup_needed(index, &no, ids[i], error));
        TRY(number_show(v, index, no, s, error));
    }
    return FLONG_OK;
}

/* One article after the other, so that no statement is open while the callback runs. */
static flong_status all_show(article_view *v, flong_index *index, const showing *s, flong_error *error) {
    uint64_t next = 0;
    for (;;) {
        article_row row;
        bool found;
        TRY(article_next(index->store, &row, &found, next, error));
        if (!found) return FLONG_OK;
        next = row.no + 1;
        TRY(number_show(v, index, row.no, s, error));
    }
}

flong_status flong_index_texts(flong_index *index, const flong_str *ids, size_t n, flong_reading_fn fn,
                               void *context, flong_error *error) {
    showing s = {fn, context};
    article_view v = {0};
    TRY(index_read_begin(index, error));
    flong_status status = ids ? ids_show(&v, index, ids, n, &s, error) : all_show(&v, index, &s, error);
    index_read_end(index);
    view_free(&v);
    return status;
}

static flong_status record_show(article_view *v, flong_index *index, const flong_record *record,
                                const showing *s, flong_error *error) {
    uint64_t no;
    bool indexed;
    TRY(index_lookup(index, &no, &indexed, record->id, error));
    if (indexed) TRY(view_load(v, index, no, error));
    if (!indexed || !view_has(v, record)) TRY(view_query(v, index, record, error));
    return view_tell(v, record, s, error);
}

flong_status flong_index_read(flong_index *index, const flong_record *record, flong_reading_fn fn,
                              void *context, flong_error *error) {
    char host[SITE_HOST_MAX];
    flong_record complete = *record;
    showing s = {fn, context};
    complete.site = record_site(host, record);
    TRY(index_read_begin(index, error));
    article_view *v = view_take(index);
    flong_status status = v ? record_show(v, index, &complete, &s, error) : error_nomem(error);
    if (v) view_return(index, v, status == FLONG_OK, record->title.n + record->text.n);
    index_read_end(index);
    return status;
}
