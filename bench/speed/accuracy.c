#include "accuracy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "base/hash.h"
#include "input/json.h"
#include "stopwatch.h"
#include "text/domain.h"

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

/* An article: hashes of its id, of its text group's, and of its site's domain, 0 where it has none. */
typedef struct place {
    uint64_t id, text, domain;
} place;

/* Open addressing; an id of 0 is free. */
typedef struct places {
    place *all;
    size_t n_slots; /* a power of two */
} places;

static uint64_t id_hash(const char *p, size_t n) { return hash_bytes(p, n, 1) | 1; }

static place *place_of(const places *p, uint64_t id) {
    size_t at = id & (p->n_slots - 1);
    while (p->all[at].id && p->all[at].id != id) at = (at + 1) & (p->n_slots - 1);
    return &p->all[at];
}

static flong_str string_read(json *parsed, const char *name) {
    json_value value;
    if (!json_seek(parsed, name)) return (flong_str){0};
    json_read(parsed, &value);
    return value.kind == JSON_STRING ? value.string : (flong_str){0};
}

/* Takes a line of the result. */
static void place_take(places *p, json *parsed) {
    flong_str id = string_read(parsed, "id");
    place one = {.id = id_hash(id.p, id.n)};
    flong_str text = string_read(parsed, "text_id");
    one.text = id_hash(text.p, text.n);
    flong_str domain = site_domain(string_read(parsed, "site"));
    if (domain.n) one.domain = id_hash(domain.p, domain.n);
    *place_of(p, one.id) = one;
}

static void places_read(places *p, const setup *s, const char *groups) {
    const char *why;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    json *parser = needed(json_new());
    buffer padded = {0};
    for (p->n_slots = 16; p->n_slots < s->articles * 2;) p->n_slots *= 2;
    p->all = needed(mem_new(p->n_slots, sizeof *p->all));
    FILE *file = file_open(groups);
    while ((n = getline(&line, &capacity, file)) > 0) {
        padded.n = 0;
        if (!buffer_reserve(&padded, (size_t)n + JSON_PADDING) || !buffer_append(&padded, line, (size_t)n))
            needed(NULL);
        if (json_parse(parser, &why, padded.p, padded.n) != FLONG_OK) fail(groups, why);
        place_take(p, parser);
    }
    fclose(file);
    free(line);
    buffer_free(&padded);
    json_free(parser);
}

static const place *place_find(const places *p, const char *id) {
    return place_of(p, id_hash(id, strlen(id)));
}

/* Rows of id, id and Jaccard. Passed over are articles that the file lacks, and pairs of one site, which are of one
 * text only as versions of it. */
static void pairs_add(figure *f, const setup *s, const char *groups) {
    places p = {0};
    char line[1024], id_a[256], id_b[256];
    double jaccard;
    uint64_t known = 0, found = 0;
    places_read(&p, s, groups);
    FILE *file = file_open(s->exact);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%255[^\t]\t%255[^\t]\t%lf", id_a, id_b, &jaccard) != 3 || jaccard < .5) continue;
        const place *a = place_find(&p, id_a), *b = place_find(&p, id_b);
        if (!a->id || !b->id || (a->domain && a->domain == b->domain)) continue;
        known++;
        found += a->text == b->text;
    }
    fclose(file);
    if (known) f->recall = (double)found / (double)known;
    mem_free(p.all);
}

void accuracy_add(figure *f, const setup *s, const char *groups) {
    if (s->truth) score_add(f, s, groups);
    if (s->exact) pairs_add(f, s, groups);
}
