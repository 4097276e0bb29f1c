#include "report/jsonl.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/memory.h"

/* A line of an article has a few hundred bytes, and some thousand where titles and addresses are long. */
enum { LINE_MOST = 16 << 20 };

static flong_status cannot_read(const jsonl *f, flong_error *error) {
    return error_set(error, FLONG_IO, "%s: cannot be read: %s", f->path, strerror(errno ? errno : EIO));
}

flong_status jsonl_open(jsonl *f, const char *path, flong_error *error) {
    flong_str head;
    *f = (jsonl){.path = path, .stream = stream_new(), .json = json_new(), .lines = {.max_line = LINE_MOST}};
    f->lines.stream = f->stream;
    if (!f->stream || !f->json) return error_nomem(error);
    TRY(stream_open(f->stream, path, error));
    TRY(lines_peek(&f->lines, &head, error));
    f->again = fopen(path, "rbe");
    if (!f->again) return cannot_read(f, error);
    unsigned char magic[4] = {0};
    bool packed = fread(magic, 1, sizeof magic, f->again) >= 2 &&
                  ((magic[0] == 0x1F && magic[1] == 0x8B) || (magic[0] == 0x28 && magic[1] == 0xB5));
    if (packed || fseeko(f->again, 0, SEEK_SET) != 0)
        return error_set(error, FLONG_INPUT, "%s: is read twice; unpack it into a file first", path);
    return FLONG_OK;
}

void jsonl_close(jsonl *f) {
    lines_free(&f->lines);
    if (f->stream) stream_free(f->stream);
    json_free(f->json);
    if (f->again) fclose(f->again);
    mem_free(f->line);
    *f = (jsonl){0};
}

flong_status jsonl_bad(const jsonl *f, const char *why, flong_error *error) {
    return error_set(error, FLONG_INPUT, "%s: line %" PRIu64 ": %s", f->path, f->lines.number, why);
}

flong_status jsonl_next(jsonl *f, jsonl_place *place, bool *found, flong_error *error) {
    lines_found what;
    flong_str line;
    const char *why;
    TRY(lines_next(&f->lines, &what, &line, error));
    *found = what != LINES_END;
    if (!*found) return FLONG_OK;
    if (what == LINES_TOO_LONG) return jsonl_bad(f, "longer than 16 MiB", error);
    size_t left = f->lines.end - (size_t)(line.p - f->lines.bytes);
    *place = (jsonl_place){f->lines.total - left, (uint32_t)line.n};
    flong_status status = json_parse(f->json, &why, line.p, line.n);
    if (status == FLONG_NOMEM) return error_nomem(error);
    return status == FLONG_OK ? FLONG_OK : jsonl_bad(f, why, error);
}

flong_status jsonl_again(jsonl *f, jsonl_place place, flong_error *error) {
    const char *why;
    if (f->capacity < (size_t)place.n + JSON_PADDING) {
        size_t capacity = 2 * (size_t)place.n + JSON_PADDING;
        char *bytes = mem_resize(f->line, capacity, 1);
        if (!bytes) return error_nomem(error);
        f->line = bytes;
        f->capacity = capacity;
    }
    errno = 0;
    bool read =
        fseeko(f->again, (off_t)place.at, SEEK_SET) == 0 && fread(f->line, 1, place.n, f->again) == place.n;
    if (!read) return cannot_read(f, error);
    memset(f->line + place.n, 0, JSON_PADDING);
    flong_status status = json_parse(f->json, &why, f->line, place.n);
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
