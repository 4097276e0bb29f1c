/* What an editor's desk does to a wire text, and how much of the text is left afterwards. */
#ifndef GENERATE_EDIT_H
#define GENERATE_EDIT_H

#include "grammar.h"

/* Kinds of edit; the names stand in the truth file. */
#define EDIT_MAP(X)                                                                                          \
    X(HEADLINE, "headline") /* another headline */                                                           \
    X(DATELINE, "dateline") /* dateline put in, changed or dropped */                                        \
    X(MARKS, "marks")       /* quotes, dashes, spaces, soft hyphens, case */                                 \
    X(CUT, "cut")           /* cut from the end */                                                           \
    X(DROP, "drop")         /* sentences left out */                                                         \
    X(WORDS, "words")       /* words changed */                                                              \
    X(LOCAL, "local")       /* local paragraphs put in */

enum edit_number {
#define EDIT_ENUM(name, text) EDIT_NUMBER_##name,
    EDIT_MAP(EDIT_ENUM)
#undef EDIT_ENUM
        EDITS
};
enum edit {
#define EDIT_ENUM(name, text) EDIT_##name = 1 << EDIT_NUMBER_##name,
    EDIT_MAP(EDIT_ENUM)
#undef EDIT_ENUM
};
extern const char *const edit_names[EDITS];

typedef struct edit_plan {
    unsigned edits;
    uint32_t keep, drop, words; /* per mille: kept from the start, sentences out, words changed */
    uint32_t local;             /* paragraphs put in */
} edit_plan;

/* From a verbatim copy (edits == 0) to a heavy rework. */
void edit_plan_draw(edit_plan *plan, rng *r);

/* The body as the plan leaves it; local paragraphs are about `local`. */
void edit_apply(tokens *out, const tokens *body, const edit_plan *plan, const facts *local, const grammar *g,
                rng *r);

/* Scratch of edit_kept. */
typedef struct shingle_set {
    uint64_t *slots;
    uint32_t *stamps;
    size_t capacity; /* a power of two */
    uint32_t stamp;
} shingle_set;
void shingle_set_free(shingle_set *s);

/* Share of the original's distinct 5-word shingles that the copy still has, in 1/10,000. */
uint32_t edit_kept(shingle_set *scratch, const tokens *original, const tokens *copy);

#endif
