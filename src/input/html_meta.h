/* What a page says of itself in its head, and in JSON-LD: for each question the best answer that was offered. */
#ifndef FLONG_INPUT_HTML_META_H
#define FLONG_INPUT_HTML_META_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

typedef enum meta_field {
    META_URL,
    META_TITLE,        /* of the article alone */
    META_SOCIAL_TITLE, /* for those who share it: og:title */
    META_AUTHOR,
    META_LANG,
    META_SITE_NAME,
    META_TYPE, /* og:type, or the type in JSON-LD */
    META_BODY, /* articleBody of JSON-LD */
    META_DESCRIPTION,
    META_FIELDS
} meta_field;

typedef struct html_meta {
    arena memory;
    flong_str best[META_FIELDS];
    unsigned ranks[META_FIELDS]; /* the lowest wins; of equals the first */
    int64_t published;
    unsigned published_rank;
    unsigned articles; /* in JSON-LD */
    bool failed;       /* no memory */
} html_meta;

/* The attributes of an element that are of use; NULL where they are not there. */
typedef struct html_attributes {
    const char *class, *id, *role, *itemprop, *itemtype, *style, *href, *rel, *name, *property, *content,
        *datetime, *lang, *equiv, *title;
    bool is_hidden; /* hidden or aria-hidden="true" */
} html_attributes;

void html_meta_reset(html_meta *self);
void html_meta_free(html_meta *self);

/* Ranks of JSON-LD stand before all others, those of what is read from the visible page behind them. */
enum { META_RANK_LINKED = 0, META_RANK_TAGS = 10, META_RANK_PAGE = 100 };

/* Takes the value (trimmed, copied) where it is better than what is there. */
void html_meta_offer(html_meta *self, meta_field field, unsigned rank, flong_str value);
void html_meta_offer_date(html_meta *self, unsigned rank, flong_str value);

/* A <meta>, <link>, <html> or <time>, or an element with itemprop and content. */
void html_meta_take_meta(html_meta *self, const html_attributes *a);
void html_meta_take_link(html_meta *self, const html_attributes *a);

#endif
