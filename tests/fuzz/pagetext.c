/* Fuzz target: any UTF-8 as a page saved as text. What is found are parts of it, in order. */
#include <stdlib.h>

#include "input/json.h"
#include "input/pagetext.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(flong_str part, flong_str all) {
    if (part.n && (part.p < all.p || part.p + part.n > all.p + all.n || !json_is_utf8(part.p, part.n)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    flong_str all = {(const char *)data, size};
    pagetext out;
    if (!json_is_utf8(all.p, size)) return 0;
    bool found = pagetext_read(&out, all);
    check(out.title, all), check(out.author, all), check(out.text, all);
    if (found != (out.title.n > 0) || (!found && out.text.n != size)) abort();
    return 0;
}
