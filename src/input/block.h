/* Items: records of files before they are read. They are gathered in blocks, so that threads have something to share. */
#ifndef FLONG_INPUT_BLOCK_H
#define FLONG_INPUT_BLOCK_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

/* Bytes that can be read behind those of every item (their value means nothing), as simdjson wants. */
enum { BLOCK_PADDING = 64 };

/* Of the size of a level-2 cache, so that whoever reads an item finds it there. */
enum { BLOCK_BYTES = 1 << 18, BLOCK_ITEMS = 4096 };

struct format;

/* The file, or entry of an archive, that items are of. */
typedef struct item_file {
    const char *label; /* to name it in ids and messages: valid UTF-8 */
    const struct format *format;
    size_t path; /* which of the input's paths it is, or is in */
} item_file;

/* What the container knows of an item. Empty, or FLONG_NO_DATE: it does not. */
typedef struct item_hints {
    flong_str url, type, charset, lang; /* type: as of HTTP, without parameters */
    int64_t captured;
} item_hints;

/* What an item's fault makes of it. */
typedef enum fault_kind {
    FAULT_BAD,        /* it cannot be read */
    FAULT_NO_ARTICLE, /* it is not meant to be one */
    FAULT_ODD         /* nothing is lost: the record is an item of its own */
} fault_kind;

typedef struct item {
    const item_file *file;
    size_t at, n;      /* bytes of the block */
    uint64_t number;   /* of the record, for its id: the line, or a count from 1; 0: the file is one record */
    uint64_t line;     /* for messages; 0: they are about the whole file */
    const char *fault; /* why it cannot be read: static or the block's; NULL: it may be */
    fault_kind kind;   /* of the fault */
    const item_hints *hints; /* or NULL; the block's */
} item;

/* Zero-initialised but for `most` it is empty. */
typedef struct block {
    size_t most; /* bytes from which on it is full */
    buffer bytes;
    item *items;
    size_t n, capacity;
    bool is_full;
    arena memory;          /* what lives as long as the items do */
    const item_file *file; /* which items that are added are of */
    size_t paths_done;     /* paths of the input that are read to their ends when all items are handed out */
    /* Of the input, when the block was cut: bytes read, as they lie and uncompressed, and files left out. */
    uint64_t taken, text, ignored;
} block;

/* Forgets the items and keeps the memory. */
void block_reset(block *self);
void block_free(block *self);

/* Whether it is time to hand it over: never before it holds an item. Once it was full it remains so, even when bytes
 * that are part of no item are taken out of it. */
bool block_is_full(block *self);

/* Room for n bytes, and the padding, behind those that are there: NULL when there is no memory. */
char *block_room(block *self, size_t n);

/* Adds the item, for which `file` is set. False when there is no memory. */
bool block_add(block *self, item it);

/* Adds an item that cannot be read, for a reason that is static or copied to block.memory. */
bool block_add_fault(block *self, uint64_t line, const char *why);

/* A copy that lives as long as the items, with a NUL behind it; NULL when there is no memory. */
char *block_string(block *self, const char *p, size_t n);

#endif
