/* What an earlier run wrote, articles and perhaps pairs as JSON lines, as the source of a page. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/str.h"
#include "report/jsonl.h"
#include "report/source.h"

/* One article. Ids are known by their hashes. */
typedef struct line_row {
    jsonl_place place;
    uint64_t id, text, story, of; /* 0: none */
    uint32_t text_no, story_no, of_no;
} line_row;

/* A pair: its later article, and where it stands. */
typedef struct pair_place {
    uint32_t b;
    jsonl_place place;
} pair_place;

/* Numbers of articles by hash, open addressing. */
typedef struct number_map {
    struct number_at {
        uint64_t hash; /* 0: free */
        uint32_t no;
    } * places;
    size_t n_places;
} number_map;

typedef struct result_source {
    report_source calls;
    jsonl articles, pairs; /* the second is closed where there are none */
    line_row *rows;
    size_t n, capacity;
    number_map ids;
    pair_place *pair_places; /* by b, then as they stand */
    size_t n_pairs, pairs_capacity;
    bool pairs_read;
    buffer terms;
    FILE *texts;              /* of the articles that were given, NULL: none */
    jsonl_place *text_places; /* one byte longer than they are; n == 0: none */
} result_source;

static result_source *own(report_source *self) { return (result_source *)(void *)self; }

/* ---- numbers by id ----------------------------------------------------------------------- */

static uint64_t id_hash(flong_str id) {
    uint64_t hash = hash_bytes(id.p, id.n, 0);
    return id.n == 0 ? 0 : hash ? hash : 1;
}

static bool map_make(number_map *map, size_t n) {
    for (map->n_places = 64; map->n_places < 2 * n;) map->n_places *= 2;
    map->places = mem_new(map->n_places, sizeof *map->places);
    return map->places;
}

static struct number_at *map_place(const number_map *map, uint64_t hash) {
    size_t at = hash_mix(hash) & (map->n_places - 1);
    while (map->places[at].hash && map->places[at].hash != hash) at = (at + 1) & (map->n_places - 1);
    return &map->places[at];
}

/* The number under a hash; `no`, which then stands there, where there was none. */
static uint32_t map_take(number_map *map, uint64_t hash, uint32_t no) {
    struct number_at *place = map_place(map, hash);
    if (!place->hash) *place = (struct number_at){hash, no};
    return place->no;
}

static uint32_t map_find(const number_map *map, uint64_t hash) {
    const struct number_at *place = map_place(map, hash);
    return hash && place->hash ? place->no : SOURCE_NONE;
}

/* ---- opening ----------------------------------------------------------------------------- */

static flong_status rows_read(result_source *s, flong_error *error) {
    jsonl *f = &s->articles;
    line_row row = {0};
    bool found;
    for (;;) {
        TRY(jsonl_next(f, &row.place, &found, error));
        if (!found) return FLONG_OK;
        row.id = id_hash(jsonl_string(f, "id"));
        row.text = id_hash(jsonl_string(f, "text_id"));
        row.story = id_hash(jsonl_string(f, "story_id"));
        row.of = id_hash(jsonl_string(f, "of"));
        if (!row.id || !row.text || !row.story)
            return jsonl_bad(f, "has no id, text_id and story_id; give what `flong cluster` wrote", error);
        if (s->n == SOURCE_NONE - 1) return jsonl_bad(f, "more articles than can be counted", error);
        if (!ARRAY_GROW(s->rows, s->n, s->capacity)) return error_nomem(error);
        s->rows[s->n++] = row;
    }
}

static flong_status ids_number(result_source *s, flong_error *error) {
    if (!map_make(&s->ids, s->n)) return error_nomem(error);
    for (uint32_t i = 0; i < s->n; i++)
        if (map_take(&s->ids, s->rows[i].id, i) != i)
            return error_set(error, FLONG_INPUT, "%s: two of its first %" PRIu32 " articles have one id",
                             s->articles.path, i + 1);
    return FLONG_OK;
}

/* The first article of each text group and story stands for it, whatever their ids say: a text group is in one story. */
static flong_status groups_number(result_source *s, flong_error *error) {
    number_map texts = {0}, stories = {0};
    bool made = map_make(&texts, s->n) && map_make(&stories, s->n);
    for (uint32_t i = 0; made && i < s->n; i++) {
        line_row *row = &s->rows[i];
        row->text_no = map_take(&texts, row->text, i);
        row->story_no = map_take(&stories, s->rows[row->text_no].story, i);
        row->of_no = map_find(&s->ids, row->of);
        if (row->of_no == i) row->of_no = SOURCE_NONE;
    }
    mem_free(texts.places);
    mem_free(stories.places);
    return made ? FLONG_OK : error_nomem(error);
}

/* ---- articles ---------------------------------------------------------------------------- */

static flong_status facts_get(report_source *self, source_facts *out, flong_error *error) {
    (void)error;
    *out = (source_facts){.pairs_known = own(self)->pairs.path};
    return FLONG_OK;
}

static flong_relation relation_read(jsonl *f) {
    flong_str name = jsonl_string(f, "relation");
    for (int i = FLONG_RELATION_IDENTICAL; i <= FLONG_RELATION_STUB; i++) {
        const char *known = flong_relation_name((flong_relation)i);
        if (str_equal(name, (flong_str){known, strlen(known)})) return (flong_relation)i;
    }
    return FLONG_RELATION_NONE;
}

static int64_t date_read(jsonl *f) {
    int64_t date;
    flong_str text = jsonl_string(f, "published");
    return text.n && flong_date_read(&date, text) ? date : FLONG_NO_DATE;
}

static flong_status article_tell(result_source *s, uint32_t no, source_article_fn fn, void *context,
                                 flong_error *error) {
    jsonl *f = &s->articles;
    const line_row *row = &s->rows[no];
    TRY(jsonl_again(f, row->place, error));
    source_article told = {.no = no,
                           .text_no = row->text_no,
                           .story_no = row->story_no,
                           .of = row->of_no,
                           .published = date_read(f),
                           .site = jsonl_string(f, "site"),
                           .agency = jsonl_string(f, "wire.agency"),
                           .credited = json_seek(f->json, "credited") ? json_truth(f->json) : -1,
                           .furniture = jsonl_number(f, "furniture"),
                           .weakest = jsonl_number(f, "weakest"),
                           .score = {.relation = relation_read(f),
                                     .jaccard = jsonl_number(f, "jaccard"),
                                     .a_in_b = jsonl_number(f, "contained"),
                                     .b_in_a = jsonl_number(f, "contains"),
                                     .similarity = jsonl_number(f, "similarity")}};
    if (told.score.relation == FLONG_RELATION_NONE)
        return error_set(error, FLONG_INPUT, "%s: article %" PRIu32 " has no relation that is known here",
                         f->path, no + 1);
    return fn(context, &told, error);
}

static flong_status articles_get(report_source *self, source_article_fn fn, void *context,
                                 flong_error *error) {
    result_source *s = own(self);
    for (uint32_t i = 0; i < s->n; i++) TRY(article_tell(s, i, fn, context, error));
    return FLONG_OK;
}

static flong_status strings_get(report_source *self, source_strings *out, uint32_t no, flong_error *error) {
    jsonl *f = &own(self)->articles;
    TRY(jsonl_again(f, own(self)->rows[no].place, error));
    *out = (source_strings){
        jsonl_string(f, "id"),
        jsonl_string(f, "url"),
        jsonl_string(f, "title"),
        {jsonl_string(f, "wire.agency"), jsonl_string(f, "wire.credit"), jsonl_string(f, "wire.place")}};
    return FLONG_OK;
}

/* ---- pairs ------------------------------------------------------------------------------- */

/* Reads the line of a pair. */
static flong_status pair_read(result_source *s, source_pair *out, flong_error *error) {
    jsonl *f = &s->pairs;
    *out = (source_pair){.a = map_find(&s->ids, id_hash(jsonl_string(f, "a"))),
                         .b = map_find(&s->ids, id_hash(jsonl_string(f, "b"))),
                         .score = {.relation = relation_read(f),
                                   .jaccard = jsonl_number(f, "jaccard"),
                                   .a_in_b = jsonl_number(f, "a_in_b"),
                                   .b_in_a = jsonl_number(f, "b_in_a"),
                                   .similarity = jsonl_number(f, "similarity")}};
    double run = jsonl_number(f, "longest_run");
    out->score.longest_run = run > 0 && run < UINT32_MAX ? (uint32_t)run : 0;
    if (out->a == SOURCE_NONE || out->b == SOURCE_NONE || out->a == out->b)
        return error_set(error, FLONG_INPUT,
                         "%s: a pair is not of two articles of %s; give the pairs that the same run wrote",
                         f->path, s->articles.path);
    if (out->score.relation < FLONG_RELATION_IDENTICAL || out->score.relation > FLONG_RELATION_RELATED)
        return error_set(error, FLONG_INPUT, "%s: a pair has no relation that is known here", f->path);
    return FLONG_OK;
}

static int by_later(const void *a, const void *b) {
    const pair_place *x = a, *y = b;
    if (x->b != y->b) return x->b < y->b ? -1 : 1;
    return x->place.at < y->place.at ? -1 : x->place.at > y->place.at;
}

static flong_status pairs_get(report_source *self, source_pair_fn fn, void *context, flong_error *error) {
    result_source *s = own(self);
    bool found = s->pairs.path && !s->pairs_read;
    while (found) {
        pair_place at;
        source_pair pair;
        TRY(jsonl_next(&s->pairs, &at.place, &found, error));
        if (!found) break;
        TRY(pair_read(s, &pair, error));
        at.b = pair.b;
        if (!ARRAY_GROW(s->pair_places, s->n_pairs, s->pairs_capacity)) return error_nomem(error);
        s->pair_places[s->n_pairs++] = at;
        TRY(fn(context, &pair, error));
    }
    s->pairs_read = true;
    if (s->n_pairs) qsort(s->pair_places, s->n_pairs, sizeof *s->pair_places, by_later);
    return FLONG_OK;
}

enum { SPANS_READ = 64 };

/* The spans and terms of the pair that was read. */
static flong_status pair_tell(result_source *s, source_pair *pair, source_pair_fn fn, void *context,
                              flong_error *error) {
    uint64_t ends[4 * SPANS_READ];
    flong_span spans[SPANS_READ];
    json *line = s->pairs.json;
    size_t n = json_seek(line, "spans") ? json_numbers(line, ends, 4 * SPANS_READ) / 4 : 0;
    for (size_t i = 0; i < n; i++)
        spans[i] = (flong_span){ends[4 * i], ends[4 * i + 1], ends[4 * i + 2], ends[4 * i + 3], 0};
    s->terms.n = 0;
    if (json_seek(line, "terms") && !json_join(line, &s->terms)) return error_nomem(error);
    pair->spans = spans;
    pair->n_spans = n;
    pair->terms = (flong_str){s->terms.p, s->terms.n};
    return fn(context, pair, error);
}

/* Without the pairs an article still tells of the one that it repeats. */
static flong_status own_pair_tell(result_source *s, uint32_t no, source_pair_fn fn, void *context,
                                  flong_error *error) {
    jsonl *f = &s->articles;
    source_pair pair = {.a = s->rows[no].of_no, .b = no};
    if (pair.a == SOURCE_NONE) return FLONG_OK;
    TRY(jsonl_again(f, s->rows[no].place, error));
    pair.score = (flong_score){.relation = relation_read(f),
                               .jaccard = jsonl_number(f, "jaccard"),
                               .a_in_b = jsonl_number(f, "contains"),
                               .b_in_a = jsonl_number(f, "contained"),
                               .similarity = jsonl_number(f, "similarity")};
    return pair.score.relation <= FLONG_RELATION_RELATED ? fn(context, &pair, error) : FLONG_OK;
}

static flong_status pairs_of_get(report_source *self, uint32_t b, source_pair_fn fn, void *context,
                                 flong_error *error) {
    result_source *s = own(self);
    size_t low = 0, high = s->n_pairs;
    if (!s->pairs.path) return own_pair_tell(s, b, fn, context, error);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->pair_places[middle].b < b)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->n_pairs && s->pair_places[low].b == b; low++) {
        source_pair pair;
        TRY(jsonl_again(&s->pairs, s->pair_places[low].place, error));
        TRY(pair_read(s, &pair, error));
        TRY(pair_tell(s, &pair, fn, context, error));
    }
    return FLONG_OK;
}

/* ---- texts ------------------------------------------------------------------------------- */

static flong_status text_fetch(report_source *self, void **out, arena *memory, uint32_t no,
                               flong_error *error) {
    result_source *s = own(self);
    jsonl_place at = s->text_places[no];
    flong_str *text = NULL;
    *out = NULL;
    if (at.n == 0) return FLONG_OK;
    at.n--;
    char *bytes = arena_alloc(memory, at.n, 1);
    text = arena_alloc(memory, 1, sizeof *text);
    if (!bytes || !text) return error_nomem(error);
    if (fseeko(s->texts, (off_t)at.at, SEEK_SET) != 0 || fread(bytes, 1, at.n, s->texts) != at.n)
        return error_set(error, FLONG_IO, "a temporary file cannot be read");
    *text = (flong_str){bytes, at.n};
    *out = text;
    return FLONG_OK;
}

static flong_status text_read(report_source *self, source_text *out, const void *fetched, uint32_t no,
                              unsigned thread, flong_error *error) {
    const flong_str *text = fetched;
    (void)self, (void)no, (void)thread, (void)error;
    *out = (source_text){.text = *text};
    return FLONG_OK;
}

/* A file without a name in $TMPDIR. */
static FILE *temporary_open(void) {
    const char *folder = getenv("TMPDIR");
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/flong-XXXXXX", folder && *folder ? folder : "/tmp");
    if (n < 0 || (size_t)n >= sizeof path) return NULL;
    int fd = mkstemp(path);
    if (fd < 0) return NULL;
    unlink(path);
    FILE *file = fdopen(fd, "w+b");
    if (!file) close(fd);
    return file;
}

/* Keeps the texts of the articles that the result tells of; of two with one id the later, as an index does. */
static flong_status texts_keep(result_source *s, flong_source_fn articles, void *context,
                               flong_error *error) {
    flong_record record;
    uint64_t at = 0;
    int got;
    s->text_places = mem_new(s->n, sizeof *s->text_places);
    s->texts = temporary_open();
    if (!s->text_places) return error_nomem(error);
    if (!s->texts) return error_set(error, FLONG_IO, "no temporary file can be made in $TMPDIR");
    while ((got = articles(context, &record, error)) > 0) {
        uint32_t no = map_find(&s->ids, id_hash(record.id));
        if (no == SOURCE_NONE || record.text.n >= UINT32_MAX) continue;
        if (record.text.n && fwrite(record.text.p, 1, record.text.n, s->texts) != record.text.n)
            return error_set(error, FLONG_IO, "there is no room for the articles' texts in $TMPDIR");
        s->text_places[no] = (jsonl_place){at, (uint32_t)record.text.n + 1};
        at += record.text.n;
    }
    if (got < 0) return error ? error->status : FLONG_IO;
    s->calls.text_fetch = text_fetch;
    s->calls.text_read = text_read;
    return FLONG_OK;
}

/* ---- opening and closing ----------------------------------------------------------------- */

static flong_status result_open(result_source *s, const flong_html_options *options, flong_error *error) {
    TRY(jsonl_open(&s->articles, options->result, error));
    if (options->pairs) TRY(jsonl_open(&s->pairs, options->pairs, error));
    TRY(rows_read(s, error));
    TRY(ids_number(s, error));
    TRY(groups_number(s, error));
    if (!options->articles || options->no_text) return FLONG_OK;
    return texts_keep(s, options->articles, options->articles_context, error);
}

flong_status source_of_result(report_source **out, const flong_html_options *options, flong_error *error) {
    result_source *s = mem_new(1, sizeof *s);
    if (!s) return error_nomem(error);
    s->calls = (report_source){facts_get, articles_get, pairs_get, strings_get, pairs_of_get, NULL, NULL};
    *out = &s->calls;
    return result_open(s, options, error);
}

void source_of_result_close(report_source *self) {
    if (!self) return;
    result_source *s = own(self);
    jsonl_close(&s->articles);
    jsonl_close(&s->pairs);
    mem_free(s->rows);
    mem_free(s->ids.places);
    mem_free(s->pair_places);
    buffer_free(&s->terms);
    if (s->texts) fclose(s->texts);
    mem_free(s->text_places);
    mem_free(s);
}
