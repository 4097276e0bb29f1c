/* The table of commands: what each is for, in one line, one paragraph and one worked example. */
#include "options.h"

#include "examples.h"
#include "run.h"

const command_row command_table[N_COMMANDS] = {
    [COMMAND_CLUSTER] = {"cluster", "[FILE]...", 0, SIZE_MAX, "group articles by text and by story",
                         "Prints one JSON object a line for each article, in the order of the input: the "
                         "text group and the story "
                         "it is in, the article it repeats and how much of it. The index is temporary unless "
                         "--index names a "
                         "file for it. A run with --index that was stopped or killed goes on when the same "
                         "command is given again, and its output is the same; to add other articles to an "
                         "index, use `flong index`.",
                         EXAMPLE_CLUSTER, run_cluster},
    [COMMAND_DEDUP] =
        {"dedup", "[FILE]...", 0, SIZE_MAX, "keep one article of each text, or story",
         "Writes the input lines of the articles that are kept, byte for byte and in their order. Files are "
         "read twice; standard input and pipes are spooled to a file in $TMPDIR. Of two articles with one "
         "id the later is an update, and the earlier is removed.",
         EXAMPLE_DEDUP, run_dedup},
    [COMMAND_INDEX] =
        {"index", "DB [FILE]...", 1, SIZE_MAX, "add articles to an index",
         "Creates the index DB, one SQLite file, if it is not there. Articles are committed in batches, so "
         "a run that was stopped can simply be started again: an article whose id is there already is "
         "replaced. The parameters of an index are set when it is created; `flong regroup` changes them.",
         EXAMPLE_INDEX, run_index},
    [COMMAND_MATCH] = {"match", "DB [FILE]...", 1, SIZE_MAX, "find the indexed articles that new ones repeat",
                       "Prints one JSON object a line for each match, best first. The index is not changed.",
                       EXAMPLE_MATCH, run_match},
    [COMMAND_TEXT] =
        {"text", "[FILE]...", 0, SIZE_MAX, "show articles as flong reads them",
         "Prints, for people, what is known of each article and its text, a sign before each line: | is the "
         "article's own and compared with others, ~ furniture of its site, @ a wire credit, byline or "
         "dateline. A line with parts of several kinds becomes several, those behind the first indented. On "
         "a "
         "terminal furniture is faint and credits are coloured instead. Furniture is learned from the FILEs, "
         "as `flong cluster` would. With --index it is what the index knows, and without a FILE its own "
         "articles are shown.",
         EXAMPLE_TEXT, run_text},
    [COMMAND_EXPLAIN] =
        {"explain", "DB ID ID", 3, 3, "tell why two articles are paired, or are not",
         "Prints, for people, the agency that each names as its source, the scores of the pair beside the "
         "thresholds, how alike the two tell and by which terms, the keys by which they met, the passages "
         "that they "
         "share, and what was left out as furniture or credit.",
         EXAMPLE_EXPLAIN, run_explain},
    [COMMAND_INFO] = {"info", "DB", 1, 1, "show parameters, counts and sizes of an index",
                      "The index is not changed.", EXAMPLE_INFO, run_info},
    [COMMAND_CHECK] =
        {"check", "DB", 1, 1, "verify an index file",
         "Reads everything in the file and exits with status 2 and the first fault when there is one.",
         EXAMPLE_CHECK, run_check},
    [COMMAND_STORIES] = {"stories", "DB", 1, 1, "list the stories of an index",
                         "Prints one JSON object a line for each story: articles about one event, reprinted "
                         "or told in other words. "
                         "`independent` counts the tellings: texts whose originals stand on different sites.",
                         EXAMPLE_STORIES, run_stories},
    [COMMAND_REPORT] =
        {"report", "FROM [FILE]...", 1, SIZE_MAX, "make a page to read and to pass on",
         "Writes one HTML file that needs no network and nothing beside it: counts and plots, sites and "
         "whose "
         "texts they carry, the stories and their articles, and any two articles side by side with what they "
         "share marked. FROM is an index, or the lines that `flong cluster` wrote; the articles' texts are "
         "then taken from the FILEs of which that run told, if they are given again. With --csv or --graph "
         "the page is written only where -o is given, too.",
         EXAMPLE_REPORT, run_report},
    [COMMAND_REMOVE] =
        {"remove", "DB ID...", 2, SIZE_MAX, "remove articles from an index",
         "The text groups that the articles were in are verified again, and split where they no longer "
         "hold. An ID that no article has is passed over.",
         EXAMPLE_REMOVE, run_remove},
    [COMMAND_REGROUP] = {"regroup", "DB", 1, 1, "make an index anew from the articles that it holds",
                         "Brings the index to what one call of `flong index` gives that reads its articles "
                         "in the order of their "
                         "arrival, with the parameters given here in the place of its own: what removed and "
                         "replaced articles left "
                         "behind is gone, and text groups may get other ids. Takes room for a second file, "
                         "DB.regroup, and changes "
                         "nothing when it fails.",
                         EXAMPLE_REGROUP, run_regroup},
    [COMMAND_PLAN] =
        {"plan", "FILE...", 1, SIZE_MAX, "say what time and room articles would take",
         "Reads a sample from places all over the FILEs, does the work for it, and says what the whole would "
         "take: time of `flong cluster` and `flong index` with the same flags on this machine as busy as it "
         "is, memory, size of the index, pairs. Takes a few seconds. Pairs are a guess: they grow with the "
         "archive as its copies lie in it. A small input is read as a whole.",
         EXAMPLE_PLAN, run_plan},
    [COMMAND_HELP] = {"help", "[COMMAND]", 0, 1, "explain a command",
                      "The same as `flong COMMAND --help`; without a COMMAND, a list of them.", EXAMPLE_HELP,
                      run_help},
    [COMMAND_NONE] = {"", "COMMAND [FLAG]... [ARGUMENT]...", 0, 0,
                      "find reprints, excerpts and rewrites among news articles", "", "", run_none},
};
