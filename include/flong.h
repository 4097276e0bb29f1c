/* flong: which news articles are the same text, carry a piece of one another, or tell one story.
 *
 * The rules that hold for every declaration below, said once:
 *
 *  - Arguments: the handle first, then outputs, then inputs, then a callback and its context, and the flong_error last.
 *  - NULL: a pointer must not be NULL unless its description says so. The flong_error may always be NULL, and every _close
 *    and _free takes NULL. Where params or options may be NULL, the defaults hold then, if nothing else is said.
 *  - Sizes: `size`, where a struct begins with it, is the caller's sizeof of that struct, which can so grow at its end.
 *  - Errors: a call that can fail returns a flong_status, FLONG_OK being 0. When it fails, and a flong_error was given, that
 *    says what went wrong, where, and how to mend it. Outputs are then unchanged. The library never prints, exits or aborts
 *    because of data.
 *  - Ownership: whoever calls _open or _new calls _close or _free. What is passed in is copied if it is kept. What a
 *    callback receives, and what a function hands out as borrowed, belongs to flong: the one is valid during the callback,
 *    the other as long as its description says. A const char * that a function returns is static.
 *  - Callbacks: one that returns int gives 0 to go on; anything else stops the call, which then gives FLONG_STOPPED. Only a
 *    flong_source_fn returns other values.
 *  - Text: UTF-8, as pointer and length in bytes, no terminating NUL. The input reader converts pages, tables and feeds; of
 *    other input it rejects records that are not UTF-8.
 *  - Time: seconds since 1970-01-01T00:00:00Z; FLONG_NO_DATE where it is not known.
 *  - Threads: different handles may be used by different threads at the same time; one handle is used by one thread at a
 *    time. An index file has one writer and any number of readers. The results never depend on the number of threads.
 *
 * Three levels, from one call to an archive: compare two texts (flong_compare), sketch a text (flong_sketch_*), keep an
 * index (flong_index_*). Input readers (flong_input_*) and reports (flong_report_*) stand at its two ends.
 */
#ifndef FLONG_H
#define FLONG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FLONG_VERSION_MAJOR 0
#define FLONG_VERSION_MINOR 1
#define FLONG_VERSION_PATCH 0

#if defined(__GNUC__) && !defined(_WIN32)
#define FLONG_API __attribute__((visibility("default")))
#else
#define FLONG_API
#endif

/* ---- status and errors ------------------------------------------------------------------- */

/* X(name, value, text). The values are part of the interface and never change. */
#define FLONG_STATUS_MAP(X)                                                        \
    X(OK, 0, "success")                                                            \
    X(NOMEM, 1, "out of memory")                                                   \
    X(ARG, 2, "an argument is out of its range")                                   \
    X(IO, 3, "a file cannot be read or written")                                   \
    X(INPUT, 4, "the input is not what its form promises")                         \
    X(NOT_INDEX, 5, "the file is not a flong index")                               \
    X(MISMATCH, 6, "the index was made with another version or other parameters")  \
    X(DAMAGED, 7, "the index is damaged")                                          \
    X(NOT_FOUND, 8, "no such article")                                             \
    X(BUSY, 9, "another process is writing to the index")                          \
    X(STOPPED, 10, "stopped by the caller")

typedef enum flong_status {
#define FLONG_STATUS_ENUM(name, value, text) FLONG_##name = value,
    FLONG_STATUS_MAP(FLONG_STATUS_ENUM)
#undef FLONG_STATUS_ENUM
} flong_status;

/* Owned by the caller; filled by a call that fails, untouched by one that succeeds. */
typedef struct flong_error {
    flong_status status;
    char text[1020]; /* one line of UTF-8, NUL-terminated, without a line end */
} flong_error;

/* In turn: the text of the table above; "0.1.0"; versions of the libraries in use, e.g. "SQLite 3.40.1, xxHash 0.8.1". */
FLONG_API const char *flong_status_text(flong_status status);
FLONG_API const char *flong_version(void);
FLONG_API const char *flong_library_versions(void);

/* ---- basic types ------------------------------------------------------------------------- */

/* Borrowed bytes: n of them at p, no terminating NUL; p may be NULL only when n is 0. */
typedef struct flong_str {
    const char *p;
    size_t n;
} flong_str;

#define FLONG_NO_DATE INT64_MIN

/* One input article. Borrowed by whoever receives it. A field that is not there has n == 0. */
typedef struct flong_record {
    flong_str id;      /* unique; a second record with it is an update of the first */
    flong_str url;
    flong_str site;    /* host in lower case without "www."; empty: taken from url */
    flong_str title, text;
    int64_t published; /* or FLONG_NO_DATE; 0 is the first second of 1970 */
    flong_str author;  /* as the input has it; several with ", " between them */
    flong_str lang;    /* as the input has it, mostly a tag such as "en" */
} flong_record;

/* What two articles have to do with each other. The names are FLONG_RELATION_MAP's text. */
#define FLONG_RELATION_MAP(X)                                             \
    X(NONE, 0, "none")           /* not paired */                         \
    X(IDENTICAL, 1, "identical") /* the same tokens in the same order */  \
    X(REPRINT, 2, "reprint")     /* one text but for edits, cuts and wrapping */ \
    X(EXCERPT, 3, "excerpt")     /* a passage of one stands in the other */ \
    X(REWRITE, 4, "rewrite")     /* the same account in other words */    \
    X(RELATED, 5, "related")     /* the same event, another angle */      \
    X(ORIGINAL, 6, "original")   /* of an article: the first of its text group or story */ \
    X(SINGLE, 7, "single")       /* of an article: alone with its text and story */ \
    X(STUB, 8, "stub")           /* of an article: nothing left but furniture; in a text group only with identical ones */

typedef enum flong_relation {
#define FLONG_RELATION_ENUM(name, value, text) FLONG_RELATION_##name = value,
    FLONG_RELATION_MAP(FLONG_RELATION_ENUM)
#undef FLONG_RELATION_ENUM
} flong_relation;

/* "reprint" and so on. */
FLONG_API const char *flong_relation_name(flong_relation relation);

/* ---- parameters -------------------------------------------------------------------------- */

/* X(type, name, default, minimum, maximum, meaning). Kept in the index, which refuses others. */
#define FLONG_PARAMS_MAP(X)                                                                        \
    X(uint32_t, shingle, 5, 2, 16, "tokens in a shingle")                                          \
    X(uint32_t, slots, 128, 16, 1024, "slots of the MinHash signature")                            \
    X(uint32_t, band_rows, 4, 1, 16, "slots in a band; slots / band_rows bands")                   \
    X(uint32_t, passage_window, 21, 1, 1024, "of so many consecutive shingles one is a passage key") \
    X(uint32_t, min_tokens, 12, 1, 1000, "a shorter article matches only its identical text")      \
    X(uint32_t, bucket_links, 16, 2, 1024, "earlier articles that one key leads to, at most")      \
    X(uint32_t, max_candidates, 96, 1, 100000, "candidates verified for one article, at most")     \
    X(uint32_t, furniture_texts, 4, 2, 1000, "distinct texts of a site that make a line furniture") \
    X(uint32_t, excerpt_run, 25, 5, 10000, "tokens in one passage that make an excerpt")              \
    X(double, reprint_jaccard, .40, 0, 1, "Jaccard from which two articles are reprints")          \
    X(double, reprint_contained, .65, 0, 1, "share of the shorter in the longer that does the same") \
    X(double, group_hold, .50, 0, 1, "mean hold on a group's representatives that admits a member")   \
    X(double, rewrite_similarity, .54, 0, 1, "similarity from which two articles are rewrites")    \
    X(double, related_similarity, .33, 0, 1, "similarity from which two articles are related")     \
    X(uint32_t, window, 7, 1, 36500, "days that two tellings of one story may lie apart")          \
    X(uint32_t, story_links, 200, 2, 100000, "earlier articles that one term leads to, at most")     \
    X(uint32_t, stories, 1, 0, 1, "0: find copies only, no stories, in less time")

typedef struct flong_params {
    size_t size;
#define FLONG_PARAMS_FIELD(type, name, def, min, max, meaning) type name;
    FLONG_PARAMS_MAP(FLONG_PARAMS_FIELD)
#undef FLONG_PARAMS_FIELD
} flong_params;

/* Fills *out with the defaults of the table, and its size. */
FLONG_API void flong_params_default(flong_params *out);

/* ---- level 1: compare two texts ---------------------------------------------------------- */

/* Overlap of two articles' shingle sets A and B, and the verdict. A shingle begun in a title counts only if both have it. */
typedef struct flong_score {
    flong_relation relation;
    double jaccard;        /* |A and B| / |A or B|, in [0, 1]; 0 when both are empty */
    double a_in_b, b_in_a; /* |A and B| / |A|, the containment of a in b; |A and B| / |B| */
    uint32_t longest_run;  /* tokens in the longest run that both have without a change */
    double similarity;     /* of the two tellings, in [0, 1]: cosine of the terms that tell most, less for articles
                              that lie far apart in time; 0 where it was not looked at */
} flong_score;

/* Compares two articles as the index would, but knowing nothing of their sites' furniture. params may be NULL. */
FLONG_API flong_status flong_compare(flong_score *out, const flong_record *a, const flong_record *b,
                                     const flong_params *params, flong_error *error);

/* ---- level 2: sketch a text -------------------------------------------------------------- */

/* Scratch memory and parameters for sketching; one for each thread. */
typedef struct flong_sketcher flong_sketcher;

/* What flong makes of one text. Borrowed: valid until the sketcher is used again or freed. */
typedef struct flong_sketch {
    uint32_t n_tokens, n_shingles; /* distinct shingles */
    const uint64_t *shingles;      /* n_shingles hashes, ascending */
    const uint32_t *signature;     /* params.slots values: one-permutation MinHash with optimal densification
                                      (Shrivastava 2017); NULL when n_shingles is 0 */
    uint32_t n_bands;
    const uint64_t *bands;         /* n_bands LSH keys */
    uint32_t n_passages;
    const uint64_t *passages;      /* n_passages winnowed shingles (Schleimer and others 2003), in reading order */
} flong_sketch;

/* params may be NULL. */
FLONG_API flong_status flong_sketcher_new(flong_sketcher **out, const flong_params *params, flong_error *error);
FLONG_API void flong_sketcher_free(flong_sketcher *sketcher);

/* Sketches title and text of a record, without wire credits. */
FLONG_API flong_status flong_sketch_record(flong_sketcher *sketcher, flong_sketch *out, const flong_record *record,
                                           flong_error *error);

/* Estimate of the Jaccard similarity of two signatures of n slots each: the share of equal slots. */
FLONG_API double flong_signature_jaccard(const uint32_t *a, const uint32_t *b, size_t n);

/* ---- input ------------------------------------------------------------------------------- */

/* A sequence of records read from files; opaque. */
typedef struct flong_input flong_input;

/* Where a field of the record stands in the input: --field text=body is {"text", "body"}. */
typedef struct flong_field {
    const char *field; /* id, url, site, title, text, published, author or lang */
    const char *name;  /* the key in the input */
} flong_field;

/* Told of what is skipped: file, number of the line, or of a web archive the record, from 1 (0: the whole file), why. */
typedef void (*flong_bad_fn)(void *context, const char *file, uint64_t line, const char *why);

typedef struct flong_input_options {
    size_t size;
    const flong_field *fields; /* tried before the usual names; must live as long as the input */
    size_t n_fields;
    int strict;                /* a bad line or file is an error and not skipped */
    size_t max_line;           /* bytes in a record, at most; 0: 64 MiB */
    flong_bad_fn on_bad;       /* may be NULL */
    void *bad_context;
    const char *format;        /* jsonl, json, txt, html, warc, csv or rss, for every file; NULL: each as what it is */
    unsigned threads;          /* that read, the calling one among them; 0: that one alone */
    int all_pages;             /* pages that are no articles are records, too */
    flong_bad_fn on_odd;       /* told, with bad_context, of what is wrong in a file and costs no record; may be NULL */
} flong_input_options;

typedef struct flong_input_stats {
    uint64_t records, bad;       /* records handed out; lines and files skipped */
    uint64_t bad_dates;          /* records with a date that could not be read */
    uint64_t bytes, bytes_total; /* as they lie on the disk: of files read so far; of all, or 0 when a pipe is among them */
    uint64_t text_bytes;         /* uncompressed bytes read so far */
    uint64_t not_articles;       /* pages left out: front pages, lists and the like */
    uint64_t ignored;            /* files in folders and archives that are hidden or of no known format */
    uint64_t passed;             /* files and records that flong_add_options.input did not give again */
} flong_input_stats;

/* Opens n paths, read in that order. A path is a file of a known format, plain or compressed with gzip, zstd, xz or bzip2
 * (told by content), a tar or zip archive of such, a directory (all files of known formats in it and below, by name), a
 * pattern such as "crawl/" "**" "/x*.gz", or "-": standard input. options may be NULL. Fails when one gives no file. */
FLONG_API flong_status flong_input_open(flong_input **out, const char *const *paths, size_t n,
                                        const flong_input_options *options, flong_error *error);

/* *out is the next record, borrowed until the next call, or NULL at the end. What cannot be read is skipped, counted and
 * told to on_bad, unless options.strict. */
FLONG_API flong_status flong_input_next(flong_input *input, const flong_record **out, flong_error *error);

/* The last record as a JSON object on one line, without a line feed: as it stood in the input where that is JSON. Borrowed
 * until the next call of flong_input_next. */
FLONG_API flong_str flong_input_raw(const flong_input *input);

/* Reads a date in the forms that flong knows of input: 1 and *out filled, or 0 where it is none. */
FLONG_API int flong_date_read(int64_t *out, flong_str text);

#define FLONG_INPUT_NAME 33 /* bytes of a name, its NUL among them */

/* A name of what is read, the same for the same input: hex digits made of the paths, the sizes of the files, 64 KiB at both
 * ends of each, and of the options by which records are read. For flong_add_options.source_name. FLONG_ARG where standard
 * input or a pipe, which cannot be read twice, is among the files. */
FLONG_API flong_status flong_input_name(const flong_input *input, char out[FLONG_INPUT_NAME], flong_error *error);

FLONG_API void flong_input_get_stats(const flong_input *input, flong_input_stats *out);
FLONG_API void flong_input_close(flong_input *input);

/* ---- level 3: keep an index -------------------------------------------------------------- */

/* An index: one SQLite file; opaque. */
typedef struct flong_index flong_index;

#define FLONG_OPEN_READ 0u   /* the file must exist; nothing is changed */
#define FLONG_OPEN_WRITE 1u  /* the file is created if it does not exist */

/* Opens the index at path. path may be NULL: a temporary index, gone when closed (it needs FLONG_OPEN_WRITE). params may be
 * NULL: those of the file, or the defaults for a new one. Fails with FLONG_MISMATCH when params are given and the file has
 * others, or the file's version is not one this library reads; the text names both. */
FLONG_API flong_status flong_index_open(flong_index **out, const char *path, unsigned flags, const flong_params *params,
                                        flong_error *error);
FLONG_API void flong_index_close(flong_index *index);

/* Sets how many bytes of memory the open index may take for what it keeps of the file: articles lately compared, keys,
 * pages. 0, as without this call: flong_memory_default, a quarter of the machine's memory, from 256 MiB to 2 GiB. What one
 * batch of articles takes comes on top, some 300 MB of usual news. Only speed depends on it, never results. */
FLONG_API flong_status flong_index_limit(flong_index *index, size_t memory, flong_error *error);
FLONG_API size_t flong_memory_default(void);

/* Hands out the next record: 1 and *out filled (valid until the next call), 0 at the end, -1 on failure with *error filled.
 * flong_input_source is one, its context being a flong_input. */
typedef int (*flong_source_fn)(void *context, flong_record *out, flong_error *error);
FLONG_API int flong_input_source(void *context, flong_record *out, flong_error *error);

typedef struct flong_progress {
    uint64_t articles, pairs; /* indexed, and accepted, so far in this call */
    uint64_t groups;          /* text groups of two or more, in the index */
} flong_progress;

/* Told after every batch; where it stops the call, the index holds what was told. */
typedef int (*flong_progress_fn)(void *context, const flong_progress *progress);

typedef struct flong_add_options {
    size_t size;
    unsigned threads;           /* 0: as many as there are cores */
    flong_progress_fn progress; /* may be NULL */
    void *progress_context;
    size_t memory;              /* as for flong_index_limit, from this call on; 0: as it is */
    flong_str source_name;      /* what tells the source from others; n == 0: nothing does. The records of it that the
                                   index holds are passed over, so that a call goes on where one that was killed
                                   stopped; FLONG_MISMATCH where the index holds anything else */
    flong_input *input;         /* that the source reads from, and has not read yet: the index notes which files of it
                                   were read, and those that it has noted are passed over. NULL: neither */
} flong_add_options;

/* Adds all records of the source: sketches them, finds and verifies their pairs, groups them. Committed batch by batch: when
 * the call fails or the process is killed, the index holds a prefix of the input and is whole. options may be NULL. A record
 * whose id is there already replaces that article. The same records in the same order give the same pairs and groups whether
 * they are added in one call or in many. The source is asked by the calling thread, while other threads work on what it gave
 * before: up to two batches of records may be taken that are not committed. */
FLONG_API flong_status flong_index_add(flong_index *index, flong_source_fn source, void *source_context,
                                       const flong_add_options *options, flong_error *error);

/* Removes the articles with these ids; their groups are verified again and split where needed. *removed (may be NULL) is how
 * many there were; unknown ids are passed over. */
FLONG_API flong_status flong_index_remove(flong_index *index, size_t *removed, const flong_str *ids, size_t n,
                                          flong_error *error);

/* Makes the index at path anew from the articles that it holds, as one call of flong_index_add would, in order of arrival:
 * what removed and replaced articles left behind is gone, numbers begin at 0, text groups may get other ids. params NULL:
 * those that it has. options as for flong_index_add. Takes room for a second file beside it, "path.regroup". Others may read
 * meanwhile; FLONG_BUSY when another process wrote to it. When the call fails, nothing is changed. */
FLONG_API flong_status flong_index_regroup(const char *path, const flong_params *params, const flong_add_options *options,
                                           flong_error *error);

/* What an article says at its head or tail of where it comes from: an agency by its usual name ("Associated Press"; n == 0:
 * none is named), the words that name it, and the place of its dateline. All n == 0: it says nothing. */
typedef struct flong_wire {
    flong_str agency, credit, place;
} flong_wire;

/* One indexed article and its place. */
typedef struct flong_article {
    uint64_t number;     /* arrival number in this index, from 0; superseded records have one too */
    flong_record record; /* without text */
    flong_str text_id, story_id; /* ids of the first article of its text group, and of its story's first text group */
    flong_str of;        /* id of the article that this one repeats, see score.relation; n == 0: none */
    flong_score score;   /* a: this article, b: `of`; all 0 without `of` */
    flong_wire wire;
    int credited;        /* whether it names the source that it repeats: the agency that `of` names (or any, where that
                            names none), or the site of `of`; -1 without `of`, for versions on one site and for rewrites */
    double furniture;    /* share of its tokens dropped as furniture, in [0, 1] */
    uint64_t members;    /* of its text group, itself among them */
    double weakest;      /* least mean hold with which a member was let into the group, in [0, 1]; 1 when it is alone */
} flong_article;
typedef int (*flong_article_fn)(void *context, const flong_article *article);

/* All articles in order of arrival. */
FLONG_API flong_status flong_index_articles(flong_index *index, flong_article_fn fn, void *context, flong_error *error);

/* Characters (code points) [begin, end) of an article's text, as it was given, and what flong takes them for. */
typedef enum flong_mark_kind {
    FLONG_MARK_FURNITURE = 0, /* of its site: not compared */
    FLONG_MARK_CREDIT = 1,    /* says where the article comes from: not compared */
    FLONG_MARK_ASIDE = 2      /* a quotation, notice, caption or the like: no evidence of an excerpt */
} flong_mark_kind;

typedef struct flong_mark {
    uint64_t begin, end;
    flong_mark_kind kind;
} flong_mark;

/* One article as flong reads it. */
typedef struct flong_reading {
    flong_record record;        /* with its text */
    flong_wire wire;
    uint64_t tokens, furniture; /* of title and text; of them furniture */
    uint64_t kept;              /* neither furniture nor credit; what is compared, but of a stub all is */
    int stub;                   /* not 0: furniture leaves nothing of the text */
    const flong_mark *marks;    /* n_marks of them, in the order of the text, each character in one at most: furniture
                                   goes before credits, and these before asides */
    size_t n_marks;
} flong_reading;
typedef int (*flong_reading_fn)(void *context, const flong_reading *reading);

/* The articles with these n ids, in this order; FLONG_NOT_FOUND at the first that is missing. ids NULL: all, by arrival. */
FLONG_API flong_status flong_index_texts(flong_index *index, const flong_str *ids, size_t n, flong_reading_fn fn,
                                         void *context, flong_error *error);

/* A record as the index would read it if it arrived last, or as it has done where the index holds it (the same id, title and
 * text). The index is not changed. */
FLONG_API flong_status flong_index_read(flong_index *index, const flong_record *record, flong_reading_fn fn, void *context,
                                        flong_error *error);

/* A passage that two articles share, edits inside included: characters (code points) [begin, end) of the text of each, as it
 * was given, and how many tokens agree. */
typedef struct flong_span {
    uint64_t a_begin, a_end, b_begin, b_end, tokens;
} flong_span;

/* One accepted pair: score.relation is identical to related. Of rewrites and related articles only similarity is known, and
 * they are pairs of the first articles of text groups. */
typedef struct flong_pair {
    flong_str a, b; /* ids; a arrived before b */
    flong_score score;
    int version;    /* of one article, on one site or sister hosts: not 0 */
    const flong_span *spans; /* n_spans of them, at most 16, those with most tokens first */
    size_t n_spans;
    flong_str terms; /* those that carried the similarity, most first, one a line; n == 0: none */
} flong_pair;
typedef int (*flong_pair_fn)(void *context, const flong_pair *pair);

/* All accepted pairs, by arrival of b, then of a. */
FLONG_API flong_status flong_index_pairs(flong_index *index, flong_pair_fn fn, void *context, flong_error *error);

/* An indexed article that a query repeats. */
typedef struct flong_match {
    flong_record record; /* the indexed article, without text */
    flong_score score;   /* a: the query, b: the indexed article */
    int version;         /* as in flong_pair */
    flong_wire wire;     /* of the indexed article */
    int credited;        /* whether the query names it as its source, as in flong_article; -1 for versions */
    const flong_span *spans; /* n_spans of them, as in flong_pair */
    size_t n_spans;
    flong_str terms;     /* as in flong_pair */
} flong_match;
typedef int (*flong_match_fn)(void *context, const flong_match *match);

/* The indexed articles that this record repeats, best first: by relation, then Jaccard, then containment, then arrival. The
 * index is not changed. A record that the index holds (the same id, title and text) gives the pairs that it has there; any
 * other one is taken as if it arrived last, and an article with its id is not a match. A copy that is not in the index also
 * matches the articles that tell its text again, which in the index are pairs of the first copy alone. */
FLONG_API flong_status flong_index_match(flong_index *index, const flong_record *record, flong_match_fn fn, void *context,
                                         flong_error *error);

/* Which article of each text group (or other level) to keep. */
typedef enum flong_keep {
    FLONG_KEEP_EARLIEST = 0, /* published first, ties by arrival; undated ones last */
    FLONG_KEEP_LONGEST = 1,  /* most tokens left after furniture, ties by arrival */
    FLONG_KEEP_FIRST = 2     /* arrived first */
} flong_keep;

/* Added to a rule: that stubs are not kept, and of what one article is kept. */
#define FLONG_DROP_STUBS 16u
#define FLONG_LEVEL_REPRINT 0u    /* of each text group */
#define FLONG_LEVEL_IDENTICAL 32u /* of each set of identical texts */
#define FLONG_LEVEL_REWRITE 64u   /* of text groups that are rewrites of one another, in one story */
#define FLONG_LEVEL_STORY 96u     /* of each story */
#define FLONG_KEPT_NONE UINT64_MAX

/* Told for each article in order of arrival: its number, and that of the one kept for it, or FLONG_KEPT_NONE. */
typedef int (*flong_keep_fn)(void *context, uint64_t number, uint64_t kept);

/* rule: a flong_keep, with FLONG_DROP_STUBS or without, and a FLONG_LEVEL_. */
FLONG_API flong_status flong_index_keep(flong_index *index, unsigned rule, flong_keep_fn fn, void *context,
                                        flong_error *error);

/* One story: articles about one event. */
typedef struct flong_story {
    flong_str id;    /* of the first article of the story's first text group */
    flong_str title; /* of the article that told it first */
    int64_t first_seen, last_seen; /* published; or FLONG_NO_DATE */
    uint64_t articles, texts; /* texts: text groups */
    uint64_t sites;       /* domains; an article without a site counts as one */
    uint64_t independent; /* tellings: text groups whose originals are of different domains */
    double weakest;       /* least mean probability with which two parts of it became one; 1 for one text group */
    const flong_str *agencies; /* n_agencies of them, at most 16, those that most articles name first */
    size_t n_agencies;
    flong_str first_site; /* of the article that told it first */
} flong_story;

typedef enum flong_sort {
    FLONG_SORT_SIZE = 0, /* most articles first */
    FLONG_SORT_DATE = 1, /* latest first_seen first, undated ones last */
    FLONG_SORT_SITES = 2 /* most sites first */
} flong_sort;

typedef struct flong_story_options {
    size_t size;
    flong_sort sort;
    int64_t since;     /* stories last seen then or later; FLONG_NO_DATE: all */
    flong_str site;    /* stories with an article of this host's domain; n == 0: all */
    uint64_t min_size; /* articles at least */
} flong_story_options;
typedef int (*flong_story_fn)(void *context, const flong_story *story);

/* The stories of an index. options may be NULL: all of two articles or more, by size. */
FLONG_API flong_status flong_index_stories(flong_index *index, const flong_story_options *options, flong_story_fn fn,
                                           void *context, flong_error *error);

typedef struct flong_info {
    uint32_t format;                   /* version of the file format */
    flong_params params;
    uint64_t articles, removed;        /* live ones; removed or replaced ones */
    uint64_t pairs;
    uint64_t text_groups, grouped;     /* of two articles or more; articles in them */
    uint64_t stories;                  /* of two text groups or more */
    uint64_t keys, runs;               /* entries in the index runs; runs */
    uint64_t hot_keys;                 /* look-ups cut short by params.bucket_links */
    uint64_t bridges;                  /* times that an article held on two groups that stayed apart */
    uint64_t stubs;                    /* articles of which nothing but furniture is left */
    uint64_t furniture_lines;          /* learned, over all sites */
    uint64_t bytes;                    /* size of the file */
    uint64_t bytes_text, bytes_keys;   /* of it: compressed article text; index runs */
} flong_info;
FLONG_API flong_status flong_index_info(flong_index *index, flong_info *out, flong_error *error);

/* Told of each site with stubs, those with most first: its name (n == 0: articles of which no site is known), and how many
 * of its articles are stubs. */
typedef int (*flong_stubs_fn)(void *context, flong_str site, uint64_t stubs);
FLONG_API flong_status flong_index_stubs(flong_index *index, flong_stubs_fn fn, void *context, flong_error *error);

/* One site and what its articles are to others. */
typedef struct flong_site {
    flong_str name;    /* its domain; n == 0: of articles of which no site is known */
    uint64_t articles, texts, undated; /* texts: text groups that they are in */
    uint64_t copies;   /* its articles that repeat one of another site, whole or a passage */
    uint64_t copied;   /* such articles of other sites that repeat one of its own */
    uint64_t credited; /* of these: those that name it, or its agency, as their source */
    uint64_t relations[FLONG_RELATION_STUB + 1]; /* articles by their relation, as flong_article has it */
} flong_site;
typedef int (*flong_site_fn)(void *context, const flong_site *site);

/* All sites, those with most articles first. */
FLONG_API flong_status flong_index_sites(flong_index *index, flong_site_fn fn, void *context, flong_error *error);

/* One line that is known as furniture of a site. */
typedef struct flong_furniture {
    flong_str line;
    uint64_t times; /* that it was dropped */
} flong_furniture;
typedef int (*flong_furniture_fn)(void *context, const flong_furniture *line);

/* The lines dropped from articles of a site (or host of its domain), most often first. Reads all articles of the domain. */
FLONG_API flong_status flong_index_furniture(flong_index *index, flong_str site, flong_furniture_fn fn, void *context,
                                             flong_error *error);

/* Reads everything in the file: SQLite's own check, every run, text and group. FLONG_DAMAGED with the first fault found. */
FLONG_API flong_status flong_index_check(flong_index *index, flong_error *error);

/* ---- reports ----------------------------------------------------------------------------- */

/* Takes n bytes of output. */
typedef int (*flong_write_fn)(void *context, const char *bytes, size_t n);

/* One JSON object a line: for each article, in order of arrival, with the fields of flong_article; for each accepted pair;
 * for each story, with the fields of flong_story. options as for flong_index_stories. */
FLONG_API flong_status flong_report_articles(flong_index *index, flong_write_fn write, void *context, flong_error *error);
FLONG_API flong_status flong_report_pairs(flong_index *index, flong_write_fn write, void *context, flong_error *error);
FLONG_API flong_status flong_report_stories(flong_index *index, const flong_story_options *options, flong_write_fn write,
                                            void *context, flong_error *error);

typedef struct flong_html_options {
    size_t size;
    flong_str name;   /* what is reported on, for the title */
    unsigned threads; /* 0: as many as there are cores */
    int no_text;      /* without the articles' texts */
    size_t max_size;  /* bytes up to which texts fill the page, those of the largest stories; 0: 200 MiB */
    const char *result, *pairs; /* without an index: files that flong_report_articles and _pairs (or NULL) wrote */
    flong_source_fn articles;   /* of a result, for their texts: the articles of which it tells; NULL: no texts */
    void *articles_context;
} flong_html_options;

/* One HTML page that needs nothing but itself: counts, sites, stories and their articles, and texts side by side. index may
 * be NULL where options->result is given; options may be NULL. */
FLONG_API flong_status flong_report_html(flong_index *index, const flong_html_options *options, flong_write_fn write,
                                         void *context, flong_error *error);

/* The views of an index file as comma-separated values (RFC 4180): articles, pairs, groups, stories and sites. `begin` is
 * told before each what is written next. */
typedef int (*flong_table_fn)(void *context, const char *name);
FLONG_API flong_status flong_report_csv(flong_index *index, flong_table_fn begin, flong_write_fn write, void *context,
                                        flong_error *error);

/* Who repeats whom in an index file, as GraphML, or for Graphviz: an edge from each article to what it repeats. */
FLONG_API flong_status flong_report_graph(flong_index *index, int graphviz, flong_write_fn write, void *context,
                                          flong_error *error);

/* One JSON object a line for each match of the record; with `all` also a line with "match": null where there is none.
 * *matches (may be NULL) is how many there were. */
FLONG_API flong_status flong_report_match(flong_index *index, uint64_t *matches, const flong_record *record, int all,
                                          flong_write_fn write, void *context, flong_error *error);

/* One JSON object on a line: the fields of flong_reading. */
FLONG_API flong_status flong_report_reading(const flong_reading *reading, flong_write_fn write, void *context,
                                            flong_error *error);

/* Plain text for people: why two indexed articles are paired, or are not: the agencies that they name as their source,
 * scores beside the thresholds, how alike they tell and by which terms, the keys that met, the shared passages in their
 * context, what was ignored. Given to `write` in one piece. Words of the articles stand in it on one line each and without
 * ASCII control characters, but else as they are: before it goes to a terminal, spell out what turns the text (U+202E and
 * its like) and the controls above U+007F. */
FLONG_API flong_status flong_report_explain(flong_index *index, flong_str id_a, flong_str id_b, flong_write_fn write,
                                            void *context, flong_error *error);

#ifdef __cplusplus
}
#endif
#endif
