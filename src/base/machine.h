/* What the machine has. */
#ifndef FLONG_BASE_MACHINE_H
#define FLONG_BASE_MACHINE_H

#include <stddef.h>

/* Bytes of memory that this process may use at most: those of the machine, or of the container that it runs in where
 * that has fewer; 0 where the system does not tell. */
size_t machine_memory(void);

#endif
