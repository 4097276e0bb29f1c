/* What the files of this folder share: the open database, its statements, and how SQLite's failures
 * become ours. The only place that includes sqlite3.h. */
#ifndef FLONG_INDEX_SQLITE_H
#define FLONG_INDEX_SQLITE_H

#include <sqlite3.h>

#include "index/bulk.h"
#include "index/store.h"

#define ARTICLE_COLUMNS                                                                                      \
    "no, id, url, site, title, published, text_no, tokens, all_tokens, furniture, stub, agency, credit, "    \
    "place, author, lang"

/* X(name, sql): every statement that is used again and again. */
#define STATEMENT_MAP(X)                                                                                     \
    X(BEGIN_READING, "BEGIN")                                                                                \
    X(BEGIN, "BEGIN IMMEDIATE")                                                                              \
    X(COMMIT, "COMMIT")                                                                                      \
    X(ROLLBACK, "ROLLBACK")                                                                                  \
    X(VERSION, "PRAGMA data_version")                                                                        \
    X(META_GET, "SELECT value FROM meta WHERE name = ?1")                                                    \
    X(META_SET, "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")  \
    X(ARTICLE_ADD,                                                                                           \
      "INSERT INTO article_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "   \
      "?16)")                                                                                                \
    X(ARTICLE_GET, "SELECT " ARTICLE_COLUMNS " FROM article_row WHERE no = ?1")                              \
    X(ARTICLE_NEXT, "SELECT " ARTICLE_COLUMNS " FROM article_row WHERE no >= ?1 ORDER BY no LIMIT 1")        \
    X(ARTICLE_ALL, "SELECT " ARTICLE_COLUMNS " FROM article_row WHERE no >= ?1 ORDER BY no")                 \
    X(ARTICLE_TEXT, "SELECT text_no FROM article_row WHERE no = ?1")                                         \
    X(ARTICLE_MEMBERS, "SELECT no FROM article_row WHERE text_no = ?1 ORDER BY no")                          \
    X(ARTICLE_REGROUP, "UPDATE article_row SET text_no = ?2 WHERE text_no = ?1")                             \
    X(ARTICLE_PLACE, "UPDATE article_row SET text_no = ?2 WHERE no = ?1 AND text_no <> ?2")                  \
    X(ARTICLE_DELETE, "DELETE FROM article_row WHERE no = ?1")                                               \
    X(STUB_SITES, "SELECT site, count(*) FROM article_row WHERE stub GROUP BY site ORDER BY 2 DESC, 1")      \
    X(BODY_ADD, "INSERT INTO body VALUES (?1, ?2, ?3, ?4, ?5)")                                              \
    X(BODY_GET, "SELECT text, size, dropped, dictionary FROM body WHERE no = ?1")                            \
    X(BODY_WHOLE,                                                                                            \
      "SELECT b.text, b.size, b.dropped, b.dictionary, a.no, a.title, a.site, a.url FROM body b "            \
      "LEFT JOIN article_row a ON a.no = b.no WHERE b.no = ?1")                                              \
    X(BODY_DELETE, "DELETE FROM body WHERE no = ?1")                                                         \
    X(PAIR_ADD, "INSERT INTO pair_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                     \
    X(PAIR_SIMILARITY, "UPDATE pair_row SET similarity = ?3, terms = ?4 WHERE b = ?1 AND a = ?2")            \
    X(PAIR_GET, "SELECT a, b, relation, jaccard, a_in_b, b_in_a, longest_run, spans, similarity, terms "     \
                "FROM pair_row WHERE b = ?1 "                                                                \
                "AND a = ?2")                                                                                \
    X(PAIR_ALL, "SELECT a, b, relation, jaccard, a_in_b, b_in_a, longest_run, spans, similarity, terms "     \
                "FROM pair_row ORDER BY b, a")                                                               \
    X(PAIR_EARLIER, "SELECT a, b, relation, jaccard, a_in_b, b_in_a, longest_run, spans, similarity, terms " \
                    "FROM pair_row WHERE b "                                                                 \
                    "= ?1 ORDER BY a")                                                                       \
    X(PAIR_COUNT_FROM, "SELECT count(*) FROM pair_row WHERE b >= ?1")                                        \
    X(PAIR_LATER, "SELECT a, b, relation, jaccard, a_in_b, b_in_a, longest_run, spans, similarity, terms "   \
                  "FROM pair_row WHERE a = "                                                                 \
                  "?1 ORDER BY b")                                                                           \
    X(PAIR_DELETE_B, "DELETE FROM pair_row WHERE b = ?1")                                                    \
    X(PAIR_DELETE_A, "DELETE FROM pair_row WHERE a = ?1")                                                    \
    /* Writes nothing where the row is as it was. */                                                         \
    X(PLACE_SET,                                                                                             \
      "INSERT INTO place_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (no) DO UPDATE SET "        \
      "relation = ?2, of_no = ?3, jaccard = ?4, contained = ?5, contains = ?6, similarity = ?7, "            \
      "credited = ?8 WHERE relation IS NOT ?2 OR of_no IS NOT ?3 OR jaccard IS NOT ?4 OR "                   \
      "contained IS NOT ?5 OR contains IS NOT ?6 OR similarity IS NOT ?7 OR credited IS NOT ?8")             \
    X(PLACE_DELETE, "DELETE FROM place_row WHERE no = ?1")                                                   \
    X(UNPLACED_ADD,                                                                                          \
      "INSERT OR IGNORE INTO unplaced SELECT no FROM article_row WHERE no >= ?1 UNION "                      \
      "SELECT a FROM pair_row WHERE b >= ?1 UNION SELECT text_no FROM event_row WHERE seq > ?2 UNION "       \
      "SELECT into_no FROM event_row WHERE seq > ?2")                                                        \
    X(UNPLACED_ADD_REMOVED,                                                                                  \
      "INSERT OR IGNORE INTO unplaced SELECT no FROM article_row WHERE text_no = "                           \
      "(SELECT text_no FROM article_row WHERE no = ?1) UNION SELECT a FROM pair_row WHERE b = ?1 UNION "     \
      "SELECT b FROM pair_row WHERE a = ?1 UNION SELECT text_no FROM telling WHERE story_no = "              \
      "(SELECT story_no FROM telling WHERE text_no = (SELECT text_no FROM article_row WHERE no = ?1))")      \
    X(SKETCH_ADD, "INSERT INTO sketch VALUES (?1, ?2, ?3)")                                                  \
    X(SKETCH_GET, "SELECT published, terms FROM sketch WHERE no = ?1")                                       \
    X(SKETCH_DELETE, "DELETE FROM sketch WHERE no = ?1")                                                     \
    X(GROUP_SET,                                                                                             \
      "INSERT INTO group_row VALUES (?1, ?2, ?3, ?4) ON CONFLICT (no) DO UPDATE SET size = excluded.size, "  \
      "weakest = excluded.weakest, representatives = excluded.representatives")                              \
    X(GROUP_GET, "SELECT size, weakest, representatives FROM group_row WHERE no = ?1")                       \
    X(GROUP_ALL, "SELECT size, weakest, representatives, no FROM group_row")                                 \
    X(GROUP_DELETE, "DELETE FROM group_row WHERE no = ?1")                                                   \
    X(STORY_SET, "INSERT INTO story_row VALUES (?1, ?2, ?3) ON CONFLICT (no) DO UPDATE SET size = "          \
                 "excluded.size, weakest "                                                                   \
                 "= excluded.weakest")                                                                       \
    X(STORY_GET, "SELECT size, weakest FROM story_row WHERE no = ?1")                                        \
    X(STORY_DELETE, "DELETE FROM story_row WHERE no = ?1")                                                   \
    X(TELLING_SET, "INSERT INTO telling VALUES (?1, ?2) ON CONFLICT (text_no) DO UPDATE SET story_no = "     \
                   "excluded.story_no")                                                                      \
    X(TELLING_GET, "SELECT story_no FROM telling WHERE text_no = ?1")                                        \
    X(TELLING_ALL, "SELECT text_no, story_no FROM telling")                                                  \
    X(TELLING_MEMBERS, "SELECT text_no FROM telling WHERE story_no = ?1 ORDER BY text_no")                   \
    X(TELLING_DELETE, "DELETE FROM telling WHERE text_no = ?1")                                              \
    X(EVENT_ADD, "INSERT INTO event_row (kind, text_no, into_no, at_no) VALUES (?1, ?2, ?3, ?4)")            \
    X(FURNITURE_GET, "SELECT learned FROM furniture WHERE site = ?1")                                        \
    X(FURNITURE_SET,                                                                                         \
      "INSERT INTO furniture (site, lines, learned) VALUES (?1, ?2, ?3) ON CONFLICT (site) DO UPDATE SET "   \
      "lines = excluded.lines, learned = excluded.learned")                                                  \
    X(RUN_ADD, "INSERT INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                            \
    X(RUN_ALL, "SELECT id, level, first_no, last_no, entries, fences FROM run "                              \
               "ORDER BY level DESC, first_no, id")                                                          \
    X(RUN_DELETE, "DELETE FROM run WHERE id = ?1")                                                           \
    X(BLOCK_ADD, "INSERT INTO block VALUES (?1, ?2)")                                                        \
    X(BLOCK_GET, "SELECT body FROM block WHERE id = ?1")                                                     \
    X(BLOCK_EACH, "SELECT body FROM block WHERE id BETWEEN ?1 AND ?2")                                       \
    X(BLOCK_DELETE, "DELETE FROM block WHERE id BETWEEN ?1 AND ?2")                                          \
    X(REMOVED_ADD, "INSERT INTO removed VALUES (?1)")                                                        \
    X(REMOVED_ALL, "SELECT no FROM removed ORDER BY no")                                                     \
    X(DICTIONARY_GET, "SELECT bytes FROM dictionary WHERE id = ?1")                                          \
    X(DICTIONARY_ADD, "INSERT INTO dictionary VALUES (?1, ?2)")                                              \
    X(UNDO_LAST, "SELECT seq, sql FROM undo ORDER BY seq DESC LIMIT 1")                                      \
    X(UNDO_DROP, "DELETE FROM undo WHERE seq = ?1")

typedef enum statement_name {
#define STATEMENT_ENUM(name, sql) STATEMENT_##name,
    STATEMENT_MAP(STATEMENT_ENUM)
#undef STATEMENT_ENUM
        STATEMENT_COUNT
} statement_name;

struct store {
    sqlite3 *db;
    char *path; /* for messages */
    bool temporary, writable;
    bulk *bulk; /* of a temporary index; NULL: all is in tables */
    flong_params params;
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

/* What just failed in SQLite, as a status and a text. */
flong_status store_failure(store *s, const char *doing, flong_error *error);

/* A statement, prepared on first use and reset; NULL on failure. Bind, step, and reset it when done. */
sqlite3_stmt *store_statement(store *s, statement_name name, flong_error *error);

/* Steps a statement that gives no row, and resets it. */
flong_status store_run(store *s, sqlite3_stmt *statement, flong_error *error);

/* Runs SQL text. */
flong_status store_execute(store *s, const char *sql, flong_error *error);

/* Binds numbers to the parameters 1 and on. */
flong_status store_run_numbers(store *s, statement_name name, const uint64_t *numbers, int n,
                               flong_error *error);

/* Binds text, NULL where it is empty. */
void bind_text(sqlite3_stmt *statement, int place, flong_str text);
flong_str column_text(sqlite3_stmt *statement, int column);

#endif
