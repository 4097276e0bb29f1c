/* Fuzz target: any bytes as an input file. What is handed out must be valid UTF-8 and whole. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "flong.h"
#include "input/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(flong_str s) {
    if (s.n && !json_is_utf8(s.p, s.n)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int file = -1;
    if (file < 0) file = memfd_create("input", 0);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size) abort();
    char path[64];
    const char *paths[] = {path};
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const flong_field fields[] = {{"text", "a.b"}, {"title", "c"}};
    flong_input_options options = {.size = sizeof options, .fields = fields, .n_fields = 2, .max_line = 5000};
    flong_input *input;
    if (flong_input_open(&input, paths, 1, &options, NULL) != FLONG_OK) abort();
    const flong_record *record;
    while (flong_input_next(input, &record, NULL) == FLONG_OK && record) {
        check(record->id), check(record->url), check(record->site), check(record->title), check(record->text),
            check(record->author), check(record->lang);
        flong_str raw = flong_input_raw(input);
        if (record->id.n == 0 || record->id.n > 4096 || record->text.n + record->title.n == 0 || raw.n > 5000)
            abort();
    }
    flong_input_close(input);
    return 0;
}
