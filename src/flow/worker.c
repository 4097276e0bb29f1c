#include "flow/worker.h"

#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "base/varint.h"
#include "sketch/minhash.h"
#include "sketch/passage.h"
#include "sketch/shingle.h"
#include "text/aside.h"
#include "text/characters.h"
#include "text/domain.h"

bool worker_init(worker *w, const flong_params *params, const wire_lexicon *lexicon) {
    *w = (worker){0};
    uint32_t *signature = mem_new(params->slots, sizeof *signature);
    if (!signature) return false;
    w->params = params;
    w->lexicon = lexicon;
    w->signature = signature;
    return true;
}

void worker_free(worker *w) {
    tokenizer_free(&w->reader);
    buffer_free(&w->body);
    terms_reader_free(&w->terms);
    article_free(&w->article);
    arena_free(&w->memory);
    arena_free(&w->unpacked);
    body_packer_free(&w->packer);
    verifier_free(&w->verifier);
    body_maker_free(&w->maker);
    mem_free(w->places);
    mem_free(w->tokens);
    mem_free(w->shingles);
    mem_free(w->scratch);
    mem_free(w->signature);
    *w = (worker){0};
}

bool worker_read(worker *w, article *a, wire_credit *credit, flong_str title, flong_str text) {
    wire_credit ignored;
    w->body.n = 0;
    return article_read(&w->reader, a, title, text) && buffer_append(&w->body, title.p, title.n) &&
           buffer_append(&w->body, "\n", 1) && buffer_append(&w->body, text.p, text.n) &&
           wire_find(credit ? credit : &ignored, a, (flong_str){w->body.p, w->body.n}, w->lexicon);
}

bool worker_names(const worker *w, const article *a, const agency *by, flong_str site) {
    return wire_names(a, (flong_str){w->body.p, w->body.n}, w->lexicon, by, site_domain(site));
}

static bool worker_reserve(worker *w, size_t n) {
    if (n <= w->capacity) return true;
    uint64_t **arrays[] = {&w->tokens, &w->shingles, &w->scratch};
    size_t capacity = n + n / 2;
    w->capacity = 0;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        mem_free(*arrays[i]);
        if (!(*arrays[i] = mem_resize(NULL, capacity, sizeof **arrays[i]))) return false;
    }
    w->capacity = capacity;
    return true;
}

bool worker_shingle(worker *w, shingled *out, const article *a) {
    if (!worker_reserve(w, a->tokens.n + w->params->slots + 1)) return false; /* room for all keys, too */
    out->n_tokens = article_kept(a, w->tokens, &out->n_title);
    out->n_shingles = shingle_count(out->n_tokens, w->params->shingle);
    shingle_hash(w->shingles, w->tokens, out->n_tokens, w->params->shingle);
    return true;
}

/* Notes where n tokens of the text stand, whose bytes count from `base`. */
static void unit_note(text_place *restrict out, const token *restrict t, uint32_t n, size_t base,
                      characters *text, uint32_t marks) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t begin = characters_before(text, t[i].begin - base),
                 length = characters_before(text, t[i].end - base) - begin;
        out[i] = (text_place){begin, (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX),
                              (uint16_t)((t[i].before & TOKEN_UNSURE) | marks)};
    }
}

static void title_note(text_place *out, const token *t, uint32_t n, uint32_t marks) {
    for (uint32_t i = 0; i < n; i++)
        out[i] = (text_place){TEXT_NOWHERE, 0, (uint16_t)((t[i].before & TOKEN_UNSURE) | marks)};
}

/* Notes where the kept tokens stand in the text. */
static void places_note(text_place *out, const article *a, const flong_record *record) {
    size_t text_at = record->title.n + 1; /* tokens count from the title's first byte */
    characters text = characters_of(record->text.p, record->text.n);
    for (size_t u = 0; u < a->n_units; u++) {
        const unit *one = &a->units[u];
        if (!article_counts(a, one)) continue;
        const token *t = &a->tokens.tokens[one->first];
        uint32_t marks = one->seen ? TOKEN_SEEN : 0;
        if (one->first < a->n_title) /* no unit begins in the title and ends in the text */
            title_note(out, t, one->n, marks);
        else
            unit_note(out, t, one->n, text_at, &text, marks);
        out += one->n;
    }
}

/* Room for the places of n tokens. */
static bool places_reserve(worker *w, size_t n) {
    if (n <= w->places_capacity) return true;
    mem_free(w->places);
    w->places = mem_resize(NULL, n + n / 2, sizeof *w->places);
    w->places_capacity = w->places ? n + n / 2 : 0;
    return w->places;
}

text_body *worker_body(worker *w, const article *a, shingled counts, const flong_record *record) {
    if (!places_reserve(w, counts.n_tokens + 1)) return NULL;
    places_note(w->places, a, record);
    text_body *body =
        text_body_new(&w->maker, w->shingles, counts.n_shingles, counts.n_title, w->places, counts.n_tokens);
    if (!body) return NULL;
    body->kept_hash = token_sequence_hash(w->tokens + counts.n_title, counts.n_tokens - counts.n_title);
    body->whole_hash = article_whole_hash(a, w->params->min_tokens);
    flong_str domain = site_domain(record->site);
    body->site_hash = domain.n ? hash_bytes(domain.p, domain.n, 5) : 0;
    body->url_hash = url_hash(record->url);
    body->title = a->title;
    body->stub = a->stub;
    return body;
}

void worker_signature(worker *w, shingled counts) {
    minhash_signature(w->signature, w->params->slots, w->shingles, counts.n_shingles);
}

bool worker_keys(worker *w, uint64_t **keys, size_t *n, const article *a, const text_body *body,
                 shingled counts) {
    uint32_t n_bands = w->params->slots / w->params->band_rows;
    uint64_t *out = arena_alloc(&w->memory, n_bands + counts.n_shingles + 1, sizeof *out);
    if (!out) return false;
    size_t count = 0;
    if (a->tokens.n > 0) out[count++] = key_make(KEY_IDENTITY, body->whole_hash);
    if (counts.n_tokens >= w->params->min_tokens && counts.n_shingles > 0) {
        worker_signature(w, counts);
        minhash_bands(w->scratch, w->signature, w->params->slots, w->params->band_rows);
        for (uint32_t i = 0; i < n_bands; i++) out[count++] = key_make(KEY_BAND, w->scratch[i]);
        size_t n_passages =
            passage_keys(w->scratch, w->shingles, counts.n_shingles, w->params->passage_window);
        for (size_t i = 0; i < n_passages; i++) out[count++] = key_make(KEY_PASSAGE, w->scratch[i]);
    }
    *n = shingle_distinct(out, w->scratch, count);
    *keys = out;
    return true;
}

uint64_t url_hash(flong_str url) {
    uint64_t hash = hash_bytes(url.p, url.n, 4);
    return url.n == 0 ? 0 : hash ? hash : 1;
}

/* A marked unit is two times its distance from the one before, and 1 more where it is only seen. */
bool dropped_pack(const article *a, arena *memory, packed_body *out) {
    size_t n_marked = 0;
    for (size_t i = 0; i < a->n_units; i++) n_marked += a->units[i].furniture || a->units[i].seen;
    unsigned char *bytes = arena_alloc(memory, n_marked * VARINT_MAX, 1);
    if (!bytes) return false;
    size_t n = 0, last = 0;
    for (size_t i = 0; i < a->n_units; i++) {
        const unit *u = &a->units[i];
        if (!u->furniture && !u->seen) continue;
        n += varint_put(bytes + n, (i - last) << 1 | !u->furniture);
        last = i;
    }
    out->dropped = bytes;
    out->n_dropped = n;
    return true;
}

bool dropped_unpack(article *a, const packed_body *packed) {
    byte_reader in = byte_reader_of(packed->dropped, packed->n_dropped);
    uint64_t at = 0;
    while (in.p < in.end) {
        uint64_t packed_unit = varint_get(&in), step = packed_unit >> 1;
        if (in.failed || step >= a->n_units || at + step >= a->n_units) return false;
        at += step;
        a->units[at].seen = true;
        a->units[at].furniture = !(packed_unit & 1);
    }
    return true;
}

bool worker_reread(worker *w, article *a, wire_credit *credit, flong_str *text, const bodies *b,
                   const packed_body *packed, flong_str title) {
    arena_reset(&w->unpacked);
    if (!body_unpack(b, &w->packer, text, &w->unpacked, packed)) return false;
    w->packer.starved = !worker_read(w, a, credit, title, *text);
    if (w->packer.starved || !dropped_unpack(a, packed)) return false;
    article_settle(a, w->params->min_tokens);
    return true;
}

flong_status worker_failure(const worker *w, const char *path, uint64_t no, flong_error *error) {
    if (w->packer.starved) return error_nomem(error);
    return error_set(error, FLONG_DAMAGED,
                     "%s: the text of article %" PRIu64 " is damaged; make the index anew", path, no);
}
