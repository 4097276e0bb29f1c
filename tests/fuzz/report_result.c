/* Fuzz target: any bytes as what flong cluster wrote, articles up to a line of "=" and then pairs, for a page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "flong.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int bytes_count(void *context, const char *bytes, size_t n) {
    *(uint64_t *)context += n;
    return n && !bytes;
}

static int file_fill(char path[64], int file, const uint8_t *data, size_t size) {
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size) abort();
    return snprintf(path, 64, "/proc/self/fd/%d", file);
}

/* Two articles, of which results may tell. */
static int source_next(void *context, flong_record *out, flong_error *error) {
    static const char *const ids[] = {"a", "b"};
    size_t *at = context;
    (void)error;
    if (*at == 2) return 0;
    *out = (flong_record){.id = {ids[*at], 1}, .text = {"A text.", 7}, .published = FLONG_NO_DATE};
    ++*at;
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int files[2] = {-1, -1};
    char paths[2][64];
    size_t articles = 0, at = 0;
    uint64_t written = 0;
    for (int i = 0; i < 2; i++)
        if (files[i] < 0) files[i] = memfd_create("result", 0);
    while (articles < size && !(data[articles] == '=' && (articles == 0 || data[articles - 1] == '\n')))
        articles++;
    size_t pairs = articles < size ? articles + 1 : size;
    file_fill(paths[0], files[0], data, articles);
    file_fill(paths[1], files[1], data + pairs, size - pairs);
    flong_html_options options = {.size = sizeof options,
                                  .threads = 1,
                                  .result = paths[0],
                                  .pairs = pairs < size ? paths[1] : NULL,
                                  .articles = source_next,
                                  .articles_context = &at};
    flong_error error = {FLONG_OK, ""};
    flong_status status = flong_report_html(NULL, &options, bytes_count, &written, &error);
    if (status != FLONG_OK && (status != error.status || !error.text[0])) abort();
    if (status == FLONG_OK && written < 1000) abort(); /* the page is there */
    return 0;
}
