/* Fuzz target: any bytes as learned rates. What is loaded can be used, and saved again; behind the right version of the
 * background, which the input does not have to hit. */
#include <stdlib.h>
#include <string.h>

#include "base/varint.h"
#include "sketch/background.h"
#include "sketch/rates.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void saved(rates *r, buffer *out) {
    if (!rates_save(r, out)) abort();
}

static void use(rates *r) {
    buffer first = {0}, second = {0};
    const term terms[] = {{1, 1, 0}, {UINT64_C(1) << 40, 1, 0}, {UINT64_MAX, 1, 0}};
    if (!rates_learn(r, terms, 3) || rates_idf(r, 1, false) < 0 || rates_idf(r, 1, true) < 0) abort();
    saved(r, &first);
    rates *again = rates_new();
    if (!again || !rates_load(again, first.p, first.n)) abort();
    saved(again, &second);
    if (first.n != second.n || memcmp(first.p, second.p, first.n) != 0) abort();
    rates_free(again);
    buffer_free(&first);
    buffer_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    buffer bytes = {0};
    rates *r = rates_new();
    if (!r || !fixed_append(&bytes, background_version(), 4) || !buffer_append(&bytes, data, size)) abort();
    if (rates_load(r, bytes.p, bytes.n)) use(r);
    rates_free(r);
    buffer_free(&bytes);
    return 0;
}
