/* What the truth and the result say of each article, found by its id. Ids are hashes: of 10^7
 * different ones, two agree with a probability of 3 in a million. */
#ifndef SCORE_ARTICLES_H
#define SCORE_ARTICLES_H

#include <stddef.h>
#include <stdint.h>

#define NOWHERE   UINT32_MAX
#define KINDS_MAX 32
#define SHOWN_MAX 10

typedef struct article {
    uint64_t id;
    uint64_t text, story, thread; /* true groups; thread 0: none */
    uint64_t got_text, got_story; /* groups of the result; 0: the result lacks the article */
    uint32_t of;                  /* article it was made from, or NOWHERE */
    float kept;                   /* of a copy: share of the text of `of`; otherwise -1 */
    uint64_t
        *shown; /* texts of which it has a passage as its site's teaser, SHOWN_MAX at most; may be NULL */
    uint32_t n_shown;
    uint8_t kind;
    uint8_t found; /* an excerpt that was paired with its source */
} article;

typedef struct articles {
    article *p;
    uint32_t n, capacity;
    uint32_t *slots;  /* indices by hash of id, NOWHERE where free */
    uint32_t n_slots; /* a power of two */
    char kinds[KINDS_MAX][16];
    uint32_t n_kinds;
    uint64_t unknown; /* articles of the result that the truth lacks */
} articles;

/* Index of the article, or NOWHERE. */
uint32_t articles_find(const articles *a, uint64_t id);
/* Number of a kind's name, taken in if it is new; the first one is "". */
uint8_t articles_kind(articles *a, const char *name);

void articles_read_truth(articles *a, const char *path);
/* Gold: `cluster` is the text group, and nothing else is known. */
void articles_read_gold(articles *a, const char *path);
/* text_field and story_field (may be NULL) name the groups. */
void articles_read_result(articles *a, const char *path, const char *text_field, const char *story_field);
void articles_free(articles *a);

#endif
