#include "base/error.h"
#include "input/format.h"

#include <string.h>

static flong_status rest_take(cutter *self, block *into, size_t *got, flong_error *error) {
    *got = self->rest.n;
    char *room = block_room(into, self->rest.n);
    if (!room) return error_nomem(error);
    memcpy(room, self->rest.p, self->rest.n);
    memset(room + self->rest.n, 0, BLOCK_PADDING);
    into->bytes.n += self->rest.n;
    self->rest.n = 0;
    return FLONG_OK;
}

flong_status cutter_read(cutter *self, block *into, size_t *got, flong_error *error) {
    if (self->rest.n) return rest_take(self, into, got, error);
    char *room = block_room(into, BLOCK_BYTES);
    if (!room) return error_nomem(error);
    TRY(stream_read(self->from, got, room, BLOCK_BYTES, error));
    memset(room + *got, 0, BLOCK_PADDING);
    into->bytes.n += *got;
    self->text += *got;
    return FLONG_OK;
}
