#include "input/resume.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "input/identity.h"

/* A note: the stamp, which is hex digits, and 16 more of them for the number of records. */
enum { STAMP = FLONG_INPUT_NAME - 1, NOTE = STAMP + 16 };

static int compare_notes(const void *a, const void *b) { return memcmp(a, b, STAMP); }

static const char *note_find(flong_str noted, const char *stamp) {
    return noted.n < NOTE ? NULL : bsearch(stamp, noted.p, noted.n / NOTE, NOTE, compare_notes);
}

static uint64_t note_count(const char *note) {
    char digits[NOTE - STAMP + 1];
    memcpy(digits, note + STAMP, sizeof digits - 1);
    digits[sizeof digits - 1] = 0;
    return strtoull(digits, NULL, 16);
}

flong_status resume_begin(paths *files, flong_str noted, const flong_input_options *options,
                          flong_error *error) {
    for (size_t i = 0; i < files->n; i++) {
        path *file = &files->items[i];
        const paths alone = {.items = file, .n = 1, .has_pipe = files->has_pipe};
        TRY(identity_make(file->stamp, &alone, options, error));
        const char *note = note_find(noted, file->stamp);
        uint64_t count = note ? note_count(note) : 0;
        file->done = count == RESUME_DONE;
        file->pass = file->done ? 0 : count;
    }
    return FLONG_OK;
}

static bool note_add(buffer *out, const char *stamp, uint64_t count) {
    char note[NOTE + 1];
    snprintf(note, sizeof note, "%.*s%016" PRIx64, (int)STAMP, stamp, count);
    return buffer_append(out, note, NOTE);
}

bool resume_note(const paths *files, size_t reached, flong_str noted, buffer *out) {
    size_t n = 0;
    out->n = 0;
    for (size_t i = 0; i < files->n; i++) {
        const path *file = &files->items[i];
        bool done = i < reached || file->done;
        uint64_t count = file->handed > file->pass ? file->handed : file->pass;
        if ((done || count) && !note_add(out, file->stamp, done ? RESUME_DONE : count)) return false;
    }
    /* Those of other calls stay; the new ones are what they are looked up in. */
    n = out->n / NOTE;
    if (n) qsort(out->p, n, NOTE, compare_notes);
    for (size_t at = 0; at + NOTE <= noted.n; at += NOTE)
        if (!note_find((flong_str){out->p, n * NOTE}, noted.p + at) &&
            !buffer_append(out, noted.p + at, NOTE))
            return false;
    if (out->n) qsort(out->p, out->n / NOTE, NOTE, compare_notes);
    return true;
}
