/* Everything that goes to stderr, and numbers made for people. */
#ifndef FLONG_CLI_SAY_H
#define FLONG_CLI_SAY_H

#include <stdint.h>

/* Prints "flong: ", the text and a line end on stderr, below a status line that is cleared.
 * What comes in with the arguments is shown as in visible.h. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same without "flong: ". */
void say_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Rewrites the status line of the terminal; NULL clears it. */
void say_status(const char *line);

/* A short text by value; lives until the end of the full expression. */
typedef struct spelling {
    char text[96];
} spelling;

spelling spell_number(uint64_t n);                      /* 40,483 */
spelling spell_count(uint64_t n, const char *singular); /* 40,483 articles, 1 article */
spelling spell_bytes(uint64_t n);                       /* 312 MB, 1.4 GB */
spelling spell_seconds(double seconds);                 /* 3.1 s, 2 min 05 s */

#endif
