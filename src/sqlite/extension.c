/* The extension flong_sqlite: flong's functions in any program that loads it into SQLite (README, "Functions in SQL"). */
#include "sqlite/extension.h"

SQLITE_EXTENSION_INIT1

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
/* Named after the file, as SQLite looks for it. */
int sqlite3_flongsqlite_init(sqlite3 *db, char **why, const sqlite3_api_routines *routines);

int sqlite3_flongsqlite_init(sqlite3 *db, char **why, const sqlite3_api_routines *routines) {
    (void)routines;
    SQLITE_EXTENSION_INIT2(routines);
    if (sqlite3_libversion_number() < 3031000) { /* SQLITE_INNOCUOUS, SQLITE_DIRECTONLY */
        *why = sqlite3_mprintf("flong_sqlite needs SQLite 3.31 or later, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    int code = functions_register(db);
    return code == SQLITE_OK ? match_register(db) : code;
}
