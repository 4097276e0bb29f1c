/* The public side of the input: records in order, what is wrong told of, counts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "input/feed.h"
#include "input/identity.h"
#include "input/limits.h"
#include "input/resume.h"
#include "input/site.h"
#include "input/written.h"

struct flong_input {
    flong_input_options options;
    paths paths;
    shards shards;
    feed feed;
    flong_record record;
    flong_str raw;
    buffer written; /* raw, of what is no JSON */
    char site[SITE_HOST_MAX];
    char id[LIMIT_NAME + 32];
    char too_long[48];
    uint64_t ignored;     /* entries of archives */
    buffer noted;         /* by an index, of files that were read before */
    size_t reached;       /* the path of the item that was handed out last */
    uint64_t passed;      /* files and records that were read before */
    uint64_t taken, text; /* bytes of what was handed out, with what was read beside it */
    uint64_t records, bad, bad_dates, not_articles;
};

/* ---- opening ------------------------------------------------------------- */

static flong_status limits_take(flong_input *self, flong_error *error) {
    size_t most = self->options.max_line ? self->options.max_line : LIMIT_RECORD_DEFAULT;
    if (most > LIMIT_RECORD_MOST)
        return error_set(error, FLONG_ARG, "max_line is %zu; it can be %zu at most", most, LIMIT_RECORD_MOST);
    bool is_mib = most % (1 << 20) == 0;
    snprintf(self->too_long, sizeof self->too_long, "longer than %zu %s", is_mib ? most >> 20 : most,
             is_mib ? "MiB" : "bytes");
    self->shards.max_record = most;
    self->shards.too_long = self->too_long;
    return FLONG_OK;
}

static flong_status format_take(flong_input *self, flong_error *error) {
    const char *name = self->options.format;
    if (!name) return FLONG_OK;
    self->shards.forced = format_named(name);
    if (self->shards.forced) return FLONG_OK;
    char names[256] = "";
    for (size_t i = 0, at = 0; i < n_formats; i++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%s",
                               i == 0              ? ""
                               : i + 1 < n_formats ? ", "
                                                   : " and ",
                               formats[i].name);
    return error_set(error, FLONG_ARG, "there is no format \"%s\"; the formats are %s", name, names);
}

static flong_status options_take(flong_input *self, const flong_input_options *options, flong_error *error) {
    if (options) {
        if (options->size < sizeof options->size)
            return error_set(error, FLONG_ARG, "flong_input_options.size is not set");
        size_t n = options->size < sizeof *options ? options->size : sizeof *options;
        memcpy(&self->options, options, n);
    }
    if (self->options.n_fields && !self->options.fields)
        return error_set(error, FLONG_ARG, "flong_input_options.fields is not set");
    TRY(limits_take(self, error));
    return format_take(self, error);
}

static flong_status input_setup(flong_input *self, const char *const *names, size_t n,
                                const flong_input_options *options, flong_error *error) {
    TRY(options_take(self, options, error));
    self->shards.paths = &self->paths;
    self->paths.takes_all = self->shards.forced != NULL;
    TRY(shards_init(&self->shards, error));
    for (size_t i = 0; i < n; i++) TRY(paths_add(&self->paths, names[i], error));
    const reader_options reading = {.fields = self->options.fields,
                                    .n_fields = self->options.n_fields,
                                    .max_record = self->shards.max_record,
                                    .all_pages = self->options.all_pages != 0};
    unsigned threads = self->options.threads ? self->options.threads : 1;
    /* A read that waits for a pipe must be one of the calling thread: only that one can be asked to stop. */
    return feed_init(&self->feed, &self->shards, &reading, threads, !self->paths.has_pipe, error);
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
    feed_free(&self->feed);
    shards_free(&self->shards);
    paths_free(&self->paths);
    buffer_free(&self->written);
    buffer_free(&self->noted);
    mem_free(self);
}

/* ---- what is bad --------------------------------------------------------- */

static flong_status item_bad(flong_input *self, const item *it, const char *why, flong_error *error) {
    const char *file = it->file->label;
    self->bad++;
    if (self->options.strict && it->line)
        return error_set(error, FLONG_INPUT, "%s:%" PRIu64 ": %s", file, it->line, why);
    if (self->options.strict) return error_set(error, FLONG_INPUT, "%s: %s", file, why);
    if (self->options.on_bad) self->options.on_bad(self->options.bad_context, file, it->line, why);
    return FLONG_OK;
}

/* ---- one record ---------------------------------------------------------- */

static bool id_set(flong_input *self, const item *it) {
    flong_str *id = &self->record.id;
    if (id->n == 0 && self->record.url.n <= LIMIT_NAME) *id = self->record.url;
    if (id->n) return id->n <= LIMIT_NAME;
    int n =
        snprintf(self->id, sizeof self->id, it->number ? "%s:%" PRIu64 : "%s", it->file->label, it->number);
    *id = (flong_str){self->id, (size_t)n};
    return id->n <= LIMIT_NAME;
}

static void site_set(flong_input *self) {
    flong_str given = self->record.site;
    site_from_url(&self->record.site, self->site, given.n ? given : self->record.url);
}

/* An object of JSON may stand on several lines; line ends are nothing but white space in it. */
static flong_str json_raw(char *bytes, size_t n) {
    for (char *at = bytes; (at = memchr(at, '\n', n - (size_t)(at - bytes))); at++) {
        *at = ' ';
        if (at > bytes && at[-1] == '\r') at[-1] = ' ';
    }
    return (flong_str){bytes, n};
}

static flong_status raw_set(flong_input *self, const item *it, flong_error *error) {
    if (it->file->format->is_json) {
        self->raw = json_raw(feed_bytes(&self->feed, it), it->n);
        return FLONG_OK;
    }
    if (!written_json(&self->written, &self->record)) return error_nomem(error);
    self->raw = (flong_str){self->written.p, self->written.n};
    return FLONG_OK;
}

static flong_status record_take(flong_input *self, const item *it, const outcome *read, bool *got,
                                flong_error *error) {
    self->record = read->record;
    if (!id_set(self, it)) return item_bad(self, it, "the id is longer than 4096 bytes", error);
    site_set(self);
    self->bad_dates += read->has_bad_date;
    TRY(raw_set(self, it, error));
    path *file = &self->paths.items[it->file->path];
    *got = ++file->handed > file->pass;
    self->passed += !*got;
    return FLONG_OK;
}

/* An item that has no bytes to read. */
static flong_status fault_take(flong_input *self, const item *it, flong_error *error) {
    const flong_input_options *to = &self->options;
    if (it->kind == FAULT_BAD) return item_bad(self, it, it->fault, error);
    if (it->kind == FAULT_ODD && to->on_odd)
        to->on_odd(to->bad_context, it->file->label, it->line, it->fault);
    self->not_articles += it->kind == FAULT_NO_ARTICLE;
    return FLONG_OK;
}

static flong_status item_take(flong_input *self, const item *it, const outcome *read, bool *got,
                              flong_error *error) {
    if (!read) return fault_take(self, it, error);
    if (read->kind == OUTCOME_RECORD) return record_take(self, it, read, got, error);
    if (read->kind == OUTCOME_BAD) return item_bad(self, it, read->why, error);
    self->not_articles++;
    return FLONG_OK;
}

flong_status flong_input_next(flong_input *self, const flong_record **out, flong_error *error) {
    bool got = false;
    while (!got) {
        const item *it;
        const outcome *read;
        TRY(feed_next(&self->feed, &it, &read, error));
        self->taken = self->feed.now->taken;
        self->text = self->feed.now->text;
        self->ignored = self->feed.now->ignored;
        if (!it) break;
        self->reached = it->file->path;
        TRY(item_take(self, it, read, &got, error));
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

flong_status input_resume(flong_input *self, flong_str noted, flong_error *error) {
    self->noted.n = 0;
    if (!buffer_append(&self->noted, noted.p, noted.n)) return error_nomem(error);
    TRY(resume_begin(&self->paths, noted, &self->options, error));
    for (size_t i = 0; i < self->paths.n; i++) self->passed += self->paths.items[i].done;
    return FLONG_OK;
}

flong_status input_note(const flong_input *self, bool ended, buffer *out, flong_error *error) {
    flong_str noted = {self->noted.p, self->noted.n};
    bool good = resume_note(&self->paths, ended ? self->paths.n : self->reached, noted, out);
    return good ? FLONG_OK : error_nomem(error);
}

flong_str flong_input_raw(const flong_input *self) { return self->raw; }

flong_status flong_input_name(const flong_input *self, char out[FLONG_INPUT_NAME], flong_error *error) {
    return identity_make(out, &self->paths, &self->options, error);
}

void flong_input_get_stats(const flong_input *self, flong_input_stats *out) {
    *out = (flong_input_stats){.records = self->records,
                               .bad = self->bad,
                               .bad_dates = self->bad_dates,
                               .bytes = self->taken,
                               .bytes_total = self->paths.has_pipe ? 0 : self->paths.bytes,
                               .text_bytes = self->text,
                               .not_articles = self->not_articles,
                               .passed = self->passed,
                               .ignored = self->ignored + self->paths.ignored};
}
