/* Fuzz target: any bytes as a list of file names. Each name lies within the list, ends in it and is not empty. */
#include <stdarg.h>
#include <stdint.h>

#include "cli/files.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void say(const char *format, ...) { (void)format; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *bytes = malloc(size + 1), *last = bytes;
    if (!bytes) abort();
    memcpy(bytes, data, size);
    bytes[size] = 0;
    size_t n = list_split(bytes, size, NULL);
    const char **names = calloc(n + 1, sizeof *names);
    if (!names || list_split(bytes, size, names) != n) abort();
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(names[i]);
        if (length == 0 || names[i] < last || names[i] + length > bytes + size) abort();
        last = bytes + (names[i] - bytes) + length;
    }
    options_list_files(&(options){.files_from = NULL});
    free(names);
    free(bytes);
    return 0;
}
