/* The worked examples of --help: shell transcripts in which "$ cat FILE" shows a file and the other
 * lines are run. tests/cli/help-examples.sh runs them, so what they show is what happens. */
#ifndef FLONG_CLI_EXAMPLES_H
#define FLONG_CLI_EXAMPLES_H

/* Three articles of which two carry one text. */
#define EXAMPLE_NEWS                                                                                         \
    "$ cat news.jsonl\n"                                                                                     \
    "{\"id\":\"a\",\"published\":\"2024-05-02\",\"text\":\"The night ferry to Skarholm ran aground "         \
    "on a sandbank early on Tuesday, and its ninety passengers were taken off by fishing boats "             \
    "before dawn.\"}\n"                                                                                      \
    "{\"id\":\"b\",\"published\":\"2024-05-03\",\"text\":\"SKARHOLM - The night ferry to Skarholm "          \
    "ran aground on a sandbank early on Tuesday, and its ninety passengers were taken off by fishing "       \
    "boats.\"}\n"                                                                                            \
    "{\"id\":\"c\",\"published\":\"2024-05-03\",\"text\":\"Voters in Lindau will decide in March "           \
    "whether the old tram line along the lake is to be built again at a cost of forty million.\"}\n"

#define EXAMPLE_INDEXED                                                                                      \
    EXAMPLE_NEWS                                                                                             \
    "$ flong index -q archive.flong news.jsonl\n"

#define EXAMPLE_PLAN                                                                                         \
    EXAMPLE_NEWS                                                                                             \
    "$ flong plan news.jsonl | grep -E '^(articles|pairs)' | tr -s ' '\n"                                    \
    "articles 3\n"                                                                                           \
    "pairs 1\n"

#define EXAMPLE_TEXT                                                                                         \
    EXAMPLE_NEWS                                                                                             \
    "$ flong text --id b news.jsonl\n"                                                                       \
    "id:       b\n"                                                                                          \
    "date:     2024-05-03T00:00:00Z\n"                                                                       \
    "credit:   dateline SKARHOLM\n"                                                                          \
    "tokens:   24, 1 credit\n"                                                                               \
    "\n"                                                                                                     \
    "@ SKARHOLM -\n"                                                                                         \
    "|   The night ferry to Skarholm ran aground on a sandbank early on Tuesday, and its "                   \
    "ninety passengers were taken off by fishing boats.\n"

#define EXAMPLE_CLUSTER                                                                                      \
    EXAMPLE_NEWS                                                                                             \
    "$ flong cluster -q news.jsonl\n"                                                                        \
    "{\"id\": \"a\", \"text_id\": \"a\", \"story_id\": \"a\", \"relation\": \"original\", "                  \
    "\"of\": null, \"jaccard\": null, \"contained\": null, \"contains\": null, "                             \
    "\"similarity\": null, \"wire\": null, \"credited\": null, \"furniture\": 0.0, "                         \
    "\"members\": 2, \"weakest\": 1.0, \"url\": null, \"site\": null, \"title\": null, "                     \
    "\"published\": \"2024-05-02T00:00:00Z\"}\n"                                                             \
    "{\"id\": \"b\", \"text_id\": \"a\", \"story_id\": \"a\", \"relation\": \"reprint\", "                   \
    "\"of\": \"a\", \"jaccard\": 0.9048, \"contained\": 1.0, \"contains\": 0.9048, "                         \
    "\"similarity\": null, \"wire\": {\"agency\": null, \"credit\": null, \"place\": "                       \
    "\"SKARHOLM\"}, \"credited\": false, \"furniture\": 0.0, \"members\": 2, \"weakest\": "                  \
    "1.0, \"url\": null, \"site\": null, \"title\": null, \"published\": "                                   \
    "\"2024-05-03T00:00:00Z\"}\n"                                                                            \
    "{\"id\": \"c\", \"text_id\": \"c\", \"story_id\": \"c\", \"relation\": \"single\", "                    \
    "\"of\": null, \"jaccard\": null, \"contained\": null, \"contains\": null, "                             \
    "\"similarity\": null, \"wire\": null, \"credited\": null, \"furniture\": 0.0, "                         \
    "\"members\": 1, \"weakest\": null, \"url\": null, \"site\": null, \"title\": null, "                    \
    "\"published\": \"2024-05-03T00:00:00Z\"}\n"

#define EXAMPLE_DEDUP                                                                                        \
    EXAMPLE_NEWS                                                                                             \
    "$ flong dedup -q news.jsonl --removed removed.jsonl\n"                                                  \
    "{\"id\":\"a\",\"published\":\"2024-05-02\",\"text\":\"The night ferry to Skarholm ran "                 \
    "aground on a sandbank early on Tuesday, and its ninety passengers were taken off by "                   \
    "fishing boats before dawn.\"}\n"                                                                        \
    "{\"id\":\"c\",\"published\":\"2024-05-03\",\"text\":\"Voters in Lindau will decide in "                 \
    "March whether the old tram line along the lake is to be built again at a cost of forty "                \
    "million.\"}\n"

#define EXAMPLE_INDEX                                                                                        \
    EXAMPLE_INDEXED                                                                                          \
    "$ sqlite3 archive.flong 'SELECT id, text_id FROM article'\n"                                            \
    "a|a\n"                                                                                                  \
    "b|a\n"                                                                                                  \
    "c|c\n"

#define EXAMPLE_MATCH                                                                                        \
    EXAMPLE_INDEXED                                                                                          \
    "$ echo '{\"id\":\"d\",\"text\":\"Ferry aground. The night ferry to Skarholm ran aground "               \
    "on a sandbank early on Tuesday, and its ninety passengers were taken off.\"}' | flong "                 \
    "match -q archive.flong\n"                                                                               \
    "{\"id\": \"d\", \"match\": \"b\", \"relation\": \"reprint\", \"jaccard\": 0.7619, "                     \
    "\"contained\": 0.8889, \"contains\": 0.8421, \"longest_run\": 20, \"similarity\": null, "               \
    "\"terms\": [], \"version\": false, \"spans\": [[15, 127, 11, 123]], \"credited\": "                     \
    "false, \"match_wire\": {\"agency\": null, \"credit\": null, \"place\": \"SKARHOLM\"}, "                 \
    "\"match_url\": null, \"match_site\": null, \"match_published\": "                                       \
    "\"2024-05-03T00:00:00Z\"}\n"                                                                            \
    "{\"id\": \"d\", \"match\": \"a\", \"relation\": \"reprint\", \"jaccard\": 0.6957, "                     \
    "\"contained\": 0.8889, \"contains\": 0.7619, \"longest_run\": 20, \"similarity\": "                     \
    "0.9133, \"terms\": [\"Skarholm\", \"aground\", \"sandbank\", \"Ferry\", \"ninety\", "                   \
    "\"passengers\", \"ran\", \"Tuesday\"], \"version\": false, \"spans\": [[15, 127, 0, "                   \
    "112]], \"credited\": false, \"match_wire\": null, \"match_url\": null, \"match_site\": "                \
    "null, \"match_published\": \"2024-05-02T00:00:00Z\"}\n"

#define EXAMPLE_EXPLAIN                                                                                      \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong explain archive.flong a b | grep -A 4 verdict\n"                                                \
    "verdict: reprint\n"                                                                                     \
    "  Jaccard        0.9048  a reprint, from 0.40 (--reprint-jaccard)\n"                                    \
    "  A in B         0.9048\n"                                                                              \
    "  B in A         1.0000  a reprint, from 0.65 in either (--reprint-contained)\n"                        \
    "  passage        23 tokens, for an excerpt it would take 25 (--excerpt-run)\n"

#define EXAMPLE_INFO                                                                                         \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong info archive.flong | head -n 4\n"                                                               \
    "format                           4  version of the file format\n"                                       \
    "articles                         3  articles\n"                                                         \
    "removed                          0  articles removed or replaced\n"                                     \
    "pairs                            1  accepted pairs\n"

#define EXAMPLE_CHECK                                                                                        \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong check archive.flong\n"                                                                          \
    "archive.flong is whole: 3 articles\n"

#define EXAMPLE_REPORT                                                                                       \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong report -q archive.flong -o report.html\n"                                                       \
    "$ grep -o '<title>.*</title>' report.html\n"                                                            \
    "<title>archive.flong - flong report</title>\n"                                                          \
    "$ flong report archive.flong --csv tables && ls tables\n"                                               \
    "articles.csv\n"                                                                                         \
    "groups.csv\n"                                                                                           \
    "pairs.csv\n"                                                                                            \
    "sites.csv\n"                                                                                            \
    "stories.csv\n"

#define EXAMPLE_REMOVE                                                                                       \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong remove -q archive.flong b\n"                                                                    \
    "$ flong check archive.flong\n"                                                                          \
    "archive.flong is whole: 2 articles\n"

#define EXAMPLE_STORIES                                                                                      \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong stories archive.flong\n"                                                                        \
    "{\"id\": \"a\", \"title\": null, \"first_seen\": \"2024-05-02T00:00:00Z\", "                            \
    "\"last_seen\": \"2024-05-03T00:00:00Z\", \"articles\": 2, \"texts\": 1, \"sites\": 2, "                 \
    "\"independent\": 1, \"agencies\": [], \"weakest\": 1.0}\n"

#define EXAMPLE_REGROUP                                                                                      \
    EXAMPLE_INDEXED                                                                                          \
    "$ flong regroup -q archive.flong --reprint-jaccard .5\n"                                                \
    "$ flong info archive.flong | grep jaccard\n"                                                            \
    "--reprint-jaccard              0.5  Jaccard from which two articles are reprints\n"

#define EXAMPLE_HELP                                                                                         \
    "$ flong help help | head -n 1\n"                                                                        \
    "flong help: explain a command\n"

#endif
