/* An indexed article with its text, for those who show places in it. */
#ifndef FLONG_FLOW_VIEW_H
#define FLONG_FLOW_VIEW_H

#include "flow/index.h"
#include "text/marks.h"

struct article_view {
    uint64_t no;
    bool loaded;
    worker worker;   /* holds the text */
    article article; /* furniture marked */
    wire_credit credit;
    flong_str title, text;
    buffer title_bytes;
    uint32_t *places; /* of the kept tokens among all */
    size_t n_places, places_capacity;
    mark_list marks; /* for view_marks */
};

/* Loads an article, unless it is there already. The view begins zero-initialised. */
flong_status view_load(article_view *v, flong_index *index, uint64_t no, flong_error *error);
void view_free(article_view *v);

/* The same of a stored text that was fetched before, with the article's title; the view borrows both. Several threads may
 * do so, each with a view of its own. False: v->worker says why, see worker_failure. */
bool view_reread(article_view *v, const flong_index *index, const packed_body *packed, flong_str title);

/* Reads a record that is not indexed, as if it arrived last; the view borrows its strings. */
flong_status view_query(article_view *v, flong_index *index, const flong_record *record, flong_error *error);

/* The view that serves calls on articles one by one, or a new one where a callback of such a call asks; NULL when there
 * is no memory. It is returned with what the call gave, and the bytes of the text: what more than VIEW_KEPT of them took
 * is given back. */
enum { VIEW_KEPT = 1 << 20 };
article_view *view_take(flong_index *index);
void view_return(flong_index *index, article_view *v, bool done, size_t n_text);

/* Whether an article that is loaded has the record's title and text. */
bool view_has(const article_view *v, const flong_record *record);

/* Whether the article names its source, as flong_article has it: an article with this agency (may be NULL) and site. */
int view_credits(const article_view *v, const agency *by, flong_str site);

/* The same for an article that need not be loaded: -1 where its text has to be read to know. */
flong_status view_credits_quickly(article_view *v, int *out, flong_index *index, const article_row *copy,
                                  const agency *by, flong_str site, flong_error *error);

/* What of its text is furniture or the like, in the characters of v->text; kinds as for marks_find. A view is one
 * thread's, but reads of the index, which is one thread's at a time; this does not. */
bool view_marks(const article_view *v, mark_list *out, unsigned kinds);

/* The bytes of the kept tokens [begin, end) of title or text; a range that begins in the title ends there. */
flong_str view_bytes(const article_view *v, size_t begin, size_t end);

/* The bytes of a unit. */
flong_str view_unit(const article_view *v, const unit *u);

#endif
