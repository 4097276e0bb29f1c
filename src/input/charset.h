/* Bytes of any character set into UTF-8: what a header, a byte order mark or the page itself says of them,
 * and where that is missing or wrong, what they look like (uchardet). Conversion is iconv's. */
#ifndef FLONG_INPUT_CHARSET_H
#define FLONG_INPUT_CHARSET_H

#include "base/error.h"
#include "flong.h"

/* Scratch of one thread: the converter that was used last, and the converted text. */
typedef struct charset charset;

/* NULL when there is no memory. */
charset *charset_new(void);
void charset_free(charset *self);

/* Where the bytes may name their character set themselves. */
typedef enum charset_markup {
    CHARSET_PLAIN, /* nowhere */
    CHARSET_HTML,  /* <meta charset>, <meta http-equiv="Content-Type"> */
    CHARSET_XML    /* <?xml encoding?> */
} charset_markup;

typedef struct charset_text {
    flong_str
        text; /* valid UTF-8 without a byte order mark; borrowed until the next call, or a part of the bytes */
    const char *name;  /* of the character set that they were in, e.g. "windows-1252"; static */
    uint64_t replaced; /* places that were not valid, and are U+FFFD now */
} charset_text;

/* Tells the character set and converts. The hint (may be empty) is a name or a whole Content-Type header.
 * Bytes that are valid UTF-8 are UTF-8, whatever is said of them, but for sets of another kind (UTF-16,
 * ISO-2022-JP). Fails only with FLONG_NOMEM. */
flong_status charset_decode(charset *self, charset_text *out, flong_str bytes, flong_str hint,
                            charset_markup markup, flong_error *error);

#endif
