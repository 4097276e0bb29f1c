/* What was asked for on the command line, and the two tables by which it is read and explained. */
#ifndef FLONG_CLI_OPTIONS_H
#define FLONG_CLI_OPTIONS_H

#include "flong.h"

#include <stdbool.h>
#include <stddef.h>

/* Exit statuses; a signal adds 128 + its number. */
enum { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_ERROR = 2 };

/* COMMAND_NONE is `flong` alone, with flags of its own. */
typedef enum command_id {
    COMMAND_CLUSTER,
    COMMAND_DEDUP,
    COMMAND_INDEX,
    COMMAND_MATCH,
    COMMAND_TEXT,
    COMMAND_EXPLAIN,
    COMMAND_INFO,
    COMMAND_CHECK,
    COMMAND_STORIES,
    COMMAND_REPORT,
    COMMAND_REMOVE,
    COMMAND_REGROUP,
    COMMAND_PLAN,
    COMMAND_HELP,
    COMMAND_NONE,
    N_COMMANDS
} command_id;

/* PARAM_shingle and so on: one for each row of FLONG_PARAMS_MAP. */
typedef enum param_id {
#define PARAM_ID(type, name, def, min, max, meaning) PARAM_##name,
    FLONG_PARAMS_MAP(PARAM_ID)
#undef PARAM_ID
        N_PARAMS
} param_id;

/* What --color says. */
typedef enum color_use { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_use;

/* Strings are those of argv. */
typedef struct options {
    command_id command;
    const char **operands;
    size_t n_operands;
    const char *output, *pairs, *index, *removed, *furniture;
    const char *given_pairs; /* that an earlier run wrote */
    const char *report;
    const char *csv, *graph; /* a folder; a file */
    bool no_text;
    size_t max_size; /* 0: the library's own */
    flong_keep keep;
    bool drop_stubs;
    unsigned level; /* a FLONG_LEVEL_ */
    flong_sort sort;
    const char *since, *site;
    uint32_t min_size, limit;
    color_use color;
    flong_str *ids;
    size_t n_ids;
    flong_field *fields;
    size_t n_fields;
    size_t max_line;        /* 0: the library's own */
    size_t memory;          /* 0: the library's own */
    uint32_t threads;       /* 0: all cores */
    const char *format;     /* NULL: each file as what it is */
    const char *files_from; /* a list of operands */
    char *listed;           /* its bytes, which the operands point to */
    bool all_pages, resume;
    bool strict, quiet, summary, all, fail_if_none, json, man, markdown, help, version;
    flong_params params;         /* the values given; */
    bool params_given[N_PARAMS]; /* which they are */
} options;

typedef struct command_row {
    const char *name;
    const char *operands; /* as in the usage line */
    size_t least, most;   /* how many */
    const char *purpose;  /* one line */
    const char *notes;    /* one paragraph */
    const char *example;  /* a shell transcript: "$ cat FILE" shows a file, other lines are run */
    int (*run)(const options *asked);
} command_row;

extern const command_row command_table[N_COMMANDS];

typedef enum flag_kind {
    FLAG_SET,   /* bool; takes no value */
    FLAG_TEXT,  /* const char * */
    FLAG_COUNT, /* uint32_t from min to max */
    FLAG_SHARE, /* double from min to max */
    FLAG_SIZE,  /* size_t from min to max, with K, M or G */
    FLAG_KEEP,  /* flong_keep */
    FLAG_STUBS, /* bool: keep or drop */
    FLAG_LEVEL, /* unsigned */
    FLAG_SORT,  /* flong_sort */
    FLAG_COLOR, /* color_use */
    FLAG_ID,    /* added to ids; offset unused */
    FLAG_FIELD  /* NAME=KEY, added to fields; offset unused */
} flag_kind;

typedef struct flag {
    unsigned commands; /* 1 << command_id, ored */
    char letter;       /* or 0 */
    const char *name;  /* '_' stands for '-', as parameters are named in C */
    flag_kind kind;
    const char *metavar; /* NULL: takes no value */
    const char *meaning;
    const char *fallback; /* what holds without the flag, or NULL */
    size_t offset;        /* of the member of options that it sets */
    double min, max;
    int param; /* param_id, or -1 */
} flag;

extern const flag flag_table[];
extern const size_t flag_count;

/* The name with dashes; lives until the end of the full expression. */
typedef struct flag_spelling {
    char text[40];
} flag_spelling;
flag_spelling flag_spell(const flag *row);

/* Fills *asked from argv; when that cannot be done says why on stderr and returns false. Call
 * options_free in both cases. */
bool options_parse(options *asked, int argc, char **argv);
void options_free(options *asked);

/* Adds the names in the list asked->files_from to the operands; says why not and returns false. */
bool options_list_files(options *asked);

/* Sets what the flag sets; says why not and returns false when the value is not fit for it. */
bool options_set(options *asked, const flag *row, char *value);

/* The command of that name, or COMMAND_NONE after an error message that names the nearest. */
command_id command_find(const char *name);

/* How many insertions, deletions, changes and swaps of neighbours lie between two short names. */
size_t name_distance(const char *a, const char *b);

#endif
