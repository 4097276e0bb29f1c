/* The table of commands: what each is for, in one line, one paragraph and one worked example. The
 * examples are run by tests/cli/help-examples.sh, so what they show is what happens. */
#include "options.h"

#include "run.h"

#include <limits.h>

#define FERRY                                                                                                \
    "$ cat news.jsonl\n"                                                                                     \
    "{\"id\":\"a\",\"published\":\"2024-05-02\",\"text\":\"The night ferry to Skarholm ran aground on a "    \
    "sandbank early on Tuesday, and its ninety passengers were taken off by fishing boats before dawn.\"}\n" \
    "{\"id\":\"b\",\"published\":\"2024-05-03\",\"text\":\"SKARHOLM - The night ferry to Skarholm ran "      \
    "aground on a sandbank early on Tuesday, and its ninety passengers were taken off by fishing "           \
    "boats.\"}\n"                                                                                            \
    "{\"id\":\"c\",\"published\":\"2024-05-03\",\"text\":\"Voters in Lindau will decide in March whether "   \
    "the old tram line along the lake is to be built again at a cost of forty million.\"}\n"

const command_row command_table[N_COMMANDS] = {
    [COMMAND_CLUSTER] =
        {"cluster", "[FILE]...", 0, SIZE_MAX, "group articles that carry one text",
         "Prints one JSON object a line for each article, in the order of the input: the text group it is "
         "in, the article it repeats and how much of it. The index is temporary unless --index names a new "
         "file for it; to add to an index that is there, use `flong index`.",
         FERRY "$ flong cluster -q news.jsonl\n", run_cluster},
    [COMMAND_DEDUP] =
        {"dedup", "[FILE]...", 0, SIZE_MAX, "keep one article of each text",
         "Writes the input lines of the articles that are kept, byte for byte and in their order. Files are "
         "read twice; standard input and pipes are spooled to a file in $TMPDIR. Of two articles with one "
         "id the later is an update, and the earlier is removed.",
         FERRY "$ flong dedup -q news.jsonl --removed removed.jsonl\n", run_dedup},
    [COMMAND_INDEX] =
        {"index", "DB [FILE]...", 1, SIZE_MAX, "add articles to an index",
         "Creates the index DB, one SQLite file, if it is not there. Articles are committed in batches, so "
         "a run that was stopped can simply be started again: an article whose id is there already is "
         "replaced. The parameters of an index are set when it is created and never change.",
         FERRY "$ flong index -q archive.flong news.jsonl\n"
               "$ sqlite3 archive.flong 'SELECT count(*) FROM article'\n",
         run_index},
    [COMMAND_MATCH] =
        {"match", "DB [FILE]...", 1, SIZE_MAX, "find the indexed articles that new ones repeat",
         "Prints one JSON object a line for each match, best first. The index is not changed.",
         FERRY "$ flong index -q archive.flong news.jsonl\n"
               "$ echo '{\"id\":\"d\",\"text\":\"Ferry aground. The night ferry to Skarholm ran aground on "
               "a sandbank early on Tuesday, and its ninety passengers were taken off.\"}' | "
               "flong match -q archive.flong\n",
         run_match},
    [COMMAND_EXPLAIN] =
        {"explain", "DB ID ID", 3, 3, "tell why two articles are paired, or are not",
         "Prints, for people, the scores of the pair beside the thresholds, the keys by which the two met "
         "and the passages that they share.",
         FERRY "$ flong index -q archive.flong news.jsonl\n"
               "$ flong explain archive.flong a b\n",
         run_explain},
    [COMMAND_INFO] = {"info", "DB", 1, 1, "show parameters, counts and sizes of an index",
                      "The index is not changed.",
                      FERRY "$ flong index -q archive.flong news.jsonl\n"
                            "$ flong info archive.flong | head -n 4\n",
                      run_info},
    [COMMAND_CHECK] =
        {"check", "DB", 1, 1, "verify an index file",
         "Reads everything in the file and exits with status 2 and the first fault when there is one.",
         FERRY "$ flong index -q archive.flong news.jsonl\n"
               "$ flong check archive.flong\n",
         run_check},
    [COMMAND_REMOVE] =
        {"remove", "DB ID...", 2, SIZE_MAX, "remove articles from an index",
         "The text groups that the articles were in are verified again, and split where they no longer "
         "hold. An ID that no article has is passed over.",
         FERRY "$ flong index -q archive.flong news.jsonl\n"
               "$ flong remove -q archive.flong b\n"
               "$ flong check archive.flong\n",
         run_remove},
    [COMMAND_HELP] = {"help", "[COMMAND]", 0, 1, "explain a command",
                      "The same as `flong COMMAND --help`; without a COMMAND, a list of them.",
                      "$ flong help help | head -n 1\n", run_help},
    [COMMAND_NONE] = {"", "COMMAND [FLAG]... [ARGUMENT]...", 0, 0,
                      "find reprints, excerpts and copies among news articles", "", "", run_none},
};
