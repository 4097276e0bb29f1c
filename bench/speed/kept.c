#include "kept.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "archive.h"

/* ---- slices ------------------------------------------------------------------------------ */

void slice_open(slice *out, const char *file, uint64_t n) {
    flong_error error;
    *out = (slice){.left = n};
    check(flong_input_open(&out->input, &file, 1, NULL, &error), &error);
}

void kept_queries(const setup *s, slice *out) {
    setup queries;
    setup_part(s, &queries, s->articles - s->queries, s->queries);
    slice_open(out, queries.file, s->queries);
}

void slice_close(slice *s) { flong_input_close(s->input); }

const flong_record *slice_next(slice *s) {
    flong_error error;
    const flong_record *record;
    if (s->left == 0) return NULL;
    s->left--;
    check(flong_input_next(s->input, &record, &error), &error);
    return record;
}

int slice_source(void *context, flong_record *out, flong_error *error) {
    slice *s = context;
    if (s->left == 0) return 0;
    s->left--;
    return flong_input_source(s->input, out, error);
}

void slice_add(slice *s, flong_index *index, unsigned threads) {
    flong_error error;
    flong_add_options options = {.size = sizeof options, .threads = threads};
    check(flong_index_add(index, slice_source, s, &options, &error), &error);
    slice_close(s);
}

/* ---- files ------------------------------------------------------------------------------- */

flong_index *kept_open(const char *path, unsigned flags) {
    flong_error error;
    flong_index *index;
    check(flong_index_open(&index, path, flags, NULL, &error), &error);
    return index;
}

const char *kept_index(const setup *s, uint64_t n) {
    char name[48];
    slice all;
    snprintf(name, sizeof name, "first-%" PRIu64 ".flong", n);
    const char *path = setup_path(s, name);
    if (access(path, F_OK) == 0) return path;
    flong_index *index = kept_open(path, FLONG_OPEN_WRITE);
    slice_open(&all, s->file, n);
    slice_add(&all, index, 0);
    flong_index_close(index);
    return path;
}

const char *kept_others(const setup *s) { return kept_index(s, s->articles - s->queries); }

void kept_copy(const char *from, const char *to) {
    static char bytes[1 << 18];
    size_t n;
    FILE *in = fopen(from, "rbe"), *out = fopen(to, "wbe");
    if (!in || !out) fail(in ? to : from, strerror(errno));
    while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
        if (fwrite(bytes, 1, n, out) != n) fail(to, strerror(errno));
    bool failed = ferror(in);
    fclose(in);
    if (fclose(out) || failed) fail(to, strerror(errno));
}

void kept_remove(const char *path) {
    static const char *const beside[] = {"", "-wal", "-shm"};
    char name[PATH_MOST];
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        unlink(name);
    }
}
