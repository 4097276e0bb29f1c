/* Stories: a text with what is needed to print it again later, shared by everything that still
 * waits to be published from it. */
#ifndef GENERATE_STORY_H
#define GENERATE_STORY_H

#include "grammar.h"

typedef struct story {
    uint32_t refs;
    int unspaced;
    facts facts;
    tokens title, body; /* body of a sister story: the quotation alone */
    uint32_t agency;    /* its wire service */
    int dateline, credit;
    int64_t time;                 /* of the first publication */
    uint64_t text, story, thread; /* labels; thread 0: none */
    uint64_t source;              /* number of the article that carried it first */
} story;

story *story_new(void);
story *story_keep(story *s);
void story_release(story *s); /* NULL is fine */

/* Title and a body of about `words` words from its facts. */
void story_write(story *s, const grammar *g, uint32_t words, rng *r);

/* A template of a regular report (weather, markets): each issue prints the same sentences with
 * other figures and words in the places that `holes` marks. */
typedef struct series {
    tokens title, body;
    unsigned char *holes; /* one for each token of the body */
} series;

void series_init(series *s, const grammar *g, uint64_t seed);
void series_free(series *s);
void series_issue(const series *s, const grammar *g, story *out, rng *r);

/* Places `passage` as a paragraph of its own behind one of the paragraphs of the body. */
void body_insert(tokens *body, const tokens *passage, rng *r);

/* A passage of low..high words of the body, from the start of a sentence. */
void body_passage(tokens *out, const tokens *body, uint32_t low, uint32_t high, rng *r);

#endif
