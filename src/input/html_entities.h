/* Character references in text that is not parsed as HTML, or was and has them still. */
#ifndef FLONG_INPUT_HTML_ENTITIES_H
#define FLONG_INPUT_HTML_ENTITIES_H

#include "base/memory.h"
#include "flong.h"

/* Appends the text, "&amp;", "&#8217;" and "&#x2019;" as the characters they stand for, elements ("<em>") left out,
 * those of blocks and <br> as line ends. False when there is no memory. */
bool entities_append(buffer *out, flong_str text);

#endif
