/* What the tables of commands and flags say, as pages. */
#ifndef FLONG_CLI_HELP_H
#define FLONG_CLI_HELP_H

#include "options.h"

#include <stdio.h>

/* The page of one command; COMMAND_NONE: the list of commands. */
void help_print(FILE *file, command_id command);

/* The man page flong(1). */
void manual_print_roff(FILE *file);

/* Tables of commands and flags for the README. */
void manual_print_markdown(FILE *file);

/* Meaning of a flag with its range and what holds without it; lives until the end of the full
 * expression. */
typedef struct flag_meaning {
    char text[320];
} flag_meaning;
flag_meaning flag_explain(const flag *row);

/* Whether the row is listed among the flags of the command, parameters apart from the others. */
bool flag_listed(const flag *row, command_id command, bool parameter);

/* The last section of every manual. */
extern const char help_exit_status[];

#endif
