/* Tokens into running text. */
#ifndef GENERATE_RENDER_H
#define GENERATE_RENDER_H

#include "words.h"

enum quotes { QUOTES_STRAIGHT, QUOTES_CURLY, QUOTES_SINGLE, QUOTES_STYLES };
enum dashes { DASH_DOUBLE, DASH_EM, DASH_EN, DASH_STYLES };

/* How a site or an editor types. */
typedef struct style {
    int unspaced; /* script without spaces */
    unsigned quotes, dash;
    int blank_lines;       /* between paragraphs */
    int double_spaces;     /* behind sentences */
    uint32_t capitals;     /* words of the beginning in upper case */
    uint32_t soft_hyphens; /* per mille of long words */
} style;

/* n tokens at t; each paragraph but an unfinished one ends with its line end or two. `r` decides
 * where soft hyphens go. */
void render_tokens(bytes *out, const vocabulary *v, const token *t, size_t n, const style *s, rng r);

/* A name or headline: no line end. */
void render_line(bytes *out, const vocabulary *v, const token *t, size_t n, int unspaced);

#endif
