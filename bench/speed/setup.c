#include "setup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "stopwatch.h"

_Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "flong-speed: %s: %s\n", what, why);
    exit(2);
}

/* Paths are few, and live as long as the process. */
typedef struct path_text {
    struct path_text *next;
    char text[];
} path_text;

static const char *path_join(const char *folder, const char *name) {
    static path_text *all;
    size_t n = strlen(folder) + strlen(name) + 2;
    path_text *made = malloc(sizeof *made + n);
    if (!made) fail(name, "out of memory");
    snprintf(made->text, n, "%s/%s", folder, name);
    made->next = all;
    all = made;
    return made->text;
}

const char *setup_path(const setup *s, const char *name) { return path_join(s->work, name); }
const char *setup_program(const setup *s, const char *name) { return path_join(s->folder, name); }

static void line_copy(FILE *to, const char *line, size_t n, const char *path) {
    if (fwrite(line, 1, n, to) != n) fail(path, strerror(errno));
}

/* Copies the lines [first, first + n); *bytes is how long they are. */
static void lines_copy(const char *from, const char *to, uint64_t first, uint64_t n, uint64_t *bytes) {
    FILE *in = fopen(from, "rbe"), *out = fopen(to, "wbe");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t got;
    if (!in || !out) fail(in ? to : from, strerror(errno));
    *bytes = 0;
    for (uint64_t i = 0; i < first + n && (got = getline(&line, &capacity, in)) > 0; i++) {
        if (i < first) continue;
        line_copy(out, line, (size_t)got, to);
        *bytes += (uint64_t)got;
    }
    free(line);
    fclose(in);
    if (fclose(out)) fail(to, strerror(errno));
}

void setup_part(const setup *s, setup *out, uint64_t first, uint64_t n) {
    char name[64];
    struct stat made;
    *out = *s;
    if (first == 0 && n >= s->articles) return;
    snprintf(name, sizeof name, "part-%" PRIu64 "-%" PRIu64 ".jsonl", first, n);
    out->file = setup_path(s, name);
    out->articles = n;
    if (stat(out->file, &made) == 0)
        out->bytes = (uint64_t)made.st_size;
    else
        lines_copy(s->file, out->file, first, n, &out->bytes);
}

void setup_sample(const setup *s, setup *out) { setup_part(s, out, 0, s->sample); }

timing words_run(const setup *s) {
    const char *const wc[] = {"wc", "-w", s->file, NULL};
    return program_run(wc, "/dev/null", "C.UTF-8");
}
