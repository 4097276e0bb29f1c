#include "flow/sketches.h"

#include <inttypes.h>

#include "base/varint.h"
#include "flow/cache.h"

struct sketches {
    store *store;
    cache *held;
    buffer bytes; /* of the sketch that is written */
};

static size_t size_of(const void *made) {
    (void)made;
    return sizeof(sketch);
}

sketches *sketches_new(store *s) {
    sketches *k = mem_new(1, sizeof *k);
    if (!k) return NULL;
    *k = (sketches){.store = s, .held = cache_new(size_of)};
    if (k->held) return k;
    mem_free(k);
    return NULL;
}

void sketches_free(sketches *k) {
    if (!k) return;
    cache_free(k->held);
    buffer_free(&k->bytes);
    mem_free(k);
}

void sketches_clear(sketches *k) { cache_clear(k->held); }

void sketches_limit(sketches *k, size_t budget) { cache_limit(k->held, budget); }
void sketches_trim(sketches *k) { cache_trim(k->held); }
const sketch *sketches_peek(const sketches *k, uint64_t no) { return cache_peek(k->held, no); }

bool sketches_put(sketches *k, uint64_t no, sketch *made) { return cache_put(k->held, no, made); }

/* ---- as bytes ---------------------------------------------------------------------------- */

static bool hashes_append(buffer *out, const uint32_t *hashes, uint32_t n) {
    bool ok = varint_append(out, n);
    for (uint32_t i = 0; ok && i < n; i++) ok = fixed_append(out, hashes[i], 4);
    return ok;
}

static uint32_t hashes_get(byte_reader *in, uint32_t *hashes, uint32_t most) {
    uint64_t n = varint_get(in);
    if (n > most) in->failed = true;
    for (uint32_t i = 0; i < n && !in->failed; i++) hashes[i] = (uint32_t)fixed_get(in, 4);
    return in->failed ? 0 : (uint32_t)n;
}

/* Layout: site, words of the title, its numbers, the story sketch. */
static bool sketch_pack(const sketch *made, buffer *out) {
    const title_words *title = &made->mark.title;
    return fixed_append(out, made->mark.site_hash, 8) && hashes_append(out, title->hashes, title->n) &&
           hashes_append(out, title->numbers, title->n_numbers) && story_pack(&made->story, out);
}

static bool sketch_unpack(sketch *out, const sketch_row *row) {
    byte_reader in = byte_reader_of(row->terms, row->n_terms_bytes);
    title_words *title = &out->mark.title;
    out->mark.published = row->published;
    out->mark.site_hash = fixed_get(&in, 8);
    title->n = hashes_get(&in, title->hashes, TITLE_WORDS);
    title->n_numbers = hashes_get(&in, title->numbers, TITLE_NUMBERS);
    return !in.failed && story_unpack(&out->story, in.p, (size_t)(in.end - in.p));
}

flong_status sketches_get(sketches *k, const sketch **out, uint64_t no, flong_error *error) {
    sketch_row row;
    bool found = true;
    *out = sketches_peek(k, no);
    if (*out) return FLONG_OK;
    TRY(sketch_get(k->store, &row, &found, no, error));
    if (!found) return FLONG_OK;
    sketch *read = mem_new(1, sizeof *read);
    if (!read) return error_nomem(error);
    if (!sketch_unpack(read, &row)) {
        mem_free(read);
        return error_set(error, FLONG_DAMAGED,
                         "%s: the terms of article %" PRIu64 " are damaged; make the index anew",
                         store_path(k->store), no);
    }
    if (!sketches_put(k, no, read)) return error_nomem(error);
    *out = read;
    return FLONG_OK;
}

flong_status sketches_write(sketches *k, uint64_t no, const sketch *made, flong_error *error) {
    k->bytes.n = 0;
    if (!sketch_pack(made, &k->bytes)) return error_nomem(error);
    return sketch_add(k->store, &(sketch_row){no, made->mark.published, k->bytes.p, k->bytes.n}, error);
}
