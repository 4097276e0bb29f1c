/* The page of a report, of which src/report/page holds the sources. It is one HTML file, in which what the program has
 * to say stands as blocks:
 *
 *     part 0, title (escaped), part 1, blocks that the first view needs, part 2 (with the script), all others, part 3
 *
 * A block is <script type="application/flong" id="ID" data-raw="BYTES">base64 of raw deflate of one JSON value</script>;
 * BYTES is the length of the JSON. Its letters cannot end the element, whatever the articles say. */
#ifndef FLONG_REPORT_PAGE_H
#define FLONG_REPORT_PAGE_H

#include "flong.h"

enum { PAGE_PARTS = 4 };
extern const flong_str page_parts[PAGE_PARTS];

#endif
