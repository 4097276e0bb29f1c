/* Stories: text groups that tell of one event. They are put together by agglomeration: of all the parts that
 * may become one, those two do that are most alike on the mean; then the next. Two parts may become one when
 *   - some text of the one is like some text of the other (an edge), and
 *   - on the mean they are about as probably of one story as the texts within each of them are.
 * The second keeps stories from chaining: a tight story admits nothing loose, a loose one (a long
 * running event) admits what is as loose. There is no threshold that fits both.
 *
 * Everything is computed from sums that do not depend on the order of their terms, and of equals the part with
 * the lowest number comes first: the same similarities always make the same stories. */
#ifndef FLONG_MATCH_STORIES_H
#define FLONG_MATCH_STORIES_H

#include <stdbool.h>

#include "base/memory.h"

/* Chosen on labelled news (ECB+, BASIL, Giveme5W1H; mean adjusted Rand index .94). In brackets what was tried beside
 * each and lost little, up to .03. */

/* Read by hand, pairs in a month of news with this similarity are of one event as often as not; a pair that is .1 more
 * alike is in four of five cases. (.22 to .28; 12 to 20) */
#define STORY_CENTRE .25
#define STORY_SLOPE  15.0
/* An edge: below the centre a pair speaks against a story, and cannot be what brings two together. (.20 to .25) */
#define STORY_EDGE .25
/* The same between two single text groups, where one pair decides all. (.25 to .33) */
#define STORY_EDGE_SINGLES .30
/* Two parts may become one when their mean probability is at least this share of the geometric mean of their
 * cohesions. Without this rule .91. (.65 to .75) */
#define STORY_SHARE .7
/* The cohesion of a part is the mean probability within it, so many pairs of such a probability being added: a single
 * text group has little to say of how tight its story is. (.5 to 2; .15 to .35) */
#define STORY_PRIOR_PAIRS    1.0
#define STORY_PRIOR_COHESION .25

/* How probable it is that two text groups tell one story, by their similarity in [0, 1]: a multiple of 2^-20,
 * so that sums of many are exact. */
double story_probability(double similarity);

/* All that stories ask of how alike two text groups are, in one number: their probability in units of 2^-20, times 4;
 * plus 1 where the pair is an edge, plus 2 where it is one between single text groups, too. */
typedef uint32_t story_likeness;
story_likeness story_likeness_of(double similarity);

/* What no two text groups have. */
#define STORY_LIKENESS_NONE UINT32_MAX

/* Texts in parts, which stay together: one text, or several that stand for a story that is not taken apart.
 * Part i is the texts from first[i] on, before first[i + 1]; first[n_parts] is the number of texts. */
typedef struct story_parts {
    size_t n_parts;
    const uint32_t *first;
    const story_likeness *likeness; /* a row for each text; symmetric, the diagonal is not read */
} story_parts;

/* Puts parts together: story[i] is the lowest part of the story that part i is in. weakest[i], for a lowest part:
 * the least mean probability with which two parts of its story became one; 1 where none did. False when there
 * is no memory. Takes time as the square of the texts, and about the square of the parts. */
bool stories_agglomerate(uint32_t *story, double *weakest, const story_parts *parts, arena *memory);

#endif
