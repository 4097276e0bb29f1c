/* For tokens.c, breaks.c and blocks.c only: a text that is being read. */
#ifndef FLONG_TEXT_READING_H
#define FLONG_TEXT_READING_H

#include "text/tokens.h"

/* Characters in an n-gram of unspaced scripts: two ideographs are about a word, six letters of a script
 * like Thai as well. */
enum { GRAM_IDEOGRAPH = 2, GRAM_CONTINUOUS = 6, GRAM_LONGEST = 6 };

/* The end of the token before the first one: nothing begins right behind this place. */
#define TEXT_BEGIN (UINT32_MAX - 1)

/* The token that is being read, and what stood before it. */
typedef struct reading {
    tokenizer *scratch;
    token_list *out;
    const char *text;
    size_t n_text;
    uint32_t base;
    fold_class run;                  /* FOLD_BREAK: between tokens */
    uint32_t begin, end;             /* of the word, or of the last character */
    uint32_t before;                 /* for the next token */
    uint32_t last_end;               /* of the token before; TEXT_BEGIN: there is none */
    bool address;                    /* within an address on the web */
    int32_t quote;                   /* the mark that opened a quotation; 0: none is open */
    bool nested;                     /* within it, a quotation in marks of the same kind */
    bool quoted;                     /* a quotation was opened or closed on this line */
    size_t line;                     /* the line's first token */
    size_t next;                     /* the token that comes next, as a place in the list */
    size_t n_gram;                   /* characters of the run held, at most a gram */
    size_t gram_start[GRAM_LONGEST]; /* their places in scratch->folded, and in the text */
    uint32_t gram_begin[GRAM_LONGEST];
    bool gram_written; /* the run has given a token */
    bool by_runs;      /* runs of ideographs are read as such; else character by character */
    bool out_of_memory;
} reading;

/* What the gap before a token that begins at `begin` says when it is a single byte. */
static inline uint32_t gap_before(const reading *r, uint32_t begin) {
    if (begin != r->last_end + 1) return 0;
    char gap = r->text[begin - 1];
    return gap == ' ' ? TOKEN_SPACED : gap == ',' || gap == '.' ? TOKEN_JOINED : 0;
}

/* Notes in r->before and in the quotation's state what a break means that ends at `after`, where r->next is the token
 * behind it; tokens before it may be marked, too. */
void break_note(reading *r, int32_t codepoint, size_t after);

/* Whether break_note has anything to do for a character beyond ASCII. */
bool break_means(int32_t codepoint);

/* Reads on from `at`, which is behind a break or the text's beginning, character by character, at least one and up to
 * where it is again behind a break, or to the text's end. Returns where it is. */
size_t characters_read(reading *r, size_t at);

/* Whether the character at `at`, if it is there, belongs to the segment of what stands before it. */
bool attached_at(reading *r, size_t at);

/* Reads a whole text, character by character; or in blocks, where this machine can. Both give the same. False when
 * there is no memory. */
bool text_characters_read(reading *r);
bool text_blocks_read(reading *r);

#endif
