#include "report/jsonl.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* A line of an article has a few hundred bytes, and some thousand where titles and addresses are long. */
enum { LINE_MOST = 16 << 20, READ_AHEAD = 1 << 18 };

static flong_status cannot_read(const jsonl *f, flong_error *error) {
    return error_set(error, FLONG_IO, "%s: cannot be read: %s", f->path, strerror(errno ? errno : EIO));
}

flong_status jsonl_open(jsonl *f, const char *path, flong_error *error) {
    *f = (jsonl){.path = path, .json = json_new()};
    if (!f->json || !buffer_reserve(&f->ahead, READ_AHEAD + JSON_PADDING)) return error_nomem(error);
    errno = 0;
    f->file = fopen(path, "rbe");
    f->again = fopen(path, "rbe");
    if (!f->file || !f->again) return cannot_read(f, error);
    unsigned char magic[4] = {0};
    bool packed = fread(magic, 1, sizeof magic, f->again) >= 2 &&
                  ((magic[0] == 0x1F && magic[1] == 0x8B) || (magic[0] == 0x28 && magic[1] == 0xB5));
    if (packed || fseeko(f->again, 0, SEEK_SET) != 0)
        return error_set(error, FLONG_INPUT, "%s: is read twice; unpack it into a file first", path);
    return FLONG_OK;
}

void jsonl_close(jsonl *f) {
    json_free(f->json);
    if (f->file) fclose(f->file);
    if (f->again) fclose(f->again);
    buffer_free(&f->ahead);
    buffer_free(&f->line);
    *f = (jsonl){0};
}

flong_status jsonl_bad(const jsonl *f, const char *why, flong_error *error) {
    return error_set(error, FLONG_INPUT, "%s: line %" PRIu64 ": %s", f->path, f->number, why);
}

/* Reads on; *got: there was something. */
static flong_status more_read(jsonl *f, bool *got, flong_error *error) {
    if (f->start) memmove(f->ahead.p, f->ahead.p + f->start, f->ahead.n - f->start);
    f->ahead.n -= f->start;
    f->start = 0;
    if (!buffer_reserve(&f->ahead, READ_AHEAD + JSON_PADDING)) return error_nomem(error);
    errno = 0;
    size_t n = fread(f->ahead.p + f->ahead.n, 1, READ_AHEAD, f->file);
    if (n == 0 && ferror(f->file)) return cannot_read(f, error);
    memset(f->ahead.p + f->ahead.n + n, 0, JSON_PADDING);
    f->ahead.n += n;
    *got = n > 0;
    return FLONG_OK;
}

/* Finds the end of the line that begins at f->start, which is that of the file where no line feed is. */
static flong_status line_end(jsonl *f, size_t *length, flong_error *error) {
    size_t searched = 0;
    for (bool got = true;;) {
        size_t n = f->ahead.n - f->start;
        const char *from = f->ahead.p + f->start,
                   *end = n > searched ? memchr(from + searched, '\n', n - searched) : NULL;
        *length = end ? (size_t)(end - from) : n;
        if (*length > LINE_MOST) return jsonl_bad(f, "longer than 16 MiB", error);
        if (end || !got) return FLONG_OK;
        searched = n;
        TRY(more_read(f, &got, error));
    }
}

static bool is_blank(const char *p, size_t n) {
    while (n && (*p == ' ' || *p == '\t' || *p == '\r')) p++, n--;
    return n == 0;
}

flong_status jsonl_next(jsonl *f, jsonl_place *place, bool *found, flong_error *error) {
    const char *why, *line;
    size_t n;
    do {
        f->number++;
        TRY(line_end(f, &n, error));
        *found = f->start < f->ahead.n;
        if (!*found) return FLONG_OK;
        line = f->ahead.p + f->start;
        *place = (jsonl_place){f->at, (uint32_t)n};
        size_t with_feed = n + (f->start + n < f->ahead.n);
        f->start += with_feed;
        f->at += with_feed;
    } while (is_blank(line, n));
    flong_status status = json_parse(f->json, &why, line, n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    return status == FLONG_OK ? FLONG_OK : jsonl_bad(f, why, error);
}

flong_status jsonl_again(jsonl *f, jsonl_place place, flong_error *error) {
    const char *why;
    f->line.n = 0;
    if (!buffer_reserve(&f->line, (size_t)place.n + JSON_PADDING)) return error_nomem(error);
    errno = 0;
    bool read =
        fseeko(f->again, (off_t)place.at, SEEK_SET) == 0 && fread(f->line.p, 1, place.n, f->again) == place.n;
    if (!read) return cannot_read(f, error);
    memset(f->line.p + place.n, 0, JSON_PADDING);
    flong_status status = json_parse(f->json, &why, f->line.p, place.n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    if (status == FLONG_OK) return FLONG_OK;
    return error_set(error, FLONG_INPUT, "%s: changed while it was read", f->path);
}

flong_str jsonl_string(jsonl *f, const char *path) {
    json_value value;
    if (!json_seek(f->json, path)) return (flong_str){0};
    json_read(f->json, &value);
    return value.kind == JSON_STRING ? value.string : (flong_str){0};
}

double jsonl_number(jsonl *f, const char *path) {
    json_value value = {0};
    if (!json_seek(f->json, path)) return 0;
    json_read(f->json, &value);
    return value.kind == JSON_INTEGER || value.kind == JSON_REAL ? value.number : 0;
}
