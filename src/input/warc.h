/* WARC files (ISO 28500, versions 0.17 to 1.1): bytes into records. Pure, and written for files that lie: what follows a
 * record decides where it ends, not the length that it names. */
#ifndef FLONG_INPUT_WARC_H
#define FLONG_INPUT_WARC_H

#include <stdbool.h>

#include "flong.h"

/* The types that matter here; warcinfo, request, metadata and all others are WARC_OTHER. */
typedef enum warc_type { WARC_OTHER, WARC_RESPONSE, WARC_RESOURCE, WARC_REVISIT, WARC_CONVERSION } warc_type;

/* Borrowed from the window that it was found in. What the header does not name is empty. */
typedef struct warc_record {
    warc_type type;
    flong_str uri;          /* of the target, without the < and > that some writers put around it */
    flong_str content_type; /* of the block */
    flong_str language;     /* of a conversion, as ISO 639-3: the first one */
    bool is_truncated;      /* the writer says that it cut the block */
    int64_t captured;       /* or FLONG_NO_DATE */
    flong_str block;        /* the bytes behind the header */
    uint64_t length; /* of the block in the file: more than block.n where it is longer than max_block */
    const char
        *fault; /* what was wrong with the length and had to be guessed, or NULL; valid until the next call */
} warc_record;

/* Zero-initialised but for max_block it stands before a file. */
typedef struct warc {
    size_t max_block; /* bytes of a block that is handed out whole */
    size_t wants;     /* with WARC_MORE: bytes that the window must have, unless the file has ended */
    uint64_t number;  /* of the record that was told last, from 1 */
    uint64_t at;      /* offset in the file of what was told last */
    uint64_t offset;  /* of the window's first byte */
    uint64_t skip;    /* bytes of a long block that are left to pass over */
    bool is_lost;     /* looks for a beginning, wherever it is */
    char why[200];
} warc;

typedef enum warc_found {
    WARC_MORE,   /* the window is too small */
    WARC_RECORD, /* *out is one */
    WARC_BAD,    /* warc.why says what is wrong; the next call goes on behind it */
    WARC_END
} warc_found;

/* Looks at the window: the bytes of the file that come next, as many as there are, at_end with all the rest. *used of them
 * are done with: the next window begins behind them. A window of max_block + WARC_ROOM bytes is never too small. */
enum { WARC_HEADER_MAX = 1 << 16, WARC_ROOM = WARC_HEADER_MAX + 64 };
warc_found warc_next(warc *self, size_t *used, warc_record *out, flong_str window, bool at_end);

/* Whether a file that begins like this is one; blank lines may come first. */
bool warc_begins(flong_str head);

#endif
