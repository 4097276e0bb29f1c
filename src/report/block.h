/* A block of the page: JSON, compressed with deflate and written in base64, so that nothing in it can be taken for a
 * part of the page. Blocks are made by several threads and written in order. */
#ifndef FLONG_REPORT_BLOCK_H
#define FLONG_REPORT_BLOCK_H

#include "base/memory.h"
#include "flong.h"

/* Compression of one thread; zero-initialised, it is ready. */
typedef struct block_packer {
    void *deflater;
    buffer packed;
} block_packer;
void block_packer_free(block_packer *packer);

/* Appends to *out the element of that id that holds n bytes of JSON. False when there is no memory. */
bool block_make(block_packer *packer, buffer *out, const char *id, const char *json, size_t n);

#endif
