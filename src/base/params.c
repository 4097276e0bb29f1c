#include "base/params.h"

#include <inttypes.h>
#include <string.h>

void flong_params_default(flong_params *out) {
    *out = (flong_params){.size = sizeof *out,
#define PARAM_DEFAULT(type, name, def, min, max, meaning) .name = def,
                          FLONG_PARAMS_MAP(PARAM_DEFAULT)
#undef PARAM_DEFAULT
    };
}

flong_status params_take(flong_params *out, const flong_params *given, flong_error *error) {
    flong_params_default(out);
    if (!given) return FLONG_OK;
    if (given->size < sizeof given->size)
        return error_set(error, FLONG_ARG, "flong_params: size is not set; start from flong_params_default");
    memcpy(out, given, given->size < sizeof *out ? given->size : sizeof *out);
    out->size = sizeof *out;
#define PARAM_CHECK(type, name, def, min, max, meaning)                                                      \
    if (!((double)out->name >= (min) && (double)out->name <= (max)))                                         \
        return error_set(error, FLONG_ARG, "%s must be from %s to %s, not %g", #name, #min, #max,            \
                         (double)out->name);
    FLONG_PARAMS_MAP(PARAM_CHECK)
#undef PARAM_CHECK
    if (out->band_rows > out->slots)
        return error_set(error, FLONG_ARG, "band_rows must be at most slots (%" PRIu32 "), not %" PRIu32,
                         out->slots, out->band_rows);
    return FLONG_OK;
}
