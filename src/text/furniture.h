/* Furniture: units that recur in distinct texts of one site. A unit that recurs across sites is
 * syndication and stays.
 *
 * Recurrence counts distinct texts, not articles: each article gets the label of the text it carries, an
 * older one when it has the same url, or half of its long units and a title of the same words, so that the
 * versions and copies of one story do not turn the story into furniture, while one notice under a hundred
 * titles does become furniture. */
#ifndef FLONG_TEXT_FURNITURE_H
#define FLONG_TEXT_FURNITURE_H

#include "text/article.h"

/* What is known of one site; opaque. */
typedef struct furniture_site furniture_site;

/* What is known of all sites seen so far; opaque. One thread changes it at a time; furniture_mark of
 * different articles may run in several. */
typedef struct furniture furniture;

furniture *furniture_new(void);
void furniture_free(furniture *all);

/* The site's entry, or NULL where it has none yet. */
furniture_site *furniture_find(const furniture *all, flong_str site);
/* A new, empty entry; NULL when there is no memory. */
furniture_site *furniture_add(furniture *all, flong_str site);

/* Counts the units of one more article. `url_hash` is 0 where it has no url. A unit of one text is
 * forgotten after 64 more texts of the site, any unit after 2,000 without it: sites are redesigned. */
bool furniture_learn(furniture *all, furniture_site *site, const article *a, uint64_t url_hash);

/* Sets `furniture` of the article's units: those that stand in `texts` distinct texts or more; and `seen`: those that
 * stand in two. site may be NULL: none is either. */
void furniture_mark(const furniture_site *site, article *a, uint32_t texts);

/* The same for an article that is not learned from: as if it had been, and was the last. */
void furniture_mark_query(const furniture_site *site, article *a, uint64_t url_hash, uint32_t texts);

/* Units of a site that stand in `texts` distinct texts or more. */
uint64_t furniture_count(const furniture_site *site, uint32_t texts);

/* The sites whose entries changed since the last call, one by one: NULL at the end. */
furniture_site *furniture_next_changed(furniture *all);
flong_str furniture_site_name(const furniture_site *site);

/* Whether furniture_load failed for want of memory. */
bool furniture_starved(const furniture_site *site);

/* Forgets what is too old, and appends the entry as bytes; fills an empty entry from them. What is saved
 * and loaded goes on exactly as what was only saved. False when there is no memory, or (load) when the
 * bytes are damaged. */
bool furniture_save(furniture_site *site, buffer *out);
bool furniture_load(furniture_site *site, const void *bytes, size_t n);

#endif
