#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "input/fields.h"
#include "input/identity.h"
#include "input/json.h"
#include "input/lines.h"
#include "input/paths.h"
#include "input/site.h"
#include "input/sniff.h"
#include "input/stream.h"
#include "input/textfile.h"

_Static_assert((int)LINES_PADDING >= (int)JSON_PADDING, "lines are parsed where they lie");

enum { DEFAULT_MAX_LINE = 64 << 20, MAX_ID = 4096 };

/* simdjson counts bytes in 32 bits. */
static const size_t MOST_MAX_LINE = 0xFFFFFFFFu - 4096;

struct flong_input {
    flong_input_options options;
    paths paths;
    size_t at; /* the path that is open, or is to be opened next */
    bool is_open;
    stream *stream;
    lines lines;
    json *json;
    fields fields;
    flong_record record;
    flong_str raw;
    buffer text_json; /* raw, for a text file */
    char site[SITE_HOST_MAX];
    char id[MAX_ID + 32];
    char too_long[48];
    uint64_t records, bad, bad_dates;
};

/* ---- opening ------------------------------------------------------------- */

static flong_status options_take(flong_input *self, const flong_input_options *options, flong_error *error) {
    if (options) {
        if (options->size < sizeof options->size)
            return error_set(error, FLONG_ARG, "flong_input_options.size is not set");
        size_t n = options->size < sizeof *options ? options->size : sizeof *options;
        memcpy(&self->options, options, n);
    }
    if (self->options.n_fields && !self->options.fields)
        return error_set(error, FLONG_ARG, "flong_input_options.fields is not set");
    size_t most = self->options.max_line ? self->options.max_line : DEFAULT_MAX_LINE;
    if (most > MOST_MAX_LINE)
        return error_set(error, FLONG_ARG, "max_line is %zu; it can be %zu at most", most, MOST_MAX_LINE);
    self->lines.max_line = most;
    bool is_mib = most % (1 << 20) == 0;
    snprintf(self->too_long, sizeof self->too_long, "longer than %zu %s", is_mib ? most >> 20 : most,
             is_mib ? "MiB" : "bytes");
    return FLONG_OK;
}

static flong_status input_setup(flong_input *self, const char *const *names, size_t n,
                                const flong_input_options *options, flong_error *error) {
    TRY(options_take(self, options, error));
    TRY(fields_init(&self->fields, self->options.fields, self->options.n_fields, error));
    self->stream = self->lines.stream = stream_new();
    self->json = json_new();
    if (!self->stream || !self->json) return error_nomem(error);
    for (size_t i = 0; i < n; i++) TRY(paths_add(&self->paths, names[i], error));
    return FLONG_OK;
}

flong_status flong_input_open(flong_input **out, const char *const *names, size_t n,
                              const flong_input_options *options, flong_error *error) {
    flong_input *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    flong_status status = input_setup(self, names, n, options, error);
    if (status == FLONG_OK)
        *out = self;
    else
        flong_input_close(self);
    return status;
}

void flong_input_close(flong_input *self) {
    if (!self) return;
    stream_free(self->stream);
    lines_free(&self->lines);
    json_free(self->json);
    fields_free(&self->fields);
    paths_free(&self->paths);
    buffer_free(&self->text_json);
    mem_free(self);
}

/* ---- what is bad --------------------------------------------------------- */

static const path *input_path(const flong_input *self) { return &self->paths.items[self->at]; }

/* Tells of a line, or with 0 of the whole file. */
static flong_status input_bad(flong_input *self, uint64_t line, const char *why, flong_error *error) {
    const char *file = input_path(self)->label;
    self->bad++;
    if (self->options.strict && line)
        return error_set(error, FLONG_INPUT, "%s:%" PRIu64 ": %s", file, line, why);
    if (self->options.strict) return error_set(error, FLONG_INPUT, "%s: %s", file, why);
    if (self->options.on_bad) self->options.on_bad(self->options.bad_context, file, line, why);
    return FLONG_OK;
}

static flong_status json_bad(flong_input *self, const char *why, flong_error *error) {
    char text[256];
    snprintf(text, sizeof text, "no JSON object: %s", why);
    return input_bad(self, self->lines.number, text, error);
}

/* ---- one line ------------------------------------------------------------ */

static bool id_set(flong_input *self) {
    flong_str *id = &self->record.id;
    *id = self->fields.values[FIELD_ID];
    if (id->n == 0 && self->record.url.n <= MAX_ID) *id = self->record.url;
    if (id->n) return id->n <= MAX_ID;
    int n = snprintf(self->id, sizeof self->id, "%s:%" PRIu64, input_path(self)->label, self->lines.number);
    *id = (flong_str){self->id, (size_t)n};
    return id->n <= MAX_ID;
}

static void site_set(flong_input *self) {
    flong_str given = text_trim(self->fields.values[FIELD_SITE]);
    self->record.site = given;
    site_from_url(&self->record.site, self->site, given.n ? given : self->record.url);
}

/* Makes the record of the fields; *why remains NULL when it is one. */
static void record_set(flong_input *self, const char **why) {
    const flong_str *values = self->fields.values;
    self->record = (flong_record){.url = text_trim(values[FIELD_URL]),
                                  .title = text_trim(values[FIELD_TITLE]),
                                  .text = values[FIELD_TEXT],
                                  .published = self->fields.published,
                                  .author = text_trim(values[FIELD_AUTHOR]),
                                  .lang = text_trim(values[FIELD_LANG])};
    if (self->record.text.n == 0 && self->record.title.n == 0)
        *why = self->fields.has_text_key ? "no text: it is empty" : self->fields.missing;
    else if (!id_set(self))
        *why = "the id is longer than 4096 bytes";
    else
        site_set(self);
}

static flong_status line_take(flong_input *self, flong_str line, bool *got, flong_error *error) {
    const char *why = NULL;
    flong_status status = json_parse(self->json, &why, line.p, line.n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    if (status != FLONG_OK) return json_bad(self, why, error);
    TRY(fields_read(&self->fields, self->json, error));
    record_set(self, &why);
    if (why) return input_bad(self, self->lines.number, why, error);
    self->bad_dates += self->fields.has_bad_date;
    self->raw = line;
    *got = true;
    return FLONG_OK;
}

/* ---- one file ------------------------------------------------------------ */

static void file_close(flong_input *self) {
    if (self->is_open) stream_shut(self->stream);
    self->is_open = false;
    self->at++;
}

/* Damaged data ends a file as a bad line does; any other failure goes to the caller. Either way a caller
 * who calls again gets the next file. */
static flong_status file_fail(flong_input *self, flong_status status, const flong_error *cause,
                              flong_error *error) {
    uint64_t line = input_path(self)->is_text ? 0 : self->lines.number + 1;
    if (status == FLONG_INPUT)
        status = input_bad(self, line, cause->text, error);
    else if (error)
        *error = *cause;
    file_close(self);
    return status;
}

static flong_status text_set(flong_input *self, flong_str text, const char *why, bool *got,
                             flong_error *error) {
    const char *label = input_path(self)->label;
    flong_str id = {label, strlen(label)};
    if (!why) why = textfile_fault(text);
    if (!why && id.n > MAX_ID) why = "the id is longer than 4096 bytes";
    if (why) return input_bad(self, 0, why, error);
    if (!textfile_json(&self->text_json, id, text)) return error_nomem(error);
    self->record = (flong_record){.id = id, .text = text, .published = FLONG_NO_DATE};
    self->raw = (flong_str){self->text_json.p, self->text_json.n};
    *got = true;
    return FLONG_OK;
}

static flong_status text_take(flong_input *self, bool *got, flong_error *error) {
    flong_error cause;
    lines_found found;
    flong_str text = {NULL, 0};
    flong_status status = lines_rest(&self->lines, &found, &text, &cause);
    if (status != FLONG_OK) return file_fail(self, status, &cause, error);
    status = text_set(self, text, found == LINES_TOO_LONG ? self->too_long : NULL, got, error);
    file_close(self);
    return status;
}

/* Opens the next file, and closes it again when there are no lines of JSON in it. */
static flong_status file_open(flong_input *self, bool *got, flong_error *error) {
    flong_error cause;
    flong_str head = {NULL, 0};
    self->is_open = true;
    lines_reset(&self->lines);
    flong_status status = stream_open(self->stream, input_path(self)->name, &cause);
    if (status == FLONG_OK && input_path(self)->is_text) return text_take(self, got, error);
    if (status == FLONG_OK) status = lines_peek(&self->lines, &head, &cause);
    if (status != FLONG_OK) return file_fail(self, status, &cause, error);
    const char *why = sniff_lines(head);
    if (!why) return FLONG_OK;
    status = input_bad(self, 0, why, error);
    file_close(self);
    return status;
}

/* Goes on until there is a record, or the file ends. */
static flong_status file_read(flong_input *self, bool *got, flong_error *error) {
    while (!*got) {
        flong_error cause;
        lines_found found;
        flong_str line;
        flong_status status = lines_next(&self->lines, &found, &line, &cause);
        if (status != FLONG_OK) return file_fail(self, status, &cause, error);
        if (found == LINES_END) {
            file_close(self);
            return FLONG_OK;
        }
        if (found == LINES_LINE)
            TRY(line_take(self, line, got, error));
        else
            TRY(input_bad(self, self->lines.number, self->too_long, error));
    }
    return FLONG_OK;
}

flong_status flong_input_next(flong_input *self, const flong_record **out, flong_error *error) {
    bool got = false;
    while (!got && self->at < self->paths.n) {
        TRY(self->is_open ? file_read(self, &got, error) : file_open(self, &got, error));
    }
    if (got) self->records++;
    *out = got ? &self->record : NULL;
    return FLONG_OK;
}

int flong_input_source(void *context, flong_record *out, flong_error *error) {
    const flong_record *record = NULL;
    if (flong_input_next(context, &record, error) != FLONG_OK) return -1;
    if (!record) return 0;
    *out = *record;
    return 1;
}

flong_str flong_input_raw(const flong_input *self) { return self->raw; }

flong_status flong_input_name(const flong_input *self, char out[FLONG_INPUT_NAME], flong_error *error) {
    return identity_make(out, &self->paths, &self->options, error);
}

void flong_input_get_stats(const flong_input *self, flong_input_stats *out) {
    *out = (flong_input_stats){.records = self->records,
                               .bad = self->bad,
                               .bad_dates = self->bad_dates,
                               .bytes = stream_taken(self->stream),
                               .bytes_total = self->paths.has_pipe ? 0 : self->paths.bytes,
                               .text_bytes = self->lines.total};
}
