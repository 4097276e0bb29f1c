#include "archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void check(flong_status status, const flong_error *error) {
    if (status == FLONG_OK) return;
    fprintf(stderr, "%s: %s\n", program_invocation_short_name, error->text);
    exit(2);
}

void *needed(void *memory) {
    flong_error error;
    if (!memory) check(error_nomem(&error), &error);
    return memory;
}

static flong_status number_take(void *context, const article_row *row, flong_error *error) {
    archive *a = context;
    if (!ARRAY_GROW(a->numbers, a->n, a->capacity)) return error_nomem(error);
    a->numbers[a->n++] = row->no;
    return FLONG_OK;
}

static void bodies_take(archive *a) {
    flong_error error;
    a->bodies = needed(mem_new(a->n, sizeof *a->bodies));
    for (size_t i = 0; i < a->n; i++)
        check(texts_get(a->index->texts, &a->bodies[i], a->index->bodies, &a->index->worker, a->numbers[i],
                        &error),
              &error);
}

void archive_open(archive *a, const char *path) {
    flong_error error;
    flong_input *input;
    *a = (archive){0};
    check(flong_input_open(&input, &path, 1, NULL, &error), &error);
    check(flong_index_open(&a->index, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(flong_index_add(a->index, flong_input_source, input, NULL, &error), &error);
    flong_input_close(input);
    check(article_each(a->index->store, 0, number_take, a, &error), &error);
    if (a->n == 0) check(error_set(&error, FLONG_INPUT, "%s holds no article", path), &error);
    bodies_take(a);
}

void archive_close(archive *a) {
    flong_index_close(a->index);
    mem_free(a->numbers);
    mem_free(a->bodies);
    *a = (archive){0};
}

const article *archive_article(archive *a, size_t i) {
    flong_error error;
    worker *w = &a->index->worker;
    packed_body packed;
    article_row row;
    bool found;
    flong_str text;
    arena_reset(&w->memory);
    check(body_get(a->index->store, &packed, &w->memory, a->numbers[i], &error), &error);
    check(article_get(a->index->store, &row, &found, a->numbers[i], &error), &error);
    if (!worker_reread(w, &w->article, NULL, &text, a->index->bodies, &packed, row.record.title))
        check(worker_failure(w, store_path(a->index->store), a->numbers[i], &error), &error);
    return &w->article;
}
