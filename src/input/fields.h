/* Which key of a JSON object is which field of a record: one table of the names that scrapers use. */
#ifndef FLONG_INPUT_FIELDS_H
#define FLONG_INPUT_FIELDS_H

#include <stdbool.h>

#include "base/memory.h"
#include "input/format.h"
#include "input/json.h"

enum {
    FIELD_ID,
    FIELD_URL,
    FIELD_SITE,
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_PUBLISHED,
    FIELD_AUTHOR,
    FIELD_LANG,
    FIELD_COUNT
};

/* A key and what it stands for. */
typedef struct alias {
    const char *name;
    uint32_t rank; /* the lowest that is there wins; no other alias has it */
    uint8_t field;
    bool is_users;
    uint16_t next; /* alias of the same hash, 0: none */
} alias;

enum { ALIAS_HEADS = 256 };

/* Values found in the record that was read last. */
typedef struct fields {
    alias *aliases; /* from 1 */
    size_t n, capacity;
    uint16_t heads[ALIAS_HEADS];
    flong_str values[FIELD_COUNT]; /* n == 0: not there; not for FIELD_PUBLISHED */
    uint32_t ranks[FIELD_COUNT];
    int64_t published;   /* or FLONG_NO_DATE */
    bool has_bad_date;   /* a date was there, but none could be read */
    bool has_text_key;   /* a string or list was there for the text, be it blank */
    char digits[24];     /* of an id that is a number */
    buffer text, author; /* those that are lists */
    buffer spare;        /* for the next one */
    char missing[512];   /* why there is no text */
} fields;

/* Builds the table, the user's names first; they must live as long as it, which is zeroed. FLONG_ARG:
 * there is no such field. */
flong_status fields_init(fields *self, const flong_field *users, size_t n, flong_error *error);
void fields_free(fields *self);

/* Takes the fields out of the object that was parsed. Fails only with FLONG_NOMEM. */
flong_status fields_read(fields *self, json *parsed, flong_error *error);

/* The same for what is no JSON: fields_begin, then fields_put for each key and its value, then fields_end. The values
 * are borrowed until the record was used. */
void fields_begin(fields *self);
void fields_put(fields *self, flong_str key, flong_str value);
void fields_end(fields *self);

/* Whether the name is a usual one for the field, in any spelling. */
bool fields_knows(flong_str name, size_t field);

/* The record that was read last, or why it is none. */
void fields_record(const fields *self, outcome *out);

#endif
