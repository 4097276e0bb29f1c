/* Feeds (RSS 0.9 to 2.0, RSS 1.0 as RDF, Atom): XML into items as JSON objects. Pure, with libxml2, which loads nothing and
 * expands no entity but those of HTML. */
#ifndef FLONG_INPUT_RSS_H
#define FLONG_INPUT_RSS_H

#include <stdbool.h>

#include "base/error.h"
#include "flong.h"

typedef struct rss rss;

/* Told of an item of the file: an object with the keys id, url, published, author, lang, title_html, and content_html or
 * text, as far as they are there; valid UTF-8, borrowed during the call. False: there is no memory. */
typedef bool (*rss_item_fn)(void *context, flong_str json, uint64_t line);

/* Told of a part of the file that is not what it should be, from that line on. */
typedef bool (*rss_bad_fn)(void *context, uint64_t line, const char *why);

/* A reader of one file. Items of more than max_item bytes are bad, for the reason too_long (static). NULL when there is no
 * memory. */
typedef struct rss_options {
    size_t max_item;
    const char *too_long;
    rss_item_fn item;
    rss_bad_fn bad;
} rss_options;
rss *rss_new(const rss_options *options);
void rss_free(rss *self);

/* Takes the next bytes of the file; with at_end they are the last ones. Fails only with FLONG_NOMEM. */
flong_status rss_push(rss *self, void *context, flong_str bytes, bool at_end, flong_error *error);

/* Whether a file that begins like this is a feed. */
bool rss_begins(flong_str head);

#endif
