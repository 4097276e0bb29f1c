/* One thread's scratch, and the way of one article through it: text, furniture, shingles, keys. */
#ifndef FLONG_FLOW_WORKER_H
#define FLONG_FLOW_WORKER_H

#include "index/bodies.h"
#include "index/keys.h"
#include "match/verify.h"
#include "text/terms.h"
#include "text/wire.h"

typedef struct worker {
    const flong_params *params;
    const wire_lexicon *lexicon;
    tokenizer reader;
    buffer body;     /* title and text of the article read last, as one */
    article article; /* for texts that are read once */
    terms_reader terms;
    arena memory;   /* for what outlives the article, until the caller resets it */
    arena unpacked; /* the stored text that was read last */
    body_packer packer;
    verifier verifier;
    body_maker maker;
    text_place *places; /* of `places_capacity` */
    size_t places_capacity;
    uint64_t *tokens, *shingles, *scratch; /* each of `capacity` */
    uint32_t *signature;
    size_t capacity;
} worker;

/* False when there is no memory; the worker is empty then. params and lexicon must outlive the worker. */
bool worker_init(worker *w, const flong_params *params, const wire_lexicon *lexicon);
void worker_free(worker *w);

/* Reads an article into *a: tokens and units, credits marked. The strings of *credit (may be NULL) are borrowed
 * until the worker reads again. False when there is no memory. */
bool worker_read(worker *w, article *a, wire_credit *credit, flong_str title, flong_str text);

/* Whether the article read last, into *a, names an agency (may be NULL) or a site (may be empty) as its source. */
bool worker_names(const worker *w, const article *a, const agency *by, flong_str site);

/* The shingles of an article's kept tokens, in reading order, in w->shingles; w->tokens holds the kept
 * tokens. */
typedef struct shingled {
    size_t n_tokens, n_title; /* kept tokens, and how many of them are the title's */
    size_t n_shingles;
} shingled;
bool worker_shingle(worker *w, shingled *out, const article *a);

/* What verification needs of the article just shingled, which was read from the record's title and text; freed
 * with mem_free. */
text_body *worker_body(worker *w, const article *a, shingled counts, const flong_record *record);

/* Hash of an url; 0 for none. */
uint64_t url_hash(flong_str url);

/* The signature of the article just shingled, in w->signature; only when there are shingles. */
void worker_signature(worker *w, shingled counts);

/* Bands, passage keys and identity key of the article just shingled, each once, ascending; memory from
 * w->memory. An article of fewer than min_tokens tokens has its identity only, an empty one nothing. */
bool worker_keys(worker *w, uint64_t **keys, size_t *n, const article *a, const text_body *body,
                 shingled counts);

/* Which units of an article are furniture or seen, as bytes to be stored, and back. False when there is no memory,
 * or the bytes do not fit the article. */
bool dropped_pack(const article *a, arena *memory, packed_body *out);
bool dropped_unpack(article *a, const packed_body *packed);

/* Reads a stored article into *a: unpacks and reads it, marks what is furniture and settles it. *text is valid until
 * the next call. */
bool worker_reread(worker *w, article *a, wire_credit *credit, flong_str *text, const bodies *b,
                   const packed_body *packed, flong_str title);

/* Why worker_reread or body_unpack failed for an article of the file at `path`. */
flong_status worker_failure(const worker *w, const char *path, uint64_t no, flong_error *error);

#endif
