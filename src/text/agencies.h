/* The table of news agencies and of the words that stand beside their names, and how texts are searched for
 * them: by the hashes of their tokens. The table itself is agencies.def. */
#ifndef FLONG_TEXT_AGENCIES_H
#define FLONG_TEXT_AGENCIES_H

#include "flong.h"
#include "text/tokens.h"

typedef struct agency {
    const char *name; /* "Associated Press"; static */
} agency;

typedef enum wire_safety { WIRE_SAFE, WIRE_CAPS, WIRE_SHY } wire_safety;

/* Up to CUE_ORIGIN texts are searched for them; the rest matters only beside these, and is asked for there. */
typedef enum wire_kind {
    WORD_AGENCY,
    CUE_BY,
    CUE_COPYRIGHT,
    CUE_RIGHTS,
    CUE_CONTRIBUTED,
    CUE_REPORTING,
    CUE_ORIGIN,
    CUE_THE,
    CUE_AND,
    CUE_LINK,
    CUE_WITH,
    CUE_SOURCE,
    CUE_INPUT,
    CUE_PIECE,
    CUE_PHOTO,
    CUE_WIRED,
    CUE_DATE,
    CUE_STAMP,
    CUE_HEADING,
} wire_kind;

/* A row of the table. */
typedef struct wire_word {
    const char *text;
    const agency *agency; /* of a WORD_AGENCY; NULL: agencies that are not named */
    wire_kind kind;
    wire_safety safety;
} wire_word;

/* Its name; empty for NULL. */
flong_str agency_name(const agency *a);

/* The agency of this name, in any case of ASCII letters; NULL when there is none. */
const agency *agency_named(const char *name, size_t n);

/* The table, laid out for searching; never changes once made, so that all threads may share one. */
typedef struct wire_lexicon wire_lexicon;
wire_lexicon *wire_lexicon_new(void); /* NULL when there is no memory */
void wire_lexicon_free(wire_lexicon *lexicon);

/* The first of the tokens [i, end) at which a row of the kinds to be searched for may begin; nearly all tokens of
 * a text are passed over. The text has n >= end tokens. */
size_t wire_lexicon_next(const wire_lexicon *lexicon, const token *tokens, size_t i, size_t end, size_t n);

/* The longest row that stands at the first of n > 0 tokens of `body`, and in *length how many of them it
 * takes; NULL when none does. */
const wire_word *wire_lexicon_match(const wire_lexicon *lexicon, const char *body, const token *tokens,
                                    size_t n, size_t *length);

#endif
