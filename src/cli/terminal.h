/* What a terminal can show: colours and columns. */
#ifndef FLONG_CLI_TERMINAL_H
#define FLONG_CLI_TERMINAL_H

#include "options.h"

#include <stdio.h>

/* STYLE_PLAIN ends any other. */
typedef enum style { STYLE_PLAIN, STYLE_STRONG, STYLE_FAINT, STYLE_MARKED, STYLE_WARNING } style;

/* Whether colours are wanted on a stream: by --color; else where it is a terminal that has them and NO_COLOR is not
 * set. */
bool terminal_coloured(const options *asked, FILE *file);

/* What switches to a style; static, empty where nothing is coloured. */
const char *style_code(style to, bool coloured);

/* Columns of the terminal behind a stream; of $COLUMNS where there is none, or 80. At least 20. */
int terminal_columns(FILE *file);

#endif
