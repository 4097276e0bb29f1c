/* The values of the page's blocks, as JSON. Lists that belong together are columns: {"name": [...], "articles": [...]},
 * as most of a page is tables. What stands where:
 *
 *   overview  {"flong", "source", "params": {name: value}, "counts": {...}, "pair_relations": {name: pairs},
 *              "furniture": share of words, "first", "last": seconds or null, "agencies": [[name, articles]...],
 *              "plots": {"sizes": [[articles of a text group, groups]...], "step": days in a row, "days": [[day since 1970, first
 *              tellings, copies]...], "lags": [[hours up to, or null, copies]...], "similarity": [[Jaccard from, pairs]...],
 *              "rewrites": [[similarity from, rewrites, related]...]}}
 *   sites     columns name, articles, stubs, originals, copies (of other sites' texts), credited and uncredited (of
 *              these), copied (by other sites), from and to ([[site, copies]...], 10 at most); most articles first
 *   stories   columns title, articles, texts, sites, independent, first, last, agency ([number in overview.agencies...]),
 *              relations (1 identical, 2 reprint, 4 excerpt, 8 rewrite, 16 related), credited, uncredited, site_list;
 *              most articles first, those of one article, which have guests, last; and members_from, texts_from: the first
 *              story of members-0, members-1 and so on, and of texts-0
 *   members-K {"stories": [{"texts": [{"id", "weakest", "articles": [ARTICLE...]}...], "guests": [ARTICLE...],
 *              "pairs": [[a, b, relation, jaccard, a_in_b, b_in_a, longest_run, similarity, [term...], [[a_begin, a_end,
 *              b_begin, b_end]...], 1 for versions of one article or 0]...]}...]}; ARTICLE is {"id", "url", "site",
 *              "title", "wire", "published", "relation", "of", "jaccard", "contained", "contains", "similarity",
 *              "credited", "furniture"}. Articles are numbered through a story, its guests at the end: `of`, a and b are
 *              such numbers. Guests are articles of other stories that repeat one of this, or that one of this repeats
 *   texts-K   {"stories": [[{"text", "marks": [[begin, end, flong_mark_kind]...]} or null...]...]}, by article
 *   texts     {"stories": how many stories have texts, from the first on, "left_out": how many have none, "why": null,
 *              "asked", "size" or "source"}
 *
 * Relations are numbers of FLONG_RELATION_MAP, dates seconds since 1970, places characters, sites numbers of `sites`, what
 * is not known null; titles are cut to 1,000 bytes. */
#ifndef FLONG_REPORT_PARTS_H
#define FLONG_REPORT_PARTS_H

#include "report/json.h"
#include "report/model.h"

enum { TITLE_MOST = 1000 };

flong_status overview_put(json_line *out, const model *m, report_source *source, flong_str name,
                          flong_error *error);
flong_status sites_put(json_line *out, const model *m, flong_error *error);
/* `blocks` are n first stories of blocks. */
flong_status stories_put(json_line *out, const model *m, report_source *source, const uint32_t *blocks,
                         size_t n, flong_error *error);
/* The stories [first, end). */
flong_status members_put(json_line *out, const model *m, report_source *source, uint32_t first, uint32_t end,
                         flong_error *error);

/* Text that is put out, or no memory. */
flong_status put_end(const json_line *out, flong_error *error);

#endif
