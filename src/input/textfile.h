/* A plain text file as one record. */
#ifndef FLONG_INPUT_TEXTFILE_H
#define FLONG_INPUT_TEXTFILE_H

#include "base/memory.h"
#include "flong.h"

/* Why the bytes cannot be an article's text (static), or NULL. */
const char *textfile_fault(flong_str text);

/* Writes {"id":...,"text":...} into out, replacing what is there. Both are valid UTF-8. False when there is
 * no memory. */
bool textfile_json(buffer *out, flong_str id, flong_str text);

#endif
