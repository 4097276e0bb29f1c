/* Names of character sets. */
#ifndef FLONG_INPUT_CHARSET_NAMES_H
#define FLONG_INPUT_CHARSET_NAMES_H

#include <stdbool.h>

#include "flong.h"

typedef struct charset_name {
    const char *label; /* as pages write it, in lower case */
    const char *name;  /* of the Encoding Standard */
    const char *iconv; /* for iconv_open: the superset that browsers read it as */
} charset_name;

/* The set of a label in any case, blanks around it; NULL: none that is known. Only these sets are ever
 * converted: what a page names is not handed on to iconv. */
const charset_name *charset_find(flong_str label);

/* The label in a Content-Type header ("text/html; charset=koi8-r"), or in a name alone; empty: none. */
flong_str charset_of_type(flong_str type);

/* The label in the first 4096 bytes of a page, or of an XML document; empty: none. */
flong_str charset_of_page(flong_str page);
flong_str charset_of_xml(flong_str document);

/* A set whose text is valid UTF-8, too, and is not meant so. */
bool charset_is_other(const charset_name *name);

#endif
