/* An article as a line of JSON, edited without being taken apart. */
#ifndef REPEAT_LINE_H
#define REPEAT_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct line_edit {
    uint32_t time;  /* 0: the line is left as it is */
    uint32_t words; /* of 1,000 different words so many are replaced */
    long days;      /* by which the date is later */
} line_edit;

/* Writes a line of n bytes with the edits of ids, urls, titles, texts and dates ("id", "url", "title", "text" and
 * "published" of an object's top level); false where it is no object. A line end is written in any case. */
bool line_write(FILE *to, const char *line, size_t n, const line_edit *edit);

#endif
