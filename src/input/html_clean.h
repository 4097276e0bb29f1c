/* What of a page is worth parsing. Scripts, styles, comments and drawings are taken out before the parser sees
 * the page: most of its bytes are theirs. And what would cost it more than linear time is bounded. */
#ifndef FLONG_INPUT_HTML_CLEAN_H
#define FLONG_INPUT_HTML_CLEAN_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

enum {
    HTML_MOST_BYTES = 16 << 20, /* of a page; what is behind them is not read */
    HTML_MOST_DATA = 32,        /* JSON-LD scripts of a page */
};

typedef struct html_cleaned {
    buffer text;                    /* markup, without NUL; each "<" begins a tag */
    flong_str data[HTML_MOST_DATA]; /* the insides of JSON-LD scripts: parts of the page */
    size_t n_data;
} html_cleaned;

/* Replaces what is there by what the page has; it is UTF-8. False when there is no memory. */
bool html_clean(html_cleaned *out, flong_str page);

#endif
