/* Keeps in a file what each article is to others, for those who ask its views. */
#ifndef FLONG_FLOW_PLACES_H
#define FLONG_FLOW_PLACES_H

#include "flow/index.h"

/* Finds it anew where articles came or went since; not of a temporary index. A change of its own, committed. */
flong_status places_renew(flong_index *index, flong_error *error);

#endif
