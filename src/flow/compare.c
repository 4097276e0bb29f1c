/* Two texts, or one, without an index. */
#include <string.h>

#include "base/params.h"
#include "flow/worker.h"
#include "input/site.h"
#include "sketch/minhash.h"
#include "sketch/passage.h"
#include "sketch/shingle.h"

#define TEXT_OF(x)                        #x
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *flong_version(void) {
    return VERSION_TEXT(FLONG_VERSION_MAJOR, FLONG_VERSION_MINOR, FLONG_VERSION_PATCH);
}

/* ---- two texts --------------------------------------------------------------------------- */

static text_body *record_body(worker *w, const flong_record *given) {
    shingled counts;
    char host[SITE_HOST_MAX];
    flong_record complete = *given, *record = &complete;
    complete.site = record_site(host, given);
    if (!worker_read(w, &w->article, NULL, record->title, record->text)) return NULL;
    return worker_shingle(w, &counts, &w->article) ? worker_body(w, &w->article, counts, record) : NULL;
}

flong_status flong_compare(flong_score *out, const flong_record *a, const flong_record *b,
                           const flong_params *params, flong_error *error) {
    flong_params checked;
    TRY(params_take(&checked, params, error));
    worker w;
    wire_lexicon *lexicon = wire_lexicon_new();
    text_body *body_a = NULL, *body_b = NULL;
    flong_score score;
    bool done = worker_init(&w, &checked, lexicon) && lexicon && (body_a = record_body(&w, a)) &&
                (body_b = record_body(&w, b)) && verify_against(&w.verifier, body_a) &&
                verify_pair(&w.verifier, &score, body_b, &checked);
    mem_free(body_a);
    mem_free(body_b);
    worker_free(&w);
    wire_lexicon_free(lexicon);
    if (!done) return error_nomem(error);
    *out = score;
    return FLONG_OK;
}

/* ---- one text ---------------------------------------------------------------------------- */

struct flong_sketcher {
    flong_params params;
    wire_lexicon *lexicon;
    worker worker;
};

flong_status flong_sketcher_new(flong_sketcher **out, const flong_params *params, flong_error *error) {
    flong_params checked;
    TRY(params_take(&checked, params, error));
    flong_sketcher *s = mem_new(1, sizeof *s);
    if (!s) return error_nomem(error);
    s->params = checked;
    s->lexicon = wire_lexicon_new();
    if (!worker_init(&s->worker, &s->params, s->lexicon) || !s->lexicon) {
        flong_sketcher_free(s);
        return error_nomem(error);
    }
    *out = s;
    return FLONG_OK;
}

void flong_sketcher_free(flong_sketcher *s) {
    if (!s) return;
    worker_free(&s->worker);
    wire_lexicon_free(s->lexicon);
    mem_free(s);
}

flong_status flong_sketch_record(flong_sketcher *s, flong_sketch *out, const flong_record *record,
                                 flong_error *error) {
    worker *w = &s->worker;
    shingled counts;
    arena_reset(&w->memory);
    if (!worker_read(w, &w->article, NULL, record->title, record->text) ||
        !worker_shingle(w, &counts, &w->article))
        return error_nomem(error);
    flong_sketch sketch = {.n_tokens = (uint32_t)counts.n_tokens};
    if (counts.n_shingles > 0) {
        sketch.n_bands = s->params.slots / s->params.band_rows;
        uint64_t *bands = arena_alloc(&w->memory, sketch.n_bands, sizeof *bands);
        uint64_t *passages = arena_alloc(&w->memory, counts.n_shingles, sizeof *passages);
        if (!bands || !passages) return error_nomem(error);
        worker_signature(w, counts);
        minhash_bands(bands, w->signature, s->params.slots, s->params.band_rows);
        sketch.n_passages =
            (uint32_t)passage_keys(passages, w->shingles, counts.n_shingles, s->params.passage_window);
        sketch.n_shingles = (uint32_t)shingle_distinct(w->shingles, w->scratch, counts.n_shingles);
        sketch.shingles = w->shingles;
        sketch.signature = w->signature;
        sketch.bands = bands;
        sketch.passages = passages;
    }
    *out = sketch;
    return FLONG_OK;
}
