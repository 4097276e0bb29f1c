/* Text as a JSON string. */
#ifndef FLONG_INPUT_QUOTE_H
#define FLONG_INPUT_QUOTE_H

#include "base/memory.h"
#include "flong.h"

/* Appends the text in quotation marks; bytes that are not UTF-8 stay what they are. False when there is no memory. */
bool quote_append(buffer *out, flong_str text);

#endif
