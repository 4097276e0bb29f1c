/* Failure is a flong_status that is returned and a text that the caller's flong_error takes. */
#ifndef FLONG_BASE_ERROR_H
#define FLONG_BASE_ERROR_H

#include "flong.h"

/* Fills error (may be NULL) with the status and a formatted text of one line: what, where, how to
 * mend it. Line ends and control characters that come in with the arguments become spaces; a text
 * that is too long is cut between two characters. Returns status, so that a function can end with
 * it. */
flong_status error_set(flong_error *error, flong_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* error_set for memory that could not be had. */
flong_status error_nomem(flong_error *error);

/* Leaves the calling function with the status of a call that failed. */
#define TRY(call)                                                                                            \
    do {                                                                                                     \
        flong_status try_status_ = (call);                                                                   \
        if (try_status_ != FLONG_OK) return try_status_;                                                     \
    } while (0)

#endif
