/* What a page shows, by numbers: every article, and the stories of two articles or more, or with guests. Some 60 bytes an article are
 * held; names, texts and pairs are asked for when they are written. */
#ifndef FLONG_REPORT_MODEL_H
#define FLONG_REPORT_MODEL_H

#include "base/intern.h"
#include "report/source.h"

enum { MODEL_NONE = UINT32_MAX };

/* Shares are in ten-thousandths, as they are written. */
typedef struct model_article {
    int64_t published;
    uint32_t text_no;      /* MODEL_NONE: there is no article of this number */
    uint32_t story_no;     /* of the article that has the story's number */
    uint32_t of;           /* or MODEL_NONE */
    uint32_t site, agency; /* in the model's tables, or MODEL_NONE */
    uint32_t story;        /* number in the list of stories, or MODEL_NONE */
    uint32_t at;           /* place in it */
    uint32_t original;     /* at a text group's first article: the one that was published first */
    uint32_t size;         /* at the same: members */
    uint16_t jaccard, contained, contains, similarity, furniture;
    uint16_t weakest; /* at a text group's first article */
    uint8_t relation;
    int8_t credited;
} model_article;

/* A story, and its articles: `n` of model.members from `first` on, by text group, the one told first first. Its guests
 * are articles of other stories that repeat one of these, or that one of these repeats: `n_guests` of model.guests from
 * `first_guest` on, ascending. */
typedef struct model_story {
    uint32_t no; /* of its first article */
    uint32_t first, n;
    uint32_t first_guest, n_guests;
    uint32_t texts, sites, independent;
    uint32_t opening; /* the article that told it first */
    uint32_t credited, uncredited;
    int64_t from, to;   /* or FLONG_NO_DATE */
    uint32_t relations; /* of its articles: 1 << (relation - 1), identical to related */
} model_story;

typedef struct model {
    model_article *articles; /* by number */
    size_t n, capacity;
    size_t live;            /* articles that are there */
    intern sites, agencies; /* domains */
    uint32_t *site_order, *site_to, *agency_order,
        *agency_to; /* intern_rank by articles: `to` is what is written */
    uint64_t *site_articles, *agency_articles;
    model_story *stories;
    size_t n_stories, n_told; /* n_told of them have two articles or more, and come first */
    uint32_t *members, *guests;
    double furniture, tokens; /* sums: of shares by length, of lengths */
} model;

/* Reads all articles of a source. Freed in any case. */
flong_status model_read(model *m, report_source *source, flong_error *error);
void model_free(model *m);

/* The place of an article in a story, guests behind its own, or MODEL_NONE. */
uint32_t model_place(const model *m, uint32_t story, uint32_t no);

/* Whether x was published before y; undated articles come last, ties go by arrival. */
bool model_before(const model *m, uint32_t x, uint32_t y);

static inline const model_article *model_group(const model *m, uint32_t no) {
    return &m->articles[m->articles[no].text_no];
}

/* The domain as it is numbered in the page, or MODEL_NONE. */
static inline uint32_t model_site(const model *m, uint32_t site) {
    return site == MODEL_NONE ? site : m->site_to[site];
}

#endif
