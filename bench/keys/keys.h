/* The keys that an archive's articles have under one setting, what they take, and whom they bring together. */
#ifndef KEYS_KEYS_H
#define KEYS_KEYS_H

#include "archive.h"
#include "index/candidates.h"

/* Which keys an article has, beside that of its identity, which all have. */
typedef struct setting {
    uint32_t bands, rows; /* of the MinHash signature; no bands: 0 */
    uint32_t window;      /* of passage keys; none: 0 */
} setting;

/* The setting of an index with these parameters. */
setting setting_of(const flong_params *params);

/* "32x4": 32 bands of 4 slots; "21": passage keys of window 21; "32x4+21": both. False when it is none. */
bool setting_parse(setting *out, const char *text);

/* The parameters of a setting; for what it has not, the defaults. Ends the program where flong takes no such. */
flong_params setting_params(setting s);

/* The setting as text. */
typedef struct setting_name {
    char text[24];
} setting_name;
setting_name setting_print(setting s);

/* The keys of all articles. Articles are their places in the archive. */
typedef struct key_set {
    setting setting;
    flong_params params;
    worker worker;
    uint64_t *keys; /* article by article, each one's ascending */
    size_t n, capacity;
    size_t *firsts; /* of each article, and the end */
} key_set;

/* Makes the keys of an archive under n settings; `out` has room for as many. */
void keys_make(key_set *out, const setting *settings, size_t n, archive *a);
void keys_free(key_set *sets, size_t n);

/* Whether two articles have a key in common. */
bool keys_common(const key_set *set, uint32_t x, uint32_t y);

/* What the index makes of the keys. */
typedef struct meetings {
    candidate_list list;
    arena memory;       /* holds the list */
    size_t block_bytes; /* of the entries, when they lie in one run */
} meetings;
void keys_meet(meetings *out, const key_set *set, size_t n_articles);
void meetings_free(meetings *m);

#endif
