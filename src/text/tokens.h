/* A text as a sequence of hashed tokens with their places.
 *
 * A token is a run of letters, numbers and marks in the folded text; in scripts without spaces it is a
 * character n-gram, one for every place of a run (2 characters of Han or Kana, 6 of Thai and its like).
 * Quotes, dashes and all other punctuation stand between tokens, so that retyping them changes nothing. */
#ifndef FLONG_TEXT_TOKENS_H
#define FLONG_TEXT_TOKENS_H

#include "base/memory.h"
#include "text/fold.h"

/* What stands before a token, in it and around it. */
enum {
    TOKEN_LINE = 1,      /* a line end, or a bar between the parts of a menu */
    TOKEN_SENTENCE = 2,  /* the end of a sentence */
    TOKEN_QUOTED = 4,    /* around it: quotation marks that were opened on its line */
    TOKEN_HANDLE = 8,    /* an at sign */
    TOKEN_NUMBER = 16,   /* in it: a digit */
    TOKEN_CODE = 32,     /* a brace, an angle bracket, an equals sign or a backslash */
    TOKEN_ADDRESS = 64,  /* around it: an address on the web */
    TOKEN_NOTICE = 128,  /* around it: a notice to the reader, see aside.h */
    TOKEN_MENU = 256,    /* around it: a menu, a table or code, see aside.h */
    TOKEN_CAPITAL = 512, /* in it: a capital letter (of upper- or titlecase) begins it */
    TOKEN_JOINED = 1024, /* nothing but one comma or full stop, as in 180,000 */
    TOKEN_SPACED = 2048, /* nothing but one space */
    TOKEN_VOICE = 4096,  /* around it: a voice or a caption, see aside.h */
    TOKEN_SEEN = 8192,   /* around it: a unit that stood in another text of the site, see furniture.h */
};

typedef struct token {
    uint64_t hash;       /* of the folded bytes */
    uint32_t begin, end; /* its bytes in the text it was read from */
    uint32_t before;     /* TOKEN_... */
} token;

/* Tokens in reading order; grows, and is used again for the next text. */
typedef struct token_list {
    token *tokens;
    size_t n, capacity;
} token_list;

/* Scratch of one thread. Zero-initialised, it is ready. */
typedef struct tokenizer {
    folder fold;
    buffer folded;                /* bytes of the token that is being read */
    buffer lower;                 /* the folded text, where that has as many bytes */
    buffer places;                /* of outline.h */
    struct phrase_table *phrases; /* of phrases.h; NULL until they are needed */
} tokenizer;

void tokenizer_free(tokenizer *reader);

/* Appends the tokens of a text of less than 4 GiB; places count from `base`. The first one stands
 * behind a line end. False when there is no memory. */
bool tokenize(tokenizer *reader, token_list *out, const char *text, size_t n, uint32_t base);

#endif
