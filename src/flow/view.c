#include "flow/view.h"

#include <inttypes.h>

#include "base/str.h"
#include "text/domain.h"

/* Reads title and text of the article. */
static flong_status view_read(article_view *v, flong_index *index, uint64_t no, flong_error *error) {
    packed_body packed;
    article_row row;
    bool found;
    arena_reset(&v->worker.memory);
    TRY(body_get(index->store, &packed, &v->worker.memory, no, error));
    TRY(article_get(index->store, &row, &found, no, error));
    if (!found)
        return error_set(error, FLONG_DAMAGED, "%s: article %" PRIu64 " is missing; make the index anew",
                         store_path(index->store), no);
    v->title_bytes.n = 0;
    if (!buffer_append(&v->title_bytes, row.record.title.p, row.record.title.n)) return error_nomem(error);
    v->title = (flong_str){v->title_bytes.p, v->title_bytes.n};
    bool read =
        worker_reread(&v->worker, &v->article, &v->credit, &v->text, index->bodies, &packed, v->title);
    return read ? FLONG_OK : worker_failure(&v->worker, store_path(index->store), no, error);
}

/* Makes ready for reading an article. */
static flong_status view_begin(article_view *v, const flong_index *index, flong_error *error) {
    v->loaded = false;
    bool ready = v->worker.params || worker_init(&v->worker, store_params(index->store), index->lexicon);
    return ready ? FLONG_OK : error_nomem(error);
}

/* Notes where the kept tokens are. */
static flong_status view_end(article_view *v, flong_error *error) {
    if (v->article.tokens.n > v->places_capacity) {
        mem_free(v->places);
        v->places = mem_resize(NULL, v->article.tokens.n, sizeof *v->places);
        v->places_capacity = v->places ? v->article.tokens.n : 0;
        if (!v->places) return error_nomem(error);
    }
    v->n_places = article_kept_places(&v->article, v->places);
    return FLONG_OK;
}

flong_status view_load(article_view *v, flong_index *index, uint64_t no, flong_error *error) {
    if (v->loaded && v->no == no) return FLONG_OK;
    TRY(view_begin(v, index, error));
    TRY(view_read(v, index, no, error));
    TRY(view_end(v, error));
    v->no = no;
    v->loaded = true;
    return FLONG_OK;
}

flong_status view_query(article_view *v, flong_index *index, const flong_record *record, flong_error *error) {
    furniture_site *site;
    TRY(view_begin(v, index, error));
    arena_reset(&v->worker.memory);
    v->title = record->title;
    v->text = record->text;
    if (!worker_read(&v->worker, &v->article, &v->credit, v->title, v->text)) return error_nomem(error);
    TRY(index_site(index, &site, record->site, false, error));
    furniture_mark_query(site, &v->article, url_hash(record->url), v->worker.params->furniture_texts);
    article_settle(&v->article, v->worker.params->min_tokens);
    return view_end(v, error);
}

bool view_reread(article_view *v, const flong_index *index, const packed_body *packed, flong_str title) {
    v->worker.packer.starved = view_begin(v, index, NULL) != FLONG_OK;
    if (v->worker.packer.starved) return false;
    v->title = title;
    return worker_reread(&v->worker, &v->article, &v->credit, &v->text, index->bodies, packed, title);
}

void view_free(article_view *v) {
    if (v->worker.params) worker_free(&v->worker);
    article_free(&v->article);
    buffer_free(&v->title_bytes);
    mem_free(v->places);
    mem_free(v->marks.marks);
    *v = (article_view){0};
}

/* The file may have changed since. */
article_view *view_take(flong_index *index) {
    article_view *v = index->query;
    index->query = NULL;
    if (v) v->loaded = false;
    return v ? v : mem_new(1, sizeof *v);
}

/* After a call that failed it may be half made. */
void view_return(flong_index *index, article_view *v, bool done, size_t n_text) {
    if (!index->query && done && n_text <= VIEW_KEPT) {
        index->query = v;
        return;
    }
    view_free(v);
    mem_free(v);
}

bool view_has(const article_view *v, const flong_record *record) {
    return str_equal(v->title, record->title) && str_equal(v->text, record->text);
}

int view_credits(const article_view *v, const agency *by, flong_str site) {
    bool same = v->credit.agency && (!by || v->credit.agency == by);
    return same || worker_names(&v->worker, &v->article, by, site);
}

flong_status view_credits_quickly(article_view *v, int *out, flong_index *index, const article_row *copy,
                                  const agency *by, flong_str site, flong_error *error) {
    packed_body packed;
    flong_str text;
    *out = copy->wire.agency.n && (!by || str_equal(copy->wire.agency, agency_name(by))) ? 1 : -1;
    if (*out == 1 || by) return FLONG_OK;
    TRY(view_begin(v, index, error));
    worker *w = &v->worker;
    arena_reset(&w->memory);
    TRY(body_get(index->store, &packed, &w->memory, copy->no, error));
    if (!body_unpack(index->bodies, &w->packer, &text, &w->memory, &packed))
        return worker_failure(w, store_path(index->store), copy->no, error);
    if (!wire_may_name(text, site_domain(site))) *out = 0;
    return FLONG_OK;
}

/* The bytes of the tokens [begin, end) of all tokens, in one of title and text. */
static flong_str tokens_bytes(const article_view *v, size_t begin, size_t end) {
    const token *first = &v->article.tokens.tokens[begin], *last = &v->article.tokens.tokens[end - 1];
    size_t text_at = v->title.n + 1;
    bool in_title = first->begin < text_at;
    size_t base = in_title ? 0 : text_at;
    flong_str whole = in_title ? v->title : v->text;
    size_t from = first->begin - base, to = last->end - base;
    if (to > whole.n) to = whole.n; /* the last token is in the text, the first in the title */
    return from < to ? (flong_str){whole.p + from, to - from} : (flong_str){whole.p, 0};
}

flong_str view_bytes(const article_view *v, size_t begin, size_t end) {
    if (end > v->n_places) end = v->n_places;
    if (begin >= end) return (flong_str){v->text.p, 0};
    return tokens_bytes(v, v->places[begin], (size_t)v->places[end - 1] + 1);
}

flong_str view_unit(const article_view *v, const unit *u) {
    return tokens_bytes(v, u->first, (size_t)u->first + u->n);
}

bool view_marks(const article_view *v, mark_list *out, unsigned kinds) {
    return marks_find(out, &v->article, v->title.n, v->text, kinds);
}
