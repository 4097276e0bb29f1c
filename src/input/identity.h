/* What an input is, in a short name: two inputs of one name give the same records. */
#ifndef FLONG_INPUT_IDENTITY_H
#define FLONG_INPUT_IDENTITY_H

#include "flong.h"
#include "input/paths.h"

/* Makes the name, of hex digits. FLONG_ARG: what cannot be read again is among the paths. FLONG_IO: a file cannot be
 * read. */
flong_status identity_make(char out[FLONG_INPUT_NAME], const paths *files, const flong_input_options *options,
                           flong_error *error);

#endif
