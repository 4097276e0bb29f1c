/* Records as objects of JSON, for those that did not come as such. */
#ifndef FLONG_INPUT_WRITTEN_H
#define FLONG_INPUT_WRITTEN_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

/* Writes {"id":...,"text":...} into out, with the other fields that are there, replacing what out held. All are valid
 * UTF-8. False when there is no memory. */
bool written_json(buffer *out, const flong_record *record);

#endif
