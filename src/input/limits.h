/* What a hostile input can make flong do, at most. All in one place; the README's table has them, too. */
#ifndef FLONG_INPUT_LIMITS_H
#define FLONG_INPUT_LIMITS_H

/* Bytes of a record, unless the caller sets another limit (flong_input_options.max_line). */
#define LIMIT_RECORD_DEFAULT ((size_t)64 << 20)

/* simdjson counts bytes in 32 bits. */
#define LIMIT_RECORD_MOST ((size_t)0xFFFFFFFFu - 4096)

/* Compressed data may grow to so many times its size, once it is larger than the free part: real text packs 5 to 50
 * times, copies of one article in a row some hundreds. */
#define LIMIT_GROWTH      500
#define LIMIT_GROWTH_FREE ((uint64_t)256 << 20)

/* Memory that a decompressor may ask for: what `zstd -19`, `zstd --ultra -22` and `xz -9` stay within. */
#define LIMIT_WINDOW_LOG 27
#define LIMIT_WINDOW     ((uint64_t)128 << 20)

/* Bytes of a dictionary that stands in a zstd file. */
#define LIMIT_DICTIONARY ((uint32_t)16 << 20)

/* Entries of an archive, and bytes of one of them. */
#define LIMIT_ENTRIES     10000000u
#define LIMIT_ENTRY_BYTES ((uint64_t)64 << 30)

/* Bytes of a name: of a file, of an entry, of an id. */
#define LIMIT_NAME 4096

/* Folders in one another. */
#define LIMIT_FOLDERS 64

/* Objects and lists in one another, of JSON: simdjson's own. */
#define LIMIT_JSON_DEPTH 1024

#endif
