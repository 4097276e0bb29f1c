/* For wire*.c only: the head and the tail of an article with the words of the lexicon that stand in them, and
 * what can be asked of a place in the text. Tokens are meant by their place in the article's list. */
#ifndef FLONG_TEXT_WIRE_SCAN_H
#define FLONG_TEXT_WIRE_SCAN_H

#include "text/wire.h"

/* Head and tail, in bytes of text. */
enum { WIRE_HEAD = 600, WIRE_TAIL = 900, WIRE_HITS = 128 };

typedef struct hit {
    const wire_word *word; /* NULL: the site's name */
    size_t first, end;     /* its tokens */
} hit;

typedef struct wire_scan {
    const wire_lexicon *lexicon;
    const char *body;
    const token *tokens;
    size_t first, end;           /* tokens of the text */
    size_t head_end, tail_first; /* the head is [first, head_end), the tail [tail_first, end) */
    size_t text_begin, text_end; /* bytes from the first token to the end of the last */
    size_t n_body;
    hit hits[WIRE_HITS];
    size_t n_hits;
} wire_scan;

/* Searches an article. With a site (its name as folded in a host, "kyivindependent"; may be empty) its
 * name is a hit as well. False when there is nothing of interest. */
bool wire_scan_article(wire_scan *s, const article *a, flong_str body, const wire_lexicon *lexicon,
                       flong_str site);

/* What stands beside a place, spaces left out. */
typedef enum edge {
    EDGE_LINE,  /* a line end, or the end of the text */
    EDGE_BAR,   /* | and bullets */
    EDGE_PAREN, /* a bracket that opens on the left, or closes on the right */
    EDGE_STOP,  /* the end of a sentence, a closing quotation mark or bracket */
    EDGE_DASH,
    EDGE_SLASH,
    EDGE_COLON,
    EDGE_COMMA,
    EDGE_COPYRIGHT, /* the sign */
    EDGE_WORD,      /* anything else */
    EDGE_GLUE,      /* part of a longer word: a handle, a host, a possessive */
} edge;

/* Left of the byte `at`, or right of it (from it on). *mark is where the mark itself stands: left of it, or right
 * behind it. */
edge wire_left(const wire_scan *s, size_t at, size_t *mark);
edge wire_right(const wire_scan *s, size_t at, size_t *mark);

/* How a token is written. */
bool wire_is_capital(const wire_scan *s, size_t i); /* begins with a capital, or in a script without case */
bool wire_is_uncased(const wire_scan *s, size_t i); /* in a script without case */
bool wire_is_shouted(const wire_scan *s, size_t i); /* two letters or more, all capitals */
bool wire_is_number(const wire_scan *s, size_t i);  /* begins with a digit */

/* Whether a line begins with the token, or ends behind it; bars do not count. */
bool wire_begins_line(const wire_scan *s, size_t i);
bool wire_ends_line(const wire_scan *s, size_t i);
size_t wire_line_first(const wire_scan *s, size_t i);
size_t wire_line_end(const wire_scan *s, size_t i);
/* The same of its sentence. */
size_t wire_sentence_first(const wire_scan *s, size_t i);
size_t wire_sentence_end(const wire_scan *s, size_t i);

/* Whether this byte stands between the ends of tokens i and i + 1. */
bool wire_gap_has(const wire_scan *s, size_t i, const char *one_of);

/* The kind of cue at a token, WORD_AGENCY where there is an agency, or -1. */
int wire_kind_at(const wire_scan *s, size_t i);

/* Whether the sentence that begins at `first` speaks of the article itself before the cue: "This story first ..." */
bool wire_speaks_of_piece(const wire_scan *s, size_t first, size_t cue);

/* The dateline before token `end`: *first is where it begins, *place its place (may be empty). False when
 * there is none. */
bool wire_dateline_before(const wire_scan *s, size_t end, size_t *first, flong_str *place);
/* A dateline that stands at token i and ends with a dash or a colon: returns its end, or i. */
size_t wire_dateline_at(const wire_scan *s, size_t i, flong_str *place);

#endif
