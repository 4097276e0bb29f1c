#include "index/bodies.h"

#include <inttypes.h>
#include <string.h>
#include <zdict.h>
#include <zstd.h>

#include "index/sqlite.h"

enum {
    LEVEL = 3, /* the usual compromise */
    DICTIONARY_SIZE = 64 << 10,
    DICTIONARY_TEXTS = 64,       /* fewer train no useful dictionary */
    DICTIONARY_SAMPLE = 4 << 20, /* bytes trained on: more takes longer and gains nothing measurable */
    TEXT_MOST = 1 << 30,         /* a larger size is damage */
};

struct bodies {
    store *store;
    uint64_t dictionary; /* its id, 0: none */
    ZSTD_CDict *compress;
    ZSTD_DDict *decompress;
};

/* Making ready for compressing takes four times as long as for decompressing: a reader goes without. */
static flong_status dictionary_use(bodies *b, const void *bytes, size_t n, flong_error *error) {
    bool writes = store_is_writable(b->store);
    if (writes) b->compress = ZSTD_createCDict(bytes, n, LEVEL);
    b->decompress = ZSTD_createDDict(bytes, n);
    b->dictionary = 1;
    return (b->compress || !writes) && b->decompress ? FLONG_OK : error_nomem(error);
}

static flong_status dictionary_load(bodies *b, flong_error *error) {
    sqlite3_stmt *get = store_statement(b->store, STATEMENT_DICTIONARY_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_int64(get, 1, 1);
    int code = sqlite3_step(get);
    flong_status status = FLONG_OK;
    if (code == SQLITE_ROW)
        status = dictionary_use(b, sqlite3_column_blob(get, 0), (size_t)sqlite3_column_bytes(get, 0), error);
    else if (code != SQLITE_DONE)
        status = store_failure(b->store, "reading the dictionary", error);
    sqlite3_reset(get);
    return status;
}

flong_status bodies_open(bodies **out, store *s, flong_error *error) {
    bodies *b = mem_new(1, sizeof *b);
    if (!b) return error_nomem(error);
    b->store = s;
    flong_status status = dictionary_load(b, error);
    if (status != FLONG_OK) {
        bodies_close(b);
        return status;
    }
    *out = b;
    return FLONG_OK;
}

void bodies_close(bodies *b) {
    if (!b) return;
    ZSTD_freeCDict(b->compress);
    ZSTD_freeDDict(b->decompress);
    mem_free(b);
}

/* Trains on every k-th text, so many that the sample is not exceeded; returns the size, or 0. */
static size_t dictionary_train(void *out, const flong_str *texts, size_t n, buffer *sample, size_t *sizes) {
    size_t total = 0, count = 0;
    for (size_t i = 0; i < n; i++) total += texts[i].n;
    size_t step = total / DICTIONARY_SAMPLE + 1;
    for (size_t i = 0; i < n; i += step) {
        size_t take = texts[i].n < 65536 ? texts[i].n : 65536;
        if (!buffer_append(sample, texts[i].p, take)) return 0;
        sizes[count++] = take;
    }
    size_t size = ZDICT_trainFromBuffer(out, DICTIONARY_SIZE, sample->p, sizes, (unsigned)count);
    return ZDICT_isError(size) ? 0 : size; /* texts too few or too much alike: none is needed */
}

static flong_status dictionary_store(bodies *b, const void *bytes, size_t n, flong_error *error) {
    sqlite3_stmt *add = store_statement(b->store, STATEMENT_DICTIONARY_ADD, error);
    if (!add) return FLONG_IO;
    sqlite3_bind_int64(add, 1, 1);
    sqlite3_bind_blob64(add, 2, bytes, n, SQLITE_STATIC);
    TRY(store_run(b->store, add, error));
    return dictionary_use(b, bytes, n, error);
}

flong_status bodies_train(bodies *b, const flong_str *texts, size_t n, flong_error *error) {
    if (b->dictionary || store_is_temporary(b->store) || n < DICTIONARY_TEXTS) return FLONG_OK;
    buffer sample = {0};
    size_t *sizes = mem_new(n, sizeof *sizes);
    void *bytes = mem_new(DICTIONARY_SIZE, 1);
    size_t size = sizes && bytes ? dictionary_train(bytes, texts, n, &sample, sizes) : 0;
    flong_status status = size ? dictionary_store(b, bytes, size, error) : FLONG_OK;
    mem_free(sizes);
    mem_free(bytes);
    buffer_free(&sample);
    return status;
}

void body_packer_free(body_packer *packer) {
    ZSTD_freeCCtx(packer->compressor);
    ZSTD_freeDCtx(packer->decompressor);
    *packer = (body_packer){0};
}

/* A text that is stored as it is: where no dictionary packs it and its sizes are one. */
static packed_body body_plain(flong_str text) {
    return (packed_body){.text = text.n ? text.p : "", .n_text = text.n, .size = text.n};
}

static bool is_plain(const packed_body *packed) {
    return !packed->dictionary && packed->n_text == packed->size;
}

bool body_pack(const bodies *b, body_packer *packer, packed_body *out, arena *memory, flong_str text) {
    if (store_is_temporary(b->store)) {
        *out = body_plain(text);
        return true;
    }
    if (!packer->compressor && !(packer->compressor = ZSTD_createCCtx())) return false;
    size_t bound = ZSTD_compressBound(text.n);
    void *bytes = arena_alloc(memory, bound, 1);
    if (!bytes) return false;
    size_t n = b->compress
                   ? ZSTD_compress_usingCDict(packer->compressor, bytes, bound, text.p, text.n, b->compress)
                   : ZSTD_compressCCtx(packer->compressor, bytes, bound, text.p, text.n, LEVEL);
    if (ZSTD_isError(n)) return false;
    *out = !b->dictionary && n >= text.n
               ? body_plain(text)
               : (packed_body){.text = bytes, .n_text = n, .size = text.n, .dictionary = b->dictionary};
    return true;
}

bool body_unpack(const bodies *b, body_packer *packer, flong_str *out, arena *memory,
                 const packed_body *packed) {
    packer->starved = true;
    if (!packer->decompressor && !(packer->decompressor = ZSTD_createDCtx())) return false;
    packer->starved = false;
    if (packed->size > TEXT_MOST || (packed->dictionary && !b->decompress)) return false;
    char *bytes = arena_alloc(memory, (size_t)packed->size + 1, 1);
    packer->starved = !bytes;
    if (!bytes) return false;
    size_t n = packed->n_text;
    if (!is_plain(packed))
        n = packed->dictionary ? ZSTD_decompress_usingDDict(packer->decompressor, bytes, (size_t)packed->size,
                                                            packed->text, packed->n_text, b->decompress)
                               : ZSTD_decompressDCtx(packer->decompressor, bytes, (size_t)packed->size,
                                                     packed->text, packed->n_text);
    else if (n)
        memcpy(bytes, packed->text, n);
    if (ZSTD_isError(n) || n != packed->size) return false;
    *out = (flong_str){bytes, n};
    return true;
}

flong_status body_add(store *s, uint64_t no, const packed_body *packed, flong_error *error) {
    if (s->bulk) return bulk_body_add(s->bulk, no, packed, error);
    sqlite3_stmt *add = store_statement(s, STATEMENT_BODY_ADD, error);
    if (!add) return FLONG_IO;
    sqlite3_bind_int64(add, 1, (sqlite3_int64)no);
    sqlite3_bind_blob64(add, 2, packed->text, packed->n_text, SQLITE_STATIC);
    sqlite3_bind_int64(add, 3, (sqlite3_int64)packed->size);
    if (packed->n_dropped)
        sqlite3_bind_blob64(add, 4, packed->dropped, packed->n_dropped, SQLITE_STATIC);
    else
        sqlite3_bind_null(add, 4);
    sqlite3_bind_int64(add, 5, (sqlite3_int64)packed->dictionary);
    return store_run(s, add, error);
}

/* From the columns text, size, dropped, dictionary; borrowed. */
static packed_body packed_column(sqlite3_stmt *row) {
    packed_body packed = {.text = sqlite3_column_blob(row, 0), .dropped = sqlite3_column_blob(row, 2)};
    packed.n_text = (size_t)sqlite3_column_bytes(row, 0);
    packed.n_dropped = (size_t)sqlite3_column_bytes(row, 2);
    packed.size = (uint64_t)sqlite3_column_int64(row, 1);
    packed.dictionary = (uint64_t)sqlite3_column_int64(row, 3);
    return packed;
}

static flong_status body_lacking(const store *s, uint64_t no, flong_error *error) {
    return error_set(error, FLONG_DAMAGED, "%s: article %" PRIu64 " has no text; make the index anew",
                     store_path(s), no);
}

/* Why a statement that was to give a text gave no row; resets it. */
static flong_status body_failed(store *s, sqlite3_stmt *get, int code, uint64_t no, flong_error *error) {
    flong_status status =
        code == SQLITE_DONE ? body_lacking(s, no, error) : store_failure(s, "reading a text", error);
    sqlite3_reset(get);
    return status;
}

/* From the files of a temporary index; borrowed. */
static flong_status bulk_body(store *s, packed_body *out, uint64_t no, flong_error *error) {
    bool found;
    TRY(bulk_body_get(s->bulk, out, &found, no, error));
    return found ? FLONG_OK : body_lacking(s, no, error);
}

/* Copies what is borrowed. */
static flong_status packed_keep(packed_body *out, arena *memory, packed_body packed, flong_error *error) {
    packed.text = arena_copy(memory, packed.text, packed.n_text);
    packed.dropped = arena_copy(memory, packed.dropped, packed.n_dropped);
    if (!packed.text || !packed.dropped) return error_nomem(error);
    *out = packed;
    return FLONG_OK;
}

flong_status body_get(store *s, packed_body *out, arena *memory, uint64_t no, flong_error *error) {
    if (s->bulk) {
        packed_body packed;
        TRY(bulk_body(s, &packed, no, error));
        return packed_keep(out, memory, packed, error);
    }
    sqlite3_stmt *get = store_statement(s, STATEMENT_BODY_GET, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)no);
    int code = sqlite3_step(get);
    if (code != SQLITE_ROW) return body_failed(s, get, code, no, error);
    flong_status status = packed_keep(out, memory, packed_column(get), error);
    sqlite3_reset(get);
    return status;
}

static flong_status article_lacking(const store *s, uint64_t no, flong_error *error) {
    return error_set(error, FLONG_DAMAGED, "%s: article %" PRIu64 " is missing; make the index anew",
                     store_path(s), no);
}

static flong_status bulk_whole(store *s, whole_body *out, uint64_t no, flong_error *error) {
    article_row row;
    bool found;
    TRY(bulk_body(s, &out->packed, no, error));
    TRY(bulk_article_get(s->bulk, &row, &found, no, error));
    if (!found) return article_lacking(s, no, error);
    out->title = row.record.title;
    out->site = row.record.site;
    out->url = row.record.url;
    return FLONG_OK;
}

flong_status body_whole(store *s, whole_body *out, uint64_t no, flong_error *error) {
    if (s->bulk) return bulk_whole(s, out, no, error);
    sqlite3_stmt *get = store_statement(s, STATEMENT_BODY_WHOLE, error);
    if (!get) return FLONG_IO;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)no);
    int code = sqlite3_step(get);
    if (code != SQLITE_ROW) return body_failed(s, get, code, no, error);
    if (sqlite3_column_type(get, 4) == SQLITE_NULL) return article_lacking(s, no, error);
    *out = (whole_body){packed_column(get), column_text(get, 5), column_text(get, 6), column_text(get, 7)};
    return FLONG_OK;
}

void body_whole_end(store *s) { sqlite3_reset(s->statements[STATEMENT_BODY_WHOLE]); }
