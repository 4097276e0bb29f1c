#include "accuracy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "base/hash.h"
#include "input/json.h"
#include "stopwatch.h"

static FILE *file_open(const char *path) {
    FILE *file = fopen(path, "rbe");
    if (!file) fail(path, strerror(errno));
    return file;
}

/* ---- a truth, by flong-score ------------------------------------------------------------- */

static void score_add(figure *f, const setup *s, const char *groups) {
    const char *said = setup_path(s, "score"), *program = setup_program(s, "flong-score");
    const char *const arguments[] = {program, s->truth, groups, NULL};
    char line[512];
    program_run(arguments, said, NULL);
    FILE *file = file_open(said);
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "text groups: precision %lf recall %lf", &f->precision, &f->recall) == 2) break;
    fclose(file);
}

/* ---- a list of pairs --------------------------------------------------------------------- */

/* The text group of each article, both as hashes of ids; open addressing, 0 is free. */
typedef struct places {
    uint64_t *ids, *texts;
    size_t n_slots; /* a power of two */
} places;

static uint64_t id_hash(const char *p, size_t n) { return hash_bytes(p, n, 1) | 1; }

static size_t place_of(const places *p, uint64_t id) {
    size_t at = id & (p->n_slots - 1);
    while (p->ids[at] && p->ids[at] != id) at = (at + 1) & (p->n_slots - 1);
    return at;
}

static uint64_t string_hash(json *parsed, const char *name) {
    json_value value;
    if (!json_seek(parsed, name)) return 0;
    json_read(parsed, &value);
    return id_hash(value.string.p, value.string.n);
}

static void places_read(places *p, const setup *s, const char *groups) {
    const char *why;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    json *parser = needed(json_new());
    buffer padded = {0};
    for (p->n_slots = 16; p->n_slots < s->articles * 2;) p->n_slots *= 2;
    p->ids = needed(mem_new(p->n_slots, sizeof *p->ids));
    p->texts = needed(mem_new(p->n_slots, sizeof *p->texts));
    FILE *file = file_open(groups);
    while ((n = getline(&line, &capacity, file)) > 0) {
        padded.n = 0;
        if (!buffer_reserve(&padded, (size_t)n + JSON_PADDING) || !buffer_append(&padded, line, (size_t)n))
            needed(NULL);
        if (json_parse(parser, &why, padded.p, padded.n) != FLONG_OK) fail(groups, why);
        uint64_t id = string_hash(parser, "id"), text = string_hash(parser, "text_id");
        size_t at = place_of(p, id);
        p->ids[at] = id;
        p->texts[at] = text;
    }
    fclose(file);
    free(line);
    buffer_free(&padded);
    json_free(parser);
}

static uint64_t text_of(const places *p, const char *id) {
    return p->texts[place_of(p, id_hash(id, strlen(id)))];
}

/* Rows of id, id and Jaccard; articles that the file lacks are passed over. */
static void pairs_add(figure *f, const setup *s, const char *groups) {
    places p = {0};
    char line[1024], a[256], b[256];
    double jaccard;
    uint64_t known = 0, found = 0;
    places_read(&p, s, groups);
    FILE *file = file_open(s->exact);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%255[^\t]\t%255[^\t]\t%lf", a, b, &jaccard) != 3 || jaccard < .5) continue;
        uint64_t text_a = text_of(&p, a), text_b = text_of(&p, b);
        known += text_a && text_b;
        found += text_a && text_a == text_b;
    }
    fclose(file);
    if (known) f->recall = (double)found / (double)known;
    mem_free(p.ids);
    mem_free(p.texts);
}

void accuracy_add(figure *f, const setup *s, const char *groups) {
    if (s->truth) score_add(f, s, groups);
    if (s->exact) pairs_add(f, s, groups);
}
