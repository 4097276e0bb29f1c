/* A file that is one record. */
#include "base/error.h"
#include "input/format.h"

flong_status whole_cut(cutter *c, block *into, flong_error *error) {
    size_t start = into->bytes.n, got = 1;
    while (got) {
        TRY(cutter_read(c, into, &got, error));
        if (into->bytes.n - start <= c->max_record) continue;
        into->bytes.n = start;
        c->at_end = true;
        return block_add_fault(into, 0, c->too_long) ? FLONG_OK : error_nomem(error);
    }
    c->at_end = true;
    return block_add(into, (item){.at = start, .n = into->bytes.n - start}) ? FLONG_OK : error_nomem(error);
}
