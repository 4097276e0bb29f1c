/* A page of HTML as a record: its body in lines, and what it says of itself. Pure: no I/O. */
#ifndef FLONG_INPUT_HTML_H
#define FLONG_INPUT_HTML_H

#include "base/error.h"
#include "flong.h"

/* Scratch of one thread, used for one page after another. */
typedef struct html html;

/* NULL when there is no memory. */
html *html_new(void);
void html_free(html *self);

/* What is known of a page from outside; every part may be empty. */
typedef struct page_hints {
    flong_str url;     /* from where it was fetched */
    flong_str charset; /* a name or a Content-Type header */
    int64_t captured;  /* when it was fetched, or FLONG_NO_DATE */
} page_hints;

typedef enum page_kind {
    PAGE_ARTICLE,
    PAGE_LIST, /* front pages, tag lists, search results */
    PAGE_OTHER /* galleries without text, forms, errors, empty pages */
} page_kind;

/* Borrowed until the next call of html_read or html_text; all text is valid UTF-8 without U+0000. A list or
 * other page has its text and what it states, too. */
typedef struct page {
    page_kind kind;
    const char *why;   /* it is no article; static. NULL for an article */
    flong_str url;     /* canonical: as the page states it, or the hint */
    flong_str site;    /* host of the url, in lower case without "www." */
    flong_str title;   /* the headline, without the name of the site */
    flong_str text;    /* blocks as lines, "\n" between them */
    flong_str author;  /* several: with ", " between them */
    flong_str lang;    /* as stated, e.g. "en-US" */
    int64_t published; /* or FLONG_NO_DATE */
    uint64_t replaced; /* places that were not valid in the page's character set */
} page;

/* hints may be NULL. Any bytes are a page; fails only with FLONG_NOMEM. */
flong_status html_read(html *self, page *out, flong_str bytes, const page_hints *hints, flong_error *error);

/* All text of a fragment of HTML in UTF-8 as lines, nothing judged but what is never seen (scripts, styles,
 * hidden parts) left out. Borrowed until the next call. Fails only with FLONG_NOMEM. */
flong_status html_text(html *self, flong_str *out, flong_str fragment, flong_error *error);

#endif
