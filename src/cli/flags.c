/* The one table of flags: parsing, --help, the man page and the README table are made from it. */
#include "options.h"

#define ON(name)   (1u << COMMAND_##name)
#define CREATES    (ON(CLUSTER) | ON(DEDUP) | ON(INDEX))
#define READS      (CREATES | ON(MATCH) | ON(TEXT))
#define SETS       (CREATES | ON(REGROUP) | ON(PLAN))
#define EVERY      ((1u << N_COMMANDS) - 1)
#define INTO(name) .offset = offsetof(options, name), .param = -1

#define PARAM_FLAG(type, field, def, low, high, text)                                                        \
    {.commands =                                                                                             \
         SETS |                                                                                              \
         (PARAM_##field == PARAM_furniture_texts || PARAM_##field == PARAM_min_tokens ? ON(TEXT) : 0),       \
     .name = #field,                                                                                         \
     .kind = _Generic((type)0, double                                                                        \
                      : FLAG_SHARE, default                                                                  \
                      : FLAG_COUNT),                                                                         \
     .metavar = _Generic((type)0, double                                                                     \
                         : "SHARE", default                                                                  \
                         : "N"),                                                                             \
     .meaning = text,                                                                                        \
     .fallback = #def,                                                                                       \
     .offset = offsetof(options, params.field),                                                              \
     .min = low,                                                                                             \
     .max = high,                                                                                            \
     .param = PARAM_##field},

const flag flag_table[] = {
    {ON(CLUSTER) | ON(MATCH) | ON(STORIES) | ON(TEXT), 'o', "output", FLAG_TEXT, "OUT",
     "write here; the file appears when it is complete", "standard output", INTO(output)},
    {ON(DEDUP), 'o', "output", FLAG_TEXT, "CLEAN",
     "write the kept input lines here; the file appears when it is complete", "standard output",
     INTO(output)},
    {ON(REPORT), 'o', "output", FLAG_TEXT, "PAGE", "write the page here; it appears when it is complete",
     "standard output, if that is no terminal", INTO(output)},
    {ON(CLUSTER), 0, "pairs", FLAG_TEXT, "PAIRS", "write the accepted pairs, with their scores, here", NULL,
     INTO(pairs)},
    {ON(REPORT), 0, "pairs", FLAG_TEXT, "PAIRS",
     "the pairs that the run wrote which wrote FROM, with the places that they share", NULL,
     INTO(given_pairs)},
    {ON(REPORT), 0, "csv", FLAG_TEXT, "DIR",
     "write tables for spreadsheets and data frames into this folder: articles.csv, pairs.csv, groups.csv, "
     "stories.csv and sites.csv",
     NULL, INTO(csv)},
    {ON(REPORT), 0, "graph", FLAG_TEXT, "GRAPH",
     "write who repeats whom as a graph here: GraphML (.graphml), or for Graphviz (.gv, .dot)", NULL,
     INTO(graph)},
    {ON(CLUSTER), 0, "report", FLAG_TEXT, "PAGE",
     "write a page to read and to pass on here, as flong report does, with the articles' texts", NULL,
     INTO(report)},
    {ON(CLUSTER), 0, "index", FLAG_TEXT, "DB",
     "keep the index in this file: a new one, or one that the same command began", NULL, INTO(index)},
    {ON(TEXT), 0, "index", FLAG_TEXT, "DB",
     "take what this index knows of furniture; without FILE, show its own articles", NULL, INTO(index)},
    {ON(TEXT), 0, "id", FLAG_ID, "ID", "only the article with this id; may be given several times", NULL,
     INTO(ids)},
    {ON(TEXT), 0, "limit", FLAG_COUNT, "N", "only the first N articles", NULL, INTO(limit), .min = 1,
     .max = 4294967295.0},
    {ON(TEXT), 0, "json", FLAG_SET, NULL,
     "print one JSON object for each article, with its text and the marks in it as characters [begin, end, "
     "kind]",
     NULL, INTO(json)},
    {ON(DEDUP), 0, "removed", FLAG_TEXT, "REMOVED", "write the input lines that are not kept here", NULL,
     INTO(removed)},
    {ON(DEDUP), 0, "keep", FLAG_KEEP, "RULE",
     "which article of a text group to keep: earliest (published), longest or first (in the input)",
     "earliest", INTO(keep)},
    {ON(DEDUP), 0, "stubs", FLAG_STUBS, "RULE",
     "keep or drop pages of which nothing but furniture is left, such as paywall notices", "keep",
     INTO(drop_stubs)},
    {ON(DEDUP), 0, "level", FLAG_LEVEL, "LEVEL",
     "of what to keep one article: of each set of identical texts, reprints (each text group), rewrites, or "
     "of "
     "each story: identical, reprint, rewrite or story",
     "reprint", INTO(level)},
    {ON(STORIES), 0, "sort", FLAG_SORT, "ORDER", "size (most articles first), date (latest first) or sites",
     "size", INTO(sort)},
    {ON(STORIES), 0, "since", FLAG_TEXT, "DATE", "only stories that were last seen on this date or later",
     NULL, INTO(since)},
    {ON(STORIES), 0, "site", FLAG_TEXT, "SITE", "only stories that this site told, too", NULL, INTO(site)},
    {ON(STORIES), 0, "min_size", FLAG_COUNT, "N", "only stories of so many articles", "2", INTO(min_size),
     .min = 1, .max = 4294967295.0},
    {ON(MATCH), 0, "all", FLAG_SET, NULL, "also print articles without a match, with \"match\": null", NULL,
     INTO(all)},
    {ON(MATCH), 0, "fail_if_none", FLAG_SET, NULL, "exit with status 1 when nothing matched", NULL,
     INTO(fail_if_none)},
    {ON(REPORT), 0, "no_text", FLAG_SET, NULL,
     "leave the articles' texts out, such as those that may not be passed on", NULL, INTO(no_text)},
    {ON(REPORT), 0, "max_size", FLAG_SIZE, "SIZE",
     "bytes up to which texts fill the page, those of the largest stories first; the page says what is left "
     "out",
     "200M", INTO(max_size), .min = 1024, .max = 2147483648.0},
    {ON(INFO), 0, "furniture", FLAG_TEXT, "SITE", "print the lines dropped as furniture of this site instead",
     NULL, INTO(furniture)},
    {ON(INFO) | ON(PLAN), 0, "json", FLAG_SET, NULL, "print one JSON object", NULL, INTO(json)},
    {ON(CLUSTER) | ON(INDEX), 0, "summary", FLAG_SET, NULL,
     "tell on stderr, in 40 lines at most, of the largest stories, of who copies whom, and of what looks "
     "wrong",
     "where stderr is a terminal", INTO(summary)},
    {ON(TEXT) | ON(CLUSTER) | ON(INDEX), 0, "color", FLAG_COLOR, "WHEN",
     "auto (on a terminal, unless NO_COLOR is set), always or never", "auto", INTO(color)},
    {SETS | ON(MATCH) | ON(TEXT) | ON(REPORT), 'j', "threads", FLAG_COUNT, "N",
     "threads to use; the output does not depend on it", "all cores", INTO(threads), .min = 1, .max = 256},
    {SETS | ON(MATCH) | ON(TEXT), 0, "memory", FLAG_SIZE, "SIZE",
     "memory for what is kept of the index, such as 512M or 4G; a batch of articles takes some 300M more; no "
     "output depends on it",
     "a quarter of the machine's, from 256M to 2G", INTO(memory), .min = 1048576.0, .max = 1099511627776.0},
    {ON(INDEX), 0, "resume", FLAG_SET, NULL,
     "note in the index which files were read, and read only those that are not noted or have changed", NULL,
     INTO(resume)},
    {READS | ON(PLAN) | ON(REPORT), 0, "files_from", FLAG_TEXT, "LIST",
     "read the files that LIST names, too, one a line or each with a NUL behind it; -: standard input is the "
     "list",
     NULL, INTO(files_from)},
    {READS | ON(PLAN) | ON(REPORT), 0, "format", FLAG_TEXT, "FORMAT",
     "read every file as jsonl, json, txt, csv, warc, rss or html", "told by content and name", INTO(format)},
    {READS | ON(PLAN) | ON(REPORT), 0, "all_pages", FLAG_SET, NULL,
     "keep pages that are no articles: front pages, lists and the like", "leave them out and count them",
     INTO(all_pages)},
    {READS | ON(PLAN) | ON(REPORT), 0, "field", FLAG_FIELD, "NAME=KEY",
     "take the field NAME (id, url, site, title, text, published, author or lang) from the key KEY of the "
     "input; "
     "may be given several times",
     NULL, INTO(fields)},
    {READS | ON(REPORT), 0, "strict", FLAG_SET, NULL, "stop at the first line that cannot be read",
     "skip and count them", INTO(strict)},
    {READS | ON(PLAN) | ON(REPORT), 0, "max_line", FLAG_SIZE, "SIZE",
     "bytes of an input line, at most; K, M and G are understood", "64M", INTO(max_line), .min = 1024,
     .max = 2147483648.0},
    {READS | ON(CHECK) | ON(REMOVE) | ON(REGROUP) | ON(REPORT), 'q', "quiet", FLAG_SET, NULL,
     "no progress and no closing line; errors and skipped lines are still told", NULL, INTO(quiet)},
    {ON(HELP), 0, "man", FLAG_SET, NULL, "print the man page, flong(1)", NULL, INTO(man)},
    {ON(HELP), 0, "markdown", FLAG_SET, NULL, "print the tables of commands and flags of the README", NULL,
     INTO(markdown)},
    FLONG_PARAMS_MAP(PARAM_FLAG) /* */
    {ON(NONE), 'V', "version", FLAG_SET, NULL, "print the versions of flong and of its libraries", NULL,
     INTO(version)},
    {EVERY, 'h', "help", FLAG_SET, NULL, "print this help", NULL, INTO(help)},
};
const size_t flag_count = sizeof flag_table / sizeof *flag_table;

flag_spelling flag_spell(const flag *row) {
    flag_spelling spelling = {{0}};
    for (size_t i = 0; row->name[i] && i + 1 < sizeof spelling.text; i++)
        spelling.text[i] = row->name[i] == '_' ? '-' : row->name[i];
    return spelling;
}
