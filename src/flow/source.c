#include "flow/source.h"

#include <inttypes.h>

#include "base/str.h"

/* In the table meta: the name of the source that all arrivals are of; empty: there is none. */
static const char *const meta_source = "source";

static flong_status noted_set(store *s, flong_str name, flong_error *error) {
    buffer noted = {0};
    bool copied = buffer_append(&noted, name.p, name.n);
    flong_status status = copied ? store_set_bytes(s, meta_source, &noted, error) : error_nomem(error);
    buffer_free(&noted);
    return status;
}

static flong_status source_compare(store *s, uint64_t *held, flong_str name, flong_str noted,
                                   uint64_t arrivals, flong_error *error) {
    *held = 0;
    if (str_equal(name, noted)) {
        *held = name.n ? arrivals : 0;
        return FLONG_OK;
    }
    if (name.n && arrivals)
        return error_set(error, FLONG_MISMATCH,
                         "%s: the index holds articles already, and not just the first ones of this input; "
                         "`flong index` adds to it, `flong match` only looks articles up",
                         store_path(s));
    return noted_set(s, name, error);
}

flong_status source_begin(store *s, uint64_t *held, flong_str name, uint64_t arrivals, flong_error *error) {
    buffer noted = {0};
    flong_status status = store_bytes(s, &noted, meta_source, error);
    if (status == FLONG_OK)
        status = source_compare(s, held, name, (flong_str){noted.p, noted.n}, arrivals, error);
    buffer_free(&noted);
    return status;
}

flong_status source_pass(const store *s, flong_source_fn source, void *context, uint64_t n,
                         flong_error *error) {
    for (uint64_t i = 0; i < n; i++) {
        flong_record record = {0};
        int given = source(context, &record, error);
        if (given < 0) return error && error->status ? error->status : FLONG_INPUT;
        if (given == 0)
            return error_set(error, FLONG_INPUT,
                             "%s: the index holds %" PRIu64 " articles of this input, which has only %" PRIu64
                             "; it has changed",
                             store_path(s), n, i);
    }
    return FLONG_OK;
}
