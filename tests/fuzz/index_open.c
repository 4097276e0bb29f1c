/* Fuzz target: any bytes as an index file, opened for reading and for writing, and used. An input that begins
 * with "mutate" is applied to a good index instead: four bytes of place, one to put there, and so on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];

static void files_remove(void) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (int i = 0; i < 4; i++) {
        char side[80];
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
}

static void file_write(const void *bytes, size_t n) {
    files_remove();
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, n, file) != n || fclose(file) != 0) abort();
}

static text good; /* an index of a few articles, as bytes */
static records some;

static void good_make(void) {
    const char *root = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.30s/flong-fuzz.%ld", root ? root : "/tmp", (long)getpid());
    atexit(files_remove);
    files_remove();
    records_archive(&some, 5, 0, 24, false);
    records_news(&some, 5, 12);
    flong_index *index = index_open(path, FLONG_OPEN_WRITE);
    index_add(index, &some, 0, 23, 1);
    index_add(index, &some, 24, 35, 1);
    flong_index_close(index);
    char bytes[4096];
    FILE *file = fopen(path, "rb");
    for (size_t n; file && (n = fread(bytes, 1, sizeof bytes, file)) > 0;) text_add(&good, bytes, n);
    if (!file || fclose(file) != 0) abort();
}

static int pass_bytes(void *context, const char *bytes, size_t n) {
    *(uint64_t *)context += n && bytes[0] == '{';
    return 0;
}

static void use(unsigned flags) {
    flong_index *index;
    flong_info info;
    uint64_t lines = 0;
    record_source source = {.all = &some, .at = 23, .end = 24};
    const flong_add_options options = {.size = sizeof options, .threads = 1};
    if (flong_index_open(&index, path, flags, NULL, NULL) != FLONG_OK) return;
    flong_index_info(index, &info, NULL);
    flong_index_check(index, NULL);
    flong_report_match(index, NULL, &some.list[3], 1, pass_bytes, &lines, NULL);
    flong_report_articles(index, pass_bytes, &lines, NULL);
    flong_report_pairs(index, pass_bytes, &lines, NULL);
    flong_report_stories(index, NULL, pass_bytes, &lines, NULL);
    flong_report_html(index, NULL, pass_bytes, &lines, NULL);
    flong_report_match(index, NULL, &some.list[35], 1, pass_bytes, &lines, NULL);
    flong_report_explain(index, some.list[3].id, some.list[5].id, pass_bytes, &lines, NULL);
    if (flags == FLONG_OPEN_WRITE) {
        flong_index_add(index, record_source_next, &source, &options, NULL);
        flong_index_remove(index, NULL, &some.list[2].id, 1, NULL);
        source.end = 36;
        flong_index_add(index, record_source_next, &source, &options, NULL);
        flong_index_remove(index, NULL, &some.list[25].id, 1, NULL);
    }
    flong_index_close(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char mutate[] = {'m', 'u', 't', 'a', 't', 'e'};
    if (good.n == 0) good_make();
    for (unsigned flags = FLONG_OPEN_READ; flags <= FLONG_OPEN_WRITE; flags++) {
        if (size >= sizeof mutate && memcmp(data, mutate, sizeof mutate) == 0) {
            text bytes = {0};
            text_add(&bytes, good.p, good.n);
            for (size_t i = sizeof mutate; i + 5 <= size; i += 5) {
                uint32_t place;
                memcpy(&place, data + i, sizeof place);
                bytes.p[place % bytes.n] = (char)data[i + 4];
            }
            file_write(bytes.p, bytes.n);
            text_free(&bytes);
        } else {
            file_write(data, size);
        }
        use(flags);
    }
    return 0;
}
