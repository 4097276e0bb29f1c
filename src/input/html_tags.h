/* What elements and their class names mean for the text of a page. */
#ifndef FLONG_INPUT_HTML_TAGS_H
#define FLONG_INPUT_HTML_TAGS_H

#include <stdbool.h>
#include <stdint.h>

/* What an element does to text. */
enum {
    TAG_BLOCK = 1,  /* begins and ends a line */
    TAG_BREAK = 2,  /* ends a line: <br>, <hr> */
    TAG_UNSEEN = 8, /* its text is never shown, or is that of a control */
    TAG_HEADING = 16,
    TAG_PARAGRAPH = 32, /* may hold a sentence of the body */
    TAG_MENU = 64,      /* nav, and what by its name is no body: header, footer, aside, form */
    TAG_CAPTION = 128,
    TAG_VOID = 256, /* has no end tag */
};

typedef enum tag {
    TAG_INLINE, /* and all that have no name here */
    TAG_A,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_DIV,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_H1,
    TAG_H2,
    TAG_HEADER,
    TAG_HTML,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_META,
    TAG_NAV,
    TAG_P,
    TAG_PRE,
    TAG_SECTION,
    TAG_TABLE,
    TAG_TD,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_OTHER
} tag;

typedef struct tag_info {
    const char *name;
    uint16_t does; /* TAG_BLOCK ... */
    uint8_t is;    /* tag */
} tag_info;

/* Of a name in lower case; never NULL. */
const tag_info *tag_find(const char *name);

/* What class names and ids say that an element is. */
enum {
    MARK_BODY = 1,     /* the text of an article, or the article */
    MARK_MENU = 2,     /* navigation, page header, page footer */
    MARK_RELATED = 4,  /* other articles */
    MARK_COMMENTS = 8, /* of readers */
    MARK_SHARE = 16,   /* buttons */
    MARK_SIGNUP = 32,  /* subscription, cookies, paywall */
    MARK_ADVERT = 64,
    MARK_SIDE = 128, /* sidebars, widgets */
    MARK_BYLINE = 256,
    MARK_CAPTION = 512, /* with credits */
    MARK_TAGS = 1024,   /* keywords, categories */
    MARK_BIO = 2048,    /* of the author */
    MARK_DATE = 4096,
    MARK_HIDDEN = 8192, /* seen by nobody, or only by screen readers */
    MARK_EMBED = 16384, /* a post from elsewhere */
    MARK_TEXT = 32768,  /* by its whole name the text of an article */
};

/* The marks in a list of names (a class or id attribute). */
uint32_t marks_of(const char *names);

#endif
