/* Names that come again and again, such as sites, by number. */
#ifndef FLONG_BASE_INTERN_H
#define FLONG_BASE_INTERN_H

#include "base/memory.h"
#include "flong.h"

enum { INTERN_NONE = UINT32_MAX };

/* Zero-initialised, it is empty. */
typedef struct intern {
    arena memory; /* of the names */
    flong_str *names;
    size_t n, capacity;
    uint32_t *places; /* open addressing: number + 1 */
    size_t n_places;
} intern;

/* The number of a name, a new one where it was not there; an empty name has INTERN_NONE. False when there is no
 * memory. */
bool intern_take(intern *all, uint32_t *out, flong_str name);
void intern_free(intern *all);

/* How names are numbered by their counts: the one with the highest first, ties by name. order[i] is the name that
 * becomes number i, to[k] the number that name k gets. Both have room for all->n. False when there is no memory. */
bool intern_rank(const intern *all, const uint64_t *counts, uint32_t *order, uint32_t *to);

#endif
