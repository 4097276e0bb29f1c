/* Chosen fields of the objects in a file of JSON lines, read with SQLite's JSON functions. Whatever
 * goes wrong ends the program with status 2 and a message. */
#ifndef SCORE_JSON_H
#define SCORE_JSON_H

#include <stddef.h>
#include <stdint.h>

#define JSON_FIELDS 8

typedef struct json_reader json_reader;

/* The n names must live as long as the reader. */
json_reader *json_open(const char *path, const char *const *names, int n);
/* The next object that is not an empty line; 0 at the end, when the reader is freed. */
int json_next(json_reader *r);
/* 64-bit hash of a string or number, never 0; 0 when the field is not there. */
uint64_t json_hash(const json_reader *r, int field);
/* Hashes of the words of a string, at most `most` of them; returns how many. */
size_t json_words(const json_reader *r, int field, uint64_t *out, size_t most);
/* The same as json_hash, but the field must be there. */
uint64_t json_need(const json_reader *r, int field);
/* Borrowed until the next call; "" when the field is not there. */
const char *json_text(const json_reader *r, int field);
/* 0 when the field is not there. */
double json_number(const json_reader *r, int field);
/* Ends the program: where the reader is, and what is wrong there. */
_Noreturn void json_fail(const json_reader *r, const char *what);

/* realloc, or the end of the program. */
void *memory_resize(void *p, size_t size);

#endif
