/* Runs a fuzz target over files and the files of folders, so that every build replays every corpus:
 *
 *   replay_NAME FILE|FOLDER... */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t n_files;

static void replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    size_t n = (size_t)ftell(file);
    uint8_t *bytes = malloc(n ? n : 1); /* of the right size, so that reading beyond it is seen */
    rewind(file);
    if (!bytes || fread(bytes, 1, n, file) != n || fclose(file) != 0) exit(2);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(bytes, n);
    free(bytes);
    n_files++;
}

static void replay(const char *path) {
    struct stat is;
    if (stat(path, &is) == 0 && !S_ISDIR(is.st_mode)) {
        replay_file(path);
        return;
    }
    DIR *folder = opendir(path);
    if (!folder) {
        perror(path);
        exit(2);
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char below[4096];
        if (entry->d_name[0] == '.') continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        replay(below);
    }
    closedir(folder);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) replay(argv[i]);
    printf("%zu files\n", n_files);
    return n_files == 0;
}
