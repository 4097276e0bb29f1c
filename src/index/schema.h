/* The tables of an index file, as SQL. They are flong's own; people ask the views (index/views.h). */
#ifndef FLONG_INDEX_SCHEMA_H
#define FLONG_INDEX_SCHEMA_H

static const char schema_sql[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    /* no: number of arrival; text_no: number of the first article of its text group; tokens: without furniture and credits;
       agency, credit, place: the wire credit, as who is named, in which words, and where its dateline is from */
    "CREATE TABLE article_row (no INTEGER PRIMARY KEY, id TEXT NOT NULL, url TEXT, site TEXT, title TEXT,"
    " published INTEGER, text_no INTEGER NOT NULL, tokens INTEGER NOT NULL, all_tokens INTEGER NOT NULL,"
    " furniture INTEGER NOT NULL,"
    " stub INTEGER NOT NULL, agency TEXT, credit TEXT, place TEXT, author TEXT, lang TEXT);"
    "CREATE INDEX article_text ON article_row (text_no);"
    /* text: compressed with zstd; dropped: the units that are furniture */
    "CREATE TABLE body (no INTEGER PRIMARY KEY, text BLOB NOT NULL, size INTEGER NOT NULL, dropped BLOB,"
    " dictionary INTEGER NOT NULL);"
    "CREATE TABLE dictionary (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    /* a arrived before b; relation as in flong.h: 1 identical, 2 reprint, 3 excerpt, 4 rewrite, 5 related; spans: where, in
       characters; terms: those that carried the similarity, one a line */
    "CREATE TABLE pair_row (b INTEGER NOT NULL, a INTEGER NOT NULL, relation INTEGER NOT NULL,"
    " jaccard REAL NOT NULL, a_in_b REAL NOT NULL, b_in_a REAL NOT NULL, longest_run INTEGER NOT NULL,"
    " spans BLOB, similarity REAL NOT NULL, terms TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;"
    /* what each article is to others, but for those that are alone (index/places.h): relation as in flong.h; shares in
       parts of 10,000 */
    "CREATE TABLE place_row (no INTEGER PRIMARY KEY, relation INTEGER NOT NULL, of_no INTEGER,"
    " jaccard INTEGER, contained INTEGER, contains INTEGER, similarity INTEGER, credited INTEGER);"
    /* articles whose place, or that of others in their story, may not be what it was */
    "CREATE TABLE unplaced (no INTEGER PRIMARY KEY);"
    /* the terms that tell most of an article which was the first of its text group */
    "CREATE TABLE sketch (no INTEGER PRIMARY KEY, published INTEGER, terms BLOB NOT NULL);"
    /* text groups of two or more */
    "CREATE TABLE group_row (no INTEGER PRIMARY KEY, size INTEGER NOT NULL, weakest REAL NOT NULL,"
    " representatives BLOB NOT NULL);"
    /* stories of two text groups or more, and the text groups in them; no: the least text_no of the story; size: in
       text groups; weakest: least mean probability with which two parts of it became one */
    "CREATE TABLE story_row (no INTEGER PRIMARY KEY, size INTEGER NOT NULL, weakest REAL NOT NULL);"
    "CREATE TABLE telling (text_no INTEGER PRIMARY KEY, story_no INTEGER NOT NULL);"
    "CREATE INDEX telling_story ON telling (story_no);"
    /* what became of text groups: 'merge' (of text_no into into_no), 'bridge' (both stay, though at_no holds on both),
       'split' (text_no from into_no); and of stories, each meant by its first text group: 'story-merge', 'story-split'.
       A part that went from one story to another split from the one and then merged into the other. at_no is the
       article that caused it */
    "CREATE TABLE event_row (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, text_no INTEGER NOT NULL,"
    " into_no INTEGER NOT NULL, at_no INTEGER);"
    "CREATE TABLE furniture (no INTEGER PRIMARY KEY, site TEXT NOT NULL UNIQUE, lines INTEGER NOT NULL,"
    " learned BLOB NOT NULL);"
    "CREATE TABLE run (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, first_no INTEGER NOT NULL,"
    " last_no INTEGER NOT NULL, entries INTEGER NOT NULL, fences BLOB NOT NULL);"
    "CREATE TABLE block (id INTEGER PRIMARY KEY, body BLOB NOT NULL);"
    "CREATE TABLE removed (no INTEGER PRIMARY KEY);"
    "CREATE TABLE undo (seq INTEGER PRIMARY KEY, sql TEXT NOT NULL);";

/* Finds the pairs of an earlier article. A file has it from the start; a temporary index, of which nearly all pairs are
 * only written and listed once, when the first such article is asked for. */
static const char pair_index_sql[] = "CREATE INDEX IF NOT EXISTS pair_a ON pair_row (a);";

/* What an index in use costs in waiting: a write-ahead log that is synced when it is written back, so that
 * a kill never damages the file. */
static const char pragmas_sql[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";

/* A temporary index is gone with the process; its journal serves a call that fails. */
static const char pragmas_temporary_sql[] = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;";

#endif
