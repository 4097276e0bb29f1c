/* Which key of a JSON object is which field of a record: one table of the names that scrapers use. */
#ifndef FLONG_INPUT_FIELDS_H
#define FLONG_INPUT_FIELDS_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"
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

/* Takes the fields out of the line that was parsed. Fails only with FLONG_NOMEM. */
flong_status fields_read(fields *self, json *parsed, flong_error *error);

#endif
