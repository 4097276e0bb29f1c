/* Objects of JSON as records. */
#include <stdio.h>

#include "base/error.h"
#include "input/fields.h"
#include "input/format.h"
#include "input/json.h"
#include "input/site.h"

_Static_assert((int)BLOCK_PADDING >= (int)JSON_PADDING, "items are parsed where they lie");

typedef struct jsonl {
    json *json;
    fields fields;
    char why[256];
} jsonl;

flong_status jsonl_new(void **out, const reader_options *options, flong_error *error) {
    jsonl *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    self->json = json_new();
    flong_status status = self->json ? fields_init(&self->fields, options->fields, options->n_fields, error)
                                     : error_nomem(error);
    if (status == FLONG_OK)
        *out = self;
    else
        jsonl_free(self);
    return status;
}

void jsonl_free(void *reader) {
    jsonl *self = reader;
    if (!self) return;
    json_free(self->json);
    fields_free(&self->fields);
    mem_free(self);
}

flong_status jsonl_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error) {
    jsonl *self = reader;
    const char *why = NULL;
    (void)it;
    flong_status status = json_parse(self->json, &why, bytes.p, bytes.n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    if (status != FLONG_OK) {
        snprintf(self->why, sizeof self->why, "no JSON object: %s", why);
        *out = (outcome){.why = self->why};
        return FLONG_OK;
    }
    TRY(fields_read(&self->fields, self->json, error));
    fields_record(&self->fields, out);
    return FLONG_OK;
}
