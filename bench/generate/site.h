/* Sites: what each wraps around its articles. */
#ifndef GENERATE_SITE_H
#define GENERATE_SITE_H

#include "render.h"
#include "grammar.h"

typedef enum furniture { FURNITURE_NONE, FURNITURE_LIGHT, FURNITURE_HEAVY } furniture;

#define RECENT  8 /* earlier articles that teasers and related boxes are made of */
#define TEASERS 10
#define MIDDLE  4 /* lines that may stand within the body */

typedef struct snippet {
    uint64_t text; /* of the story that it is the beginning of */
    uint16_t title_n, lead_n;
    char title[160], lead[360];
} snippet;

/* A page without a body. */
typedef struct stub_page {
    uint64_t hash, text, story; /* of all its bytes; labels */
} stub_page;
#define STUBS 32 /* of them a site remembers */

typedef struct site {
    uint64_t seed;
    char brand[72], host[72];
    style style;
    int one_line;       /* the scraper lost the line ends */
    int title_first;    /* the headline stands in the text too */
    int byline, suffix; /* the brand behind the headline */
    int paywall, has_series;
    bytes head, form, foot, middle[MIDDLE], stub;
    uint32_t n_middle, n_forms, n_teasers, n_related, lead_bytes;
    int form_at_head;
    snippet recent[RECENT];
    uint32_t n_recent;
    snippet teasers[TEASERS];
    uint32_t n_teasers_now;
    int64_t teaser_day;
    uint32_t since_teasers;  /* articles */
    uint64_t shown[TEASERS]; /* texts of which the page written last has a passage in a teaser */
    uint32_t n_shown;
    stub_page stubs[STUBS];
    uint32_t n_stubs; /* printed so far */
} site;

/* One article to be wrapped. */
typedef struct page {
    bytes title;            /* as the site prints it */
    bytes dateline, credit; /* may be empty */
    const token *writer;    /* first and last name, or NULL */
    const tokens *body;     /* NULL: an article without a body */
    int stub;               /* the site's stub in its place */
    style style;
    uint64_t text; /* label */
    int64_t day;
    rng rng;
} page;

void site_init(site *s, const grammar *g, uint64_t seed, uint32_t number, int unspaced, furniture f);
void site_free(site *s);

/* Writes the text as a scraper would have taken it from the page, and remembers the article for
 * the site's teasers. */
void site_wrap(bytes *out, site *s, const vocabulary *v, const page *p);

/* The labels of the page without a body just written: those of an earlier one that is the same byte for byte, or
 * else the ones given. */
stub_page site_stub(site *s, const bytes *written, uint64_t text, uint64_t story);

#endif
