#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus/corpus.h"
#include "html.h"
#include "input/html.h"
#include "report/json.h"

typedef struct file {
    char *name; /* without ".html" */
    buffer bytes;
} file;

typedef struct files {
    file *list;
    size_t n, capacity, bytes;
} files;

static _Noreturn void end(const char *what) {
    perror(what);
    exit(2);
}

static void file_read(file *out, const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) end(path);
    for (size_t got = 1; got;) {
        corpus_need(buffer_reserve(&out->bytes, 1 << 16));
        got = fread(out->bytes.p + out->bytes.n, 1, 1 << 16, in);
        out->bytes.n += got;
    }
    if (ferror(in)) end(path);
    fclose(in);
}

static int by_name(const void *x, const void *y) {
    return strcmp(((const file *)x)->name, ((const file *)y)->name);
}

static void folder_read(files *all, const char *path) {
    DIR *open = opendir(path);
    if (!open) end(path);
    for (const struct dirent *entry; (entry = readdir(open));) {
        size_t n = strlen(entry->d_name);
        if (n < 6 || strcmp(entry->d_name + n - 5, ".html") != 0) continue;
        corpus_need(ARRAY_GROW(all->list, all->n, all->capacity));
        file *next = &all->list[all->n++];
        *next = (file){.name = strndup(entry->d_name, n - 5)};
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        file_read(next, name);
        all->bytes += next->bytes.n;
    }
    closedir(open);
    qsort(all->list, all->n, sizeof *all->list, by_name);
}

static void print(const file *f, const page *p) {
    static const char *const kinds[] = {"article", "list", "other"};
    json_line line = {0};
    json_begin(&line);
    json_text(&line, "id", (flong_str){f->name, strlen(f->name)});
    json_text(&line, "kind", (flong_str){kinds[p->kind], strlen(kinds[p->kind])});
    json_text(&line, "why", (flong_str){p->why, p->why ? strlen(p->why) : 0});
    json_text(&line, "url", p->url);
    json_text(&line, "site", p->site);
    json_text(&line, "title", p->title);
    json_text(&line, "author", p->author);
    json_text(&line, "lang", p->lang);
    json_time(&line, "published", p->published);
    json_text(&line, "text", p->text);
    json_end(&line);
    corpus_need(!line.failed);
    fwrite(line.bytes.p, 1, line.bytes.n, stdout);
    buffer_free(&line.bytes);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void pages_read(const char *path, size_t rounds) {
    files all = {0};
    folder_read(&all, path);
    html *reader = html_new();
    corpus_need(reader);
    double best = 1e9;
    for (size_t round = 0; round < rounds; round++) {
        double start = seconds();
        page out;
        for (size_t i = 0; i < all.n; i++) {
            corpus_need(html_read(reader, &out, (flong_str){all.list[i].bytes.p, all.list[i].bytes.n}, NULL,
                                  NULL) == FLONG_OK);
            if (round == 0) print(&all.list[i], &out);
        }
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    fprintf(stderr, "%zu pages, %.1f MB, %.1f MB/s of HTML on one thread\n", all.n, (double)all.bytes / 1e6,
            (double)all.bytes / 1e6 / best);
    html_free(reader);
    for (size_t i = 0; i < all.n; i++) {
        free(all.list[i].name);
        buffer_free(&all.list[i].bytes);
    }
    mem_free(all.list);
}
