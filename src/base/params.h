/* The parameters' defaults and ranges. */
#ifndef FLONG_BASE_PARAMS_H
#define FLONG_BASE_PARAMS_H

#include "base/error.h"

/* Fills *out from a caller's struct, whose size may be that of another version, or with the defaults where
 * it is NULL; checks the ranges. */
flong_status params_take(flong_params *out, const flong_params *given, flong_error *error);

#endif
