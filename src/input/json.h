/* JSON, parsed and checked as a whole by simdjson; the only file that is C++ stands behind this. */
#ifndef FLONG_INPUT_JSON_H
#define FLONG_INPUT_JSON_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Readable bytes that json_parse wants behind a line. */
enum { JSON_PADDING = 64 };

/* A parser with its last line and a cursor on one value of it. What it hands out is borrowed until the
 * next json_parse, and always valid UTF-8 without U+0000 (which becomes a space). */
typedef struct json json;

/* NULL when there is no memory. */
json *json_new(void);
void json_free(json *self);

/* Parses an object of n bytes. FLONG_INPUT: *why says why it is none (static). FLONG_NOMEM. The cursor
 * is before the first key. */
flong_status json_parse(json *self, const char **why, const char *line, size_t n);

/* Moves the cursor to the value of the next key of the object that is walked, at first that of the top level;
 * false at the end. In a list to the next value, with an empty key. */
bool json_next(json *self, flong_str *key);

/* Moves the cursor to a value inside of the object that is walked, e.g. "article.body"; false: it is not
 * there. The walk of json_next is not disturbed. */
bool json_seek(json *self, const char *path);

enum { JSON_DEPTH = 16 };

/* Begins to walk the object or list at the cursor; false: it is neither, or lies more than JSON_DEPTH deep.
 * json_leave goes on with the walk around it. */
bool json_enter(json *self);
void json_leave(json *self);
bool json_is_in_list(const json *self);

typedef enum json_kind { JSON_OTHER, JSON_STRING, JSON_INTEGER, JSON_REAL, JSON_LIST } json_kind;

/* A scalar. For JSON_INTEGER `string` holds the decimal digits too. */
typedef struct json_value {
    json_kind kind;
    flong_str string;
    double number;
    char digits[24];
} json_value;

/* The value at the cursor. A list of one string is that string; one of several is JSON_LIST. MongoDB's
 * wrappers {"$date": ...}, {"$oid": ...}, {"$numberLong": ...} are taken off. */
void json_read(json *self, json_value *out);

/* Appends the strings of the list at the cursor, a line end between them; what is not a string is left
 * out. False when there is no memory. */
bool json_join(json *self, buffer *out);

/* Appends the name at the cursor: a string, the string "name" of an object, or those of a list, ", " between them.
 * False when there is no memory. */
bool json_names(json *self, buffer *out);

/* Takes the whole numbers of the list at the cursor, and of lists in it, in their order: `most` at most. Returns how many;
 * what is none is left out. */
size_t json_numbers(json *self, uint64_t *out, size_t most);

/* Whether true or false is at the cursor: 1, 0, or -1 where neither is. */
int json_truth(json *self);

bool json_is_utf8(const char *bytes, size_t n);

#ifdef __cplusplus
}
#endif
#endif
